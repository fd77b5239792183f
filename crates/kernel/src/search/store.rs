//! How terms are kept and looked up: by ranges of their beginning, so that the index answers alone.

use std::collections::HashMap;

use db::{DbError, FromRow, Row, Sql, ToValue, Value};
use uuid::Uuid;

use super::{Kind, Term};
use crate::{Error, Read, SiteId, Tx};

fn rows(site: SiteId, kind: Kind, subject: Uuid, terms: &[Term]) -> impl Iterator<Item = Vec<Value>> {
    terms.iter().map(move |term| {
        vec![
            site.to_value(),
            term.text.to_value(),
            kind.as_str().to_value(),
            subject.to_value(),
            term.weight.to_value(),
        ]
    })
}

const INSERT: &str = "INSERT INTO terms (site, term, kind, subject, weight)";

/// What `subject` is found by at `site`, in place of what it was found by before.
pub async fn index(tx: &mut Tx, site: SiteId, kind: Kind, subject: Uuid, terms: &[Term]) -> Result<(), Error> {
    tx.raw("DELETE FROM terms WHERE subject = $1 AND site = $2 AND kind = $3", (subject, site, kind.as_str())).await?;
    tx.insert_all(INSERT, rows(site, kind, subject, terms).collect()).await
}

/// As `index` for many subjects, old terms replaced: for imports of people who may be known.
pub async fn index_all(tx: &mut Tx, site: SiteId, kind: Kind, subjects: Vec<(Uuid, Vec<Term>)>) -> Result<(), Error> {
    let ids: Vec<Uuid> = subjects.iter().map(|(subject, _)| *subject).collect();
    for part in ids.chunks(2_000) {
        let sql = Sql::new("DELETE FROM terms WHERE site = ")
            .bind(site)
            .push(" AND kind = ")
            .bind(kind.as_str())
            .push(" AND subject IN ")
            .list(part);
        tx.run_of(sql).await?;
    }
    index_new(tx, site, kind, subjects).await
}

/// As `index_all` for subjects that were made in this transaction.
pub async fn index_new(tx: &mut Tx, site: SiteId, kind: Kind, subjects: Vec<(Uuid, Vec<Term>)>) -> Result<(), Error> {
    let rows = subjects.iter().flat_map(|(subject, terms)| rows(site, kind, *subject, terms)).collect();
    tx.insert_all(INSERT, rows).await
}

/// `subject` is found no longer, at any site.
pub async fn forget(tx: &mut Tx, subject: Uuid) -> Result<(), Error> {
    tx.raw("DELETE FROM terms WHERE subject = $1", (subject,)).await?;
    Ok(())
}

/// One term that begins as typed.
pub(super) struct Match {
    pub subject: Uuid,
    pub term: String,
    pub weight: i64,
}
impl FromRow for Match {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        Ok(Self { subject: row.get("subject")?, term: row.get("term")?, weight: row.get("weight")? })
    }
}

/// The end of the range of texts that begin with `start`: exclusive.
pub(super) fn after(start: &str) -> String {
    format!("{start}\u{10ffff}")
}

/// The first `limit` terms of each site that begin with `start`, in their own order: the exact one comes first.
pub(super) async fn matches(
    read: &mut Read,
    sites: &[SiteId],
    kind: Kind,
    start: &str,
    limit: i64,
) -> Result<Vec<Match>, Error> {
    let mut all = Vec::new();
    for site in sites {
        let sql = Sql::new("SELECT subject, term, weight FROM terms WHERE site = ")
            .bind(*site)
            .push(" AND kind = ")
            .bind(kind.as_str());
        let sql = sql.push(" AND term >= ").bind(start).push(" AND term < ").bind(after(start).as_str());
        all.extend(read.all_of::<Match>(sql.push(" AND {scope} ORDER BY term, subject LIMIT ").bind(limit)).await?);
    }
    Ok(all)
}

/// Homes whose code begins with `room` where somebody whose name begins with `name` is registered.
pub(super) async fn lived_in(
    read: &mut Read,
    site: SiteId,
    room: &str,
    name: &str,
    limit: i64,
) -> Result<Vec<Match>, Error> {
    let sql = Sql::new(
        "SELECT DISTINCT o.place AS subject, h.term, h.weight FROM (SELECT site, subject FROM terms WHERE kind = 'party' AND site = ",
    );
    let sql = sql
        .bind(site)
        .push(" AND term >= ")
        .bind(name)
        .push(" AND term < ")
        .bind(after(name).as_str())
        .push(" ORDER BY term LIMIT 2000) n ");
    let sql = sql.push("JOIN occupancies o ON o.party = n.subject AND o.site = n.site AND o.to_day IS NULL ");
    let sql = sql
        .push("JOIN terms h ON h.subject = o.place AND h.kind = 'place' AND h.term >= ")
        .bind(room)
        .push(" AND h.term < ")
        .bind(after(room).as_str());
    read.all_of(sql.push(" WHERE {scope:n} ORDER BY h.term, o.place LIMIT ").bind(limit)).await
}

