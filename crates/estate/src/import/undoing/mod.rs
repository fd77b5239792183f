//! What taking an import back asks and removes.

mod store;

pub use store::{dependents, remove_people, remove_places, remove_staff, restore_certificates};
