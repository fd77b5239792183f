//! Find anywhere: what people type is kept as terms when something is written, and looked up by their beginning.
//! A table of terms per site and kind, read in ranges: the cost does not grow with the estate.

mod find;
mod store;
mod terms;
#[cfg(test)]
mod tests;

pub use find::{Found, HomeHit, OrderHit, PersonHit, find, find_at, orders_at};
pub use store::{forget, index, index_all, index_new};
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
