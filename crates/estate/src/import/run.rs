//! Writing a plan. One transaction for the whole file: "all or nothing" cannot be had otherwise, and a reader never sees
//! half an estate. The price is the one writer of the embedded database for the time of the bulk statements (seconds for
//! a hundred thousand rows), so files are read and checked before it is taken, and large ones run as a job.

use std::collections::{BTreeMap, HashSet};

use kernel::{
    Error, PartyId, PlaceId, Site, SiteId, Tx,
    parties::{self, NewOccupancy},
    places, search,
};
use serde_json::{Value as Json, json};

use super::{
    known::Known,
    model::{Import, Mode, State, Summary, Undo, UnitBefore},
    progress::Progress,
    reading::Rows,
    refusal::Refused,
    rules::{self, HomesPlan, PartyRef, UnitRef},
    staff, store,
};

/// Rows written between two looks at whether somebody stopped it.
const STEP: usize = 10_000;

/// What a file would do at a site as it is now.
pub enum Planned {
    Homes(HomesPlan),
    Staff(staff::StaffPlan),
}

impl Planned {
    pub fn summary(&self) -> &Summary {
        match self {
            Self::Homes(plan) => &plan.summary,
            Self::Staff(plan) => &plan.summary,
        }
    }
}

/// A handful of statements, however long the file is.
pub async fn look(read: &mut kernel::Read, site: &Site, rows: &Rows) -> Result<Planned, Error> {
    let today = site.today(read.now());
    match rows {
        Rows::Homes(sheets) => {
            let places = store::places(read, site.id).await?;
            let members = parties::known(read, site.id).await?;
            let known = Known::new(places, members, store::identities(read, site.id).await?);
            let house = read.house().clone();
            let blind = |number: &str| house.keys().blind(&store::plain_identity(number));
            Ok(Planned::Homes(rules::plan(&known, sheets, today, &blind)))
        }
        Rows::Staff(sheets) => Ok(Planned::Staff(staff::look(read, site, sheets, today).await?)),
    }
}

/// Runs an import that is a draft or waits. Errors: rows with errors when all or nothing was asked, no good row,
/// cancelled meanwhile.
pub async fn run(
    tx: &mut Tx,
    site: &Site,
    import: &Import,
    rows: Rows,
    mode: Mode,
    progress: &Progress,
) -> Result<Summary, Error> {
    store::lock_site(tx, site.id).await?;
    if !matches!(store::by_id(tx, import.id).await?.state, State::Draft | State::Running) {
        return Err(Refused::NotDraft.into());
    }
    let planned = look(tx, site, &rows).await?;
    // The plan says it all; a large file should not lie in memory beside what is made of it.
    drop(rows);
    let summary = planned.summary().clone();
    let bad = summary.bad_rows();
    match mode {
        Mode::AllOrNothing if bad > 0 => return Err(Refused::HasErrors { rows: bad }.into()),
        Mode::GoodRows if bad > 0 && bad >= summary.rows => return Err(Refused::NothingGood.into()),
        Mode::AllOrNothing | Mode::GoodRows => {}
    }
    progress.begin(summary.create.values().chain(summary.change.values()).sum());
    let undo = match planned {
        Planned::Homes(plan) => write_homes(tx, site.id, &plan, progress).await?,
        Planned::Staff(plan) => staff::write(tx, site, &plan, progress).await?,
    };
    for sheet in import.reading.sheets.iter().filter(|sheet| sheet.used) {
        store::remember(tx, site.id, import.kind, &sheet.mapping).await?;
    }
    if !store::finish(tx, site.id, import.id, &summary, &undo).await? {
        return Err(Refused::Cancelled.into());
    }
    let after = json!({ "kind": super::kind_word(import.kind), "mode": mode, "rows": summary.rows, "create": summary.create, "change": summary.change, "errors": bad });
    tx.note(site.id, "import.run", format!("import/{}", import.id), Json::Null, after);
    tx.changed(site.id, "places", import.id.uuid());
    Ok(summary)
}

async fn write_homes(tx: &mut Tx, site: SiteId, plan: &HomesPlan, progress: &Progress) -> Result<Undo, Error> {
    let before: HashSet<PlaceId> = store::frame(tx, site).await?.into_iter().collect();
    let mut undo = Undo::default();
    for part in plan.units.chunks(STEP) {
        undo.units.extend(places::add_units(tx, site, part).await?);
        progress.step(part.len())?;
    }
    undo.frame = store::frame(tx, site).await?.into_iter().filter(|id| !before.contains(id)).collect();
    let mut floors: BTreeMap<i64, Vec<PlaceId>> = BTreeMap::new();
    for (index, floor) in &plan.floors {
        floors.entry(*floor).or_default().push(undo.units[*index]);
    }
    for (floor, ids) in floors {
        store::save_floor(tx, site, floor, &ids).await?;
    }
    let changes: Vec<_> =
        plan.changes.iter().map(|change| (change.id, change.after.clone(), change.version + 1)).collect();
    store::save_facts(tx, site, &changes).await?;
    undo.changed_units = plan
        .changes
        .iter()
        .map(|change| UnitBefore { id: change.id, before: change.before.clone(), version: change.version + 1 })
        .collect();
    progress.step(changes.len())?;
    write_people(tx, site, plan, &mut undo, progress).await?;
    Ok(undo)
}

async fn write_people(
    tx: &mut Tx,
    site: SiteId,
    plan: &HomesPlan,
    undo: &mut Undo,
    progress: &Progress,
) -> Result<(), Error> {
    for part in plan.parties.chunks(STEP) {
        undo.parties.extend(parties::add_all(tx, part).await?);
        progress.step(part.len())?;
    }
    store::add_phones(tx, &plan.phones).await?;
    undo.phones = plan
        .phones
        .iter()
        .flat_map(|(party, _, phones)| phones.iter().map(|phone| (*party, phone.dial().to_string())))
        .collect();
    for (party, number) in &plan.identities {
        store::save_identity(tx, *party, number.reveal()).await?;
        undo.identities.push(*party);
    }
    for part in plan.occupancies.chunks(STEP) {
        let new: Vec<NewOccupancy> = part
            .iter()
            .map(|planned| NewOccupancy {
                place: match planned.unit {
                    UnitRef::Known(id) => id,
                    UnitRef::New(index) => undo.units[index],
                },
                party: match planned.party {
                    PartyRef::Known(id) => id,
                    PartyRef::New(index) => undo.parties[index],
                },
                role: planned.role,
                from: planned.from,
                to: None,
                let_in_by: None,
            })
            .collect();
        undo.occupancies.extend(parties::move_in_all(tx, site, &new).await?);
        progress.step(part.len())?;
    }
    reindex(tx, site, &plan.phones.iter().map(|(party, _, _)| *party).collect::<Vec<_>>()).await
}

/// People whose phones changed are found by the new ones.
pub async fn reindex(tx: &mut Tx, site: SiteId, ids: &[PartyId]) -> Result<(), Error> {
    let named = store::names(tx, site, ids).await?;
    let terms = named.iter().map(|(id, name, phones)| (id.uuid(), search::party_terms(name, phones))).collect();
    search::index_all(tx, site, search::Kind::Party, terms).await
}
