use proptest::prelude::*;
use values::{DAY, Day, HOUR, Id, MINUTE, Moment, SECOND, Zone};

use super::*;
use crate::{
    calendar::{Calendar, DeskHours, Timetable},
    orders::{Kind, Urgency},
};

fn moment(text: &str) -> Moment {
    format!("{text}+08:00").parse().unwrap()
}

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

/// A promise of `span` from 2026-03-14 22:47:10, all four reasons pausing it.
fn promise(span: i64) -> Promise {
    let opens = moment("2026-03-14T22:47:10");
    let draft = Draft {
        name: Name::Completion,
        rule: "CSV-06".into(),
        round: 1,
        opens,
        due: opens.plus_millis(span),
        span,
        pausable: Reason::ALL.to_vec(),
        pauses: Vec::new(),
        fulfilled_at: None,
        provisional: false,
    };
    draft.into_promise(Id::named("a promise"), None)
}

fn pause(row: &Promise, from: i64, to: Option<i64>, reason: Reason) -> Pause {
    Pause { from: row.opens.plus_millis(from), to: to.map(|to| row.opens.plus_millis(to)), reason }
}

fn drafts(case: &Case, acts: &Timeline) -> Vec<Draft> {
    let (calendar, desk, zone) = (Calendar::shipped(), DeskHours::default(), Zone::default());
    promised(&Policy::default(), case, acts, &Timetable { calendar: &calendar, desk: &desk, zone: &zone })
}

fn due_of(kind: Kind, urgency: Urgency, name: Name, at: &str) -> Option<String> {
    let at = moment(at);
    let acts = Timeline { accepted: Some(at), verdict: Some(at), ..Timeline::reported(at) };
    let case = Case { followed_up: true, ..Case::new(kind, urgency) };
    let found = drafts(&case, &acts).into_iter().find(|draft| draft.name == name);
    found.map(|draft| Zone::default().rfc3339(draft.due)[5..19].replace('T', " "))
}

#[test]
fn csv_02_example_1_arrival_at_the_limit_is_in_time_and_a_second_later_is_late() {
    let due = due_of(Kind::Repair, Urgency::Urgent, Name::Arrival, "2026-03-14T22:47:10");
    assert_eq!(due.as_deref(), Some("03-14 23:17:10"));
    let mut row = promise(30 * MINUTE);
    let check = |row: &Promise| settle(row, moment("2026-03-15T08:00:00"), Subject::Open);
    row.fulfilled_at = Some(moment("2026-03-14T23:17:10"));
    assert_eq!(check(&row), Outcome::Kept { at: moment("2026-03-14T23:17:10") });
    row.fulfilled_at = Some(moment("2026-03-14T23:17:10").plus_millis(999));
    assert_eq!(check(&row).as_str(), "kept", "compared to the second");
    row.fulfilled_at = Some(moment("2026-03-14T23:17:11"));
    assert_eq!(check(&row), Outcome::Late { at: moment("2026-03-14T23:17:11") });
}

#[test]
fn csv_9_example_2_a_policy_of_three_working_days_knows_the_may_holidays() {
    let (calendar, desk, zone) = (Calendar::shipped(), DeskHours::default(), Zone::default());
    let table = Timetable { calendar: &calendar, desk: &desk, zone: &zone };
    let case = Case::new(Kind::Complaint, Urgency::Normal);
    let due = due(Limit::WorkingDays(3), moment("2026-04-30T10:00:00"), &case, &table).unwrap();
    assert_eq!(due.at, moment("2026-05-09T00:00:00"));
    assert!(!due.provisional && !due.is_clock_time);
}

#[test]
fn csv_9_example_3_sixteen_listed_hours_of_pause_make_72_hours_88() {
    let mut row = promise(72 * HOUR);
    row.pauses = vec![
        pause(&row, 2 * HOUR, Some(12 * HOUR), Reason::Parts),
        pause(&row, 20 * HOUR, Some(26 * HOUR), Reason::Appointment),
    ];
    let limit = row.opens.plus_millis(88 * HOUR);
    assert_eq!(effective_due(&row, limit), limit);
    assert_eq!(paused_millis(&row, limit), 16 * HOUR);
    row.fulfilled_at = Some(limit);
    assert_eq!(settle(&row, limit, Subject::Open).as_str(), "kept");
    row.fulfilled_at = Some(limit.plus_seconds(1));
    assert_eq!(settle(&row, limit.plus_seconds(1), Subject::Open).as_str(), "late");
}

