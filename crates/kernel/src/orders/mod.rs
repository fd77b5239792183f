//! Orders: one unit of non-routine work, from the report to its closing, in one or more legs.
//! Invariant: the state of an order is a function of its legs and its own acts; it is never set by hand.
//!
//! Pure: `model`, `acts`, `apply`, `steps`, `legs`, `rules`, `number`. Verbs: `report`, `desk_acts`, `work_acts`,
//! `customer_acts`, all by way of `held`. Reading: `view` for one order, `lines` for lists.

mod acts;
mod apply;
mod customer_acts;
mod desk_acts;
mod duplicates;
mod fact;
mod filter;
mod held;
mod legs;
mod lines;
mod model;
mod neighbour;
mod number;
mod outages;
mod record;
mod refusal;
mod refuse;
mod report;
mod rules;
mod standing;
mod steps;
mod store;
mod tell;
#[cfg(test)]
mod tests;
mod thread;
mod view;
mod work_acts;

pub use acts::{Act, Actor, Noun, Role};
pub use apply::{Ask, Facts, Transition, allowed, apply};
pub use customer_acts::{Message, chase, message, message_of_device, rate, verdict, verdict_by_time};
pub use desk_acts::{
    Correction, To, accept, add_reporter, answer, assign, cancel, classify, close, expect, merge, reopen, supervise,
    technicians,
};
pub use duplicates::{Probe, duplicates_of};
pub use fact::{Fact, Mark};
pub use filter::{Filter, Which};
pub use held::Done;
pub use legs::{LegColumns, LegState, Stage};
pub use lines::{
    Counts, Cursor, Line, Lines, MOST_ROWS, MOST_TOTAL, Page, counts, grabbable, lines, mine, of_reporter,
    open_of_place, overdue, total,
};
pub use model::{Channel, HowClosed, Kind, Leg, Order, Own, Progress, State, Urgency, Worker, WorkerId};
pub use number::{Number, NumberError, TypedNumber, parse_typed};
pub use outages::{count_of_outage, tell_outage_ended};
pub use record::{LegRecord, Record};
pub use refusal::Refusal;
pub use refuse::Lacking;
pub use report::{NewReport, NewReporter, report, report_as};
pub use rules::{Mover, Sighting, check_merge, is_duplicate, next_mover, order_state, verdict_due};
pub use standing::roles;
pub use thread::{Entry, Say};
pub use view::{OrderView, PromiseView, Reporter, by_number, evidence_for, load};
pub use work_acts::{Completion, arrive, complete, grab, resume, return_order, start, suspend, take, transfer};

pub(crate) use held::{follow, matter};
pub(crate) use record::unreadable;
pub(crate) use store::{lock, verdict_overdue};
pub(crate) use tell::{Note, called, tell};
pub(crate) use thread::say;
