//! What a cell may say, one file for each kind of value. All pure: text or number in, value or [`crate::Fault`] out.

pub mod area;
pub mod contacts;
pub mod date;
pub mod identity;
pub mod names;
pub mod phone;
pub mod surnames;
pub mod unit;
pub mod usage;
