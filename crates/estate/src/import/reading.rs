//! From bytes to rows: how a file is read, proposed by us, remembered from the last one, changed by a person.

use sheets::{Cell, Field, HomeRow, Kind, Mapping, Options, Parsed, Proposal, ReadError, Sheet, StaffRow, Workbook};

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

/// How we would read it. Each sheet by the mapping of an earlier file whose headers are all there.
pub fn propose(workbook: &Workbook, remembered: &[Mapping], kind: Kind) -> Reading {
    let sheets = sheets::propose_all(workbook, remembered, kind).into_iter().map(sheet_reading).collect();
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

/// The columns with a few values each; identity numbers and phones are masked (PRV §5): a mapping can be chosen without.
pub fn columns(sheet: &Sheet, mapping: &Mapping) -> Vec<ColumnView> {
    let head = mapping.header_row.and_then(|row| position(sheet, row));
    let view = |column: usize| {
        let kept = mapping.columns.iter().find(|mapped| mapped.column == column);
        let own = || head.map(|head| sheet.cell(head, column).text().into_owned());
        let shown = |text: String| {
            let text = if is_private(&text, kept.map(|mapped| mapped.field)) { masked(&text) } else { text };
            text.chars().take(24).collect()
        };
        ColumnView {
            column,
            letter: sheets::column_letter(column),
            header: kept.map(|mapped| mapped.header.clone()).or_else(own).unwrap_or_default(),
            samples: sheets::samples(sheet, mapping, column).into_iter().map(shown).collect(),
        }
    };
    (0..sheet.columns().min(60)).map(view).collect()
}

/// Does the value hold a phone or an identity number, by its column or by its look?
fn is_private(text: &str, field: Option<Field>) -> bool {
    use Field::{CoOwner, CoOwnerPhone, Ignored, Name, Note, Owner, OwnerIdNumber, OwnerPhone, Phone, Tenant};
    match field {
        Some(OwnerPhone | CoOwnerPhone | Field::TenantPhone | Phone | OwnerIdNumber | Field::TenantIdNumber) => true,
        None | Some(Ignored | Note | Owner | CoOwner | Tenant | Name) => {
            let cell = Cell::Text(text);
            let number = sheets::phones(cell).is_ok_and(|found| !found.is_empty())
                || sheets::identity_number(cell).is_ok_and(|found| !found.is_empty())
                || text.chars().filter(|c| c.is_numeric()).count() >= 11;
            number && !matches!(sheets::day(cell, false), Ok(Some(_)))
        }
        Some(_) => false,
    }
}

/// The first three and the last four digits stay; of a short number two at each end.
fn masked(text: &str) -> String {
    let is_digit = |c: char| c.is_numeric() || matches!(c, 'x' | 'X' | 'Ｘ');
    let digits = text.chars().filter(|c| is_digit(*c)).count();
    let (head, tail) = if digits >= 11 { (3, 4) } else { (2, 2) };
    let mut at = 0;
    let mut hidden = |c: char| {
        at += usize::from(is_digit(c));
        if is_digit(c) && at > head && at + tail <= digits { '*' } else { c }
    };
    text.chars().map(&mut hidden).collect()
}

/// The header texts of a row that a person chose.
pub fn header_at(sheet: &Sheet, row: u32, column: usize) -> String {
    position(sheet, row).map(|index| sheet.cell(index, column).text().trim().to_string()).unwrap_or_default()
}
