use std::collections::BTreeSet;

use proptest::prelude::*;
use values::{DAY, Day, HOUR, Id, MINUTE, Moment};

use super::*;
use crate::promises::Reason;

const NOW: Moment = Moment::from_millis(1_786_500_000_000);

fn technician() -> WorkerId {
    Id::named("technician")
}

fn somebody_else() -> WorkerId {
    Id::named("somebody else")
}

fn entitled() -> Facts {
    Facts { entitled: true, ..Facts::default() }
}

/// May do everything, and has worked on nothing.
fn everybody() -> Actor {
    Actor::staff(Id::named("everybody"), Role::ALL)
}

/// May do everything, and has the work.
fn holder() -> Actor {
    Actor::staff(technician(), Role::ALL)
}

fn in_leg(leg: Stage) -> Progress {
    Progress { own: Own::ACCEPTED, legs: vec![leg] }
}

fn suspended(reason: Reason, begun: bool) -> Progress {
    in_leg(Stage::Suspended { by: technician(), since: NOW, reason, begun })
}

/// An order in each of the states.
fn order_in(state: State) -> Progress {
    let (by, at) = (technician(), NOW);
    let done = vec![Stage::Done { by, at }];
    let closed = Own::Closed { at, how: HowClosed::Verdict { by_time: false } };
    match state {
        State::New => Progress { own: Own::New, legs: vec![Stage::Waiting] },
        State::Accepted => in_leg(Stage::Waiting),
        State::Dispatched => in_leg(Stage::Dispatched { to: by, at }),
        State::Taken => in_leg(Stage::Taken { by, at }),
        State::Working => in_leg(Stage::Working { by, since: at }),
        State::Suspended => suspended(Reason::Appointment, true),
        State::ToVerify => in_leg(Stage::Done { by, at }),
        State::Returned => in_leg(Stage::Returned { by, at, why: "no key".into() }),
        State::ToFollowUp => Progress { own: Own::ToFollowUp { since: at }, legs: done },
        State::Closed => Progress { own: closed, legs: done },
        State::Cancelled => Progress { own: Own::Cancelled { at, by_customer: true }, legs: vec![Stage::Ended { at }] },
        State::Reopened => {
            let own = Own::Open { reopened: true, answered: None };
            Progress { own, legs: vec![Stage::Done { by, at }, Stage::Waiting] }
        }
    }
}

fn every_act() -> Vec<(&'static str, Act)> {
    let (to, why) = (somebody_else(), String::from("no key"));
    let slot = Act::Appointment { from: NOW.plus_millis(100 * DAY), to: NOW.plus_millis(101 * DAY) };
    vec![
        ("acceptance", Act::Acceptance),
        ("answer", Act::Answer { close: false }),
        ("answered at once", Act::Answer { close: true }),
        ("classification", Act::Classification),
        ("merge", Act::Merge { into: Id::named("another order") }),
        ("legs", Act::Split),
        ("assignment", Act::Assignment { to }),
        ("grab", Act::Grab),
        ("taking", Act::Taking),
        ("arrival", Act::Arrival),
        ("start", Act::Start),
        ("suspension", Act::Suspension { reason: Reason::Parts }),
        ("resumption", Act::Resumption),
        ("quote", Act::Quote),
        ("quote agreed", Act::QuoteAnswer { agreed: true }),
        ("quote refused", Act::QuoteAnswer { agreed: false }),
        ("materials", Act::Materials),
        ("completion", Act::Completion),
        ("satisfied", Act::Verdict { satisfied: true }),
        ("unsatisfied", Act::Verdict { satisfied: false }),
        ("verdict by time", Act::VerdictByTime),
        ("follow-up good", Act::FollowUp { satisfied: true }),
        ("follow-up bad", Act::FollowUp { satisfied: false }),
        ("rating", Act::Rating),
        ("closure", Act::Closure { why: why.clone() }),
        ("reopening", Act::Reopening),
        ("cancellation", Act::Cancellation),
        ("transfer", Act::Transfer { to, why: why.clone() }),
        ("return", Act::Return { why }),
        ("chase", Act::Chase),
        ("supervision", Act::Supervision),
        ("appointment", slot),
        ("message", Act::Message),
    ]
}

const OPEN: &str = "new accepted dispatched taken working suspended to_verify to_follow_up returned reopened";

