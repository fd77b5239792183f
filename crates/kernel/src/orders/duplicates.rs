//! CSV §2: a second call about something known is offered for merging.

use db::{DbError, FromRow, Row, Sql};
use values::{Id, Moment};

use super::{
    Order, Sighting, is_duplicate,
    lines::{Line, SELECT, listed},
};
use crate::{Error, PlaceId, Read, SiteId, categories, categories::Category, places};

/// What is about to be reported, as far as it may be a second call about something known.
#[derive(Debug, Clone)]
pub struct Probe {
    pub category: String,
    pub place: PlaceId,
}

struct Seen {
    id: Id<Order>,
    place: Option<PlaceId>,
    stair: Option<PlaceId>,
    riser: Option<String>,
    reported: Moment,
}
impl FromRow for Seen {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        Ok(Self {
            id: row.get("id")?,
            place: row.get("place")?,
            stair: row.get("stair")?,
            riser: row.get("riser")?,
            reported: row.get("reported")?,
        })
    }
}

/// A place as two reports may share it.
struct Whereabouts {
    unit: Option<String>,
    stair: Option<String>,
    riser: Option<String>,
}

impl Whereabouts {
    fn of(unit: Option<PlaceId>, stair: Option<PlaceId>, riser: Option<String>) -> Self {
        Self { unit: unit.map(|id| id.to_string()), stair: stair.map(|id| id.to_string()), riser }
    }
    fn sighting<'a>(&'a self, category: &'a Category, at: Moment) -> Sighting<'a> {
        let (unit, stair, riser) = (self.unit.as_deref(), self.stair.as_deref(), self.riser.as_deref());
        Sighting { category: &category.code, common: category.may_be_common(), unit, stair, riser, at }
    }
}

/// CSV §2: open orders of the last 24 hours that may be about the same thing; offered, never merged by themselves.
pub async fn duplicates_of(read: &mut Read, site: SiteId, probe: &Probe) -> Result<Vec<Line>, Error> {
    let Ok(category) = categories::one(read, site, &probe.category).await else { return Ok(Vec::new()) };
    let place = places::by_id(read, probe.place).await?;
    let now = read.now();
    let sql = "SELECT id, place, stair, riser, reported FROM orders WHERE site = $1 AND category = $2 AND reported >= $3 AND open = 1 \
               AND {scope} ORDER BY reported DESC, id DESC LIMIT 500";
    let seen: Vec<Seen> =
        read.all(sql, (site, probe.category.as_str(), now.plus_millis(-values::DAY - values::SECOND))).await?;
    let here = Whereabouts::of(Some(place.id), place.stair, place.riser());
    let new = here.sighting(&category, now);
    let same = |one: &Seen| {
        let known = Whereabouts::of(one.place, one.stair, one.riser.clone());
        is_duplicate(&new, &known.sighting(&category, one.reported))
    };
    let ids: Vec<Id<Order>> = seen.iter().filter(|one| same(one)).map(|one| one.id).take(10).collect();
    let sql = Sql::new(SELECT).push(" WHERE {scope:o} AND o.id IN ").list(&ids);
    listed(read, sql.push(" ORDER BY o.reported DESC, o.id DESC")).await
}
