//! Everything owed is a promise: what, by whom, until when, and how it ended.
//! Invariants: a limit is inside its promise (to the second); a settled promise never changes; only `settle` decides an
//! outcome; a pause with a listed reason moves a clock-time promise, and nothing else does.

mod clock;
mod model;
mod policy;
mod rules;
#[cfg(test)]
mod tests;
mod words;

pub use clock::{ClockState, ClockView, Level, Step, Stretch, clock, overdue_share, steps};
pub use model::{
    Draft, Ending, Excuse, Name, Opening, Outcome, Pause, Promise, Reason, Settlement, Standing, Subject, Timeline,
};
pub use policy::{Case, Due, Grade, Limit, Line, Policy, Slot, due, policy_at, promised};
pub use rules::{Change, Rate, effective_due, is_overdue, must_follow_up, on_time, paused_millis, reclassify, settle};
pub use words::UnknownWord;
pub(crate) use words::words;