/// Act · states it begins in, with the state it ends in, or `=` where the state stays. All else is refused.
const TABLE: &[(&str, &str, &str)] = &[
    ("acceptance", "new", "accepted"),
    ("answer", "accepted dispatched taken working suspended to_verify to_follow_up returned reopened", "="),
    ("answered at once", "accepted reopened", "closed"),
    ("classification", OPEN, "="),
    ("merge", OPEN, "closed"),
    ("legs", "accepted dispatched taken working returned reopened", "="),
    ("legs", "suspended", "accepted"),
    ("assignment", "accepted returned reopened", "dispatched"),
    ("grab", "accepted reopened", "taken"),
    ("taking", "dispatched", "taken"),
    ("arrival", "taken", "working"),
    ("start", "taken", "working"),
    ("suspension", "taken working", "suspended"),
    ("resumption", "suspended", "working"),
    ("quote", "taken working", "suspended"),
    ("quote agreed", "suspended", "working"),
    ("quote refused", "suspended", "="),
    ("materials", "working suspended", "="),
    ("completion", "working", "to_verify"),
    ("satisfied", "to_verify", "closed"),
    ("unsatisfied", "to_verify", "working"),
    ("verdict by time", "to_verify", "closed"),
    ("follow-up good", "to_follow_up", "closed"),
    ("follow-up bad", "to_follow_up", "reopened"),
    ("rating", "to_follow_up closed", "="),
    ("closure", "accepted working returned reopened", "closed"),
    ("reopening", "closed", "reopened"),
    ("cancellation", "new accepted dispatched taken returned", "cancelled"),
    ("transfer", "dispatched taken working", "dispatched"),
    ("return", "dispatched taken working", "returned"),
    ("chase", OPEN, "="),
    ("supervision", OPEN, "="),
    ("appointment", "new accepted dispatched taken suspended returned reopened", "="),
    ("message", OPEN, "="),
    ("message", "closed cancelled", "="),
];

fn expected(act: &str, from: State) -> Option<State> {
    let row =
        TABLE.iter().find(|(name, begins, _)| *name == act && begins.split(' ').any(|one| one == from.as_str()))?;
    Some(if row.2 == "=" { from } else { row.2.parse().unwrap() })
}

fn ask(progress: &Progress, act: &Act, actor: &Actor, facts: &Facts, now: Moment) -> Result<Transition, Refusal> {
    apply(progress, &Ask { act, leg: progress.current_leg(), actor, facts, now })
}

fn refusal(progress: &Progress, act: &Act, actor: &Actor) -> Option<Refusal> {
    ask(progress, act, actor, &entitled(), NOW).err()
}

#[test]
fn every_act_in_every_state_does_what_the_contract_says_or_is_refused() {
    let later = NOW.plus_millis(72 * HOUR);
    for from in State::ALL.iter().copied() {
        let progress = order_in(from);
        assert_eq!(progress.state(), from);
        for (name, act) in every_act() {
            let actor = if act.noun() == Noun::FollowUp { everybody() } else { holder() };
            let result = ask(&progress, &act, &actor, &entitled(), later);
            assert_eq!(result.as_ref().ok().map(|done| done.to), expected(name, from), "{name} in {from}: {result:?}");
            if let Ok(done) = result {
                assert_eq!((done.from, done.progress.state()), (from, done.to), "{name} in {from}");
            }
        }
    }
}

#[test]
fn a_refusal_says_where_the_order_stands() {
    let desk = Actor::staff(somebody_else(), &[Role::Desk]);
    let assign = Act::Assignment { to: technician() };
    let check = |state, act: &Act| refusal(&order_in(state), act, &desk).unwrap().code();
    assert_eq!(check(State::New, &assign), "not_accepted");
    assert_eq!(check(State::Dispatched, &assign), "not_taken");
    assert_eq!(check(State::Working, &assign), "work_begun");
    assert_eq!(check(State::ToVerify, &assign), "waits_for_verdict");
    assert_eq!(check(State::Closed, &assign), "closed");
    assert_eq!(check(State::Working, &Act::Acceptance), "already_accepted");
    assert_eq!(check(State::Working, &Act::Reopening), "still_open");
    assert_eq!(check(State::Working, &Act::Cancellation), "work_begun");
    assert_eq!(check(State::Cancelled, &Act::Reopening), "cancelled");
}

