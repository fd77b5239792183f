//! Owners, co-owners and tenants of a row, with their phones and identity numbers.

use super::{Party, RowReader};
use crate::cells::contacts::{Contact, contacts};
use crate::cells::{identity, names, phone};
use crate::codes::Fault;
use crate::fields::Field;

/// The columns of one party.
pub(super) struct Columns {
    pub name: Field,
    pub phone: Field,
    pub id_number: Option<Field>,
}

/// IMPORT identity: `张三、李四` are owner and co-owner. As many phones as names go to them in order; else all phones are
/// the first one's.
pub(super) fn parties(row: &mut RowReader<'_>, columns: &Columns) -> Vec<Party> {
    let before = row.errors.len();
    let mut parties = named(row, columns.name);
    let phones = phones(row, columns.phone);
    let id_numbers: Vec<String> =
        columns.id_number.map_or_else(Vec::new, |field| row.value(field, identity::identity_number));
    if parties.is_empty() && phones.is_empty() && id_numbers.is_empty() {
        return parties;
    }
    if parties.is_empty() && row.errors.len() == before {
        parties = beside_phones(row, columns);
    }
    if parties.is_empty() && row.errors.is_empty() {
        row.wrong_field(columns.name, Fault::NameMissing, Vec::new());
    }
    give_phones(&mut parties, phones);
    give_id_numbers(row, columns, &mut parties, id_numbers);
    parties.shrink_to_fit();
    parties
}

fn named(row: &mut RowReader<'_>, field: Field) -> Vec<Party> {
    let columns: Vec<usize> = row.mapping.columns_of(field).collect();
    columns.into_iter().flat_map(|column| row.value_at(column, contacts)).map(party).collect()
}

fn party(contact: Contact) -> Party {
    let Contact { name, phones } = contact;
    Party { company: names::is_company(&name), name, phones, id_number: None }
}

/// Names that stand in the phone column because the list has none for them: `小刘 13512345670`.
fn beside_phones(row: &RowReader<'_>, columns: &Columns) -> Vec<Party> {
    if row.mapping.column_of(columns.name).is_some() {
        return Vec::new();
    }
    let cells = row.mapping.columns_of(columns.phone).map(|column| row.sheet.cell(row.index, column));
    cells
        .filter_map(|cell| contacts(cell).ok())
        .flatten()
        .map(|contact| party(Contact { phones: Vec::new(), ..contact }))
        .collect()
}

fn phones(row: &mut RowReader<'_>, field: Field) -> Vec<String> {
    let columns: Vec<usize> = row.mapping.columns_of(field).collect();
    let mut all: Vec<String> = columns.into_iter().flat_map(|column| row.value_at(column, phone::phones)).collect();
    let mut kept = Vec::with_capacity(all.len());
    for phone in all.drain(..) {
        if !kept.contains(&phone) {
            kept.push(phone);
        }
    }
    kept.shrink_to_fit();
    kept
}

fn give_phones(parties: &mut [Party], phones: Vec<String>) {
    let in_order = parties.len() > 1 && parties.len() == phones.len();
    for (at, phone) in phones.into_iter().enumerate() {
        if let Some(party) = parties.get_mut(if in_order { at } else { 0 })
            && !party.phones.contains(&phone)
        {
            party.phones.push(phone);
        }
    }
}

/// One number is the first one's; several are given out only when each name has its own.
fn give_id_numbers(row: &mut RowReader<'_>, columns: &Columns, parties: &mut [Party], id_numbers: Vec<String>) {
    if id_numbers.len() > 1 && id_numbers.len() != parties.len() {
        if let Some(field) = columns.id_number {
            row.wrong_field(field, Fault::IdNumberUnassigned, Vec::new());
        }
        return;
    }
    for (party, number) in parties.iter_mut().zip(id_numbers) {
        party.id_number = Some(number);
    }
}
