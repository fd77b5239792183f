//! Everything owed is a promise: what, by whom, until when, and how it ended.
//! Invariants: a limit is inside its promise (to the second); a settled promise never changes; only `settle` decides an
//! outcome; a pause with a listed reason moves a clock-time promise, and nothing else does.

mod check;
mod clock;
mod compare;
mod merge;
mod model;
mod policy;
mod recount;
mod rules;
pub mod store;
#[cfg(test)]
mod tests;
mod tick;
mod verbs;
mod words;

pub use check::{Difference, recompute};
pub use clock::{ClockState, ClockView, Level, Step, Stretch, clock, overdue_share, steps};
pub use compare::{Changed, LineKey, check_limit};
pub use merge::keep_earlier;
pub use model::{
    Draft, Ending, Excuse, Name, Opening, Outcome, Pause, Promise, Reason, Settlement, Standing, Subject, Timeline,
};
pub use policy::{Case, Due, Grade, Limit, Line, Policy, Slot, due, policy_at, promised};
pub use recount::recount;
pub use rules::{Change, Rate, effective_due, is_overdue, must_follow_up, on_time, paused_millis, reclassify, settle};
pub use tick::tick;
pub use verbs::{Holder, LegMatter, Matter, Urgent, follow, is_paused, urgent};
pub use words::UnknownWord;
pub(crate) use words::words;
