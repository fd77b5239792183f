//! .xls: the OLE container is opened and its records are checked (`biff`) before calamine sees them.

use calamine::{Data, Reader, SheetType, SheetVisible, Xls, XlsError};
use std::io::{Cursor, Read, Write};

use super::xlsx::{date, merge};
use super::{ReadError, biff};
use crate::sheet::{Cell, Sheet, Workbook};

const MAX_STREAM: u64 = 200 << 20;

pub(super) fn workbook(bytes: &[u8]) -> Result<Workbook, ReadError> {
    let mut records = records_of(bytes)?;
    biff::check(&mut records)?;
    let mut source = Xls::new(Cursor::new(container_of(&records)?)).map_err(broken)?;
    drop(records);
    let tabs: Vec<_> = source.sheets_metadata().to_vec();
    let date_1904 = source.has_1904_epoch();
    let mut sheets = Vec::new();
    for tab in tabs.into_iter().filter(|tab| tab.typ == SheetType::WorkSheet) {
        let hidden = tab.visible != SheetVisible::Visible;
        let mut sheet = Sheet::named(tab.name, hidden, date_1904);
        cells(&mut source, &mut sheet)?;
        let merges = source.merge_cells_by_sheet_name(&sheet.name).map_err(broken)?;
        sheet.fill(&merges.iter().map(merge).collect::<Vec<_>>())?;
        sheets.push(sheet);
    }
    Ok(Workbook { sheets })
}

/// The stream that holds the workbook, or what the container is instead.
fn records_of(bytes: &[u8]) -> Result<Vec<u8>, ReadError> {
    let mut container = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(damaged)?;
    if container.exists("/EncryptedPackage") || container.exists("/EncryptionInfo") {
        return Err(ReadError::Encrypted);
    }
    if container.exists("/WordDocument") {
        return Err(ReadError::Foreign("word"));
    }
    if container.exists("/PowerPoint Document") {
        return Err(ReadError::Foreign("slides"));
    }
    let Some(name) = ["/Workbook", "/Book"].into_iter().find(|name| container.is_stream(name)) else {
        return Err(ReadError::Foreign("binary"));
    };
    let stream = container.open_stream(name).map_err(damaged)?;
    if stream.len() > MAX_STREAM {
        return Err(ReadError::TooLarge);
    }
    let mut records = Vec::new();
    stream.take(MAX_STREAM).read_to_end(&mut records).map_err(damaged)?;
    Ok(records)
}

/// A fresh container with that stream alone, so calamine reads what was checked and nothing else.
fn container_of(records: &[u8]) -> Result<Vec<u8>, ReadError> {
    let mut container =
        cfb::CompoundFile::create_with_version(cfb::Version::V3, Cursor::new(Vec::new())).map_err(damaged)?;
    container.create_stream("/Workbook").and_then(|mut stream| stream.write_all(records)).map_err(damaged)?;
    container.flush().map_err(damaged)?;
    Ok(container.into_inner().into_inner())
}

fn cells(source: &mut Xls<Cursor<Vec<u8>>>, sheet: &mut Sheet) -> Result<(), ReadError> {
    let range = source.worksheet_range(&sheet.name).map_err(broken)?;
    let (top, left) = range.start().unwrap_or((0, 0));
    for (row, column, data) in range.used_cells() {
        sheet.put(top + row as u32, left + column as u32, value(data))?;
    }
    Ok(())
}

fn value(data: &Data) -> Cell<'_> {
    match data {
        Data::Int(number) => Cell::Number(*number as f64),
        Data::Float(number) => Cell::Number(*number),
        Data::String(text) | Data::DurationIso(text) | Data::DateTimeIso(text) => Cell::Text(text),
        Data::Bool(yes) => Cell::Bool(*yes),
        Data::DateTime(moment) => date(moment),
        Data::Error(_) => Cell::Text("#REF!"),
        Data::Empty => Cell::Empty,
    }
}

fn damaged(error: std::io::Error) -> ReadError {
    ReadError::Broken(error.to_string())
}

fn broken(error: XlsError) -> ReadError {
    match error {
        XlsError::Password => ReadError::Encrypted,
        other => ReadError::Broken(other.to_string()),
    }
}
