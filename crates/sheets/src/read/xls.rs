//! .xls: the OLE container is opened and its records are walked before calamine sees them, because calamine lays out
//! a sheet's whole bounding box, and two cells in opposite corners would cost gigabytes.

use calamine::{Data, Reader, SheetType, SheetVisible, Xls, XlsError};
use std::io::{Cursor, Read, Write};

use super::ReadError;
use super::xlsx::{date, merge};
use crate::sheet::{Cell, MAX_COLUMNS, Sheet, Workbook};

const MAX_STREAM: u64 = 200 << 20;
const MAX_ROWS: u32 = 65_536;

pub(super) fn workbook(bytes: &[u8]) -> Result<Workbook, ReadError> {
    let records = records_of(bytes)?;
    check_records(&records)?;
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

/// Walks type, length, body: no password, and no cell outside 65,536 rows × 256 columns.
fn check_records(records: &[u8]) -> Result<(), ReadError> {
    let mut rest = records;
    while let [t0, t1, l0, l1, tail @ ..] = rest {
        let (kind, len) = (u16::from_le_bytes([*t0, *t1]), usize::from(u16::from_le_bytes([*l0, *l1])));
        let Some(body) = tail.get(..len) else { break };
        check_record(kind, body)?;
        rest = &tail[len..];
    }
    Ok(())
}

fn check_record(kind: u16, body: &[u8]) -> Result<(), ReadError> {
    let word = |at: usize| body.get(at..at + 2).map_or(0, |pair| u32::from(u16::from_le_bytes([pair[0], pair[1]])));
    let (row, column) = match kind {
        0x002f if word(0) != 0 => return Err(ReadError::Encrypted),
        0x0200 if body.len() >= 14 && word(2) | word(6) >> 1 != 0 => return Err(broken_at("dimensions")),
        0x0200 if body.len() >= 14 => (0, word(10).saturating_sub(1)),
        0x0203 | 0x0204 | 0x00d6 | 0x0205 | 0x027e | 0x00fd | 0x0006 => (word(0), word(2)),
        0x00bd => (word(0), word(body.len().saturating_sub(2))),
        _ => (0, 0),
    };
    if row >= MAX_ROWS || column >= MAX_COLUMNS { Err(broken_at("a cell")) } else { Ok(()) }
}

fn broken_at(what: &str) -> ReadError {
    ReadError::Broken(format!("{what} outside the sheet"))
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
