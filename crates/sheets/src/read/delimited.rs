//! .csv and .tsv in whatever encoding and delimiter the company's system wrote.

use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};
use std::borrow::Cow;

use super::ReadError;
use crate::sheet::{Cell, Sheet, Workbook};

const DELIMITERS: [u8; 4] = [b',', b'\t', b';', b'|'];

pub(super) fn workbook(bytes: &[u8], name: &str) -> Result<Workbook, ReadError> {
    let text = one_line_end(decoded(bytes)?);
    let (delimiter, body) = delimiter_of(&text);
    let mut sheet = Sheet::named(stem(name), false, false);
    let mut reader = reader(body, delimiter);
    let mut record = csv::StringRecord::new();
    let mut row = u64::from(body.len() < text.len());
    let mut line = reader.position().line();
    while reader.read_record(&mut record).map_err(|error| ReadError::Broken(error.to_string()))? {
        let inside: usize = record.iter().map(|field| field.matches('\n').count()).sum();
        let lines = reader.position().line() - line;
        line += lines;
        row += lines.saturating_sub(inside as u64).max(1);
        for (column, field) in record.iter().enumerate() {
            sheet.put(row as u32 - 1, column as u32, Cell::Text(unguarded(field)))?;
        }
    }
    Ok(Workbook { sheets: vec![sheet] })
}

fn reader(text: &str, delimiter: u8) -> csv::Reader<&[u8]> {
    let mut builder = csv::ReaderBuilder::new();
    builder.delimiter(delimiter).has_headers(false).flexible(true).from_reader(text.as_bytes())
}

/// Every line, the last too, ends in one line feed: only then do the reader's line numbers count rows as Excel does,
/// blank lines with them.
fn one_line_end(text: Cow<'_, str>) -> Cow<'_, str> {
    if !text.contains('\r') && text.ends_with('\n') {
        return text;
    }
    let mut plain =
        if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text.into_owned() };
    if !plain.ends_with('\n') {
        plain.push('\n');
    }
    Cow::Owned(plain)
}

/// Takes off the apostrophe that our own export puts before `=`, `+`, `-`, `@`.
fn unguarded(field: &str) -> &str {
    match field.strip_prefix('\'') {
        Some(rest) if rest.trim_start_matches('\'').starts_with(crate::write::csv::is_formula_start) => rest,
        _ => field,
    }
}

fn stem(name: &str) -> String {
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    file.rsplit_once('.').map_or(file, |(stem, _)| stem).to_owned()
}

/// BOM first, then UTF-8 if it is valid, then GB18030 if the result looks like text.
fn decoded(bytes: &[u8]) -> Result<Cow<'_, str>, ReadError> {
    if let Some((encoding, skip)) = Encoding::for_bom(bytes) {
        return strict(encoding, &bytes[skip..]);
    }
    if let Some(encoding) = utf_16(bytes) {
        return strict(encoding, bytes);
    }
    strict(UTF_8, bytes).or_else(|_| strict(GB18030, bytes))
}

fn strict<'a>(encoding: &'static Encoding, bytes: &'a [u8]) -> Result<Cow<'a, str>, ReadError> {
    match encoding.decode_without_bom_handling_and_without_replacement(bytes) {
        Some(text) if looks_like_text(&text) => Ok(text),
        _ => Err(ReadError::Foreign("binary")),
    }
}

/// Control characters, private-use characters and unassigned noise are rare in what people type.
fn looks_like_text(text: &str) -> bool {
    let sample = text.chars().take(4_000);
    let (mut odd, mut all) = (0, 0);
    for c in sample {
        all += 1;
        let control = c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{1a}' | '\u{c}');
        odd += usize::from(control || matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..));
    }
    odd * 50 <= all && !text.contains('\0')
}

/// UTF-16 without a BOM: every second byte of ASCII is zero.
fn utf_16(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(400) & !1];
    let zeros = |offset: usize| sample.iter().skip(offset).step_by(2).filter(|byte| **byte == 0).count();
    let (high, low) = (zeros(1), zeros(0));
    let enough = sample.len() / 8;
    if sample.len() < 4 || high.max(low) <= enough || high.min(low) > 0 {
        return None;
    }
    Some(if high > low { UTF_16LE } else { UTF_16BE })
}

/// Excel's own `sep=;` line decides; else the delimiter that cuts most lines into the same number of fields.
fn delimiter_of(text: &str) -> (u8, &str) {
    if let Some(rest) = text.get(..4).filter(|head| head.eq_ignore_ascii_case("sep=")).map(|_| &text[4..]) {
        let line = rest.lines().next().unwrap_or_default();
        if let ([delimiter], Some(body)) = (line.as_bytes(), rest.split_once('\n').map(|(_, body)| body)) {
            return (*delimiter, body);
        }
    }
    let best = DELIMITERS.into_iter().rev().max_by_key(|delimiter| evenness(text, *delimiter));
    (best.unwrap_or(b','), text)
}

/// How many of the first lines have the most usual number (> 1) of fields, then how many fields.
fn evenness(text: &str, delimiter: u8) -> (usize, usize) {
    let head: String = text.lines().take(60).map(|line| format!("{line}\n")).collect();
    let widths: Vec<usize> =
        reader(&head, delimiter).records().flatten().map(|record| record.len()).filter(|width| *width > 1).collect();
    let count = |width: usize| widths.iter().filter(|other| **other == width).count();
    let usual = widths.iter().copied().max_by_key(|width| (count(*width), *width));
    usual.map_or((0, 0), |width| (count(width), width))
}
