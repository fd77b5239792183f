use crate::cells::contacts::contacts;
use crate::{
    Cell, Fault, Field, UnitCode, UnitContext, Usage, area, area_text, building_name, day, identity_number, names,
    phones, serial_day,
};
use jiff::civil::Date;

fn unit(text: &str) -> Result<String, Fault> {
    UnitCode::parse(text).map(|code| code.to_string())
}

#[test]
fn a_unit_is_read_from_every_way_of_writing_it() {
    let table = [
        ("1栋2单元301", "1-2-301"),
        ("1-2-301", "1-2-301"),
        ("1#-2-0301", "1-2-0301"),
        ("1号楼2单元301室", "1-2-301"),
        ("01幢02单元0301", "01-02-0301"),
        ("1-101", "1-101"),
        ("A座1502", "A-1502"),
        ("A1502", "A-1502"),
        ("3#1201", "3-1201"),
        ("12#楼1单元101室", "12-1-101"),
        ("S101", "S-101"),
        ("B1-017", "B1-017"),
        ("１栋２单元３０１", "1-2-301"),
        ("Ａ座１５０２室", "A-1502"),
        ("1－2－301", "1-2-301"),
        ("1—2—301", "1-2-301"),
        ("1–2–301", "1-2-301"),
        ("1‐2‐301", "1-2-301"),
        ("1~2~301", "1-2-301"),
        (" 1 栋 2 单元 301 室 ", "1-2-301"),
        ("1栋-2单元-301", "1-2-301"),
        ("1栋2-301", "1-2-301"),
        ("一号楼二单元301", "1-2-301"),
        ("十二栋一单元101", "12-1-101"),
        ("二十一幢1101", "21-1101"),
        ("二期3栋1单元502", "2期3-1-502"),
        ("2-3-1-502", "2期3-1-502"),
        ("东区3-1-502", "东区3-1-502"),
        ("东区3栋1单元502", "东区3-1-502"),
        ("88号301室", "88-301"),
        ("1栋2单元3层301", "1-2-301"),
        ("1栋A座1502", "1-A-1502"),
        ("1幢2门301", "1-2-301"),
        ("商铺101", "商铺-101"),
        ("3-1-商铺3", "3-1-商铺3"),
        ("3栋商铺101", "3-商铺101"),
        ("车位017", "车位-017"),
        ("1-2-301A", "1-2-301A"),
        ("1-101(样板房)", "1-101"),
        ("a座1502", "A-1502"),
        ("1栋301号", "1-301"),
    ];
    for (written, expected) in table {
        assert_eq!(unit(written).as_deref(), Ok(expected), "{written}");
    }
}

#[test]
fn what_names_no_unit_is_refused_with_its_own_code() {
    let table = [
        ("", Fault::UnitMissing),
        ("无", Fault::UnitMissing),
        ("301", Fault::UnitBuildingMissing),
        ("2单元301", Fault::UnitBuildingMissing),
        ("3栋", Fault::UnitUnreadable),
        ("待定", Fault::UnitUnreadable),
        ("101/102", Fault::UnitUnreadable),
        ("1-2-3-4-5-6", Fault::UnitUnreadable),
        ("1栋2单元@301", Fault::UnitUnreadable),
        ("#REF!", Fault::UnitUnreadable),
    ];
    for (written, expected) in table {
        assert_eq!(unit(written), Err(expected), "{written}");
    }
}

#[test]
fn places_compare_without_leading_zeros_and_keep_what_was_written() {
    let (short, long) = (UnitCode::parse("1-2-301").unwrap(), UnitCode::parse("01幢02单元0301").unwrap());
    assert_eq!(short, long);
    assert_eq!(long.room, "0301");
    assert_eq!(long.key(), "1-2-301");
    assert_ne!(UnitCode::parse("1-1-101").unwrap(), UnitCode::parse("11-101").unwrap());
    assert!(UnitCode::parse("1-201").unwrap() < UnitCode::parse("1-1101").unwrap());
}

