//! What a phone keeps for when there is no network, and what it has not sent yet.

use axum::http::StatusCode;
use kernel::{
    Error,
    orders::{self, Line},
};
use maud::{Markup, html};
use serde::Serialize;
use web::{
    Answer, Ask, Page, View,
    parts::{self, NoteKind},
    shell,
};

use super::{
    face, paths,
    store::{self, Label},
};

/// More orders than this nobody does in a shift.
const MOST_KEPT: usize = 60;
/// Labels that a phone can read without a network; about 100 bytes each.
const MOST_LABELS: i64 = 5_000;

#[derive(Serialize)]
struct Kept {
    pages: Vec<String>,
    assets: Vec<String>,
    /// What a scanned label or a typed code means.
    places: Vec<Label>,
    orders: Vec<KeptOrder>,
}

/// One's own order, as a scanned place shows it.
#[derive(Serialize)]
struct KeptOrder {
    path: String,
    number: String,
    /// The number as it stands on screens.
    shown: String,
    title: String,
    /// Code of its place; empty for none.
    place: String,
    site: String,
}

/// `GET /f/offline.json`: the pages of this shift, those of one's own orders only, and what labels mean.
pub(super) async fn list(ask: Ask) -> Answer {
    let party = ask.caller.party().ok_or(Error::Denied)?;
    let mut read = ask.read().await?;
    let mut mine = orders::mine(&mut read, party).await?;
    mine.truncate(MOST_KEPT);
    let at = store::labels_of(&mut read, &mine).await?;
    let places = store::labels(&mut read, MOST_LABELS).await?;
    drop(read);
    let own = mine.iter().map(|line| paths::order(line.number));
    let fixed = [paths::TODAY, paths::QUEUE, paths::SCAN, paths::REPORT, paths::OFFLINE];
    let pages = fixed.map(str::to_string).into_iter().chain(own).collect();
    let assets = ["app.css", "field.js", "scan-worker.js"].map(web_assets::url).to_vec();
    let orders = mine.iter().map(|line| kept(line, at.get(&line.id))).collect();
    Ok(web::json(StatusCode::OK, &Kept { pages, assets, places, orders }, None))
}

fn kept(line: &Line, at: Option<&Label>) -> KeptOrder {
    KeptOrder {
        path: paths::order(line.number),
        number: line.number.to_string(),
        shown: line.number.short(),
        title: line.title.clone(),
        place: at.map(|label| label.code.clone()).unwrap_or_default(),
        site: at.map(|label| label.site.clone()).unwrap_or_default(),
    }
}

/// `GET /f/offline`: stands for every page that the phone has not kept; the script tells what the phone knows of the place or order
/// that was asked for. Needs no log-in.
pub(super) async fn page(ask: Ask) -> Answer {
    let view = ask.view().await?;
    let body = html! {
        (parts::note(NoteKind::Stop, html! { (view.say("desk-field-offline-safe")) }))
        div class="gap" data-known aria-live="polite" {}
        nav class="stack gap" aria-label=(view.say("desk-field-offline-ways")) {
            // An empty address is that of the page that was asked for.
            a class="btn btn-block" href="" { (shell::icon("refresh")) (view.say("desk-field-offline-again")) }
            a class="btn btn-block" href=(paths::TODAY) data-if-kept { (view.say("desk-field-offline-today")) }
            a class="btn btn-block" href=(paths::REPORT) data-if-kept { (view.say("desk-field-report")) }
            a class="btn btn-block" href=(paths::QUEUE) data-if-kept { (view.say("desk-field-queue")) }
        }
    };
    face::show(StatusCode::OK, &view, &Page::new(view.say("desk-field-offline")), body)
}

/// 待上传: unsent work with its cards, filled in by the script.
pub(super) async fn queue(mut ask: Ask) -> Answer {
    let mut read = ask.read().await?;
    let site = face::site(&mut read).await?;
    drop(read);
    let view = face::view(&mut ask, &site).await?;
    let dock = html! { button type="button" class="btn btn-main btn-block t-lg" data-sync-now { (shell::icon("cloud")) (view.say("desk-field-sync-now")) } };
    let page = Page::new(view.say("desk-field-queue"))
        .badge(html! { span class="small muted num push" data-outbox-count {} })
        .crumb(view.say("desk-field-today"), paths::TODAY)
        .dock(dock);
    face::show(StatusCode::OK, &view, &page, waiting(&view))
}

fn waiting(view: &View) -> Markup {
    html! {
        p class="small muted" data-room hidden {}
        section class="card gap" data-outbox aria-live="polite" { noscript { p class="muted" { (view.say("desk-field-queue-no-script")) } } }
        div class="gap" { (parts::note(NoteKind::Info, html! { (view.say("desk-field-queue-how")) })) }
        div class="gap" { (parts::note(NoteKind::Plain, html! { (view.say("desk-field-queue-leave")) })) }
        (carry(view))
    }
}

/// Work travels in a file where this phone finds no network and the foreman's does.
fn carry(view: &View) -> Markup {
    html! {
        details class="gap" {
            summary class="btn btn-block" { (view.say("desk-field-carry")) }
            section class="card gap" {
                p class="small muted mb-3" { (view.say("desk-field-carry-how")) }
                button type="button" class="btn btn-block" data-carry-give { (shell::icon("out")) (view.say("desk-field-carry-give")) }
                label class="field-f gap" {
                    span class="label" { (view.say("desk-field-carry-take")) }
                    input class="input" type="file" accept=".json,application/json" data-carry-take;
                }
                p class="small ink mt-2" role="status" data-carry-told {}
            }
        }
    }
}
