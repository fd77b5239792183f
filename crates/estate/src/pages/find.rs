//! Find anywhere: options for the box (⌘K), the same as a page for browsers without scripts.

use kernel::{
    Right, Site,
    search::{self, Found, HomeHit, OrderHit, PersonHit},
};
use maud::{Markup, html};
use serde::Deserialize;
use web::{
    Answer, Ask, Page, Route, View,
    parts::{badge, padded, plate},
    shell::icon,
};

use super::{
    answer,
    found::{self, Group},
};
use crate::{paths, words};

pub fn routes() -> Vec<Route> {
    vec![Route::get("/c/{site}/find", page).right(Right::EstateRead).right(Right::OrderRead)]
}

#[derive(Deserialize, Default)]
struct Query {
    #[serde(default)]
    q: String,
    /// `homes`, `people` or `orders`: all of them, page by page.
    #[serde(default)]
    all: String,
    #[serde(default)]
    page: Option<usize>,
}

/// Lines of a group.
const LINES: usize = 8;

async fn page(ask: Ask) -> Answer {
    let (site, query) = (ask.site()?.clone(), ask.query::<Query>()?);
    let view = ask.view().await?;
    let typed = query.q.trim();
    if let (false, Ok(group)) = (typed.is_empty(), query.all.parse()) {
        return found::page(&ask, &view, &site, &found::Turned { typed, group, page: query.page.unwrap_or(1).max(1) })
            .await;
    }
    let found = if typed.is_empty() || typed.starts_with('>') {
        Found::default()
    } else {
        let mut read = ask.read().await?;
        search::find_at(&mut read, &site, typed, LINES).await?
    };
    let may_report = ask.may(Right::OrderReport);
    let options = options(&view, &site, typed, &found, may_report);
    if ask.headers.contains_key("x-fragment") {
        return Ok(web::html(axum::http::StatusCode::OK, options));
    }
    let body = html! {
        (search_form(&view, &site, &query.q))
        div class="mt-4 max-744" role="listbox" aria-label=(view.say("find-results")) { (options) }
    };
    answer(200, &view, &Page::new(view.say("find-title")), padded(body))
}

pub(super) fn search_form(view: &View, site: &Site, typed: &str) -> Markup {
    html! {
        form class="row max-460" method="get" action=(paths::find(&site.code)) role="search" {
            input class="input" type="search" name="q" value=(typed) aria-label=(view.say("find-title")) placeholder=(view.say("find-long")) autofocus;
            button class="btn btn-main" { (view.say("estate-find")) }
        }
    }
}

fn options(view: &View, site: &Site, typed: &str, found: &Found, may_report: bool) -> Markup {
    if typed.is_empty() || typed.starts_with('>') {
        return commands(view, typed.trim_start_matches('>').trim());
    }
    if found.is_empty() {
        return html! { p class="palette-h" role="presentation" { (view.words.with("estate-find-nothing", &[("q", typed.into())])) } };
    }
    let more = |group: Group| found::more(view, site, typed, found, group);
    let homes = html! { @if !found.homes.is_empty() { (group(view, "estate-find-homes")) @for hit in &found.homes { (home(view, hit)) } (more(Group::Homes)) } (for_home(view, site, found, may_report)) };
    let people = html! { @if !found.people.is_empty() { (group(view, "estate-find-people")) @for hit in &found.people { (person(view, hit)) } (more(Group::People)) } };
    let orders = html! { @if !found.orders.is_empty() { (group(view, "estate-find-orders")) @for hit in &found.orders { (order(view, hit)) } (more(Group::Orders)) } };
    html! { @if found.home_first { (homes) (orders) (people) } @else { (orders) (people) (homes) } }
}

fn group(view: &View, key: &str) -> Markup {
    html! { p class="palette-h" role="presentation" { (view.say(key)) } }
}

/// 对这一户: what is done most, when it is clear which home is meant.
fn for_home(view: &View, site: &Site, found: &Found, may_report: bool) -> Markup {
    let [only] = found.homes.as_slice() else { return html! {} };
    html! {
        @if may_report && only.site == site.id {
            (group(view, "estate-find-for-home"))
            a class="palette-it" role="option" aria-selected="false" href=(paths::new_order(&only.site_code, &only.code)) { (icon("inbox")) (view.say("estate-new-order")) }
        }
    }
}

pub(super) fn home(view: &View, hit: &HomeHit) -> Markup {
    let kind = hit.kind.parse().ok();
    let exclusive = kind.is_some_and(kernel::places::PlaceKind::is_exclusive);
    let mut said: Vec<String> = Vec::new();
    match kind {
        Some(_) if exclusive => said.push(words::state(&view.words, hit.state)),
        Some(kind) => said.push(words::kind(&view.words, kind)),
        None => {}
    }
    said.extend(hit.area.map(|area| view.formats.area(area)));
    html! {
        a class="palette-it" role="option" aria-selected="false" href=(paths::home(&hit.site_code, &hit.code)) {
            (plate(&hit.code))
            @if let Some(name) = &hit.holder { b { (name) } } @else if hit.name != hit.code { b { (hit.name) } }
            span class="muted small clip" { (said.join("·")) }
            @if hit.open_orders > 0 { span class="push small" { (badge(words::order_badge(true), &view.words.with("estate-orders-open-n", &[("n", hit.open_orders.into())]))) } }
        }
    }
}

pub(super) fn person(view: &View, hit: &PersonHit) -> Markup {
    let homes = hit.homes.iter().map(|(code, role)| {
        let role = role.parse().map(|role| words::role(&view.words, role)).unwrap_or_default();
        format!("{code} {role}")
    });
    let href =
        hit.homes.first().map_or_else(|| paths::find(&hit.site_code), |(code, _)| paths::home(&hit.site_code, code));
    html! {
        a class="palette-it" role="option" aria-selected="false" href=(href) {
            (icon("person")) b { (hit.name) }
            span class="muted small clip" { (homes.collect::<Vec<_>>().join(&view.say("estate-comma"))) @if hit.gone { (view.say("estate-comma")) (view.say("estate-gone")) } }
            @if let Some(phone) = &hit.phone { span class="push small num muted" { (phone.masked()) } }
        }
    }
}

pub(super) fn order(view: &View, hit: &OrderHit) -> Markup {
    html! {
        a class="palette-it" role="option" aria-selected="false" href=(paths::order(&hit.site_code, &hit.number)) {
            span class="num muted" { (hit.number) } span class="clip" { (hit.title) }
            span class="push small" { (badge(words::order_badge(hit.open), &words::order_state(&view.words, &hit.state, hit.open))) }
        }
    }
}

/// `>` lists the pages this person may open.
fn commands(view: &View, typed: &str) -> Markup {
    let lines = view.nav.iter().flat_map(|item| {
        let own = (item.under.is_empty()).then(|| (item.label.clone(), item.href.clone()));
        own.into_iter().chain(item.under.iter().map(|link| (link.label.clone(), link.href.clone())))
    });
    let fits: Vec<(String, String)> =
        lines.filter(|(label, _)| label.to_lowercase().contains(&typed.to_lowercase())).take(12).collect();
    html! {
        @if !fits.is_empty() {
            (group(view, "estate-find-pages"))
            @for (label, href) in &fits { a class="palette-it" role="option" aria-selected="false" href=(href) { (icon("go")) (label) } }
        }
    }
}
