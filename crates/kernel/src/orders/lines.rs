//! Lists of orders: the most urgent first, page by page, each with its most urgent clock.

use std::collections::HashMap;

use db::{DbError, FromRow, Row, Sql};
use values::{Id, Moment};

use super::{
    Channel, Kind, Number, Order, State, Urgency,
    filter::{self, Filter, OVERDUE, UNASSIGNED, this_second},
    neighbour,
    record::NEVER,
};
use crate::{
    Error, PartyId, PlaceId, Read, SiteId, Who,
    promises::{self, Name, Promise},
    sites,
};

/// Rows of a page at most (R15).
pub const MOST_ROWS: i64 = 200;
/// Totals are exact up to here.
pub const MOST_TOTAL: i64 = 10_000;

/// One order in a list.
#[derive(Debug, Clone)]
pub struct Line {
    pub id: Id<Order>,
    pub number: Number,
    pub kind: Kind,
    pub category: String,
    pub urgency: Urgency,
    pub channel: Channel,
    pub state: State,
    pub title: String,
    pub place: Option<PlaceId>,
    /// As people call it: `3-1-1201`, 大堂.
    pub place_name: Option<String>,
    pub reporter_name: Option<String>,
    pub department: String,
    pub assignee: Option<PartyId>,
    pub assignee_name: Option<String>,
    pub reported: Moment,
    pub next_due: Option<Moment>,
    pub chased: i64,
    pub stars: Option<i64>,
    pub version: i64,
    /// The most urgent open promise, running before standing still.
    pub promise: Option<Promise>,
}

/// Where a page begins: after this limit and id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    pub due: i64,
    pub id: Id<Order>,
}

#[derive(Debug, Clone, Copy)]
pub struct Page {
    pub after: Option<Cursor>,
    /// Rows; at most `MOST_ROWS`.
    pub size: i64,
}

impl Default for Page {
    fn default() -> Self {
        Self { after: None, size: 50 }
    }
}

#[derive(Debug, Clone)]
pub struct Lines {
    pub items: Vec<Line>,
    pub next: Option<Cursor>,
    /// None: more than `MOST_TOTAL`.
    pub total: Option<i64>,
}

impl std::fmt::Display for Cursor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.due, self.id)
    }
}
impl std::str::FromStr for Cursor {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        let (due, id) = text.split_once('.').ok_or(())?;
        Ok(Self { due: due.parse().map_err(|_| ())?, id: id.parse().map_err(|_| ())? })
    }
}

impl FromRow for Line {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        let next_due: i64 = row.get("next_due")?;
        Ok(Self {
            id: row.get("id")?,
            number: row.get("number")?,
            kind: row.get("kind")?,
            category: row.get("category")?,
            urgency: row.get("urgency")?,
            channel: row.get("channel")?,
            state: row.get("state")?,
            title: row.get("title")?,
            place: row.get("place")?,
            place_name: row.get("place_name")?,
            reporter_name: row.get("reporter_name")?,
            department: row.get("department")?,
            assignee: row.get("assignee")?,
            assignee_name: row.get("assignee_name")?,
            reported: row.get("reported")?,
            next_due: (next_due < NEVER).then(|| Moment::from_millis(next_due)),
            chased: row.get("chased")?,
            stars: row.get("stars")?,
            version: row.get("version")?,
            promise: None,
        })
    }
}

pub(super) const SELECT: &str = "SELECT o.id, o.number, o.kind, o.category, o.urgency, o.channel, o.state, o.title, o.place, \
                      p.name AS place_name, o.reporter_name, o.department, o.assignee, a.name AS assignee_name, o.reported, \
                      o.next_due, o.chased, o.stars, o.version FROM orders o LEFT JOIN places p ON p.id = o.place \
                      LEFT JOIN parties a ON a.id = o.assignee";

