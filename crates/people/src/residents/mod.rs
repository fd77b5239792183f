//! Residents: a phone and six digits log in (R04); a fact from outside the phone ties it to a home; the owner lets in
//! family and tenants and ends it.

pub mod binding;
mod household;
mod login;
mod me;
mod proof;
mod request;
#[cfg(test)]
mod tests;
mod tie;

use web::Route;

pub use household::{LetIn, end_let_in, let_in};
pub use proof::Proof;

pub fn routes() -> Vec<Route> {
    [login::routes(), tie::routes(), me::routes()].concat()
}
