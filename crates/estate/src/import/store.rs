//! How imports are kept, and what they read and write in bulk. Statements of a file, never of a row.

use db::{DbError, FromRow, Row, Sql, ToValue, Value};
use kernel::{Error, PartyId, PlaceId, Read, SiteId, Tx, places::PlaceKind};
use serde::de::DeserializeOwned;
use sheets::{Kind, Mapping};
use values::{Day, Id, Moment, Phone};

use super::{
    known::KnownPlace,
    model::{Import, ImportId, Reading, State, Summary, Undo, UnitFacts, kind_named, kind_word},
    written::{self, Part},
};

/// Values in one `IN (…)`.
pub const PART: usize = 5_000;

pub fn from_json<T: DeserializeOwned>(table: &'static str, column: &str, text: &str) -> Result<T, DbError> {
    serde_json::from_str(text).map_err(|why| DbError::Unreadable { table, column: column.into(), why: why.to_string() })
}

fn unreadable(column: &str, why: &str) -> DbError {
    DbError::Unreadable { table: "imports", column: column.into(), why: why.into() }
}

impl FromRow for KnownPlace {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        let facts = UnitFacts {
            area: row.get("area")?,
            inside_area: row.get("inside_area")?,
            use_kind: row.get("use_kind")?,
            delivered: row.get("delivered")?,
        };
        let closed: Option<Day> = row.get("closed")?;
        Ok(Self {
            id: row.get("id")?,
            key: row.get("key")?,
            kind: row.get::<PlaceKind>("kind")?,
            facts,
            version: row.get("version")?,
            closed: closed.is_some(),
        })
    }
}

pub async fn places(read: &mut Read, site: SiteId) -> Result<Vec<KnownPlace>, Error> {
    read.all("SELECT id, key, kind, area, inside_area, use_kind, delivered, version, closed FROM places WHERE site = $1 AND {scope} ORDER BY key", (site,)).await
}

struct Indexed(PartyId, Vec<u8>);
impl FromRow for Indexed {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        Ok(Self(row.get("id")?, row.get("identity_index")?))
    }
}

/// Blind indexes of the identity numbers of everybody at a site.
pub async fn identities(read: &mut Read, site: SiteId) -> Result<Vec<(PartyId, Vec<u8>)>, Error> {
    let sql = "SELECT y.id, y.identity_index FROM parties y WHERE y.identity_index IS NOT NULL AND \
               EXISTS (SELECT 1 FROM occupancies o WHERE o.party = y.id AND o.site = $1 AND {scope:o}) ORDER BY y.id";
    Ok(read.all::<Indexed>(sql, (site,)).await?.into_iter().map(|row| (row.0, row.1)).collect())
}

impl FromRow for Import {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        let (kind, state): (String, String) = (row.get("kind")?, row.get("state")?);
        let (reading, report): (String, String) = (row.get("mapping")?, row.get("report")?);
        Ok(Self {
            id: row.get("id")?,
            site: row.get("site")?,
            kind: kind_named(&kind).ok_or_else(|| unreadable("kind", &kind))?,
            file_name: row.get("file_name")?,
            file: row.get("file")?,
            reading: from_json("imports", "mapping", &reading)?,
            state: state.parse().map_err(|()| unreadable("state", &state))?,
            summary: from_json("imports", "report", &report)?,
            by: row.get("by_name")?,
            made: row.get("made")?,
            done: row.get("done")?,
            undone: row.get("undone")?,
        })
    }
}

const COLUMNS: &str = "SELECT i.id, i.site, i.kind, i.file_name, i.file, i.mapping, i.state, i.report, i.made, i.done, i.undone, y.name AS by_name \
    FROM imports i LEFT JOIN parties y ON y.id = i.by_party WHERE {scope:i}";

