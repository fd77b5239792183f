//! One home in short: who lives there, how to ring them, what is open.

use axum::http::StatusCode;
use kernel::{
    Right,
    orders::{self, Line},
};
use maud::{Markup, html};
use web::{
    Answer, Ask, Page, View,
    parts::{self, Button},
    shell,
};

use crate::field::{
    face, paths,
    store::{self, Dweller},
    today,
};

/// `GET /f/homes/{code}`
pub(in crate::field) async fn home(mut ask: Ask) -> Answer {
    let code: String = ask.param("code")?;
    let mut read = ask.read().await?;
    let (site, place) = store::place(&mut read, &code).await?;
    let sees_people = ask.caller.may(Right::PeopleRead, site.id);
    let today = site.today(read.now());
    let people = if sees_people { store::household(&mut read, place.id, today).await? } else { Vec::new() };
    // Who does not read orders sees their own here.
    let mut open = orders::open_of_place(&mut read, place.id).await?;
    let me = ask.caller.party();
    open.retain(|line| ask.caller.may(Right::OrderRead, site.id) || line.assignee == me);
    drop(read);
    let word = if ask.caller.may(Right::OrderReport, site.id) {
        Some("desk-field-report-here")
    } else {
        ask.caller.may(Right::OrderWork, site.id).then_some("desk-field-report")
    };
    let view = face::view(&mut ask, &site).await?;
    let page = Page { quiet_title: true, ..Page::new(place.name.clone()) }.plate(parts::plate_solid(&place.code));
    let page = page.crumb(view.say("desk-field-find"), paths::HOMES);
    face::show(
        StatusCode::OK,
        &view,
        &page,
        html! {
            @if place.name != place.code { p class="mb-3" { (place.name) } }
            (household(&view, &people, sees_people && place.kind.is_exclusive()))
            (open_orders(&view, &open))
            @if let Some(word) = word { div class="gap" { (parts::link_button(&Button::main(&view.say(word)).icon("plus").block(), &paths::report_at(&place.code))) } }
        },
    )
}

/// Names and phones are level 2: shown to those who may ring; the number stays masked on the screen.
fn household(view: &View, people: &[Dweller], shown: bool) -> Markup {
    if !shown {
        return html! {};
    }
    parts::phone_section(
        &view.say("desk-field-household"),
        None,
        html! {
            @for person in people {
                div class="item wrap" {
                    span class="grow" {
                        span class="item-t block" { (person.name) }
                        span class="small muted block" { (view.say(&format!("desk-home-role-{}", person.role.replace('_', "-")))) }
                    }
                    @if let Some(phone) = &person.phone {
                        a class="btn" href={ "tel:" (phone.dial().replace('-', "")) } { (shell::icon("phone")) span class="num" { (phone.masked()) } }
                    }
                }
            }
            @if people.is_empty() { p class="muted small mt-2" { (view.say("desk-field-nobody")) } }
        },
    )
}

fn open_orders(view: &View, open: &[Line]) -> Markup {
    html! {
        h2 class="mt-4" { (view.say("desk-field-open-here")) }
        @for line in open { (today::card(view, line, None)) }
        @if open.is_empty() { p class="muted small mt-2" { (view.say("desk-field-nothing-open")) } }
    }
}