#[test]
fn every_act_is_for_its_roles_only() {
    let roles = "acceptance: desk steward
        answer: desk
        classification: desk
        merge: desk
        legs: desk leader
        assignment: desk leader program
        grab: technician
        taking: technician
        arrival: technician
        start: technician
        suspension: desk technician
        resumption: desk technician
        quote: technician
        quote-answer: customer
        materials: technician
        completion: technician
        verdict: customer program
        follow-up: desk steward
        rating: customer neighbour
        closure: desk leader
        reopening: desk customer
        cancellation: desk customer neighbour
        transfer: leader technician
        return: leader technician
        chase: customer neighbour
        supervision: manager
        appointment: desk technician customer
        messages: desk steward leader manager technician customer neighbour program";
    for (line, noun) in roles.lines().zip(Noun::ALL) {
        let found: Vec<_> =
            Role::ALL.iter().filter(|role| noun.roles().contains(role)).map(|role| role.as_str()).collect();
        assert_eq!(line.trim(), format!("{noun}: {}", found.join(" ")));
    }
    assert_eq!(roles.lines().count(), Noun::ALL.len());
    assert_eq!(refusal(&order_in(State::New), &Act::Acceptance, &Actor::customer()), Some(Refusal::NotYourRole));
}

#[test]
fn a_technician_works_on_their_own_leg_and_a_leader_on_any() {
    let own = Actor::staff(technician(), &[Role::Technician]);
    let other = Actor::staff(somebody_else(), &[Role::Technician]);
    let leader = Actor::staff(somebody_else(), &[Role::Technician, Role::Leader]);
    let back = Act::Return { why: "no key".into() };
    for (state, act) in
        [(State::Dispatched, Act::Taking), (State::Taken, Act::Arrival), (State::Working, Act::Completion)]
    {
        assert_eq!(refusal(&order_in(state), &act, &own), None);
        assert_eq!(refusal(&order_in(state), &act, &other), Some(Refusal::NotYours));
        assert_eq!(refusal(&order_in(state), &act, &leader), Some(Refusal::NotYours), "leading is not doing");
        assert_eq!(refusal(&order_in(state), &back, &other), Some(Refusal::NotYours));
        assert_eq!(refusal(&order_in(state), &back, &leader), None);
    }
}

#[test]
fn crt_90_nobody_gets_work_without_the_certificate_it_demands() {
    let facts = Facts { lacks_certificate: Some("electrician".into()), ..entitled() };
    let missing = Refusal::CertificateMissing { certificate: "electrician".into() };
    let transfer = Act::Transfer { to: technician(), why: "ill".into() };
    for (state, act) in [
        (State::Accepted, Act::Assignment { to: technician() }),
        (State::Accepted, Act::Grab),
        (State::Working, transfer),
        (State::Dispatched, Act::Taking),
    ] {
        let holder = Actor::staff(technician(), Role::ALL);
        assert_eq!(ask(&order_in(state), &act, &holder, &facts, NOW), Err(missing.clone()));
    }
}

#[test]
fn work_with_a_promised_arrival_begins_with_the_arrival() {
    let facts = Facts { arrival_promised: true, ..Facts::default() };
    let own = Actor::staff(technician(), &[Role::Technician]);
    assert_eq!(ask(&order_in(State::Taken), &Act::Start, &own, &facts, NOW), Err(Refusal::ArrivalNeeded));
    assert!(ask(&order_in(State::Taken), &Act::Arrival, &own, &facts, NOW).is_ok());
    let buttons = |facts: &Facts| allowed(&order_in(State::Taken), 0, &own, facts, NOW);
    assert!(!buttons(&facts).contains(&Noun::Start) && buttons(&Facts::default()).contains(&Noun::Start));
}

#[test]
fn completion_names_everything_that_is_still_missing() {
    let facts = Facts { missing: vec!["photo_after".into(), "signature".into()], ..Facts::default() };
    let own = Actor::staff(technician(), &[Role::Technician]);
    let refused = ask(&order_in(State::Working), &Act::Completion, &own, &facts, NOW).unwrap_err();
    assert_eq!(refused.to_string(), "still missing before completion: photo_after, signature");
    let buttons = allowed(&order_in(State::Working), 0, &own, &facts, NOW);
    assert!(buttons.contains(&Noun::Completion), "the button says what is missing");
}

#[test]
fn a_technician_grabs_only_what_they_are_entitled_to() {
    let own = Actor::staff(technician(), &[Role::Technician]);
    let accepted = order_in(State::Accepted);
    assert_eq!(ask(&accepted, &Act::Grab, &own, &Facts::default(), NOW), Err(Refusal::NotEntitled));
    let grabbed = ask(&accepted, &Act::Grab, &own, &entitled(), NOW).unwrap();
    assert_eq!(grabbed.progress.legs, [Stage::Taken { by: technician(), at: NOW }]);
}

