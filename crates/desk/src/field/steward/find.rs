//! Finding homes and people of the site, and the open orders of one's own buildings.

use axum::http::StatusCode;
use kernel::{
    Error, Read, Site,
    orders::{self, Filter, Line, Page as Rows},
    places,
    search::{self, Found},
    staff,
};
use maud::{Markup, html};
use serde::Deserialize;
use web::{
    Answer, Ask, Page, View,
    parts::{self, Button, Field},
};

use crate::field::{face, paths, store, today};

const MOST_HITS: usize = 12;

#[derive(Default, Deserialize)]
struct Query {
    q: Option<String>,
}

/// `GET /f/homes?q=`
pub(in crate::field) async fn find(mut ask: Ask) -> Answer {
    let typed = ask.query::<Query>()?.q.unwrap_or_default();
    let mut read = ask.read().await?;
    let site = face::site(&mut read).await?;
    let found =
        if typed.trim().is_empty() { None } else { Some(search::find(&mut read, typed.trim(), MOST_HITS).await?) };
    drop(read);
    let view = face::view(&mut ask, &site).await?;
    let field = Field::new("q", view.say("desk-field-find-what"))
        .value(typed)
        .hint(view.say("desk-field-find-hint"))
        .autofocus();
    let body = html! {
        form class="card" method="get" action=(paths::HOMES) role="search" {
            (parts::text(&view.words, &field))
            div class="form-acts mt-3" { (parts::button(&Button::main(&view.say("desk-field-find-go")).icon("search").block())) }
        }
        @if let Some(found) = &found { (hits(&view, found)) }
    };
    face::show(
        StatusCode::OK,
        &view,
        &Page::new(view.say("desk-field-find")).crumb(view.say("desk-field-today"), paths::TODAY),
        body,
    )
}

fn hits(view: &View, found: &Found) -> Markup {
    if found.is_empty() {
        return parts::nothing_matches(view, paths::HOMES);
    }
    html! {
        section class="card" {
            @for hit in &found.homes {
                @let open = if hit.open_orders > 0 { view.words.with("desk-field-open-orders", &[("n", hit.open_orders.into())]) } else { String::new() };
                @let below = [hit.holder.clone().unwrap_or_default(), open].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
                (parts::item(&hit.code, &below, &paths::home(&hit.code)))
            }
            @for hit in &found.people {
                @let first = hit.homes.first().map(|(code, _)| code.clone()).unwrap_or_default();
                @if !first.is_empty() { (parts::item(&hit.name, &first, &paths::home(&first))) }
            }
            @for hit in &found.orders {
                (parts::item(&hit.title, &hit.number, &format!("/f/orders/{}", hit.number)))
            }
        }
    }
}

/// `GET /f/mine`: what is open in the buildings that this steward holds.
pub(in crate::field) async fn mine(mut ask: Ask) -> Answer {
    let mut read = ask.read().await?;
    let sites = face::sites(&mut read).await?;
    let mut lines = Vec::new();
    for site in &sites {
        lines.extend(held(&ask, &mut read, site).await?);
    }
    lines.sort_by_key(|line| line.next_due.map_or(i64::MAX, values::Moment::millis));
    let named = store::site_names(&mut read, &lines).await?;
    drop(read);
    let view = face::view(&mut ask, &sites[0]).await?;
    let body = html! {
        div id="mine" data-live-part {
            @for line in &lines { (today::card(&view, line, named.get(&line.id))) }
            @if lines.is_empty() { (parts::nothing_yet(&view.say("desk-field-mine-none"), &view.say("desk-field-mine-none-why"), None)) }
        }
    };
    face::show(
        StatusCode::OK,
        &view,
        &Page::new(view.say("desk-field-my-buildings")).crumb(view.say("desk-field-today"), paths::TODAY),
        body,
    )
}

/// Page by page of each building that holds something of theirs, kept as far as it is theirs.
async fn held(ask: &Ask, read: &mut Read, site: &Site) -> Result<Vec<Line>, Error> {
    let me = ask.caller.party().ok_or(Error::Denied)?;
    let held = staff::homes_of(read, site.id, me, site.today(read.now())).await?;
    let theirs = store::of_places(read, &held).await?;
    let places = places::by_ids(read, &held).await?;
    let mut buildings: Vec<_> = places.iter().map(|place| place.building.unwrap_or(place.id)).collect();
    buildings.sort_unstable();
    buildings.dedup();
    let mut lines = Vec::new();
    for building in buildings {
        let filter = Filter { building: Some(building), ..Filter::default() };
        let page = Rows { after: None, size: orders::MOST_ROWS };
        lines.extend(
            orders::lines(read, site.id, &filter, &page)
                .await?
                .items
                .into_iter()
                .filter(|line| theirs.contains(&line.id)),
        );
    }
    Ok(lines)
}
