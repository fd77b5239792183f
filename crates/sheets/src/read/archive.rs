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
const HEAD: usize = 4 << 10;

/// Measures an .xlsx; gives the number of its sheet parts.
pub(super) fn check(bytes: &[u8]) -> Result<usize, ReadError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
    if archive.len() > MAX_ENTRIES {
        return Err(ReadError::TooManyEntries);
    }
    if let Some(kind) = foreign(&archive) {
        return Err(ReadError::Foreign(kind));
    }
    let (mut left, mut sheets) = (MAX_EXPANDED, 0);
    for index in 0..archive.len() {
        let entry = archive.by_index(index).map_err(broken)?;
        let name = entry.name().unwrap_or_default().to_lowercase();
        let packed = entry.compressed_size().max(1);
        check_declared(entry.size(), packed, left)?;
        let (size, head) = expand(entry, packed, left)?;
        if name.ends_with("sharedstrings.xml") {
            check_count(&head, size)?;
        }
        sheets += usize::from(name.contains("sheet"));
        left -= size;
    }
    Ok(sheets)
}

/// The parser makes room for as many shared strings as the file says it has, so it may not say more than fit in it.
fn check_count(head: &[u8], size: u64) -> Result<(), ReadError> {
    let lie = || ReadError::Broken("shared strings do not begin as they should".to_owned());
    let head = String::from_utf8_lossy(head);
    let tag = head.find("<sst").or_else(|| head.find(":sst")).map(|at| &head[at..]).ok_or_else(lie)?;
    let tag = &tag[..tag.find('>').ok_or_else(lie)?];
    let counts = tag.split("niqueCount").skip(1).map(|rest| {
        let digits = rest.trim_start_matches(|c: char| !c.is_ascii_digit());
        let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
        digits[..end].parse().unwrap_or(u64::MAX)
    });
    if counts.into_iter().any(|count| count > size) { Err(lie()) } else { Ok(()) }
}

fn check_declared(size: u64, packed: u64, left: u64) -> Result<(), ReadError> {
    if size > left {
        return Err(ReadError::TooLarge);
    }
    if size > HARMLESS && size / packed > MAX_RATIO { Err(ReadError::Ratio) } else { Ok(()) }
}

/// Expands into nothing and counts; stops at the first limit. Gives the size and the first bytes.
fn expand(mut entry: impl Read, packed: u64, left: u64) -> Result<(u64, Vec<u8>), ReadError> {
    let mut buffer = [0; 64 << 10];
    let mut head = Vec::new();
    let mut size = 0;
    loop {
        let got = entry.read(&mut buffer).map_err(|error| ReadError::Broken(error.to_string()))?;
        if got == 0 {
            return Ok((size, head));
        }
        if head.len() < HEAD {
            head.extend_from_slice(&buffer[..got.min(HEAD)]);
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
