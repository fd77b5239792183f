//! Columns that a person may expect to be read, and that are not: told once, at the header's row.

use super::meaning::{self, Meaning};
use super::{header, spaces};
use crate::codes::Fault;
use crate::fields::{Field, Kind, by_header};
use crate::mapping::Mapping;
use crate::rows::RowError;
use crate::rows::homes::data_rows;
use crate::sheet::{Sheet, column_letter};
use crate::text::squeezed;

/// Headers that say how homes are lived in. The register knows it from those who are registered there.
const OCCUPANCY: &[&str] = &[
    "入住情况",
    "入住状态",
    "居住情况",
    "居住状态",
    "房屋状态",
    "使用状态",
    "使用情况",
    "状态",
    "STATUS",
    "OCCUPANCY",
];
/// Values by which nobody lives there, whoever owns it.
const EMPTY: &[&str] = &["空置", "空关", "空房", "毛坯", "未入住", "未交付", "未交房", "未装修", "VACANT", "EMPTY"];

/// The warnings of a sheet's columns.
pub(crate) fn columns(sheet: &Sheet, mapping: &Mapping, kind: Kind) -> Vec<RowError> {
    let head = mapping.header_row.and_then(|row| (0..sheet.len()).find(|index| sheet.number(*index) == row));
    let Some(head) = head else { return Vec::new() };
    let texts = header::texts(sheet, head, kind);
    let told = |(column, text): (usize, &String)| {
        let (fault, args) = fault(sheet, mapping, kind, column, text)?;
        Some(RowError {
            sheet: sheet.name.clone(),
            row: sheet.number(head),
            column: format!("{} {text}", column_letter(column)),
            value: String::new(),
            fault,
            args,
        })
    };
    texts.iter().enumerate().filter(|(_, text)| !text.is_empty()).filter_map(told).collect()
}

fn fault(
    sheet: &Sheet,
    mapping: &Mapping,
    kind: Kind,
    column: usize,
    text: &str,
) -> Option<(Fault, Vec<(&'static str, String)>)> {
    let values = || data_rows(sheet, mapping).map(|index| sheet.cell(index, column)).filter(|cell| !cell.is_empty());
    let chosen = mapping.columns.iter().find(|mapped| mapped.column == column).map(|mapped| mapped.field);
    if chosen.is_none_or(|field| field == Field::Ignored) && OCCUPANCY.contains(&squeezed(text).as_str()) {
        let empty = values().filter(|cell| EMPTY.contains(&squeezed(&cell.text()).as_str())).count();
        return (empty > 0).then(|| (Fault::OccupancyUnused, vec![("n", empty.to_string())]));
    }
    if chosen.is_some() || values().next().is_none() {
        return None;
    }
    if meaning::of(text, kind) == Meaning::Mixed {
        return Some((Fault::ColumnMixed, Vec::new()));
    }
    let is_place = by_header(text, kind).is_some_and(|(field, _)| matches!(field, Field::Unit | Field::Room));
    match (spaces::of_header(text), spaces::of_places(mapping)) {
        (None, Some(_)) if is_place => Some((Fault::HomeOfSpace, Vec::new())),
        (Some(_), None) if is_place => Some((Fault::SpaceOfHome, Vec::new())),
        _ => None,
    }
}
