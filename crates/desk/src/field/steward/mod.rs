//! A steward on a phone: finds a home, reports on behalf, sees what is open in their buildings.

mod find;
mod home;
mod report;
mod sent;

pub(super) use find::{find, mine};
pub(super) use home::home;
pub(super) use report::{report, report_form};
pub(crate) use sent::Sent;
