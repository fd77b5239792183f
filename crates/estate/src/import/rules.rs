//! What a list of homes would create, change and leave alone. Pure: the site as it is and the rows, the plan.
//! Blank cells change nothing; the same file twice changes nothing; history is never rewritten.

use std::collections::{HashMap, HashSet};

use kernel::{
    PartyId, PlaceId,
    parties::{HomeRole, NewParty},
    places::{self, UnitSpec},
};
use sheets::{Field, HomeRow, Mapping, Parsed};
use values::{Day, Phone, Secret};

use super::{
    known::{Known, KnownPlace, holders},
    model::{Outcome, Problem, Summary, UnitChange, UnitFacts},
    people::{self, Left, OWNERS, Side, TENANTS, Wish},
    unit::{frame_of, is_frame, spec},
};

/// Outcomes kept for the preview.
pub const LINES: usize = 50;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnitRef {
    Known(PlaceId),
    New(usize),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartyRef {
    Known(PartyId),
    New(usize),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlannedOccupancy {
    pub unit: UnitRef,
    pub party: PartyRef,
    pub role: HomeRole,
    pub from: Day,
}

/// Everything that a file of homes would write.
#[derive(Default)]
pub struct HomesPlan {
    pub units: Vec<UnitSpec>,
    /// Floors that the file names and the room number does not.
    pub floors: Vec<(usize, i64)>,
    pub changes: Vec<UnitChange>,
    pub parties: Vec<NewParty>,
    pub occupancies: Vec<PlannedOccupancy>,
    /// Phones that known parties get, behind those they have: how many they have, and the new ones.
    pub phones: Vec<(PartyId, usize, Vec<Phone>)>,
    pub identities: Vec<(PartyId, Secret<String>)>,
    /// The first rows, for the preview.
    pub lines: Vec<(String, u32, Outcome)>,
    pub summary: Summary,
}

/// `blind` makes the index by which equal identity numbers meet.
pub fn plan(
    known: &Known,
    sheets: &[(Mapping, Parsed<HomeRow>)],
    today: Day,
    blind: &dyn Fn(&str) -> Vec<u8>,
) -> HomesPlan {
    let mut planner = Planner {
        known,
        today,
        blind,
        plan: HomesPlan::default(),
        fresh: HashMap::new(),
        seen: HashMap::new(),
        frame: HashSet::new(),
        added: HashMap::new(),
    };
    for (mapping, parsed) in sheets {
        planner.plan.summary.problems.extend(parsed.errors.iter().map(Problem::from));
        planner.plan.summary.warnings.extend(parsed.warnings.iter().map(Problem::from));
        planner.plan.summary.rows += parsed.count();
        for row in &parsed.rows {
            planner.row(&parsed.sheet, mapping, row);
        }
    }
    planner.done()
}

struct Planner<'a> {
    known: &'a Known,
    today: Day,
    blind: &'a dyn Fn(&str) -> Vec<u8>,
    plan: HomesPlan,
    /// People whom an earlier row of this file makes, by name and phone.
    fresh: HashMap<(String, Phone), usize>,
    /// Homes of earlier rows, by key: row and sheet.
    seen: HashMap<String, (u32, String)>,
    /// Buildings and stairs that the new homes need, by key.
    frame: HashSet<String>,
    added: HashMap<PartyId, Added>,
}

#[derive(Default)]
struct Added {
    phones: Vec<Phone>,
    identity: Option<String>,
}

/// What one row asks for, when nothing is wrong with it.
struct Wanted<'a> {
    key: String,
    spec: UnitSpec,
    floor: Option<i64>,
    place: Option<&'a KnownPlace>,
    facts: UnitFacts,
    people: Vec<Wish>,
    from: Day,
}

impl<'a> Planner<'a> {
    fn row(&mut self, sheet: &str, mapping: &Mapping, row: &HomeRow) {
        let outcome = match self.decide(row) {
            Ok(wanted) => {
                self.seen.insert(wanted.key.clone(), (row.row, sheet.to_string()));
                self.take(wanted)
            }
            Err(left) => {
                self.plan.summary.problems.push(left.at(sheet, mapping, row.row));
                Outcome::Bad
            }
        };
        self.plan.summary.unchanged += usize::from(outcome == Outcome::Unchanged);
        if self.plan.lines.len() < LINES {
            self.plan.lines.push((sheet.to_string(), row.row, outcome));
        }
    }