#[test]
fn a_room_takes_building_and_stair_from_what_stands_around_it() {
    let read = |text: &str, building: Option<&str>, stair: Option<&str>, repeats_building: bool| {
        let around = UnitContext { building, stair, repeats_building, site: Some("桂语花园"), phase: None };
        UnitCode::read(text, &around).map(|code| code.to_string())
    };
    assert_eq!(read("301", Some("3栋"), Some("2单元"), false).as_deref(), Ok("3-2-301"));
    assert_eq!(read("301", Some("二期3栋"), None, false).as_deref(), Ok("2期3-301"));
    assert_eq!(read("1-301", Some("3"), None, false).as_deref(), Ok("3-1-301"));
    assert_eq!(read("3-301", Some("3"), None, true).as_deref(), Ok("3-301"));
    assert_eq!(read("3-301", Some("3"), Some("1"), false).as_deref(), Ok("3-1-301"));
    assert_eq!(read("S101", Some("3"), None, false).as_deref(), Ok("3-S101"));
    assert_eq!(read("101", Some("商铺"), None, false).as_deref(), Ok("商铺-101"));
    assert_eq!(read("商铺3", Some("3号楼"), Some("1单元"), false).as_deref(), Ok("3-1-商铺3"));
    assert_eq!(read("商铺-3", Some("3号楼"), None, false).as_deref(), Ok("3-商铺3"));
    assert_eq!(read("B1-012", Some("3号楼"), Some("2单元"), false).as_deref(), Ok("B1-012"));
    assert_eq!(read("桂语花园1栋2单元301", None, None, false).as_deref(), Ok("1-2-301"));
    assert_eq!(read("5栋2单元301", Some("3"), None, false).as_deref(), Ok("5-2-301"));
    assert_eq!(read("301", Some("3"), Some("无"), false).as_deref(), Ok("3-301"));
}

#[test]
fn a_sheet_or_heading_names_its_building() {
    let table = [
        ("3栋", Some("3")),
        ("3#楼", Some("3")),
        ("A座住宅", Some("A")),
        ("二期3幢", Some("2期3")),
        ("十号楼", Some("10")),
    ];
    for (written, expected) in table {
        assert_eq!(building_name(written).as_deref(), expected, "{written}");
    }
    assert_eq!(building_name("Sheet1"), None);
    assert_eq!(building_name("业主信息"), None);
    assert_eq!(building_name("3栋101"), None);
}

#[test]
fn a_heading_may_be_numbered() {
    assert_eq!(building_name("一、1号楼").as_deref(), Some("1"));
    assert_eq!(building_name("（二）2号楼").as_deref(), Some("2"));
    assert_eq!(building_name("一、住宅部分（共三户）"), None);
}

#[test]
fn a_building_that_no_building_is_called_is_refused() {
    for written in ["13800000000-1-301", "ABCD-101", "123456栋101"] {
        assert_eq!(unit(written), Err(Fault::BuildingImplausible), "{written}");
    }
    let around = UnitContext { building: Some("王会计家对面"), ..UnitContext::default() };
    assert_eq!(UnitCode::read("301", &around), Err(Fault::BuildingImplausible));
}

#[test]
fn a_remark_in_the_place_of_a_name_is_no_name() {
    for written in ["陈（已过户给陈小明）", "张三(原业主)", "张三已过户", "张三（与李四、王五共有）"]
    {
        assert_eq!(names(Cell::Text(written)), Err(Fault::NameRemark), "{written}");
    }
    assert_eq!(names(Cell::Text("张三（共有人）")).as_deref(), Ok(&["张三".to_owned()][..]));
}

