//! How places are kept.

use db::{Sql, ToValue, Value};
use values::{Day, Moment};

use super::{BuildingLine, NewPlace, Place, PlaceKind, UnitLine, code, model};
use crate::{Batch, Error, House, PlaceId, Read, SiteId, Tx};

const COLUMNS: &str = "p.id, p.site, p.parent, p.kind, p.code, p.key, p.name, p.building, p.stair, p.floor, p.position, p.area, \
    p.inside_area, p.use_kind, p.delivered, p.qr, p.sort, p.closed, p.version";

fn select() -> Sql {
    Sql::new("SELECT ").push(COLUMNS).push(" FROM places p ")
}

/// Errors: `Missing` for a place of a site that the caller may not see.
pub async fn by_id(read: &mut Read, id: PlaceId) -> Result<Place, Error> {
    let sql = select().push("WHERE p.id = ").bind(id).push(" AND {scope:p} ORDER BY p.id");
    read.all_of(sql).await?.into_iter().next().ok_or(Error::Missing)
}

/// The place whose code compares equal: `3-1-01201` is `3-1-1201`.
pub async fn by_code(read: &mut Read, site: SiteId, typed: &str) -> Result<Place, Error> {
    let sql = select()
        .push("WHERE p.site = ")
        .bind(site)
        .push(" AND p.key = ")
        .bind(code::key(typed))
        .push(" AND {scope:p} ORDER BY p.id");
    read.all_of(sql).await?.into_iter().next().ok_or(Error::Missing)
}

/// The place whose label was scanned, at a site that the caller may see.
pub async fn by_qr(read: &mut Read, qr: &str) -> Result<Place, Error> {
    let sql = select().push("WHERE p.qr = ").bind(qr).push(" AND p.closed IS NULL AND {scope:p} ORDER BY p.id");
    read.all_of(sql).await?.into_iter().next().ok_or(Error::Missing)
}

pub async fn by_ids(read: &mut Read, ids: &[PlaceId]) -> Result<Vec<Place>, Error> {
    let sql = select().push("WHERE p.id IN ").list(ids).push(" AND {scope:p} ORDER BY p.sort, p.key");
    read.all_of(sql).await
}

/// What stands directly below `parent`; the top of the site's tree for none.
pub async fn children(read: &mut Read, site: SiteId, parent: Option<PlaceId>) -> Result<Vec<Place>, Error> {
    let sql = select().push("WHERE p.site = ").bind(site);
    let sql = match parent {
        Some(parent) => sql.push(" AND p.parent = ").bind(parent),
        None => sql.push(" AND p.parent IS NULL"),
    };
    read.all_of(sql.push(" AND {scope:p} ORDER BY p.sort, p.key")).await
}

/// Everything of the site but homes, parking and the like: the tree as the editor shows it.
pub async fn frame(read: &mut Read, site: SiteId) -> Result<Vec<Place>, Error> {
    let kinds: Vec<&str> =
        PlaceKind::ALL.iter().filter(|kind| !kind.is_exclusive()).map(|kind| kind.as_str()).collect();
    let sql = select().push("WHERE p.site = ").bind(site).push(" AND p.kind IN ").list(&kinds);
    read.all_of(sql.push(" AND {scope:p} ORDER BY p.sort, p.key")).await
}

/// The exclusive parts of a building, in the order of stairs, floors and positions.
pub async fn units(read: &mut Read, site: SiteId, building: PlaceId) -> Result<Vec<Place>, Error> {
    let sql = select().push("WHERE p.site = ").bind(site).push(" AND p.building = ").bind(building);
    read.all_of(sql.push(" AND p.kind IN ('unit', 'shop', 'parking', 'storage') AND p.closed IS NULL AND {scope:p} ORDER BY p.sort, p.key")).await
}

