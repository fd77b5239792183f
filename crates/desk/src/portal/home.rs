//! 首页: the thing in progress first, then four acts, what concerns this home now, and the phone.

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::Response,
};
use kernel::{
    Error,
    notices::{self, Notice},
    orders::{self, Kind, OrderView},
};
use maud::{Markup, html};
use web::{
    Answer, Ask, Page, View,
    parts::{self, NoteKind},
    see_other, shell,
};

use super::{
    face,
    homes::{self, HOME_COOKIE, Homes},
    order, paths, words,
};
use crate::notices::{hours, line};

/// The newest notices that fit on a first page.
const MOST_NOTICES: usize = 3;
/// More things in progress are one tap away.
const MOST_CASES: usize = 3;

struct Shown {
    homes: Homes,
    cases: Vec<OrderView>,
    more: usize,
    outage: Option<Notice>,
    notices: Vec<Notice>,
}

pub(super) async fn page(mut ask: Ask) -> Answer {
    if let Some(response) = chosen(&ask)? {
        return Ok(response);
    }
    let Some(shown) = load(&ask).await? else { return super::waiting::page(ask).await };
    let view = face::view(&mut ask, &shown.homes.site).await?;
    face::show(StatusCode::OK, &view, &frame(&view, &shown), body(&view, &shown))
}

/// `?home=`: remembered by the browser, then shown.
fn chosen(ask: &Ask) -> Result<Option<Response>, Error> {
    let Some(home) = ask.query_text().strip_prefix("home=") else { return Ok(None) };
    let home = ask.caller.homes.iter().find(|known| known.place.to_string() == home).ok_or(Error::Missing)?;
    let mut response = see_other(paths::HOME);
    let cookie = format!("{HOME_COOKIE}={}; Path=/r; Max-Age=31536000; SameSite=Lax; Secure; HttpOnly", home.place);
    if let Ok(value) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
    Ok(Some(response))
}

async fn load(ask: &Ask) -> Result<Option<Shown>, Error> {
    let party = ask.caller.party().ok_or(Error::Denied)?;
    let mut read = ask.read().await?;
    let Some(homes) = homes::of(ask, &mut read).await? else { return Ok(None) };
    let open: Vec<_> =
        orders::of_reporter(&mut read, party).await?.into_iter().filter(|line| line.state.is_open()).collect();
    let mut cases = Vec::new();
    for line in open.iter().take(MOST_CASES) {
        cases.push(orders::load(&mut read, line.id).await?);
    }
    let outage = notices::outage_for(&mut read, homes.site.id, Some(homes.chosen.place), None).await?;
    let notices = notices::at_home(&mut read, party).await?;
    Ok(Some(Shown { homes, more: open.len().saturating_sub(cases.len()), cases, outage, notices }))
}

fn frame(view: &View, shown: &Shown) -> Page {
    let unread = shown.notices.iter().any(|notice| notice.read_at.is_none());
    let code = &shown.homes.chosen.code;
    let title = view.words.with("desk-portal-home-title", &[("home", code.as_str().into())]);
    Page { quiet_title: true, ..Page::new(title) }.plate(parts::plate_solid(code)).acts(bell(view, unread))
}

fn bell(view: &View, unread: bool) -> Markup {
    let word = view.say(if unread { "desk-portal-bell-unread" } else { "desk-portal-bell" });
    html! { a class="iconbtn bell" href="/r/notices" aria-label=(word) title=(word) data-unread[unread] { (shell::icon("bell")) } }
}

fn body(view: &View, shown: &Shown) -> Markup {
    html! {
        @if let Some(outage) = &shown.outage { (outage_note(view, outage)) }
        div id="cases" data-live-part {
            @for case in &shown.cases { (order::card(view, case)) }
        }
        @if shown.more > 0 {
            p class="small center gap" { a href=(paths::ORDERS) { (view.words.with("desk-portal-more-open", &[("n", shown.more.into())])) } }
        }
        (acts(view))
        (other_homes(view, &shown.homes))
        (notice_list(view, &shown.notices))
        (face::duty_phone(view))
    }
}

/// What does not work around here, said before anybody reports it.
pub(super) fn outage_note(view: &View, outage: &Notice) -> Markup {
    let until = outage
        .planned_end
        .map(|end| view.words.with("desk-portal-outage-until", &[("at", view.formats.moment(end).into())]));
    html! {
        div class="gap mb-3" {
            (parts::note(NoteKind::Warn, html! {
                a class="inherit" href={ "/r/notices/" (outage.id) } { b { (outage.title) } }
                @if let Some(hours) = hours(view, outage) { " " span class="num" { (hours) } " " }
                @if let Some(until) = until { (until) }
            }))
        }
    }
}

fn acts(view: &View) -> Markup {
    let tile = |name: &str, href: &str, word: &str| html! { a class="tile" href=(href) { (shell::icon(name)) (view.say(word)) } };
    html! {
        section class="card p-2 gap" aria-label=(view.say("desk-portal-acts")) { div class="tiles" {
            (tile("wrench", &paths::report(Kind::Repair), "desk-portal-act-repair"))
            (tile("horn", &paths::report(Kind::Complaint), "desk-portal-act-complaint"))
            (tile("help", &paths::report(Kind::Enquiry), "desk-portal-act-enquiry"))
            (tile("inbox", paths::ORDERS, "desk-portal-act-mine"))
        } }
    }
}

/// Several homes: one tap changes which one the pages are about.
fn other_homes(view: &View, homes: &Homes) -> Markup {
    if homes.all.len() < 2 {
        return html! {};
    }
    html! {
        section class="card" {
            h2 { (view.say("desk-portal-homes")) }
            nav class="row wrap mt-2" aria-label=(view.say("desk-portal-homes")) {
                @for home in &homes.all {
                    @let current = home.place == homes.chosen.place;
                    a class="chip" href={ "/r?home=" (home.place) } data-on[current] aria-current=[current.then_some("true")] { (home.code) }
                }
            }
        }
    }
}

fn notice_list(view: &View, notices: &[Notice]) -> Markup {
    parts::phone_section(
        &view.say("desk-portal-notices"),
        Some((&view.say("desk-portal-all"), "/r/notices")),
        html! {
            @for notice in notices.iter().take(MOST_NOTICES) { (line(view, notice)) }
            @if notices.is_empty() { p class="small muted mt-2" { (view.say("desk-portal-no-notices")) } }
        },
    )
}

/// For pages that greet with the kind of the order.
pub(super) fn kind_link(view: &View, kind: Kind, icon: &'static str) -> Markup {
    html! { a class="tile" href=(paths::report(kind)) { (shell::icon(icon)) (words::kind(view, kind)) } }
}
