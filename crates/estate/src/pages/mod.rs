//! What office staff see of homes and people.

mod buildings;
mod editor;
mod find;
mod found;
mod homes;
mod household;
mod labels;
mod matrix;
mod people;
mod reveal;
mod roster;
mod rule;
mod scan;
mod settings;

use kernel::{Error, Right, Site, places::Place};
use maud::Markup;
use web::{Answer, Ask, Page, Route, View, html as page_of, shell};

pub fn routes() -> Vec<Route> {
    [
        buildings::routes(),
        editor::routes(),
        find::routes(),
        homes::routes(),
        household::routes(),
        labels::routes(),
        matrix::routes(),
        people::routes(),
        reveal::routes(),
        roster::routes(),
        rule::routes(),
        scan::routes(),
        settings::routes(),
    ]
    .concat()
}

/// The page with this status.
fn answer(status: u16, view: &View, page: &Page, body: Markup) -> Answer {
    let status = axum::http::StatusCode::from_u16(status).map_err(|cause| Error::Broken(cause.to_string()))?;
    Ok(page_of(status, shell::page(view, page, body)))
}

/// The place of the address: by its code, within the site.
async fn place_of(ask: &Ask) -> Result<(Site, Place), Error> {
    let site = ask.site()?.clone();
    let code: String = ask.param("code")?;
    let mut read = ask.read().await?;
    let place = kernel::places::by_code(&mut read, site.id, &code).await?;
    Ok((site, place))
}

/// A form that was refused comes back as 422; a first showing is 200.
fn status_of(state: &web::parts::FormState) -> u16 {
    if state.problems().is_empty() { 200 } else { 422 }
}

/// PRV: full names for those who need them.
fn name_for(ask: &Ask, name: &str) -> String {
    if ask.may(Right::PeopleRead) { name.to_string() } else { values::mask_name(name) }
}

/// The conditions that a search keeps beside its own word.
fn kept(conditions: &[(&str, &str)]) -> Vec<(String, String)> {
    let set = conditions.iter().filter(|(name, value)| *name != "q" && !value.is_empty());
    set.map(|(name, value)| ((*name).to_string(), (*value).to_string())).collect()
}
