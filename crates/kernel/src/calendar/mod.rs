//! The working-day calendar and the hours of the desk: what "three working days" and "ten minutes in desk hours" mean.
//! Invariant: holidays are loaded, never computed; a year that is not loaded counts weekends alone and says so (CAL-04).

mod model;
mod rules;
pub mod store;
#[cfg(test)]
mod tests;
mod verbs;

pub use model::{Calendar, CalendarError, DayKind, DeskDays, DeskHours, Hours, Year};
pub use rules::Timetable;
pub use verbs::load;
