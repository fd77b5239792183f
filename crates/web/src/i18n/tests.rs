use std::sync::Arc;

use values::{Area, DAY, Day, HOUR, MINUTE, Moment, Money, Zone};

use super::{Catalogue, CatalogueError, Formats, Lang, Source, WEB, Words};

fn words(lang: Lang) -> Words {
    Arc::new(Catalogue::new(&[WEB]).expect("our own files")).words(lang)
}

fn of(zh: &'static str, en: &'static str) -> Source {
    Source { zh, en }
}

/// 2025-08-12 10:24 in Hangzhou.
fn formats(lang: Lang) -> Formats {
    let now = "2025-08-12T10:24:00+08:00".parse().expect("a moment");
    Formats { words: words(lang), zone: Zone::default(), now }
}

fn at(text: &str) -> Moment {
    text.parse().expect("a moment")
}

#[test]
fn both_languages_say_the_same_things_with_the_same_variables() {
    let catalogue = Catalogue::new(&[WEB]).expect("our own files");
    assert_eq!(catalogue.check(), Vec::<String>::new());
    assert!(catalogue.keys().len() > 200);
}

#[test]
fn the_check_names_what_one_language_lacks() {
    let source = of("a = 甲\nb = 乙 { $n }\n", "b = B { $count }\nc = C\n");
    let found = Catalogue::new(&[source]).expect("readable").check();
    assert_eq!(found, ["a: only in zh-CN", "b: zh-CN names {\"n\"}, en names {\"count\"}", "c: only in en"]);
}

#[test]
fn a_key_written_twice_is_named() {
    let twice = Catalogue::new(&[of("a = 甲\n", "a = A\n"), of("a = 乙\n", "b = B\n")]).err().expect("an error");
    assert!(matches!(&twice, CatalogueError::Twice { lang: "zh-CN", key } if key == "a"), "{twice}");
}

#[test]
fn an_unreadable_line_is_shown() {
    let broken = Catalogue::new(&[of("a = 甲\nb 乙\n", "a = A\n")]).err().expect("an error");
    assert!(broken.to_string().contains("b 乙"), "{broken}");
}

#[test]
fn a_missing_key_shows_itself_and_is_remembered() {
    let catalogue = Arc::new(Catalogue::new(&[of("a = 甲 { $n }\n", "a = A { $n }\n")]).expect("readable"));
    assert_eq!(catalogue.words(Lang::En).say("no-such-key"), "no-such-key");
    assert_eq!(catalogue.words(Lang::Zh).with("a", &[("n", 3.into())]), "甲 3");
    catalogue.words(Lang::Zh).say("a");
    assert_eq!(catalogue.missing(), ["en: no-such-key", "zh-CN: a"]);
}

#[test]
fn a_watched_catalogue_knows_what_nobody_asked_for() {
    let catalogue = Arc::new(Catalogue::new(&[of("a = 甲\nb = 乙\n", "a = A\nb = B\n")]).expect("readable"));
    catalogue.watch();
    catalogue.words(Lang::Zh).say("a");
    assert_eq!(catalogue.unused(), ["b"]);
}

#[test]
fn values_come_without_invisible_marks_and_large_numbers_with_commas() {
    let catalogue = Arc::new(Catalogue::new(&[of("a = 共 { $n } 户\n", "a = { $n } homes\n")]).expect("readable"));
    assert_eq!(catalogue.words(Lang::Zh).with("a", &[("n", 1152.into())]), "共 1,152 户");
    assert_eq!(catalogue.words(Lang::En).with("a", &[("n", 1152.into())]), "1,152 homes");
}

#[test]
fn texts_for_the_browser_keep_their_holes() {
    assert_eq!(words(Lang::En).template("js-net-waiting"), "{n} to send");
}

