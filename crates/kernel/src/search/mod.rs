//! Find anywhere: what people type is kept as terms when something is written, and looked up by their beginning.
//! A table of terms per site and kind, read in ranges: the cost does not grow with the estate.

mod bulk;
mod find;
mod hits;
mod store;
mod terms;
#[cfg(test)]
mod tests;

pub use bulk::TermList;
pub use find::{Found, HomeHit, OrderHit, PersonHit, Totals, find, find_at, find_page, orders_at};
pub use store::{forget_all, index, index_more};
pub use terms::{Term, number_terms, party_terms, place_terms, plain};

/// What a term leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    Place,
    Party,
    Order,
}

impl Kind {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Place => "place",
            Self::Party => "party",
            Self::Order => "order",
        }
    }
}
