//! What every page of the field face has in common.

use axum::http::StatusCode;
use kernel::{Error, Read, Site, sites};
use maud::{Markup, html};
use web::{Answer, Ask, Page, View, shell};

/// The site this person works at; the first one for somebody with several. Errors: `Denied` for none.
pub(super) async fn site(read: &mut Read) -> Result<Site, Error> {
    sites::visible(read).await?.into_iter().next().ok_or(Error::Denied)
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
