//! R07: an .xlsx is an archive and is measured before anything parses it. The central directory lies when it likes, so
//! after its own figures each entry is really expanded once, into a counter.

use std::io::{Cursor, Read};
use zip::ZipArchive;
use zip::result::ZipError;

use super::ReadError;

const MAX_ENTRIES: usize = 2_000;
const MAX_RATIO: u64 = 100;
const MAX_EXPANDED: u64 = 200 << 20;
/// Below this an entry cannot hurt, whatever its ratio: a blank style table packs 200 times.
const HARMLESS: u64 = 1 << 20;

/// What the archive is: `Ok` for an .xlsx within the limits.
pub(super) fn check(bytes: &[u8]) -> Result<(), ReadError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
    if archive.len() > MAX_ENTRIES {
        return Err(ReadError::TooManyEntries);
    }
    if let Some(kind) = foreign(&archive) {
        return Err(ReadError::Foreign(kind));
    }
    let mut left = MAX_EXPANDED;
    for index in 0..archive.len() {
        let entry = archive.by_index(index).map_err(broken)?;
        let packed = entry.compressed_size().max(1);
        check_declared(entry.size(), packed, left)?;
        left -= expand(entry, packed, left)?;
    }
    Ok(())
}

fn check_declared(size: u64, packed: u64, left: u64) -> Result<(), ReadError> {
    if size > left {
        return Err(ReadError::TooLarge);
    }
    if size > HARMLESS && size / packed > MAX_RATIO { Err(ReadError::Ratio) } else { Ok(()) }
}

/// Expands into nothing and counts; stops at the first limit.
fn expand(mut entry: impl Read, packed: u64, left: u64) -> Result<u64, ReadError> {
    let mut buffer = [0; 64 << 10];
    let mut size = 0;
    loop {
        let got = entry.read(&mut buffer).map_err(|error| ReadError::Broken(error.to_string()))?;
        if got == 0 {
            return Ok(size);
        }
        size += got as u64;
        check_declared(size, packed, left)?;
    }
}

fn foreign(archive: &ZipArchive<Cursor<&[u8]>>) -> Option<&'static str> {
    let names: Vec<String> =
        archive.file_names().flatten().map(|name| name.trim_start_matches('/').to_lowercase()).collect();
    let has = |start: &str| names.iter().any(|name| name.starts_with(start));
    if has("xl/workbook.bin") {
        return Some("xlsb");
    }
    if has("xl/") {
        return None;
    }
    let kinds = [("word/", "word"), ("ppt/", "slides"), ("content.xml", "ods"), ("index/document.iwa", "numbers")];
    kinds.iter().find(|(start, _)| has(start)).map(|(_, kind)| *kind).or(Some("archive"))
}

fn broken(error: ZipError) -> ReadError {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => ReadError::Encrypted,
        other => ReadError::Broken(other.to_string()),
    }
}
