use serde::{Deserialize, Serialize};
use values::{DAY, Day, HOUR, MINUTE, Moment};

use super::{Draft, Name, Reason, Timeline, words};
use crate::{
    calendar::{DeskDays, Timetable},
    orders::{Kind, Urgency},
};

/// How long something may take. Milliseconds, limit inside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Limit {
    /// Time of the clock.
    Clock(i64),
    /// CAL-02: time during which the desk is open.
    DeskHours(i64),
    /// CSV-20: `inside` when the desk is open at the opening of the promise, `outside` otherwise; both clock time.
    DeskElse { inside: i64, outside: i64 },
    /// CAL-01: 24:00 of the N-th working day.
    WorkingDays(u32),
    /// CSV-03: the end of the agreed slot, clock time while nothing is agreed.
    AppointmentElse(i64),
    /// CSV-22: a complex case has a plan and more time.
    Complexity { ordinary: i64, complex: i64 },
    /// Nothing is promised.
    None,
}

/// One promise of a policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Line {
    pub kind: Kind,
    /// Absent: whatever the urgency.
    pub urgency: Option<Urgency>,
    pub name: Name,
    pub limit: Limit,
    /// Reasons that stop the clock; they count for clock time only.
    pub pausable: Vec<Reason>,
    /// `CSV-06`.
    pub rule: String,
}

/// What a site promises. A change is a new policy from a day on; promises keep the terms they were made with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(transparent)]
pub struct Policy {
    pub lines: Vec<Line>,
}

words! {
    /// Service grade of the 2004 association standard: the first is the highest.
    pub enum Grade {
        First = "first",
        Second = "second",
        Third = "third",
    }
}

impl Grade {
    /// CSV-02, CSV-06: arrival at an urgent repair.
    const fn urgent_arrival(self) -> i64 {
        match self {
            Self::First => 30 * MINUTE,
            Self::Second => 60 * MINUTE,
            Self::Third => 120 * MINUTE,
        }
    }
}

impl Policy {
    pub fn of_grade(grade: Grade) -> Self {
        let mut lines = repairs(grade);
        lines.extend(help());
        lines.extend(complaints());
        lines.extend(questions());
        Self { lines }
    }

    /// The line that holds: an exact urgency before a line for all.
    pub fn line(&self, kind: Kind, urgency: Urgency, name: Name) -> Option<&Line> {
        let fits = |line: &&Line| line.kind == kind && line.name == name && line.limit != Limit::None;
        let mut fitting = self.lines.iter().filter(fits);
        let exact = fitting.clone().find(|line| line.urgency == Some(urgency));
        exact.or_else(|| fitting.find(|line| line.urgency.is_none()))
    }
}

impl Default for Policy {
    fn default() -> Self {
        Self::of_grade(Grade::First)
    }
}

fn line(kind: Kind, urgency: Option<Urgency>, name: Name, limit: Limit, rule: &str) -> Line {
    let pausable = match name {
        Name::Arrival => vec![Reason::Appointment],
        Name::Completion => Reason::ALL.to_vec(),
        _ => Vec::new(),
    };
    Line { kind, urgency, name, limit, pausable, rule: rule.into() }
}

fn repairs(grade: Grade) -> Vec<Line> {
    let urgent = |name, millis| line(Kind::Repair, Some(Urgency::Urgent), name, Limit::Clock(millis), "CSV-06");
    let normal = |name, limit| line(Kind::Repair, Some(Urgency::Normal), name, limit, "CSV-06");
    vec![
        urgent(Name::Response, 10 * MINUTE),
        urgent(Name::Dispatch, 10 * MINUTE),
        urgent(Name::Arrival, grade.urgent_arrival()),
        urgent(Name::Completion, 24 * HOUR),
        normal(Name::Response, Limit::DeskHours(10 * MINUTE)),
        normal(Name::Dispatch, Limit::DeskHours(30 * MINUTE)),
        normal(Name::Arrival, Limit::AppointmentElse(24 * HOUR)),
        normal(Name::Completion, Limit::Clock(3 * DAY)),
        line(Kind::Repair, None, Name::FollowUp, Limit::Clock(7 * DAY), "CSV-25"),
    ]
}

fn help() -> Vec<Line> {
    let help = |name, millis| line(Kind::Help, None, name, Limit::Clock(millis), "CSV-06");
    vec![
        help(Name::Response, 5 * MINUTE),
        help(Name::Dispatch, 5 * MINUTE),
        help(Name::Arrival, 30 * MINUTE),
        help(Name::Completion, 24 * HOUR),
    ]
}

fn complaints() -> Vec<Line> {
    let complaint = |name, limit, rule| line(Kind::Complaint, None, name, limit, rule);
    let first_reply = Limit::DeskElse { inside: 30 * MINUTE, outside: 2 * HOUR };
    let closure = Limit::Complexity { ordinary: 7 * DAY, complex: 15 * DAY };
    vec![
        complaint(Name::Response, Limit::DeskHours(10 * MINUTE), "CSV-06"),
        complaint(Name::FirstReply, first_reply, "CSV-20"),
        complaint(Name::Answer, Limit::Clock(2 * DAY), "CSV-21"),
        complaint(Name::Closure, closure, "CSV-22"),
        complaint(Name::FollowUp, Limit::Clock(3 * DAY), "CSV-25"),
    ]
}

