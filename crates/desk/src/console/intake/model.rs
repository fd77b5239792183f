use db::{DbError, FromRow, Row};
use kernel::{
    PartyId, PlaceId,
    orders::{Number, Order, State},
};
use values::{Area, Id, Moment, Phone};

/// A place as far as the desk must see it while somebody talks.
#[derive(Clone, Debug)]
pub struct Spot {
    pub id: PlaceId,
    pub code: String,
    pub name: String,
    pub kind: String,
    pub area: Option<Area>,
    pub floor: Option<i64>,
}

impl Spot {
    /// What the door plate says: a common part is called by its name.
    pub fn plate(&self) -> &str {
        if self.is_home() || self.name.is_empty() { &self.code } else { &self.name }
    }
    pub fn is_home(&self) -> bool {
        matches!(self.kind.as_str(), "unit" | "shop" | "parking" | "storage")
    }
}

impl FromRow for Spot {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        Ok(Self {
            id: row.get("id")?,
            code: row.get("code")?,
            name: row.get("name")?,
            kind: row.get("kind")?,
            area: row.get("area")?,
            floor: row.get("floor")?,
        })
    }
}

/// Somebody who lives there or owns it today.
#[derive(Clone, Debug)]
pub struct Occupant {
    pub party: PartyId,
    pub name: String,
    /// `owner`, `tenant` …
    pub role: String,
    pub phone: Option<Phone>,
}

impl FromRow for Occupant {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        Ok(Self { party: row.get("party")?, name: row.get("name")?, role: row.get("role")?, phone: row.get("phone")? })
    }
}

/// Another order of the same place.
#[derive(Clone, Debug)]
pub struct Neighbour {
    pub id: Id<Order>,
    pub number: Number,
    pub state: State,
    pub title: String,
    pub place: Option<String>,
    pub reporter: Option<String>,
    pub reported: Moment,
}

impl FromRow for Neighbour {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        Ok(Self {
            id: row.get("id")?,
            number: row.get("number")?,
            state: row.get("state")?,
            title: row.get("title")?,
            place: row.get("place_code")?,
            reporter: row.get("reporter_name")?,
            reported: row.get("reported")?,
        })
    }
}
