use proptest::prelude::*;
use values::Area;

use super::*;

fn area(text: &str) -> Area {
    text.parse().unwrap()
}

#[test]
fn codes_compare_without_leading_zeros() {
    let same = |a: &str, b: &str| assert_eq!(key(a), key(b), "{a} {b}");
    same("1-2-0301", "1-2-301");
    same("01-02-00301", "1-2-301");
    same("１－２－０３０１", "1-2-301");
    same("2期03-1-0502", "2期3-1-502");
    same("b1-017", "B1-17");
    assert_eq!(key("1-0-101"), "1-0-101");
    assert_eq!(key("000"), "0");
    assert_ne!(key("1-1-1010"), key("1-1-101"));
}

#[test]
fn a_home_is_understood_however_it_is_typed() {
    let cases = [
        ("1栋101", "1-101", false),
        ("1-1-101", "1-1-101", false),
        ("101", "101", false),
        ("1#-1-0101", "1-1-101", false),
        ("1#楼2单元301室", "1-2-301", false),
        ("1号楼101号", "1-101", false),
        ("二期3幢二单元0502", "2期3-2-502", false),
        ("１栋２单元３０１", "1-2-301", false),
        ("A座1201", "A-1201", false),
        ("1 栋 1 单元 101", "1-1-101", false),
        ("1栋1单元", "1-1", true),
        ("S101", "S101", false),
    ];
    for (typed, key, open) in cases {
        assert_eq!(Typed::read(typed), Some(Typed { key: key.into(), open }), "{typed}");
    }
    for typed in ["", "王桂华", "zhangsan", "漏水了", "101 桂语", "1-2-3-4-5"] {
        assert_eq!(Typed::read(typed), None, "{typed}");
    }
}

#[test]
fn floor_and_position_come_from_the_room_number() {
    assert_eq!(floor_and_position("0301"), Some((3, 1)));
    assert_eq!(floor_and_position("1204"), Some((12, 4)));
    assert_eq!(floor_and_position("101"), Some((1, 1)));
    for none in ["12", "S101", "A", "100", "", "123456"] {
        assert_eq!(floor_and_position(none), None, "{none}");
    }
}

#[test]
fn shorter_ways_to_type_a_code_leave_out_stair_and_phase() {
    assert_eq!(shorter("1-2-301"), ["1-301", "301"]);
    assert_eq!(shorter("2期3-1-502"), ["3-1-502", "2期3-502", "3-502", "502"]);
    assert_eq!(shorter("1-301"), ["301"]);
}

#[test]
fn the_rule_of_the_issue_makes_the_building_it_says() {
    let rule = BuildingRule::parse("1栋 2单元 18层 每层3户, 面积 89.37/120.15/65.08, 无13层").unwrap();
    assert_eq!((rule.building.as_str(), rule.stairs, rule.floors, rule.homes), ("1", 2, 18, 3));
    let plan = plan(&rule);
    assert_eq!(plan.stairs, ["1-1", "1-2"]);
    assert_eq!(plan.units.len(), 2 * 17 * 3);
    assert_eq!(rule.count(), 2 * 17 * 3);
    assert!(plan.units.iter().all(|unit| unit.floor != 13));
    let one = plan.units.iter().find(|unit| unit.code == "1-2-0302").unwrap();
    assert_eq!((one.floor, one.position, one.area), (3, 2, Some(area("120.15"))));
    assert_eq!(plan.total_area(), Area::from_hundredths((8_937 + 12_015 + 6_508) * 34));
}

#[test]
fn the_same_building_can_be_said_in_english() {
    let zh = BuildingRule::parse("1栋 2单元 18层 每层3户, 面积 89.37/120.15/65.08, 无13层").unwrap();
    let en = BuildingRule::parse(
        "Building 1, 2 stairs, 18 floors, 3 homes per floor, areas 89.37/120.15/65.08, no floor 13",
    )
    .unwrap();
    assert_eq!(zh, en);
}

