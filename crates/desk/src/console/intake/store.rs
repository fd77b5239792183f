use db::Sql;
use kernel::{Error, PlaceId, Read, SiteId, orders::Order, places::Typed};
use values::{Day, Id};

use super::model::{Neighbour, Occupant, Spot};

const SPOTS: &str = "SELECT id, code, name, kind, area, floor FROM places WHERE {scope} AND closed IS NULL AND site = ";
/// More than these are not worth a choice: the code must be typed further.
const MOST: i64 = 7;

/// The places that `typed` can mean: the one with this code, else homes that it abbreviates, else common parts by name.
pub async fn spots(read: &mut Read, site: SiteId, typed: &str) -> Result<Vec<Spot>, Error> {
    if let Some(code) = Typed::read(typed) {
        let exact: Vec<Spot> = read
            .all_of(Sql::new(SPOTS).bind(site).push(" AND key = ").bind(code.key.as_str()).push(" ORDER BY sort, code"))
            .await?;
        if !exact.is_empty() {
            return Ok(exact);
        }
        if let Some(pattern) = abbreviated(&code.key) {
            let homes = Sql::new(SPOTS)
                .bind(site)
                .push(" AND key LIKE ")
                .bind(pattern)
                .push(" ORDER BY sort, code LIMIT ")
                .bind(MOST);
            let homes: Vec<Spot> = read.all_of(homes).await?;
            if !homes.is_empty() {
                return Ok(homes);
            }
        }
    }
    let part = format!("%{}%", typed.trim().replace('!', "!!").replace('%', "!%").replace('_', "!_"));
    let sql = Sql::new(SPOTS)
        .bind(site)
        .push(" AND kind NOT IN ('unit', 'parking', 'storage') AND (name LIKE ")
        .bind(part.as_str());
    read.all_of(
        sql.push(" ESCAPE '!' OR code LIKE ")
            .bind(part.as_str())
            .push(" ESCAPE '!') ORDER BY sort, code LIMIT ")
            .bind(MOST),
    )
    .await
}

/// `101` is any home of that room, `1-101` one of building 1 whatever its stair.
fn abbreviated(key: &str) -> Option<String> {
    let parts: Vec<&str> = key.split('-').collect();
    match parts.as_slice() {
        [room] if room.len() >= 3 => Some(format!("%-{room}")),
        [building, room] => Some(format!("{building}-%-{room}")),
        _ => None,
    }
}

/// Who lives there or owns it on `day`, owners first.
pub async fn occupants(read: &mut Read, place: PlaceId, day: Day) -> Result<Vec<Occupant>, Error> {
    let sql = "SELECT o.party, p.name, o.role, (SELECT f.phone FROM phones f WHERE f.party = o.party AND f.rank = 0) AS phone \
               FROM occupancies o JOIN parties p ON p.id = o.party WHERE {scope:o} AND o.place = $1 AND o.from_day <= $2 \
               AND (o.to_day IS NULL OR o.to_day > $2) \
               ORDER BY CASE o.role WHEN 'owner' THEN 0 WHEN 'co_owner' THEN 1 WHEN 'tenant' THEN 2 ELSE 3 END, p.name, o.party LIMIT 20";
    read.all(sql, (place, day)).await
}

const NEIGHBOURS: &str = "SELECT o.id, o.number, o.state, o.title, o.reporter_name, o.reported, p.code AS place_code \
     FROM orders o LEFT JOIN places p ON p.id = o.place WHERE {scope:o} AND ";

/// What is open at a place, the newest first, without `but`.
pub async fn open_at(read: &mut Read, place: PlaceId, but: Option<Id<Order>>) -> Result<Vec<Neighbour>, Error> {
    let sql = Sql::new(NEIGHBOURS).push("o.open = 1 AND o.place = ").bind(place).when(" AND o.id <> ", but);
    read.all_of(sql.push(" ORDER BY o.reported DESC, o.id LIMIT 10")).await
}

/// The orders of these ids, the newest first.
pub async fn of_ids(read: &mut Read, ids: &[Id<Order>]) -> Result<Vec<Neighbour>, Error> {
    read.all_of(Sql::new(NEIGHBOURS).push("o.id IN ").list(ids).push(" ORDER BY o.reported DESC, o.id")).await
}
