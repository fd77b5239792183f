//! Rows below the header → homes and staff, with what was skipped and what is wrong, by place.

pub mod homes;
mod people;
mod place;
pub(crate) mod skip;
pub mod staff;

use crate::cells::unit::UnitCode;
use crate::cells::usage::Usage;
use crate::codes::{Fault, SkipReason};
use crate::mapping::Mapping;
use crate::sheet::{Cell, Sheet};

/// Bounds and names that the caller knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// The site's name, which may stand before each code.
    pub site: Option<String>,
    /// Smallest believable area, hundredths of m².
    pub area_min: i64,
    /// Largest believable area, hundredths of m².
    pub area_max: i64,
}

impl Default for Options {
    fn default() -> Self {
        Options { site: None, area_min: 100, area_max: 10_000_000 }
    }
}

/// What a sheet gave. A row is in exactly one of the three: several rows joined by a merged cell count as one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parsed<R> {
    /// The sheet's name.
    pub sheet: String,
    /// Rows without any error.
    pub rows: Vec<R>,
    /// Rows passed over, and why.
    pub skipped: Vec<Skipped>,
    /// Everything wrong that keeps its row out; one row may have several.
    pub errors: Vec<RowError>,
    /// Cells and columns left out, while their rows are taken.
    pub warnings: Vec<RowError>,
    /// Rows whose blank building was taken from the row above.
    pub carried_down: usize,
}

impl<R> Parsed<R> {
    fn new(sheet: &Sheet) -> Self {
        Parsed {
            sheet: sheet.name.clone(),
            rows: Vec::new(),
            skipped: Vec::new(),
            errors: Vec::new(),
            warnings: Vec::new(),
            carried_down: 0,
        }
    }

    /// Rows read: good ones and those with errors.
    pub fn count(&self) -> usize {
        let mut bad: Vec<u32> = self.errors.iter().map(|error| error.row).collect();
        bad.dedup();
        self.rows.len() + bad.len()
    }

    /// What is wrong with a row goes where it belongs.
    fn close(&mut self, row: RowReader<'_>) {
        self.errors.extend(row.errors);
        self.warnings.extend(row.warnings);
    }

    fn skip(&mut self, row: u32, why: SkipReason) {
        match self.skipped.last_mut() {
            Some(last) if last.why == why && last.last_row + 1 == row => last.last_row = row,
            _ => self.skipped.push(Skipped { row, last_row: row, why }),
        }
    }
}

/// Neighbouring rows that were passed over for one reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Skipped {
    /// The first, as Excel numbers it.
    pub row: u32,
    /// The last.
    pub last_row: u32,
    /// Why.
    pub why: SkipReason,
}

/// One thing that is wrong. The words come from the catalogue by the code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowError {
    /// The sheet's name.
    pub sheet: String,
    /// As Excel numbers it.
    pub row: u32,
    /// Letter and header: `C 建筑面积`; empty when the whole row is meant.
    pub column: String,
    /// What stands there, at most 80 characters.
    pub value: String,
    /// What is wrong.
    pub fault: Fault,
    /// What the sentence needs, by name.
    pub args: Vec<(&'static str, String)>,
}

impl RowError {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        self.fault.code()
    }
}

/// One home.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HomeRow {
    /// As Excel numbers it; the first of joined rows.
    pub row: u32,
    /// Where it is.
    pub unit: UnitCode,
    /// Floor, negative below ground.
    pub floor: Option<i32>,
    /// What it is for.
    pub usage: Option<Usage>,
    /// Hundredths of m².
    pub floor_area: Option<i64>,
    /// Hundredths of m².
    pub inside_area: Option<i64>,
    /// `YYYY-MM-DD`.
    pub delivered_on: Option<String>,
    /// The owner first, then co-owners.
    pub owners: Vec<Party>,
    /// Tenants or other users.
    pub tenants: Vec<Party>,
    /// As written.
    pub note: Option<String>,
}

/// A person or a company.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Party {
    /// As written, without stray spaces.
    pub name: String,
    /// By its name.
    pub company: bool,
    /// The first is the one to call.
    pub phones: Vec<String>,
    /// Checked for shape and check digit only.
    pub id_number: Option<String>,
}

/// One member of staff.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaffRow {
    /// As Excel numbers it; the first of joined rows.
    pub row: u32,
    /// Required.
    pub name: String,
    /// The first is the one to call.
    pub phones: Vec<String>,
    /// As written.
    pub department: Option<String>,
    /// As written.
    pub post: Option<String>,
    /// `YYYY-MM-DD`.
    pub joined_on: Option<String>,
    /// As written.
    pub staff_number: Option<String>,
    /// As written.
    pub login: Option<String>,
    /// From this row and from further rows of the same person.
    pub certificates: Vec<Certificate>,
    /// As written.
    pub note: Option<String>,
}

/// CRT-90: a certificate with its number and dates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificate {
    /// As written.
    pub name: String,
    /// As written.
    pub number: Option<String>,
    /// `YYYY-MM-DD`; none when it has no end.
    pub valid_until: Option<String>,
    /// `YYYY-MM-DD`.
    pub review_on: Option<String>,
}

/// Reads the cells of one row and gathers what is wrong with them.
struct RowReader<'a> {
    sheet: &'a Sheet,
    mapping: &'a Mapping,
    index: usize,
    errors: Vec<RowError>,
    warnings: Vec<RowError>,
}

impl<'a> RowReader<'a> {
    fn new(sheet: &'a Sheet, mapping: &'a Mapping, index: usize) -> Self {
        RowReader { sheet, mapping, index, errors: Vec::new(), warnings: Vec::new() }
    }

    fn number(&self) -> u32 {
        self.sheet.number(self.index)
    }

    fn cell(&self, field: crate::Field) -> Cell<'a> {
        self.mapping.column_of(field).map_or(Cell::Empty, |column| self.sheet.cell(self.index, column))
    }

    /// The cell's text without white space around it.
    fn text(&self, field: crate::Field) -> Option<String> {
        let text = self.cell(field).text();
        let text = crate::text::folded(&text);
        (!crate::text::is_nothing(&text)).then_some(text)
    }

    /// The value of a field, or its default and an error or a warning.
    fn value<T: Default>(&mut self, field: crate::Field, read: impl Fn(Cell<'a>) -> Result<T, Fault>) -> T {
        let Some(column) = self.mapping.column_of(field) else { return T::default() };
        self.value_at(column, read)
    }

    fn value_at<T: Default>(&mut self, column: usize, read: impl Fn(Cell<'a>) -> Result<T, Fault>) -> T {
        read(self.sheet.cell(self.index, column)).unwrap_or_else(|fault| {
            self.wrong(Some(column), fault, Vec::new());
            T::default()
        })
    }

    fn wrong_field(&mut self, field: crate::Field, fault: Fault, args: Vec<(&'static str, String)>) {
        self.wrong(self.mapping.column_of(field), fault, args);
    }

    fn wrong(&mut self, column: Option<usize>, fault: Fault, args: Vec<(&'static str, String)>) {
        let value = column.map(|column| self.sheet.cell(self.index, column).text().chars().take(80).collect());
        let told = if fault.keeps_row() { &mut self.warnings } else { &mut self.errors };
        told.push(RowError {
            sheet: self.sheet.name.clone(),
            row: self.sheet.number(self.index),
            column: column.map(|column| self.mapping.column_name(column)).unwrap_or_default(),
            value: value.unwrap_or_default(),
            fault,
            args,
        });
    }
}
