//! Owners, co-owners and tenants of a row, with their phones and identity numbers.

use super::{Party, RowReader};
use crate::cells::{identity, names, phone};
use crate::codes::Fault;
use crate::fields::Field;

/// The columns of one party.
pub(super) struct Columns {
    pub name: Field,
    pub phone: Field,
    pub id_number: Option<Field>,
}

/// IMPORT identity: `张三、李四` are owner and co-owner, the phone is the first one's.
pub(super) fn parties(row: &mut RowReader<'_>, columns: &Columns) -> Vec<Party> {
    let mut parties: Vec<Party> = named(row, columns.name);
    let phones = phones(row, columns.phone);
    let id_numbers: Vec<String> =
        columns.id_number.map_or_else(Vec::new, |field| row.value(field, identity::identity_number));
    if parties.is_empty() && !(phones.is_empty() && id_numbers.is_empty()) && row.errors.is_empty() {
        row.wrong_field(columns.name, Fault::NameMissing, Vec::new());
    }
    if let Some(first) = parties.first_mut() {
        first.phones = phones;
    }
    give_id_numbers(row, columns, &mut parties, id_numbers);
    parties.shrink_to_fit();
    parties
}

fn named(row: &mut RowReader<'_>, field: Field) -> Vec<Party> {
    let columns: Vec<usize> = row.mapping.columns_of(field).collect();
    let names = columns.into_iter().flat_map(|column| row.value_at(column, names::names));
    let party = |name: String| Party { company: names::is_company(&name), name, ..Party::default() };
    names.map(party).collect()
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
