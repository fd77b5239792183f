//! .xlsx by calamine's streaming reader: each cell goes straight into our slots.

use calamine::{DataRef, Dimensions, ExcelDateTime, Reader, SheetType, SheetVisible, Xlsx, XlsxError};
use jiff::civil::Date;
use std::collections::HashMap;
use std::io::Cursor;

use super::{ReadError, archive};
use crate::sheet::{Cell, MAX_WEIGHT, Merge, SharedText, Sheet, Workbook};

pub(super) fn workbook(bytes: &[u8]) -> Result<Workbook, ReadError> {
    let parts = archive::check(bytes)?;
    let mut source = Xlsx::new(Cursor::new(bytes)).map_err(broken)?;
    let tabs: Vec<_> = source.sheets_metadata().to_vec();
    if tabs.len() > parts {
        return Err(ReadError::Broken("several tabs show one sheet".to_owned()));
    }
    let mut sheets = Vec::new();
    let mut weight = 0;
    for tab in tabs.into_iter().filter(|tab| tab.typ == SheetType::WorkSheet) {
        let hidden = tab.visible != SheetVisible::Visible;
        let date_1904 = source.has_1904_epoch();
        let mut sheet = Sheet::named(tab.name, hidden, date_1904);
        cells(&mut source, &mut sheet)?;
        let merges = source.merge_cells_by_sheet_name(&sheet.name).map_err(broken)?;
        sheet.fill(&merges.iter().map(merge).collect::<Vec<_>>())?;
        weight += sheet.weight();
        if weight > MAX_WEIGHT {
            return Err(ReadError::TooLarge);
        }
        sheets.push(sheet);
    }
    Ok(Workbook { sheets })
}

fn cells(source: &mut Xlsx<Cursor<&[u8]>>, sheet: &mut Sheet) -> Result<(), ReadError> {
    let name = sheet.name.clone();
    let mut reader = match source.worksheet_cells_reader(&name) {
        Err(XlsxError::NotAWorksheet(_)) => return Ok(()),
        other => other.map_err(broken)?,
    };
    let mut shared = HashMap::new();
    while let Some(cell) = reader.next_cell().map_err(broken)? {
        let (row, column) = cell.get_position();
        match cell.get_value() {
            DataRef::SharedString(text) => {
                let kept = shared_text(&mut shared, sheet, text)?;
                sheet.put_again(row, column, kept)?;
            }
            other => sheet.put(row, column, value(other))?,
        }
    }
    Ok(())
}

/// A shared string is kept once however many cells show it: a small file cannot make much text.
fn shared_text(
    shared: &mut HashMap<*const u8, SharedText>,
    sheet: &mut Sheet,
    text: &str,
) -> Result<SharedText, ReadError> {
    if let Some(kept) = shared.get(&text.as_ptr()) {
        return Ok(*kept);
    }
    let kept = sheet.share(text)?;
    if !text.is_empty() {
        shared.insert(text.as_ptr(), kept);
    }
    Ok(kept)
}

fn value<'a>(data: &'a DataRef<'_>) -> Cell<'a> {
    match data {
        DataRef::Int(number) => Cell::Number(*number as f64),
        DataRef::Float(number) => Cell::Number(*number),
        DataRef::String(text) | DataRef::DurationIso(text) => Cell::Text(text),
        DataRef::SharedString(text) => Cell::Text(text),
        DataRef::Bool(yes) => Cell::Bool(*yes),
        DataRef::DateTime(moment) => date(moment),
        DataRef::DateTimeIso(text) => {
            text.get(..10).and_then(|day| day.parse().ok()).map_or(Cell::Text(text), Cell::Date)
        }
        DataRef::Error(_) => Cell::Text("#REF!"),
        DataRef::Empty => Cell::Empty,
    }
}

/// A time of day or a span stays a number: it names no day.
pub(super) fn date(moment: &ExcelDateTime) -> Cell<'static> {
    let number = moment.as_f64();
    if moment.is_duration() || !(1.0..2_958_466.0).contains(&number) {
        return Cell::Number(number);
    }
    let (year, month, day, ..) = moment.to_ymd_hms_milli();
    Date::new(year as i16, month as i8, day as i8).map_or(Cell::Number(number), Cell::Date)
}

pub(super) fn merge(area: &Dimensions) -> Merge {
    Merge { top: area.start.0, left: area.start.1, bottom: area.end.0, right: area.end.1 }
}

fn broken(error: XlsxError) -> ReadError {
    match error {
        XlsxError::Password => ReadError::Encrypted,
        other => ReadError::Broken(other.to_string()),
    }
}
