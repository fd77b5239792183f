use std::collections::HashMap;

use uuid::Uuid;
use values::{Area, Phone, mask_name};

use super::{
    Kind, plain,
    store::{self, Match, PersonRow},
};
use crate::{
    Error, PartyId, PlaceId, Read, Right, SiteId, orders,
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
/// Sites searched at once when the caller names none.
const MOST_SITES: usize = 50;

/// Finds homes, people and orders at one site.
pub async fn find_at(read: &mut Read, site: &Site, text: &str, limit: usize) -> Result<Found, Error> {
    search(read, vec![site.clone()], text, limit).await
}

/// Finds at all sites of the caller, or at those that a word of `text` names: `101 桂语` is home 101 of 桂语花园.
pub async fn find(read: &mut Read, text: &str, limit: usize) -> Result<Found, Error> {
    let sites = sites::visible(read).await?;
    search(read, sites, text, limit).await
}

async fn search(read: &mut Read, sites: Vec<Site>, text: &str, limit: usize) -> Result<Found, Error> {
    let typed = split(text);
    let (words, sites) = narrowed(&typed, sites);
    let Some(first) = words.first() else { return Ok(Found::default()) };
    let homes = first.home.is_some() || words.iter().any(|word| word.home.is_some());
    let mut hits = Hits::default();
    match words.as_slice() {
        [word] => hits.single(read, &sites, word).await?,
        several => hits.several(read, &sites, several).await?,
    }
    let site_codes = sites.iter().map(|site| (site.id, site.clone())).collect();
    let mut found = hits.load(read, &site_codes, limit).await?;
    found.home_first = homes;
    Ok(found)
}

/// One word of a query.
struct Word {
    text: String,
    home: Option<String>,
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

/// Subjects with the term that found them, best first after `load`.
#[derive(Default)]
struct Hits {
    places: Vec<Match>,
    parties: Vec<Match>,
    orders: Vec<Match>,
}

impl Hits {
    async fn single(&mut self, read: &mut Read, sites: &[Site], word: &Word) -> Result<(), Error> {
        let ids: Vec<SiteId> = sites.iter().map(|site| site.id).collect();
        let people: Vec<SiteId> = may(read, &ids, &[Right::EstateRead, Right::PeopleRead]);
        let orders: Vec<SiteId> = may(read, &ids, &[Right::OrderRead]);
        let places = may(read, &ids, &[Right::EstateRead]);
        self.places =
            store::matches(read, &places, Kind::Place, word.home.as_ref().unwrap_or(&word.text), READ).await?;
        self.parties = store::matches(read, &people, Kind::Party, &word.text, READ).await?;
        self.orders = store::matches(read, &orders, Kind::Order, &word.text, READ).await?;
        if let (true, Some(number)) = (self.orders.is_empty(), typed_number(read, sites, &word.text)) {
            self.orders = store::matches(read, &orders, Kind::Order, &number, READ).await?;
        }
        Ok(())
    }
    /// All words must fit: a home by its code and by who is registered there, a person by name and phone.
    async fn several(&mut self, read: &mut Read, sites: &[Site], words: &[&Word]) -> Result<(), Error> {
        let ids: Vec<SiteId> = sites.iter().map(|site| site.id).collect();
        let sites = may(read, &ids, &[Right::EstateRead]);
        let (rooms, names): (Vec<&&Word>, Vec<&&Word>) = words.iter().partition(|word| word.home.is_some());
        if let (Some(room), Some(name)) = (rooms.first().and_then(|word| word.home.as_ref()), names.first()) {
            for site in &sites {
                self.places.extend(store::lived_in(read, *site, room, &name.text, READ).await?);
            }
        }
        let mut all: Option<Vec<Match>> = None;
        for word in words {
            let found = store::matches(read, &sites, Kind::Party, &word.text, READ * 5).await?;
            all = Some(match all {
                None => found,
                Some(before) => {
                    before.into_iter().filter(|hit| found.iter().any(|other| other.subject == hit.subject)).collect()
                }
            });
        }
        self.parties = all.unwrap_or_default();
        Ok(())
    }
    async fn load(self, read: &mut Read, sites: &HashMap<SiteId, Site>, limit: usize) -> Result<Found, Error> {
        let today = sites.values().next().map(|site| site.today(read.now())).ok_or(Error::Missing);
        let Ok(today) = today else { return Ok(Found::default()) };
        let rows = store::homes(read, &ids(&self.places), today).await?;
        let mut places: Vec<(&Match, &store::HomeRow)> =
            self.places.iter().filter_map(|hit| rows.get(&hit.subject).map(|row| (hit, row))).collect();
        places.sort_by_key(|(hit, row)| (hit.term.chars().count(), hit.weight, hit.term.clone(), row.sort));
        let mut found = Found {
            homes: once(places.iter().map(|(_, row)| home(read, sites, row)), |hit| hit.id.uuid(), limit),
            ..Found::default()
        };
        let mut parties = self.parties;
        parties.sort_by(|a, b| {
            (a.term.chars().count(), a.weight, &a.term).cmp(&(b.term.chars().count(), b.weight, &b.term))
        });
        let best: Vec<Uuid> = once(parties.iter().map(|hit| hit.subject), |id| *id, limit);
        let keys: Vec<SiteId> = sites.keys().copied().collect();
        let people = store::people(read, &best, &keys).await?;
        found.people = best.iter().filter_map(|id| person(read, sites, *id, &people)).collect();
        let orders = store::orders(read, &once(self.orders.iter().map(|hit| hit.subject), |id| *id, limit)).await?;
        found.orders = orders.into_iter().filter_map(|row| order(sites, row)).collect();
        if let ([only], true) = (
            found.homes.as_slice(),
            found.orders.is_empty() && may(read, &keys, &[Right::OrderRead]).len() == keys.len(),
        ) {
            let work = store::orders_at(read, only.id.uuid(), 3).await?;
            found.orders = work.into_iter().filter_map(|row| order(sites, row)).collect();
        }
        Ok(found)
    }
}

/// `b0812017` and `0812 017` as the number is kept.
fn typed_number(read: &Read, sites: &[Site], text: &str) -> Option<String> {
    let today = sites.first()?.today(read.now());
    let typed = orders::parse_typed(text, today)?;
    let short = format!("{:02}{:02}-{:03}", typed.day.month(), typed.day.day(), typed.sequence);
    Some(typed.kind.map_or(short.clone(), |kind| format!("{}-{short}", kind.letter()).to_lowercase()))
}

fn ids(matches: &[Match]) -> Vec<Uuid> {
    once(matches.iter().map(|hit| hit.subject), |id| *id, usize::MAX)
}

/// The first `limit` that differ, in their order.
fn once<T>(all: impl Iterator<Item = T>, key: impl Fn(&T) -> Uuid, limit: usize) -> Vec<T> {
    let mut seen = std::collections::HashSet::new();
    all.filter(|item| seen.insert(key(item))).take(limit).collect()
}

/// Those of the sites where the caller holds one of the rights.
fn may(read: &Read, sites: &[SiteId], rights: &[Right]) -> Vec<SiteId> {
    sites.iter().copied().filter(|site| rights.iter().any(|right| read.caller().may(*right, *site))).collect()
}

/// PRV: names are level 2: in full for those who need them, masked for others.
fn readable(read: &Read, site: SiteId, name: &str) -> String {
    if read.caller().may(Right::PeopleRead, site) { name.to_string() } else { mask_name(name) }
}

fn home(read: &Read, sites: &HashMap<SiteId, Site>, row: &store::HomeRow) -> HomeHit {
    HomeHit {
        id: PlaceId::from_uuid(row.id),
        site: row.site,
        site_code: sites.get(&row.site).map(|site| site.code.clone()).unwrap_or_default(),
        code: row.code.clone(),
        name: row.name.clone(),
        kind: row.kind.clone(),
        area: row.area,
        state: UnitState::of(row.tenants, row.people),
        holder: row.holder.as_ref().map(|name| readable(read, row.site, name)),
        open_orders: row.open_orders,
    }
}

fn person(read: &Read, sites: &HashMap<SiteId, Site>, id: Uuid, rows: &[PersonRow]) -> Option<PersonHit> {
    let mine: Vec<&PersonRow> = rows.iter().filter(|row| row.id == id).collect();
    let first = mine.first()?;
    let homes = mine.iter().take(3).filter_map(|row| Some((row.code.clone()?, row.role.clone()?))).collect();
    Some(PersonHit {
        id: PartyId::from_uuid(id),
        site: first.site,
        site_code: sites.get(&first.site).map(|site| site.code.clone()).unwrap_or_default(),
        name: readable(read, first.site, &first.name),
        phone: first.phone.clone(),
        homes,
        gone: mine.iter().all(|row| row.to.is_some()),
    })
}

fn order(sites: &HashMap<SiteId, Site>, row: store::OrderRow) -> Option<OrderHit> {
    let site_code = sites.get(&row.site)?.code.clone();
    Some(OrderHit {
        id: row.id,
        site: row.site,
        site_code,
        number: row.number,
        title: row.title,
        state: row.state,
        open: row.open,
        place: row.code,
    })
}

/// The orders of one place, open ones first.
pub async fn orders_at(read: &mut Read, site: &Site, place: PlaceId, limit: i64) -> Result<Vec<OrderHit>, Error> {
    let sites = HashMap::from([(site.id, site.clone())]);
    Ok(store::orders_at(read, place.uuid(), limit).await?.into_iter().filter_map(|row| order(&sites, row)).collect())
}
