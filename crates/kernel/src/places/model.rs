use std::str::FromStr;

use db::{Column, DbError, FromRow, Row};
use serde::{Deserialize, Serialize};
use values::{Area, Day};

use crate::{PlaceId, SiteId};

/// What a place is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PlaceKind {
    /// 期
    Phase,
    /// 楼栋
    Building,
    /// 单元
    Stair,
    /// 楼层
    Floor,
    /// 房屋
    Unit,
    /// 商铺
    Shop,
    /// 车位
    Parking,
    /// 储藏室
    Storage,
    /// 地库
    Garage,
    /// 公共部位
    Common,
    /// 设备房
    PlantRoom,
    /// 出入口
    Gate,
    /// 巡查点
    Checkpoint,
}

impl PlaceKind {
    pub const ALL: [Self; 13] = [
        Self::Phase,
        Self::Building,
        Self::Stair,
        Self::Floor,
        Self::Unit,
        Self::Shop,
        Self::Parking,
        Self::Storage,
        Self::Garage,
        Self::Common,
        Self::PlantRoom,
        Self::Gate,
        Self::Checkpoint,
    ];
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Phase => "phase",
            Self::Building => "building",
            Self::Stair => "stair",
            Self::Floor => "floor",
            Self::Unit => "unit",
            Self::Shop => "shop",
            Self::Parking => "parking",
            Self::Storage => "storage",
            Self::Garage => "garage",
            Self::Common => "common",
            Self::PlantRoom => "plant_room",
            Self::Gate => "gate",
            Self::Checkpoint => "checkpoint",
        }
    }
    /// 专有部分: somebody owns or uses it, and it has a household file.
    pub const fn is_exclusive(self) -> bool {
        matches!(self, Self::Unit | Self::Shop | Self::Parking | Self::Storage)
    }
}

impl FromStr for PlaceKind {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text).ok_or(())
    }
}

impl Column for PlaceKind {
    fn read_option(row: &Row, name: &str) -> Result<Option<Self>, DbError> {
        let Some(text) = row.get::<Option<String>>(name)? else { return Ok(None) };
        let why = || DbError::Unreadable { table: "places", column: name.to_string(), why: text.clone() };
        text.parse().map(Some).map_err(|()| why())
    }
}

/// One place of the tree.
#[derive(Clone, Debug)]
pub struct Place {
    pub id: PlaceId,
    pub site: SiteId,
    pub parent: Option<PlaceId>,
    pub kind: PlaceKind,
    /// As registered: `1-2-0301`.
    pub code: String,
    /// As compared: `1-2-301`.
    pub key: String,
    /// For people; a home is called by its code.
    pub name: String,
    pub building: Option<PlaceId>,
    pub stair: Option<PlaceId>,
    pub floor: Option<i64>,
    /// The same on each floor of a stair: rooms above each other share pipes.
    pub position: Option<i64>,
    /// 建筑面积
    pub area: Option<Area>,
    /// 套内面积
    pub inside_area: Option<Area>,
    /// What it is used for, in the site's own words.
    pub use_kind: Option<String>,
    /// 交付日
    pub delivered: Option<Day>,
    /// What its QR label says, apart from our address.
    pub qr: String,
    pub sort: i64,
    pub closed: Option<Day>,
    pub version: i64,
}

impl Place {
    /// 立管: the homes above each other; the building's own where there are no stairs.
    pub fn riser(&self) -> Option<String> {
        let column = self.stair.or(self.building)?;
        self.position.map(|position| format!("{column}/{position}"))
    }
}

impl FromRow for Place {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        Ok(Self {
            id: row.get("id")?,
            site: row.get("site")?,
            parent: row.get("parent")?,
            kind: row.get("kind")?,
            code: row.get("code")?,
            key: row.get("key")?,
            name: row.get("name")?,
            building: row.get("building")?,
            stair: row.get("stair")?,
            floor: row.get("floor")?,
            position: row.get("position")?,
            area: row.get("area")?,
            inside_area: row.get("inside_area")?,
            use_kind: row.get("use_kind")?,
            delivered: row.get("delivered")?,
            qr: row.get("qr")?,
            sort: row.get("sort")?,
            closed: row.get("closed")?,
            version: row.get("version")?,
        })
    }
}

