//! Reading a list and writing three prepared rows for each of its rows: what an import cannot do without.

use calamine::{Data, DataType, Reader, Xlsx, open_workbook};
use rusqlite::{Transaction, params};

use crate::{Done, store};

const TABLES: &str = "\
    CREATE TABLE homes (id BLOB PRIMARY KEY, site BLOB NOT NULL, code TEXT NOT NULL, area REAL, day TEXT) STRICT; \
    CREATE TABLE people (id BLOB PRIMARY KEY, name TEXT NOT NULL, phone TEXT) STRICT; \
    CREATE TABLE living (id BLOB PRIMARY KEY, home BLOB NOT NULL REFERENCES homes, person BLOB NOT NULL REFERENCES people) STRICT;";

/// Twelve cells a row; the first is the home's code, the second a name, the third a phone, the fourth an area.
pub fn import(file: &str, database: &str) -> Done {
    let mut workbook: Xlsx<_> = open_workbook(file)?;
    let range = workbook.worksheet_range_at(0).ok_or("the file has no sheet")??;
    let mut connection = store::writer(database)?;
    connection.execute_batch(TABLES)?;
    let transaction = connection.transaction()?;
    let rows = write(&transaction, range.rows().skip(1))?;
    transaction.commit()?;
    println!("{rows}");
    Ok(())
}

fn write<'a>(transaction: &Transaction<'_>, rows: impl Iterator<Item = &'a [Data]>) -> rusqlite::Result<u64> {
    let mut home = transaction.prepare("INSERT INTO homes (id, site, code, area, day) VALUES (?1, ?2, ?3, ?4, ?5)")?;
    let mut person = transaction.prepare("INSERT INTO people (id, name, phone) VALUES (?1, ?2, ?3)")?;
    let mut living = transaction.prepare("INSERT INTO living (id, home, person) VALUES (?1, ?2, ?3)")?;
    let site = id(0, 0);
    let mut count = 0;
    for row in rows {
        count += 1;
        let text = |column: usize| row.get(column).and_then(DataType::as_string).unwrap_or_default();
        let area = row.get(3).and_then(DataType::as_f64);
        let (place, who) = (id(1, count), id(2, count));
        home.execute(params![place, site, text(0), area, text(4)])?;
        person.execute(params![who, text(1), text(2)])?;
        living.execute(params![id(3, count), place, who])?;
    }
    Ok(count)
}

/// Ids that append, sixteen bytes as the product's.
fn id(kind: u8, count: u64) -> [u8; 16] {
    let mut bytes = [0; 16];
    bytes[..8].copy_from_slice(&count.to_be_bytes());
    bytes[15] = kind;
    bytes
}
