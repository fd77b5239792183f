//! An empty list to be filled in: headers that [`crate::propose`] knows, two example rows, and a sheet of rules.

use rust_xlsxwriter::{Format, Workbook, Worksheet};
use std::io::{Seek, Write};

use super::xlsx::{Looks, cell, header, sheet_name};
use super::{Column, ColumnKind, Value, WriteError};
use crate::fields::{Field, Kind};

/// The words of a template, from the message catalogue. A row whose note begins with 示例 or Example is skipped when
/// the file comes back, so the examples may stay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateWords {
    /// Name of the list's sheet.
    pub sheet: String,
    /// Field and header, from left to right; fields of another kind are left out.
    pub columns: Vec<(Field, String)>,
    /// Example rows, cell by cell under the columns.
    pub examples: Vec<Vec<String>>,
    /// Name of the sheet of rules.
    pub rules_sheet: String,
    /// One sentence a line.
    pub rules: Vec<String>,
}

/// Writes the template. Codes, phones and identity numbers are text columns, so Excel changes none of them.
pub fn template(kind: Kind, words: &TemplateWords, to: impl Write + Seek + Send) -> Result<(), WriteError> {
    let mut workbook = Workbook::new();
    let fields: Vec<Field> = Field::of_kind(kind).collect();
    let used: Vec<usize> = (0..words.columns.len()).filter(|at| fields.contains(&words.columns[*at].0)).collect();
    list(workbook.add_worksheet(), words, &used)?;
    rules(workbook.add_worksheet(), words)?;
    workbook.save_to_writer(to)?;
    Ok(())
}

fn list(sheet: &mut Worksheet, words: &TemplateWords, used: &[usize]) -> Result<(), WriteError> {
    sheet.set_name(sheet_name(&words.sheet))?;
    let looks = Looks::new();
    let column = |at: &usize| {
        let (field, name) = &words.columns[*at];
        Column { name: name.clone(), kind: kind_of(*field), width: width_of(*field) }
    };
    header(sheet, &used.iter().map(column).collect::<Vec<_>>(), &looks)?;
    for (row, example) in words.examples.iter().enumerate() {
        for (column, at) in used.iter().enumerate() {
            let value = example.get(*at).map_or(Value::Blank, |text| typed(words.columns[*at].0, text));
            cell(sheet, row as u32 + 1, column as u16, &value, &looks)?;
        }
    }
    Ok(())
}

fn rules(sheet: &mut Worksheet, words: &TemplateWords) -> Result<(), WriteError> {
    sheet.set_name(sheet_name(&words.rules_sheet))?;
    sheet.set_column_width(0, 90)?;
    let wrap = Format::new().set_text_wrap();
    for (row, rule) in words.rules.iter().enumerate() {
        sheet.write_string_with_format(row as u32, 0, rule, &wrap)?;
    }
    Ok(())
}

fn typed(field: Field, text: &str) -> Value {
    let cell = crate::Cell::Text(text);
    match kind_of(field) {
        _ if text.is_empty() => Value::Blank,
        ColumnKind::Hundredths => {
            crate::area(cell).ok().flatten().map_or_else(|| Value::Text(text.to_owned()), Value::Hundredths)
        }
        ColumnKind::Date => Value::Date(text.to_owned()),
        ColumnKind::Number | ColumnKind::Text => Value::Text(text.to_owned()),
    }
}

fn kind_of(field: Field) -> ColumnKind {
    match field {
        Field::FloorArea | Field::InsideArea => ColumnKind::Hundredths,
        Field::DeliveredOn | Field::JoinedOn | Field::ValidUntil | Field::ReviewOn => ColumnKind::Date,
        _ => ColumnKind::Text,
    }
}

fn width_of(field: Field) -> u16 {
    match field {
        Field::OwnerIdNumber | Field::TenantIdNumber | Field::CertificateNumber => 22,
        Field::Note => 30,
        Field::Unit | Field::Owner | Field::OwnerPhone | Field::TenantPhone | Field::CertificateName => 18,
        _ => 12,
    }
}