/// Errors: `Missing` for an import of a site that the caller may not see.
pub async fn by_id(read: &mut Read, id: ImportId) -> Result<Import, Error> {
    let sql = Sql::new(COLUMNS).push(" AND i.id = ").bind(id).push(" ORDER BY i.id");
    read.all_of(sql).await?.into_iter().next().ok_or(Error::Missing)
}

/// An import as it stands, and nobody else goes on with it before `tx` ends. Errors: as of `by_id`.
pub async fn held(tx: &mut Tx, id: ImportId) -> Result<Import, Error> {
    tx.one::<ImportId>("SELECT id AS value FROM imports WHERE id = $1 AND {scope} {lock}", (id,)).await?;
    by_id(tx, id).await
}

/// The latest imports of a site, newest first.
pub async fn latest(read: &mut Read, site: SiteId, kind: Kind, limit: i64) -> Result<Vec<Import>, Error> {
    let sql = Sql::new(COLUMNS).push(" AND i.site = ").bind(site).push(" AND i.kind = ").bind(kind_word(kind));
    read.all_of(sql.push(" ORDER BY i.made DESC, i.id DESC LIMIT ").bind(limit)).await
}

/// A file that an import keeps for a while.
pub struct KeptFile<'a> {
    pub hash: &'a str,
    pub media: &'a str,
    pub size: usize,
}

pub async fn insert(
    tx: &mut Tx,
    site: SiteId,
    kind: Kind,
    name: &str,
    file: &KeptFile<'_>,
    reading: &Reading,
) -> Result<ImportId, Error> {
    let (id, now, by): (ImportId, _, _) = (tx.id(), tx.now(), tx.caller().party());
    let size = i64::try_from(file.size).unwrap_or(i64::MAX);
    tx.run(
        "INSERT INTO files (hash, kind, size, made) VALUES ($1, $2, $3, $4) ON CONFLICT (hash) DO NOTHING",
        (file.hash, file.media, size, now),
    )
    .await?;
    let sql = "INSERT INTO imports (id, site, kind, file_name, file, mapping, state, report, by_party, made) VALUES ($1, $2, $3, $4, $5, $6, 'draft', $7, $8, $9)";
    let (mapping, report) = (serde_json::to_string(reading)?, serde_json::to_string(&Summary::default())?);
    tx.run(sql, (id, site, kind_word(kind), name, file.hash, mapping, report, by, now)).await?;
    Ok(id)
}

pub async fn save_reading(tx: &mut Tx, site: SiteId, id: ImportId, reading: &Reading) -> Result<(), Error> {
    let mapping = serde_json::to_string(reading)?;
    tx.run("UPDATE imports SET mapping = $3 WHERE id = $1 AND site = $2", (id, site, mapping)).await?;
    Ok(())
}

/// From one state to another; false when it is in another one by now.
pub async fn turn(tx: &mut Tx, site: SiteId, id: ImportId, from: State, to: State) -> Result<bool, Error> {
    let sql = "UPDATE imports SET state = $4 WHERE id = $1 AND site = $2 AND state = $3";
    Ok(tx.run(sql, (id, site, from.as_str(), to.as_str())).await? > 0)
}

/// What came of it; false when it was cancelled meanwhile.
pub async fn finish(tx: &mut Tx, site: SiteId, id: ImportId, summary: &Summary, undo: &Undo) -> Result<bool, Error> {
    let (report, undo, now) = (serde_json::to_string(summary)?, serde_json::to_string(undo)?, tx.now());
    let sql = "UPDATE imports SET state = 'done', report = $3, undo = $4, done = $5 WHERE id = $1 AND site = $2 AND state IN ('draft', 'running')";
    Ok(tx.run(sql, (id, site, report, undo, now)).await? > 0)
}

