//! A list as people print it: title, table, foot.
use crate::draw::{Imprint, Style};
use crate::flow::{A4, Flow, Frame, mm};
use crate::grid::{Column, Grid};
use crate::{PaperError, Rendered};

/// How the A4 page lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Orientation {
    Portrait,
    Landscape,
}

/// A table with a title. Every word is the caller's.
#[derive(Debug, Clone, PartialEq)]
pub struct TableDoc {
    /// BCP 47, such as `zh-CN`.
    pub language: String,
    pub orientation: Orientation,
    /// Company and site, at the head of every page; may be empty.
    pub letterhead: String,
    pub title: String,
    /// What was chosen and how many there are, below the title; may be empty.
    pub note: String,
    pub columns: Vec<Column>,
    /// One text a column in each row.
    pub rows: Vec<Vec<String>>,
    /// Left in the foot of every page, beside "1 / n"; may be empty.
    pub foot: String,
}

/// Prints a table over as many pages as it takes; the head is repeated on each, and no row is split.
pub fn table(doc: &TableDoc) -> Result<Rendered, PaperError> {
    check(doc)?;
    let page = match doc.orientation {
        Orientation::Portrait => A4,
        Orientation::Landscape => (A4.1, A4.0),
    };
    let imprint = Imprint { title: &doc.title, language: &doc.language, page };
    let mut flow = Flow::new(Frame { imprint, letterhead: &doc.letterhead, foot: &doc.foot });
    flow.text(Style::bold(16.0), &doc.title);
    if !doc.note.is_empty() {
        flow.text(Style::quiet(9.0), &doc.note);
    }
    flow.skip(mm(2.5));
    let grid = Grid::with_head(&flow, &doc.columns)?;
    grid.lay(&mut flow, doc.rows.iter().map(|row| row.iter().map(String::as_str).collect()));
    flow.finish()
}

fn check(doc: &TableDoc) -> Result<(), PaperError> {
    let expected = doc.columns.len();
    if expected == 0 {
        return Err(PaperError::Empty);
    }
    match doc.rows.iter().position(|row| row.len() != expected) {
        Some(at) => Err(PaperError::Cells { row: at + 1, expected, found: doc.rows[at].len() }),
        None => Ok(()),
    }
}
