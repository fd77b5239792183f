//! Many homes by the parts of their codes, with the phases, buildings and stairs that they need.

use std::collections::HashMap;

use values::{Area, Day, Moment};

use super::{NewPlace, PlaceKind, PlaceRefusal, code, make, store};
use crate::{
    Batch, Error, House, PlaceId, Read, SiteId, Tx,
    search::{self, TermList},
};

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
    /// What the home is found by.
    pub fn terms(&self) -> Vec<search::Term> {
        let code = self.code();
        search::place_terms(self.kind, &code, &code)
    }
    /// `1-2-0301`
    pub fn code(&self) -> String {
        format!("{}-{}", self.stair_code().unwrap_or_else(|| self.building_code()), self.room)
    }
}

/// Many homes, with the phases, buildings and stairs that are not there yet. Ids in the order of `specs`. The caller
/// leaves one audit row for the batch. Errors: any code taken, within the batch too.
pub async fn add_units(tx: &mut Tx, site: SiteId, specs: &[UnitSpec]) -> Result<Vec<PlaceId>, Error> {
    let mut frame = Frame::read(tx, site).await?;
    frame.ensure(specs);
    let mut keys: Vec<String> = specs.iter().map(|spec| code::key(&spec.code())).collect();
    keys.sort_unstable();
    let twice = keys.windows(2).find(|pair| pair[0] == pair[1]).map(|pair| pair[0].clone());
    let frames = || keys.iter().find(|key| frame.known.contains_key(*key)).cloned();
    let taken = match twice.or_else(frames) {
        Some(code) => Some(code),
        None => store::taken(tx, site, &keys).await?.into_iter().next(),
    };
    if let Some(code) = taken {
        return Err(PlaceRefusal::CodeTaken { code }.into());
    }
    let (ids, mut terms) = (tx.ids(specs.len()), TermList::default());
    frame.missing(&mut terms).write(tx).await?;
    frame.units(&ids, specs).write(tx).await?;
    for (id, spec) in ids.iter().zip(specs) {
        terms.add(search::Kind::Place, id.uuid(), &spec.terms());
    }
    terms.sort();
    terms.part(site, 0, terms.len()).write(tx).await?;
    Ok(ids)
}

/// Phases, buildings and stairs of a site as they stand, and those that a batch needs besides. Once it is read, it makes
/// rows without asking the database again.
pub struct Frame {
    house: House,
    now: Moment,
    site: SiteId,
    known: HashMap<String, PlaceId>,
    sorts: HashMap<PlaceId, i64>,
    missing: Vec<(PlaceId, NewPlace)>,
}

/// Where the homes of a stair stand.
struct Above {
    building: PlaceId,
    stair: Option<PlaceId>,
}

impl Frame {
    pub async fn read(read: &mut Read, site: SiteId) -> Result<Self, Error> {
        let (house, now) = (read.house().clone(), read.now());
        let (mut known, mut sorts) = (HashMap::new(), HashMap::new());
        for place in store::frame(read, site).await? {
            sorts.insert(place.id, place.sort);
            known.insert(place.key, place.id);
        }
        Ok(Self { house, now, site, known, sorts, missing: Vec::new() })
    }
    /// Makes up what these homes need and is not there.
    pub fn ensure(&mut self, specs: &[UnitSpec]) {
        for spec in specs {
            self.above(spec);
        }
    }
    /// Rows of what was made up, and the terms it is found by.
    pub fn missing(&self, terms: &mut TermList) -> Batch {
        for (id, place) in &self.missing {
            terms.add(search::Kind::Place, id.uuid(), &make::terms_of(place));
        }
        store::rows(&self.house, self.now, self.site, self.missing.iter().map(|(id, place)| (*id, place)))
    }
    /// What was made up.
    pub fn missing_ids(&self) -> Vec<PlaceId> {
        self.missing.iter().map(|(id, _)| *id).collect()
    }
    /// Rows of homes, without their terms.
    pub fn units(&mut self, ids: &[PlaceId], specs: &[UnitSpec]) -> Batch {
        let units: Vec<NewPlace> = specs.iter().map(|spec| self.unit(spec)).collect();
        store::rows(&self.house, self.now, self.site, ids.iter().copied().zip(&units))
    }
    fn unit(&mut self, spec: &UnitSpec) -> NewPlace {
        let above = self.above(spec);
        let mut new = NewPlace::new(spec.kind, spec.code());
        let parent = above.stair.unwrap_or(above.building);
        (new.parent, new.building, new.stair) = (Some(parent), Some(above.building), above.stair);
        if let Some((floor, position)) = code::floor_and_position(&spec.room).filter(|_| spec.kind == PlaceKind::Unit) {
            (new.floor, new.position) = (Some(floor), Some(position));
        }
        (new.area, new.inside_area, new.delivered) = (spec.area, spec.inside_area, spec.delivered);
        new.use_kind.clone_from(&spec.use_kind);
        new.sort = make::sort_of(self.sorts.get(&parent).copied().unwrap_or(0), &new);
        new
    }
    fn above(&mut self, spec: &UnitSpec) -> Above {
        let phase =
            spec.phase.as_ref().map(|phase| self.find(NewPlace::new(PlaceKind::Phase, code::phase_code(phase))));
        let mut building = NewPlace::new(spec.building_kind(), spec.building_code());
        building.parent = phase;
        let building = self.find(building);
        let stair = spec.stair_code().map(|code| {
            let mut stair = NewPlace::new(PlaceKind::Stair, code);
            (stair.parent, stair.building) = (Some(building), Some(building));
            self.find(stair)
        });
        Above { building, stair }
    }
    fn find(&mut self, mut new: NewPlace) -> PlaceId {
        let key = code::key(&new.code);
        if let Some(id) = self.known.get(&key) {
            return *id;
        }
        new.sort = make::sort_of(new.parent.and_then(|parent| self.sorts.get(&parent)).copied().unwrap_or(0), &new);
        let id = PlaceId::fresh(self.now, self.house.chance());
        self.known.insert(key, id);
        self.sorts.insert(id, new.sort);
        self.missing.push((id, new));
        id
    }
}
