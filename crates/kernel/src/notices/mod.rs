//! Notices to the people of a site: everybody, some buildings or stairs, some roles. An outage is a notice about something
//! that does not work for a while: it is shown to people before they report, their reports are attached to it, and its end
//! is told to all of them.
//! Invariant: a published notice is never edited; it ends, or a new one follows.

mod counts;
mod model;
mod rules;
mod store;
#[cfg(test)]
mod tests;
mod verbs;

pub use crate::parties::HomeRole;
pub use counts::{ReadBy, read_by};
pub use model::{Audience, NewNotice, Notice, NoticeId, NoticeKind, Reach, Reader};
pub use rules::{Where, check, reaches};
pub use store::{at_home, by_id, list, not_reached, outage_for, reach, running_outages};
pub use verbs::{Fact, end, publish, read};
