use super::*;
use crate::{Error, orders::Urgency};

fn branch(code: &str) -> Category {
    Category { leaf: false, parent: None, kinds: Vec::new(), ..leaf(code, "") }
}

fn leaf(code: &str, parent: &str) -> Category {
    Category {
        code: code.into(),
        parent: Some(parent.into()),
        leaf: true,
        kinds: vec![Kind::Repair],
        zh: "漏水".into(),
        en: "Leak".into(),
        urgency: Urgency::Normal,
        department: "ENG".into(),
        urgent_list: false,
        certificate: None,
        trade: None,
        spot: Spot::Both,
        demands: vec!["photo".into()],
        front: None,
        icon: None,
        hint_zh: None,
        hint_en: None,
    }
}

fn tree() -> Vec<Kept> {
    let kept = |category, closed, sort| Kept { category, closed, version: 1, sort };
    vec![kept(branch("water"), false, 0), kept(leaf("water.leak", "water"), false, 1), kept(branch("old"), true, 2)]
}

fn refused(category: &Category, closed: bool) -> Vec<&'static str> {
    match rules::check(category, closed, &tree(), &["ENG".to_string()]) {
        Ok(()) => Vec::new(),
        Err(Error::Invalid(fields)) => fields.into_iter().map(|field| field.code).collect(),
        Err(other) => panic!("{other}"),
    }
}

#[test]
fn a_leaf_stands_below_a_branch_and_names_who_does_it() {
    let good = leaf("water.tap", "water");
    assert_eq!(refused(&good, false), [""; 0]);
    assert_eq!(refused(&Category { kinds: Vec::new(), ..good.clone() }, false), ["category_kinds"]);
    assert_eq!(refused(&Category { department: "XYZ".into(), ..good.clone() }, false), ["category_department"]);
    assert_eq!(refused(&Category { parent: Some("water.leak".into()), ..good.clone() }, false), ["category_parent"]);
    assert_eq!(refused(&Category { zh: " ".into(), en: String::new(), ..good }, false), ["category_name"; 2]);
}

#[test]
fn what_is_on_the_urgent_list_is_urgent() {
    let listed = Category { urgent_list: true, ..leaf("water.tap", "water") };
    assert_eq!(refused(&listed, false), ["category_urgent_list"]);
    assert_eq!(refused(&Category { urgency: Urgency::Urgent, ..listed }, false), [""; 0]);
}

#[test]
fn a_special_trade_is_named_with_its_certificate_and_only_with_it() {
    let demanding = |certificate: &str, trade: Option<&str>| Category {
        certificate: Some(certificate.into()),
        trade: trade.map(Into::into),
        ..leaf("water.tap", "water")
    };
    assert_eq!(refused(&demanding("CRT-05", Some("electric")), false), [""; 0]);
    assert_eq!(refused(&demanding("CRT-05", None), false), ["certificate_trade"]);
    assert_eq!(refused(&demanding("CRT-08", Some("electric")), false), ["certificate_trade"]);
    assert_eq!(refused(&demanding("CRT-77", None), false), ["category_certificate"]);
}

#[test]
fn a_branch_is_switched_off_last_and_on_first() {
    assert_eq!(refused(&branch("water"), true), ["category_has_open"]);
    assert_eq!(refused(&leaf("old.thing", "old"), false), ["category_branch_off"]);
    assert_eq!(refused(&leaf("old.thing", "old"), true), [""; 0]);
    assert_eq!(refused(&branch("old"), false), [""; 0]);
}

#[test]
fn a_new_code_is_made_of_the_english_name_and_is_free() {
    assert_eq!(code_for(Some("water"), "Leak", &tree()), "water.leak_2");
    assert_eq!(code_for(Some("water"), "Tap, valve or hose", &tree()), "water.tap_valve_or_hos");
    assert_eq!(code_for(None, "水", &tree()), "more");
}
