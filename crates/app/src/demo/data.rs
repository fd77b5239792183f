//! The written world: site, people, cases and notices, as they lie in `crates/app/demo`.

use kernel::{Error, orders};
use serde::Deserialize;
use values::{Area, Day, Moment};

pub struct World {
    pub site: SiteFile,
    pub people: PeopleFile,
    pub cases: Vec<Case>,
    pub notices: Vec<Notice>,
}

impl World {
    pub fn read() -> Result<Self, Error> {
        Ok(Self {
            site: serde_json::from_str(include_str!("../../demo/site.json"))?,
            people: serde_json::from_str(include_str!("../../demo/people.json"))?,
            cases: serde_json::from_str(include_str!("../../demo/cases.json"))?,
            notices: serde_json::from_str(include_str!("../../demo/notices.json"))?,
        })
    }
}

#[derive(Deserialize)]
pub struct SiteFile {
    pub company: Named,
    pub site: SiteHead,
    pub buildings: Vec<Building>,
    pub stair_parts: Vec<Part>,
    pub shops: Vec<Shop>,
    pub parking: Vec<Parking>,
    pub places: Vec<Spot>,
}

#[derive(Deserialize)]
pub struct Named {
    pub name: String,
}

#[derive(Deserialize)]
pub struct SiteHead {
    pub code: String,
    pub name: String,
    pub zone: String,
    /// Answered day and night.
    pub service_phone: String,
}

#[derive(Deserialize)]
pub struct Building {
    pub code: String,
    pub stairs: u32,
    pub floors: u32,
    pub homes_per_floor: u32,
    pub areas: Vec<Area>,
    pub floor_areas: std::collections::BTreeMap<String, Vec<Area>>,
    pub skip_floors: Vec<u32>,
    pub delivered: Day,
}

#[derive(Deserialize)]
pub struct Part {
    pub code: String,
    pub kind: String,
    pub zh: String,
}

#[derive(Deserialize)]
pub struct Shop {
    pub code: String,
    pub area: Area,
    pub merchant: Option<String>,
    pub delivered: Day,
}

#[derive(Deserialize)]
pub struct Parking {
    pub prefix: String,
    pub digits: usize,
    pub from: u32,
    pub to: u32,
}

#[derive(Deserialize)]
pub struct Spot {
    pub code: String,
    pub kind: String,
    pub zh: String,
    pub parent: Option<String>,
}

#[derive(Deserialize)]
pub struct PeopleFile {
    pub staff: Vec<Staff>,
    pub households: Vec<Household>,
    pub surnames: Vec<Surname>,
    pub given_names: GivenNames,
}

#[derive(Deserialize)]
pub struct Staff {
    pub name: String,
    pub login: String,
    pub department: String,
    pub post: String,
    pub role: String,
    pub buildings: Vec<String>,
    pub joined: Day,
    pub certificates: Vec<Certificate>,
}

#[derive(Deserialize)]
pub struct Certificate {
    pub kind: String,
    pub trade: Option<String>,
    pub number: String,
    pub issued: Option<Day>,
    pub valid_until: Option<Day>,
    pub review_due: Option<Day>,
}

#[derive(Deserialize)]
pub struct Household {
    pub home: String,
    pub people: Vec<Member>,
    pub entry_note: Option<String>,
}

#[derive(Deserialize)]
pub struct Member {
    pub name: String,
    pub relation: String,
    pub phone_tail: Option<String>,
}

#[derive(Deserialize)]
pub struct Surname {
    pub name: String,
    pub weight: u64,
}

#[derive(Deserialize)]
pub struct GivenNames {
    pub m: Vec<String>,
    pub f: Vec<String>,
}

#[derive(Deserialize)]
pub struct Case {
    pub kind: orders::Kind,
    pub category: String,
    #[serde(rename = "where")]
    pub spot: String,
    pub place: Option<String>,
    pub channel: orders::Channel,
    pub text: String,
    pub urgency: orders::Urgency,
    #[serde(default)]
    pub replies: Vec<Reply>,
    pub done: Option<String>,
    pub suspend: Option<Suspend>,
    pub verdict: Option<Verdict>,
    pub pinned: Option<Pinned>,
}

#[derive(Deserialize)]
pub struct Reply {
    pub by: String,
    pub visible: bool,
    pub text: String,
}

#[derive(Deserialize)]
pub struct Suspend {
    pub reason: kernel::promises::Reason,
    pub note: String,
    pub hours: i64,
}

#[derive(Deserialize)]
pub struct Verdict {
    pub satisfied: bool,
    pub stars: i64,
    pub words: Option<String>,
}

/// A case whose time and state are those of the pictures.
#[derive(Deserialize)]
pub struct Pinned {
    pub received: Moment,
    pub dispatched: Option<Moment>,
    pub taken: Option<Moment>,
    pub state: String,
    pub handler: Option<String>,
    pub merged_into: Option<String>,
    #[serde(rename = "ref")]
    pub label: String,
}

#[derive(Deserialize)]
pub struct Notice {
    pub kind: String,
    pub audience: Audience,
    pub published: Moment,
    pub starts: Option<Moment>,
    pub ends: Option<Moment>,
    pub title_zh: String,
    pub body_zh: String,
    #[serde(default)]
    pub outage_categories: Vec<String>,
}

#[derive(Deserialize)]
pub struct Audience {
    #[serde(default)]
    pub buildings: Vec<String>,
    #[serde(default)]
    pub stairs: Vec<String>,
    #[serde(default)]
    pub roles: Vec<String>,
}