    fn decide(&self, row: &HomeRow) -> Result<Wanted<'a>, Left> {
        let spec = spec(row);
        let place = self.find(&spec, &row.unit.to_string())?;
        let key = place.map_or_else(|| places::key(&spec.code()), |place| place.key.clone());
        if let Some((first, sheet)) = self.seen.get(&key) {
            return Err(Left::new(Field::Unit, "duplicate_unit", row.unit.to_string())
                .with("row", first)
                .with("sheet", sheet));
        }
        let old = place.map(|place| place.facts.clone()).unwrap_or_default();
        let facts = UnitFacts {
            area: spec.area.or(old.area),
            inside_area: spec.inside_area.or(old.inside_area),
            use_kind: spec.use_kind.clone().or(old.use_kind),
            delivered: spec.delivered.or(old.delivered),
        };
        let members = place.map_or(&[][..], |place| self.known.at(place.id));
        let mut people = people::wishes(self.known, members, &row.owners, &OWNERS, self.today)?;
        // 租户 that names the owner means: lived in by the owner.
        let owners: Vec<&str> = row
            .owners
            .iter()
            .map(|owner| owner.name.as_str())
            .chain(holders(members, true, self.today).iter().map(|owner| owner.name.as_str()))
            .collect();
        let tenants: Vec<sheets::Party> =
            row.tenants.iter().filter(|tenant| !owners.contains(&tenant.name.as_str())).cloned().collect();
        people.extend(people::wishes(self.known, members, &tenants, &TENANTS, self.today)?);
        for wish in &people {
            self.check_identity(wish)?;
        }
        let begun = holders(members, true, self.today).iter().map(|owner| owner.from).max();
        let delivered = facts.delivered.unwrap_or(self.today);
        let from = begun.map_or(delivered, |begun| begun.max(delivered));
        Ok(Wanted { key, spec, floor: row.floor.map(i64::from), place, facts, people, from })
    }

    /// The home of the code; without a stair the only one of its building, if there is just one.
    fn find(&self, spec: &UnitSpec, written: &str) -> Result<Option<&'a KnownPlace>, Left> {
        let code = spec.code();
        let left = |code: &'static str| Left::new(Field::Unit, code, written);
        if code.chars().count() > 40 || code.contains(['?', '#', '%']) {
            return Err(left("unit_unreadable"));
        }
        let key = places::key(&code);
        let found = match (self.known.places.get(&key), self.known.without_stair.get(&key)) {
            (Some(place), _) => place,
            (None, Some(keys)) if spec.stair.is_none() && keys.len() == 1 => &self.known.places[&keys[0]],
            (None, Some(keys)) if spec.stair.is_none() => {
                return Err(left("unit_ambiguous").with("homes", keys.join("、")));
            }
            _ => return self.may_be_made(spec, &key, written).map(|()| None),
        };
        match (found.kind.is_exclusive(), found.closed) {
            (false, _) => Err(left("unit_not_a_home")),
            (true, true) => Err(left("unit_closed")),
            (true, false) => Ok(Some(found)),
        }
    }

    /// `1-1-301` where `1-301` is registered: one home or two, only a person can say. And no code is both a home and a
    /// building or stair.
    fn may_be_made(&self, spec: &UnitSpec, key: &str, written: &str) -> Result<(), Left> {
        let short = places::key(&UnitSpec { stair: None, ..spec.clone() }.code());
        if spec.stair.is_some() && self.known.places.get(&short).is_some_and(|place| place.kind.is_exclusive()) {
            return Err(Left::new(Field::Unit, "unit_ambiguous", written).with("homes", short));
        }
        let is_home = |key: &String| {
            self.seen.contains_key(key) || self.known.places.get(key).is_some_and(|place| !is_frame(place.kind))
        };
        if self.frame.contains(key) || frame_of(spec).iter().any(is_home) {
            return Err(Left::new(Field::Unit, "unit_not_a_home", written));
        }
        Ok(())
    }

    fn who(&self, wish: &Wish) -> Option<PartyRef> {
        let fresh = || wish.phones.iter().find_map(|phone| self.fresh.get(&(wish.key.clone(), phone.clone())));
        wish.party.map(PartyRef::Known).or_else(|| fresh().map(|index| PartyRef::New(*index)))
    }

    fn check_identity(&self, wish: &Wish) -> Result<(), Left> {
        let Some(number) = &wish.identity else { return Ok(()) };
        let differs = match self.who(wish) {
            Some(PartyRef::Known(party)) => {
                let other = self
                    .added
                    .get(&party)
                    .and_then(|added| added.identity.as_ref())
                    .is_some_and(|other| other != number);
                other || self.known.identities.get(&party).is_some_and(|index| *index != (self.blind)(number))
            }
            Some(PartyRef::New(index)) => {
                self.plan.parties[index].identity.as_ref().is_some_and(|other| other.reveal() != number)
            }
            None => false,
        };
        let side: &Side = if wish.role.owns() { &OWNERS } else { &TENANTS };
        if differs {
            Err(Left::new(side.identity, "identity_differs", values::mask_identity(number)).with("name", &wish.name))
        } else {
            Ok(())
        }
    }

    fn take(&mut self, wanted: Wanted<'a>) -> Outcome {
        let (unit, mut changed) = match wanted.place {
            Some(place) => (UnitRef::Known(place.id), self.change(place, &wanted.facts)),
            None => (UnitRef::New(self.make(wanted.spec, wanted.floor)), false),
        };
        for wish in wanted.people {
            let (role, there) = (wish.role, wish.there);
            let (party, learned) = self.party(wish);
            if !there {
                self.plan.occupancies.push(PlannedOccupancy { unit, party, role, from: wanted.from });
            }
            changed |= learned || !there;
        }
        match unit {
            UnitRef::New(_) => Outcome::New,
            UnitRef::Known(_) if changed => Outcome::Changed,
            UnitRef::Known(_) => Outcome::Unchanged,
        }
    }

    fn make(&mut self, spec: UnitSpec, floor: Option<i64>) -> usize {
        let index = self.plan.units.len();
        self.frame.extend(frame_of(&spec));
        let told = places::floor_and_position(&spec.room).map(|(floor, _)| floor);
        self.plan.floors.extend(floor.filter(|floor| told != Some(*floor)).map(|floor| (index, floor)));
        self.plan.units.push(spec);
        index
    }

    fn change(&mut self, place: &KnownPlace, facts: &UnitFacts) -> bool {
        if place.facts == *facts {
            return false;
        }
        self.plan.changes.push(UnitChange {
            id: place.id,
            before: place.facts.clone(),
            after: facts.clone(),
            version: place.version,
        });
        true
    }

    /// The party, and whether something new is learned of a known one.
    fn party(&mut self, wish: Wish) -> (PartyRef, bool) {
        let party = self.who(&wish);
        match party {
            Some(PartyRef::Known(id)) => (PartyRef::Known(id), self.learn(id, wish)),
            Some(PartyRef::New(index)) => {
                let known = &mut self.plan.parties[index];
                known.phones.extend(
                    wish.phones.iter().filter(|phone| !known.phones.contains(phone)).cloned().collect::<Vec<_>>(),
                );
                known.identity = known.identity.take().or(wish.identity.map(Secret::new));
                self.fresh.extend(wish.phones.into_iter().map(|phone| ((wish.key.clone(), phone), index)));
                (PartyRef::New(index), false)
            }
            None => {
                let index = self.plan.parties.len();
                self.fresh.extend(wish.phones.iter().map(|phone| ((wish.key.clone(), phone.clone()), index)));
                let identity = wish.identity.map(Secret::new);
                self.plan.parties.push(NewParty {
                    kind: wish.kind,
                    name: wish.name,
                    phones: wish.phones,
                    identity,
                    note: wish.note,
                });
                (PartyRef::New(index), false)
            }
        }
    }

    fn learn(&mut self, id: PartyId, wish: Wish) -> bool {
        let known = self.known.phones_of(id);
        let added = self.added.entry(id).or_default();
        let before = (added.phones.len(), added.identity.is_some());
        for phone in wish.phones {
            if !known.contains(&phone) && !added.phones.contains(&phone) {
                added.phones.push(phone);
            }
        }
        if !self.known.identities.contains_key(&id) {
            added.identity = added.identity.take().or(wish.identity);
        }
        before != (added.phones.len(), added.identity.is_some())
    }

    fn done(mut self) -> HomesPlan {
        let mut added: Vec<(PartyId, Added)> =
            self.added.into_iter().filter(|(_, added)| !added.phones.is_empty() || added.identity.is_some()).collect();
        added.sort_by_key(|(id, _)| *id);
        let plan = &mut self.plan;
        plan.summary.create = counts([
            ("units", plan.units.len()),
            ("parties", plan.parties.len()),
            ("occupancies", plan.occupancies.len()),
        ]);
        plan.summary.change = counts([("units", plan.changes.len()), ("parties", added.len())]);
        plan.summary.change.retain(|_, count| *count > 0);
        for (id, added) in added {
            plan.identities.extend(added.identity.map(|number| (id, Secret::new(number))));
            if !added.phones.is_empty() {
                plan.phones.push((id, self.known.phones_of(id).len(), added.phones));
            }
        }
        plan.summary.problems.sort_by(|a, b| (&a.sheet, a.row).cmp(&(&b.sheet, b.row)));
        self.plan
    }
}

fn counts<const N: usize>(pairs: [(&str, usize); N]) -> std::collections::BTreeMap<String, usize> {
    pairs.into_iter().map(|(name, count)| (name.to_string(), count)).collect()
}
