//! Documents on paper: QR labels, work orders, tables, as PDF. Knows nothing of the business: the caller brings every
//! word in the reader's language, and a template only places it.
//!
//! Map: a template (`labels`, `order`, `listing`) fills a `flow` of pages with `grid`s and lines of text wrapped by
//! `lines`; `draw` writes the finished pages. `font`, `code` (QR) and `picture` are what goes on them.
//! Invariants: no clock and no chance, so equal data give equal bytes; a character the font lacks is drawn as 〓 and
//! reported; nothing is clipped or dropped.
mod code;
mod draw;
mod flow;
mod font;
mod grid;
mod labels;
mod lines;
mod listing;
mod order;
mod picture;
#[cfg(test)]
mod tests;

pub use grid::{Align, Column};
pub use labels::{Label, LabelSheet, LabelSize, labels};
pub use listing::{Orientation, TableDoc, table};
pub use order::{OrderSheet, Pair, Section, order};
pub use picture::Picture;

/// The licence under which the font travels inside the program and inside every document; show it with the others.
pub const FONT_LICENCE: &str = include_str!("../OFL.txt");

/// A finished document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    /// The PDF file.
    pub bytes: Vec<u8>,
    pub pages: usize,
    /// Characters drawn as 〓 because the font lacks them, sorted, each once. Log them with the document's number.
    pub missing: Vec<char>,
}

/// Why a document could not be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PaperError {
    #[error("nothing to print")]
    Empty,
    #[error("this text is empty or too long for a QR code: {text}")]
    Code { text: String },
    #[error("this text is too long for a label of the chosen size: {text}")]
    Label { text: String },
    #[error("row {row} has {found} cells, the table has {expected} columns")]
    Cells { row: usize, expected: usize, found: usize },
    #[error("the widths of the columns must be above zero")]
    Widths,
    #[error("the picture \"{caption}\" cannot be read: {reason}")]
    Picture { caption: String, reason: String },
    #[error("the PDF could not be written: {0}")]
    Engine(String),
}
