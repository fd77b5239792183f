//! Who reacts to which fact: one `match`, without `_`, so a new fact stops the build where someone must think.

use kernel::{Error, House, jobs::Job};
use serde_json::Value as Json;

/// The jobs that follow from a fact of `crate_word`.
pub fn names(_crate_word: &str, _fact: &Json) -> Vec<&'static str> {
    Vec::new()
}

/// Does what a job asks for and marks it done in the same transaction.
pub async fn run(_house: &House, job: &Job) -> Result<(), Error> {
    Err(Error::Broken(format!("no reaction is called {}", job.reaction)))
}