/// A page of a site's orders: the most urgent first; what has no running clock comes last.
pub async fn lines(read: &mut Read, site: SiteId, filter: &Filter, page: &Page) -> Result<Lines, Error> {
    let (zone, now) = (sites::by_id(read, site).await?.zone, read.now());
    let size = page.size.clamp(1, MOST_ROWS);
    let mut sql = filter::conditions(Sql::new(SELECT), site, filter, &zone, now, read.caller());
    if let Some(after) = page.after {
        sql = sql.push(" AND (o.next_due, o.id) > (").bind(after.due).push(", ").bind(after.id).push(")");
    }
    let sql = sql.push(" ORDER BY o.next_due, o.id LIMIT ").bind(size + 1);
    let mut items: Vec<Line> = read.all_of(sql).await?;
    let more = i64::try_from(items.len()).unwrap_or(i64::MAX) > size;
    items.truncate(usize::try_from(size).unwrap_or(usize::MAX));
    let next = items
        .last()
        .filter(|_| more)
        .map(|last| Cursor { due: last.next_due.map_or(NEVER, Moment::millis), id: last.id });
    let total = total(read, site, filter).await?;
    with_clocks(read, &mut items).await?;
    veiled(read, &mut items).await?;
    Ok(Lines { items, next, total })
}

/// How many there are; none above ten thousand.
pub async fn total(read: &mut Read, site: SiteId, filter: &Filter) -> Result<Option<i64>, Error> {
    let (zone, now) = (sites::by_id(read, site).await?.zone, read.now());
    let sql = Sql::new("SELECT CAST(count(*) AS BIGINT) AS value FROM (SELECT 1 AS one FROM orders o");
    let sql = filter::conditions(sql, site, filter, &zone, now, read.caller())
        .push(" LIMIT ")
        .bind(MOST_TOTAL + 1)
        .push(") AS t");
    let count = read.all_of::<i64>(sql).await?.first().copied().unwrap_or(0);
    Ok((count <= MOST_TOTAL).then_some(count))
}

async fn with_clocks(read: &mut Read, items: &mut [Line]) -> Result<(), Error> {
    let ids: Vec<Id<Order>> = items.iter().map(|line| line.id).collect();
    let mut clocks: HashMap<Id<Order>, Promise> = HashMap::new();
    let now = read.now();
    let rank = |row: &Promise| (promises::is_paused(row), promises::effective_due(row, now));
    for row in promises::store::open_of(read, &ids).await? {
        let known = clocks.get(&row.order);
        if row.promise.name != Name::FollowUp && known.is_none_or(|known| rank(&row.promise) < rank(known)) {
            clocks.insert(row.order, row.promise);
        }
    }
    for line in items {
        line.promise = clocks.remove(&line.id);
    }
    Ok(())
}

/// What the views of the queue count, in one query.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    pub open: i64,
    pub new: i64,
    pub mine: i64,
    pub unassigned: i64,
    pub overdue: i64,
    pub due_soon: i64,
    pub to_verify: i64,
}

impl FromRow for Counts {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        Ok(Self {
            open: row.get("open_count")?,
            new: row.get("new_count")?,
            mine: row.get("mine_count")?,
            unassigned: row.get("unassigned_count")?,
            overdue: row.get("overdue_count")?,
            due_soon: row.get("soon_count")?,
            to_verify: row.get("verify_count")?,
        })
    }
}