/// Which exclusive parts a list is about.
#[derive(Clone, Debug, Default)]
pub struct UnitFilter {
    pub building: Option<PlaceId>,
    pub kind: Option<PlaceKind>,
    /// Only these, whatever else is asked.
    pub after: Option<(i64, PlaceId)>,
    /// No more than this; none for all.
    pub limit: Option<i64>,
}

/// Homes with today's state and open orders, in one statement: `(sort, id)` is the cursor. Who lives there is counted for
/// the homes of the page alone.
pub async fn unit_lines(
    read: &mut Read,
    site: SiteId,
    today: Day,
    filter: &UnitFilter,
) -> Result<Vec<UnitLine>, Error> {
    let sql = Sql::new(
        "SELECT h.id, h.kind, h.code, h.building, h.stair, h.floor, h.position, h.area, h.delivered, h.sort, \
         (SELECT COUNT(*) FROM occupancies o WHERE o.place = h.id AND o.role = 'tenant' AND o.from_day <= ",
    );
    let sql = sql.bind(today).push(" AND (o.to_day IS NULL OR o.to_day > ").bind(today).push(")) AS tenants, ");
    let sql = sql.push("(SELECT COUNT(*) FROM occupancies o WHERE o.place = h.id AND o.from_day <= ").bind(today);
    let sql = sql.push(" AND (o.to_day IS NULL OR o.to_day > ").bind(today).push(")) AS people, ");
    let sql = sql.push("(SELECT COUNT(*) FROM orders r WHERE r.place = h.id AND r.open = 1) AS open_orders FROM (SELECT * FROM places p WHERE p.site = ").bind(site);
    let sql =
        sql.when(" AND p.building = ", filter.building).when(" AND p.kind = ", filter.kind.map(PlaceKind::as_str));
    let sql = sql.push(" AND p.kind IN ('unit', 'shop', 'parking', 'storage') AND p.closed IS NULL AND {scope:p}");
    let sql = match filter.after {
        Some((sort, id)) => sql
            .push(" AND (p.sort > ")
            .bind(sort)
            .push(" OR (p.sort = ")
            .bind(sort)
            .push(" AND p.id > ")
            .bind(id)
            .push("))"),
        None => sql,
    };
    let sql = sql.push(" ORDER BY p.sort, p.id").when(" LIMIT ", filter.limit);
    read.all_of(sql.push(") h ORDER BY h.sort, h.id")).await
}

/// 房态图: all homes of a building in one statement.
pub async fn matrix(read: &mut Read, site: SiteId, building: PlaceId, today: Day) -> Result<Vec<UnitLine>, Error> {
    unit_lines(read, site, today, &UnitFilter { building: Some(building), ..UnitFilter::default() }).await
}

/// The site's buildings (and what else holds homes) with counts of today.
pub async fn buildings(read: &mut Read, site: SiteId, today: Day) -> Result<Vec<BuildingLine>, Error> {
    let sql = "SELECT b.id, b.kind, b.code, b.name, \
        (SELECT COUNT(*) FROM places s WHERE s.building = b.id AND s.kind = 'stair' AND s.closed IS NULL) AS stairs, \
        COUNT(u.id) AS units, CAST(SUM(u.area) AS BIGINT) AS area, \
        COUNT(CASE WHEN EXISTS (SELECT 1 FROM occupancies o WHERE o.place = u.id AND o.from_day <= $2 AND (o.to_day IS NULL OR o.to_day > $2)) THEN 1 END) AS occupied, \
        COUNT(CASE WHEN u.delivered <= $2 THEN 1 END) AS delivered, \
        (SELECT COUNT(*) FROM orders r WHERE r.building = b.id AND r.open = 1) AS open_orders \
        FROM places b LEFT JOIN places u ON u.building = b.id AND u.kind IN ('unit', 'shop', 'parking', 'storage') AND u.closed IS NULL \
        WHERE b.site = $1 AND b.kind IN ('building', 'garage') AND b.closed IS NULL AND {scope:b} GROUP BY b.id, b.kind, b.code, b.name, b.sort ORDER BY b.sort, b.code";
    read.all(sql, (site, today)).await
}

