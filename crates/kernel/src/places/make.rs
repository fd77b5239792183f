//! New places: one, a building by its rule, or many homes with the buildings and stairs they need.

use serde_json::{Value as Json, json};
use values::Day;

use super::{BuildingRule, NewPlace, Place, PlaceKind, PlaceRefusal, Plan, code, plan, store};
use crate::{
    Error, PlaceId, SiteId, Tx,
    search::{self, TermList},
    sites,
};

/// What a building rule made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Made {
    pub building: PlaceId,
    pub stairs: usize,
    pub units: usize,
}

fn check_code(code: &str) -> Result<(), PlaceRefusal> {
    let long = code.chars().count() > 40;
    if code.trim().is_empty() || long || code.contains(['?', '#', '%']) || code::key(code).is_empty() {
        return Err(PlaceRefusal::CodeShape { code: code.to_string() });
    }
    Ok(())
}

/// What may stand directly below what.
const fn fits(parent: Option<PlaceKind>, kind: PlaceKind) -> bool {
    use PlaceKind::{Building, Floor, Garage, Phase, Stair};
    match (kind, parent) {
        (Phase, parent) => parent.is_none(),
        (Building | Garage, parent) => matches!(parent, None | Some(Phase)),
        (Stair, parent) => matches!(parent, Some(Building)),
        (Floor, parent) => matches!(parent, Some(Building | Stair | Garage)),
        (_, Some(parent)) => !parent.is_exclusive(),
        (PlaceKind::Unit, None) => false,
        (_, None) => true,
    }
}

/// A single place below `parent`. Errors: code taken or unreadable, a kind that cannot stand there, `Missing` parent.
pub async fn add(tx: &mut Tx, site: SiteId, parent: Option<PlaceId>, mut new: NewPlace) -> Result<PlaceId, Error> {
    new.code = new.code.trim().to_string();
    check_code(&new.code)?;
    sites::hold_register(tx, site).await?;
    let above = match parent {
        Some(parent) => Some(within(tx, site, parent).await?),
        None => None,
    };
    if !fits(above.as_ref().map(|place| place.kind), new.kind) {
        return Err(PlaceRefusal::Parent { kind: new.kind.as_str() }.into());
    }
    if let Some(above) = &above {
        new = new.below(above);
    }
    let room = new.code.rsplit('-').next().unwrap_or_default();
    if let (Some((floor, position)), true) = (code::floor_and_position(room), new.kind == PlaceKind::Unit) {
        (new.floor, new.position) = (new.floor.or(Some(floor)), new.position.or(Some(position)));
    }
    if new.sort == 0 {
        new.sort = sort_of(above.as_ref().map_or(0, |place| place.sort), &new);
    }
    refuse_taken(tx, site, std::slice::from_ref(&new)).await?;
    let id = save(tx, site, std::slice::from_ref(&new)).await?[0];
    tx.note(site, "place.added", format!("place/{id}"), Json::Null, json!({ "kind": new.kind, "code": new.code }));
    Ok(id)
}

pub(super) async fn within(tx: &mut Tx, site: SiteId, id: PlaceId) -> Result<Place, Error> {
    let place = store::by_id(tx, id).await?;
    if place.site == site { Ok(place) } else { Err(Error::Missing) }
}

async fn refuse_taken(tx: &mut Tx, site: SiteId, new: &[NewPlace]) -> Result<(), Error> {
    let keys: Vec<String> = new.iter().map(|place| code::key(&place.code)).collect();
    let taken = store::taken(tx, site, &keys).await?;
    match new.iter().find(|place| taken.contains(&code::key(&place.code))) {
        Some(place) => Err(PlaceRefusal::CodeTaken { code: place.code.clone() }.into()),
        None => Ok(()),
    }
}

/// Rows and search terms.
async fn save(tx: &mut Tx, site: SiteId, new: &[NewPlace]) -> Result<Vec<PlaceId>, Error> {
    let ids = store::insert(tx, site, new).await?;
    let mut terms = TermList::default();
    for (id, place) in ids.iter().zip(new) {
        terms.add(search::Kind::Place, id.uuid(), &terms_of(place));
    }
    terms.sort();
    terms.part(site, 0, terms.len()).write(tx).await?;
    Ok(ids)
}

pub(super) fn terms_of(new: &NewPlace) -> Vec<search::Term> {
    search::place_terms(new.kind, &new.code, &new.name)
}

const BUILDING_STEP: i64 = 1_000_000_000;
const STAIR_STEP: i64 = 10_000_000;
const FLOOR_STEP: i64 = 10_000;
/// Basements sort below the ground.
const GROUND: i64 = 100;