#[test]
fn csv_9_example_3_a_reason_that_is_not_listed_stops_no_clock() {
    let mut row = promise(72 * HOUR);
    row.pausable = vec![Reason::Appointment];
    row.pauses = vec![pause(&row, HOUR, Some(11 * HOUR), Reason::Parts)];
    assert_eq!(effective_due(&row, row.opens.plus_millis(80 * HOUR)), row.due);
}

#[test]
fn csv_9_example_6_cancelled_before_due_counts_in_neither_part_of_the_rate() {
    let at = moment("2026-03-14T23:17:10");
    let mut outcomes = vec![Outcome::Excused { reason: Excuse::Withdrawn }; 4];
    outcomes.extend(vec![Outcome::Kept { at }; 274]);
    outcomes.extend(vec![Outcome::Late { at }; 10]);
    outcomes.extend(vec![Outcome::Missed; 5]);
    outcomes.push(Outcome::Pending { overdue: true });
    outcomes.push(Outcome::Pending { overdue: false });
    let rate = on_time(outcomes);
    assert_eq!(rate, Rate { kept: 274, of: 290 });
    assert_eq!(format!("{:.2}", rate.percent().unwrap()), "94.48");
    assert_eq!(on_time([]).percent(), None);
}

#[test]
fn csv_06_every_promise_of_the_default_policy_falls_due_as_published() {
    use Kind::{Complaint, Enquiry, Help, Praise, Repair, Suggestion};
    use Name::{Answer, Arrival, Closure, Completion, Dispatch, FirstReply, FollowUp, Response};
    let table: &[(Kind, &str, [Option<&str>; 8])] = &[
        // Wednesday 2026-08-12 at 10:00, with response, dispatch, arrival, completion, first reply, answer, closure,
        // follow-up.
        (Repair, "urgent", ["12 10:10", "12 10:10", "12 10:30", "13 10:00", "", "", "", "19 10:00"].map(some)),
        (Repair, "normal", ["12 10:10", "12 10:30", "13 10:00", "15 10:00", "", "", "", "19 10:00"].map(some)),
        (Help, "normal", ["12 10:05", "12 10:05", "12 10:30", "13 10:00", "", "", "", ""].map(some)),
        (Complaint, "normal", ["12 10:10", "", "", "", "12 10:30", "14 10:00", "19 10:00", "15 10:00"].map(some)),
        (Enquiry, "normal", ["12 10:10", "", "", "", "", "14 00:00", "", ""].map(some)),
        (Suggestion, "normal", ["14 00:00", "", "", "", "", "20 00:00", "", ""].map(some)),
        (Praise, "urgent", ["14 00:00", "", "", "", "", "20 00:00", "", ""].map(some)),
    ];
    let names = [Response, Dispatch, Arrival, Completion, FirstReply, Answer, Closure, FollowUp];
    for (kind, urgency, expected) in table {
        for (name, due) in names.into_iter().zip(expected) {
            let found = due_of(*kind, urgency.parse().unwrap(), name, "2026-08-12T10:00:00");
            assert_eq!(found, due.map(|due| format!("08-{due}:00")), "{kind} {urgency} {name}");
        }
    }
}

fn some(text: &str) -> Option<&str> {
    Some(text).filter(|text| !text.is_empty())
}

#[test]
fn csv_20_outside_desk_hours_a_complaint_is_first_answered_in_two_hours() {
    let due = |at| due_of(Kind::Complaint, Urgency::Normal, Name::FirstReply, at);
    assert_eq!(due("2026-08-12T19:59:59").as_deref(), Some("08-12 20:29:59"));
    assert_eq!(due("2026-08-12T20:00:00").as_deref(), Some("08-12 22:00:00"));
    let response = due_of(Kind::Complaint, Urgency::Normal, Name::Response, "2026-08-12T22:00:00");
    assert_eq!(response.as_deref(), Some("08-13 08:10:00"));
}

