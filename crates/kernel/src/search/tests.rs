use values::Phone;

use super::*;
use crate::places::PlaceKind;

fn texts(terms: &[Term]) -> Vec<&str> {
    terms.iter().map(|term| term.text.as_str()).collect()
}

#[track_caller]
fn named(name: &str, found_by: &[&str]) {
    let terms = party_terms(name, &[]);
    for text in found_by {
        assert!(texts(&terms).iter().any(|term| term.starts_with(text)), "{name} by {text}: {:?}", texts(&terms));
    }
}

#[test]
fn people_are_found_by_name_pinyin_and_initials() {
    named("张三", &["张三", "张", "zhangsan", "zhang", "zs"]);
    named("王桂华", &["王桂", "桂华", "wangguihua", "guihua", "wgh"]);
    named("孙梅", &["sunmei", "sm"]);
    named("John Smith", &["johnsmith", "john"]);
}

#[test]
fn surnames_are_read_as_surnames() {
    named("单雄", &["shanxiong", "sx", "danxiong"]);
    named("曾志伟", &["zengzhiwei", "zzw"]);
    named("解晓东", &["xiexiaodong", "xxd"]);
    named("仇英", &["qiuying", "qy"]);
    named("区志航", &["ouzhihang", "ozh"]);
    named("查良镛", &["zhaliangyong", "zly"]);
    named("尉迟恭", &["yuchigong", "ycg"]);
    named("长孙无忌", &["zhangsunwuji", "zswj"]);
}

#[test]
fn a_character_with_several_readings_is_found_by_each_within_reason() {
    named("朱重行", &["zhuchongxing", "zhuzhonghang", "zhuchonghang"]);
    named("重庆安居有限公司", &["chongqinganju"]);
    assert!(party_terms("重行乐重行乐", &[]).len() < 40);
}

#[test]
fn people_are_found_by_the_tail_of_their_phone() {
    let phone: Phone = "138 0000 2207".parse().unwrap();
    let terms = party_terms("王华", &[phone]);
    assert!(texts(&terms).contains(&"2207") && texts(&terms).contains(&"13800002207"));
}

#[test]
fn homes_are_found_by_each_shape_of_their_code_and_other_places_by_name() {
    assert_eq!(texts(&place_terms(PlaceKind::Unit, "1-1-0101", "1-1-0101")), ["1-1-101", "1-101", "101"]);
    assert_eq!(texts(&place_terms(PlaceKind::Parking, "B1-017", "B1-017")), ["17", "b1-17"]);
    let lobby = place_terms(PlaceKind::Common, "6-2-大堂", "大堂");
    assert!(texts(&lobby).contains(&"大堂") && texts(&lobby).contains(&"datang") && texts(&lobby).contains(&"dt"));
}

#[test]
fn orders_are_found_by_their_number_with_and_without_the_year() {
    assert_eq!(texts(&number_terms("B-260812-017")), ["0812-017", "b-0812-017", "b-260812-017"]);
}
