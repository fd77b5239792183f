use proptest::prelude::*;

use super::*;

#[test]
fn phones_are_read_as_people_write_them() {
    for (typed, dialled) in [
        ("13800000000", "13800000000"),
        ("１３８００００００００", "13800000000"),
        ("138 0000 0000", "13800000000"),
        ("+86 138-0000-0000", "13800000000"),
        ("0571-88886666", "0571-88886666"),
        ("(010) 6666 7777", "010-66667777"),
    ] {
        assert_eq!(typed.parse::<Phone>().unwrap().dial(), dialled, "{typed}");
    }
    for wrong in ["", "1380000000", "138000000001", "无", "12345", "1380000000a"] {
        assert!(wrong.parse::<Phone>().is_err(), "{wrong}");
    }
}

#[test]
fn a_phone_never_prints_whole() {
    let phone: Phone = "13812345678".parse().unwrap();
    assert_eq!(format!("{phone} {phone:?}"), "138 **** 5678 138 **** 5678");
}

#[test]
fn names_and_identity_numbers_are_masked() {
    assert_eq!(mask_name("王小华"), "王*华");
    assert_eq!(mask_name("王华"), "王*");
    assert_eq!(mask_identity("330102199001011234"), "330***********1234");
}

#[test]
fn a_site_day_begins_at_its_own_midnight() {
    let zone = Zone::default();
    let late: Moment = "2026-03-14T23:30:00+08:00".parse().unwrap();
    assert_eq!(zone.day(late).to_string(), "2026-03-14");
    assert_eq!(zone.rfc3339(zone.start(zone.day(late).plus_days(1))), "2026-03-15T00:00:00+08:00");
}

#[test]
fn money_prints_with_thousands_and_a_true_minus() {
    assert_eq!(Money::from_fen(150_144).to_string(), "¥1,501.44");
    assert_eq!(Money::from_fen(-12_000).to_string(), "−¥120.00");
}

#[test]
fn ids_of_later_moments_sort_later() {
    let chance = Chance::seeded(1);
    let early: Id<()> = Id::fresh(Moment::from_millis(1_000), &chance);
    assert!(early < Id::fresh(Moment::from_millis(2_000), &chance));
}

#[test]
fn a_seed_gives_the_same_bytes_twice() {
    assert_eq!(Chance::seeded(7).bytes::<40>(), Chance::seeded(7).bytes::<40>());
}

proptest! {
    #[test]
    fn an_area_survives_being_written_and_read(hundredths in 0i64..10_000_000) {
        let area = Area::from_hundredths(hundredths);
        prop_assert_eq!(area.to_string().parse::<Area>().unwrap(), area);
    }
    #[test]
    fn no_text_makes_a_parser_panic(text in ".*") {
        let _ = (text.parse::<Phone>(), text.parse::<Area>(), text.parse::<Day>(), text.parse::<Moment>());
    }
}
