//! What an import wrote ahead or made, in parts: enough to take it away again.

use db::{DbError, FromRow, Row, Sql};
use kernel::{Error, PartyId, PlaceId, Read, Tx, parties::OccupancyId, places::PlaceKind};
use values::Id;

use crate::import::{model::ImportId, store::PART};

/// A home as it is found: what takes its terms away when its row was never written.
pub type Home = (PlaceId, PlaceKind, String);

/// One part of what an import wrote.
pub enum Part {
    Parties(Vec<PartyId>),
    Homes(Vec<Home>),
    Occupancies(Vec<OccupancyId>),
}

impl Part {
    const fn word(&self) -> &'static str {
        match self {
            Self::Parties(_) => "parties",
            Self::Homes(_) => "homes",
            Self::Occupancies(_) => "occupancies",
        }
    }
    fn bytes(&self) -> Result<Vec<u8>, Error> {
        Ok(match self {
            Self::Parties(ids) => packed(ids),
            Self::Homes(homes) => serde_json::to_vec(homes)?,
            Self::Occupancies(ids) => packed(ids),
        })
    }
    fn read(word: &str, data: &[u8]) -> Result<Self, DbError> {
        let unreadable =
            |why: &str| DbError::Unreadable { table: "import_parts", column: "data".into(), why: why.into() };
        Ok(match word {
            "parties" => Self::Parties(unpacked(data)),
            "homes" => Self::Homes(serde_json::from_slice(data).map_err(|why| unreadable(&why.to_string()))?),
            "occupancies" => Self::Occupancies(unpacked(data)),
            other => return Err(unreadable(other)),
        })
    }
}

fn packed<T>(ids: &[Id<T>]) -> Vec<u8> {
    ids.iter().flat_map(|id| id.uuid().into_bytes()).collect()
}

fn unpacked<T>(bytes: &[u8]) -> Vec<Id<T>> {
    bytes.as_chunks::<16>().0.iter().map(|bytes| Id::from_bytes(*bytes)).collect()
}

struct Kept(i64, String, Vec<u8>);
impl FromRow for Kept {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        Ok(Self(row.get("part")?, row.get("what")?, row.get("data")?))
    }
}

/// Keeps a part, beside the rows that it names. It is bookkeeping of the import, whose own audit row says the whole.
pub async fn keep(tx: &mut Tx, import: ImportId, number: i64, part: &Part) -> Result<(), Error> {
    let sql = "INSERT INTO import_parts (import, part, what, data) VALUES ($1, $2, $3, $4)";
    tx.raw(sql, (import, number, part.word(), part.bytes()?)).await?;
    Ok(())
}

pub async fn count(read: &mut Read, import: ImportId) -> Result<i64, Error> {
    read.one("SELECT COUNT(*) AS value FROM import_parts WHERE import = $1", (import,)).await
}

/// All parts, in the order in which they were written.
pub async fn parts(read: &mut Read, import: ImportId) -> Result<Vec<Part>, Error> {
    let sql = "SELECT part, what, data FROM import_parts WHERE import = $1 ORDER BY part";
    let kept: Vec<Kept> = read.all(sql, (import,)).await?;
    Ok(kept.iter().map(|kept| Part::read(&kept.1, &kept.2)).collect::<Result<_, _>>()?)
}

/// The part that was written last.
pub async fn last(read: &mut Read, import: ImportId) -> Result<Option<(i64, Part)>, Error> {
    let sql = "SELECT part, what, data FROM import_parts WHERE import = $1 ORDER BY part DESC LIMIT 1";
    let kept: Option<Kept> = read.opt(sql, (import,)).await?;
    Ok(kept.map(|kept| Part::read(&kept.1, &kept.2).map(|part| (kept.0, part))).transpose()?)
}

pub async fn drop_part(tx: &mut Tx, import: ImportId, number: i64) -> Result<(), Error> {
    tx.raw("DELETE FROM import_parts WHERE import = $1 AND part = $2", (import, number)).await?;
    Ok(())
}

pub async fn drop_all(tx: &mut Tx, import: ImportId) -> Result<(), Error> {
    tx.raw("DELETE FROM import_parts WHERE import = $1", (import,)).await?;
    Ok(())
}

/// People whom an import made, with their phones.
pub async fn delete_parties(tx: &mut Tx, ids: &[PartyId]) -> Result<(), Error> {
    for part in ids.chunks(PART) {
        tx.run_of(Sql::new("DELETE FROM phones WHERE party IN ").list(part)).await?;
        tx.run_of(Sql::new("DELETE FROM parties WHERE id IN ").list(part)).await?;
    }
    Ok(())
}
