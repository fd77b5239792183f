//! The homes of the resident who asks, and the one they look at.

use db::{DbError, FromRow, Row, Sql};
use kernel::{Error, PlaceId, Read, Site, SiteId, sites};
use serde::Deserialize;
use values::Phone;
use web::Ask;

/// Remembers the home that was chosen last, on this browser only.
pub(super) const HOME_COOKIE: &str = "anju-home";

/// A home that the caller owns or lives in today.
#[derive(Clone, Debug)]
pub(super) struct Home {
    pub place: PlaceId,
    pub site: SiteId,
    /// `3-1-1201`
    pub code: String,
    pub building: Option<PlaceId>,
    pub stair: Option<PlaceId>,
}

impl Home {
    /// Where something in common parts is, as far as this home can tell: its stair, else its building.
    pub fn common_part(&self) -> PlaceId {
        self.stair.or(self.building).unwrap_or(self.place)
    }
}

impl FromRow for Home {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        Ok(Self {
            place: row.get("id")?,
            site: row.get("site")?,
            code: row.get("code")?,
            building: row.get("building")?,
            stair: row.get("stair")?,
        })
    }
}

#[derive(Default, Deserialize)]
struct Choice {
    home: Option<String>,
}

/// The caller's homes, at least one, and which of them is meant.
pub(super) struct Homes {
    pub all: Vec<Home>,
    pub chosen: Home,
    pub site: Site,
}

/// By `?home=`, else as chosen last, else the first. `None` for somebody who has no home yet.
pub(super) async fn of(ask: &Ask, read: &mut Read) -> Result<Option<Homes>, Error> {
    let asked = ask.query::<Choice>().unwrap_or_default().home.or_else(|| ask.cookie(HOME_COOKIE));
    choose(ask, read, asked.as_deref()).await
}

/// The home that a form names. Errors: `Missing` for one that is not the caller's.
pub(super) async fn named(ask: &Ask, read: &mut Read, id: &str) -> Result<Homes, Error> {
    let homes = choose(ask, read, Some(id)).await?.ok_or(Error::Missing)?;
    if homes.chosen.place.to_string() == id { Ok(homes) } else { Err(Error::Missing) }
}

async fn choose(ask: &Ask, read: &mut Read, asked: Option<&str>) -> Result<Option<Homes>, Error> {
    let ids: Vec<PlaceId> = ask.caller.homes.iter().map(|home| home.place).collect();
    let sql = Sql::new("SELECT id, site, code, building, stair FROM places WHERE {scope} AND id IN ").list(&ids);
    let all: Vec<Home> = read.all_of(sql.push(" ORDER BY sort, code, id")).await?;
    let chosen = all.iter().find(|home| Some(home.place.to_string().as_str()) == asked).or(all.first()).cloned();
    let Some(chosen) = chosen else { return Ok(None) };
    let site = sites::by_id(read, chosen.site).await?;
    Ok(Some(Homes { all, chosen, site }))
}

/// The caller's own number, to say which one we will ring.
pub(super) async fn own_phone(ask: &Ask, read: &mut Read) -> Result<Option<Phone>, Error> {
    let Some(party) = ask.caller.party() else { return Ok(None) };
    let sql = "SELECT phone AS value FROM phones WHERE party = $1 ORDER BY rank, phone LIMIT 1";
    Ok(read.opt::<String>(sql, (party,)).await?.and_then(|phone| phone.parse().ok()))
}