#[test]
fn a_suspension_goes_back_to_where_it_came_from() {
    let own = Actor::staff(technician(), &[Role::Technician]);
    for state in [State::Taken, State::Working] {
        let suspended =
            ask(&order_in(state), &Act::Suspension { reason: Reason::Weather }, &own, &entitled(), NOW).unwrap();
        assert_eq!(ask(&suspended.progress, &Act::Resumption, &own, &entitled(), NOW).unwrap().to, state);
    }
    assert_eq!(refusal(&suspended(Reason::Parts, false), &Act::Cancellation, &Actor::customer()), None);
    let begun = refusal(&suspended(Reason::Parts, true), &Act::Cancellation, &Actor::customer());
    assert_eq!(begun, Some(Refusal::WorkBegun));
    let agreed = Act::QuoteAnswer { agreed: true };
    assert_eq!(refusal(&suspended(Reason::Parts, true), &agreed, &Actor::customer()), Some(Refusal::Suspended));
}

#[test]
fn the_verdict_is_the_customers_and_after_72_hours_it_is_times() {
    let order = order_in(State::ToVerify);
    let due = NOW.plus_millis(72 * HOUR);
    assert_eq!(verdict_due(&order), Some(due));
    assert_eq!(verdict_due(&order_in(State::Working)), None);
    let by_time = |now| ask(&order, &Act::VerdictByTime, &Actor::program(), &Facts::default(), now);
    assert_eq!(by_time(due.plus_millis(-1)), Err(Refusal::NotYetTime));
    let closed = Own::Closed { at: due, how: HowClosed::Verdict { by_time: true } };
    assert_eq!(by_time(due).unwrap().progress.own, closed);
    let verdict = Act::Verdict { satisfied: true };
    assert_eq!(refusal(&order, &Act::VerdictByTime, &Actor::customer()), Some(Refusal::NotYourRole));
    assert_eq!(refusal(&order, &verdict, &Actor::program()), Some(Refusal::NotYourRole));
    let drawn = Facts { followed_up: true, ..Facts::default() };
    assert_eq!(ask(&order, &verdict, &Actor::customer(), &drawn, NOW).unwrap().to, State::ToFollowUp);
}

#[test]
fn an_unsatisfied_customer_sends_back_the_leg_that_was_completed_last() {
    let done = |by, hours| Stage::Done { by, at: NOW.plus_millis(hours * HOUR) };
    let legs = vec![done(technician(), 0), done(somebody_else(), 2), done(technician(), 1)];
    let order = Progress { own: Own::ACCEPTED, legs: legs.clone() };
    let now = NOW.plus_millis(3 * HOUR);
    let verdict = Act::Verdict { satisfied: false };
    let back = ask(&order, &verdict, &Actor::customer(), &Facts::default(), now).unwrap().progress.legs;
    assert_eq!(back, [legs[0].clone(), Stage::Working { by: somebody_else(), since: now }, legs[2].clone()]);
}

#[test]
fn a_complaint_answered_by_words_alone_awaits_its_customer_until_somebody_is_sent() {
    let talk = Facts { is_talk: true, ..entitled() };
    let answer = Act::Answer { close: false };
    let answered = ask(&order_in(State::Accepted), &answer, &everybody(), &talk, NOW).unwrap();
    assert_eq!((answered.to, verdict_due(&answered.progress)), (State::ToVerify, Some(NOW.plus_millis(72 * HOUR))));
    assert_eq!(refusal(&answered.progress, &Act::Grab, &everybody()).unwrap().code(), "waits_for_verdict");
    let mended = ask(&order_in(State::Accepted), &answer, &everybody(), &entitled(), NOW).unwrap();
    assert_eq!(mended.to, State::Accepted, "words mend nothing");
    let at_work = ask(&order_in(State::Working), &answer, &everybody(), &talk, NOW).unwrap();
    assert_eq!(at_work.to, State::Working, "who was sent finishes first");
    let no = Act::Verdict { satisfied: false };
    let back = ask(&answered.progress, &no, &Actor::customer(), &talk, NOW).unwrap();
    assert_eq!((back.to, back.sent_back, verdict_due(&back.progress)), (State::Accepted, true, None));
    let sent = ask(&answered.progress, &Act::Assignment { to: technician() }, &everybody(), &talk, NOW).unwrap();
    assert_eq!((sent.to, sent.progress.own), (State::Dispatched, Own::ACCEPTED));
    let later = ask(&answered.progress, &answer, &everybody(), &talk, NOW.plus_millis(HOUR)).unwrap();
    assert_eq!(verdict_due(&later.progress), verdict_due(&answered.progress), "more words take no time from anybody");
    let on_the_phone = Act::Answer { close: true };
    let settled = ask(&answered.progress, &on_the_phone, &everybody(), &talk, NOW.plus_millis(HOUR)).unwrap();
    assert_eq!(settled.to, State::Closed, "a customer without a portal said that it will do");
    let by_time = ask(&answered.progress, &Act::VerdictByTime, &Actor::program(), &talk, NOW.plus_millis(72 * HOUR));
    assert_eq!(by_time.unwrap().to, State::Closed);
}