#[test]
fn phones_in_a_name_cell_go_to_the_name_beside_them() {
    let read = |text: &str| {
        let found = contacts(Cell::Text(text)).unwrap();
        found.iter().map(|c| format!("{} {}", c.name, c.phones.join(","))).collect::<Vec<_>>()
    };
    assert_eq!(read("小刘 13512345670"), ["小刘 13512345670"]);
    assert_eq!(read("小刘13512345670"), ["小刘 13512345670"]);
    assert_eq!(read("小刘（电话：１３５１２３４５６７０）"), ["小刘 13512345670"]);
    assert_eq!(read("小刘/13512345670"), ["小刘 13512345670"]);
    assert_eq!(read("13512345670小刘"), ["小刘 13512345670"]);
    assert_eq!(read("张三13512345670、李四 135-1234-5671"), ["张三 13512345670", "李四 13512345671"]);
    assert_eq!(read("张三、李四 13512345670"), ["张三 13512345670", "李四 "], "one phone is the first one's");
    assert_eq!(read("3M中国有限公司"), ["3M中国有限公司 "]);
    assert_eq!(contacts(Cell::Text("小刘 135123456")), Err(Fault::PhoneUnreadable));
    assert_eq!(contacts(Cell::Text("13512345670")), Err(Fault::NameMissing));
}

#[test]
fn an_area_is_exact_to_the_hundredth() {
    let table = [
        ("89.37", 8937),
        ("89.37㎡", 8937),
        ("89.37平米", 8937),
        ("89.37 平方米", 8937),
        ("89.37m2", 8937),
        ("８９．３７", 8937),
        ("1,089.37", 108_937),
        ("约89", 8900),
        ("89.375", 8938),
        ("89.3749", 8937),
        (".5", -1),
        ("89.3.7", -1),
        ("10,89", -1),
        ("八十九", -1),
    ];
    for (written, expected) in table {
        let read = area(Cell::Text(written));
        let wanted = if expected < 0 { Err(Fault::AreaUnreadable) } else { Ok(Some(expected)) };
        assert_eq!(read, wanted, "{written}");
    }
    assert_eq!(area(Cell::Number(89.37)), Ok(Some(8937)));
    assert_eq!(area(Cell::Number(89.369_999_999_999_99)), Ok(Some(8937)));
    assert_eq!(area(Cell::Number(0.1 + 0.2)), Ok(Some(30)));
    assert_eq!(area(Cell::Number(120.0)), Ok(Some(12_000)));
    assert_eq!(area(Cell::Text("无")), Ok(None));
    assert_eq!(area_text(8_905), "89.05");
    for hundredths in 0..200_000 {
        assert_eq!(area(Cell::Number(hundredths as f64 / 100.0)), Ok(Some(hundredths)));
    }
}

#[test]
fn a_phone_is_read_however_it_was_typed() {
    let table: &[(&str, &[&str])] = &[
        ("13800000000", &["13800000000"]),
        ("１３８００００００００", &["13800000000"]),
        ("138 0000 0000", &["13800000000"]),
        ("138-0000-0000", &["13800000000"]),
        ("+86 138 0000 0000", &["13800000000"]),
        ("+8613800000000", &["13800000000"]),
        ("008613800000000", &["13800000000"]),
        ("8613800000000", &["13800000000"]),
        ("13800000000/13900000000", &["13800000000", "13900000000"]),
        ("13800000000、13900000000", &["13800000000", "13900000000"]),
        ("13800000000 13900000000", &["13800000000", "13900000000"]),
        ("1380000000013900000000", &["13800000000", "13900000000"]),
        ("13800000000\n0571-88886666", &["13800000000", "0571-88886666"]),
        ("0571-88886666", &["0571-88886666"]),
        ("057188886666", &["0571-88886666"]),
        ("(0571)88886666", &["0571-88886666"]),
        ("0571 8888 6666", &["0571-88886666"]),
        ("010-88886666", &["010-88886666"]),
        ("021-5888666", &["021-5888666"]),
        ("+86-571-88886666", &["0571-88886666"]),
        ("0571-88886666-801", &["0571-88886666-801"]),
        ("0571-88886666转801", &["0571-88886666-801"]),
        ("88886666", &["88886666"]),
        ("400-800-8888", &["4008008888"]),
        ("+852 9123 4567", &["+85291234567"]),
        ("手机：13800000000", &["13800000000"]),
        ("13800000000（父亲）", &["13800000000"]),
        ("张三13800000000", &["13800000000"]),
        ("无", &[]),
        ("无电话", &[]),
        ("-", &[]),
        ("", &[]),
        ("13800000000/13800000000", &["13800000000"]),
    ];
    for (written, expected) in table {
        let cell = if written.is_empty() { Cell::Empty } else { Cell::Text(written) };
        assert_eq!(phones(cell).unwrap(), *expected, "{written}");
    }
    assert_eq!(phones(Cell::Number(13_800_000_000.0)).as_deref(), Ok(&["13800000000".to_owned()][..]));
}

