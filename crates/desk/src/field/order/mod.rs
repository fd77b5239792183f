//! One order in the field: where, who, what is still owed, and the next step as a form that works without a network.

mod acts;
mod finish;
mod forms;
mod page;

pub(super) use acts::{arrive, complete, give_back, grab, message, photograph, resume, start, suspend, take, transfer};
pub(super) use forms::next_step;
pub(super) use page::show;
