//! From bytes to rows: how a file is read, proposed by us, remembered from the last one, changed by a person.

use sheets::{Field, HomeRow, Kind, Mapping, Options, Parsed, Proposal, ReadError, Sheet, StaffRow, Workbook};

use super::model::{Reading, SheetReading};

/// Columns less sure than this are shown to be looked at, percent.
const SURE: u8 = 80;

/// The rows of a file with the mapping of each sheet.
pub enum Rows {
    Homes(Vec<(Mapping, Parsed<HomeRow>)>),
    Staff(Vec<(Mapping, Parsed<StaffRow>)>),
}

impl Rows {
    /// Rows read, with errors or without.
    pub fn count(&self) -> usize {
        match self {
            Self::Homes(sheets) => sheets.iter().map(|(_, parsed)| parsed.count()).sum(),
            Self::Staff(sheets) => sheets.iter().map(|(_, parsed)| parsed.count()).sum(),
        }
    }
    /// Sheet, rows passed over and why.
    pub fn skipped(&self) -> Vec<(&str, &sheets::Skipped)> {
        match self {
            Self::Homes(sheets) => sheets
                .iter()
                .flat_map(|(_, parsed)| parsed.skipped.iter().map(|skipped| (parsed.sheet.as_str(), skipped)))
                .collect(),
            Self::Staff(sheets) => sheets
                .iter()
                .flat_map(|(_, parsed)| parsed.skipped.iter().map(|skipped| (parsed.sheet.as_str(), skipped)))
                .collect(),
        }
    }
}

/// How we would read it. A mapping of an earlier file is used when all its headers are there.
pub fn propose(workbook: &Workbook, remembered: &[Mapping], kind: Kind) -> Reading {
    let knows = |mapping: &&Mapping| {
        let proposals = sheets::propose_all(workbook, Some(mapping), kind);
        let heads: Vec<&str> = proposals
            .iter()
            .flat_map(|proposal| &proposal.mapping.columns)
            .map(|column| column.header.as_str())
            .collect();
        !mapping.columns.is_empty()
            && mapping.columns.iter().all(|column| !column.header.is_empty() && heads.contains(&column.header.as_str()))
    };
    let best = remembered.iter().filter(knows).max_by_key(|mapping| mapping.columns.len());
    let sheets = sheets::propose_all(workbook, best, kind).into_iter().map(sheet_reading).collect();
    Reading { sheets, mode: None }
}

fn sheet_reading(proposal: Proposal) -> SheetReading {
    let unsure = proposal
        .columns
        .iter()
        .filter(|column| column.field.is_some() && column.confidence < SURE)
        .map(|column| column.column)
        .collect();
    SheetReading { index: proposal.index, sheet: proposal.sheet, used: true, mapping: proposal.mapping, unsure }
}

/// Is there a column without which no row can be read?
pub fn is_readable(reading: &Reading, kind: Kind) -> bool {
    let wanted: &[Field] = match kind {
        Kind::Homes => &[Field::Unit, Field::Room],
        Kind::Staff => &[Field::Name],
    };
    reading
        .sheets
        .iter()
        .any(|sheet| sheet.used && wanted.iter().any(|field| sheet.mapping.column_of(*field).is_some()))
}

/// The rows as the reading says. `site` may stand before each code.
pub fn rows(workbook: &Workbook, reading: &Reading, kind: Kind, site: &str) -> Rows {
    let used: Vec<&SheetReading> =
        reading.sheets.iter().filter(|sheet| sheet.used && sheet.index < workbook.sheets.len()).collect();
    let proposals: Vec<Proposal> = used.iter().map(|sheet| proposal(sheet, kind)).collect();
    let mappings = used.iter().map(|sheet| sheet.mapping.clone());
    match kind {
        Kind::Homes => {
            let options = Options { site: Some(site.to_string()), ..Options::default() };
            Rows::Homes(mappings.zip(sheets::homes_of(workbook, &proposals, &options)).collect())
        }
        Kind::Staff => Rows::Staff(mappings.zip(sheets::staff_of(workbook, &proposals)).collect()),
    }
}

fn proposal(sheet: &SheetReading, kind: Kind) -> Proposal {
    Proposal {
        sheet: sheet.sheet.clone(),
        index: sheet.index,
        kind,
        mapping: sheet.mapping.clone(),
        columns: Vec::new(),
        confidence: 0,
        rows: 0,
    }
}

/// Reads the bytes. Errors: what the file is, when it is no list of ours.
pub fn workbook(bytes: &[u8], name: &str) -> Result<Workbook, ReadError> {
    let stem = name.rsplit(['/', '\\']).next().unwrap_or(name);
    sheets::read(bytes, stem.rsplit_once('.').map_or(stem, |(stem, _)| stem))
}

/// A column as a person sees it when choosing what it holds.
pub struct ColumnView {
    pub column: usize,
    pub letter: String,
    pub header: String,
    pub samples: Vec<String>,
}

/// The position of a row by the number Excel shows.
fn position(sheet: &Sheet, number: u32) -> Option<usize> {
    (0..sheet.len()).find(|index| sheet.number(*index) == number)
}

pub fn columns(sheet: &Sheet, mapping: &Mapping) -> Vec<ColumnView> {
    let head = mapping.header_row.and_then(|row| position(sheet, row));
    let first = head.map_or(0, |head| head + 1);
    let view = |column: usize| {
        let cells = (first..sheet.len().min(first + 60)).map(|index| sheet.cell(index, column));
        let kept = mapping.columns.iter().find(|mapped| mapped.column == column).map(|mapped| mapped.header.clone());
        let header = kept.or_else(|| head.map(|head| sheet.cell(head, column).text().into_owned())).unwrap_or_default();
        ColumnView {
            column,
            letter: sheets::column_letter(column),
            header,
            samples: cells
                .filter(|cell| !cell.is_empty())
                .take(3)
                .map(|cell| cell.text().chars().take(24).collect())
                .collect(),
        }
    };
    (0..sheet.columns().min(60)).map(view).collect()
}

/// The header texts of a row that a person chose.
pub fn header_at(sheet: &Sheet, row: u32, column: usize) -> String {
    position(sheet, row).map(|index| sheet.cell(index, column).text().trim().to_string()).unwrap_or_default()
}
