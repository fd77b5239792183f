use proptest::prelude::*;
use values::{Day, HOUR, MINUTE, Moment, Zone};

use super::*;

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn moment(text: &str) -> Moment {
    format!("{text}+08:00").parse().unwrap()
}

struct Site {
    calendar: Calendar,
    desk: DeskHours,
    zone: Zone,
}

impl Site {
    fn new() -> Self {
        Self { calendar: Calendar::shipped(), desk: DeskHours::default(), zone: Zone::default() }
    }
    fn table(&self) -> Timetable<'_> {
        Timetable { calendar: &self.calendar, desk: &self.desk, zone: &self.zone }
    }
}

#[test]
fn cal_05_the_year_2026_has_three_kinds_of_days_as_published() {
    let calendar = Calendar::shipped();
    let off = "01-02 02-20 02-23 04-06 05-04 05-05 10-05 10-06 10-07 01-03 02-15 05-03 10-04";
    let statutory = "01-01 02-16 02-17 02-18 02-19 04-05 05-01 05-02 06-19 09-25 10-01 10-02 10-03";
    let working = "01-04 02-14 02-28 05-09 09-20 10-10 01-05 02-24 04-03 04-30 05-06 10-08";
    for (days, kind) in [(off, DayKind::Off), (statutory, DayKind::Statutory), (working, DayKind::Working)] {
        for date in days.split(' ') {
            assert_eq!(calendar.kind(day(&format!("2026-{date}"))), kind, "{date}");
        }
    }
}

#[test]
fn the_year_2026_has_248_working_days_and_13_statutory_ones() {
    let calendar = Calendar::shipped();
    let year = || (0..365).map(|n| calendar.kind(day("2026-01-01").plus_days(n)));
    assert_eq!(year().filter(|kind| *kind == DayKind::Statutory).count(), 13);
    // 261 weekdays, less 19 that are holidays, and 6 weekend days that are worked.
    assert_eq!(year().filter(|kind| *kind == DayKind::Working).count(), 248);
}

#[test]
fn csv_9_example_2_three_working_days_over_the_may_holidays_end_on_8_may_at_24() {
    let site = Site::new();
    let due = site.table().working_days_due(moment("2026-04-30T10:00:00"), 3);
    assert_eq!(due, moment("2026-05-09T00:00:00"));
    let weekends = Site { calendar: Calendar::default(), ..Site::new() };
    // Friday, Monday, Tuesday: the wrong answer of a program that knows weekends alone.
    assert_eq!(weekends.table().working_days_due(moment("2026-04-30T10:00:00"), 3), moment("2026-05-06T00:00:00"));
}

#[test]
fn cal_01_the_day_of_the_event_is_not_counted_and_a_working_saturday_is() {
    let site = Site::new();
    let due = |from| site.table().working_days_due(moment(from), 1);
    assert_eq!(due("2026-05-08T23:59:59"), moment("2026-05-10T00:00:00"), "Saturday 9 May is worked");
    assert_eq!(due("2026-05-09T00:00:00"), moment("2026-05-12T00:00:00"));
    assert_eq!(due("2026-08-15T10:00:00"), moment("2026-08-18T00:00:00"), "reported on a Saturday, due Monday");
    assert_eq!(site.calendar.working_days_after(day("2026-05-01"), 0), day("2026-05-01"));
}

#[test]
fn cal_03_a_legal_period_that_ends_on_a_day_off_ends_on_the_next_that_is_none() {
    let calendar = Calendar::shipped();
    assert_eq!(calendar.legal_end(day("2026-04-29"), 3), day("2026-05-06"), "2 May is a holiday");
    assert_eq!(calendar.legal_end(day("2026-08-12"), 3), day("2026-08-17"), "a Saturday");
    assert_eq!(calendar.legal_end(day("2026-05-02"), 7), day("2026-05-09"), "a working Saturday stays");
    assert_eq!(calendar.legal_end(day("2026-08-11"), 3), day("2026-08-14"));
    let site = Site::new();
    assert_eq!(site.table().legal_due(day("2026-08-12"), 3), moment("2026-08-18T00:00:00"));
}