#[test]
fn a_phone_that_is_none_is_refused() {
    for written in ["1380000000", "138000000001", "1.38E+10", "12345", "找物业", "10086000000", "138-0000-000"] {
        assert_eq!(phones(Cell::Text(written)), Err(Fault::PhoneUnreadable), "{written}");
    }
    assert_eq!(phones(Cell::Text("138****0000")), Err(Fault::PhoneMasked));
}

#[test]
fn import_identity_names_in_a_cell_are_owner_and_co_owners() {
    let table: &[(&str, &[&str])] = &[
        ("张三、李四", &["张三", "李四"]),
        ("张三,李四", &["张三", "李四"]),
        ("张三，李四", &["张三", "李四"]),
        ("张三 李四", &["张三", "李四"]),
        ("张三/李四", &["张三", "李四"]),
        ("张三\n李四", &["张三", "李四"]),
        ("张 三", &["张三"]),
        ("张　三", &["张三"]),
        ("欧阳 娜娜", &["欧阳娜娜"]),
        ("阿依 古丽", &["阿依古丽"]),
        ("王小红 李四", &["王小红", "李四"]),
        ("张三（共有）、李四", &["张三", "李四"]),
        ("张三(老)", &["张三(老)"]),
        ("杭州桂语置业有限公司", &["杭州桂语置业有限公司"]),
        ("杭州 桂语 置业有限公司", &["杭州桂语置业有限公司"]),
        ("John Smith", &["John Smith"]),
        ("Acme Co., Ltd", &["Acme Co., Ltd"]),
        ("阿卜杜拉·买买提", &["阿卜杜拉·买买提"]),
        ("无", &[]),
        ("空置", &[]),
    ];
    for (written, expected) in table {
        assert_eq!(names(Cell::Text(written)).unwrap(), *expected, "{written}");
    }
    assert!(crate::is_company("某某社区卫生服务中心") && crate::is_company("Acme Ltd.") && !crate::is_company("张三"));
    for written in ["13800000000", "#REF!", "、"] {
        assert_eq!(names(Cell::Text(written)), Err(Fault::NameUnreadable), "{written}");
    }
}

#[test]
fn a_day_is_read_however_it_was_typed() {
    let table = [
        "2023年5月1日",
        "2023.5.1",
        "2023/05/01",
        "2023-5-1",
        "20230501",
        "45047",
        "2023年05月01号",
        "２０２３年５月１日",
        "2023-05-01 00:00:00",
        "2023/5/1 10:30",
        "2023-05-01T08:00:00",
    ];
    for written in table {
        assert_eq!(day(Cell::Text(written), false), Ok(Some("2023-05-01".to_owned())), "{written}");
    }
    assert_eq!(day(Cell::Number(45_047.0), false), Ok(Some("2023-05-01".to_owned())));
    assert_eq!(day(Cell::Number(43_585.0), true), Ok(Some("2023-05-01".to_owned())));
    assert_eq!(day(Cell::Number(20_230_501.0), false), Ok(Some("2023-05-01".to_owned())));
    assert_eq!(day(Cell::Date(Date::constant(2023, 5, 1)), false), Ok(Some("2023-05-01".to_owned())));
    assert_eq!(day(Cell::Text("未交付"), false), Ok(None));
    assert_eq!(day(Cell::Text("不详"), false), Err(Fault::DateUnknown));
}

