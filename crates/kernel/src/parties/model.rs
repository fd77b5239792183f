use std::str::FromStr;

use db::{Column, DbError, FromRow, Row};
use serde::{Deserialize, Serialize};
use values::{Area, Day, Id, Moment, Phone};

use crate::{PartyId, PlaceId, SiteId};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PartyKind {
    Person,
    Company,
}
impl PartyKind {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Company => "company",
        }
    }
}
impl FromStr for PartyKind {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        [Self::Person, Self::Company].into_iter().find(|kind| kind.as_str() == text).ok_or(())
    }
}

/// What somebody is to a home.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum HomeRole {
    /// 业主
    Owner,
    /// 共有人
    CoOwner,
    /// 租户
    Tenant,
    /// 家庭成员
    Family,
    /// 使用人
    User,
}
impl HomeRole {
    pub const ALL: [Self; 5] = [Self::Owner, Self::CoOwner, Self::Tenant, Self::Family, Self::User];
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::CoOwner => "co_owner",
            Self::Tenant => "tenant",
            Self::Family => "family",
            Self::User => "user",
        }
    }
    pub const fn owns(self) -> bool {
        matches!(self, Self::Owner | Self::CoOwner)
    }
}
impl FromStr for HomeRole {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|role| role.as_str() == text).ok_or(())
    }
}

macro_rules! named_column {
    ($kind:ty, $table:literal) => {
        impl Column for $kind {
            fn read_option(row: &Row, name: &str) -> Result<Option<Self>, DbError> {
                let Some(text) = row.get::<Option<String>>(name)? else { return Ok(None) };
                let why = || DbError::Unreadable { table: $table, column: name.to_string(), why: text.clone() };
                text.parse().map(Some).map_err(|()| why())
            }
        }
    };
}
named_column!(PartyKind, "parties");
named_column!(HomeRole, "occupancies");

/// A person or an organisation, without what is sealed.
#[derive(Clone, Debug)]
pub struct Party {
    pub id: PartyId,
    pub kind: PartyKind,
    pub name: String,
    pub note: Option<String>,
    /// In order of use; the first one is called.
    pub phones: Vec<Phone>,
    /// An identity number is kept, sealed.
    pub has_identity: bool,
    pub made: Moment,
    pub version: i64,
}

/// Party × home × role, `[from, to)`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Occupancy {
    pub id: OccupancyId,
    pub site: SiteId,
    pub place: PlaceId,
    pub party: PartyId,
    pub role: HomeRole,
    pub from: Day,
    /// The first day on which it is no more.
    pub to: Option<Day>,
    /// The owner or tenant who let this person in.
    pub let_in_by: Option<PartyId>,
    pub version: i64,
}
pub struct OccupancyMark;
pub type OccupancyId = Id<OccupancyMark>;

impl Occupancy {
    pub fn is_on(&self, day: Day) -> bool {
        self.from <= day && self.to.is_none_or(|to| to > day)
    }
}

impl FromRow for Occupancy {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        Ok(Self {
            id: row.get("id")?,
            site: row.get("site")?,
            place: row.get("place")?,
            party: row.get("party")?,
            role: row.get("role")?,
            from: row.get("from_day")?,
            to: row.get("to_day")?,
            let_in_by: row.get("let_in_by")?,
            version: row.get("version")?,
        })
    }
}

/// Somebody of a household, past or present.
#[derive(Clone, Debug)]
pub struct Member {
    pub occupancy: Occupancy,
    pub kind: PartyKind,
    pub name: String,
    pub phones: Vec<Phone>,
    pub has_identity: bool,
    pub party_version: i64,
}

/// One line of the lists of owners and of users.
#[derive(Clone, Debug)]
pub struct RosterLine {
    pub occupancy: OccupancyId,
    pub place: PlaceId,
    pub code: String,
    pub sort: i64,
    pub area: Option<Area>,
    pub delivered: Option<Day>,
    pub party: PartyId,
    pub kind: PartyKind,
    pub name: String,
    pub phone: Option<Phone>,
    pub role: HomeRole,
    pub from: Day,
    pub to: Option<Day>,
}

impl FromRow for RosterLine {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        Ok(Self {
            occupancy: row.get("id")?,
            place: row.get("place")?,
            code: row.get("code")?,
            sort: row.get("sort")?,
            area: row.get("area")?,
            delivered: row.get("delivered")?,
            party: row.get("party")?,
            kind: row.get("kind")?,
            name: row.get("name")?,
            phone: row.get("phone")?,
            role: row.get("role")?,
            from: row.get("from_day")?,
            to: row.get("to_day")?,
        })
    }
}
