//! Places, parties, occupancies and search for other programs: the same verbs as the pages.

mod model;
mod occupancies;
mod parties;
mod places;
mod search;

use kernel::{Error, FieldError, Right, Site, sites};
use web::{Ask, Route};

pub fn routes() -> Vec<Route> {
    [places::routes(), parties::routes(), occupancies::routes(), search::routes()].concat()
}

/// Rows of a page, at most 200.
const PAGE: i64 = 50;

/// The site of a call, by its code, where the caller holds `right`. Errors: `Missing` for a foreign one, `Denied`.
async fn site_for(ask: &Ask, code: &str, right: Right) -> Result<Site, Error> {
    let site = sites::by_code(&mut ask.read().await?, code).await?;
    if ask.caller.may(right, site.id) { Ok(site) } else { Err(Error::Denied) }
}

/// The site of a thing that was loaded within scope.
async fn site_of(ask: &Ask, id: kernel::SiteId, right: Right) -> Result<Site, Error> {
    let site = sites::by_id(&mut ask.read().await?, id).await?;
    if ask.caller.may(right, site.id) { Ok(site) } else { Err(Error::Denied) }
}

fn parsed<T: std::str::FromStr>(field: &str, text: &str, code: &'static str) -> Result<T, Error> {
    text.parse().map_err(|_| Error::Invalid(vec![FieldError::new(field, code)]))
}
fn parsed_option<T: std::str::FromStr>(
    field: &str,
    text: Option<&String>,
    code: &'static str,
) -> Result<Option<T>, Error> {
    text.filter(|text| !text.is_empty()).map(|text| parsed(field, text, code)).transpose()
}

/// `sort_id`: where the next page begins.
fn cursor<T>(text: &str) -> Result<Option<(i64, values::Id<T>)>, Error> {
    if text.is_empty() {
        return Ok(None);
    }
    let read = || text.split_once('_').and_then(|(sort, id)| Some((sort.parse().ok()?, id.parse().ok()?)));
    read().map(Some).ok_or_else(|| Error::Invalid(vec![FieldError::new("cursor", "estate_cursor_shape")]))
}
