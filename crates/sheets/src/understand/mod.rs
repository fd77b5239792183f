//! Which row is the header, which column is which field, and which sheets hold the list.

mod assign;
mod content;
mod header;
mod meaning;
pub(crate) mod spaces;
pub(crate) mod unused;

use crate::cells::unit::building_name;
use crate::fields::{Field, Kind};
use crate::mapping::{ColumnProposal, MappedColumn, Mapping, Proposal};
use crate::rows::homes::{data_rows, readable_units};
use crate::rows::skip;
use crate::sheet::{Sheet, Workbook, column_letter};
use assign::Guess;

const SAMPLES: usize = 3;
/// Rows looked at for samples.
const LOOKED_AT: usize = 60;

/// How we would read one sheet. A remembered mapping wins for each header that it knows, wherever the column stands.
pub fn propose(sheet: &Sheet, remembered: Option<&Mapping>, kind: Kind) -> Proposal {
    let header = header::find(sheet, remembered, kind);
    let first = header.as_ref().map_or(0, |header| header.index + 1);
    let texts = header.as_ref().map_or_else(Vec::new, |header| header.texts.clone());
    let mut guesses = assign::by_words(&texts, sheet.columns(), remembered, kind);
    spaces::settle(sheet, first, &texts, &mut guesses);
    assign::one_column_each(&mut guesses);
    content::fill_gaps(sheet, first, &texts, kind, &mut guesses);
    let mapping = Mapping {
        header_row: header.map(|header| sheet.number(header.index)),
        columns: used(&texts, &guesses),
        building: Some(kind).filter(|kind| *kind == Kind::Homes).and_then(|_| building_name(&sheet.name)),
    };
    let columns = columns(sheet, &mapping, &texts, &guesses);
    let confidence = confidence(sheet, &mapping, &columns, kind);
    let rows = sheet.len() - first;
    Proposal { sheet: sheet.name.clone(), index: 0, kind, mapping, columns, confidence, rows }
}

/// The sheets that hold the list, in their order: several when there is one for each building. Hidden sheets are not
/// looked at. When none can be read, the longest one comes back for a person to map. Each sheet is read by the remembered
/// mapping that knows it, never by another sheet's.
pub fn propose_all(workbook: &Workbook, remembered: &[Mapping], kind: Kind) -> Vec<Proposal> {
    let visible = workbook.sheets.iter().enumerate().filter(|(_, sheet)| !sheet.hidden && !sheet.is_empty());
    let proposed = |(index, sheet): (usize, &Sheet)| {
        let fitting = remembered.iter().filter(|mapping| knows(mapping, sheet, kind));
        let best = fitting.max_by_key(|mapping| mapping.columns.len());
        Proposal { index, ..propose(sheet, best, kind) }
    };
    let all: Vec<Proposal> = visible.map(proposed).collect();
    let best = all.iter().map(|proposal| proposal.confidence).max().unwrap_or(0);
    if best == 0 {
        return all.into_iter().max_by_key(|proposal| proposal.rows).into_iter().collect();
    }
    all.into_iter().filter(|proposal| proposal.rows > 0 && proposal.confidence * 2 >= best).collect()
}

/// All columns that the mapping reads stand in the sheet's header.
fn knows(mapping: &Mapping, sheet: &Sheet, kind: Kind) -> bool {
    let read: Vec<&str> = mapping
        .columns
        .iter()
        .filter(|mapped| mapped.field != Field::Ignored)
        .map(|mapped| mapped.header.as_str())
        .collect();
    if read.is_empty() || read.contains(&"") {
        return false;
    }
    let header = header::find(sheet, Some(mapping), kind);
    header.is_some_and(|header| read.iter().all(|wanted| header.texts.iter().any(|text| text == wanted)))
}

fn columns(sheet: &Sheet, mapping: &Mapping, texts: &[String], guesses: &[Guess]) -> Vec<ColumnProposal> {
    let column = |(column, guess): (usize, &Guess)| ColumnProposal {
        column,
        letter: column_letter(column),
        header: texts.get(column).cloned().unwrap_or_default(),
        field: guess.field,
        confidence: guess.confidence,
        reason: guess.reason,
        sample: samples(sheet, mapping, column),
    };
    guesses.iter().enumerate().map(column).collect()
}

/// The first few values of a column in rows of data: no headings, notes and totals.
pub fn samples(sheet: &Sheet, mapping: &Mapping, column: usize) -> Vec<String> {
    let data = data_rows(sheet, mapping).take(LOOKED_AT).filter(|index| skip::reason(sheet, mapping, *index).is_none());
    let cells = data.map(|index| sheet.cell(index, column)).filter(|cell| !cell.is_empty());
    cells.take(SAMPLES).map(|cell| cell.text().into_owned()).collect()
}

fn used(texts: &[String], guesses: &[Guess]) -> Vec<MappedColumn> {
    let mapped = |(column, guess): (usize, &Guess)| {
        let header = texts.get(column).cloned().unwrap_or_default();
        guess.field.map(|field| MappedColumn { column, header, field })
    };
    guesses.iter().enumerate().filter_map(mapped).collect()
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
