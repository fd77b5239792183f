//! Lists of ours as .xlsx and .csv, and the templates that companies fill in.

pub mod csv;
pub mod template;
pub mod xlsx;

/// A list to be written: what is above its rows. The rows come one by one, so that a list of any length needs little
/// memory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Export {
    /// Name of the sheet and title of the document.
    pub title: String,
    /// From left to right.
    pub columns: Vec<Column>,
}

/// One column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its header, in the reader's language.
    pub name: String,
    /// What it holds, for its format.
    pub kind: ColumnKind,
    /// In characters.
    pub width: u16,
}

/// How a column's values look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnKind {
    /// Text, phone numbers and codes too.
    Text,
    /// A whole number.
    Number,
    /// Two decimals: areas in m², money in yuan.
    Hundredths,
    /// A day.
    Date,
}

/// One cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Nothing.
    Blank,
    /// Text; it never becomes a formula.
    Text(String),
    /// A whole number.
    Number(i64),
    /// An exact number of hundredths: 8937 is 89.37.
    Hundredths(i64),
    /// `YYYY-MM-DD`.
    Date(String),
}

/// Why a list could not be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The workbook: more rows than a sheet has, a text longer than a cell holds, no room on disk.
    #[error(transparent)]
    Workbook(#[from] rust_xlsxwriter::XlsxError),
    /// The text file: no room on disk.
    #[error(transparent)]
    Text(#[from] std::io::Error),
}
