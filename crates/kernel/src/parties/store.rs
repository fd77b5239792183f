//! How parties, their phones and their homes are kept.

use db::{DbError, FromRow, Row, Sql};
use values::{Day, Phone};

use super::{HomeRole, Member, Occupancy, OccupancyId, Party, PartyKind, RosterLine, rows};
use crate::{Error, PartyId, PlaceId, Read, SiteId, Tx};

const OCCUPANCY: &str = "o.id, o.site, o.place, o.party, o.role, o.from_day, o.to_day, o.let_in_by, o.version";

struct PartyRow(Party, Option<Phone>);
impl FromRow for PartyRow {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        let phone: Option<Phone> = row.get("phone")?;
        let party = Party {
            id: row.get("id")?,
            kind: row.get("kind")?,
            name: row.get("name")?,
            note: row.get("note")?,
            phones: Vec::new(),
            has_identity: row.get("sealed")?,
            made: row.get("made")?,
            version: row.get("version")?,
        };
        Ok(Self(party, phone))
    }
}

/// A party that is linked to one of the caller's sites: lives or owns there, works there, or reported something.
/// Errors: `Missing` for everybody else.
pub async fn by_id(read: &mut Read, id: PartyId) -> Result<Party, Error> {
    let sql = "SELECT y.id, y.kind, y.name, y.note, y.made, y.version, f.phone, \
        CAST(CASE WHEN y.identity_sealed IS NULL THEN 0 ELSE 1 END AS BIGINT) AS sealed FROM parties y LEFT JOIN phones f ON f.party = y.id WHERE y.id = $1 AND \
        (EXISTS (SELECT 1 FROM occupancies o WHERE o.party = y.id AND {scope:o}) OR EXISTS (SELECT 1 FROM staff s WHERE s.party = y.id AND {scope:s}) \
        OR EXISTS (SELECT 1 FROM reporters r WHERE r.party = y.id AND {scope:r})) ORDER BY f.rank, f.phone";
    folded(read.all::<PartyRow>(sql, (id,)).await?).into_iter().next().ok_or(Error::Missing)
}

fn folded(rows: Vec<PartyRow>) -> Vec<Party> {
    let mut parties: Vec<Party> = Vec::new();
    for PartyRow(party, phone) in rows {
        if parties.last().is_none_or(|last| last.id != party.id) {
            parties.push(party);
        }
        let last = parties.last_mut().expect("one was pushed just now");
        last.phones.extend(phone);
    }
    parties
}

/// A party that is linked to `site` by a home, past or present.
pub async fn at_site(read: &mut Read, site: SiteId, id: PartyId) -> Result<Party, Error> {
    let linked = "SELECT COUNT(*) AS value FROM occupancies WHERE party = $1 AND site = $2 AND {scope}";
    let linked: i64 = read.one(linked, (id, site)).await?;
    if linked == 0 { Err(Error::Missing) } else { by_id(read, id).await }
}

struct MemberRow(Member, Option<Phone>);
impl FromRow for MemberRow {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        let member = Member {
            occupancy: Occupancy::from_row(row)?,
            kind: row.get("kind")?,
            name: row.get("name")?,
            phones: Vec::new(),
            has_identity: row.get("sealed")?,
            party_version: row.get("party_version")?,
        };
        Ok(Self(member, row.get("phone")?))
    }
}

