//! The place tree of a site: phases, buildings, stairs, homes, shops, parking spaces, common parts, plant rooms, gates,
//! checkpoints. Verbs make places one by one, from a building rule, or in bulk for imports.
//! Invariant: no two places of a site have codes that compare equal; a closed place keeps its code.

mod code;
mod edit;
mod frame;
mod make;
mod model;
mod plan;
mod refusal;
mod rule;
mod store;
#[cfg(test)]
mod tests;
mod tokens;

pub use code::{Typed, closes_part, floor_and_position, key, phase_code, shorter};
pub use edit::{Change, change, close};
pub use frame::{Frame, UnitSpec, add_units};
pub use make::{Made, add, add_building};
pub use model::{BuildingLine, NewPlace, Place, PlaceKind, UnitLine, UnitState, qr_token};
pub use plan::{Plan, PlannedUnit, plan};
pub use refusal::PlaceRefusal;
pub use rule::{Band, BuildingRule, MOST_UNITS, RuleRefusal};
pub use store::{UnitFilter, buildings, by_code, by_id, by_ids, by_qr, children, frame, matrix, unit_lines, units};

use crate::{Error, Read, SiteId};

/// A typed home can match in several stairs; more than this is no answer.
const MOST_MATCHES: i64 = 50;

/// The places that `typed` may mean, the likeliest first: `1-1-0101` one home, `1栋101` every home 101 of building 1,
/// `101` every home 101 of the site. Nothing for what cannot be a code.
pub async fn resolve(read: &mut Read, site: SiteId, typed: &str) -> Result<Vec<Place>, Error> {
    match Typed::read(typed) {
        Some(typed) => store::by_terms(read, site, &typed.key.to_lowercase(), MOST_MATCHES).await,
        None => Ok(Vec::new()),
    }
}

/// Where the label of a place leads.
pub fn label_path(qr: &str) -> String {
    format!("/p/at/{qr}")
}
