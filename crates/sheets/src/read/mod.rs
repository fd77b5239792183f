//! Bytes → workbook. The kind is told by content, never by the name; each refusal says what the file is.

mod archive;
mod biff;
mod delimited;
mod xls;
mod xlsx;

use crate::sheet::Workbook;

/// Why a file could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// No bytes, or nothing but white space.
    #[error("the file is empty")]
    Empty,
    /// It opens with a password only.
    #[error("the workbook is encrypted")]
    Encrypted,
    /// The right kind, but damaged; the detail is for logs.
    #[error("the file is damaged: {0}")]
    Broken(String),
    /// Another kind of file: `pdf`, `image`, `word`, `ods`, `xlsb`, `html`, `zip`, `binary` …
    #[error("not a spreadsheet we read: {0}")]
    Foreign(&'static str),
    /// R07: an archive of more than 2,000 entries.
    #[error("the archive has too many entries")]
    TooManyEntries,
    /// R07: an entry expands more than 100 times.
    #[error("the archive expands too much")]
    Ratio,
    /// R07: more than 200 MiB expanded, or more than 8,000,000 cells.
    #[error("the file holds too much")]
    TooLarge,
}

impl ReadError {
    /// All codes of [`ReadError::code`].
    pub const CODES: &[&str] = &[
        "file_empty",
        "file_encrypted",
        "file_broken",
        "file_foreign",
        "archive_too_many_entries",
        "archive_ratio",
        "file_too_large",
    ];

    /// The stable code; `file_foreign` has the argument `kind` in [`ReadError::Foreign`].
    pub fn code(&self) -> &'static str {
        let at = match self {
            ReadError::Empty => 0,
            ReadError::Encrypted => 1,
            ReadError::Broken(_) => 2,
            ReadError::Foreign(_) => 3,
            ReadError::TooManyEntries => 4,
            ReadError::Ratio => 5,
            ReadError::TooLarge => 6,
        };
        Self::CODES[at]
    }
}

/// Reads .xlsx, .xls, .csv and .tsv. `name` only names the sheet of a text file.
pub fn read(bytes: &[u8], name: &str) -> Result<Workbook, ReadError> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(ReadError::Empty);
    }
    if let Some(kind) = foreign(bytes) {
        return Err(ReadError::Foreign(kind));
    }
    let workbook = if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        guarded(|| xlsx::workbook(bytes))?
    } else if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]) {
        guarded(|| xls::workbook(bytes))?
    } else {
        delimited::workbook(bytes, name)?
    };
    if workbook.sheets.iter().all(|sheet| sheet.is_empty()) { Err(ReadError::Empty) } else { Ok(workbook) }
}

/// The parsers of binary formats are not ours: should one panic on a hostile file, the file is broken, not we.
fn guarded(parse: impl FnOnce() -> Result<Workbook, ReadError>) -> Result<Workbook, ReadError> {
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(parse))
        .unwrap_or_else(|_| Err(ReadError::Broken("the parser gave up".to_owned())))
}

/// Files that people pick by mistake, known by their first bytes.
fn foreign(bytes: &[u8]) -> Option<&'static str> {
    const SIGNS: &[(&[u8], &str)] = &[
        (b"%PDF", "pdf"),
        (b"\x89PNG", "image"),
        (b"\xff\xd8\xff", "image"),
        (b"GIF8", "image"),
        (b"BM", "image"),
        (b"RIFF", "media"),
        (b"Rar!", "archive"),
        (b"7z\xbc\xaf", "archive"),
        (b"\x1f\x8b", "archive"),
        (b"{\\rtf", "word"),
        (b"SQLite format 3", "database"),
        (b"\x7fELF", "program"),
        (b"MZ", "program"),
    ];
    let sign =
        SIGNS.iter().find(|(sign, _)| bytes.starts_with(sign)).filter(|(sign, _)| sign.len() > 2 || has_nul(bytes));
    sign.map(|(_, kind)| *kind).or_else(|| markup(bytes))
}

fn has_nul(bytes: &[u8]) -> bool {
    bytes.iter().take(64).any(|byte| *byte == 0)
}

/// Many systems save an HTML table or an XML sheet under the name .xls.
fn markup(bytes: &[u8]) -> Option<&'static str> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(512)]).trim_start_matches('\u{feff}').to_lowercase();
    let head = head.trim_start();
    if head.starts_with("<?xml") || head.starts_with("<workbook") {
        return Some("xml");
    }
    ["<html", "<!doctype html", "<table", "<meta", "<head"].iter().any(|tag| head.starts_with(tag)).then_some("html")
}
