//! The clock that people see beside a promise, and whom it calls while it runs out.

use serde::{Deserialize, Serialize};
use values::Moment;

use super::{
    Outcome, Promise, Subject,
    rules::{counted_pauses, effective_due, is_beyond, judged_at},
    settle, words,
};

words! {
    /// Who is called, from the person at work upwards.
    pub enum Level {
        /// The person, three quarters through.
        Reminder = "reminder",
        /// The person, at the limit.
        Due = "due",
        Supervisor = "supervisor",
        SiteManager = "site_manager",
        Company = "company",
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Step {
    #[schema(value_type = String, format = DateTime)]
    pub at: Moment,
    pub level: Level,
}

/// CSV-24: the reminder at 75 % of the span and at the limit, then supervisor, site manager and company when 50, 100 and
/// 200 % of the span have passed since. As of `now`: while a pause lasts, every step not yet reached moves along with the
/// limit, so a timer that rings asks again before it calls. A 30-minute promise calls at +15, +30 and +60 minutes.
pub fn steps(row: &Promise, now: Moment) -> [Step; 5] {
    let due = effective_due(row, now);
    let at = |offset, level| Step { at: due.plus_millis(offset), level };
    [
        at(-row.span / 4, Level::Reminder),
        at(0, Level::Due),
        at(row.span / 2, Level::Supervisor),
        at(row.span, Level::SiteManager),
        at(row.span.saturating_mul(2), Level::Company),
    ]
}

/// By what share of its span a promise is, or was, late: 0 in time, 0.5 at half a span beyond. For people to read;
/// escalation compares moments.
pub fn overdue_share(row: &Promise, now: Moment) -> f64 {
    let at = judged_at(row, now);
    let due = effective_due(row, now);
    if is_beyond(at, due) { at.since(due) as f64 / row.span.max(1) as f64 } else { 0.0 }
}

words! {
    pub enum ClockState {
        Running = "running",
        /// In the last quarter of its span.
        Soon = "soon",
        Late = "late",
        Paused = "paused",
        Kept = "kept",
        /// Fulfilled, but late.
        KeptLate = "kept_late",
        Missed = "missed",
        Excused = "excused",
    }
}

/// A piece of the bar, in per cent of its whole length.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Stretch {
    /// Drawn hatched.
    pub paused: bool,
    pub percent: f64,
}

/// A promise as a clock. Milliseconds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct ClockView {
    pub state: ClockState,
    /// The limit with its pauses.
    #[schema(value_type = String, format = DateTime)]
    pub due: Moment,
    /// What was promised first.
    #[schema(value_type = String, format = DateTime)]
    pub promised_due: Moment,
    /// Time used, without pauses, until now or until it was fulfilled.
    pub elapsed: i64,
    pub span: i64,
    pub paused: i64,
    /// Time until the limit; negative is the time beyond it.
    pub left: i64,
    /// From the left: time used and pauses in turn; the rest of the 100 per cent is left.
    pub bar: Vec<Stretch>,
}

/// How the clock of a promise looks at `now`. The bar is as long as the span and its pauses together; a promise in desk
/// hours begins to fill when its counted time begins.
pub fn clock(row: &Promise, now: Moment) -> ClockView {
    let at = judged_at(row, now);
    let due = effective_due(row, now);
    let pauses = counted_pauses(row, at);
    let paused: i64 = pauses.iter().map(|(from, to)| to.since(*from)).sum();
    let begins = row.due.plus_millis(-row.span);
    ClockView {
        state: state(row, now, due),
        due,
        promised_due: row.promised_due,
        elapsed: at.since(begins).saturating_sub(paused).max(0),
        span: row.span,
        paused,
        left: due.since(at),
        bar: bar(begins, at.min(due), &pauses, row.span.saturating_add(paused)),
    }
}

fn state(row: &Promise, now: Moment, due: Moment) -> ClockState {
    match settle(row, now, Subject::Open) {
        Outcome::Kept { .. } => ClockState::Kept,
        Outcome::Late { .. } => ClockState::KeptLate,
        Outcome::Missed => ClockState::Missed,
        Outcome::Excused { .. } => ClockState::Excused,
        Outcome::Pending { overdue: true } => ClockState::Late,
        Outcome::Pending { overdue: false } if is_paused(row, now) => ClockState::Paused,
        Outcome::Pending { overdue: false } if now >= due.plus_millis(-row.span / 4) => ClockState::Soon,
        Outcome::Pending { overdue: false } => ClockState::Running,
    }
}

/// A listed pause lasts at `now`; one that begins this very moment does.
fn is_paused(row: &Promise, now: Moment) -> bool {
    let lasts = |from: Moment, to: Option<Moment>| from <= now && to.is_none_or(|to| now < to);
    row.pauses.iter().any(|pause| row.pausable.contains(&pause.reason) && lasts(pause.from, pause.to))
}

fn bar(begins: Moment, ends: Moment, pauses: &[(Moment, Moment)], length: i64) -> Vec<Stretch> {
    let piece = |paused, from: Moment, to: Moment| Stretch {
        paused,
        percent: to.since(from).max(0) as f64 * 100.0 / length.max(1) as f64,
    };
    let mut stretches = Vec::new();
    let mut reached = begins;
    for (from, to) in pauses {
        stretches.push(piece(false, reached, *from));
        stretches.push(piece(true, *from, *to));
        reached = *to;
    }
    stretches.push(piece(false, reached, ends));
    stretches.retain(|stretch| stretch.percent > 0.0);
    stretches
}