#[test]
fn a_day_that_is_none_is_refused_with_its_own_code() {
    let table = [
        ("2023年5月", Fault::DateIncomplete),
        ("2023", Fault::DateIncomplete),
        ("2023-05", Fault::DateIncomplete),
        ("202305", Fault::DateIncomplete),
        ("5/6/2023", Fault::DateAmbiguous),
        ("23.5.1", Fault::DateAmbiguous),
        ("2023年2月30日", Fault::DateUnreadable),
        ("去年", Fault::DateUnreadable),
        ("2023-13-01", Fault::DateUnreadable),
        ("1900-01-01", Fault::DateOutOfRange),
    ];
    for (written, expected) in table {
        assert_eq!(day(Cell::Text(written), false), Err(expected), "{written}");
    }
}

#[test]
fn serial_days_follow_both_systems_and_the_leap_day_that_never_was() {
    let of = |serial, date_1904| serial_day(serial, date_1904).map(|day| day.to_string());
    assert_eq!(of(1, false).as_deref(), Some("1900-01-01"));
    assert_eq!(of(59, false).as_deref(), Some("1900-02-28"));
    assert_eq!(of(60, false), None);
    assert_eq!(of(61, false).as_deref(), Some("1900-03-01"));
    assert_eq!(of(0, true).as_deref(), Some("1904-01-01"));
    assert_eq!(of(i64::MAX, false), None);
}

#[test]
fn an_identity_number_is_checked_and_passed_on() {
    let one = |text: &str| identity_number(Cell::Text(text));
    assert_eq!(one("11010519491231002X").as_deref(), Ok(&["11010519491231002X".to_owned()][..]));
    assert_eq!(one("11010519491231002x").as_deref(), Ok(&["11010519491231002X".to_owned()][..]));
    assert_eq!(one("110105194912310021"), Err(Fault::IdNumberCheck));
    assert_eq!(one("110105194913310020"), Err(Fault::IdNumberCheck));
    assert_eq!(one("91350100M000100Y43").as_deref(), Ok(&["91350100M000100Y43".to_owned()][..]));
    assert_eq!(one("91350100M000100Y44"), Err(Fault::IdNumberCheck));
    assert_eq!(one("110105491231002").as_deref(), Ok(&["110105491231002".to_owned()][..]));
    assert_eq!(one("E12345678").as_deref(), Ok(&["E12345678".to_owned()][..]));
    assert_eq!(one("1234"), Err(Fault::IdNumberUnreadable));
    assert_eq!(one("无"), Ok(vec![]));
    assert_eq!(identity_number(Cell::Number(110_105_194_912_310_020.0)), Err(Fault::IdNumberRounded));
    assert_eq!(one("1.10105E+17"), Err(Fault::IdNumberRounded));
}

#[test]
fn a_usage_is_known_by_its_words() {
    let table =
        [("住宅", Usage::Residence), ("底商", Usage::Shop), ("地下车位", Usage::Parking), ("储藏间", Usage::Storage)];
    for (written, expected) in table {
        assert_eq!(Usage::of(written), expected, "{written}");
    }
    assert_eq!(Usage::of("会所"), Usage::Other("会所".to_owned()));
}

#[test]
fn every_field_and_code_has_one_stable_name() {
    let mut codes = crate::all_codes();
    let all = codes.len();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), all);
    assert!(
        codes
            .iter()
            .all(|code| code.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_' || byte.is_ascii_digit()))
    );
    assert!(Field::ALL.iter().all(|field| Field::of_name(field.name()) == Some(*field)));
    assert!(Field::ALL.iter().all(|field| serde_json::to_string(field).unwrap() == format!("\"{}\"", field.name())));
}
