//! What the settings send to and take from machines.

use kernel::{
    calendar::{DeskHours, Year},
    categories::{Category, Kept, Spot},
    orders::{Kind, Urgency},
    policies::Versions,
    promises::{Limit, LineKey, Name, Policy},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use values::Day;

#[derive(Serialize, ToSchema)]
#[schema(as = KeptCategories)]
pub struct Categories {
    pub items: Vec<Kept>,
}

/// One category, whole; what is left out is not kept.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CategoryIn {
    /// The branch above; absent for a branch.
    pub parent: Option<String>,
    pub zh: String,
    pub en: String,
    #[serde(default, rename = "kind")]
    pub kinds: Vec<Kind>,
    pub urgency: Option<Urgency>,
    /// `ENG`
    #[serde(default)]
    pub department: String,
    #[serde(default)]
    pub urgent_list: bool,
    pub certificate: Option<String>,
    pub trade: Option<String>,
    #[serde(rename = "where")]
    pub spot: Option<Spot>,
    #[serde(default)]
    pub demands: Vec<String>,
    pub front: Option<i64>,
    pub hint_zh: Option<String>,
    pub hint_en: Option<String>,
    #[serde(default)]
    pub closed: bool,
}

impl CategoryIn {
    pub fn read(self, code: String, before: Option<&Category>) -> Category {
        Category {
            code,
            leaf: self.parent.is_some(),
            parent: self.parent,
            kinds: self.kinds,
            zh: self.zh,
            en: self.en,
            urgency: self.urgency.unwrap_or(Urgency::Normal),
            department: self.department,
            urgent_list: self.urgent_list,
            certificate: self.certificate,
            trade: self.trade,
            spot: self.spot.unwrap_or(Spot::Both),
            demands: self.demands,
            front: self.front,
            icon: before.and_then(|category| category.icon.clone()),
            hint_zh: self.hint_zh,
            hint_en: self.hint_en,
        }
    }
}

/// Every version, the earliest first. What held before the first one are the usual terms.
#[derive(Serialize, ToSchema)]
pub struct PromiseVersions {
    pub items: Vec<PromiseVersion>,
    pub usual: Vec<PromiseLine>,
}

#[derive(Serialize, ToSchema)]
pub struct PromiseVersion {
    #[schema(value_type = String, format = Date)]
    pub from: Day,
    pub promises: Vec<PromiseLine>,
}

/// One promise. Milliseconds, limit inside.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PromiseLine {
    pub kind: Kind,
    /// Absent: whatever the urgency.
    pub urgency: Option<Urgency>,
    pub name: Name,
    pub limit: Limit,
}

/// A new version; a line that is left out promises nothing.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPromises {
    pub site: String,
    #[schema(value_type = String, format = Date)]
    pub from: Day,
    pub promises: Vec<PromiseLine>,
}

impl PromiseLine {
    fn of(policy: &Policy) -> Vec<Self> {
        let line =
            |key: LineKey| Self { kind: key.kind, urgency: key.urgency, name: key.name, limit: policy.limit(key) };
        Policy::keys().into_iter().map(line).collect()
    }
    const fn key(&self) -> LineKey {
        LineKey { kind: self.kind, urgency: self.urgency, name: self.name }
    }
}

impl NewPromises {
    /// None: a line that no policy has.
    pub fn read(&self) -> Option<Policy> {
        let keys = Policy::keys();
        let known = self.promises.iter().all(|line| keys.contains(&line.key()));
        let limit = |key| self.promises.iter().find(|line| line.key() == key).map_or(Limit::None, |line| line.limit);
        known.then(|| Policy::of_limits(limit))
    }
}

impl From<&Versions<Policy>> for PromiseVersions {
    fn from(known: &Versions<Policy>) -> Self {
        let version =
            |(from, policy): &(Day, Policy)| PromiseVersion { from: *from, promises: PromiseLine::of(policy) };
        Self { items: known.dated.iter().map(version).collect(), usual: PromiseLine::of(&known.usual) }
    }
}

#[derive(Serialize, ToSchema)]
pub struct HoursVersions {
    pub items: Vec<HoursVersion>,
    pub usual: DeskHours,
}

#[derive(Serialize, ToSchema)]
pub struct HoursVersion {
    #[schema(value_type = String, format = Date)]
    pub from: Day,
    pub hours: DeskHours,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewHours {
    pub site: String,
    #[schema(value_type = String, format = Date)]
    pub from: Day,
    pub hours: DeskHours,
}

impl From<Versions<DeskHours>> for HoursVersions {
    fn from(known: Versions<DeskHours>) -> Self {
        let version = |(from, hours)| HoursVersion { from, hours };
        Self { items: known.dated.into_iter().map(version).collect(), usual: known.usual }
    }
}

#[derive(Serialize, ToSchema)]
pub struct Years {
    pub items: Vec<Year>,
}

/// A year that was loaded, and how many orders were promised another limit by it.
#[derive(Serialize, Deserialize, ToSchema)]
pub struct Loaded {
    pub year: i16,
    pub moved: usize,
}
