use values::{DAY, HOUR, Id, Moment, SECOND};

use super::{LegState, Order, Own, Progress, Refusal, Stage, State};
use crate::promises::{Reason, words};

/// The one function that says how an order stands. While it is open, the leg furthest at work speaks for it; it is
/// suspended only when nothing else moves or waits, and to be verified once every leg is done or words have answered what
/// nobody was sent to do.
pub fn order_state(own: Own, legs: &[Stage]) -> State {
    match own {
        Own::New => State::New,
        Own::Open { answered: Some(_), .. } if nobody_has_it(legs) => State::ToVerify,
        Own::Open { reopened, .. } => open_state(reopened, legs),
        Own::ToFollowUp { .. } => State::ToFollowUp,
        Own::Closed { .. } => State::Closed,
        Own::Cancelled { .. } => State::Cancelled,
    }
}

/// Something still waits, and nobody has any of it in hand.
pub(super) fn nobody_has_it(legs: &[Stage]) -> bool {
    let rests = |leg: &Stage| matches!(leg.state(), LegState::Waiting | LegState::Done | LegState::Ended);
    legs.iter().all(rests) && legs.iter().any(|leg| leg.state() == LegState::Waiting)
}

fn open_state(reopened: bool, legs: &[Stage]) -> State {
    let waiting = if reopened { State::Reopened } else { State::Accepted };
    let by_precedence = [
        (LegState::Working, State::Working),
        (LegState::Taken, State::Taken),
        (LegState::Dispatched, State::Dispatched),
        (LegState::Returned, State::Returned),
        (LegState::Waiting, waiting),
        (LegState::Suspended, State::Suspended),
        (LegState::Done, State::ToVerify),
    ];
    let is_there = |state: LegState| legs.iter().any(|leg| leg.state() == state);
    by_precedence.into_iter().find(|(leg, _)| is_there(*leg)).map_or(waiting, |(_, state)| state)
}

impl Progress {
    pub fn state(&self) -> State {
        order_state(self.own, &self.legs)
    }
}

words! {
    /// Whose move it is.
    pub enum Mover {
        Desk = "desk",
        Technician = "technician",
        Customer = "customer",
        Nobody = "nobody",
    }
}

/// Who owes the next move. A suspended order waits for whom its reason names: the customer for an appointment, the
/// technician for parts, the desk for an outside party, nobody for the weather.
pub fn next_mover(progress: &Progress) -> Mover {
    match progress.state() {
        State::New | State::Accepted | State::Returned | State::Reopened | State::ToFollowUp => Mover::Desk,
        State::Dispatched | State::Taken | State::Working => Mover::Technician,
        State::ToVerify => Mover::Customer,
        State::Closed | State::Cancelled => Mover::Nobody,
        State::Suspended => suspended_mover(&progress.legs),
    }
}

fn suspended_mover(legs: &[Stage]) -> Mover {
    let reason = legs.iter().find_map(|leg| match leg {
        Stage::Suspended { reason, .. } => Some(*reason),
        _ => None,
    });
    match reason {
        Some(Reason::Appointment) => Mover::Customer,
        Some(Reason::Parts) => Mover::Technician,
        Some(Reason::ThirdParty) => Mover::Desk,
        Some(Reason::Weather) | None => Mover::Nobody,
    }
}

/// How long a completed order waits for its customer before it verifies itself.
const VERDICT_TIME: i64 = 72 * HOUR;
/// How long a customer may reopen a closed order; later it is the desk's to do.
const REOPENING_TIME: i64 = 7 * DAY;

/// When time gives the verdict: 72 hours after the last completion, or the answer, for an order that waits for one.
pub fn verdict_due(progress: &Progress) -> Option<Moment> {
    let completed = || progress.legs.iter().filter(|leg| leg.state() == LegState::Done).filter_map(Stage::at).max();
    let done = if nobody_has_it(&progress.legs) { progress.own.answered() } else { completed() };
    done.filter(|_| progress.state() == State::ToVerify).map(|at| at.plus_millis(VERDICT_TIME))
}

/// The seventh day is inside.
pub(super) fn may_customer_reopen(closed: Moment, now: Moment) -> bool {
    now.millis().div_euclid(SECOND) <= closed.plus_millis(REOPENING_TIME).millis().div_euclid(SECOND)
}

/// An order goes on only in another one that is open.
pub fn check_merge(order: Id<Order>, into: Id<Order>, state_of_into: State) -> Result<(), Refusal> {
    match state_of_into {
        _ if order == into => Err(Refusal::IntoItself),
        State::Closed | State::Cancelled => Err(Refusal::of_state(state_of_into)),
        _ => Ok(()),
    }
}

/// A report as far as another one may be about the same thing. Places by their codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sighting<'a> {
    pub category: &'a str,
    /// The category is about common parts: a riser, a lift, a lobby.
    pub common: bool,
    pub unit: Option<&'a str>,
    pub stair: Option<&'a str>,
    pub riser: Option<&'a str>,
    pub at: Moment,
}

/// Two reports within 24 hours (inside) of one category are offered for merging when they name the same unit, or, about
/// common parts, the same stair or riser.
pub fn is_duplicate(one: &Sighting<'_>, other: &Sighting<'_>) -> bool {
    let same = |a: Option<&str>, b: Option<&str>| a.is_some() && a == b;
    let in_time = one.at.since(other.at).abs().div_euclid(SECOND) <= DAY / SECOND;
    let common = one.common && other.common;
    let same_place =
        same(one.unit, other.unit) || common && (same(one.stair, other.stair) || same(one.riser, other.riser));
    one.category == other.category && in_time && same_place
}