/// Buildings by number, then stairs, then floors, then positions.
pub(super) fn sort_of(above: i64, new: &NewPlace) -> i64 {
    let number = number_in(new.code.rsplit('-').next().unwrap_or_default());
    match new.kind {
        PlaceKind::Phase => number * BUILDING_STEP * 1_000,
        PlaceKind::Building => above + number * BUILDING_STEP,
        PlaceKind::Garage => above + (900 + number) * BUILDING_STEP,
        PlaceKind::Stair => above + number * STAIR_STEP,
        _ => match (new.floor, new.position) {
            (Some(floor), position) => {
                above + (GROUND + floor) * FLOOR_STEP + position.unwrap_or(0).min(FLOOR_STEP - 1)
            }
            (None, _) => above + number.min(STAIR_STEP - 1),
        },
    }
}

/// The last number in a code, a letter as its place in the alphabet; at most three digits count.
fn number_in(text: &str) -> i64 {
    let last = text.rsplit(|c: char| !c.is_ascii_digit()).find(|part| !part.is_empty());
    let letter = || {
        text.chars().next().filter(char::is_ascii_alphabetic).map(|c| i64::from(u32::from(c.to_ascii_uppercase()) - 64))
    };
    last.and_then(|digits| digits[digits.len().saturating_sub(6)..].parse::<i64>().ok()).or_else(letter).unwrap_or(0)
        % 1_000_000
}

/// A whole building: itself, its stairs, its homes and shops. `delivered` is the day all of them were handed over.
/// Errors: any of the codes taken.
pub async fn add_building(
    tx: &mut Tx,
    site: SiteId,
    rule: &BuildingRule,
    delivered: Option<Day>,
) -> Result<Made, Error> {
    sites::hold_register(tx, site).await?;
    let plan = plan(rule);
    let parent = phase_of(tx, site, &plan.building).await?;
    let mut building = NewPlace::new(PlaceKind::Building, &*plan.building);
    if let Some(phase) = &parent {
        building = building.below(phase);
    }
    building.sort = sort_of(parent.as_ref().map_or(0, |phase| phase.sort), &building);
    let mut all = stairs_of(&plan, building.sort);
    all.push(building.clone());
    all.extend(plan.units.iter().map(|unit| NewPlace::new(unit.kind, &*unit.code)));
    refuse_taken(tx, site, &all).await?;
    let id = save(tx, site, &[building.clone()]).await?[0];
    let mut stairs = stairs_of(&plan, building.sort);
    for stair in &mut stairs {
        (stair.parent, stair.building) = (Some(id), Some(id));
    }
    let stair_ids = if stairs.is_empty() { Vec::new() } else { save(tx, site, &stairs).await? };
    let units: Vec<NewPlace> =
        plan.units.iter().map(|unit| planned(unit, id, &stair_ids, building.sort, delivered)).collect();
    save(tx, site, &units).await?;
    let made = Made { building: id, stairs: stairs.len(), units: units.len() };
    tx.note(
        site,
        "building.added",
        format!("place/{id}"),
        Json::Null,
        json!({ "code": plan.building, "stairs": made.stairs, "units": made.units }),
    );
    Ok(made)
}

/// `2期3` stands below the phase `2期`, where there is one.
async fn phase_of(tx: &mut Tx, site: SiteId, building: &str) -> Result<Option<Place>, Error> {
    let Some(phase) = code::phase_in(building) else { return Ok(None) };
    match store::by_code(tx, site, &phase).await {
        Ok(place) if place.kind == PlaceKind::Phase => Ok(Some(place)),
        Ok(_) | Err(Error::Missing) => Ok(None),
        Err(cause) => Err(cause),
    }
}

fn stairs_of(plan: &Plan, above: i64) -> Vec<NewPlace> {
    let stair = |code: &String| {
        let mut stair = NewPlace::new(PlaceKind::Stair, code);
        stair.sort = sort_of(above, &stair);
        stair
    };
    plan.stairs.iter().map(stair).collect()
}

fn planned(
    unit: &super::PlannedUnit,
    building: PlaceId,
    stairs: &[PlaceId],
    above: i64,
    delivered: Option<Day>,
) -> NewPlace {
    let mut new = NewPlace::new(unit.kind, &*unit.code);
    new.stair = unit.stair.map(|stair| stairs[stair]);
    (new.building, new.parent) = (Some(building), new.stair.or(Some(building)));
    (new.floor, new.position) = (Some(i64::from(unit.floor)), Some(i64::from(unit.position)));
    (new.area, new.delivered) = (unit.area, delivered);
    let stair = unit.stair.map_or(0, |stair| (i64::try_from(stair).unwrap_or(0) + 1) * STAIR_STEP);
    new.sort = sort_of(above + stair, &new);
    new
}
