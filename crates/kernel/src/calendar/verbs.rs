use serde_json::json;

use super::{Year, store};
use crate::{Error, Tx, promises};

/// CAL-04, CAL-05: loads one year, or replaces it, and counts again what is promised in working days and still open, at
/// every site that the caller sees. Gives the number of orders whose limit moved. The year was checked when it was read.
pub async fn load(tx: &mut Tx, year: &Year) -> Result<usize, Error> {
    let before = store::known(tx).await?.year(year.year);
    store::keep(tx, year).await?;
    let moved = promises::recount(tx).await?;
    let after = json!({ "year": year, "moved": moved });
    tx.note(None, "calendar.loaded", format!("calendar/{}", year.year), json!(before), after);
    Ok(moved)
}
