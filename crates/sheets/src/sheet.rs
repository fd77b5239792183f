//! A sheet in memory: rows that hold something, each as a short run of 16-byte slots, with all text in one string.
//! 100,000 rows × 12 cells take about 40 MB, and reading copies no cell twice.

mod merges;

use jiff::civil::Date;
use std::borrow::Cow;

use crate::read::ReadError;
pub(crate) use merges::Merge;

/// Columns further right are not read: no list of homes has them, and hostile files do.
pub(crate) const MAX_COLUMNS: u32 = 256;
const MAX_SLOTS: usize = 8_000_000;
const MAX_TEXT: usize = 200 << 20;
/// Bytes of all sheets of a workbook together.
pub(crate) const MAX_WEIGHT: usize = 256 << 20;

/// A file that was read: its sheets in their order.
#[derive(Debug, Clone, Default)]
pub struct Workbook {
    /// All worksheets, hidden ones too.
    pub sheets: Vec<Sheet>,
}

/// What stands in a cell.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Cell<'a> {
    /// Nothing, or only white space.
    Empty,
    /// Text as typed.
    Text(&'a str),
    /// A number without a date format.
    Number(f64),
    /// A number with a date format, in either date system.
    Date(Date),
    /// TRUE or FALSE.
    Bool(bool),
}

impl<'a> Cell<'a> {
    /// What a person sees, numbers without a trailing `.0`.
    pub fn text(self) -> Cow<'a, str> {
        match self {
            Cell::Empty => Cow::Borrowed(""),
            Cell::Text(text) => Cow::Borrowed(text),
            Cell::Number(number) => Cow::Owned(number_text(number)),
            Cell::Date(date) => Cow::Owned(date.to_string()),
            Cell::Bool(yes) => Cow::Borrowed(if yes { "TRUE" } else { "FALSE" }),
        }
    }

    /// Nothing in it.
    pub fn is_empty(self) -> bool {
        self == Cell::Empty
    }
}