/// What a home's line in the results says.
pub(super) struct HomeRow {
    pub id: Uuid,
    pub site: SiteId,
    pub code: String,
    pub name: String,
    pub kind: String,
    pub area: Option<values::Area>,
    pub holder: Option<String>,
    pub tenants: i64,
    pub people: i64,
    pub open_orders: i64,
    pub sort: i64,
}
impl FromRow for HomeRow {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        Ok(Self {
            id: row.get("id")?,
            site: row.get("site")?,
            code: row.get("code")?,
            name: row.get("name")?,
            kind: row.get("kind")?,
            area: row.get("area")?,
            holder: row.get("holder")?,
            tenants: row.get("tenants")?,
            people: row.get("people")?,
            open_orders: row.get("open_orders")?,
            sort: row.get("sort")?,
        })
    }
}

pub(super) async fn homes(read: &mut Read, ids: &[Uuid], today: values::Day) -> Result<HashMap<Uuid, HomeRow>, Error> {
    let sql = Sql::new("SELECT p.id, p.site, p.code, p.name, p.kind, p.area, p.sort, ");
    let sql = sql.push("(SELECT COUNT(*) FROM orders r WHERE r.place = p.id AND r.open = 1) AS open_orders, ");
    let sql = sql
        .push("(SELECT COUNT(*) FROM occupancies o WHERE o.place = p.id AND o.role = 'tenant' AND ")
        .push(NOW_IS)
        .bind(today)
        .push(THEN)
        .bind(today);
    let sql = sql
        .push(")) AS tenants, (SELECT COUNT(*) FROM occupancies o WHERE o.place = p.id AND ")
        .push(NOW_IS)
        .bind(today)
        .push(THEN)
        .bind(today);
    let sql = sql.push(")) AS people, (SELECT y.name FROM occupancies o JOIN parties y ON y.id = o.party WHERE o.place = p.id AND o.role = 'owner' AND ");
    let sql = sql
        .push(NOW_IS)
        .bind(today)
        .push(THEN)
        .bind(today)
        .push(") ORDER BY o.from_day DESC LIMIT 1) AS holder FROM places p WHERE p.id IN ")
        .list(ids);
    let rows: Vec<HomeRow> = read.all_of(sql.push(" AND p.closed IS NULL AND {scope:p} ORDER BY p.sort, p.id")).await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

const NOW_IS: &str = "o.from_day <= ";
const THEN: &str = " AND (o.to_day IS NULL OR o.to_day > ";

/// A person's line: one row a home.
pub(super) struct PersonRow {
    pub id: Uuid,
    pub site: SiteId,
    pub name: String,
    pub phone: Option<values::Phone>,
    pub code: Option<String>,
    pub role: Option<String>,
    pub to: Option<values::Day>,
}
impl FromRow for PersonRow {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        Ok(Self {
            id: row.get("id")?,
            site: row.get("site")?,
            name: row.get("name")?,
            phone: row.get("phone")?,
            code: row.get("code")?,
            role: row.get("role")?,
            to: row.get("to_day")?,
        })
    }
}

/// People with their homes at these sites; present homes first.
pub(super) async fn people(read: &mut Read, ids: &[Uuid], sites: &[SiteId]) -> Result<Vec<PersonRow>, Error> {
    let sql = Sql::new(
        "SELECT y.id, o.site, y.name, p.code, o.role, o.to_day, (SELECT MIN(f.phone) FROM phones f WHERE f.party = y.id AND f.rank = 0) AS phone ",
    );
    let sql = sql
        .push("FROM parties y JOIN occupancies o ON o.party = y.id JOIN places p ON p.id = o.place WHERE y.id IN ")
        .list(ids);
    let sql = sql.push(" AND o.site IN ").list(sites);
    read.all_of(sql.push(" AND {scope:o} ORDER BY CASE WHEN o.to_day IS NULL THEN 0 ELSE 1 END, p.sort, y.id")).await
}

pub(super) struct OrderRow {
    pub id: Uuid,
    pub site: SiteId,
    pub number: String,
    pub title: String,
    pub state: String,
    pub open: bool,
    pub code: Option<String>,
}
impl FromRow for OrderRow {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        Ok(Self {
            id: row.get("id")?,
            site: row.get("site")?,
            number: row.get("number")?,
            title: row.get("title")?,
            state: row.get("state")?,
            open: row.get("open")?,
            code: row.get("code")?,
        })
    }
}

pub(super) async fn orders(read: &mut Read, ids: &[Uuid]) -> Result<Vec<OrderRow>, Error> {
    let sql = Sql::new("SELECT r.id, r.site, r.number, r.title, r.state, r.open, p.code FROM orders r LEFT JOIN places p ON p.id = r.place WHERE {scope:r} AND r.id IN ").list(ids);
    read.all_of(sql.push(" ORDER BY r.open DESC, r.reported DESC, r.id")).await
}

/// The newest orders of one home: open ones first.
pub(super) async fn orders_at(read: &mut Read, place: Uuid, limit: i64) -> Result<Vec<OrderRow>, Error> {
    let sql = "SELECT r.id, r.site, r.number, r.title, r.state, r.open, p.code FROM orders r LEFT JOIN places p ON p.id = r.place \
               WHERE r.place = $1 AND {scope:r} ORDER BY r.open DESC, r.reported DESC, r.id LIMIT $2";
    read.all(sql, (place, limit)).await
}