#[test]
fn csv_26_an_unsatisfied_follow_up_reopens_the_same_order_on_a_new_leg() {
    let steward = Actor::staff(somebody_else(), &[Role::Steward]);
    let bad = Act::FollowUp { satisfied: false };
    let reopened = ask(&order_in(State::ToFollowUp), &bad, &steward, &Facts::default(), NOW).unwrap();
    assert!(reopened.reopened && reopened.to == State::Reopened);
    assert_eq!(reopened.progress.current_leg(), 1);
    let worker = Actor::staff(technician(), &[Role::Desk]);
    assert_eq!(refusal(&order_in(State::ToFollowUp), &bad, &worker), Some(Refusal::OwnWork));
    assert_eq!(refusal(&reopened.progress, &Act::Cancellation, &Actor::customer()), Some(Refusal::WorkBegun));
}

#[test]
fn a_customer_reopens_within_seven_days_and_the_desk_later() {
    let (closed, limit) = (order_in(State::Closed), NOW.plus_millis(7 * DAY));
    let reopen = |actor: &Actor, now| ask(&closed, &Act::Reopening, actor, &Facts::default(), now).map(|done| done.to);
    assert_eq!(reopen(&Actor::customer(), limit), Ok(State::Reopened));
    assert_eq!(reopen(&Actor::customer(), limit.plus_seconds(1)), Err(Refusal::TooLate));
    let desk = Actor::staff(somebody_else(), &[Role::Desk]);
    assert_eq!(reopen(&desk, limit.plus_millis(300 * DAY)), Ok(State::Reopened));
}

#[test]
fn an_order_that_was_merged_goes_on_only_as_the_other_one() {
    let (one, other) = (Id::named("one"), Id::named("other"));
    let merged = ask(&order_in(State::Working), &Act::Merge { into: other }, &everybody(), &entitled(), NOW).unwrap();
    for (name, act) in every_act().into_iter().filter(|(name, _)| *name != "message") {
        assert_eq!(refusal(&merged.progress, &act, &everybody()), Some(Refusal::Merged), "{name}");
    }
    assert_eq!(check_merge(one, one, State::Working), Err(Refusal::IntoItself));
    assert_eq!(check_merge(one, other, State::Closed), Err(Refusal::Closed));
    assert_eq!(check_merge(one, other, State::New), Ok(()));
}

#[test]
fn reasons_are_words_and_appointments_lie_ahead() {
    let blank = String::from("  ");
    for act in [
        Act::Closure { why: blank.clone() },
        Act::Return { why: blank.clone() },
        Act::Transfer { to: technician(), why: blank },
    ] {
        assert_eq!(refusal(&order_in(State::Working), &act, &everybody()), Some(Refusal::ReasonMissing));
    }
    for (from, to) in [(2, 1), (1, 1), (-2, 0)] {
        let act = Act::Appointment { from: NOW.plus_millis(from * HOUR), to: NOW.plus_millis(to * HOUR) };
        assert_eq!(refusal(&order_in(State::Taken), &act, &everybody()), Some(Refusal::BadSlot));
    }
}

