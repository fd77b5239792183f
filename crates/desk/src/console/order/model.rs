use std::collections::BTreeMap;

use kernel::{
    PartyId,
    categories::Category,
    orders::{Entry, Noun, Record},
    promises::Promise,
};
use values::{Day, Moment, Phone};

use crate::console::intake::model::{Neighbour, Occupant, Spot};

/// Everything the page of one order shows.
pub struct Case {
    pub order: Record,
    pub category: Option<Category>,
    /// Of all rounds, oldest first, without those that were replaced.
    pub promises: Vec<Promise>,
    /// Newest first.
    pub thread: Vec<Entry>,
    /// What this caller may do next.
    pub allowed: Vec<Noun>,
    pub spot: Option<Spot>,
    pub occupants: Vec<Occupant>,
    /// Other open orders of the place.
    pub open: Vec<Neighbour>,
    /// Second and later callers.
    pub reporters: Vec<Caller>,
    /// The names of the people who are mentioned by id.
    pub names: BTreeMap<PartyId, String>,
    pub assignee_phone: Option<Phone>,
    pub photos: Vec<Photo>,
    /// The number it goes on under.
    pub merged_into: Option<kernel::orders::Number>,
    pub may: May,
}

/// Rights beyond those of single acts.
#[derive(Clone, Copy, Debug, Default)]
pub struct May {
    pub reveal: bool,
    pub desk: bool,
}

/// Somebody else who called about the same thing.
#[derive(Clone, Debug)]
pub struct Caller {
    pub name: Option<String>,
    pub phone: Option<Phone>,
    pub place: Option<String>,
    pub number: Option<String>,
    pub at: Moment,
}

#[derive(Clone, Debug)]
pub struct Photo {
    pub id: values::Id<Photo>,
    pub at: Moment,
    pub kind: String,
    pub note: Option<String>,
}

/// Somebody who can be sent, with what speaks for and against it.
#[derive(Clone, Debug)]
pub struct Candidate {
    pub party: PartyId,
    pub name: String,
    pub department: String,
    pub post: String,
    pub open_orders: i64,
    pub certificate: Paper,
}

/// How a candidate stands to the certificate that the work demands (CRT-90).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Paper {
    NotNeeded,
    Held,
    /// Ended on this day.
    Ended(Option<Day>),
    Missing,
}

impl Paper {
    pub const fn is_in_the_way(&self) -> bool {
        matches!(self, Self::Ended(_) | Self::Missing)
    }
}

impl Case {
    pub fn name_of(&self, party: PartyId) -> &str {
        self.names.get(&party).map_or("", String::as_str)
    }
    pub fn assignee(&self) -> Option<&str> {
        self.order.assignee().map(|party| self.name_of(party)).filter(|name| !name.is_empty())
    }
    pub fn may(&self, noun: Noun) -> bool {
        self.allowed.contains(&noun)
    }
    /// The promises of this round.
    pub fn current(&self) -> impl Iterator<Item = &Promise> {
        self.promises.iter().filter(|promise| promise.round == self.order.round)
    }
    pub fn promise(&self, name: kernel::promises::Name) -> Option<&Promise> {
        self.current().filter(|promise| promise.name == name).last()
    }
}
