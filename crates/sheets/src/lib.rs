//! Spreadsheets in and out, without a database: a company's own list of homes or staff becomes plain rows, and
//! any list of ours becomes an .xlsx or .csv file.
//!
//! The way in has three steps, each usable alone:
//! 1. [`read`]: bytes → [`Workbook`]; the kind is told by content, hostile archives are refused before parsing.
//! 2. [`propose`] / [`propose_all`]: which row is the header, which column is which [`Field`], how sure, and why.
//! 3. [`parse_homes`] / [`parse_staff`]: rows that are good, rows that were skipped and why, and each error by its
//!    place; [`homes_of`] and [`staff_of`] do it for several sheets of one file.
//!
//! The way out is [`write_xlsx`], [`write_csv`] and [`template`].
//!
//! Invariants: nothing here panics on any input · no text for people lives here, only codes (see [`all_codes`]) ·
//! a row with any error is not among the good rows, one with warnings is · parsing what we exported gives
//! back what was exported.

mod cells;
mod codes;
mod fields;
mod mapping;
mod read;
mod rows;
mod sheet;
mod text;
mod understand;
mod write;

#[cfg(test)]
mod tests;

pub use cells::area::{area, area_text};
pub use cells::date::{day, serial_day};
pub use cells::identity::identity_number;
pub use cells::names::{is_company, names};
pub use cells::phone::phones;
pub use cells::unit::{UnitCode, UnitContext, building_name};
pub use cells::usage::Usage;
pub use codes::{Fault, Reason, SkipReason, all_codes};
pub use fields::{Field, Kind};
pub use mapping::{ColumnProposal, MappedColumn, Mapping, Proposal};
pub use read::{ReadError, read};
pub use rows::homes::{homes_of, parse_homes};
pub use rows::staff::{parse_staff, staff_of};
pub use rows::{Certificate, HomeRow, Options, Parsed, Party, RowError, Skipped, StaffRow};
pub use sheet::{Cell, Sheet, Workbook, column_letter};
pub use understand::{propose, propose_all, samples};
pub use write::csv::write_csv;
pub use write::template::{TemplateWords, template};
pub use write::xlsx::write_xlsx;
pub use write::{Column, ColumnKind, Export, Value, WriteError};