#[test]
fn the_state_of_an_order_with_several_legs_is_that_of_the_leg_furthest_at_work() {
    let (by, at) = (technician(), NOW);
    let legs = |states: &str| {
        let stage = |word: &str| match word {
            "waiting" => Stage::Waiting,
            "dispatched" => Stage::Dispatched { to: by, at },
            "working" => Stage::Working { by, since: at },
            "suspended" => Stage::Suspended { by, since: at, reason: Reason::Parts, begun: true },
            "done" => Stage::Done { by, at },
            _ => Stage::Ended { at },
        };
        order_state(Own::ACCEPTED, &states.split(' ').map(stage).collect::<Vec<_>>())
    };
    assert_eq!(legs("waiting working"), State::Working);
    assert_eq!(legs("suspended dispatched"), State::Dispatched);
    assert_eq!(legs("suspended waiting"), State::Accepted);
    assert_eq!(legs("done suspended"), State::Suspended);
    assert_eq!(legs("done done ended"), State::ToVerify);
    assert_eq!(legs("ended"), State::Accepted);
}

#[test]
fn what_staff_take_down_is_accepted_at_once() {
    let state = |word: &str| Progress::reported(word.parse().unwrap()).state();
    for channel in ["desk", "phone", "steward", "patrol"] {
        assert_eq!(state(channel), State::Accepted);
    }
    for channel in ["app", "qr", "device", "12345"] {
        assert_eq!(state(channel), State::New);
    }
    assert_eq!(serde_json::to_string(&Channel::Hotline).unwrap(), "\"12345\"");
}

#[test]
fn everybody_knows_whose_move_it_is() {
    let expected = "desk desk technician technician technician customer customer desk nobody nobody desk desk";
    let found: Vec<_> = State::ALL.iter().map(|state| next_mover(&order_in(*state)).as_str()).collect();
    assert_eq!(found.join(" "), expected);
    let waits = Reason::ALL.iter().map(|reason| next_mover(&suspended(*reason, true)).as_str());
    assert_eq!(waits.collect::<Vec<_>>(), ["technician", "customer", "desk", "nobody"]);
}

#[test]
fn the_pages_offer_what_the_rules_allow() {
    let offered = |state, actor: &Actor| {
        let nouns = allowed(&order_in(state), 0, actor, &Facts::default(), NOW);
        nouns.iter().map(|noun| noun.as_str()).collect::<Vec<_>>().join(" ")
    };
    let own = Actor::staff(technician(), &[Role::Technician]);
    assert_eq!(offered(State::ToVerify, &Actor::customer()), "verdict chase messages");
    assert_eq!(offered(State::Closed, &Actor::customer()), "rating reopening messages");
    assert_eq!(offered(State::New, &Actor::customer()), "cancellation chase appointment messages");
    assert_eq!(offered(State::ToVerify, &Actor::neighbour()), "chase messages");
    assert_eq!(offered(State::Closed, &Actor::neighbour()), "rating messages");
    assert_eq!(offered(State::New, &Actor::neighbour()), "cancellation chase messages");
    assert_eq!(offered(State::Dispatched, &own), "taking transfer return appointment messages");
    assert_eq!(offered(State::Working, &own), "suspension quote materials completion transfer return messages");
    assert_eq!(offered(State::Cancelled, &everybody()), "messages");
}

fn seen<'a>(category: &'a str, unit: &'a str, stair: &'a str, riser: &'a str, minute: i64) -> Sighting<'a> {
    let some = |text: &'a str| Some(text).filter(|text| !text.is_empty());
    let at = NOW.plus_millis(minute * MINUTE);
    let common = category.starts_with("common");
    Sighting { category, common, unit: some(unit), stair: some(stair), riser: some(riser), at }
}

#[test]
fn csv_9_example_5_two_reports_of_one_leaking_riser_are_one_thing() {
    let upper = seen("common.riser", "3-1-1201", "", "3-1/01", 0);
    let lower = seen("common.riser", "3-1-1101", "", "3-1/01", 20);
    assert!(is_duplicate(&upper, &lower) && is_duplicate(&lower, &upper));
    assert!(!is_duplicate(&upper, &seen("common.riser", "3-1-1102", "", "3-1/02", 20)));
    assert!(!is_duplicate(&upper, &seen("common.lift", "3-1-1101", "", "3-1/01", 20)));
}

#[test]
fn a_duplicate_names_the_same_unit_or_stair_within_24_hours() {
    let first = seen("tap", "3-1-1201", "3-1", "3-1/01", 0);
    assert!(is_duplicate(&first, &seen("tap", "3-1-1201", "3-1", "3-1/01", 24 * 60)));
    assert!(!is_duplicate(&first, &seen("tap", "3-1-1201", "3-1", "3-1/01", 24 * 60 + 1)));
    assert!(!is_duplicate(&first, &seen("tap", "3-1-1101", "3-1", "3-1/01", 5)), "two taps, two homes");
    let lift = seen("common.lift", "", "3-1", "", 0);
    assert!(is_duplicate(&lift, &seen("common.lift", "3-1-501", "3-1", "3-1/01", 5)));
    assert!(!is_duplicate(&lift, &seen("common.lift", "", "3-2", "", 5)));
    assert!(!is_duplicate(&seen("common.gate", "", "", "", 0), &seen("common.gate", "", "", "", 0)), "places unknown");
}

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