/// What the import made. Errors: `Missing` when it is not done.
pub async fn undo_of(tx: &mut Tx, site: SiteId, id: ImportId) -> Result<Undo, Error> {
    let sql =
        "SELECT undo AS value FROM imports WHERE id = $1 AND site = $2 AND state = 'done' AND undo IS NOT NULL {lock}";
    let text: String = tx.one(sql, (id, site)).await?;
    let mut undo: Undo = from_json("imports", "undo", &text)?;
    for part in written::parts(tx, id).await? {
        match part {
            Part::Parties(ids) => undo.parties.extend(ids),
            Part::Homes(homes) => undo.units.extend(homes.into_iter().map(|(id, ..)| id)),
            Part::Occupancies(ids) => undo.occupancies.extend(ids),
        }
    }
    Ok(undo)
}

pub async fn mark_undone(tx: &mut Tx, site: SiteId, id: ImportId) -> Result<(), Error> {
    let now = tx.now();
    tx.run(
        "UPDATE imports SET state = 'undone', undone = $3, undo = NULL WHERE id = $1 AND site = $2",
        (id, site, now),
    )
    .await?;
    written::drop_all(tx, id).await
}

/// Is there a later import of this kind that still stands?
pub async fn has_later(read: &mut Read, import: &Import) -> Result<bool, Error> {
    let sql = "SELECT COUNT(*) AS value FROM imports WHERE site = $1 AND kind = $2 AND state = 'done' AND done > $3 AND {scope}";
    let later: i64 = read.one(sql, (import.site, kind_word(import.kind), import.done)).await?;
    Ok(later > 0)
}

/// One import of a site at a time: they decide by what is there.
pub async fn lock_site(tx: &mut Tx, site: SiteId) -> Result<(), Error> {
    tx.one::<SiteId>("SELECT id AS value FROM sites WHERE id = $1 {lock}", (site,)).await?;
    Ok(())
}

/// Files whose time is over: names and phones lie no longer than they are needed.
pub async fn old_files(tx: &mut Tx, site: SiteId, before: Moment) -> Result<Vec<String>, Error> {
    tx.all("SELECT DISTINCT file AS value FROM imports WHERE site = $1 AND {scope} AND made < $2 AND file IS NOT NULL AND state <> 'running' ORDER BY file", (site, before)).await
}

/// Names the file no more; true when nobody else does, so that it can be thrown away. `tx` sees the whole company: two
/// sites may have sent the same file.
pub async fn drop_file(tx: &mut Tx, site: SiteId, hash: &str, before: Moment) -> Result<bool, Error> {
    tx.run("UPDATE imports SET file = NULL WHERE site = $1 AND file = $2 AND made < $3", (site, hash, before)).await?;
    let sql = "DELETE FROM files WHERE hash = $1 AND NOT EXISTS (SELECT 1 FROM imports i WHERE i.file = $1 AND {scope:i}) \
               AND NOT EXISTS (SELECT 1 FROM evidence e WHERE (e.file = $1 OR e.thumbnail = $1) AND {scope:e})";
    Ok(tx.run(sql, (hash,)).await? > 0)
}

/// How files of this kind were read before, at this site.
pub async fn remembered(read: &mut Read, site: SiteId, kind: Kind) -> Result<Vec<Mapping>, Error> {
    let sql = "SELECT mapping AS value FROM import_mappings WHERE site = $1 AND kind = $2 AND {scope} ORDER BY header";
    let texts: Vec<String> = read.all(sql, (site, kind_word(kind))).await?;
    Ok(texts.iter().filter_map(|text| serde_json::from_str(text).ok()).collect())
}

/// Remembers how a header was read.
pub async fn remember(tx: &mut Tx, site: SiteId, kind: Kind, mapping: &Mapping) -> Result<(), Error> {
    let headers: Vec<&str> = mapping.columns.iter().map(|column| column.header.as_str()).collect();
    let header = Id::<Mapping>::named(&headers.join("|")).to_string();
    let sql = "INSERT INTO import_mappings (site, kind, header, mapping) VALUES ($1, $2, $3, $4) ON CONFLICT (site, kind, header) DO UPDATE SET mapping = $4";
    tx.run(sql, (site, kind_word(kind), header, serde_json::to_string(mapping)?)).await?;
    Ok(())
}