/// Everybody of a home, past and present, in one statement: owners first, those who left last.
pub async fn household(read: &mut Read, place: PlaceId) -> Result<Vec<Member>, Error> {
    let sql = Sql::new("SELECT ").push(OCCUPANCY).push(
        ", y.kind, y.name, y.version AS party_version, CAST(CASE WHEN y.identity_sealed IS NULL THEN 0 ELSE 1 END AS BIGINT) AS sealed, f.phone \
         FROM occupancies o JOIN parties y ON y.id = o.party LEFT JOIN phones f ON f.party = y.id WHERE o.place = ",
    );
    let order = " AND {scope:o} ORDER BY CASE WHEN o.to_day IS NULL THEN 0 ELSE 1 END, CASE o.role WHEN 'owner' THEN 0 WHEN 'co_owner' THEN 1 \
                 WHEN 'tenant' THEN 2 WHEN 'family' THEN 3 ELSE 4 END, o.from_day DESC, o.id, f.rank, f.phone";
    let mut members: Vec<Member> = Vec::new();
    for MemberRow(member, phone) in read.all_of::<MemberRow>(sql.bind(place).push(order)).await? {
        if members.last().is_none_or(|last| last.occupancy.id != member.occupancy.id) {
            members.push(member);
        }
        members.last_mut().expect("one was pushed just now").phones.extend(phone);
    }
    Ok(members)
}

/// The homes of a party at the caller's sites, past and present.
pub async fn occupancies_of(read: &mut Read, party: PartyId) -> Result<Vec<Occupancy>, Error> {
    let sql = Sql::new("SELECT ").push(OCCUPANCY).push(" FROM occupancies o WHERE o.party = ").bind(party);
    read.all_of(sql.push(" AND {scope:o} ORDER BY o.from_day, o.id")).await
}

pub async fn occupancy(read: &mut Read, id: OccupancyId) -> Result<Occupancy, Error> {
    let sql = Sql::new("SELECT ").push(OCCUPANCY).push(" FROM occupancies o WHERE o.id = ").bind(id);
    read.all_of(sql.push(" AND {scope:o} ORDER BY o.id")).await?.into_iter().next().ok_or(Error::Missing)
}

/// The rows of a home, after its place row was locked: two people cannot sell one home at once.
pub(super) async fn locked(tx: &mut Tx, place: PlaceId) -> Result<Vec<Occupancy>, Error> {
    tx.one::<PlaceId>("SELECT id AS value FROM places WHERE id = $1 AND {scope} {lock}", (place,)).await?;
    let sql = Sql::new("SELECT ")
        .push(OCCUPANCY)
        .push(" FROM occupancies o WHERE o.place = ")
        .bind(place)
        .push(" ORDER BY o.from_day, o.id");
    tx.all_of(sql).await
}

/// Which lines a list of people shows.
#[derive(Clone, Debug, Default)]
pub struct RosterFilter {
    /// Empty: all roles.
    pub roles: Vec<HomeRole>,
    pub building: Option<PlaceId>,
    pub place: Option<PlaceId>,
    /// Begins with this: a name, pinyin, initials, the tail of a phone.
    pub term: Option<String>,
    /// Only those who are it on this day.
    pub on: Option<Day>,
    pub after: Option<(i64, OccupancyId)>,
    pub limit: Option<i64>,
}

fn conditions(sql: Sql, site: Option<SiteId>, filter: &RosterFilter) -> Sql {
    let roles: Vec<&str> = filter.roles.iter().map(|role| role.as_str()).collect();
    let mut sql = sql
        .when(" AND o.site = ", site)
        .when(" AND p.building = ", filter.building)
        .when(" AND o.place = ", filter.place);
    if !roles.is_empty() {
        sql = sql.push(" AND o.role IN ").list(&roles);
    }
    if let Some(day) = filter.on {
        sql =
            sql.push(" AND o.from_day <= ").bind(day).push(" AND (o.to_day IS NULL OR o.to_day > ").bind(day).push(")");
    }
    if let Some(term) = &filter.term {
        let term = crate::search::plain(term);
        sql = sql.push(" AND o.party IN (SELECT t.subject FROM terms t WHERE {scope:t} AND t.kind = 'party'");
        sql = sql.when(" AND t.site = ", site).push(" AND t.term >= ").bind(term.as_str());
        sql = sql.push(" AND t.term < ").bind(format!("{term}\u{10ffff}")).push(")");
    }
    sql
}