#[test]
fn a_number_is_long_in_addresses_and_short_within_its_year() {
    let number = Number { kind: Kind::Repair, day: day("2026-08-12"), sequence: 17 };
    assert_eq!((number.to_string().as_str(), number.short().as_str()), ("B-260812-017", "B-0812-017"));
    assert_eq!(number.on_screen(day("2026-12-31")), "B-0812-017");
    assert_eq!(number.on_screen(day("2027-01-01")), "B-260812-017");
    assert_eq!("B-260812-017".parse(), Ok(number));
    assert!("b-260812-017".parse::<Number>().is_err() && "B-0812-017".parse::<Number>().is_err());
    assert_eq!(serde_json::from_str::<Number>("\"B-260812-017\"").unwrap(), number);
    let letters: String = Kind::ALL.iter().map(|kind| kind.letter()).collect();
    assert_eq!(letters, "BTZJPQ");
}

#[test]
fn a_number_is_found_however_it_is_typed() {
    let today = day("2026-08-12");
    let number = TypedNumber { kind: Some(Kind::Repair), day: today, sequence: 17 };
    for text in [
        "B-260812-017",
        "B-0812-017",
        "b0812017",
        "B 0812 17",
        " b-0812-17 ",
        "Ｂ－０８１２－０１７",
        "B260812017",
        "B—0812—017",
    ] {
        assert_eq!(parse_typed(text, today), Some(number), "{text}");
    }
    assert_eq!(parse_typed("0812-017", today), Some(TypedNumber { kind: None, ..number }));
    let busy = parse_typed("T-0812-1017", today).unwrap();
    assert_eq!((busy.kind, busy.sequence), (Some(Kind::Complaint), 1017));
    assert_eq!(parse_typed("B-1231-001", today).unwrap().day, day("2025-12-31"), "the last such day");
    assert_eq!(parse_typed("B-0229-001", today).unwrap().day, day("2024-02-29"));
    for text in
        ["", "B", "X-0812-017", "B-1312-001", "B-0812-000", "1-2-301", "13812345678", "B-0812-", "维修", "B-08１2-x"]
    {
        assert_eq!(parse_typed(text, today), None, "{text}");
    }
}

fn any_actor() -> impl Strategy<Value = Actor> {
    let staff = prop::sample::select(vec![technician(), somebody_else()]);
    let some_roles = prop::sample::subsequence(Role::ALL.to_vec(), 1..=Role::ALL.len());
    let anybody = (some_roles, prop::option::of(staff)).prop_map(|(roles, worker)| Actor { roles, worker });
    prop_oneof![3 => Just(holder()), 1 => Just(everybody()), 2 => anybody]
}

fn any_facts() -> impl Strategy<Value = Facts> {
    (any::<bool>(), any::<bool>(), any::<bool>()).prop_map(|(arrival_promised, entitled, followed_up)| Facts {
        arrival_promised,
        entitled,
        followed_up,
        ..Facts::default()
    })
}

fn any_steps() -> impl Strategy<Value = Vec<(Act, Actor, Facts, i64)>> {
    let acts = every_act().into_iter().map(|(_, act)| act).collect::<Vec<_>>();
    prop::collection::vec((prop::sample::select(acts), any_actor(), any_facts(), 0i64..100), 1..60)
}

/// Every way from one state to another, legs that split aside.
fn ways() -> BTreeSet<(State, State)> {
    let known = State::ALL.iter().flat_map(|from| {
        let acts = every_act().into_iter().filter(|(name, _)| *name != "legs");
        acts.filter_map(move |(name, _)| expected(name, *from).map(|to| (*from, to)))
    });
    let more = "to_verify>to_follow_up suspended>taken suspended>cancelled";
    let more = more.split(' ').map(|way| way.split_once('>').unwrap());
    known.chain(more.map(|(from, to)| (from.parse().unwrap(), to.parse().unwrap()))).collect()
}