#[test]
fn csv_22_a_complex_complaint_has_15_days() {
    let at = moment("2026-08-01T09:00:00");
    let case = Case { complex: true, ..Case::new(Kind::Complaint, Urgency::Normal) };
    let closure = drafts(&case, &Timeline::reported(at)).into_iter().find(|draft| draft.name == Name::Closure);
    assert_eq!(closure.unwrap().due, moment("2026-08-16T09:00:00"));
}

#[test]
fn csv_06_second_and_third_grades_come_to_an_urgent_repair_in_60_and_120_minutes() {
    for (grade, minutes) in [(Grade::First, 30), (Grade::Second, 60), (Grade::Third, 120)] {
        let policy = Policy::of_grade(grade);
        let line = policy.line(Kind::Repair, Urgency::Urgent, Name::Arrival).unwrap();
        assert_eq!(line.limit, Limit::Clock(minutes * MINUTE));
    }
}

#[test]
fn csv_03_an_appointment_is_the_arrival_that_is_promised_and_no_pause_moves_it() {
    let accepted = moment("2026-08-12T10:00:00");
    let slot = Slot { from: moment("2026-08-14T14:00:00"), to: moment("2026-08-14T16:00:00") };
    let acts = Timeline { accepted: Some(accepted), ..Timeline::reported(accepted) };
    let case = Case { appointment: Some(slot), ..Case::new(Kind::Repair, Urgency::Normal) };
    let arrival = drafts(&case, &acts).into_iter().find(|draft| draft.name == Name::Arrival).unwrap();
    assert_eq!((arrival.due, arrival.span), (slot.to, 2 * HOUR));
    assert!(arrival.pausable.is_empty());
}

#[test]
fn only_what_has_opened_is_promised_and_what_is_done_at_once_is_fulfilled() {
    let at = moment("2026-08-12T10:00:00");
    let case = Case::new(Kind::Repair, Urgency::Urgent);
    let names = |acts: &Timeline| drafts(&case, acts).into_iter().map(|draft| draft.name).collect::<Vec<_>>();
    assert_eq!(names(&Timeline::reported(at)), [Name::Response]);
    let accepted = Timeline { accepted: Some(at), ..Timeline::reported(at) };
    assert_eq!(names(&accepted), [Name::Response, Name::Dispatch, Name::Arrival, Name::Completion]);
    assert_eq!(drafts(&case, &accepted)[0].fulfilled_at, Some(at));
    assert_eq!(names(&Timeline::reopened(2, at)), [Name::Dispatch, Name::Arrival, Name::Completion]);
}

#[test]
fn cal_04_a_deadline_that_reaches_into_a_year_without_a_calendar_is_provisional() {
    let acts = Timeline::reported(moment("2026-12-30T10:00:00"));
    let found = drafts(&Case::new(Kind::Suggestion, Urgency::Normal), &acts);
    let provisional: Vec<_> = found.iter().map(|draft| (draft.name, draft.provisional)).collect();
    assert_eq!(provisional, [(Name::Response, false), (Name::Answer, true)]);
}

#[test]
fn a_policy_holds_from_its_day_and_never_before() {
    let (old, new) = (Policy::of_grade(Grade::Third), Policy::default());
    let policies = [(day("2026-07-01"), new.clone()), (day("2026-01-01"), old.clone())];
    assert_eq!(policy_at(&policies, day("2026-06-30")), Some(&old));
    assert_eq!(policy_at(&policies, day("2026-07-01")), Some(&new));
    assert_eq!(policy_at(&policies, day("2025-12-31")), None);
}

