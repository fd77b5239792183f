//! Orders: one unit of non-routine work, from the report to its closing, in one or more legs.
//! Invariant: the state of an order is a function of its legs and its own acts; it is never set by hand.

mod acts;
mod apply;
mod legs;
mod model;
mod number;
mod refusal;
mod rules;
mod steps;
#[cfg(test)]
mod tests;

pub use acts::{Act, Actor, Noun, Role};
pub use apply::{Ask, Facts, Transition, allowed, apply};
pub use legs::{LegColumns, LegState, Stage};
pub use model::{Channel, HowClosed, Kind, Leg, Order, Own, Progress, State, Urgency, Worker, WorkerId};
pub use number::{Number, NumberError, TypedNumber, parse_typed};
pub use refusal::Refusal;
pub use rules::{Mover, Sighting, check_merge, is_duplicate, next_mover, order_state, verdict_due};
