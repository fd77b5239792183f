//! One order as its reporter sees it: who does what next and until when, the thread, and what they may do.

mod acts;
mod next;
mod page;
mod steps;

pub(super) use acts::{cancel, chase, message, photograph, rate, reopen, verdict};
pub(super) use page::{card, list, show};