#[test]
fn cal_04_a_year_that_is_not_loaded_counts_weekends_alone_and_says_so() {
    let calendar = Calendar::shipped();
    assert_eq!(calendar.kind(day("2027-01-01")), DayKind::Working);
    assert_eq!(calendar.kind(day("2027-01-02")), DayKind::Off);
    assert!(calendar.is_provisional(day("2027-01-01")) && !calendar.is_provisional(day("2026-12-31")));
    assert!(calendar.is_provisional_between(day("2026-12-30"), day("2027-01-04")));
    assert!(!calendar.is_provisional_between(day("2026-12-30"), day("2026-12-31")));
}

#[test]
fn a_calendar_that_contradicts_itself_or_another_year_is_refused() {
    let read = |text: &str| Year::from_json(text);
    let both = r#"{"year":2027,"off":["2027-01-02"],"statutory":[],"working":["2027-01-02"]}"#;
    assert_eq!(read(both), Err(CalendarError::Contradiction(day("2027-01-02"))));
    let stray = r#"{"year":2027,"off":["2026-01-02"],"statutory":[],"working":[]}"#;
    assert_eq!(read(stray), Err(CalendarError::OtherYear(day("2026-01-02"))));
    assert!(matches!(read("{}"), Err(CalendarError::Unreadable(_))));
}

