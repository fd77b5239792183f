//! CSV in UTF-8 with BOM, as Excel opens it, and safe to open: text that would be a formula gets an apostrophe.

use std::borrow::Cow;
use std::io::Write;

use super::{Export, Value, WriteError};
use crate::cells::area::area_text;

/// Writes header and rows. G34: no cell can be a formula.
pub fn write_csv(
    export: &Export,
    rows: impl IntoIterator<Item = Vec<Value>>,
    mut to: impl Write,
) -> Result<(), WriteError> {
    to.write_all("\u{feff}".as_bytes())?;
    let mut writer = ::csv::WriterBuilder::new().terminator(::csv::Terminator::CRLF).flexible(true).from_writer(to);
    let header: Vec<String> = export.columns.iter().map(|column| guarded(&column.name).into_owned()).collect();
    writer.write_record(header).map_err(std::io::Error::other)?;
    for row in rows {
        let fields: Vec<String> = row.iter().map(text).collect();
        writer.write_record(fields).map_err(std::io::Error::other)?;
    }
    writer.flush()?;
    Ok(())
}

fn text(value: &Value) -> String {
    match value {
        Value::Blank => String::new(),
        Value::Text(text) => guarded(text).into_owned(),
        Value::Number(number) => number.to_string(),
        Value::Hundredths(hundredths) => area_text(*hundredths),
        Value::Date(day) => day.clone(),
    }
}

/// Also where an apostrophe of the user's own stands before such a character: reading takes one off again.
fn guarded(text: &str) -> Cow<'_, str> {
    let bare = text.trim_start_matches('\'');
    if bare.starts_with(is_formula_start) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// The characters by which spreadsheets know a formula, and the white space they skip before one.
pub(crate) fn is_formula_start(c: char) -> bool {
    matches!(c, '=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '＝' | '＋' | '－' | '＠')
}