/// `me`: whose orders are "mine".
pub async fn counts(read: &mut Read, site: SiteId, me: Option<PartyId>) -> Result<Counts, Error> {
    let (now, second) = (read.now(), this_second(read.now()));
    let sql = Sql::new("SELECT CAST(count(*) AS BIGINT) AS open_count, ")
        .push("CAST(coalesce(sum(CASE WHEN o.state = 'new' THEN 1 ELSE 0 END), 0) AS BIGINT) AS new_count, ")
        .push("CAST(coalesce(sum(CASE WHEN o.state = 'to_verify' THEN 1 ELSE 0 END), 0) AS BIGINT) AS verify_count, ")
        .push("CAST(coalesce(sum(CASE WHEN o.assignee = ")
        .bind(me)
        .push(" THEN 1 ELSE 0 END), 0) AS BIGINT) AS mine_count, CAST(coalesce(sum(CASE WHEN 1 = 1")
        .push(UNASSIGNED)
        .push(" THEN 1 ELSE 0 END), 0) AS BIGINT) AS unassigned_count, CAST(coalesce(sum(CASE WHEN 1 = 1")
        .push(OVERDUE)
        .bind(second)
        .push(" THEN 1 ELSE 0 END), 0) AS BIGINT) AS overdue_count, CAST(coalesce(sum(CASE WHEN o.next_soon <= ")
        .bind(now)
        .push(" AND o.next_due >= ")
        .bind(second)
        .push(" THEN 1 ELSE 0 END), 0) AS BIGINT) AS soon_count FROM orders o WHERE {scope:o} AND o.open = 1 AND o.site = ")
        .bind(site);
    Ok(read.all_of::<Counts>(sql).await?.into_iter().next().unwrap_or_default())
}

/// How many open orders of a site are past their limit: the red number of the navigation.
pub async fn overdue(read: &mut Read, site: SiteId) -> Result<i64, Error> {
    let second = this_second(read.now());
    let sql = "SELECT count(*) AS value FROM orders WHERE site = $1 AND open = 1 AND next_due < $2 AND {scope}";
    read.one(sql, (site, second)).await
}

/// Open orders at a place, newest first.
pub async fn open_of_place(read: &mut Read, place: PlaceId) -> Result<Vec<Line>, Error> {
    let sql = Sql::new(SELECT).push(" WHERE {scope:o} AND o.open = 1 AND o.place = ").bind(place);
    listed(read, sql.push(" ORDER BY o.reported DESC, o.id DESC LIMIT 50")).await
}

/// Everything open in a person's hands, over all their sites, the most urgent first.
pub async fn mine(read: &mut Read, worker: PartyId) -> Result<Vec<Line>, Error> {
    let sql = Sql::new(SELECT).push(" WHERE {scope:o} AND o.open = 1 AND o.assignee = ").bind(worker);
    listed(read, sql.push(" ORDER BY o.next_due, o.id LIMIT 200")).await
}

/// What a technician may grab now: unassigned work of their departments.
pub async fn grabbable(read: &mut Read, site: SiteId, worker: PartyId) -> Result<Vec<Line>, Error> {
    let theirs = super::standing::departments(read, site, worker).await?;
    let sql =
        Sql::new(SELECT).push(" WHERE {scope:o} AND o.site = ").bind(site).push(" AND o.department IN ").list(&theirs);
    let sql = sql.push(" AND o.open = 1 AND o.assignee IS NULL AND o.state IN ('accepted', 'reopened')");
    listed(read, sql.push(" ORDER BY o.next_due, o.id LIMIT 50")).await
}

/// What somebody reported, open first, then the newest.
pub async fn of_reporter(read: &mut Read, party: PartyId) -> Result<Vec<Line>, Error> {
    let sql = Sql::new(SELECT).push(
        " WHERE {scope:o} AND o.id IN (SELECT r.order_id FROM reporters r WHERE r.left_at IS NULL AND r.party = ",
    );
    let sql = sql.bind(party).push(") ORDER BY o.open DESC, o.reported DESC, o.id DESC LIMIT 200");
    listed(read, sql).await
}

pub(super) async fn listed(read: &mut Read, sql: Sql) -> Result<Vec<Line>, Error> {
    let mut items: Vec<Line> = read.all_of(sql).await?;
    with_clocks(read, &mut items).await?;
    veiled(read, &mut items).await?;
    Ok(items)
}

async fn veiled(read: &mut Read, items: &mut [Line]) -> Result<(), Error> {
    match read.caller().who {
        Who::Resident(party) => neighbour::veil_lines(read, party, items).await,
        Who::Staff(_) | Who::Token(_) | Who::Anonymous | Who::Program(_) => Ok(()),
    }
}
