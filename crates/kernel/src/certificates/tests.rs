use values::{Chance, Day, Id, Moment};

use super::*;

fn day(text: &str) -> Day {
    text.parse().expect("a day")
}

fn electrician(issued: &str) -> Certificate {
    let issued = day(issued);
    let (valid_until, review_due) = usual_dates(Kind::Crt05, issued);
    let id = Id::fresh(Moment::from_millis(0), &Chance::seeded(1));
    let trade = Some("electric".to_string());
    Certificate {
        id,
        party: id.of(),
        kind: Kind::Crt05,
        trade,
        number: "T330102".into(),
        issued: Some(issued),
        valid_until,
        review_due,
        version: 1,
    }
}

fn lacks(held: &Certificate, at: &str) -> Option<(GapWhy, Option<Day>)> {
    gap(std::slice::from_ref(held), Kind::Crt05, Some("electric"), day(at)).map(|gap| (gap.why, gap.ended_on))
}

#[test]
fn org_9_2_a_special_operation_certificate_counts_until_its_review_is_due() {
    let held = electrician("2023-05-20");
    assert_eq!(held.review_due, Some(day("2026-05-20")));
    assert_eq!(held.valid_until, Some(day("2029-05-20")));
    assert_eq!(lacks(&held, "2026-05-20"), None);
    assert_eq!(lacks(&held, "2026-05-21"), Some((GapWhy::ReviewMissed, held.review_due)));
    let review_due = reviewed(&held, day("2026-05-20"));
    assert_eq!(review_due, Some(day("2029-05-20")));
    let again = Certificate { review_due, ..held.clone() };
    assert_eq!(lacks(&again, "2026-05-21"), None);
    assert_eq!(lacks(&again, "2029-05-21"), Some((GapWhy::Expired, held.valid_until)));
    assert_eq!(reviewed(&held, day("2026-05-21")), None, "too late for a review");
    assert_eq!(held.reminder(day("2026-02-18")), None);
    assert_eq!(held.reminder(day("2026-02-19")), Some((90, 90)), "the first reminder");
}

#[test]
fn crt_91_reminders_step_down_to_the_last_day_and_go_on_after_it() {
    let held = electrician("2023-05-20");
    let at = |days: i64| held.reminder(day("2026-05-20").plus_days(-days));
    assert_eq!(
        [at(61), at(60), at(30), at(8), at(7), at(1), at(0), at(-1)].map(|found| found.map(|found| found.1)),
        [Some(90), Some(60), Some(30), Some(30), Some(7), Some(7), Some(0), Some(0)]
    );
    assert_eq!(at(-1), Some((-1, 0)));
}

#[test]
fn crt_90_another_trade_or_kind_does_not_count_and_the_best_of_several_does() {
    let old = electrician("2015-05-20");
    let new = electrician("2024-05-20");
    let at = day("2026-08-12");
    assert!(gap(&[], Kind::Crt05, None, at).is_some_and(|gap| gap.why == GapWhy::None && gap.number.is_none()));
    assert!(
        gap(std::slice::from_ref(&new), Kind::Crt05, Some("welding"), at).is_some_and(|gap| gap.why == GapWhy::None)
    );
    assert!(gap(std::slice::from_ref(&new), Kind::Crt06, None, at).is_some());
    assert_eq!(gap(&[old, new.clone()], Kind::Crt05, Some("electric"), at), None);
    assert_eq!(lacks(&new, "2024-05-19"), Some((GapWhy::NotYet, new.issued)));
}
