//! What every page of the field face has in common.

use axum::http::StatusCode;
use kernel::{Error, Read, Site, sites};
use maud::{Markup, html};
use web::{Answer, Ask, Page, View, shell};

/// The site whose name and phone a page carries: the first one for somebody who works at several.
/// Errors: `Denied` for none.
pub(super) async fn site(read: &mut Read) -> Result<Site, Error> {
    Ok(sites(read).await?.swap_remove(0))
}

/// Every site this person works at, one at least; their lists show all of them together. Errors: `Denied` for none.
pub(super) async fn sites(read: &mut Read) -> Result<Vec<Site>, Error> {
    let sites = sites::visible(read).await?;
    if sites.is_empty() { Err(Error::Denied) } else { Ok(sites) }
}

pub(super) async fn view(ask: &mut Ask, site: &Site) -> Result<View, Error> {
    ask.site = Some(site.clone());
    ask.view().await
}

pub(super) fn show(status: StatusCode, view: &View, page: &Page, body: Markup) -> Answer {
    Ok(web::html(status, shell::page(view, page, body)))
}

/// A number to ring, in a button.
pub(super) fn call_button(label: &str, number: &str) -> Markup {
    html! { a class="btn btn-block" href={ "tel:" (number.replace([' ', '-'], "")) } { (shell::icon("phone")) (label) } }
}
