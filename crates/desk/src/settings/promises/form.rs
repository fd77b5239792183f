//! A policy to and from the fields of its form. Each line has one amount with its unit; a first reply has a second one for
//! the hours in which the desk is closed, the closing of a complaint one for complex cases.

use kernel::{
    Checks, FieldError,
    promises::{Limit, LineKey, Name, Policy},
};
use values::{DAY, HOUR, MINUTE};
use web::parts::FormState;

use crate::settings::sent::Sent;

/// How an amount is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    Minutes,
    Hours,
    Days,
    DeskMinutes,
    DeskHours,
    WorkingDays,
    /// Nothing is promised.
    Nothing,
}

impl Unit {
    const ALL: [Self; 7] =
        [Self::Minutes, Self::Hours, Self::Days, Self::DeskMinutes, Self::DeskHours, Self::WorkingDays, Self::Nothing];
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Minutes => "minutes",
            Self::Hours => "hours",
            Self::Days => "days",
            Self::DeskMinutes => "desk-minutes",
            Self::DeskHours => "desk-hours",
            Self::WorkingDays => "working-days",
            Self::Nothing => "nothing",
        }
    }
    fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|unit| unit.as_str() == word)
    }
    /// Milliseconds of one; working days have none.
    const fn millis(self) -> i64 {
        match self {
            Self::Minutes | Self::DeskMinutes => MINUTE,
            Self::Hours | Self::DeskHours => HOUR,
            Self::Days => DAY,
            Self::WorkingDays | Self::Nothing => 0,
        }
    }
}

/// The units that a line may be promised in.
pub fn units(key: LineKey) -> &'static [Unit] {
    if is_pair(key) || key.name == Name::Arrival {
        &[Unit::Minutes, Unit::Hours, Unit::Days, Unit::Nothing]
    } else {
        &Unit::ALL
    }
}

/// The second amount of a line, where it has one.
pub fn is_pair(key: LineKey) -> bool {
    matches!(key.name, Name::FirstReply | Name::Closure)
}

/// Arrival at what is not urgent is agreed with the customer; the limit is for when nothing is.
pub fn is_by_appointment(key: LineKey) -> bool {
    key.name == Name::Arrival && key.urgency == Some(kernel::orders::Urgency::Normal)
}

pub fn field(key: LineKey, part: &str) -> String {
    format!("{key}.{part}")
}

/// An amount in the largest unit that says it whole; 24 hours stay hours.
fn clock(millis: i64) -> (i64, Unit) {
    match millis {
        _ if millis % DAY == 0 && millis > DAY => (millis / DAY, Unit::Days),
        _ if millis % HOUR == 0 && millis > 0 => (millis / HOUR, Unit::Hours),
        _ => (millis / MINUTE, Unit::Minutes),
    }
}

fn desk(millis: i64) -> (i64, Unit) {
    if millis % HOUR == 0 { (millis / HOUR, Unit::DeskHours) } else { (millis / MINUTE, Unit::DeskMinutes) }
}

fn amounts(limit: Limit) -> [(i64, Unit); 2] {
    match limit {
        Limit::Clock(span) | Limit::AppointmentElse(span) => [clock(span), clock(span)],
        Limit::DeskHours(span) => [desk(span), desk(span)],
        Limit::DeskElse { inside, outside } => [clock(inside), clock(outside)],
        Limit::WorkingDays(days) => [(i64::from(days), Unit::WorkingDays); 2],
        Limit::Complexity { ordinary, complex } => [clock(ordinary), clock(complex)],
        Limit::None => [(0, Unit::Nothing); 2],
    }
}

pub fn state_of(policy: &Policy) -> FormState {
    Policy::keys().into_iter().fold(FormState::default(), |state, key| {
        let [first, second] = amounts(policy.limit(key));
        let number = |(n, unit): (i64, Unit)| if unit == Unit::Nothing { String::new() } else { n.to_string() };
        let state = state.value(&field(key, "n"), number(first)).value(&field(key, "unit"), first.1.as_str());
        if !is_pair(key) {
            return state;
        }
        state.value(&field(key, "n2"), number(second)).value(&field(key, "unit2"), second.1.as_str())
    })
}

/// Errors: `promise_amount` at the line for what is no whole number.
pub fn read(sent: &Sent, checks: &mut Checks) -> Policy {
    let limits: Vec<(LineKey, Limit)> = Policy::keys().into_iter().map(|key| (key, limit(sent, key, checks))).collect();
    Policy::of_limits(|key| limits.iter().find(|(one, _)| *one == key).map_or(Limit::None, |(_, limit)| *limit))
}

fn limit(sent: &Sent, key: LineKey, checks: &mut Checks) -> Limit {
    let Some((n, unit)) = amount(sent, key, "n", "unit", checks) else { return Limit::None };
    let millis = n.saturating_mul(unit.millis());
    match (key.name, unit) {
        (Name::FirstReply | Name::Closure, _) => pair(sent, key, millis, checks),
        (_, Unit::WorkingDays) => Limit::WorkingDays(u32::try_from(n).unwrap_or(u32::MAX)),
        (_, Unit::DeskMinutes | Unit::DeskHours) => Limit::DeskHours(millis),
        _ if is_by_appointment(key) => Limit::AppointmentElse(millis),
        _ => Limit::Clock(millis),
    }
}

fn pair(sent: &Sent, key: LineKey, first: i64, checks: &mut Checks) -> Limit {
    let Some((n, unit)) = amount(sent, key, "n2", "unit2", checks) else { return Limit::None };
    let second = n.saturating_mul(unit.millis());
    if key.name == Name::Closure {
        Limit::Complexity { ordinary: first, complex: second }
    } else {
        Limit::DeskElse { inside: first, outside: second }
    }
}

/// None: nothing is promised, or it cannot be read.
fn amount(sent: &Sent, key: LineKey, n: &str, unit: &str, checks: &mut Checks) -> Option<(i64, Unit)> {
    let unit =
        Unit::named(sent.text(&field(key, unit))).filter(|unit| units(key).contains(unit)).unwrap_or(Unit::Nothing);
    if unit == Unit::Nothing {
        return None;
    }
    let amount = sent.text(&field(key, n)).parse::<i64>().ok().filter(|n| (1..=100_000).contains(n));
    if amount.is_none() {
        checks.add(FieldError::new(&key.to_string(), "promise_amount"));
    }
    amount.map(|n| (n, unit))
}