proptest! {
    #[test]
    fn no_sequence_of_acts_leaves_the_graph_of_states(
        channel in prop::sample::select(Channel::ALL.to_vec()), steps in any_steps(),
    ) {
        let ways = ways();
        let mut order = Progress::reported(channel);
        let mut now = NOW;
        for (act, actor, facts, hours) in steps.iter().filter(|(act, ..)| *act != Act::Split) {
            now = now.plus_millis(hours * HOUR);
            let Ok(done) = ask(&order, act, actor, facts, now) else { continue };
            prop_assert!(ways.contains(&(done.from, done.to)), "{:?}: {} > {}", act, done.from, done.to);
            prop_assert_eq!(done.reopened, done.to == State::Reopened && done.from != State::Reopened);
            order = done.progress;
        }
    }

    #[test]
    fn a_closed_order_accepts_only_reopening_rating_and_messages(
        channel in prop::sample::select(Channel::ALL.to_vec()), steps in any_steps(),
    ) {
        let mut order = Progress::reported(channel);
        for (act, actor, facts, hours) in &steps {
            let now = NOW.plus_millis(hours * HOUR);
            let was_open = order.state().is_open();
            let Ok(done) = ask(&order, act, actor, facts, now) else { continue };
            let late = [Noun::Reopening, Noun::Rating, Noun::Messages];
            prop_assert!(was_open || late.contains(&act.noun()), "{:?} on {}", act, done.from);
            prop_assert!(actor.roles.iter().any(|role| act.noun().roles().contains(role)));
            prop_assert!(done.progress.legs.len() >= order.legs.len());
            order = done.progress;
            prop_assert!(order.state().is_open() || order.legs.iter().all(|leg| matches!(leg.state(), LegState::Done | LegState::Ended)));
        }
    }

    #[test]
    fn what_is_offered_is_never_refused_for_place_or_person(
        steps in any_steps(), actor in any_actor(), facts in any_facts(),
    ) {
        let mut order = Progress::reported(Channel::Phone);
        for (act, actor, facts, _) in &steps {
            if let Ok(done) = ask(&order, act, actor, facts, NOW) {
                order = done.progress;
            }
        }
        let offered = allowed(&order, order.current_leg(), &actor, &facts, NOW);
        for (_, act) in every_act() {
            let done = ask(&order, &act, &actor, &facts, NOW);
            prop_assert!(done.is_err() || offered.contains(&act.noun()), "{:?} is not offered", act);
        }
    }

    #[test]
    fn an_order_is_read_as_it_was_written(steps in any_steps()) {
        let mut order = Progress::reported(Channel::App);
        for (act, actor, facts, _) in &steps {
            if let Ok(done) = ask(&order, act, actor, facts, NOW) {
                order = done.progress;
            }
            for leg in &order.legs {
                prop_assert_eq!(LegColumns::from(leg).stage(), Some(leg.clone()));
            }
        }
        let text = serde_json::to_string(&order).unwrap();
        prop_assert_eq!(serde_json::from_str::<Progress>(&text).unwrap(), order);
    }

    #[test]
    fn a_number_is_read_as_it_was_written(kind in prop::sample::select(Kind::ALL.to_vec()), days in 0i64..3000, sequence in 1u32..9999) {
        let number = Number { kind, day: day("2026-01-01").plus_days(days), sequence };
        prop_assert_eq!(number.to_string().parse(), Ok(number));
        let typed = TypedNumber { kind: Some(kind), day: number.day, sequence };
        prop_assert_eq!(parse_typed(&number.to_string(), number.day), Some(typed));
        prop_assert_eq!(parse_typed(&number.short().to_lowercase(), number.day), Some(typed));
    }

    #[test]
    fn nothing_typed_makes_the_reader_fall(text in "\\PC{0,16}") {
        let _ = parse_typed(&text, day("2026-08-12"));
    }
}

#[test]
fn a_title_is_the_first_sentence_of_what_was_said() {
    let told = [
        ("厨房顶部渗水，吊顶已鼓包。早上起来发现往下滴水。", "厨房顶部渗水，吊顶已鼓包"),
        ("我买了套沙发，送货师傅晚上七点才到，能进吗？谢谢", "我买了套沙发，送货师傅晚上七点才到，能进吗？"),
        ("The tap drips. It is 3.5 m from the door.", "The tap drips"),
        ("It is 3.5 m from door no. 5", "It is 3.5 m from door no. 5"),
        ("没有标点", "没有标点"),
        ("。", ""),
    ];
    for (words, title) in told {
        assert_eq!(super::report::first_sentence(words), title);
    }
}
