use serde_json::json;

use super::{Category, Kept, rules, store};
use crate::{Error, SiteId, Tx};

/// 报修分类: adds one category or renews it, and switches it on or off. Orders that were reported keep what they have.
/// `seen` is the version that the caller looked at, 0 for a new one; without it the last one to save wins.
/// Errors: fields, see `rules::check`; `Stale` when somebody saved it meanwhile; `Missing` for a site out of scope.
pub async fn set(tx: &mut Tx, site: SiteId, category: &Category, closed: bool, seen: Option<i64>) -> Result<(), Error> {
    if !tx.caller().scope.holds(site) {
        return Err(Error::Missing);
    }
    let current = store::hold(tx, site, &category.code).await?.unwrap_or(0);
    if seen.is_some_and(|seen| seen != current) {
        return Err(Error::Stale { current });
    }
    let tree = store::every(tx, site).await?;
    let departments = "SELECT code AS value FROM departments WHERE site = $1 AND {scope} ORDER BY sort, code";
    let departments: Vec<String> = tx.all(departments, (site,)).await?;
    rules::check(category, closed, &tree, &departments)?;
    let before = tree.iter().find(|kept| kept.category.code == category.code);
    let sort = before.map_or_else(|| rules::sort_of(category, &tree), |kept| kept.sort);
    let kept = Kept { category: category.clone(), closed, version: current + 1, sort };
    store::save(tx, site, &kept).await?;
    let act = if before.is_some() { "category.changed" } else { "category.added" };
    tx.note(site, act, format!("category/{}", category.code), json!(before), json!(kept));
    tx.changed(site, "categories", site.uuid());
    Ok(())
}