#[test]
fn the_cookie_decides_then_the_browser_then_chinese() {
    let cases: [(Option<&str>, Option<&str>, Lang); 7] = [
        (Some("en"), Some("zh-CN"), Lang::En),
        (None, Some("en-GB,en;q=0.9"), Lang::En),
        (None, Some("en;q=0.5, zh-TW;q=0.8"), Lang::Zh),
        (None, Some("fr-FR, en;q=0.3"), Lang::En),
        (None, Some("en;q=0, fr"), Lang::Zh),
        (Some("fr"), None, Lang::Zh),
        (None, None, Lang::Zh),
    ];
    for (cookie, accept, wanted) in cases {
        assert_eq!(Lang::choose(cookie, accept), wanted, "{cookie:?} {accept:?}");
    }
}

#[test]
fn days_leave_out_this_year() {
    let day = |year| Day::new(year, 8, 2).expect("a day");
    let (zh, en) = (formats(Lang::Zh), formats(Lang::En));
    assert_eq!([zh.date(day(2025)), zh.date(day(2024))], ["8-2", "2024-08-02"]);
    assert_eq!([en.date(day(2025)), en.date(day(2024))], ["2 Aug", "2 Aug 2024"]);
    assert_eq!([zh.long_date(day(2025)), en.long_date(day(2025))], ["2025 年 8 月 2 日", "2 August 2025"]);
    assert_eq!(zh.days(day(2025), day(2025).plus_days(28)), "8-2–8-30");
}

#[test]
fn times_are_those_of_the_wall_of_the_site() {
    let zh = formats(Lang::Zh);
    assert_eq!(zh.time(at("2025-08-12T02:12:00Z")), "10:12");
    assert_eq!(zh.limit(at("2025-08-12T10:12:00+08:00")), "限 10:12");
    assert_eq!(zh.limit(at("2025-08-13T09:42:00+08:00")), "限 8-13 09:42");
    assert_eq!(zh.when(at("2025-08-12T00:00:00+08:00")), "00:00");
    assert_eq!(zh.when(at("2025-08-11T23:59:00+08:00")), "昨天");
    assert_eq!(zh.when(at("2025-08-10T12:00:00+08:00")), "8-10");
    assert_eq!(formats(Lang::En).limit(at("2025-08-13T09:42:00+08:00")), "by 13 Aug 09:42");
}

#[test]
fn spans_are_rounded_down_to_what_people_say() {
    let cases = [
        (59_000, "不到 1 分", "under 1 min"),
        (12 * MINUTE + 59_000, "12 分", "12 min"),
        (HOUR + 5 * MINUTE, "1 小时 5 分", "1 h 5 min"),
        (3 * HOUR, "3 小时", "3 h"),
        (26 * HOUR + 40 * MINUTE, "26 小时", "26 h"),
        (2 * DAY + 5 * HOUR, "2 天", "2 days"),
    ];
    for (millis, zh, en) in cases {
        assert_eq!([formats(Lang::Zh).duration(millis), formats(Lang::En).duration(millis)], [zh, en]);
    }
    assert_eq!(formats(Lang::Zh).left(3 * HOUR), "还剩 3 小时");
    assert_eq!(formats(Lang::Zh).over(-12 * MINUTE), "超 12 分");
    assert_eq!(formats(Lang::En).left(3 * HOUR), "3 h left");
}

#[test]
fn rates_are_half_up_and_stand_with_their_parts() {
    let zh = formats(Lang::Zh);
    assert_eq!(zh.ratio(27, 28), "96.4%（27 / 28）");
    assert_eq!(formats(Lang::En).ratio(27, 28), "96.4% (27 / 28)");
    assert_eq!([zh.percent(1, 8), zh.percent(1, 2000), zh.percent(0, 0)], ["12.5%", "0.1%", "—"]);
}

#[test]
fn money_areas_and_counts_follow_the_formats_of_the_design() {
    let zh = formats(Lang::Zh);
    assert_eq!([zh.money(Money::from_fen(150_144)), zh.money(Money::from_fen(-12_000))], ["¥1,501.44", "−¥120.00"]);
    assert_eq!(zh.yuan(Money::from_fen(-12_000)), "−120.00");
    assert_eq!(zh.area(Area::from_hundredths(8937)), "89.37 m²");
    assert_eq!([zh.count(9999), zh.count(10_000), zh.count(2_345_678)], ["9,999", "10,000+", "10,000+"]);
    assert_eq!(zh.number(-1_234_567), "−1,234,567");
}