#[test]
fn rules_of_many_shapes_are_read() {
    let count = |text: &str| plan(&BuildingRule::parse(text).unwrap_or_else(|why| panic!("{text}: {why}"))).units.len();
    assert_eq!(count("A座 无单元 6层 每层2户"), 12);
    assert_eq!(count("3号楼，1单元，11层，一梯2户，面积 98.5"), 22);
    assert_eq!(count("2期5栋 2单元 24层 每层4户 无4、14、24层"), 2 * 21 * 4);
    assert_eq!(count("7栋 2单元 18层 每层4户 首层商铺6间 商铺面积 45"), 6 + 2 * 17 * 4);
    assert_eq!(count("7栋 1单元 1-2层商铺8间 3-18层每层4户"), 16 + 16 * 4);
    assert_eq!(count("8幢 3单元 6层 每层2户 6层每层1户"), 3 * 6);
    assert_eq!(count("building B, 1 stair, 30 floors, 4 units per floor, skip floors 4, 13 and 14"), 27 * 4);
    assert_eq!(count("building 9, 2 stairs, 12 floors, 2 homes per floor, ground floor 5 shops"), 5 + 2 * 11 * 2);
    assert_eq!(count("building 9, 2 stairs, 12 floors, 2 homes per floor, floors 11-12: 1 home"), 2 * (10 * 2 + 2));
    assert_eq!(count("1栋 1单元 6层 每层2户 无4-5层"), 8);
}

#[test]
fn a_shop_has_a_code_of_its_own_and_no_stair() {
    let plan = plan(&BuildingRule::parse("7栋 2单元 18层 每层4户 首层商铺2间 商铺面积 45.5/60").unwrap());
    let shops: Vec<_> = plan.units.iter().filter(|unit| unit.kind == PlaceKind::Shop).collect();
    assert_eq!(shops.iter().map(|shop| shop.code.as_str()).collect::<Vec<_>>(), ["7-S101", "7-S102"]);
    assert_eq!((shops[1].stair, shops[1].area), (None, Some(area("60"))));
}

#[test]
fn rooms_have_two_digits_for_the_floor_only_where_a_floor_needs_them() {
    let first = |text: &str| plan(&BuildingRule::parse(text).unwrap()).units[0].code.clone();
    assert_eq!(first("1栋 1单元 6层 每层2户"), "1-1-101");
    assert_eq!(first("1栋 1单元 11层 每层2户"), "1-1-0101");
}

#[test]
fn what_a_rule_lacks_is_refused_by_name() {
    let refused = |text: &str| BuildingRule::parse(text).unwrap_err();
    assert_eq!(refused("2单元 18层 每层3户"), RuleRefusal::BuildingMissing);
    assert_eq!(refused("1栋 2单元 每层3户"), RuleRefusal::FloorsMissing);
    assert_eq!(refused("1栋 2单元 18层"), RuleRefusal::HomesMissing);
    assert_eq!(refused("1栋 2单元 18层 每层3户 面积 89/90"), RuleRefusal::AreasCount { areas: 2, homes: 3 });
    assert_eq!(refused("1栋 2单元 18层 每层3户 无19层"), RuleRefusal::FloorOutside { floor: 19 });
    assert_eq!(refused("1栋 40单元 200层 每层99户"), RuleRefusal::TooMany);
    assert!(matches!(refused("1栋 好多层"), RuleRefusal::Unreadable { .. }));
    assert!(matches!(refused("今天天气不错"), RuleRefusal::Unreadable { .. }));
    assert!(matches!(refused("1栋 2单元 18层 每层3户 面积 八十九"), RuleRefusal::Unreadable { .. }));
}

proptest! {
    #[test]
    fn any_text_is_a_rule_or_a_refusal(text in "[0-9a-zA-Z栋单元层每户面积无、,./ 首商铺间-]{0,60}") {
        if let Ok(rule) = BuildingRule::parse(&text) {
            prop_assert_eq!(plan(&rule).units.len() as u64, rule.count());
        }
    }
    #[test]
    fn codes_of_a_plan_differ_and_its_floors_are_those_of_the_rule(stairs in 0u32..6, floors in 1u32..40, homes in 1u32..12, skip in 1u32..40) {
        let mut text = format!("5栋 {floors}层 每层{homes}户");
        if stairs > 0 { text.push_str(&format!(" {stairs}单元")); }
        if skip <= floors && floors > 1 { text.push_str(&format!(" 无{skip}层")); }
        let rule = BuildingRule::parse(&text).unwrap();
        let plan = plan(&rule);
        let mut keys: Vec<String> = plan.units.iter().map(|unit| key(&unit.code)).collect();
        prop_assert!(plan.units.iter().all(|unit| floor_and_position(unit.code.rsplit('-').next().unwrap()) == Some((i64::from(unit.floor), i64::from(unit.position)))));
        prop_assert_eq!(keys.len() as u64, rule.count());
        keys.sort_unstable();
        keys.dedup();
        prop_assert_eq!(keys.len() as u64, rule.count());
        prop_assert!(plan.floors().iter().all(|floor| !rule.skip.contains(floor) && *floor <= floors));
    }
    #[test]
    fn a_key_is_its_own_key(text in "[0-9A-Za-z期栋 -]{0,30}") {
        prop_assert_eq!(key(&key(&text)), key(&text));
    }
}
