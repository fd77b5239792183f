use std::collections::HashMap;

use uuid::Uuid;
use values::{Area, Phone};

use super::{
    hits::{Hits, Window, order},
    plain, store,
};
use crate::{
    Error, PartyId, PlaceId, Read, SiteId,
    places::{self, Typed, UnitState},
    sites::{self, Site},
};

/// What was found; each list is ranked.
#[derive(Clone, Debug, Default)]
pub struct Found {
    pub homes: Vec<HomeHit>,
    pub people: Vec<PersonHit>,
    pub orders: Vec<OrderHit>,
    /// What was typed looks like the number of a home.
    pub home_first: bool,
    pub totals: Totals,
}

/// How many there are of each, shown or not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    pub homes: usize,
    pub people: usize,
    pub orders: usize,
    /// There may be more: not everything that begins as typed was read.
    pub at_least: bool,
}

impl Found {
    pub const fn is_empty(&self) -> bool {
        self.homes.is_empty() && self.people.is_empty() && self.orders.is_empty()
    }
}

#[derive(Clone, Debug)]
pub struct HomeHit {
    pub id: PlaceId,
    pub site: SiteId,
    pub site_code: String,
    pub code: String,
    pub name: String,
    /// `unit`, `building`, …
    pub kind: String,
    pub area: Option<Area>,
    pub state: UnitState,
    /// The owner as this caller may read the name.
    pub holder: Option<String>,
    pub open_orders: i64,
}

#[derive(Clone, Debug)]
pub struct PersonHit {
    pub id: PartyId,
    pub site: SiteId,
    pub site_code: String,
    /// As this caller may read it.
    pub name: String,
    pub phone: Option<Phone>,
    /// Code and role, present ones first, at most three.
    pub homes: Vec<(String, String)>,
    /// Lives or owns nowhere any more.
    pub gone: bool,
}

#[derive(Clone, Debug)]
pub struct OrderHit {
    pub id: Uuid,
    pub site: SiteId,
    pub site_code: String,
    pub number: String,
    pub title: String,
    pub state: String,
    pub open: bool,
    pub place: Option<String>,
}

/// Terms read for one word of a query: enough to rank, cheap to read.
const READ: i64 = 120;
/// Terms read where somebody wants to see all.
const READ_ALL: i64 = 3_000;
/// Sites searched at once when the caller names none.
const MOST_SITES: usize = 50;

/// Finds homes, people and orders at one site.
pub async fn find_at(read: &mut Read, site: &Site, text: &str, limit: usize) -> Result<Found, Error> {
    search(read, vec![site.clone()], text, Window { skip: 0, take: limit, terms: READ }).await
}

/// As `find_at`, `take` lines of each list after the first `skip`, for those who turn its pages.
pub async fn find_page(read: &mut Read, site: &Site, text: &str, skip: usize, take: usize) -> Result<Found, Error> {
    search(read, vec![site.clone()], text, Window { skip, take, terms: READ_ALL }).await
}

/// Finds at all sites of the caller, or at those that a word of `text` names: `101 桂语` is home 101 of 桂语花园.
pub async fn find(read: &mut Read, text: &str, limit: usize) -> Result<Found, Error> {
    let sites = sites::visible(read).await?;
    search(read, sites, text, Window { skip: 0, take: limit, terms: READ }).await
}

async fn search(read: &mut Read, sites: Vec<Site>, text: &str, window: Window) -> Result<Found, Error> {
    let typed = split(text);
    let (words, sites) = narrowed(&typed, sites);
    let Some(first) = words.first() else { return Ok(Found::default()) };
    let homes = first.home.is_some() || words.iter().any(|word| word.home.is_some());
    let mut hits = Hits::reading(window.terms);
    match words.as_slice() {
        [word] => hits.single(read, &sites, word).await?,
        several => hits.several(read, &sites, several).await?,
    }
    let site_codes = sites.iter().map(|site| (site.id, site.clone())).collect();
    let mut found = hits.load(read, &site_codes, window).await?;
    found.home_first = homes;
    Ok(found)
}

/// One word of a query.
pub(super) struct Word {
    pub text: String,
    pub home: Option<String>,
}

/// `1 栋 101` is one word: a part of a code is not cut off from its number.
fn split(text: &str) -> Vec<Word> {
    let mut words: Vec<String> = Vec::new();
    for piece in text.split_whitespace().take(6) {
        match words.last_mut() {
            Some(before) if places::closes_part(before) || places::closes_part(piece) && piece.chars().count() <= 2 => {
                before.push_str(piece)
            }
            _ => words.push(piece.chars().take(40).collect()),
        }
    }
    words.into_iter().map(|word| Word { home: Typed::read(&word).map(home_start), text: plain(&word) }).collect()
}

fn home_start(typed: Typed) -> String {
    let end = if typed.open { "-" } else { "" };
    format!("{}{end}", typed.key.to_lowercase())
}

/// Takes the words that name sites out of the query, when something is left to look for.
fn narrowed(words: &[Word], sites: Vec<Site>) -> (Vec<&Word>, Vec<Site>) {
    let names = |word: &Word, site: &Site| {
        word.text.chars().count() > 1
            && word.home.is_none()
            && (plain(&site.name).contains(&word.text) || site.code.to_lowercase() == word.text)
    };
    let naming: Vec<bool> = words.iter().map(|word| sites.iter().any(|site| names(word, site))).collect();
    if words.len() < 2 || naming.iter().all(|naming| *naming) {
        return (words.iter().collect(), sites.into_iter().take(MOST_SITES).collect());
    }
    let meant = |site: &Site| words.iter().zip(&naming).all(|(word, naming)| !naming || names(word, site));
    let sites = sites.into_iter().filter(meant).take(MOST_SITES).collect();
    (words.iter().zip(naming).filter(|(_, naming)| !naming).map(|(word, _)| word).collect(), sites)
}

/// The orders of one place, open ones first.
pub async fn orders_at(read: &mut Read, site: &Site, place: PlaceId, limit: i64) -> Result<Vec<OrderHit>, Error> {
    let sites = HashMap::from([(site.id, site.clone())]);
    Ok(store::orders_at(read, place.uuid(), limit).await?.into_iter().filter_map(|row| order(&sites, row)).collect())
}
