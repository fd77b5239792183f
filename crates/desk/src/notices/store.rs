use db::{DbError, FromRow, Row};
use kernel::{Error, PlaceId, Read, SiteId};

/// A building or a stair that a notice can be for.
#[derive(Clone, Debug)]
pub struct Spot {
    pub id: PlaceId,
    pub name: String,
    pub is_stair: bool,
}

impl FromRow for Spot {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        let kind: String = row.get("kind")?;
        Ok(Self { id: row.get("id")?, name: row.get("name")?, is_stair: kind == "stair" })
    }
}

pub async fn spots(read: &mut Read, site: SiteId) -> Result<Vec<Spot>, Error> {
    let sql = "SELECT id, kind, name FROM places WHERE site = $1 AND {scope} AND kind IN ('building', 'stair') AND closed IS NULL \
               ORDER BY kind, sort, code";
    read.all(sql, (site,)).await
}
