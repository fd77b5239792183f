//! New places: one, a building by its rule, or many homes with the buildings and stairs they need.

use std::collections::HashMap;

use serde_json::{Value as Json, json};
use values::{Area, Day};

use super::{BuildingRule, NewPlace, Place, PlaceKind, PlaceRefusal, Plan, code, plan, store};
use crate::{Error, PlaceId, SiteId, Tx, search};

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
    let terms =
        ids.iter().zip(new).map(|(id, place)| (id.uuid(), search::place_terms(place.kind, &place.code, &place.name)));
    search::index_new(tx, site, search::Kind::Place, terms.collect()).await?;
    Ok(ids)
}

const BUILDING_STEP: i64 = 1_000_000_000;
const STAIR_STEP: i64 = 10_000_000;
const FLOOR_STEP: i64 = 10_000;
/// Basements sort below the ground.
const GROUND: i64 = 100;

/// Buildings by number, then stairs, then floors, then positions.
fn sort_of(above: i64, new: &NewPlace) -> i64 {
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

/// A home as an import knows it: by the parts of its code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitSpec {
    pub kind: PlaceKind,
    /// `2` or `东区`; none for most sites.
    pub phase: Option<String>,
    pub building: String,
    pub stair: Option<String>,
    pub room: String,
    pub area: Option<Area>,
    pub inside_area: Option<Area>,
    pub use_kind: Option<String>,
    pub delivered: Option<Day>,
}

impl UnitSpec {
    fn building_code(&self) -> String {
        match &self.phase {
            Some(phase) => format!("{}{}", code::phase_code(phase), self.building),
            None => self.building.clone(),
        }
    }
    /// `B1-012` lies in garage B1; a parking space of building 3 (`3-车位12`) in building 3.
    fn building_kind(&self) -> PlaceKind {
        let numbered = self.building.starts_with(|c: char| c.is_ascii_digit());
        let garage = self.kind == PlaceKind::Parking && self.stair.is_none() && !numbered;
        if garage { PlaceKind::Garage } else { PlaceKind::Building }
    }
    fn stair_code(&self) -> Option<String> {
        self.stair.as_ref().map(|stair| format!("{}-{stair}", self.building_code()))
    }
    /// `1-2-0301`
    pub fn code(&self) -> String {
        format!("{}-{}", self.stair_code().unwrap_or_else(|| self.building_code()), self.room)
    }
}

/// Many homes, with the phases, buildings and stairs that are not there yet. Ids in the order of `specs`. The caller
/// leaves one audit row for the batch. Errors: any code taken, within the batch too.
pub async fn add_units(tx: &mut Tx, site: SiteId, specs: &[UnitSpec]) -> Result<Vec<PlaceId>, Error> {
    if specs.is_empty() {
        return Ok(Vec::new());
    }
    let mut frame = Frame {
        known: store::known(tx, site).await?.into_iter().map(|(key, place)| (key, place.id)).collect(),
        sorts: HashMap::new(),
    };
    for place in store::frame(tx, site).await? {
        frame.sorts.insert(place.id, place.sort);
    }
    let mut units = Vec::with_capacity(specs.len());
    for spec in specs {
        units.push(frame.unit(tx, site, spec).await?);
    }
    let mut keys: Vec<String> = units.iter().map(|unit| code::key(&unit.code)).collect();
    keys.sort_unstable();
    let twice = keys.windows(2).find(|pair| pair[0] == pair[1]).map(|pair| pair[0].clone());
    let taken = twice.or_else(|| keys.into_iter().find(|key| frame.known.contains_key(key)));
    if let Some(code) = taken {
        return Err(PlaceRefusal::CodeTaken { code }.into());
    }
    save(tx, site, &units).await
}

/// What stands already while a batch is made.
struct Frame {
    known: HashMap<String, PlaceId>,
    sorts: HashMap<PlaceId, i64>,
}

impl Frame {
    async fn unit(&mut self, tx: &mut Tx, site: SiteId, spec: &UnitSpec) -> Result<NewPlace, Error> {
        let phase = match &spec.phase {
            Some(phase) => Some(self.ensure(tx, site, NewPlace::new(PlaceKind::Phase, code::phase_code(phase))).await?),
            None => None,
        };
        let mut building = NewPlace::new(spec.building_kind(), spec.building_code());
        building.parent = phase;
        let building = self.ensure(tx, site, building).await?;
        let stair = match spec.stair_code() {
            Some(code) => {
                let mut stair = NewPlace::new(PlaceKind::Stair, code);
                (stair.parent, stair.building) = (Some(building), Some(building));
                Some(self.ensure(tx, site, stair).await?)
            }
            None => None,
        };
        Ok(self.leaf(spec, building, stair))
    }
    fn leaf(&self, spec: &UnitSpec, building: PlaceId, stair: Option<PlaceId>) -> NewPlace {
        let mut new = NewPlace::new(spec.kind, spec.code());
        let above = stair.unwrap_or(building);
        (new.parent, new.building, new.stair) = (Some(above), Some(building), stair);
        if let Some((floor, position)) = code::floor_and_position(&spec.room).filter(|_| spec.kind == PlaceKind::Unit) {
            (new.floor, new.position) = (Some(floor), Some(position));
        }
        (new.area, new.inside_area, new.delivered) = (spec.area, spec.inside_area, spec.delivered);
        new.use_kind.clone_from(&spec.use_kind);
        new.sort = sort_of(self.sorts.get(&above).copied().unwrap_or(0), &new);
        new
    }
    async fn ensure(&mut self, tx: &mut Tx, site: SiteId, mut new: NewPlace) -> Result<PlaceId, Error> {
        let key = code::key(&new.code);
        if let Some(id) = self.known.get(&key) {
            return Ok(*id);
        }
        new.sort = sort_of(new.parent.and_then(|parent| self.sorts.get(&parent)).copied().unwrap_or(0), &new);
        let sort = new.sort;
        let id = save(tx, site, &[new]).await?[0];
        self.known.insert(key, id);
        self.sorts.insert(id, sort);
        Ok(id)
    }
}
