//! 扫码: a label leads to its place, the code of an order to the order; what cannot be scanned is typed.

use axum::http::StatusCode;
use kernel::{
    Error, Read, Site,
    orders::{self, Number},
    places,
};
use maud::html;
use serde::Deserialize;
use web::{
    Answer, Ask, Page,
    parts::{self, Button, FormState},
    see_other, shell,
};

use super::{face, paths, store};

#[derive(Default, Deserialize)]
struct Query {
    code: Option<String>,
}

pub(super) async fn page(mut ask: Ask) -> Answer {
    let code = ask.query::<Query>()?.code.unwrap_or_default();
    let mut read = ask.read().await?;
    let sites = face::sites(&mut read).await?;
    let found = if code.trim().is_empty() { None } else { leads_to(&ask, &mut read, &sites, code.trim()).await? };
    drop(read);
    if let Some(path) = found {
        return Ok(see_other(&path));
    }
    let view = face::view(&mut ask, &sites[0]).await?;
    let mut state = FormState::default().value("code", code.as_str());
    let status = if code.trim().is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    if status != StatusCode::OK {
        state.wrong("code", view.say("desk-field-scan-unknown"));
    }
    let body = html! {
        (parts::error_summary(&view.words, state.problems()))
        section class="card card-main" {
            p class="small mb-3" { (view.say("desk-field-scan-how")) }
            a class="btn btn-main btn-block t-lg" href=(paths::SCAN) data-scan data-worker=(web_assets::url("scan-worker.js")) { (shell::icon("qr")) (view.say("desk-field-scan-open")) }
        }
        form class="card" method="get" action=(paths::SCAN) novalidate {
            (parts::text(&view.words, &state.field("code", view.say("desk-field-scan-code")).hint(view.say("desk-field-scan-hint"))))
            div class="form-acts mt-3" { (parts::button(&Button::new(&view.say("desk-field-scan-go")).block())) }
        }
    };
    face::show(status, &view, &Page::new(view.say("desk-field-scan")), body)
}

/// Where a scanned or typed code leads; none for what nobody knows here.
async fn leads_to(ask: &Ask, read: &mut Read, sites: &[Site], code: &str) -> Result<Option<String>, Error> {
    // Labels say an address of ours; what counts is its last part.
    let last = code.split(['?', '#']).next().unwrap_or("").trim_end_matches('/').rsplit('/').next().unwrap_or("");
    for site in sites {
        if let Some(path) = order(ask, read, site, last).await? {
            return Ok(Some(path));
        }
    }
    match places::by_qr(read, last).await {
        Ok(place) => return Ok(Some(paths::home(&place.code))),
        Err(Error::Missing) => {}
        Err(cause) => return Err(cause),
    }
    let mut found = Vec::new();
    for site in sites {
        found.extend(places::resolve(read, site.id, code).await?);
    }
    Ok(match found.as_slice() {
        [] => None,
        [only] => Some(paths::home(&only.code)),
        _ => Some(format!("{}?{}", paths::HOMES, serde_urlencoded::to_string([("q", code)]).unwrap_or_default())),
    })
}

/// An order that this person may see.
async fn order(ask: &Ask, read: &mut Read, site: &Site, code: &str) -> Result<Option<String>, Error> {
    let id = match code.parse::<Number>() {
        Ok(number) => store::order(read, number, ask.caller.party()).await,
        Err(_) => orders::by_number(read, site.id, code).await,
    };
    let seen = match id {
        Ok(id) => orders::load(read, id).await,
        Err(cause) => Err(cause),
    };
    match seen {
        Ok(case) => Ok(Some(paths::order(case.order.number))),
        Err(Error::Missing) => Ok(None),
        Err(cause) => Err(cause),
    }
}