#[test]
fn loading_a_year_again_replaces_it_and_leaves_the_others() {
    let mut calendar = Calendar::shipped();
    let next = Year::from_json(r#"{"year":2027,"off":[],"statutory":["2027-01-01"],"working":[]}"#).unwrap();
    calendar.load(next).unwrap();
    assert_eq!(calendar.kind(day("2027-01-01")), DayKind::Statutory);
    calendar.load(Year { year: 2027, off: vec![], statutory: vec![], working: vec![] }).unwrap();
    assert_eq!(calendar.kind(day("2027-01-01")), DayKind::Working);
    assert_eq!(calendar.kind(day("2026-01-01")), DayKind::Statutory);
    assert!(!calendar.is_provisional(day("2027-06-01")));
}

#[test]
fn cal_02_desk_time_stands_still_at_night_and_its_limit_is_inside_the_day() {
    let site = Site::new();
    let due = |from, minutes| site.table().add_desk_time(moment(from), minutes * MINUTE);
    assert_eq!(due("2026-08-12T10:24:00", 10), moment("2026-08-12T10:34:00"));
    assert_eq!(due("2026-08-12T19:55:00", 10), moment("2026-08-13T08:05:00"));
    assert_eq!(due("2026-08-12T19:50:00", 10), moment("2026-08-12T20:00:00"));
    assert_eq!(due("2026-08-12T20:00:00", 10), moment("2026-08-13T08:10:00"));
    assert_eq!(due("2026-08-12T03:00:00", 10), moment("2026-08-12T08:10:00"));
    assert_eq!(due("2026-08-12T19:00:00", 14 * 60), moment("2026-08-14T09:00:00"));
    assert_eq!(due("2026-08-12T03:00:00", 0), moment("2026-08-12T03:00:00"));
}

#[test]
fn the_desk_opens_at_its_hour_and_is_closed_at_its_closing_moment() {
    let site = Site::new();
    let table = site.table();
    assert!(table.is_open(moment("2026-08-12T08:00:00")) && !table.is_open(moment("2026-08-12T20:00:00")));
    assert_eq!(table.next_open(moment("2026-08-12T20:00:00")), moment("2026-08-13T08:00:00"));
    assert_eq!(table.next_open(moment("2026-08-12T09:00:00")), moment("2026-08-12T09:00:00"));
    let always = Site { desk: DeskHours::always(), ..Site::new() };
    assert_eq!(always.table().add_desk_time(moment("2026-08-12T23:55:00"), 10 * MINUTE), moment("2026-08-13T00:05:00"));
}

#[test]
fn a_desk_of_working_days_is_closed_on_holidays_and_open_on_a_working_saturday() {
    let mut week = [Hours { opens: 540, closes: 1080 }; 7];
    (week[5], week[6]) = (Hours::CLOSED, Hours::CLOSED);
    let site = Site { desk: DeskHours::new(DeskDays::WorkingDays, week).unwrap(), ..Site::new() };
    let open = |from| site.table().next_open(moment(from));
    assert_eq!(open("2026-04-30T18:00:00"), moment("2026-05-06T09:00:00"));
    assert_eq!(open("2026-05-08T18:00:00"), moment("2026-05-09T09:00:00"));
    assert_eq!(open("2026-05-09T18:00:00"), moment("2026-05-11T09:00:00"));
}

#[test]
fn a_desk_that_never_opens_or_closes_before_it_opens_is_refused_also_from_json() {
    assert_eq!(DeskHours::new(DeskDays::EveryDay, [Hours::CLOSED; 7]), Err(CalendarError::NeverOpen));
    let mut sundays = [Hours::CLOSED; 7];
    sundays[6] = Hours::WHOLE_DAY;
    assert!(DeskHours::new(DeskDays::EveryDay, sundays).is_ok());
    assert_eq!(DeskHours::new(DeskDays::WorkingDays, sundays), Err(CalendarError::NeverOpen));
    let night = Hours { opens: 1200, closes: 480 };
    assert_eq!(DeskHours::new(DeskDays::EveryDay, [night; 7]), Err(CalendarError::BadHours));
    let text = serde_json::to_string(&DeskHours::default()).unwrap();
    assert_eq!(serde_json::from_str::<DeskHours>(&text).unwrap(), DeskHours::default());
    assert!(serde_json::from_str::<DeskHours>(&text.replace("1200", "0").replace("480", "0")).is_err());
}

proptest! {
    #[test]
    fn desk_time_is_monotone_and_additive(
        start in 0i64..400 * 24 * 60, later in 0i64..3000, a in 0i64..100, b in 0i64..3000, every_day: bool,
    ) {
        let days = if every_day { DeskDays::EveryDay } else { DeskDays::WorkingDays };
        let desk = DeskHours::new(days, *DeskHours::default().week()).unwrap();
        let site = Site { desk, ..Site::new() };
        let table = site.table();
        let from = moment("2026-01-01T00:00:00").plus_millis(start * MINUTE);
        let (a, b) = (a * MINUTE, b * MINUTE);
        prop_assert_eq!(table.add_desk_time(table.add_desk_time(from, a), b), table.add_desk_time(from, a + b));
        prop_assert!(table.add_desk_time(from, a) <= table.add_desk_time(from, a + b));
        prop_assert!(table.add_desk_time(from, b) <= table.add_desk_time(from.plus_millis(later * MINUTE), b));
        prop_assert!(table.add_desk_time(from, b).since(from) >= b);
    }

    #[test]
    fn working_days_add_up_and_end_on_working_days(start in 0i64..700, a in 1u32..20, b in 0u32..20) {
        let calendar = Calendar::shipped();
        let from = day("2026-01-01").plus_days(start);
        let end = calendar.working_days_after(from, a);
        prop_assert!(calendar.is_working(end));
        prop_assert_eq!(calendar.working_days_after(end, b), calendar.working_days_after(from, a + b));
        let between = (1..=end.since(from)).filter(|n| calendar.is_working(from.plus_days(*n))).count();
        prop_assert_eq!(between, a as usize);
    }

    #[test]
    fn an_open_desk_is_open_and_nothing_before_it_is(start in 0i64..400 * 24 * 60) {
        let site = Site::new();
        let table = site.table();
        let from = moment("2026-01-01T00:00:00").plus_millis(start * MINUTE);
        let open = table.next_open(from);
        prop_assert!(table.is_open(open));
        prop_assert!(open == from || !table.is_open(open.plus_millis(-1)));
        prop_assert!(open.since(from) <= 12 * HOUR);
    }
}
