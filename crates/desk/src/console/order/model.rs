use kernel::{
    PartyId,
    orders::{Noun, OrderView, Record, State},
    promises::{Name, Promise},
};
use values::{Day, Phone};

use crate::console::intake::model::{Neighbour, Occupant, Spot};

/// Everything the page of one order shows.
pub struct Case {
    pub view: OrderView,
    pub spot: Option<Spot>,
    pub occupants: Vec<Occupant>,
    /// Other open orders of the place.
    pub open: Vec<Neighbour>,
    /// Second and later callers.
    pub others: Vec<Caller>,
    pub assignee_phone: Option<Phone>,
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
}

/// Somebody who can be sent, with what speaks for and against it.
#[derive(Clone, Debug)]
pub struct Candidate {
    pub party: PartyId,
    pub name: String,
    /// In words.
    pub department: String,
    /// The department is the order's own.
    pub is_own: bool,
    pub post: String,
    pub open_orders: i64,
    pub certificate: Paper,
    pub obstacle: Option<Obstacle>,
}

/// Why somebody cannot be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// Lacks a certificate without which the law forbids the work (CRT-90).
    Paper,
    /// Has this very order in hand.
    HasIt,
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
    pub fn order(&self) -> &Record {
        &self.view.order
    }
    pub fn state(&self) -> State {
        self.view.state
    }
    pub fn may(&self, noun: Noun) -> bool {
        self.view.allowed.contains(&noun)
    }
    /// The promises of this round, and what is still owed from an earlier one.
    pub fn current(&self) -> impl Iterator<Item = &Promise> {
        let round = self.order().round;
        let all = self.view.promises.iter().map(|view| &view.promise);
        all.filter(move |promise| promise.round == round || promise.settled.is_none())
    }
    pub fn promise(&self, name: Name) -> Option<&Promise> {
        self.current().filter(|promise| promise.name == name).last()
    }
}
