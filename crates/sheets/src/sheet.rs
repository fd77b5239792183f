//! A sheet in memory: rows that hold something, each as a short run of 16-byte slots, with all text in one string.
//! 100,000 rows × 12 cells take about 40 MB, and reading copies no cell twice.

use jiff::civil::Date;
use std::borrow::Cow;

use crate::read::ReadError;

/// Columns further right are not read: no list of homes has them, and hostile files do.
pub(crate) const MAX_COLUMNS: u32 = 256;
const MAX_SLOTS: usize = 8_000_000;
const MAX_TEXT: usize = 200 << 20;

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

/// A merged area, 0-based and inclusive.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Merge {
    pub top: u32,
    pub left: u32,
    pub bottom: u32,
    pub right: u32,
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

    /// Shows each merged area's value in all its cells, within the rows that hold something.
    pub(crate) fn fill(&mut self, merges: &[Merge]) -> Result<(), ReadError> {
        if merges.is_empty() {
            return Ok(());
        }
        self.widen(merges)?;
        self.carried = vec![false; self.slots.len()];
        let mut work = 0;
        for merge in merges {
            work += self.fill_one(merge);
            if work > 2 * MAX_SLOTS {
                return Err(ReadError::TooLarge);
            }
        }
        Ok(())
    }

    fn fill_one(&mut self, merge: &Merge) -> usize {
        let rows = self.rows_of(merge);
        let Some(anchor) = self.rows.get(rows.start).filter(|row| row.number == merge.top.saturating_add(1)) else {
            return 1;
        };
        let value = self.slots.get(anchor.start + merge.left as usize).copied();
        let Some(value) = value.filter(|slot| *slot != Slot::Empty && (merge.left as usize) < anchor.width) else {
            return 1;
        };
        let mut work = 1;
        for index in rows {
            let row = self.rows[index];
            for column in merge.left as usize..(merge.right as usize + 1).min(row.width) {
                work += 1;
                if self.slots[row.start + column] == Slot::Empty {
                    self.slots[row.start + column] = value;
                    self.carried[row.start + column] = row.number > anchor.number;
                }
            }
        }
        work
    }

    fn rows_of(&self, merge: &Merge) -> std::ops::Range<usize> {
        let from = self.rows.partition_point(|row| row.number < merge.top.saturating_add(1));
        let to = self.rows.partition_point(|row| row.number <= merge.bottom.saturating_add(1));
        from..to.max(from)
    }

    /// Makes rows as wide as the merged areas that cross them, never wider than the sheet.
    fn widen(&mut self, merges: &[Merge]) -> Result<(), ReadError> {
        let mut widths: Vec<usize> = self.rows.iter().map(|row| row.width).collect();
        let mut work = 0;
        for merge in merges {
            let wanted = (merge.right as usize + 1).min(self.columns);
            let rows = self.rows_of(merge);
            work += rows.len();
            if work > 2 * MAX_SLOTS {
                return Err(ReadError::TooLarge);
            }
            rows.for_each(|index| widths[index] = widths[index].max(wanted));
        }
        if widths.iter().sum::<usize>() > MAX_SLOTS {
            return Err(ReadError::TooLarge);
        }
        let mut slots = Vec::with_capacity(widths.iter().sum());
        for (row, width) in self.rows.iter_mut().zip(widths) {
            let start = slots.len();
            slots.extend_from_slice(&self.slots[row.start..row.start + row.width]);
            slots.resize(start + width, Slot::Empty);
            *row = Row { number: row.number, start, width };
        }
        self.slots = slots;
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