/// Excel's own precision of 15 digits, so 89.36999999999999 (a formula's 89.37) reads 89.37.
fn number_text(number: f64) -> String {
    if !number.is_finite() {
        return "#NUM!".to_owned();
    }
    let scientific = format!("{number:.14e}");
    let rounded: f64 = scientific.parse().unwrap_or(number);
    if rounded == 0.0 { "0".to_owned() } else { format!("{rounded}") }
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Slot {
    Empty,
    Text { start: u32, len: u32 },
    Number(f64),
    Date(Date),
    Bool(bool),
}

#[derive(Debug, Clone, Copy)]
struct Row {
    number: u32,
    start: usize,
    width: usize,
}

/// One worksheet. Rows are reached by their position among the rows that hold something; [`Sheet::number`] gives the
/// number that Excel shows.
#[derive(Debug, Clone, Default)]
pub struct Sheet {
    /// As on the tab; for a text file, the file's name.
    pub name: String,
    /// Not shown by Excel.
    pub hidden: bool,
    /// Serial dates count from 1904.
    pub date_1904: bool,
    rows: Vec<Row>,
    slots: Vec<Slot>,
    carried: Vec<bool>,
    text: String,
    columns: usize,
}

impl Sheet {
    /// An empty sheet.
    pub(crate) fn named(name: String, hidden: bool, date_1904: bool) -> Sheet {
        Sheet { name, hidden, date_1904, ..Sheet::default() }
    }

    /// How many rows hold something.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// No row holds anything.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Bytes it takes.
    pub(crate) fn weight(&self) -> usize {
        self.text.len() + self.slots.len() * size_of::<Slot>()
    }

    /// How many columns the widest row has.
    pub fn columns(&self) -> usize {
        self.columns
    }

    /// The number Excel shows beside the row.
    pub fn number(&self, index: usize) -> u32 {
        self.rows.get(index).map_or(0, |row| row.number)
    }

    /// The cell at a row position and a 0-based column; a merged area shows its value everywhere.
    pub fn cell(&self, index: usize, column: usize) -> Cell<'_> {
        match self.slot_at(index, column).map_or(Slot::Empty, |at| self.slots[at]) {
            Slot::Empty => Cell::Empty,
            Slot::Text { start, len } => Cell::Text(&self.text[start as usize..(start + len) as usize]),
            Slot::Number(number) => Cell::Number(number),
            Slot::Date(date) => Cell::Date(date),
            Slot::Bool(yes) => Cell::Bool(yes),
        }
    }

    /// The cell shows the value of a merged area that began in an earlier row.
    pub(crate) fn is_carried(&self, index: usize, column: usize) -> bool {
        self.slot_at(index, column).is_some_and(|at| self.carried.get(at).copied().unwrap_or(false))
    }

    /// All cells of a row, from column A.
    pub fn row(&self, index: usize) -> impl Iterator<Item = Cell<'_>> {
        let width = self.rows.get(index).map_or(0, |row| row.width);
        (0..width).map(move |column| self.cell(index, column))
    }

    fn slot_at(&self, index: usize, column: usize) -> Option<usize> {
        self.rows.get(index).filter(|row| column < row.width).map(|row| row.start + column)
    }

    /// Adds a cell; cells arrive row by row. `row` and `column` are 0-based.
    pub(crate) fn put(&mut self, row: u32, column: u32, cell: Cell<'_>) -> Result<(), ReadError> {
        if cell.is_empty() || column >= MAX_COLUMNS || matches!(cell, Cell::Text(text) if text.trim().is_empty()) {
            return Ok(());
        }
        let slot = self.keep(cell)?;
        self.place(row, column, slot)
    }

    /// Adds the text that an earlier cell holds already (shared strings).
    pub(crate) fn put_again(&mut self, row: u32, column: u32, shared: SharedText) -> Result<(), ReadError> {
        if column >= MAX_COLUMNS || shared.len == 0 {
            return Ok(());
        }
        self.place(row, column, Slot::Text { start: shared.start, len: shared.len })
    }

    /// Keeps a text once, for [`Sheet::put_again`].
    pub(crate) fn share(&mut self, text: &str) -> Result<SharedText, ReadError> {
        let text = if text.trim().is_empty() { "" } else { text };
        if self.text.len() + text.len() > MAX_TEXT {
            return Err(ReadError::TooLarge);
        }
        let start = self.text.len() as u32;
        self.text.push_str(text);
        Ok(SharedText { start, len: text.len() as u32 })
    }

    fn keep(&mut self, cell: Cell<'_>) -> Result<Slot, ReadError> {
        Ok(match cell {
            Cell::Empty => Slot::Empty,
            Cell::Text(text) => {
                let SharedText { start, len } = self.share(text)?;
                Slot::Text { start, len }
            }
            Cell::Number(number) => Slot::Number(number),
            Cell::Date(date) => Slot::Date(date),
            Cell::Bool(yes) => Slot::Bool(yes),
        })
    }

    fn place(&mut self, row: u32, column: u32, slot: Slot) -> Result<(), ReadError> {
        let number = row.saturating_add(1);
        match self.rows.last() {
            Some(last) if last.number > number => return Err(ReadError::Broken("rows out of order".to_owned())),
            Some(last) if last.number == number => {}
            _ => self.rows.push(Row { number, start: self.slots.len(), width: 0 }),
        }
        let last = self.rows.last_mut().expect("a row was just made sure of");
        let at = last.start + column as usize;
        if at >= MAX_SLOTS {
            return Err(ReadError::TooLarge);
        }
        if self.slots.len() <= at {
            self.slots.resize(at + 1, Slot::Empty);
        }
        self.slots[at] = slot;
        last.width = self.slots.len() - last.start;
        self.columns = self.columns.max(last.width);
        Ok(())
    }
}

/// Where a shared text lies.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SharedText {
    start: u32,
    len: u32,
}

/// `A`, `B` … `Z`, `AA` for a 0-based column.
pub fn column_letter(column: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        letters.push(b'A' + ((rest - 1) % 26) as u8);
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().map(|letter| *letter as char).collect()
}
