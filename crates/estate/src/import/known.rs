//! What a site knows already, in maps: made from a handful of statements for a whole file.

use std::collections::HashMap;

use kernel::{
    PartyId, PlaceId,
    parties::{HomeRole, KnownMember},
    places::PlaceKind,
    search,
};
use values::{Day, Phone};

use super::model::UnitFacts;

/// A place as an import compares it.
#[derive(Clone, Debug)]
pub struct KnownPlace {
    pub id: PlaceId,
    pub key: String,
    pub kind: PlaceKind,
    pub facts: UnitFacts,
    pub version: i64,
    pub closed: bool,
}

/// Homes, people and identity numbers of one site.
#[derive(Default)]
pub struct Known {
    pub places: HashMap<String, KnownPlace>,
    /// `1-301` → the keys of the homes 301 of building 1 that have a stair.
    pub without_stair: HashMap<String, Vec<String>>,
    members: HashMap<PlaceId, Vec<KnownMember>>,
    by_name_and_phone: HashMap<(String, Phone), PartyId>,
    phones: HashMap<PartyId, Vec<Phone>>,
    /// Blind index of the identity number.
    pub identities: HashMap<PartyId, Vec<u8>>,
}

impl Known {
    pub fn new(places: Vec<KnownPlace>, members: Vec<KnownMember>, identities: Vec<(PartyId, Vec<u8>)>) -> Self {
        let mut known = Self { identities: identities.into_iter().collect(), ..Self::default() };
        for place in places {
            if let ([building, _, room], true) =
                (place.key.split('-').collect::<Vec<_>>().as_slice(), place.kind.is_exclusive())
            {
                known.without_stair.entry(format!("{building}-{room}")).or_default().push(place.key.clone());
            }
            known.places.insert(place.key.clone(), place);
        }
        for member in members {
            known.learn(&member);
            known.members.entry(member.place).or_default().push(member);
        }
        known
    }
    fn learn(&mut self, member: &KnownMember) {
        let name = search::plain(&member.name);
        for phone in &member.phones {
            self.by_name_and_phone.entry((name.clone(), phone.clone())).or_insert(member.party);
        }
        self.phones.entry(member.party).or_insert_with(|| member.phones.clone());
    }
    pub fn at(&self, place: PlaceId) -> &[KnownMember] {
        self.members.get(&place).map_or(&[], Vec::as_slice)
    }
    /// Name and phone within the site; never the phone alone.
    pub fn party(&self, name: &str, phones: &[Phone]) -> Option<PartyId> {
        phones.iter().find_map(|phone| self.by_name_and_phone.get(&(name.to_string(), phone.clone())).copied())
    }
    pub fn phones_of(&self, party: PartyId) -> &[Phone] {
        self.phones.get(&party).map_or(&[], Vec::as_slice)
    }
}

pub fn is_there(member: &KnownMember, today: Day) -> bool {
    member.to.is_none_or(|to| to > today)
}

/// Those who are owners, or the tenants, now or from a coming day on.
pub fn holders(members: &[KnownMember], owning: bool, today: Day) -> Vec<&KnownMember> {
    let fits = |role: HomeRole| if owning { role.owns() } else { role == HomeRole::Tenant };
    members.iter().filter(|member| fits(member.role) && is_there(member, today)).collect()
}
