//! What the field face reads beside the kernel's own lists.

use std::collections::HashMap;

use db::{DbError, FromRow, Row, Sql};
use kernel::{
    Error, PartyId, PlaceId, Read, Site,
    orders::{Line, Number, Order},
    places::{self, Place},
    sites,
};
use serde::Serialize;
use values::{Day, Id, Phone};

/// The order behind a number at the sites in scope; one's own before another site's of the same number.
pub(super) async fn order(read: &mut Read, number: Number, me: Option<PartyId>) -> Result<Id<Order>, Error> {
    let sql = "SELECT o.id AS value FROM orders o WHERE o.number = $1 AND {scope:o} \
               ORDER BY CASE WHEN o.assignee = $2 THEN 0 ELSE 1 END, o.reported DESC, o.id LIMIT 1";
    read.opt(sql, (number, me)).await?.ok_or(Error::Missing)
}

/// The site of each order, by name; asked only for those who work at several.
pub(super) async fn site_names(read: &mut Read, lines: &[Line]) -> Result<Named, Error> {
    let mut names = Named::new();
    if lines.is_empty() || sites::visible(read).await?.len() < 2 {
        return Ok(names);
    }
    let ids: Vec<Id<Order>> = lines.iter().map(|line| line.id).collect();
    let sql = Sql::new("SELECT o.id, s.name FROM orders o JOIN sites s ON s.id = o.site WHERE {scope:o} AND o.id IN ");
    let rows: Vec<NamedRow> = read.all_of(sql.list(&ids).push(" ORDER BY o.id")).await?;
    names.extend(rows.into_iter().map(|row| (row.0, row.1)));
    Ok(names)
}

/// Names of sites by order; empty for somebody who works at one.
pub(super) type Named = HashMap<Id<Order>, String>;

struct NamedRow(Id<Order>, String);
impl FromRow for NamedRow {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        Ok(Self(row.get("id")?, row.get("name")?))
    }
}

/// A place as its label and its people name it.
#[derive(Serialize)]
pub(super) struct Label {
    /// What the QR label says, apart from our address.
    pub qr: String,
    pub code: String,
    pub name: String,
    /// Code of the site.
    pub site: String,
}

impl FromRow for Label {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        Ok(Self { qr: row.get("qr")?, code: row.get("code")?, name: row.get("name")?, site: row.get("site")? })
    }
}

/// The labels of the sites in scope, `most` at most.
pub(super) async fn labels(read: &mut Read, most: i64) -> Result<Vec<Label>, Error> {
    let sql = "SELECT p.qr, p.code, p.name, (SELECT s.code FROM sites s WHERE s.id = p.site) AS site FROM places p \
               WHERE {scope:p} AND p.closed IS NULL ORDER BY p.site, p.sort, p.id LIMIT $1";
    read.all(sql, (most,)).await
}

/// Where each of these orders is.
pub(super) async fn labels_of(read: &mut Read, lines: &[Line]) -> Result<HashMap<Id<Order>, Label>, Error> {
    if lines.is_empty() {
        return Ok(HashMap::new());
    }
    let ids: Vec<Id<Order>> = lines.iter().map(|line| line.id).collect();
    let sql = Sql::new(
        "SELECT o.id, p.qr, p.code, p.name, s.code AS site FROM orders o JOIN places p ON p.id = o.place \
         JOIN sites s ON s.id = o.site WHERE {scope:o} AND o.id IN ",
    );
    let rows: Vec<OfOrder> = read.all_of(sql.list(&ids).push(" ORDER BY o.id")).await?;
    Ok(rows.into_iter().map(|row| (row.0, row.1)).collect())
}

struct OfOrder(Id<Order>, Label);
impl FromRow for OfOrder {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        Ok(Self(row.get("id")?, Label::from_row(row)?))
    }
}

/// The place with this code at the sites in scope. Errors: `Missing`.
pub(super) async fn place(read: &mut Read, code: &str) -> Result<(Site, Place), Error> {
    for site in sites::visible(read).await? {
        match places::by_code(read, site.id, code).await {
            Ok(place) => return Ok((site, place)),
            Err(Error::Missing) => {}
            Err(cause) => return Err(cause),
        }
    }
    Err(Error::Missing)
}

/// Somebody of a household today.
pub(super) struct Dweller {
    pub name: String,
    /// `owner`, `tenant` …
    pub role: String,
    pub phone: Option<Phone>,
}

impl FromRow for Dweller {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        Ok(Self { name: row.get("name")?, role: row.get("role")?, phone: row.get("phone")? })
    }
}

/// Who lives at `place` or owns it on `day`, owners first.
pub(super) async fn household(read: &mut Read, place: PlaceId, day: Day) -> Result<Vec<Dweller>, Error> {
    let sql = "SELECT p.name, o.role, (SELECT t.phone FROM phones t WHERE t.party = p.id ORDER BY t.rank, t.phone LIMIT 1) AS phone \
               FROM occupancies o JOIN parties p ON p.id = o.party WHERE o.place = $1 AND {scope:o} AND o.from_day <= $2 \
               AND (o.to_day IS NULL OR o.to_day > $2) \
               ORDER BY CASE o.role WHEN 'owner' THEN 0 WHEN 'co_owner' THEN 1 WHEN 'tenant' THEN 2 ELSE 3 END, o.from_day, o.id LIMIT 50";
    read.all(sql, (place, day)).await
}

/// The open orders of the buildings, stairs and homes that a steward holds, the most urgent first.
pub(super) async fn of_places(read: &mut Read, held: &[PlaceId]) -> Result<Vec<Id<Order>>, Error> {
    let sql =
        Sql::new("SELECT o.id AS value FROM orders o WHERE {scope:o} AND o.open = 1 AND (o.building IN ").list(held);
    let sql = sql.push(" OR o.stair IN ").list(held).push(" OR o.place IN ").list(held);
    read.all_of(sql.push(") ORDER BY o.next_due, o.id LIMIT 200")).await
}
