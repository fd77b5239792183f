//! Reporting in three taps: home → what → send. Words, photos, the room: all optional.

mod load;
mod page;
mod promise;
mod send;
mod tree;

pub(super) use page::form;
pub(super) use send::{me_too, photos, send};