/// New facts of many homes in few statements: `(id, facts, version)`. Taking an import back gives the old version too, so
/// that an earlier import still finds its homes as it left them.
pub async fn save_facts(tx: &mut Tx, site: SiteId, changes: &[(PlaceId, UnitFacts, i64)]) -> Result<(), Error> {
    for part in changes.chunks(1_200) {
        let mut sql = Sql::new(
            "UPDATE places SET area = v.column2, inside_area = v.column3, use_kind = v.column4, delivered = v.column5, version = v.column6 FROM (VALUES ",
        );
        for (index, (id, facts, version)) in part.iter().enumerate() {
            let what = [
                facts.area.to_value(),
                facts.inside_area.to_value(),
                facts.use_kind.to_value(),
                facts.delivered.to_value(),
            ];
            let values: Vec<Value> = [&[id.to_value()], what.as_slice(), &[version.to_value()]].concat();
            sql = sql.push(if index == 0 { "" } else { ", " }).list(&values);
        }
        tx.run_of(sql.push(") AS v WHERE places.id = v.column1 AND places.site = ").bind(site)).await?;
    }
    Ok(())
}

pub async fn save_floor(tx: &mut Tx, site: SiteId, floor: i64, ids: &[PlaceId]) -> Result<(), Error> {
    for part in ids.chunks(PART) {
        let sql = Sql::new("UPDATE places SET floor = ")
            .bind(floor)
            .push(" WHERE site = ")
            .bind(site)
            .push(" AND id IN ")
            .list(part);
        tx.run_of(sql).await?;
    }
    Ok(())
}

pub async fn add_phones(tx: &mut Tx, phones: &[(PartyId, usize, Vec<Phone>)]) -> Result<(), Error> {
    let rank = |known: &usize, index: usize| i64::try_from(known + index).unwrap_or(i64::MAX);
    let rows = phones.iter().flat_map(|(party, known, new)| {
        new.iter()
            .enumerate()
            .map(move |(index, phone)| vec![party.to_value(), phone.to_value(), rank(known, index).to_value()])
    });
    tx.insert_all("INSERT INTO phones (party, phone, rank)", rows.collect()).await
}

/// Seals the identity number of a known party.
pub async fn save_identity(tx: &mut Tx, party: PartyId, number: &str) -> Result<(), Error> {
    let plain = plain_identity(number);
    let keys = tx.house().keys();
    let (sealed, index) = (keys.seal(party.uuid(), &plain, tx.house().chance()), keys.blind(&plain));
    tx.run("UPDATE parties SET identity_sealed = $2, identity_index = $3 WHERE id = $1", (party, sealed, index))
        .await?;
    Ok(())
}

/// As the register compares them.
pub fn plain_identity(number: &str) -> String {
    number.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_uppercase).collect()
}

struct Named(PartyId, String, Option<Phone>);
impl FromRow for Named {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        Ok(Self(row.get("id")?, row.get("name")?, row.get("phone")?))
    }
}

/// Names and phones of people whom an import made or knew, for their search terms.
pub async fn names(read: &mut Read, ids: &[PartyId]) -> Result<Vec<(PartyId, String, Vec<Phone>)>, Error> {
    let mut all: Vec<(PartyId, String, Vec<Phone>)> = Vec::new();
    for part in ids.chunks(PART) {
        let sql =
            Sql::new("SELECT y.id, y.name, f.phone FROM parties y LEFT JOIN phones f ON f.party = y.id WHERE y.id IN ");
        for Named(id, name, phone) in
            read.all_of::<Named>(sql.list(part).push(" ORDER BY y.id, f.rank, f.phone")).await?
        {
            if all.last().is_none_or(|last| last.0 != id) {
                all.push((id, name, Vec::new()));
            }
            all.last_mut().expect("one was pushed just now").2.extend(phone);
        }
    }
    Ok(all)
}
