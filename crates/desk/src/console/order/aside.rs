//! Beside the order: who called, the home, what completion needs.

use maud::{Markup, html};
use values::mask_name;
use web::{View, parts, shell};

use super::model::Case;
use crate::console::{paths, words};

pub fn facts(view: &View, site: &kernel::Site, case: &Case, phone: Option<&str>) -> Markup {
    html! {
        (caller(view, site, case, phone))
        @if case.spot.is_some() { (home(view, site, case)) }
        (needed(view, case))
        (about(view, case))
    }
}

fn caller(view: &View, site: &kernel::Site, case: &Case, phone: Option<&str>) -> Markup {
    let order = case.order();
    let mut pairs: Vec<(String, Markup)> = Vec::new();
    if let Some(name) = &order.reporter_name {
        pairs.push((view.say("desk-fact-name"), html! { (mask_name(name)) }));
    }
    if let Some(kept) = &order.reporter_phone {
        pairs.push((view.say("desk-fact-phone"), phone_line(view, site, case, kept, phone)));
    }
    if let Some(note) = &order.entry_note {
        pairs.push((view.say("desk-fact-entry"), html! { (note) }));
    }
    for other in &case.others {
        let name = other.name.as_deref().map(mask_name).unwrap_or_default();
        let home = other.place.clone().unwrap_or_default();
        let tail = other.phone.as_ref().map(values::Phone::masked).unwrap_or_default();
        pairs.push((
            view.say("desk-fact-also"),
            html! { (name) " " @if !home.is_empty() { (parts::plate(&home)) " " } span class="num small" { (tail) } },
        ));
    }
    html! {
        @if !pairs.is_empty() { (parts::aside_section(&view.say("desk-fact-caller"), None, parts::facts(&pairs))) }
    }
}

/// Masked; whoever may see it whole says so by an act, which is kept in the audit.
fn phone_line(view: &View, site: &kernel::Site, case: &Case, kept: &values::Phone, revealed: Option<&str>) -> Markup {
    html! {
        span class="row wrap" {
            @if let Some(whole) = revealed {
                a class="num" href={ "tel:" (whole) } { (whole) }
            } @else {
                span class="num" { (kept.masked()) }
                @if case.may.reveal {
                    form method="post" action=(paths::act(&site.code, case.order().number, "phone")) {
                        (parts::csrf(view))
                        button class="btn btn-sm" { (shell::icon("eye")) (view.say("desk-reveal")) }
                    }
                }
            }
        }
    }
}

fn home(view: &View, site: &kernel::Site, case: &Case) -> Markup {
    let Some(spot) = &case.spot else { return html! {} };
    let link = paths::place(site, &spot.code);
    let mut pairs: Vec<(String, Markup)> = Vec::new();
    let size = [
        spot.area.map(|area| view.formats.area(area)),
        spot.floor.map(|floor| view.words.with("desk-floor", &[("n", floor.into())])),
    ];
    let size: Vec<String> = size.into_iter().flatten().collect();
    if !size.is_empty() {
        pairs.push((view.say("desk-fact-size"), html! { (size.join("·")) }));
    }
    if !case.occupants.is_empty() {
        let people = case.occupants.iter().map(|one| {
            format!("{} {}", view.say(&format!("desk-role-{}", one.role.replace('_', "-"))), mask_name(&one.name))
        });
        pairs
            .push((view.say("desk-fact-people"), html! { (people.collect::<Vec<_>>().join(&view.say("desk-comma"))) }));
    }
    let title = view.say(if spot.is_home() { "desk-fact-home" } else { "desk-fact-place" });
    let more = view.say("desk-fact-file");
    let more = spot.is_home().then_some((more.as_str(), link.as_str()));
    parts::aside_section(&title, more, html! { (parts::facts(&pairs)) (open(view, site, case)) })
}

fn open(view: &View, site: &kernel::Site, case: &Case) -> Markup {
    html! {
        @if case.open.is_empty() { p class="small muted" { (view.say("desk-fact-open-none")) } }
        @else {
            p class="small mt-2" { (view.words.with("desk-fact-open", &[("n", case.open.len().into())])) }
            ul class="small stack-1" { @for other in &case.open { li class="clip" {
                a href=(paths::order(&site.code, other.number)) { (words::number(view, other.number)) } " " (other.title)
            } } }
        }
    }
}

/// 完工前要有.
fn needed(view: &View, case: &Case) -> Markup {
    let demands = &case.view.category.demands;
    let own = case.order().reporter;
    let has = |demand: &str| case.view.evidence.iter().any(|proof| proof.kind == demand && proof.by_party != own);
    let line = |demand: &String| {
        let state = if has(demand) { parts::BadgeState::Done } else { parts::BadgeState::Todo };
        parts::badge(state, &view.say(&format!("desk-demand-{demand}")))
    };
    html! {
        @if !demands.is_empty() && case.state().is_open() {
            (parts::aside_section(&view.say("desk-needed"), None, html! { ul class="small stack-1" { @for demand in demands { li { (line(demand)) } } } }))
        }
    }
}

fn about(view: &View, case: &Case) -> Markup {
    let order = case.order();
    let mut pairs = vec![
        (view.say("desk-filter-kind"), html! { (words::kind(view, order.kind)) }),
        (view.say("desk-filter-channel"), html! { (words::channel(view, order.channel)) }),
        (view.say("desk-fact-reported"), html! { span class="num" { (view.formats.date_time(order.reported)) } }),
    ];
    let category = &case.view.category;
    pairs.insert(1, (view.say("desk-filter-category"), html! { (words::category(view, &category.zh, &category.en)) }));
    if let Some(name) = &case.view.assignee_name {
        pairs.push((view.say("desk-filter-assignee"), parts::person(name)));
    }
    if order.chased > 0 {
        pairs.push((
            view.say("desk-fact-chased"),
            html! { (view.words.with("desk-times", &[("n", order.chased.into())])) },
        ));
    }
    if let Some(stars) = order.stars {
        pairs.push((view.say("desk-fact-stars"), html! { (view.words.with("desk-stars", &[("n", stars.into())])) }));
    }
    parts::aside_section(&view.say("desk-fact-order"), None, parts::facts(&pairs))
}
