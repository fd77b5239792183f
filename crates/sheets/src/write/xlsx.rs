//! .xlsx row by row: header frozen and filtered, numbers and days as such, text always inert.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet};
use std::io::{Seek, Write};
use std::path::Path;

use super::csv::is_formula_start;
use super::{Column, ColumnKind, Export, Value, WriteError};

/// Writes header and rows with constant memory: rows wait in a file without a name, in `scratch` if given (names and
/// phones should not lie in a folder that others share), else in the system's.
pub fn write_xlsx(
    export: &Export,
    rows: impl IntoIterator<Item = Vec<Value>>,
    scratch: Option<&Path>,
    to: impl Write + Seek + Send,
) -> Result<(), WriteError> {
    let mut workbook = Workbook::new();
    workbook.set_properties(&DocProperties::new().set_title(&export.title));
    if let Some(folder) = scratch {
        workbook.set_tempdir(folder)?;
    }
    let sheet = workbook.add_worksheet_with_constant_memory()?;
    sheet.set_name(sheet_name(&export.title))?;
    let looks = Looks::new();
    header(sheet, &export.columns, &looks)?;
    let mut last = 0;
    for row in rows {
        last += 1;
        for (column, value) in row.iter().enumerate() {
            cell(sheet, last, column as u16, value, &looks)?;
        }
    }
    let right = export.columns.len().saturating_sub(1) as u16;
    sheet.autofilter(0, 0, last, right)?;
    workbook.save_to_writer(to)?;
    Ok(())
}

/// The formats, made once.
pub(super) struct Looks {
    pub header: Format,
    text: Format,
    quoted: Format,
    number: Format,
    hundredths: Format,
    date: Format,
}

impl Looks {
    pub(super) fn new() -> Looks {
        Looks {
            header: Format::new().set_bold().set_background_color("E8EEF4").set_text_wrap(),
            text: Format::new().set_num_format("@"),
            quoted: Format::new().set_num_format("@").set_quote_prefix(),
            number: Format::new().set_num_format("0"),
            hundredths: Format::new().set_num_format("0.00"),
            date: Format::new().set_num_format("yyyy-mm-dd"),
        }
    }

    fn of(&self, kind: ColumnKind) -> &Format {
        match kind {
            ColumnKind::Text => &self.text,
            ColumnKind::Number => &self.number,
            ColumnKind::Hundredths => &self.hundredths,
            ColumnKind::Date => &self.date,
        }
    }
}

pub(super) fn header(sheet: &mut Worksheet, columns: &[Column], looks: &Looks) -> Result<(), WriteError> {
    for (at, column) in columns.iter().enumerate() {
        sheet.set_column_width(at as u16, column.width)?;
        sheet.set_column_format(at as u16, looks.of(column.kind))?;
    }
    sheet.set_freeze_panes(1, 0)?;
    for (at, column) in columns.iter().enumerate() {
        sheet.write_string_with_format(0, at as u16, &column.name, &looks.header)?;
    }
    Ok(())
}

pub(super) fn cell(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    value: &Value,
    looks: &Looks,
) -> Result<(), WriteError> {
    match value {
        Value::Blank => {}
        Value::Text(text) => text_cell(sheet, row, column, text, looks)?,
        Value::Number(number) => {
            sheet.write_number_with_format(row, column, *number as f64, &looks.number)?;
        }
        Value::Hundredths(hundredths) => {
            sheet.write_number_with_format(row, column, *hundredths as f64 / 100.0, &looks.hundredths)?;
        }
        Value::Date(day) => match ExcelDateTime::parse_from_str(day) {
            Ok(date) => {
                sheet.write_datetime_with_format(row, column, &date, &looks.date)?;
            }
            Err(_) => text_cell(sheet, row, column, day, looks)?,
        },
    }
    Ok(())
}

/// G34: a string cell is never a formula; the quote prefix keeps it text when somebody edits it.
fn text_cell(sheet: &mut Worksheet, row: u32, column: u16, text: &str, looks: &Looks) -> Result<(), WriteError> {
    let look = if text.starts_with(is_formula_start) { &looks.quoted } else { &looks.text };
    sheet.write_string_with_format(row, column, text, look)?;
    Ok(())
}

/// Excel allows 31 characters without `[]:*?/\` and no apostrophe at the ends.
pub(super) fn sheet_name(title: &str) -> String {
    let plain: String = title.chars().filter(|c| !"[]:*?/\\：？＊".contains(*c) && !c.is_control()).collect();
    let short: String = plain.trim_matches(['\'', ' ']).chars().take(31).collect();
    let fits = short.trim_end_matches(['\'', ' ']).to_owned();
    if fits.is_empty() || fits.eq_ignore_ascii_case("history") { "Sheet1".to_owned() } else { fits }
}
