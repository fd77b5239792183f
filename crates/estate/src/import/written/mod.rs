//! Writing a plan of homes. People, and what they and the homes are found by, cannot be reached before somebody lives in a
//! home: they may go in ahead, in small transactions. Homes and occupancies make them visible, in one (decision 8).

mod ahead;
mod clear;
mod staged;
mod store;
#[cfg(test)]
mod tests;

use std::{
    collections::{BTreeMap, HashSet},
    ops::Range,
    sync::Arc,
};

use kernel::{
    Batch, Error, House, PartyId, PlaceId, Read, SiteId, Tx,
    parties::{self, NewOccupancy, OccupancyId},
    places::{Frame, UnitSpec},
    search::{self, Kind, TermList},
};
use values::Moment;

use super::{
    model::{ImportId, Undo, UnitBefore},
    progress::Progress,
    rules::{HomesPlan, PartyRef, UnitRef},
    run,
};
use ahead::ahead;
pub use clear::{clear, clear_ended};
pub use staged::{Ready, stage_and_show};
pub use store::{Part, drop_all, parts};

/// Homes, people or occupancies in one batch: some ten milliseconds of the one writer.
const STEP: usize = 2_000;
/// Terms in one batch.
const TERMS: usize = 10_000;

/// A plan with the ids of everything that it makes.
pub struct Prepared {
    house: House,
    now: Moment,
    site: SiteId,
    pub plan: HomesPlan,
    parties: Vec<PartyId>,
    units: Vec<PlaceId>,
    occupancies: Vec<OccupancyId>,
}

fn steps(count: usize) -> impl Iterator<Item = Range<usize>> {
    (0..count).step_by(STEP).map(move |start| start..count.min(start + STEP))
}

impl Prepared {
    pub fn new(read: &Read, site: SiteId, plan: HomesPlan) -> Self {
        let (house, now) = (read.house().clone(), read.now());
        let chance = house.chance();
        Self {
            parties: PartyId::several(now, chance, plan.parties.len()),
            units: PlaceId::several(now, chance, plan.units.len()),
            occupancies: OccupancyId::several(now, chance, plan.occupancies.len()),
            house: house.clone(),
            now,
            site,
            plan,
        }
    }
    fn people(&self, range: Range<usize>) -> Batch {
        parties::party_rows(&self.house, self.now, &self.parties[range.clone()], &self.plan.parties[range])
    }
    /// Everything that new homes and new people are found by, in the order of its table.
    fn terms(&self) -> TermList {
        let mut terms = TermList::default();
        for (id, party) in self.parties.iter().zip(&self.plan.parties) {
            terms.add(Kind::Party, id.uuid(), &search::party_terms(&party.name, &party.phones));
        }
        for (id, unit) in self.units.iter().zip(&self.plan.units) {
            terms.add(Kind::Place, id.uuid(), &unit.terms());
        }
        terms.sort();
        terms
    }
    fn occupancies(&self, range: Range<usize>) -> Batch {
        let new: Vec<NewOccupancy> = self.plan.occupancies[range.clone()]
            .iter()
            .map(|planned| NewOccupancy {
                place: match planned.unit {
                    UnitRef::Known(id) => id,
                    UnitRef::New(index) => self.units[index],
                },
                party: match planned.party {
                    PartyRef::Known(id) => id,
                    PartyRef::New(index) => self.parties[index],
                },
                role: planned.role,
                from: planned.from,
                to: None,
                let_in_by: None,
            })
            .collect();
        parties::occupancy_rows(self.now, self.site, &self.occupancies[range], &new)
    }
    /// The parts to be kept, each before what it names can be found.
    fn parts(&self) -> impl Iterator<Item = Part> {
        let home = |(id, unit): (&PlaceId, &UnitSpec)| (*id, unit.kind, unit.code());
        let homes = move |range: Range<usize>| {
            Part::Homes(self.units[range.clone()].iter().zip(&self.plan.units[range]).map(home).collect())
        };
        let occupancies = |range: Range<usize>| Part::Occupancies(self.occupancies[range].to_vec());
        steps(self.units.len()).map(homes).chain(steps(self.occupancies.len()).map(occupancies))
    }
}

