//! What orders are about: a tree of categories per site, with urgency, department, the certificate it demands and what
//! must be shown at completion. The tree that comes with a residential site is data of the desk.

mod edit;
mod rules;
mod store;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};
use values::Moment;

pub use edit::set;
pub use rules::code_for;
pub use store::{all, every, last_saved, load, offered, one};

use crate::orders::{Kind, Urgency};

/// Where a category can be: in a home, in common parts, or in both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Spot {
    Home,
    Common,
    Both,
}

impl Spot {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Home => "home",
            Self::Common => "common",
            Self::Both => "both",
        }
    }
    fn named(word: &str) -> Option<Self> {
        [Self::Home, Self::Common, Self::Both].into_iter().find(|spot| spot.as_str() == word)
    }
}

/// One category, a leaf that orders have or a branch above it; branches have only code, names, icon and place in front.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Category {
    /// `water.leak`
    pub code: String,
    pub parent: Option<String>,
    pub leaf: bool,
    /// The kinds an order of it may have; the first is the usual one.
    #[serde(default, rename = "kind")]
    pub kinds: Vec<Kind>,
    pub zh: String,
    pub en: String,
    #[serde(default = "normal")]
    pub urgency: Urgency,
    /// `ENG`
    #[serde(default)]
    pub department: String,
    /// 急修范围
    #[serde(default)]
    pub urgent_list: bool,
    /// CRT-90: who does the work holds it.
    pub certificate: Option<String>,
    /// The trade within the certificate: `electric`.
    pub trade: Option<String>,
    #[serde(default = "both", rename = "where")]
    pub spot: Spot,
    /// What completion needs: `photo`, `signature`.
    #[serde(default)]
    pub demands: Vec<String>,
    /// Its place among the first choices.
    pub front: Option<i64>,
    pub icon: Option<String>,
    pub hint_zh: Option<String>,
    pub hint_en: Option<String>,
}

/// A category of the settings page: those that were switched off too.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[schema(as = KeptCategory)]
pub struct Kept {
    #[serde(flatten)]
    pub category: Category,
    /// Switched off: nothing new can be reported as it; old orders keep its name.
    pub closed: bool,
    /// Rises with every save.
    pub version: i64,
    #[serde(skip)]
    pub sort: i64,
}

/// Who saved a category last; without a name it was the program or a machine.
#[derive(Debug, Clone)]
pub struct Saved {
    pub by: Option<String>,
    pub at: Moment,
}

const fn normal() -> Urgency {
    Urgency::Normal
}
const fn both() -> Spot {
    Spot::Both
}

impl Category {
    /// CSV §2: two reports may be about the same common part, so stair and riser count.
    pub fn may_be_common(&self) -> bool {
        self.spot != Spot::Home
    }
}