/// Places whose search terms are exactly one of these.
pub(super) async fn by_terms(read: &mut Read, site: SiteId, term: &str, limit: i64) -> Result<Vec<Place>, Error> {
    let sql = select()
        .push("JOIN terms t ON t.subject = p.id WHERE t.kind = 'place' AND t.site = ")
        .bind(site)
        .push(" AND t.term = ")
        .bind(term);
    read.all_of(sql.push(" AND p.closed IS NULL AND {scope:p} ORDER BY t.weight, p.sort, p.key LIMIT ").bind(limit))
        .await
}

const INSERT: &str = "INSERT INTO places (id, site, parent, kind, code, key, name, building, stair, floor, position, area, inside_area, \
    use_kind, delivered, qr, sort, made, version)";

/// Rows for new places, in few statements. Ids in the same order.
pub(super) async fn insert(tx: &mut Tx, site: SiteId, new: &[NewPlace]) -> Result<Vec<PlaceId>, Error> {
    let ids = tx.ids(new.len());
    rows(tx.house(), tx.now(), site, ids.iter().copied().zip(new)).write(tx).await?;
    Ok(ids)
}

pub(super) fn rows<'a>(
    house: &House,
    now: Moment,
    site: SiteId,
    new: impl Iterator<Item = (PlaceId, &'a NewPlace)>,
) -> Batch {
    let mut batch = Batch::default();
    batch.add(INSERT, new.map(|(id, new)| row_of(house, now, site, id, new)).collect());
    batch
}

fn row_of(house: &House, now: Moment, site: SiteId, id: PlaceId, new: &NewPlace) -> Vec<Value> {
    let name = if new.name.is_empty() { new.code.as_str() } else { new.name.as_str() };
    let qr = model::qr_token(house.chance());
    vec![
        id.to_value(),
        site.to_value(),
        new.parent.to_value(),
        new.kind.as_str().to_value(),
        new.code.to_value(),
        code::key(&new.code).to_value(),
        name.to_value(),
        new.building.to_value(),
        new.stair.to_value(),
        new.floor.to_value(),
        new.position.to_value(),
        new.area.to_value(),
        new.inside_area.to_value(),
        new.use_kind.to_value(),
        new.delivered.to_value(),
        qr.to_value(),
        new.sort.to_value(),
        now.to_value(),
        1i64.to_value(),
    ]
}

/// Which of these keys are in use at the site.
pub(super) async fn taken(read: &mut Read, site: SiteId, keys: &[String]) -> Result<Vec<String>, Error> {
    let mut taken = Vec::new();
    for part in keys.chunks(2_000) {
        let sql = Sql::new("SELECT key AS value FROM places WHERE site = ")
            .bind(site)
            .push(" AND key IN ")
            .list(part)
            .push(" ORDER BY key");
        taken.extend(read.all_of::<String>(sql).await?);
    }
    Ok(taken)
}

/// Does anybody live here from `day` on, is there open work, is there anything below?
pub(super) async fn burdens(read: &mut Read, place: PlaceId, day: Day) -> Result<(bool, bool, bool), Error> {
    let lived: i64 = one(
        read,
        "SELECT COUNT(*) AS value FROM occupancies WHERE {scope} AND place = $1 AND (to_day IS NULL OR to_day > $2)",
        (place, day),
    )
    .await?;
    let work: i64 =
        one(read, "SELECT COUNT(*) AS value FROM orders WHERE {scope} AND place = $1 AND open = 1", (place,)).await?;
    let below: i64 =
        one(read, "SELECT COUNT(*) AS value FROM places WHERE {scope} AND parent = $1 AND closed IS NULL", (place,))
            .await?;
    Ok((lived > 0, work > 0, below > 0))
}

async fn one(read: &mut Read, sql: &'static str, params: impl db::Params) -> Result<i64, Error> {
    read.one(sql, params).await
}
