//! The lines of a policy by what they are about: which there are, what may stand in them, how two policies differ.

use std::fmt;

use serde::Serialize;
use values::{DAY, MINUTE};

use super::{Limit, Line, Name, Policy};
use crate::{
    Checks, Error, FieldError,
    orders::{Kind, Urgency},
};

/// Nothing is promised for longer, in working days or by the clock.
const MOST_WORKING_DAYS: u32 = 60;
const LONGEST: i64 = 366 * DAY;

/// What a line is about. Every policy has the same lines; in some of them nothing is promised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct LineKey {
    pub kind: Kind,
    /// Absent: whatever the urgency.
    pub urgency: Option<Urgency>,
    pub name: Name,
}

impl fmt::Display for LineKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let urgency = self.urgency.map_or("any", Urgency::as_str);
        write!(f, "{}.{urgency}.{}", self.kind.as_str(), self.name)
    }
}

/// One line of two policies that differ in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    pub key: LineKey,
    pub was: Limit,
    pub is: Limit,
}

impl Line {
    pub const fn key(&self) -> LineKey {
        LineKey { kind: self.kind, urgency: self.urgency, name: self.name }
    }
}

impl Policy {
    /// What stands in a line; nothing where the policy has no such line.
    pub fn limit(&self, key: LineKey) -> Limit {
        self.lines.iter().find(|line| line.key() == key).map_or(Limit::None, |line| line.limit)
    }

    /// Every line there is, with these limits in them; rules and reasons are those of the contract.
    pub fn of_limits(limit: impl Fn(LineKey) -> Limit) -> Self {
        let lines = Self::default().lines.into_iter().map(|line| Line { limit: limit(line.key()), ..line });
        Self { lines: lines.collect() }
    }

    /// Every line there is.
    pub fn keys() -> Vec<LineKey> {
        Self::default().lines.iter().map(Line::key).collect()
    }

    /// Where `to` promises something else.
    pub fn changes(&self, to: &Self) -> Vec<Changed> {
        let change = |key: LineKey| Changed { key, was: self.limit(key), is: to.limit(key) };
        Self::keys().into_iter().map(change).filter(|change| change.was != change.is).collect()
    }

    /// Errors: beside the name of the line, `promise_limit_range` or `promise_limit_kind`.
    pub fn check(&self) -> Result<(), Error> {
        let mut checks = Checks::default();
        for line in &self.lines {
            if let Some(code) = check_limit(line.name, line.limit) {
                checks.add(FieldError::new(&line.key().to_string(), code));
            }
        }
        checks.done()
    }
}

/// What is wrong with a limit: too short or long, or of a kind that this promise cannot have.
pub fn check_limit(name: Name, limit: Limit) -> Option<&'static str> {
    let fits = |millis: i64| (MINUTE..=LONGEST).contains(&millis);
    let (in_range, may_be) = match limit {
        Limit::Clock(span) | Limit::DeskHours(span) => (fits(span), true),
        Limit::DeskElse { inside, outside } => (fits(inside) && fits(outside), !name.is_of_leg()),
        Limit::WorkingDays(days) => ((1..=MOST_WORKING_DAYS).contains(&days), true),
        Limit::AppointmentElse(span) => (fits(span), name == Name::Arrival),
        Limit::Complexity { ordinary, complex } => (fits(ordinary) && fits(complex), name == Name::Closure),
        Limit::None => (true, true),
    };
    match (in_range, may_be) {
        (_, false) => Some("promise_limit_kind"),
        (false, true) => Some("promise_limit_range"),
        (true, true) => None,
    }
}
