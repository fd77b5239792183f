//! The loaded years, beside the one that comes with the program.

use db::{DbError, FromRow, Row};

use super::{Calendar, Year};
use crate::{Error, Read, Tx, orders::unreadable};

struct Loaded(Year);
impl FromRow for Loaded {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        let data: String = row.get("data")?;
        Year::from_json(&data).map(Self).map_err(|cause| unreadable("calendars", "data", &cause.to_string()))
    }
}

/// All years that are known: those of the program, and above them what an administrator loaded.
pub async fn known(read: &mut Read) -> Result<Calendar, Error> {
    let years: Vec<Loaded> = read.all("SELECT data FROM calendars ORDER BY year", ()).await?;
    let mut calendar = Calendar::shipped();
    for Loaded(year) in years {
        calendar.load(year).map_err(|cause| Error::Broken(cause.to_string()))?;
    }
    Ok(calendar)
}

/// Keeps one year, or replaces it. The year was checked when it was read.
pub(super) async fn keep(tx: &mut Tx, year: &Year) -> Result<(), Error> {
    let sql = "INSERT INTO calendars (year, data) VALUES ($1, $2) ON CONFLICT (year) DO UPDATE SET data = $2";
    tx.run(sql, (i32::from(year.year), serde_json::to_string(year)?)).await?;
    Ok(())
}
