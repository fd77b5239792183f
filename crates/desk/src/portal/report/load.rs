//! What the form of a report shows.

use kernel::{
    Error, Read,
    categories::{self, Category},
    notices::{self, Notice},
    orders::{Kind, Urgency},
    places::{self, Place},
    policies,
};
use serde::Deserialize;
use values::{Moment, Phone};
use web::Ask;

use super::{
    promise::{self, Offer},
    tree::Tree,
};
use crate::portal::homes::{self, Homes};

/// `?kind=&category=&more=&at=`
#[derive(Debug, Default, Deserialize)]
pub(super) struct Question {
    pub kind: Option<String>,
    pub category: Option<String>,
    pub more: Option<String>,
    pub home: Option<String>,
    /// The mark of the label that was scanned.
    pub at: Option<String>,
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
    /// When the desk is back, while it is away.
    pub desk_opens: Option<Moment>,
    pub phone: Option<Phone>,
    /// The common part whose label was scanned.
    pub at: Option<Place>,
}

impl Shown {
    /// What links of the form carry on.
    pub fn mark(&self) -> Option<&str> {
        self.at.as_ref().map(|place| place.qr.as_str())
    }
    pub fn tree(&self) -> Tree<'_> {
        Tree::new(&self.all, self.kind)
    }
}

/// `None` for somebody without a home.
pub(super) async fn shown(ask: &Ask, question: &Question) -> Result<Option<Shown>, Error> {
    let mut read = ask.read().await?;
    let scanned = scanned(&mut read, question.at.as_deref()).await?;
    let own = scanned.as_ref().filter(|place| ask.caller.lives_at(place.id)).map(|place| place.id.to_string());
    let homes = match question.home.as_ref().or(own.as_ref()) {
        Some(home) => Some(homes::named(ask, &mut read, home).await?),
        None => homes::of(ask, &mut read).await?,
    };
    let Some(homes) = homes else { return Ok(None) };
    let at = scanned.filter(|place| is_public(place, &homes));
    let kind = question.kind();
    let all = categories::all(&mut read, homes.site.id).await?;
    let leaf = leaf(&all, kind, question);
    let site = homes.site.id;
    let code = leaf.as_ref().map(|leaf| leaf.code.as_str());
    let outage = match kind {
        Kind::Repair | Kind::Enquiry => {
            let place = at.as_ref().map_or(homes.chosen.place, |place| place.id);
            notices::outage_for(&mut read, site, Some(place), code).await?
        }
        _ => None,
    };
    let (mut offer, mut urgent_offer) = (None, None);
    if let Some(leaf) = &leaf {
        offer = Some(promise::offer(&mut read, site, kind, leaf.urgency).await?);
        if kind == Kind::Repair && leaf.urgency == Urgency::Normal {
            urgent_offer = Some(promise::offer(&mut read, site, kind, Urgency::Urgent).await?);
        }
    }
    let now = read.now();
    let desk_opens = policies::terms(&mut read, site).await?.desk_opens(now);
    let phone = homes::own_phone(ask, &mut read).await?;
    let everything = question.more.is_some();
    Ok(Some(Shown { homes, kind, leaf, everything, all, offer, urgent_offer, outage, desk_opens, phone, at }))
}

/// The place of a label, as far as it is at a site of the reader's.
pub(super) async fn scanned(read: &mut Read, mark: Option<&str>) -> Result<Option<Place>, Error> {
    match mark.filter(|mark| !mark.is_empty()) {
        None => Ok(None),
        Some(mark) => match places::by_qr(read, mark).await {
            Ok(place) => Ok(Some(place)),
            Err(Error::Missing) => Ok(None),
            Err(cause) => Err(cause),
        },
    }
}

/// A label on the wall of the site is for everybody who lives there; one of another home is not.
pub(super) fn is_public(place: &Place, homes: &Homes) -> bool {
    !place.kind.is_exclusive() && place.site == homes.site.id
}

/// A repair waits for the first answer; the other kinds begin with "other", because words say more than boxes.
fn leaf(all: &[Category], kind: Kind, question: &Question) -> Option<Category> {
    let tree = Tree::new(all, kind);
    let asked = question.category.as_deref().and_then(|code| tree.leaf(code));
    let usual = if kind == Kind::Repair { None } else { tree.other() };
    asked.or(usual).cloned()
}
