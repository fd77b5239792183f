//! What the form of a report shows.

use kernel::{
    Error,
    categories::{self, Category},
    notices::{self, Notice},
    orders::{Kind, Urgency},
};
use serde::Deserialize;
use values::Phone;
use web::Ask;

use super::{
    promise::{self, Offer},
    tree::Tree,
};
use crate::portal::homes::{self, Homes};

/// `?kind=&category=&more=`
#[derive(Debug, Default, Deserialize)]
pub(super) struct Question {
    pub kind: Option<String>,
    pub category: Option<String>,
    pub more: Option<String>,
    pub home: Option<String>,
}

impl Question {
    pub fn kind(&self) -> Kind {
        self.kind.as_deref().and_then(|kind| kind.parse().ok()).unwrap_or(Kind::Repair)
    }
}

/// The form: what was answered so far, and what that leads to.
pub(super) struct Shown {
    pub homes: Homes,
    pub kind: Kind,
    pub all: Vec<Category>,
    /// The answer to the first question, when it was given.
    pub leaf: Option<Category>,
    pub everything: bool,
    pub offer: Option<Offer>,
    /// What is promised when the reporter says that it is urgent.
    pub urgent_offer: Option<Offer>,
    pub outage: Option<Notice>,
    pub phone: Option<Phone>,
}

impl Shown {
    pub fn tree(&self) -> Tree<'_> {
        Tree::new(&self.all, self.kind)
    }
}

/// `None` for somebody without a home.
pub(super) async fn shown(ask: &Ask, question: &Question) -> Result<Option<Shown>, Error> {
    let mut read = ask.read().await?;
    let homes = match &question.home {
        Some(home) => Some(homes::named(ask, &mut read, home).await?),
        None => homes::of(ask, &mut read).await?,
    };
    let Some(homes) = homes else { return Ok(None) };
    let kind = question.kind();
    let all = categories::all(&mut read, homes.site.id).await?;
    let leaf = leaf(&all, kind, question);
    let site = homes.site.id;
    let code = leaf.as_ref().map(|leaf| leaf.code.as_str());
    let outage = match kind {
        Kind::Repair | Kind::Enquiry => notices::outage_for(&mut read, site, Some(homes.chosen.place), code).await?,
        _ => None,
    };
    let (mut offer, mut urgent_offer) = (None, None);
    if let Some(leaf) = &leaf {
        offer = Some(promise::offer(&mut read, site, kind, leaf.urgency).await?);
        if kind == Kind::Repair && leaf.urgency == Urgency::Normal {
            urgent_offer = Some(promise::offer(&mut read, site, kind, Urgency::Urgent).await?);
        }
    }
    let phone = homes::own_phone(ask, &mut read).await?;
    Ok(Some(Shown { homes, kind, leaf, everything: question.more.is_some(), all, offer, urgent_offer, outage, phone }))
}

/// A repair waits for the first answer; the other kinds begin with "other", because words say more than boxes.
fn leaf(all: &[Category], kind: Kind, question: &Question) -> Option<Category> {
    let tree = Tree::new(all, kind);
    let asked = question.category.as_deref().and_then(|code| tree.leaf(code));
    let usual = if kind == Kind::Repair { None } else { tree.other() };
    asked.or(usual).cloned()
}