/// A place to be made. `Default` leaves out what is not known.
#[derive(Clone, Debug)]
pub struct NewPlace {
    pub parent: Option<PlaceId>,
    pub kind: PlaceKind,
    pub code: String,
    /// Empty: the code is the name.
    pub name: String,
    pub building: Option<PlaceId>,
    pub stair: Option<PlaceId>,
    pub floor: Option<i64>,
    pub position: Option<i64>,
    pub area: Option<Area>,
    pub inside_area: Option<Area>,
    pub use_kind: Option<String>,
    pub delivered: Option<Day>,
    pub sort: i64,
}

impl NewPlace {
    pub fn new(kind: PlaceKind, code: impl Into<String>) -> Self {
        Self {
            parent: None,
            kind,
            code: code.into(),
            name: String::new(),
            building: None,
            stair: None,
            floor: None,
            position: None,
            area: None,
            inside_area: None,
            use_kind: None,
            delivered: None,
            sort: 0,
        }
    }
    /// Below `parent`, in its building and stair.
    #[must_use]
    pub fn below(mut self, parent: &Place) -> Self {
        self.parent = Some(parent.id);
        self.building = if parent.kind == PlaceKind::Building { Some(parent.id) } else { parent.building };
        self.stair = if parent.kind == PlaceKind::Stair { Some(parent.id) } else { parent.stair };
        self
    }
}

/// How a home is lived in today, derived from its occupancies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum UnitState {
    /// 空置: nobody is registered.
    Vacant,
    /// 自住
    OwnerOccupied,
    /// 出租
    Let,
}

impl UnitState {
    pub const ALL: [Self; 3] = [Self::Vacant, Self::OwnerOccupied, Self::Let];
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Vacant => "vacant",
            Self::OwnerOccupied => "owner_occupied",
            Self::Let => "let",
        }
    }
    /// From the counts of today's tenants and of everybody registered today.
    pub const fn of(tenants: i64, people: i64) -> Self {
        match (tenants, people) {
            (0, 0) => Self::Vacant,
            (0, _) => Self::OwnerOccupied,
            _ => Self::Let,
        }
    }
}

impl FromStr for UnitState {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|state| state.as_str() == text).ok_or(())
    }
}

/// A home as matrix and lists show it.
#[derive(Clone, Debug)]
pub struct UnitLine {
    pub id: PlaceId,
    pub kind: PlaceKind,
    pub code: String,
    pub building: Option<PlaceId>,
    pub stair: Option<PlaceId>,
    pub floor: Option<i64>,
    pub position: Option<i64>,
    pub area: Option<Area>,
    pub delivered: Option<Day>,
    pub state: UnitState,
    pub open_orders: i64,
    pub sort: i64,
}

impl UnitLine {
    /// The last part of the code: `1201`.
    pub fn room(&self) -> &str {
        self.code.rsplit('-').next().unwrap_or(&self.code)
    }
    /// 未交付
    pub fn is_delivered(&self, today: Day) -> bool {
        self.delivered.is_some_and(|day| day <= today)
    }
}

impl FromRow for UnitLine {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        Ok(Self {
            id: row.get("id")?,
            kind: row.get("kind")?,
            code: row.get("code")?,
            building: row.get("building")?,
            stair: row.get("stair")?,
            floor: row.get("floor")?,
            position: row.get("position")?,
            area: row.get("area")?,
            delivered: row.get("delivered")?,
            state: UnitState::of(row.get("tenants")?, row.get("people")?),
            open_orders: row.get::<Option<i64>>("open_orders")?.unwrap_or(0),
            sort: row.get("sort")?,
        })
    }
}

/// A building with what is in it today.
#[derive(Clone, Debug)]
pub struct BuildingLine {
    pub id: PlaceId,
    /// A building, or a garage with its spaces.
    pub kind: PlaceKind,
    pub code: String,
    pub name: String,
    pub stairs: i64,
    pub units: i64,
    pub area: Area,
    pub occupied: i64,
    pub delivered: i64,
    pub open_orders: i64,
}

impl FromRow for BuildingLine {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        Ok(Self {
            id: row.get("id")?,
            kind: row.get("kind")?,
            code: row.get("code")?,
            name: row.get("name")?,
            stairs: row.get("stairs")?,
            units: row.get("units")?,
            area: row.get::<Option<Area>>("area")?.unwrap_or_default(),
            occupied: row.get("occupied")?,
            delivered: row.get("delivered")?,
            open_orders: row.get("open_orders")?,
        })
    }
}

/// The mark in a QR label: random, so that it cannot be guessed.
pub fn qr_token(chance: &values::Chance) -> String {
    const LETTERS: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz023456789";
    let bytes: [u8; 16] = chance.bytes();
    bytes.iter().map(|byte| char::from(LETTERS[usize::from(byte % 32)])).collect()
}
