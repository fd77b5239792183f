//! What machines send and get.

use kernel::{
    parties::{HomeRole, Occupancy, Party, PartyKind, RosterLine},
    places::{Place, PlaceKind, UnitLine, UnitState},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A list with what comes next.
#[derive(Serialize, ToSchema)]
pub struct PlaceList {
    pub items: Vec<UnitOut>,
    pub next: Option<String>,
    /// Exact to 10,000; null beyond.
    pub total: Option<i64>,
}

/// A home as lists show it.
#[derive(Serialize, ToSchema)]
pub struct UnitOut {
    pub id: String,
    pub kind: PlaceKind,
    pub code: String,
    /// m², `89.37`
    pub area: Option<String>,
    pub delivered: Option<String>,
    pub state: UnitState,
    pub open_orders: i64,
}
impl From<&UnitLine> for UnitOut {
    fn from(line: &UnitLine) -> Self {
        Self {
            id: line.id.to_string(),
            kind: line.kind,
            code: line.code.clone(),
            area: line.area.map(|area| area.to_string()),
            delivered: line.delivered.map(|day| day.to_string()),
            state: line.state,
            open_orders: line.open_orders,
        }
    }
}

/// A place of the tree.
#[derive(Serialize, Deserialize, ToSchema)]
pub struct PlaceOut {
    pub id: String,
    pub site: String,
    pub parent: Option<String>,
    pub kind: PlaceKind,
    pub code: String,
    pub name: String,
    pub building: Option<String>,
    pub stair: Option<String>,
    pub floor: Option<i64>,
    pub position: Option<i64>,
    pub area: Option<String>,
    pub inside_area: Option<String>,
    pub use_kind: Option<String>,
    pub delivered: Option<String>,
    pub closed: Option<String>,
    pub version: i64,
}
impl PlaceOut {
    pub fn of(place: &Place, site: &str) -> Self {
        Self {
            id: place.id.to_string(),
            site: site.to_string(),
            parent: place.parent.map(|id| id.to_string()),
            kind: place.kind,
            code: place.code.clone(),
            name: place.name.clone(),
            building: place.building.map(|id| id.to_string()),
            stair: place.stair.map(|id| id.to_string()),
            floor: place.floor,
            position: place.position,
            area: place.area.map(|area| area.to_string()),
            inside_area: place.inside_area.map(|area| area.to_string()),
            use_kind: place.use_kind.clone(),
            delivered: place.delivered.map(|day| day.to_string()),
            closed: place.closed.map(|day| day.to_string()),
            version: place.version,
        }
    }
}

#[derive(Deserialize, ToSchema)]
pub struct PlaceIn {
    /// `GYHY`
    pub site: String,
    pub kind: PlaceKind,
    /// The code or id of what it stands below; nothing for the site itself.
    #[serde(default)]
    pub parent: Option<String>,
    pub code: String,
    #[serde(default)]
    pub name: Option<String>,
    #[serde(default)]
    pub area: Option<String>,
    #[serde(default)]
    pub inside_area: Option<String>,
    #[serde(default)]
    pub use_kind: Option<String>,
    #[serde(default)]
    pub delivered: Option<String>,
}

/// What is left out stays as it is.
#[derive(Deserialize, ToSchema)]
pub struct PlaceChange {
    #[serde(default)]
    pub code: Option<String>,
    #[serde(default)]
    pub name: Option<String>,
    #[serde(default)]
    pub area: Option<String>,
    #[serde(default)]
    pub inside_area: Option<String>,
    #[serde(default)]
    pub use_kind: Option<String>,
    #[serde(default)]
    pub delivered: Option<String>,
}

#[derive(Deserialize, ToSchema)]
pub struct BuildingIn {
    pub site: String,
    /// As in the editor of the console.
    pub rule: String,
    #[serde(default)]
    pub delivered: Option<String>,
    /// Say only what would be made.
    #[serde(default)]
    pub preview: bool,
}

#[derive(Serialize, Deserialize, ToSchema)]
pub struct BuildingOut {
    /// Nothing in a preview.
    pub id: Option<String>,
    pub code: String,
    pub stairs: i64,
    pub units: i64,
    pub area: String,
}

#[derive(Deserialize, ToSchema)]
pub struct DayIn {
    /// `2026-08-12`: the first day on which it is no more.
    pub day: String,
}

/// A person or company: the phones masked unless the caller may read them.
#[derive(Serialize, Deserialize, ToSchema)]
pub struct PartyOut {
    pub id: String,
    pub kind: PartyKind,
    pub name: String,
    pub phones: Vec<String>,
    pub note: Option<String>,
    pub has_identity: bool,
    pub version: i64,
    pub occupancies: Vec<OccupancyOut>,
}
impl PartyOut {
    /// PRV: `full` for a caller who may read names and notes; phones stay masked, they are shown by an act with a reason.
    pub fn of(party: &Party, homes: &[Occupancy], full: bool) -> Self {
        Self {
            id: party.id.to_string(),
            kind: party.kind,
            name: if full { party.name.clone() } else { values::mask_name(&party.name) },
            phones: party.phones.iter().map(values::Phone::masked).collect(),
            note: party.note.clone().filter(|_| full),
            has_identity: party.has_identity,
            version: party.version,
            occupancies: homes.iter().map(OccupancyOut::from).collect(),
        }
    }
}

#[derive(Serialize, Deserialize, ToSchema)]
pub struct OccupancyOut {
    pub id: String,
    pub place: String,
    pub party: String,
    pub role: HomeRole,
    pub from: String,
    /// The first day on which it is no more.
    pub to: Option<String>,
}
impl From<&Occupancy> for OccupancyOut {
    fn from(one: &Occupancy) -> Self {
        Self {
            id: one.id.to_string(),
            place: one.place.to_string(),
            party: one.party.to_string(),
            role: one.role,
            from: one.from.to_string(),
            to: one.to.map(|day| day.to_string()),
        }
    }
}

#[derive(Serialize, ToSchema)]
pub struct RosterList {
    pub items: Vec<RosterOut>,
    pub next: Option<String>,
    pub total: Option<i64>,
}

/// Somebody in a home.
#[derive(Serialize, ToSchema)]
pub struct RosterOut {
    pub id: String,
    pub place: String,
    pub code: String,
    pub party: String,
    pub kind: PartyKind,
    pub name: String,
    pub phone: Option<String>,
    pub role: HomeRole,
    pub from: String,
    pub to: Option<String>,
}
impl RosterOut {
    pub fn of(line: &RosterLine, full: bool) -> Self {
        Self {
            id: line.occupancy.to_string(),
            place: line.place.to_string(),
            code: line.code.clone(),
            party: line.party.to_string(),
            kind: line.kind,
            name: if full { line.name.clone() } else { values::mask_name(&line.name) },
            phone: line.phone.as_ref().map(values::Phone::masked),
            role: line.role,
            from: line.from.to_string(),
            to: line.to.map(|day| day.to_string()),
        }
    }
}

#[derive(Deserialize, ToSchema)]
pub struct PersonIn {
    pub name: String,
    #[serde(default)]
    pub kind: Option<PartyKind>,
    /// In order of use.
    #[serde(default)]
    pub phones: Vec<String>,
    /// Kept sealed; never given back but by an act with a reason.
    #[serde(default)]
    pub identity: Option<String>,
    #[serde(default)]
    pub note: Option<String>,
}

/// A party and the home by which it is known at a site.
#[derive(Deserialize, ToSchema)]
pub struct PartyIn {
    pub site: String,
    #[serde(flatten)]
    pub person: PersonIn,
    pub occupancy: HomeIn,
}

#[derive(Deserialize, ToSchema)]
pub struct HomeIn {
    /// Code or id.
    pub place: String,
    pub role: HomeRole,
    pub from: String,
    #[serde(default)]
    pub to: Option<String>,
}

#[derive(Deserialize, ToSchema)]
pub struct PartyChange {
    pub site: String,
    #[serde(flatten)]
    pub person: PersonIn,
}

#[derive(Deserialize, ToSchema)]
pub struct OccupancyIn {
    pub site: String,
    pub party: String,
    #[serde(flatten)]
    pub home: HomeIn,
}

#[derive(Deserialize, ToSchema)]
pub struct SaleIn {
    pub day: String,
    /// The first becomes owner, the others co-owners.
    pub buyers: Vec<PersonIn>,
}

#[derive(Deserialize, ToSchema)]
pub struct RevealIn {
    pub site: String,
    /// `phones` or `identity`
    pub what: String,
    pub reason: String,
}

#[derive(Serialize, ToSchema)]
pub struct Revealed {
    pub values: Vec<String>,
}

#[derive(Serialize, ToSchema)]
pub struct SearchOut {
    pub homes: Vec<HomeFound>,
    pub people: Vec<PersonFound>,
    pub orders: Vec<OrderFound>,
}

#[derive(Serialize, ToSchema)]
pub struct HomeFound {
    pub id: String,
    pub site: String,
    pub code: String,
    pub name: String,
    pub kind: String,
    pub state: UnitState,
    pub owner: Option<String>,
    pub open_orders: i64,
}

#[derive(Serialize, ToSchema)]
pub struct PersonFound {
    pub id: String,
    pub site: String,
    pub name: String,
    pub phone: Option<String>,
    pub homes: Vec<String>,
}

#[derive(Serialize, ToSchema)]
pub struct OrderFound {
    pub id: String,
    pub site: String,
    pub number: String,
    pub title: String,
    pub state: String,
    pub place: Option<String>,
}