/// All of a plan in the caller's transaction: for lists that are soon written.
pub async fn write(
    tx: &mut Tx,
    site: SiteId,
    import: ImportId,
    plan: HomesPlan,
    progress: &Progress,
) -> Result<Undo, Error> {
    clear::clear_within(tx, site, import).await?;
    let all = Arc::new(Prepared::new(tx, site, plan));
    let (attempt, mut number) = (tx.id(), 0);
    for range in steps(all.parties.len()) {
        store::keep(tx, import, attempt, number, &Part::Parties(all.parties[range.clone()].to_vec())).await?;
        all.people(range).write(tx).await?;
        number += 1;
    }
    for part in all.parts() {
        store::keep(tx, import, attempt, number, &part).await?;
        number += 1;
    }
    let terms = all.terms();
    for from in (0..terms.len()).step_by(TERMS) {
        terms.part(site, from, TERMS).write(tx).await?;
    }
    show(tx, &all, progress).await
}

/// Homes, who lives in them, and what becomes of the homes and people that were there: from now on all of it can be seen.
async fn show(tx: &mut Tx, all: &Arc<Prepared>, progress: &Progress) -> Result<Undo, Error> {
    let (site, plan) = (all.site, &all.plan);
    let mut frame = Frame::read(tx, site).await?;
    frame.ensure(&plan.units);
    let mut terms = TermList::default();
    frame.missing(&mut terms).write(tx).await?;
    terms.sort();
    terms.part(site, 0, terms.len()).write(tx).await?;
    let mut undo = Undo { frame: frame.missing_ids(), ..Undo::default() };
    let mut rows = visible(Arc::clone(all), frame);
    while let Some((batch, count)) = rows.recv().await {
        batch.write(tx).await?;
        progress.step(count)?;
    }
    let mut floors: BTreeMap<i64, Vec<PlaceId>> = BTreeMap::new();
    for (index, floor) in &plan.floors {
        floors.entry(*floor).or_default().push(all.units[*index]);
    }
    for (floor, ids) in floors {
        super::store::save_floor(tx, site, floor, &ids).await?;
    }
    change_known(tx, all, &mut undo).await?;
    progress.step(plan.changes.len())?;
    Ok(undo)
}

/// Rows of homes, then of occupancies.
fn visible(all: Arc<Prepared>, mut frame: Frame) -> tokio::sync::mpsc::Receiver<(Batch, usize)> {
    let mut homes = steps(all.units.len());
    let mut occupancies = steps(all.occupancies.len());
    ahead(move || {
        if let Some(range) = homes.next() {
            let count = range.len();
            return Some((frame.units(&all.units[range.clone()], &all.plan.units[range]), count));
        }
        let range = occupancies.next()?;
        let count = range.len();
        Some((all.occupancies(range), count))
    })
}

/// Facts of homes, phones and identity numbers of people who were known.
async fn change_known(tx: &mut Tx, all: &Prepared, undo: &mut Undo) -> Result<(), Error> {
    let (site, plan) = (all.site, &all.plan);
    let changes: Vec<_> =
        plan.changes.iter().map(|change| (change.id, change.after.clone(), change.version + 1)).collect();
    super::store::save_facts(tx, site, &changes).await?;
    undo.changed_units = plan
        .changes
        .iter()
        .map(|change| UnitBefore { id: change.id, before: change.before.clone(), version: change.version + 1 })
        .collect();
    super::store::add_phones(tx, &plan.phones).await?;
    let known = plan.phones.iter();
    undo.phones =
        known.flat_map(|(party, _, phones)| phones.iter().map(|phone| (*party, phone.dial().to_string()))).collect();
    for (party, number) in &plan.identities {
        super::store::save_identity(tx, *party, number.reveal()).await?;
        undo.identities.push(*party);
    }
    let touched: HashSet<PartyId> = plan.phones.iter().map(|(party, _, _)| *party).collect();
    run::reindex(tx, site, &touched.into_iter().collect::<Vec<_>>()).await
}
