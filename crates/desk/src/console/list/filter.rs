//! The state of the list is its address: what is asked for, in which order, from where on.

use kernel::orders::{Channel, Kind, State};
use serde::Deserialize;
use values::Moment;

use crate::console::paths::encode;

pub const SIZES: [u32; 3] = [50, 20, 200];

/// The query as it stands in the address; every field may be missing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Filter {
    /// `open` (also when missing), `any`, `undispatched`, or one state.
    pub state: String,
    pub kind: String,
    /// The code of a building.
    pub bldg: String,
    /// `me`, `none`, or the id of a person.
    pub who: String,
    pub channel: String,
    /// A category, or a branch of them.
    pub cat: String,
    /// `late`, `soon`.
    pub due: String,
    /// `today`, `week`.
    pub since: String,
    /// `due` (also when missing) or `new`.
    pub sort: String,
    pub q: String,
    pub size: String,
    /// Where the page begins: the last row of the page before.
    pub after: String,
    /// The number of the first row, for the foot.
    pub from: String,
}

/// Which orders a list is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum States {
    Open,
    Any,
    /// Accepted, reopened or returned: somebody must be sent.
    Undispatched,
    One(State),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// Most urgent first; what has no limit last.
    Urgent,
    Newest,
}

/// The last row of a page: its limit or report, and its id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor {
    pub key: Moment,
    pub id: uuid::Uuid,
}

impl std::fmt::Display for Cursor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}~{}", self.key.millis(), self.id)
    }
}

impl Filter {
    /// The conditions in a fixed order; what is not set is not named.
    fn pairs(&self) -> [(&'static str, &str); 11] {
        [
            ("state", &self.state),
            ("kind", &self.kind),
            ("bldg", &self.bldg),
            ("who", &self.who),
            ("channel", &self.channel),
            ("cat", &self.cat),
            ("due", &self.due),
            ("since", &self.since),
            ("sort", &self.sort),
            ("q", &self.q),
            ("size", &self.size),
        ]
    }
    /// The address of these conditions, from the first row on: what is saved, sent and exported.
    pub fn query(&self) -> String {
        let set = self.pairs().into_iter().filter(|(_, value)| !value.is_empty());
        set.map(|(name, value)| format!("{name}={}", encode(value))).collect::<Vec<_>>().join("&")
    }
    /// The same with one condition changed; an empty value takes it away.
    pub fn with(&self, name: &str, value: &str) -> Self {
        let mut other = Self { after: String::new(), from: String::new(), ..self.clone() };
        if let Some(field) = other.field(name) {
            *field = value.to_string();
        }
        other
    }
    fn field(&mut self, name: &str) -> Option<&mut String> {
        Some(match name {
            "state" => &mut self.state,
            "kind" => &mut self.kind,
            "bldg" => &mut self.bldg,
            "who" => &mut self.who,
            "channel" => &mut self.channel,
            "cat" => &mut self.cat,
            "due" => &mut self.due,
            "since" => &mut self.since,
            "sort" => &mut self.sort,
            "q" => &mut self.q,
            "size" => &mut self.size,
            _ => return None,
        })
    }
    /// What a search must keep beside its own word.
    pub fn kept(&self) -> Vec<(String, String)> {
        let kept = self.pairs().into_iter().filter(|(name, value)| *name != "q" && !value.is_empty());
        kept.map(|(name, value)| (name.to_string(), value.to_string())).collect()
    }
    /// A word that nobody offers counts as missing.
    pub fn states(&self) -> States {
        match self.state.as_str() {
            "any" => States::Any,
            "undispatched" => States::Undispatched,
            word => word.parse().map_or(States::Open, States::One),
        }
    }
    pub fn sort(&self) -> Sort {
        let ended = matches!(self.states(), States::Any | States::One(State::Closed | State::Cancelled));
        match self.sort.as_str() {
            "due" => Sort::Urgent,
            "new" => Sort::Newest,
            _ if ended => Sort::Newest,
            _ => Sort::Urgent,
        }
    }
    pub fn kind(&self) -> Option<Kind> {
        self.kind.parse().ok()
    }
    pub fn channel(&self) -> Option<Channel> {
        self.channel.parse().ok()
    }
    pub fn size(&self) -> u32 {
        self.size.parse().ok().filter(|size| SIZES.contains(size)).unwrap_or(SIZES[0])
    }
    pub fn first(&self) -> i64 {
        self.from.parse().ok().filter(|first| *first > 0).unwrap_or(1)
    }
    pub fn cursor(&self) -> Option<Cursor> {
        let (key, id) = self.after.split_once('~')?;
        Some(Cursor { key: Moment::from_millis(key.parse().ok()?), id: uuid::Uuid::parse_str(id).ok()? })
    }
    /// The address of the page that begins after `cursor`.
    pub fn page_after(&self, cursor: Cursor, first: i64) -> String {
        let mut query = self.query();
        if !query.is_empty() {
            query.push('&');
        }
        query + &format!("after={cursor}&from={first}")
    }
}
