//! What we promised: tables of values, whole workbooks of the ugliest shapes, hostile files, properties.

mod files;
mod hostile;
mod properties;
mod understanding;
mod values;
mod workbooks;
mod writing;

use crate::{HomeRow, Kind, Mapping, Options, Parsed, Proposal, Sheet, Workbook, homes_of, propose_all, read};

/// Reads, proposes and parses, as an import does.
fn imported(bytes: &[u8], name: &str) -> (Vec<Proposal>, Vec<Parsed<HomeRow>>) {
    let workbook = read(bytes, name).unwrap();
    let proposals = propose_all(&workbook, &[], Kind::Homes);
    let parsed = homes_of(&workbook, &proposals, &Options::default());
    (proposals, parsed)
}

/// A sheet from CSV text.
fn sheet(text: &str) -> Sheet {
    read(text.as_bytes(), "list.csv").unwrap().sheets.remove(0)
}

/// The one sheet's rows, as short lines: place, owners, tenants, area.
fn lines(rows: &[HomeRow]) -> Vec<String> {
    rows.iter().map(line).collect()
}

fn line(row: &HomeRow) -> String {
    let people = |parties: &[crate::Party]| {
        let one = |party: &crate::Party| {
            format!("{}{}", party.name, party.phones.iter().map(|p| format!(" {p}")).collect::<String>())
        };
        parties.iter().map(one).collect::<Vec<_>>().join("+")
    };
    let area = row.floor_area.map(crate::area_text).unwrap_or_default();
    let day = row.delivered_on.clone().unwrap_or_default();
    format!("{}|{}|{}|{area}|{day}", row.unit, people(&row.owners), people(&row.tenants))
}

/// Row, column, value and code of each error.
fn faults(parsed: &Parsed<HomeRow>) -> Vec<String> {
    parsed.errors.iter().map(|e| format!("{} {} {:?} {}", e.row, e.column, e.value, e.code())).collect()
}

/// Row span and reason of what was skipped.
fn skips(parsed: &Parsed<HomeRow>) -> Vec<String> {
    parsed.skipped.iter().map(|s| format!("{}-{} {}", s.row, s.last_row, s.why.code())).collect()
}

/// Field names by letter: `A=unit`.
fn mapped(mapping: &Mapping) -> String {
    mapping.pairs().map(|(field, letter)| format!("{letter}={field}")).collect::<Vec<_>>().join(" ")
}

fn only(workbook: &Workbook) -> Proposal {
    let mut all = propose_all(workbook, &[], Kind::Homes);
    assert_eq!(all.len(), 1);
    all.remove(0)
}