/// People by home, in the order of the homes; `(sort, id)` is the cursor.
pub async fn roster(read: &mut Read, site: Option<SiteId>, filter: &RosterFilter) -> Result<Vec<RosterLine>, Error> {
    let sql = Sql::new(
        "SELECT o.id, o.place, p.code, p.sort, p.area, p.delivered, o.party, y.kind, y.name, o.role, o.from_day, o.to_day, \
         (SELECT MIN(f.phone) FROM phones f WHERE f.party = y.id AND f.rank = 0) AS phone \
         FROM occupancies o JOIN places p ON p.id = o.place AND p.site = o.site JOIN parties y ON y.id = o.party \
         WHERE {scope:o}",
    );
    let sql = conditions(sql, site, filter);
    let sql = match filter.after {
        Some((sort, id)) => sql
            .push(" AND (p.sort > ")
            .bind(sort)
            .push(" OR (p.sort = ")
            .bind(sort)
            .push(" AND o.id > ")
            .bind(id)
            .push("))"),
        None => sql,
    };
    read.all_of(sql.push(" ORDER BY p.sort, o.id").when(" LIMIT ", filter.limit)).await
}

/// How many lines the list has, counted no further than `most`.
pub async fn roster_count(
    read: &mut Read,
    site: Option<SiteId>,
    filter: &RosterFilter,
    most: i64,
) -> Result<i64, Error> {
    let sql = Sql::new(
        "SELECT COUNT(*) AS value FROM (SELECT 1 AS one FROM occupancies o JOIN places p ON p.id = o.place WHERE {scope:o}",
    );
    let sql = conditions(sql, site, filter).push(" LIMIT ").bind(most).push(") c");
    read.all_of::<i64>(sql).await?.into_iter().next().ok_or(Error::Missing)
}

/// Somebody as an import recognises them: within the site, by name and phone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownMember {
    pub occupancy: OccupancyId,
    pub place: PlaceId,
    pub party: PartyId,
    pub role: HomeRole,
    pub name: String,
    pub phones: Vec<Phone>,
    pub from: Day,
    pub to: Option<Day>,
}

struct KnownRow(KnownMember, Option<Phone>);
impl FromRow for KnownRow {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        let known = KnownMember {
            occupancy: row.get("id")?,
            place: row.get("place")?,
            party: row.get("party")?,
            role: row.get("role")?,
            name: row.get("name")?,
            phones: Vec::new(),
            from: row.get("from_day")?,
            to: row.get("to_day")?,
        };
        Ok(Self(known, row.get("phone")?))
    }
}

/// All people of all homes of a site, in one statement: for imports.
pub async fn known(read: &mut Read, site: SiteId) -> Result<Vec<KnownMember>, Error> {
    let sql = "SELECT o.id, o.place, o.party, o.role, o.from_day, o.to_day, y.name, f.phone FROM occupancies o \
               JOIN parties y ON y.id = o.party LEFT JOIN phones f ON f.party = y.id \
               WHERE o.site = $1 AND {scope:o} ORDER BY o.place, o.id, f.rank, f.phone";
    let mut all: Vec<KnownMember> = Vec::new();
    for KnownRow(known, phone) in read.all::<KnownRow>(sql, (site,)).await? {
        if all.last().is_none_or(|last| last.occupancy != known.occupancy) {
            all.push(known);
        }
        all.last_mut().expect("one was pushed just now").phones.extend(phone);
    }
    Ok(all)
}

pub(super) async fn sealed(read: &mut Read, id: PartyId) -> Result<Option<Vec<u8>>, Error> {
    let rows = read
        .all::<Vec<u8>>(
            "SELECT identity_sealed AS value FROM parties WHERE id = $1 AND identity_sealed IS NOT NULL",
            (id,),
        )
        .await?;
    Ok(rows.into_iter().next())
}

/// Parties of the caller's sites whose identity number is this one: equal numbers meet in the blind index.
pub async fn by_identity(read: &mut Read, number: &str) -> Result<Vec<PartyId>, Error> {
    let index = read.house().keys().blind(&super::identity_plain(number));
    let sql = "SELECT y.id AS value FROM parties y WHERE y.identity_index = $1 AND EXISTS (SELECT 1 FROM occupancies o WHERE o.party = y.id AND {scope:o}) ORDER BY y.id";
    read.all(sql, (index,)).await
}