fn questions() -> Vec<Line> {
    let mut lines = vec![
        line(Kind::Enquiry, None, Name::Response, Limit::DeskHours(10 * MINUTE), "CSV-06"),
        line(Kind::Enquiry, None, Name::Answer, Limit::WorkingDays(1), "CSV-28"),
    ];
    for kind in [Kind::Suggestion, Kind::Praise] {
        lines.push(line(kind, None, Name::Response, Limit::WorkingDays(1), "CSV-28"));
        lines.push(line(kind, None, Name::Answer, Limit::WorkingDays(5), "CSV-28"));
    }
    lines
}

/// The policy that holds on `day`: the last one that began by then.
pub fn policy_at(policies: &[(Day, Policy)], day: Day) -> Option<&Policy> {
    let begun = policies.iter().filter(|(from, _)| *from <= day);
    begun.max_by_key(|(from, _)| *from).map(|(_, policy)| policy)
}

/// The time agreed with the customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Slot {
    #[schema(value_type = String, format = DateTime)]
    pub from: Moment,
    #[schema(value_type = String, format = DateTime)]
    pub to: Moment,
}

/// What the promises of an order depend on, besides when things happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Case {
    pub kind: Kind,
    pub urgency: Urgency,
    /// CSV-22: it has a plan and progress notes.
    pub complex: bool,
    /// CSV-25: a follow-up is owed, by rule or by lot.
    pub followed_up: bool,
    pub appointment: Option<Slot>,
}

impl Case {
    pub const fn new(kind: Kind, urgency: Urgency) -> Self {
        Self { kind, urgency, complex: false, followed_up: false, appointment: None }
    }
}

/// A limit come to a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    pub at: Moment,
    /// Milliseconds promised; see `Promise::span`.
    pub span: i64,
    /// Clock time: listed pauses move it.
    pub is_clock_time: bool,
    /// CAL-04.
    pub provisional: bool,
}

/// CAL-01, CAL-02: when `limit` runs out for a promise opened at `opened`; none where nothing is promised.
pub fn due(limit: Limit, opened: Moment, case: &Case, timetable: &Timetable<'_>) -> Option<Due> {
    let clock = |span| Due { at: opened.plus_millis(span), span, is_clock_time: true, provisional: false };
    match limit {
        Limit::Clock(span) => Some(clock(span)),
        Limit::DeskHours(span) => {
            let at = timetable.add_desk_time(opened, span);
            Some(Due { at, span, is_clock_time: false, provisional: desk_is_provisional(opened, at, timetable) })
        }
        Limit::DeskElse { inside, outside } => Some(clock(if timetable.is_open(opened) { inside } else { outside })),
        Limit::WorkingDays(days) => Some(working_days(days, opened, timetable)),
        Limit::AppointmentElse(span) => Some(case.appointment.map_or_else(|| clock(span), |slot| agreed(slot, opened))),
        Limit::Complexity { ordinary, complex } => Some(clock(if case.complex { complex } else { ordinary })),
        Limit::None => None,
    }
}

fn working_days(days: u32, opened: Moment, timetable: &Timetable<'_>) -> Due {
    let first = timetable.zone.day(opened);
    let last = timetable.calendar.working_days_after(first, days);
    let at = timetable.end_of(last);
    let provisional = timetable.calendar.is_provisional_between(first, last);
    Due { at, span: at.since(opened), is_clock_time: false, provisional }
}

/// An appointment is a promise of its slot, not of the days until then.
fn agreed(slot: Slot, opened: Moment) -> Due {
    let span = slot.to.since(slot.from.max(opened)).max(MINUTE);
    Due { at: slot.to, span, is_clock_time: false, provisional: false }
}

fn desk_is_provisional(opened: Moment, at: Moment, timetable: &Timetable<'_>) -> bool {
    let (first, last) = (timetable.zone.day(opened), timetable.zone.day(at));
    timetable.desk.days() == DeskDays::WorkingDays && timetable.calendar.is_provisional_between(first, last)
}

/// Every promise of a round that is open or fulfilled by now, in the order of `Name::ALL`; which of them are new is the
/// caller's to see. The policy is the one of the day of the report.
pub fn promised(policy: &Policy, case: &Case, acts: &Timeline, timetable: &Timetable<'_>) -> Vec<Draft> {
    let owed = |name: &Name| match name {
        Name::Response => acts.round == 1,
        Name::FollowUp => case.followed_up,
        _ => true,
    };
    let names = Name::ALL.iter().copied().filter(owed);
    names.filter_map(|name| draft(policy, case, name, acts, timetable)).collect()
}

fn draft(policy: &Policy, case: &Case, name: Name, acts: &Timeline, timetable: &Timetable<'_>) -> Option<Draft> {
    let opens = acts.opened(name)?;
    // Sent back by the customer: what was done before the new round is not owed once more.
    if acts.round > 1 && acts.fulfilled(name).is_some_and(|at| at < opens) {
        return None;
    }
    let line = policy.line(case.kind, case.urgency, name)?;
    let due = due(line.limit, opens, case, timetable)?;
    Some(Draft {
        name,
        rule: line.rule.clone(),
        round: acts.round,
        opens,
        due: due.at,
        span: due.span,
        pausable: if due.is_clock_time { line.pausable.clone() } else { Vec::new() },
        pauses: Vec::new(),
        fulfilled_at: acts.fulfilled(name),
        provisional: due.provisional,
    })
}
