//! How terms are kept and looked up: by ranges of their beginning, so that the index answers alone.

use std::collections::HashMap;

use db::{DbError, FromRow, Row, Sql, ToValue, Value};
use uuid::Uuid;

use super::{Kind, Term, place_terms};
use crate::{Error, Read, SiteId, Tx, batch::Batch, places::PlaceKind};

const INSERT: &str = "INSERT INTO terms (site, kind, term, subject, weight)";

/// Values in one statement.
const PART: usize = 2_000;

pub(super) fn row(site: SiteId, kind: Kind, term: &str, weight: i64, subject: Uuid) -> Vec<Value> {
    vec![site.to_value(), kind.as_str().to_value(), term.to_value(), subject.to_value(), weight.to_value()]
}

pub(super) fn rows_into(batch: &mut Batch, rows: Vec<Vec<Value>>) {
    batch.add(INSERT, rows);
}

/// What `subject` is found by at `site` from now on, in place of what it was found by `before`.
pub async fn index(
    tx: &mut Tx,
    site: SiteId,
    kind: Kind,
    subject: Uuid,
    before: &[Term],
    after: &[Term],
) -> Result<(), Error> {
    let gone: Vec<&str> = before.iter().filter(|term| !after.contains(term)).map(|term| term.text.as_str()).collect();
    if !gone.is_empty() {
        let sql = Sql::new("DELETE FROM terms WHERE site = ").bind(site).push(" AND kind = ").bind(kind.as_str());
        tx.run_of(sql.push(" AND subject = ").bind(subject).push(" AND term IN ").list(&gone)).await?;
    }
    let more: Vec<Term> = after.iter().filter(|term| !before.contains(term)).cloned().collect();
    if before.is_empty() {
        // Nobody was found by it: there is nothing to be in the way.
        let rows = more.iter().map(|term| row(site, kind, &term.text, term.weight, subject)).collect();
        return tx.insert_all(INSERT, rows).await;
    }
    index_more(tx, site, kind, &[(subject, more)]).await
}

/// Terms of subjects that may have some of them already.
pub async fn index_more(tx: &mut Tx, site: SiteId, kind: Kind, subjects: &[(Uuid, Vec<Term>)]) -> Result<(), Error> {
    let mut all: Vec<(&Term, Uuid)> =
        subjects.iter().flat_map(|(subject, terms)| terms.iter().map(|term| (term, *subject))).collect();
    all.sort_unstable();
    for part in all.chunks(PART / 5) {
        let mut sql = Sql::new(INSERT).push(" VALUES ");
        for (index, (term, subject)) in part.iter().enumerate() {
            let row = row(site, kind, &term.text, term.weight, *subject);
            sql = sql.push(if index == 0 { "" } else { ", " }).row(row);
        }
        tx.run_of(sql.push(" ON CONFLICT (site, kind, term, subject) DO NOTHING")).await?;
    }
    Ok(())
}

/// These terms are taken away.
pub async fn forget_all(tx: &mut Tx, site: SiteId, kind: Kind, subjects: &[(Uuid, Vec<Term>)]) -> Result<(), Error> {
    let mut all: Vec<(&Term, Uuid)> =
        subjects.iter().flat_map(|(subject, terms)| terms.iter().map(|term| (term, *subject))).collect();
    all.sort_unstable();
    for part in all.chunks(PART / 2) {
        let sql = Sql::new("DELETE FROM terms WHERE site = ").bind(site).push(" AND kind = ").bind(kind.as_str());
        let mut sql = sql.push(" AND (term, subject) IN (VALUES ");
        for (index, (term, subject)) in part.iter().enumerate() {
            sql = sql.push(if index == 0 { "" } else { ", " }).row(vec![term.text.to_value(), subject.to_value()]);
        }
        tx.run_of(sql.push(")")).await?;
    }
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

/// A home where somebody is registered.
struct Lived {
    place: Uuid,
    kind: PlaceKind,
    code: String,
    name: String,
}
impl FromRow for Lived {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        Ok(Self { place: row.get("place")?, kind: row.get("kind")?, code: row.get("code")?, name: row.get("name")? })
    }
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
        "SELECT o.place, p.kind, p.code, p.name FROM (SELECT site, subject FROM terms WHERE kind = 'party' AND site = ",
    );
    let sql = sql
        .bind(site)
        .push(" AND term >= ")
        .bind(name)
        .push(" AND term < ")
        .bind(after(name).as_str())
        .push(" ORDER BY term LIMIT 2000) n JOIN occupancies o ON o.party = n.subject AND o.site = n.site AND o.to_day IS NULL ")
        .push("JOIN places p ON p.id = o.place WHERE {scope:n}");
    let mut all: Vec<Match> = Vec::new();
    for Lived { place, kind, code, name } in read.all_of::<Lived>(sql).await? {
        let fits = place_terms(kind, &code, &name).into_iter().filter(|term| term.text.starts_with(room));
        all.extend(fits.map(|term| Match { subject: place, term: term.text, weight: term.weight }));
    }
    all.sort_unstable_by(|a, b| (&a.term, a.subject).cmp(&(&b.term, b.subject)));
    all.dedup_by(|a, b| (&a.term, a.subject) == (&b.term, b.subject));
    all.truncate(usize::try_from(limit).unwrap_or_default());
    Ok(all)
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
