//! From terms to what they lead to: ranked, counted, and the lines that are wanted.

use std::collections::HashMap;

use uuid::Uuid;
use values::mask_name;

use super::{
    Kind,
    find::{Found, HomeHit, OrderHit, PersonHit, Totals, Word},
    store::{self, Match, PersonRow},
};
use crate::{Error, PartyId, PlaceId, Read, Right, SiteId, orders, places::UnitState, sites::Site};

/// The lines of each list that are wanted, and how far is read for them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Window {
    pub skip: usize,
    pub take: usize,
    pub terms: i64,
}

/// Subjects with the term that found them, best first after `load`.
#[derive(Default)]
pub(super) struct Hits {
    places: Vec<Match>,
    parties: Vec<Match>,
    orders: Vec<Match>,
    /// Terms read for each kind.
    most: i64,
}

impl Hits {
    pub fn reading(most: i64) -> Self {
        Self { most, ..Self::default() }
    }
    pub async fn single(&mut self, read: &mut Read, sites: &[Site], word: &Word) -> Result<(), Error> {
        let ids: Vec<SiteId> = sites.iter().map(|site| site.id).collect();
        let people: Vec<SiteId> = may(read, &ids, &[Right::EstateRead, Right::PeopleRead]);
        let orders: Vec<SiteId> = may(read, &ids, &[Right::OrderRead]);
        let places = may(read, &ids, &[Right::EstateRead]);
        self.places =
            store::matches(read, &places, Kind::Place, word.home.as_ref().unwrap_or(&word.text), self.most).await?;
        self.parties = store::matches(read, &people, Kind::Party, &word.text, self.most).await?;
        self.orders = store::matches(read, &orders, Kind::Order, &word.text, self.most).await?;
        if let (true, Some(number)) = (self.orders.is_empty(), typed_number(read, sites, &word.text)) {
            self.orders = store::matches(read, &orders, Kind::Order, &number, self.most).await?;
        }
        Ok(())
    }
    /// All words must fit: a home by its code and by who is registered there, a person by name and phone.
    pub async fn several(&mut self, read: &mut Read, sites: &[Site], words: &[&Word]) -> Result<(), Error> {
        let ids: Vec<SiteId> = sites.iter().map(|site| site.id).collect();
        let sites = may(read, &ids, &[Right::EstateRead]);
        let (rooms, names): (Vec<&&Word>, Vec<&&Word>) = words.iter().partition(|word| word.home.is_some());
        if let (Some(room), Some(name)) = (rooms.first().and_then(|word| word.home.as_ref()), names.first()) {
            for site in &sites {
                self.places.extend(store::lived_in(read, *site, room, &name.text, self.most).await?);
            }
        }
        let mut all: Option<Vec<Match>> = None;
        for word in words {
            let found = store::matches(read, &sites, Kind::Party, &word.text, self.most * 5).await?;
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
    pub async fn load(self, read: &mut Read, sites: &HashMap<SiteId, Site>, window: Window) -> Result<Found, Error> {
        let Some(today) = sites.values().next().map(|site| site.today(read.now())) else { return Ok(Found::default()) };
        let mut totals = Totals { at_least: self.is_cut(), ..Totals::default() };
        let homes = self.homes(read, sites, today).await?;
        let people = self.people(read, sites).await?;
        let orders = ids(&self.orders);
        (totals.homes, totals.people, totals.orders) = (homes.len(), people.len(), orders.len());
        let rows = store::orders(read, &window.of(orders)).await?;
        let mut found = Found {
            homes: window.of(homes),
            people: window.of(people),
            orders: rows.into_iter().filter_map(|row| order(sites, row)).collect(),
            totals,
            ..Found::default()
        };
        let keys: Vec<SiteId> = sites.keys().copied().collect();
        if let ([only], true) =
            (found.homes.as_slice(), totals.orders == 0 && may(read, &keys, &[Right::OrderRead]).len() == keys.len())
        {
            let work = store::orders_at(read, only.id.uuid(), 3).await?;
            found.orders = work.into_iter().filter_map(|row| order(sites, row)).collect();
        }
        Ok(found)
    }
    /// As many as were asked for of some kind: there may be more.
    fn is_cut(&self) -> bool {
        let full = |matches: &[Match]| i64::try_from(matches.len()).is_ok_and(|read| read >= self.most);
        full(&self.places) || full(&self.parties) || full(&self.orders)
    }
    async fn homes(
        &self,
        read: &mut Read,
        sites: &HashMap<SiteId, Site>,
        today: values::Day,
    ) -> Result<Vec<HomeHit>, Error> {
        let rows = store::homes(read, &ids(&self.places), today).await?;
        let mut places: Vec<(&Match, &store::HomeRow)> =
            self.places.iter().filter_map(|hit| rows.get(&hit.subject).map(|row| (hit, row))).collect();
        places.sort_by_key(|(hit, row)| (hit.term.chars().count(), hit.weight, hit.term.clone(), row.sort));
        Ok(once(places.iter().map(|(_, row)| home(read, sites, row)), |hit| hit.id.uuid()))
    }
    async fn people(&self, read: &mut Read, sites: &HashMap<SiteId, Site>) -> Result<Vec<PersonHit>, Error> {
        let mut parties: Vec<&Match> = self.parties.iter().collect();
        parties.sort_by_key(|hit| (hit.term.chars().count(), hit.weight, hit.term.clone()));
        let best: Vec<Uuid> = once(parties.iter().map(|hit| hit.subject), |id| *id);
        let keys: Vec<SiteId> = sites.keys().copied().collect();
        let mut rows: HashMap<Uuid, Vec<PersonRow>> = HashMap::new();
        for row in store::people(read, &best, &keys).await? {
            rows.entry(row.id).or_default().push(row);
        }
        Ok(best.iter().filter_map(|id| person(read, sites, *id, rows.get(id)?)).collect())
    }
}

impl Window {
    fn of<T>(self, all: Vec<T>) -> Vec<T> {
        all.into_iter().skip(self.skip).take(self.take).collect()
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
    once(matches.iter().map(|hit| hit.subject), |id| *id)
}

/// Those that differ, in their order.
fn once<T>(all: impl Iterator<Item = T>, key: impl Fn(&T) -> Uuid) -> Vec<T> {
    let mut seen = std::collections::HashSet::new();
    all.filter(|item| seen.insert(key(item))).collect()
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
    let first = rows.first()?;
    let homes = rows.iter().take(3).filter_map(|row| Some((row.code.clone()?, row.role.clone()?))).collect();
    Some(PersonHit {
        id: PartyId::from_uuid(id),
        site: first.site,
        site_code: sites.get(&first.site).map(|site| site.code.clone()).unwrap_or_default(),
        name: readable(read, first.site, &first.name),
        phone: first.phone.clone(),
        homes,
        gone: rows.iter().all(|row| row.to.is_some()),
    })
}

pub(super) fn order(sites: &HashMap<SiteId, Site>, row: store::OrderRow) -> Option<OrderHit> {
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