pub(super) async fn end(tx: &mut Tx, id: OccupancyId, day: Day) -> Result<(), Error> {
    tx.run("UPDATE occupancies SET to_day = $2, version = version + 1 WHERE id = $1 AND {scope}", (id, day)).await?;
    Ok(())
}

/// The sites where a party has or had a home: its search terms live there.
pub(super) async fn sites_of(read: &mut Read, id: PartyId) -> Result<Vec<SiteId>, Error> {
    read.all("SELECT DISTINCT site AS value FROM occupancies WHERE party = $1 ORDER BY site", (id,)).await
}

/// Names and phones of many parties, for their search terms.
pub(super) async fn names(read: &mut Read, ids: &[PartyId]) -> Result<Vec<Party>, Error> {
    let mut all = Vec::new();
    for part in ids.chunks(2_000) {
        let sql = Sql::new(
            "SELECT y.id, y.kind, y.name, y.note, y.made, y.version, f.phone, CAST(0 AS BIGINT) AS sealed FROM parties y LEFT JOIN phones f ON f.party = y.id WHERE y.id IN ",
        );
        all.extend(folded(read.all_of::<PartyRow>(sql.list(part).push(" ORDER BY y.id, f.rank, f.phone")).await?));
    }
    Ok(all)
}

/// The version that stands now.
pub(super) async fn version_of(read: &mut Read, id: PartyId) -> Result<i64, Error> {
    read.one("SELECT version AS value FROM parties WHERE id = $1", (id,)).await
}

pub(super) async fn save(
    tx: &mut Tx,
    id: PartyId,
    version: i64,
    kind: PartyKind,
    name: &str,
    note: Option<&str>,
) -> Result<bool, Error> {
    let sql =
        "UPDATE parties SET kind = $3, name = $4, note = $5, version = version + 1 WHERE id = $1 AND version = $2";
    Ok(tx.run(sql, (id, version, kind.as_str(), name, note)).await? > 0)
}

pub(super) async fn save_identity(tx: &mut Tx, id: PartyId, identity: Option<&str>) -> Result<(), Error> {
    let (sealed, index) = rows::sealing(tx.house(), id, identity);
    tx.run("UPDATE parties SET identity_sealed = $2, identity_index = $3 WHERE id = $1", (id, sealed, index)).await?;
    Ok(())
}

/// Contract, "Import identity": who this is, within the site: the same name in the same home, else the same name with
/// one of these phones; never a phone alone.
pub async fn recognise(
    read: &mut Read,
    site: SiteId,
    place: Option<PlaceId>,
    name: &str,
    phones: &[Phone],
) -> Result<Option<PartyId>, Error> {
    let start =
        "SELECT y.id AS value FROM parties y JOIN occupancies o ON o.party = y.id WHERE {scope:o} AND o.site = ";
    if let Some(place) = place {
        let sql = Sql::new(start)
            .bind(site)
            .push(" AND o.place = ")
            .bind(place)
            .push(" AND y.name = ")
            .bind(name)
            .push(" ORDER BY o.from_day DESC, o.id LIMIT 1");
        if let Some(id) = read.all_of::<PartyId>(sql).await?.into_iter().next() {
            return Ok(Some(id));
        }
    }
    if phones.is_empty() {
        return Ok(None);
    }
    let sql = Sql::new(start).bind(site).push(" AND y.name = ").bind(name);
    let sql = sql
        .push(" AND EXISTS (SELECT 1 FROM phones f WHERE f.party = y.id AND f.phone IN ")
        .list(phones)
        .push(") ORDER BY o.from_day DESC, o.id LIMIT 1");
    Ok(read.all_of::<PartyId>(sql).await?.into_iter().next())
}
