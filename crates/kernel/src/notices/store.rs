use db::{DbError, FromRow, Row, Sql};
use values::Moment;

use super::{Audience, HomeRole, Notice, NoticeId, NoticeKind, Reach, Reader, Where, reaches, rules};
use crate::{Error, PartyId, PlaceId, Read, SiteId};

const COLUMNS: &str = "SELECT n.id, n.site, n.kind, n.title, n.body, n.audience, n.outage, n.starts, n.planned_end, n.ended, \
     n.published, p.name AS by_name, ";
/// Nobody's page needs more than the newest of these.
const NEWEST: i64 = 200;

pub async fn by_id(read: &mut Read, id: NoticeId) -> Result<Notice, Error> {
    let sql = Sql::new(COLUMNS)
        .push("NULL AS read_at FROM notices n JOIN parties p ON p.id = n.by_party WHERE {scope:n} AND n.id = ");
    read.all_of(sql.bind(id).push(" ORDER BY n.id")).await?.into_iter().next().ok_or(Error::Missing)
}

/// The newest notices of a site, or those of one kind.
pub async fn list(read: &mut Read, site: SiteId, kind: Option<NoticeKind>) -> Result<Vec<Notice>, Error> {
    let sql = Sql::new(COLUMNS)
        .push("NULL AS read_at FROM notices n JOIN parties p ON p.id = n.by_party WHERE {scope:n} AND n.site = ");
    let sql = sql.bind(site).when(" AND n.kind = ", kind.map(NoticeKind::as_str));
    read.all_of(sql.push(" ORDER BY n.published DESC, n.id DESC LIMIT ").bind(NEWEST)).await
}

struct Spot(Where);
impl FromRow for Spot {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        let role: Option<String> = row.get("role")?;
        let role = role.and_then(|role| HomeRole::ALL.into_iter().find(|known| known.as_str() == role));
        Ok(Self(Where { building: row.get("building")?, stair: row.get("stair")?, role }))
    }
}

/// What a resident sees: published notices for any of the homes, the newest first, with when this person read each.
pub async fn at_home(read: &mut Read, party: PartyId) -> Result<Vec<Notice>, Error> {
    let today = values::Zone::default().day(read.now());
    let homes = "SELECT u.building, u.stair, o.role FROM occupancies o JOIN places u ON u.id = o.place WHERE o.party = $1 AND {scope:o} \
                 AND o.from_day <= $2 AND (o.to_day IS NULL OR o.to_day > $2) ORDER BY o.id";
    let homes: Vec<Spot> = read.all(homes, (party, today)).await?;
    let sql = Sql::new(COLUMNS).push(
        "r.read_at FROM notices n JOIN parties p ON p.id = n.by_party LEFT JOIN notice_readers r ON r.notice = n.id AND r.party = ",
    );
    let sql = sql.bind(party).push(" WHERE {scope:n} ORDER BY n.published DESC, n.id DESC LIMIT ").bind(NEWEST);
    let all: Vec<Notice> = read.all_of(sql).await?;
    Ok(all.into_iter().filter(|notice| homes.iter().any(|home| reaches(&notice.audience, &home.0))).collect())
}

/// Outages that go on now at a site.
pub async fn running_outages(read: &mut Read, site: SiteId) -> Result<Vec<Notice>, Error> {
    let now = read.now();
    let sql = Sql::new(COLUMNS)
        .push("NULL AS read_at FROM notices n JOIN parties p ON p.id = n.by_party WHERE {scope:n} AND n.site = ");
    let sql = sql.bind(site).push(" AND n.kind = 'outage' AND n.ended IS NULL AND n.starts <= ").bind(now);
    read.all_of(sql.push(" ORDER BY n.starts, n.id")).await
}

