//! Which row is the header, which column is which field, and which sheets hold the list.

mod assign;
mod content;
mod header;

use crate::cells::unit::building_name;
use crate::fields::{Field, Kind};
use crate::mapping::{ColumnProposal, MappedColumn, Mapping, Proposal};
use crate::rows::homes::readable_units;
use crate::sheet::{Sheet, Workbook, column_letter};
use assign::Guess;

const SAMPLES: usize = 3;

/// How we would read one sheet. A remembered mapping wins for each header that it knows, wherever the column stands.
pub fn propose(sheet: &Sheet, remembered: Option<&Mapping>, kind: Kind) -> Proposal {
    let header = header::find(sheet, remembered, kind);
    let first = header.as_ref().map_or(0, |header| header.index + 1);
    let texts = header.as_ref().map_or_else(Vec::new, |header| header.texts.clone());
    let mut guesses = assign::by_words(&texts, sheet.columns(), remembered, kind);
    content::fill_gaps(sheet, first, &texts, kind, &mut guesses);
    let columns = columns(sheet, first, &texts, &guesses);
    let mapping = Mapping {
        header_row: header.map(|header| sheet.number(header.index)),
        columns: used(&columns),
        building: Some(kind).filter(|kind| *kind == Kind::Homes).and_then(|_| building_name(&sheet.name)),
    };
    let confidence = confidence(sheet, &mapping, &columns, kind);
    let rows = sheet.len() - first;
    Proposal { sheet: sheet.name.clone(), index: 0, kind, mapping, columns, confidence, rows }
}

/// The sheets that hold the list, in their order: several when there is one for each building. Hidden sheets are not
/// looked at. When none can be read, the longest one comes back for a person to map.
pub fn propose_all(workbook: &Workbook, remembered: Option<&Mapping>, kind: Kind) -> Vec<Proposal> {
    let visible = workbook.sheets.iter().enumerate().filter(|(_, sheet)| !sheet.hidden && !sheet.is_empty());
    let all: Vec<Proposal> =
        visible.map(|(index, sheet)| Proposal { index, ..propose(sheet, remembered, kind) }).collect();
    let best = all.iter().map(|proposal| proposal.confidence).max().unwrap_or(0);
    if best == 0 {
        return all.into_iter().max_by_key(|proposal| proposal.rows).into_iter().collect();
    }
    all.into_iter().filter(|proposal| proposal.rows > 0 && proposal.confidence * 2 >= best).collect()
}

fn columns(sheet: &Sheet, first: usize, texts: &[String], guesses: &[Guess]) -> Vec<ColumnProposal> {
    let column = |(column, guess): (usize, &Guess)| ColumnProposal {
        column,
        letter: column_letter(column),
        header: texts.get(column).cloned().unwrap_or_default(),
        field: guess.field,
        confidence: guess.confidence,
        reason: guess.reason,
        sample: sample(sheet, first, column),
    };
    guesses.iter().enumerate().map(column).collect()
}

fn sample(sheet: &Sheet, first: usize, column: usize) -> Vec<String> {
    let cells = (first..sheet.len().min(first + 50)).map(|index| sheet.cell(index, column));
    cells.filter(|cell| !cell.is_empty()).take(SAMPLES).map(|cell| cell.text().into_owned()).collect()
}

fn used(columns: &[ColumnProposal]) -> Vec<MappedColumn> {
    let mapped = |column: &ColumnProposal| {
        column.field.map(|field| MappedColumn { column: column.column, header: column.header.clone(), field })
    };
    columns.iter().filter_map(mapped).collect()
}

/// The weakest of the indispensable columns, and for homes the share of rows whose place can be read.
fn confidence(sheet: &Sheet, mapping: &Mapping, columns: &[ColumnProposal], kind: Kind) -> u8 {
    let of = |field: Field| columns.iter().filter(|c| c.field == Some(field)).map(|c| c.confidence).max();
    match kind {
        Kind::Staff => of(Field::Name).filter(|_| mapping.columns.len() > 1).unwrap_or(0),
        Kind::Homes => {
            let column = of(Field::Unit).into_iter().chain(of(Field::Room)).max().unwrap_or(0);
            column.min(readable_units(sheet, mapping))
        }
    }
}
