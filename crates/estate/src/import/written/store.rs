//! What an import wrote ahead or made, in parts: enough to take it away again.

use db::{DbError, FromRow, Row, Sql};
use kernel::{Error, PartyId, PlaceId, Read, SiteId, Tx, parties::OccupancyId, places::PlaceKind};
use values::{Id, Moment};

use super::staged::AttemptId;
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

struct Kept {
    attempt: AttemptId,
    number: i64,
    what: String,
    data: Vec<u8>,
}
impl FromRow for Kept {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        Ok(Self {
            attempt: row.get("attempt")?,
            number: row.get("part")?,
            what: row.get("what")?,
            data: row.get("data")?,
        })
    }
}

/// Keeps a part, beside the rows that it names. It is bookkeeping of the import, whose own audit row says the whole.
pub async fn keep(tx: &mut Tx, import: ImportId, attempt: AttemptId, number: i64, part: &Part) -> Result<(), Error> {
    let sql = "INSERT INTO import_parts (import, attempt, part, what, data) VALUES ($1, $2, $3, $4, $5)";
    tx.raw(sql, (import, attempt, number, part.word(), part.bytes()?)).await?;
    Ok(())
}

/// How many parts this attempt has written, and how many others.
pub async fn counts(read: &mut Read, import: ImportId, attempt: AttemptId) -> Result<(i64, i64), Error> {
    let own = "SELECT COUNT(*) AS value FROM import_parts WHERE import = $1 AND attempt = $2";
    let others = "SELECT COUNT(*) AS value FROM import_parts WHERE import = $1 AND attempt <> $2";
    Ok((read.one(own, (import, attempt)).await?, read.one(others, (import, attempt)).await?))
}

/// Drafts of a site, made before a moment, that have parts: imports from the command line, at work or ended.
pub async fn begun(read: &mut Read, site: SiteId, before: Moment) -> Result<Vec<ImportId>, Error> {
    let sql = "SELECT i.id AS value FROM imports i WHERE i.site = $1 AND {scope:i} AND i.state = 'draft' AND i.made < $2 \
               AND EXISTS (SELECT 1 FROM import_parts p WHERE p.import = i.id) ORDER BY i.id";
    read.all(sql, (site, before)).await
}

/// All parts, in the order in which they were written.
pub async fn parts(read: &mut Read, import: ImportId) -> Result<Vec<Part>, Error> {
    let sql = "SELECT attempt, part, what, data FROM import_parts WHERE import = $1 ORDER BY attempt, part";
    let kept: Vec<Kept> = read.all(sql, (import,)).await?;
    Ok(kept.iter().map(|kept| Part::read(&kept.what, &kept.data)).collect::<Result<_, _>>()?)
}

/// A part as it is named.
pub type PartId = (AttemptId, i64);

/// A part that nothing but the rows before it stands on: the last of an attempt, of this one or of any.
pub async fn last(
    read: &mut Read,
    import: ImportId,
    attempt: Option<AttemptId>,
) -> Result<Option<(PartId, Part)>, Error> {
    let sql = Sql::new("SELECT attempt, part, what, data FROM import_parts WHERE import = ").bind(import);
    let sql = sql.when(" AND attempt = ", attempt).push(" ORDER BY attempt DESC, part DESC LIMIT 1");
    let kept = read.all_of::<Kept>(sql).await?.into_iter().next();
    let read = |kept: Kept| Part::read(&kept.what, &kept.data).map(|part| ((kept.attempt, kept.number), part));
    Ok(kept.map(read).transpose()?)
}

pub async fn drop_part(tx: &mut Tx, import: ImportId, (attempt, number): PartId) -> Result<(), Error> {
    let sql = "DELETE FROM import_parts WHERE import = $1 AND attempt = $2 AND part = $3";
    tx.raw(sql, (import, attempt, number)).await?;
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
