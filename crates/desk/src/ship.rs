//! What a new site is given: the tree of categories of a residential estate. Promises and desk hours have their defaults
//! in the kernel, the working-day calendar too.

use kernel::{Error, SiteId, Tx, categories};

/// Puts the shipped tree in place; on a site that has one it renews it.
pub async fn ship(tx: &mut Tx, site: SiteId) -> Result<(), Error> {
    categories::load(tx, site, &tree()?).await
}

fn tree() -> Result<Vec<categories::Category>, Error> {
    Ok(serde_json::from_str(include_str!("../data/categories.json"))?)
}
