//! What the checks read.

use db::{DbError, FromRow, Row};
use kernel::{Error, House};
use values::Id;

/// A file as its row names it.
pub struct Named {
    pub hash: String,
    pub size: i64,
}
impl FromRow for Named {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        Ok(Self { hash: row.get("hash")?, size: row.get("size")? })
    }
}

pub async fn files(house: &House) -> Result<Vec<Named>, Error> {
    Ok(house.db().all("SELECT hash, size FROM files ORDER BY hash", ()).await?)
}

/// A job that was given up.
pub struct Stuck {
    pub reaction: String,
    pub error: Option<String>,
}
impl FromRow for Stuck {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        Ok(Self { reaction: row.get("reaction")?, error: row.get("error")? })
    }
}

pub async fn stuck(house: &House) -> Result<Vec<Stuck>, Error> {
    Ok(house.db().all("SELECT reaction, error FROM jobs WHERE state = 'stuck' ORDER BY due, id", ()).await?)
}

/// Chains that have rows, whether or not they have a head.
pub async fn chains(house: &House) -> Result<Vec<String>, Error> {
    Ok(house
        .db()
        .all("SELECT chain AS value FROM audit_heads UNION SELECT DISTINCT chain FROM audit ORDER BY 1", ())
        .await?)
}

/// Where in which chain a row has this MAC.
pub struct Spot {
    pub chain: String,
    pub seq: i64,
}
impl FromRow for Spot {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        Ok(Self { chain: row.get("chain")?, seq: row.get("seq")? })
    }
}

pub async fn spot(house: &House, mac: Vec<u8>) -> Result<Option<Spot>, Error> {
    let spots: Vec<Spot> =
        house.db().all("SELECT chain, seq FROM audit WHERE mac = $1 ORDER BY chain, seq LIMIT 1", (mac,)).await?;
    Ok(spots.into_iter().next())
}

/// The name of a site, for people who read the answer.
pub async fn site_code(house: &House, chain: &str) -> Result<Option<String>, Error> {
    let Ok(id) = chain.parse::<Id<kernel::Site>>() else { return Ok(None) };
    let codes: Vec<String> = house.db().all("SELECT code AS value FROM sites WHERE id = $1", (id,)).await?;
    Ok(codes.into_iter().next())
}