#[test]
fn a_policy_is_kept_as_json_and_may_promise_nothing() {
    let mut policy = Policy::default();
    let text = serde_json::to_string(&policy).unwrap();
    assert_eq!(serde_json::from_str::<Policy>(&text).unwrap(), policy);
    assert!(text.contains(r#"{"kind":"repair","urgency":"urgent","name":"arrival","limit":{"clock":1800000}"#));
    policy.lines[2].limit = Limit::None;
    assert_eq!(policy.line(Kind::Repair, Urgency::Urgent, Name::Arrival), None);
}

#[test]
fn withdrawn_before_due_is_excused_and_after_due_it_stays_missed() {
    let row = promise(30 * MINUTE);
    let ended = |seconds, how| {
        let at = row.due.plus_seconds(seconds);
        settle(&row, at.plus_seconds(60), Subject::Ended { at, how })
    };
    assert_eq!(ended(0, Ending::Withdrawn), Outcome::Excused { reason: Excuse::Withdrawn });
    assert_eq!(ended(1, Ending::Withdrawn), Outcome::Missed);
    assert_eq!(ended(-60, Ending::Closed), Outcome::Missed, "closed unfulfilled");
    assert_eq!(ended(-60, Ending::Answered), Outcome::Excused { reason: Excuse::Answered });
    let late = Promise { fulfilled_at: Some(row.due.plus_seconds(5)), ..row.clone() };
    let withdrawn = Subject::Ended { at: row.due.plus_seconds(9), how: Ending::Withdrawn };
    assert_eq!(settle(&late, row.due.plus_seconds(60), withdrawn).as_str(), "late");
}

#[test]
fn an_unfulfilled_promise_is_pending_and_overdue_until_its_chance_is_gone() {
    let mut row = promise(30 * MINUTE);
    let at = |seconds| row.due.plus_seconds(seconds);
    assert_eq!(settle(&row, at(0), Subject::Open), Outcome::Pending { overdue: false });
    assert_eq!(settle(&row, at(1), Subject::Open), Outcome::Pending { overdue: true });
    assert_eq!(settle(&row, at(1_000_000), Subject::Open), Outcome::Pending { overdue: true });
    let (gone, after) = (at(600), at(601));
    row.gone_at = Some(gone);
    assert_eq!(settle(&row, gone, Subject::Open), Outcome::Pending { overdue: true });
    assert_eq!(settle(&row, after, Subject::Open), Outcome::Missed);
    row.fulfilled_at = Some(after);
    assert_eq!(settle(&row, after, Subject::Open), Outcome::Missed, "too late to be late");
    row.fulfilled_at = Some(gone);
    assert_eq!(settle(&row, after, Subject::Open), Outcome::Late { at: gone });
}

#[test]
fn an_open_pause_moves_the_limit_by_the_time_so_far() {
    let mut row = promise(3 * HOUR);
    row.pauses = vec![pause(&row, HOUR, None, Reason::Weather)];
    let now = row.opens.plus_millis(6 * HOUR);
    assert_eq!(effective_due(&row, now), row.opens.plus_millis(8 * HOUR));
    assert_eq!(settle(&row, now, Subject::Open), Outcome::Pending { overdue: false });
}

#[test]
fn a_pause_begun_after_the_limit_heals_nothing() {
    let mut row = promise(HOUR);
    row.pauses = vec![pause(&row, 2 * HOUR, Some(9 * HOUR), Reason::Parts)];
    let now = row.opens.plus_millis(10 * HOUR);
    assert_eq!(effective_due(&row, now), row.due);
    assert_eq!(settle(&row, now, Subject::Open), Outcome::Pending { overdue: true });
}

#[test]
fn csv_24_a_promise_of_30_minutes_calls_15_30_and_60_minutes_after_its_limit() {
    let row = promise(30 * MINUTE);
    let calls = steps(&row, row.opens).map(|step| (step.at.since(row.due) as f64 / MINUTE as f64, step.level.as_str()));
    let expected = [(-7.5, "reminder"), (0.0, "due"), (15.0, "supervisor"), (30.0, "site_manager"), (60.0, "company")];
    assert_eq!(calls, expected);
    assert_eq!(overdue_share(&row, row.due), 0.0);
    assert_eq!(overdue_share(&row, row.due.plus_millis(15 * MINUTE)), 0.5);
}

#[test]
fn csv_24_while_a_pause_lasts_no_step_comes_nearer() {
    let mut row = promise(4 * HOUR);
    row.pauses = vec![pause(&row, HOUR, None, Reason::Parts)];
    let wait = |hours: i64| {
        let now = row.opens.plus_millis(hours * HOUR);
        steps(&row, now)[0].at.since(now)
    };
    assert_eq!((wait(1), wait(5), wait(50)), (2 * HOUR, 2 * HOUR, 2 * HOUR));
}

#[test]
fn the_clock_says_how_much_is_left_and_hatches_its_pauses() {
    let mut row = promise(8 * HOUR);
    row.pauses = vec![pause(&row, HOUR, Some(3 * HOUR), Reason::Parts)];
    let view = clock(&row, row.opens.plus_millis(5 * HOUR));
    assert_eq!((view.state, view.elapsed, view.paused, view.left), (ClockState::Running, 3 * HOUR, 2 * HOUR, 5 * HOUR));
    let bar: Vec<_> = view.bar.iter().map(|piece| (piece.paused, piece.percent)).collect();
    assert_eq!(bar, [(false, 10.0), (true, 20.0), (false, 20.0)]);
}

#[test]
fn the_clock_knows_its_states() {
    let row = promise(60 * MINUTE);
    let state = |row: &Promise, minutes: i64| clock(row, row.opens.plus_millis(minutes * MINUTE)).state;
    assert_eq!(
        (state(&row, 44), state(&row, 45), state(&row, 60)),
        (ClockState::Running, ClockState::Soon, ClockState::Soon)
    );
    assert_eq!(state(&row, 61), ClockState::Late);
    assert_eq!(clock(&row, row.due.plus_millis(12 * MINUTE)).left, -12 * MINUTE);
    let mut paused = row.clone();
    paused.pauses = vec![pause(&row, 50 * MINUTE, None, Reason::Appointment)];
    assert_eq!((state(&paused, 50), state(&paused, 500)), (ClockState::Paused, ClockState::Paused));
    let done = |minutes: i64| Promise { fulfilled_at: Some(row.opens.plus_millis(minutes * MINUTE)), ..row.clone() };
    assert_eq!((state(&done(9), 500), state(&done(72), 500)), (ClockState::Kept, ClockState::KeptLate));
    assert_eq!(clock(&done(9), row.opens.plus_millis(DAY)).elapsed, 9 * MINUTE, "stands still when done");
}

#[test]
fn a_desk_clock_fills_only_when_the_desk_opens() {
    let opens = moment("2026-08-12T22:00:00");
    let draft = drafts(&Case::new(Kind::Enquiry, Urgency::Normal), &Timeline::reported(opens)).remove(0);
    let row = draft.into_promise(Id::named("response"), None);
    let view = clock(&row, moment("2026-08-13T03:00:00"));
    assert_eq!((view.state, view.elapsed, view.left), (ClockState::Running, 0, 5 * HOUR + 10 * MINUTE));
    let view = clock(&row, moment("2026-08-13T08:05:00"));
    assert_eq!((view.state, view.elapsed, view.bar[0].percent), (ClockState::Running, 5 * MINUTE, 50.0));
    assert_eq!(steps(&row, opens)[2].at, moment("2026-08-13T08:15:00"), "half of ten minutes, not of the night");
}

fn rows_of(case: &Case, acts: &Timeline) -> Vec<Promise> {
    let rows = drafts(case, acts).into_iter();
    rows.map(|draft| Promise { settled: None, ..draft.clone().into_promise(Id::named(draft.name.as_str()), None) })
        .collect()
}

#[test]
fn reclassifying_keeps_the_moment_of_report_and_what_is_fulfilled() {
    let at = moment("2026-08-12T10:00:00");
    let acts = Timeline { accepted: Some(at.plus_seconds(60)), ..Timeline::reported(at) };
    let rows = rows_of(&Case::new(Kind::Repair, Urgency::Normal), &acts);
    let change = reclassify(&rows, drafts(&Case::new(Kind::Repair, Urgency::Urgent), &acts));
    let superseded: Vec<_> =
        [Name::Dispatch, Name::Arrival, Name::Completion].map(|name| Id::named(name.as_str())).into();
    assert_eq!(change.supersede, superseded, "the response is kept and stays");
    let created: Vec<_> = change.create.iter().map(|draft| (draft.name, draft.opens, draft.due)).collect();
    let accepted = at.plus_seconds(60);
    assert_eq!(
        created,
        [
            (Name::Dispatch, accepted, accepted.plus_millis(10 * MINUTE)),
            (Name::Arrival, accepted, accepted.plus_millis(30 * MINUTE)),
            (Name::Completion, accepted, accepted.plus_millis(DAY)),
        ]
    );
}

#[test]
fn reclassifying_a_repair_as_a_complaint_ends_the_visit_and_starts_the_answer() {
    let at = moment("2026-08-12T10:00:00");
    let acts = Timeline { accepted: Some(at), replied: Some(at.plus_seconds(90)), ..Timeline::reported(at) };
    let mut rows = rows_of(&Case::new(Kind::Repair, Urgency::Urgent), &acts);
    rows[3].pauses = vec![pause(&rows[3], 0, Some(HOUR), Reason::Parts)];
    let change = reclassify(&rows, drafts(&Case::new(Kind::Complaint, Urgency::Urgent), &acts));
    assert_eq!(change.supersede.len(), 3);
    let names: Vec<_> = change.create.iter().map(|draft| (draft.name, draft.fulfilled_at)).collect();
    let replied = Some(at.plus_seconds(90));
    assert_eq!(names, [(Name::FirstReply, replied), (Name::Answer, None), (Name::Closure, None)]);
}

#[test]
fn reclassifying_to_the_same_terms_changes_nothing_and_pauses_move_on_to_new_rows() {
    let at = moment("2026-08-12T10:00:00");
    let acts = Timeline { accepted: Some(at), ..Timeline::reported(at) };
    let normal = Case::new(Kind::Repair, Urgency::Normal);
    let mut rows = rows_of(&normal, &acts);
    assert_eq!(reclassify(&rows, drafts(&normal, &acts)), Change::default());
    rows[3].pauses = vec![pause(&rows[3], HOUR, None, Reason::Parts)];
    let change = reclassify(&rows, drafts(&Case::new(Kind::Repair, Urgency::Urgent), &acts));
    assert_eq!(change.create[2].pauses, rows[3].pauses);
}

#[test]
fn correcting_twice_leaves_the_promises_of_the_last_correction() {
    let at = moment("2026-08-12T10:00:00");
    let acts = Timeline { accepted: Some(at), ..Timeline::reported(at) };
    let normal = drafts(&Case::new(Kind::Repair, Urgency::Normal), &acts);
    let mut rows = rows_of(&Case::new(Kind::Repair, Urgency::Urgent), &acts);
    let first = reclassify(&rows, normal.clone());
    for row in rows.iter_mut().filter(|row| first.supersede.contains(&row.id)) {
        row.excuse = Some(Excuse::Superseded);
        row.settled = Some(Settlement { outcome: settle(row, at, Subject::Open), at });
        assert_eq!(row.settled.unwrap().outcome.as_str(), "excused");
    }
    rows.extend(first.create.into_iter().map(|draft| draft.into_promise(Id::named("second"), None)));
    assert_eq!(reclassify(&rows, normal), Change::default());
    let back = reclassify(&rows, drafts(&Case::new(Kind::Repair, Urgency::Urgent), &acts));
    assert_eq!((back.supersede.len(), back.create.len()), (3, 3));
}

#[test]
fn csv_25_complaints_and_paid_repairs_are_always_followed_up() {
    assert!(must_follow_up(Kind::Complaint, false) && must_follow_up(Kind::Repair, true));
    assert!(!must_follow_up(Kind::Repair, false) && !must_follow_up(Kind::Enquiry, true));
}

#[test]
fn words_are_read_as_they_are_written() {
    assert!(Name::ALL.iter().all(|name| name.as_str().parse() == Ok(*name)));
    assert_eq!(serde_json::to_string(&Reason::ThirdParty).unwrap(), "\"third_party\"");
    assert_eq!("lunch".parse::<Reason>().unwrap_err().to_string(), "`lunch` is no Reason");
    let late = Outcome::Late { at: moment("2026-08-12T10:00:00") };
    assert_eq!(Outcome::restore(late.standing(), Some(moment("2026-08-12T10:00:00")), None), Some(late));
    assert_eq!(Outcome::restore(Standing::Kept, None, None), None);
}

/// A promise with anything that may have happened to it, in seconds after its opening.
fn any_promise() -> impl Strategy<Value = Promise> {
    let second = 0i64..2_000;
    let pauses = prop::collection::vec((second.clone(), prop::option::of(second.clone()), 0..4usize), 0..5);
    let end = prop::option::of(second.clone());
    (1i64..800, pauses, end.clone(), end, prop::bool::ANY).prop_map(|(span, pauses, done, gone, all)| {
        let mut row = promise(span * SECOND);
        if !all {
            row.pausable = vec![Reason::Parts, Reason::Weather];
        }
        let of = |(from, length, reason): (i64, Option<i64>, usize)| {
            pause(&row, from * SECOND, length.map(|length| (from + length) * SECOND), Reason::ALL[reason])
        };
        row.pauses = pauses.into_iter().map(of).collect();
        row.fulfilled_at = done.map(|done| row.opens.plus_seconds(done));
        row.gone_at = gone.map(|gone| row.due.plus_seconds(gone));
        row
    })
}

fn any_subject() -> impl Strategy<Value = Option<(i64, Ending)>> {
    prop::option::of((0i64..2_000, prop::sample::select(Ending::ALL.to_vec())))
}

proptest! {
    #[test]
    fn settling_never_depends_on_when_it_is_asked(
        row in any_promise(), subject in any_subject(), now in 0i64..3_000, later in 0i64..3_000,
    ) {
        let subject = subject.map_or(Subject::Open, |(at, how)| Subject::Ended { at: row.opens.plus_seconds(at), how });
        let now = row.opens.plus_seconds(now);
        let first = settle(&row, now, subject);
        prop_assert_eq!(settle(&row, now, subject), first);
        if first.is_settled() {
            prop_assert_eq!(settle(&row, now.plus_seconds(later), subject), first);
        }
    }

    #[test]
    fn a_settled_promise_never_changes(mut row in any_promise(), other in any_promise(), now in 0i64..3_000) {
        let now = row.opens.plus_seconds(now);
        let outcome = settle(&row, now, Subject::Open);
        prop_assume!(outcome.is_settled());
        row.settled = Some(Settlement { outcome, at: now });
        row.pauses = other.pauses;
        row.fulfilled_at = other.fulfilled_at;
        row.excuse = Some(Excuse::Approved);
        let ended = Subject::Ended { at: now, how: Ending::Withdrawn };
        prop_assert_eq!(settle(&row, now.plus_millis(DAY), ended), outcome);
    }

    #[test]
    fn pauses_only_move_a_limit_later_and_no_moment_counts_twice(row in any_promise(), now in 0i64..3_000) {
        let now = row.opens.plus_seconds(now);
        let paused = paused_millis(&row, now);
        prop_assert!(effective_due(&row, now) >= row.due);
        prop_assert!(paused <= now.since(row.opens).max(0));
        let mut doubled = row.clone();
        doubled.pauses.extend(row.pauses.clone());
        prop_assert_eq!(paused_millis(&doubled, now), paused);
    }

    #[test]
    fn a_limit_is_inside_its_promise(row in any_promise()) {
        let limit = effective_due(&Promise { fulfilled_at: None, gone_at: None, ..row.clone() }, row.opens.plus_millis(DAY));
        prop_assume!(row.pauses.iter().all(|pause| pause.to.is_some_and(|to| to <= limit)));
        let done_at = |at| settle(&Promise { fulfilled_at: Some(at), gone_at: None, ..row.clone() }, at, Subject::Open);
        prop_assert_eq!(done_at(limit).as_str(), "kept");
        prop_assert_eq!(done_at(limit.plus_seconds(1)).as_str(), "late");
    }

    #[test]
    fn a_bar_is_never_longer_than_itself(row in any_promise(), now in 0i64..3_000) {
        let view = clock(&row, row.opens.plus_seconds(now));
        let filled: f64 = view.bar.iter().map(|piece| piece.percent).sum();
        prop_assert!((0.0..=100.0 + 1e-9).contains(&filled), "{filled}");
        prop_assert!(view.bar.iter().all(|piece| piece.percent > 0.0));
    }
}
