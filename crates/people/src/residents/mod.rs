//! Residents: a phone and six digits log in (R04); a fact from outside the phone ties it to a home; the owner invites
//! family and tenants, who come in when they accept, and ends it.

pub mod binding;
mod household;
mod invitation;
mod invited;
mod login;
mod me;
mod one_person;
mod proof;
mod request;
#[cfg(test)]
mod tests;
mod tie;

use web::Route;

pub use household::end_let_in;
pub use invitation::{LetIn, invite};
pub use proof::Proof;

pub fn routes() -> Vec<Route> {
    [login::routes(), tie::routes(), me::routes(), invited::routes()].concat()
}