/// The outage that a report from `place` belongs to, if one goes on there for this category.
pub async fn outage_for(
    read: &mut Read,
    site: SiteId,
    place: Option<PlaceId>,
    category: Option<&str>,
) -> Result<Option<Notice>, Error> {
    let running = running_outages(read, site).await?;
    if running.is_empty() {
        return Ok(None);
    }
    let spot = match place {
        Some(place) => spot_of(read, place).await?,
        None => Where { building: None, stair: None, role: None },
    };
    let fits = |notice: &Notice| {
        category.is_none_or(|category| notice.categories.is_empty() || rules::fits(&notice.categories, category))
    };
    Ok(running.into_iter().find(|notice| fits(notice) && reaches(&notice.audience, &spot)))
}

async fn spot_of(read: &mut Read, place: PlaceId) -> Result<Where, Error> {
    // A building or a stair is its own.
    let sql = "SELECT CASE WHEN kind = 'building' THEN id ELSE building END AS building, CASE WHEN kind = 'stair' THEN id ELSE stair END AS stair, \
               CAST(NULL AS TEXT) AS role FROM places WHERE id = $1 AND {scope}";
    Ok(read.opt::<Spot>(sql, (place,)).await?.map_or(Where { building: None, stair: None, role: None }, |spot| spot.0))
}

/// Narrows occupancies with the building and the stair of their homes to an audience.
pub(super) fn audience_of(sql: Sql, audience: &Audience) -> Sql {
    let roles: Vec<&str> = audience.roles.iter().map(|role| role.as_str()).collect();
    let sql = match (audience.buildings.is_empty(), audience.stairs.is_empty()) {
        (true, true) => sql,
        _ => sql
            .push(" AND (building IN ")
            .list(&audience.buildings)
            .push(" OR stair IN ")
            .list(&audience.stairs)
            .push(")"),
    };
    if roles.is_empty() { sql } else { sql.push(" AND role IN ").list(&roles) }
}

pub(super) fn today(at: Moment) -> values::Day {
    values::Zone::default().day(at)
}

impl FromRow for Reach {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        Ok(Self { people: row.get("people")?, reachable: row.get("reachable")?, read: row.get("was_read")? })
    }
}

/// Counts an audience; `notice` none counts before publishing.
pub async fn reach(
    read: &mut Read,
    site: SiteId,
    audience: &Audience,
    notice: Option<NoticeId>,
) -> Result<Reach, Error> {
    let day = today(read.now());
    let sql = Sql::new(
        "SELECT count(DISTINCT o.party) AS people, count(DISTINCT a.party) AS reachable, count(DISTINCT r.party) AS was_read \
         FROM occupancies o JOIN places u ON u.id = o.place LEFT JOIN accounts a ON a.party = o.party AND a.disabled = 0 \
         LEFT JOIN notice_readers r ON r.party = o.party AND r.notice = ",
    );
    let sql = sql.bind(notice).push(" WHERE {scope:o} AND o.site = ").bind(site).push(" AND o.from_day <= ").bind(day);
    let sql = audience_of(sql.push(" AND (o.to_day IS NULL OR o.to_day > ").bind(day).push(")"), audience);
    read.all_of(sql).await?.into_iter().next().ok_or(Error::Missing)
}

impl FromRow for Reader {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        Ok(Self { party: row.get("party")?, name: row.get("name")?, home: row.get("home")? })
    }
}

/// Those of the audience who have not read it, by home: the list that is printed (at most 5,000).
pub async fn not_reached(read: &mut Read, notice: &Notice) -> Result<Vec<Reader>, Error> {
    let day = today(read.now());
    let sql = Sql::new(
        "SELECT o.party, p.name, u.code AS home FROM occupancies o JOIN places u ON u.id = o.place JOIN parties p ON p.id = o.party \
         LEFT JOIN notice_readers r ON r.party = o.party AND r.notice = ",
    );
    let sql = sql.bind(notice.id).push(" WHERE {scope:o} AND r.party IS NULL AND o.site = ").bind(notice.site);
    let sql =
        sql.push(" AND o.from_day <= ").bind(day).push(" AND (o.to_day IS NULL OR o.to_day > ").bind(day).push(")");
    read.all_of(audience_of(sql, &notice.audience).push(" ORDER BY u.sort, u.code, p.name LIMIT 5000")).await
}
