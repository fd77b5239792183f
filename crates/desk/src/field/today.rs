//! 今日: the one thing to do now, what comes next, what may be grabbed.

use axum::http::StatusCode;
use kernel::{
    Error, Right,
    orders::{self, Line, OrderView, State},
};
use maud::{Markup, html};
use web::{
    Answer, Ask, Page, View,
    parts::{self, Button},
    shell,
};

use super::{
    face, order, paths,
    store::{self, Named},
    words,
};
use crate::case;

struct Shown {
    now: Option<OrderView>,
    mine: Vec<Line>,
    grab: Vec<Line>,
    sites: Named,
}

pub(super) async fn page(mut ask: Ask) -> Answer {
    let mut read = ask.read().await?;
    let sites = face::sites(&mut read).await?;
    let party = ask.caller.party().ok_or(Error::Denied)?;
    // What waits for the customer or stands still is not the thing to do now.
    let mut mine = orders::mine(&mut read, party).await?;
    mine.sort_by_key(|line| matches!(line.state, State::Suspended | State::ToVerify | State::ToFollowUp));
    let first = mine
        .first()
        .filter(|line| matches!(line.state, State::Dispatched | State::Taken | State::Working))
        .map(|line| line.id);
    let now = match first {
        Some(id) => Some(orders::load(&mut read, id).await?),
        None => None,
    };
    let mut grab = Vec::new();
    for site in sites.iter().filter(|site| ask.caller.may(Right::OrderWork, site.id)) {
        grab.extend(orders::grabbable(&mut read, site.id, party).await?);
    }
    let named = store::site_names(&mut read, &[mine.clone(), grab.clone()].concat()).await?;
    drop(read);
    let key = ask.fresh_key();
    let stewards = sites.iter().any(|site| ask.caller.may(Right::OrderReport, site.id));
    let name = ask.caller.name.clone();
    let view = face::view(&mut ask, &sites[0]).await?;
    let post = view.who.as_ref().map(|who| who.post.clone()).unwrap_or_default();
    let page = Page::new(name).badge(html! { span class="muted small clip" { (post) } });
    let shown = Shown { now, mine, grab, sites: named };
    face::show(
        StatusCode::OK,
        &view,
        &page,
        html! {
            @if let Some(now) = &shown.now { (now_card(&view, now, shown.sites.get(&now.order.id), &key)) }
            (lists(&view, &shown))
            (round(&view, stewards))
            p class="tiny muted center mt-4 mb-4" data-prepared hidden {}
        },
    )
}

/// The first card: what, where, how long, and the button that does the next step.
fn now_card(view: &View, case: &OrderView, site: Option<&String>, key: &str) -> Markup {
    let clock = case
        .urgent()
        .map(|promise| parts::badge_fill(words::clock_shape(promise.clock.state), &case::left(view, &promise.clock)));
    html! {
        section class="card card-main" data-subject=(case.order.id) data-clock {
            div class="row wrap" { span class="small muted" { (view.say("desk-field-now")) } @if let Some(clock) = clock { span class="push" { (clock) } } }
            h2 class="t-xl" { a class="inherit" href=(paths::order(case.order.number)) { (case::title(view, case)) } }
            p class="small mb-3" {
                @if let Some(place) = case::place(case) { (parts::plate(place)) " " }
                (if view.words.lang() == web::i18n::Lang::En { &case.category.en } else { &case.category.zh }) " · "
                span class="num" { (words::number(view, case.order.number)) }
                @if let Some(site) = site { " · " (site) }
            }
            (order::next_step(view, case, key))
        }
    }
}

fn lists(view: &View, shown: &Shown) -> Markup {
    let first = shown.now.as_ref().map(|case| case.order.id);
    let rest: Vec<&Line> = shown.mine.iter().filter(|line| Some(line.id) != first).collect();
    html! {
        div id="mine" data-live-part {
            @if !rest.is_empty() {
                div class="row-b mt-4" { h2 { (view.say("desk-field-next")) } span class="muted small push" { (view.words.with("desk-field-count", &[("n", shown.mine.len().into())])) } }
                @for line in rest { (card(view, line, shown.sites.get(&line.id))) }
            }
            @if !shown.grab.is_empty() {
                h2 class="mt-4" { (view.say("desk-field-grab-list")) }
                @for line in &shown.grab { (card(view, line, shown.sites.get(&line.id))) }
            }
            @if shown.mine.is_empty() && shown.grab.is_empty() { (parts::nothing_yet(&view.say("desk-field-free"), &view.say("desk-field-free-why"), None)) }
        }
    }
}

/// One order of a list: until when, what, where; at which site, for those who work at several.
pub(super) fn card(view: &View, line: &Line, site: Option<&String>) -> Markup {
    let due =
        line.promise.as_ref().map(|promise| kernel::promises::clock(promise, view.formats.now).due).or(line.next_due);
    html! {
        a class="card win gap" href=(paths::order(line.number)) data-subject=(line.id) {
            span class="win-t" {
                @match due {
                    Some(due) => { (view.formats.time(due)) small { (view.say("desk-field-limit")) @if view.formats.zone.day(due) != view.formats.today() { " " (view.formats.date(view.formats.zone.day(due))) } } },
                    None => { (view.formats.time(line.reported)) small { (view.say("desk-field-reported")) } },
                }
            }
            span class="grow" { span class="item-t tight clip clip-2" { (line.title) } span class="small muted block clip" { (words::below(view, line)) @if let Some(site) = site { " · " (site) } } }
            (words::badge(view, line))
        }
    }
}

/// What a steward does on the round; for everybody the way to what the phone has not sent.
fn round(view: &View, stewards: bool) -> Markup {
    let link = |icon: &str, href: &str, word: &str| html! { a class="tile" href=(href) { (shell::icon(icon)) (view.say(word)) } };
    html! {
        nav class="card p-2 gap" aria-label=(view.say("desk-field-round")) { div class="tiles" {
            @if stewards {
                (link("search", paths::HOMES, "desk-field-find"))
                (link("building", paths::MINE, "desk-field-my-buildings"))
            }
            (link("camera", paths::REPORT, "desk-field-report"))
            (link("cloud", paths::QUEUE, "desk-field-queue"))
        } }
    }
}

/// A button that leads to the order's page.
pub(super) fn open_button(view: &View, case: &OrderView, word: &str) -> Markup {
    parts::link_button(&Button::main(&view.say(word)).block(), &paths::order(case.order.number))
}
