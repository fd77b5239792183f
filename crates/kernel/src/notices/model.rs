use std::str::FromStr;

use db::{DbError, FromRow, Row};
use serde::{Deserialize, Serialize};
use values::{Id, Moment};

use crate::{PartyId, PlaceId, SiteId, parties::HomeRole};

pub type NoticeId = Id<Notice>;

/// 公告 / 通知 / 温馨提示 / an outage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum NoticeKind {
    Announcement,
    Notice,
    Tip,
    Outage,
}

impl NoticeKind {
    pub const ALL: [Self; 4] = [Self::Announcement, Self::Notice, Self::Tip, Self::Outage];
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Announcement => "announcement",
            Self::Notice => "notice",
            Self::Tip => "tip",
            Self::Outage => "outage",
        }
    }
}
impl FromStr for NoticeKind {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text).ok_or(())
    }
}

/// Whom a notice is for. Empty lists mean "all": no buildings and no stairs is the whole site, no roles is everybody.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Audience {
    #[serde(default)]
    #[schema(value_type = Vec<String>)]
    pub buildings: Vec<PlaceId>,
    #[serde(default)]
    #[schema(value_type = Vec<String>)]
    pub stairs: Vec<PlaceId>,
    #[serde(default)]
    pub roles: Vec<HomeRole>,
}

/// What is to be published.
#[derive(Clone, Debug)]
pub struct NewNotice {
    pub site: SiteId,
    pub kind: NoticeKind,
    pub title: String,
    pub body: String,
    pub audience: Audience,
    /// From when on it holds; an outage may be announced before it begins.
    pub starts: Moment,
    pub planned_end: Option<Moment>,
    /// Outage: codes of the categories whose reports belong to it; a report of `water.none` fits `water`.
    pub categories: Vec<String>,
}

#[derive(Clone, Debug)]
pub struct Notice {
    pub id: NoticeId,
    pub site: SiteId,
    pub kind: NoticeKind,
    pub title: String,
    pub body: String,
    pub audience: Audience,
    pub categories: Vec<String>,
    pub starts: Moment,
    pub planned_end: Option<Moment>,
    pub ended: Option<Moment>,
    pub published: Moment,
    pub by: Option<String>,
    /// When the caller read it; only `at_home` knows.
    pub read_at: Option<Moment>,
}

impl Notice {
    /// Is what it says going on now?
    pub fn is_running(&self, now: Moment) -> bool {
        self.kind == NoticeKind::Outage && self.ended.is_none() && self.starts <= now
    }
}

impl FromRow for Notice {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        let unreadable =
            |column: &str, why: &str| DbError::Unreadable { table: "notices", column: column.into(), why: why.into() };
        let (kind, audience): (String, String) = (row.get("kind")?, row.get("audience")?);
        let categories: Option<String> = row.get("outage")?;
        Ok(Self {
            id: row.get("id")?,
            site: row.get("site")?,
            kind: kind.parse().map_err(|()| unreadable("kind", &kind))?,
            title: row.get("title")?,
            body: row.get("body")?,
            audience: serde_json::from_str(&audience).map_err(|cause| unreadable("audience", &cause.to_string()))?,
            categories: categories
                .map(|words| words.split_whitespace().map(ToString::to_string).collect())
                .unwrap_or_default(),
            starts: row.get("starts")?,
            planned_end: row.get("planned_end")?,
            ended: row.get("ended")?,
            published: row.get("published")?,
            by: row.get("by_name")?,
            read_at: row.get("read_at")?,
        })
    }
}

/// How far a notice got: people in its audience, those of them who use the portal, those who read it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Reach {
    pub people: i64,
    pub reachable: i64,
    pub read: i64,
}

/// Somebody whom a notice has not reached: to be told on paper or by phone.
#[derive(Clone, Debug)]
pub struct Reader {
    pub party: PartyId,
    pub name: String,
    pub home: String,
}
