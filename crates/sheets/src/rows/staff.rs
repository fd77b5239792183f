//! Staff: one person a row; further certificates stand in further rows of the same person.

use std::collections::HashMap;

use super::homes::data_rows;
use super::{Certificate, Parsed, RowReader, StaffRow, skip};
use crate::cells::contacts::{Contact, contacts};
use crate::cells::{date, phone};
use crate::codes::{Fault, SkipReason};
use crate::fields::{Field, Kind};
use crate::mapping::{Mapping, Proposal};
use crate::sheet::{Sheet, Workbook};
use crate::understand::unused;

/// Somebody of an earlier row.
#[derive(Clone)]
struct Earlier {
    row: u32,
    sheet: String,
    name: String,
    /// Among the good rows of this sheet.
    at: Option<usize>,
}

/// By staff number, log-in, or name and phone.
type Seen = HashMap<(Field, String), Earlier>;

/// The staff of one sheet.
pub fn parse_staff(sheet: &Sheet, mapping: &Mapping) -> Parsed<StaffRow> {
    walk(sheet, mapping, &mut Seen::new())
}

/// The staff of all proposed sheets.
pub fn staff_of(workbook: &Workbook, proposals: &[Proposal]) -> Vec<Parsed<StaffRow>> {
    let mut seen = Seen::new();
    let mut all = Vec::new();
    for proposal in proposals {
        let Some(sheet) = workbook.sheets.get(proposal.index) else { continue };
        seen.values_mut().for_each(|earlier| earlier.at = None);
        all.push(walk(sheet, &proposal.mapping, &mut seen));
    }
    all
}

fn walk(sheet: &Sheet, mapping: &Mapping, seen: &mut Seen) -> Parsed<StaffRow> {
    let mut parsed = Parsed::new(sheet);
    parsed.warnings = unused::columns(sheet, mapping, Kind::Staff);
    let mut expected = mapping.header_row.unwrap_or(0) + 1;
    for index in data_rows(sheet, mapping) {
        let number = sheet.number(index);
        (expected..number).for_each(|gap| parsed.skip(gap, SkipReason::Empty));
        expected = number + 1;
        if let Some(why) = skip::reason(sheet, mapping, index) {
            parsed.skip(number, why);
            continue;
        }
        let mut row = RowReader::new(sheet, mapping, index);
        let person = read(&mut row);
        take(&mut row, person, &mut parsed, seen);
        parsed.close(row);
    }
    parsed
}

fn take(row: &mut RowReader<'_>, person: StaffRow, parsed: &mut Parsed<StaffRow>, seen: &mut Seen) {
    let keys = keys(&person);
    let known = keys.iter().find_map(|key| seen.get(key).map(|earlier| (key.0, earlier.clone())));
    match known {
        Some((field, earlier)) if earlier.name != person.name => is_anothers(row, field, &earlier),
        Some((_, Earlier { at: Some(at), .. }))
            if row.errors.is_empty() && adds_certificate(&parsed.rows[at], &person) =>
        {
            parsed.rows[at].certificates.extend(person.certificates);
        }
        Some((_, earlier)) => {
            let args = vec![("row", earlier.row.to_string()), ("sheet", earlier.sheet)];
            row.wrong_field(Field::Name, Fault::DuplicateStaff, args);
        }
        None => {
            let good = row.errors.is_empty();
            let (sheet, name) = (row.sheet.name.clone(), person.name.clone());
            let earlier = Earlier { row: person.row, sheet, name, at: good.then_some(parsed.rows.len()) };
            seen.extend(keys.into_iter().map(|key| (key, earlier.clone())));
            parsed.rows.extend(Some(person).filter(|_| good));
        }
    }
}

/// A number or log-in that two people claim: never one person by it.
fn is_anothers(row: &mut RowReader<'_>, field: Field, earlier: &Earlier) {
    let fault = if field == Field::Login { Fault::LoginTwice } else { Fault::StaffNumberTwice };
    let args = vec![("row", earlier.row.to_string()), ("sheet", earlier.sheet.clone()), ("name", earlier.name.clone())];
    row.wrong_field(field, fault, args);
}

fn adds_certificate(known: &StaffRow, more: &StaffRow) -> bool {
    known.name == more.name
        && !more.certificates.is_empty()
        && more.certificates.iter().all(|certificate| !known.certificates.contains(certificate))
}

fn keys(person: &StaffRow) -> Vec<(Field, String)> {
    let number = person.staff_number.as_ref().map(|number| (Field::StaffNumber, number.clone()));
    let login = person.login.as_ref().map(|login| (Field::Login, login.to_lowercase()));
    let phone = person.phones.first().map(|phone| (Field::Name, format!("{} {phone}", person.name)));
    [number, login, phone].into_iter().flatten().collect()
}

fn read(row: &mut RowReader<'_>) -> StaffRow {
    let Contact { name, phones: beside } = row.value(Field::Name, contacts).into_iter().next().unwrap_or_default();
    if name.is_empty() && row.errors.is_empty() {
        row.wrong_field(Field::Name, Fault::NameMissing, Vec::new());
    }
    let columns: Vec<usize> = row.mapping.columns_of(Field::Phone).collect();
    let phones = columns.into_iter().flat_map(|column| row.value_at(column, phone::phones));
    let phones = beside.into_iter().chain(phones).collect();
    StaffRow {
        row: row.number(),
        name,
        phones,
        department: row.text(Field::Department),
        post: row.text(Field::Post),
        joined_on: day(row, Field::JoinedOn),
        staff_number: row.text(Field::StaffNumber),
        login: row.text(Field::Login),
        certificates: certificate(row).into_iter().collect(),
        note: row.text(Field::Note),
    }
}

fn day(row: &mut RowReader<'_>, field: Field) -> Option<String> {
    let date_1904 = row.sheet.date_1904;
    row.value(field, |cell| date::day(cell, date_1904))
}

fn certificate(row: &mut RowReader<'_>) -> Option<Certificate> {
    let number = row.text(Field::CertificateNumber);
    let valid_until = day(row, Field::ValidUntil);
    let review_on = day(row, Field::ReviewOn);
    match row.text(Field::CertificateName) {
        Some(name) => Some(Certificate { name, number, valid_until, review_on }),
        None if number.is_none() && valid_until.is_none() && review_on.is_none() => None,
        None => {
            row.wrong_field(Field::CertificateName, Fault::CertificateNameMissing, Vec::new());
            None
        }
    }
}
