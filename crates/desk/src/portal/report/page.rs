//! The form of a report. Tiles and chips of the first question are links, so that the promise is right without scripts.

use axum::http::StatusCode;
use kernel::{
    Error,
    categories::{Category, Spot},
    orders::{Kind, Urgency},
    places::Place,
};
use maud::{Markup, html};
use web::{
    Answer, Ask, Page, View,
    parts::{self, Button, Choice, FormState, NoteKind},
    shell,
};

use super::{
    load::{self, Question, Shown},
    promise,
};
use crate::portal::{face, home, paths, waiting, words};

/// More leaves than this become a list to choose from.
const MOST_CHIPS: usize = 9;
const MOST_PHOTOS: u8 = 6;
/// Words that name a room; what stands in the messages is `desk-portal-room-…`.
pub(super) const ROOMS: [&str; 5] = ["kitchen", "bathroom", "balcony", "living", "elsewhere"];

pub(in crate::portal) async fn form(ask: Ask) -> Answer {
    let question: Question = ask.query()?;
    again(ask, &question, StatusCode::OK, FormState::default()).await
}

/// The same form with what was typed and what is wrong with it.
pub(super) async fn again(mut ask: Ask, question: &Question, status: StatusCode, state: FormState) -> Answer {
    let Some(shown) = load::shown(&ask, question).await? else { return waiting::page(ask).await };
    let key = ask.fresh_key();
    let view = face::view(&mut ask, &shown.homes.site).await?;
    let page = Page { dock: dock(&view, &shown), ..Page::new(words::form_title(&view, shown.kind)) };
    let page = Page {
        acts: face::call_instead(&view, "desk-portal-by-phone"),
        ..page.crumb(view.say("desk-portal-home"), paths::HOME)
    };
    face::show(status, &view, &page, body(&view, &shown, &state, &key)?)
}

fn body(view: &View, shown: &Shown, state: &FormState, key: &str) -> Result<Markup, Error> {
    Ok(html! {
        @if let Some(outage) = &shown.outage {
            (home::outage_note(view, outage))
            (me_too(view, shown, &format!("{key}-o"), outage.id.to_string()))
        }
        @if let Some(at) = shown.desk_opens { (face::desk_closed(view, at)) }
        @if shown.kind == Kind::Repair { (what(view, shown)) }
        @match &shown.leaf {
            Some(leaf) => (details(view, shown, leaf, state, key)),
            None => (parts::note(NoteKind::Danger, html! { (view.say("desk-portal-danger-first")) })),
        }
    })
}

/// One tap adds this home to an outage that everybody knows of.
fn me_too(view: &View, shown: &Shown, key: &str, notice: String) -> Markup {
    html! {
        form method="post" action="/r/report/outage" class="mb-3" {
            (parts::csrf(view)) (parts::once(key))
            input type="hidden" name="home" value=(shown.homes.chosen.place);
            input type="hidden" name="notice" value=(notice);
            (parts::button(&Button::new(&view.say("desk-portal-me-too")).icon("plus").block()))
        }
    }
}

/// 1. What is wrong.
fn what(view: &View, shown: &Shown) -> Markup {
    let tree = shown.tree();
    let tiles = if shown.everything { tree.branches() } else { tree.front() };
    let chosen = shown.leaf.as_ref().and_then(|leaf| leaf.parent.as_deref());
    let hidden = chosen.filter(|code| !tiles.iter().any(|tile| tile.code == **code)).and_then(|code| tree.get(code));
    html! {
        nav class="card p-2" aria-label=(view.say("desk-portal-what")) {
            h2 class="p-2" { (view.say("desk-portal-what")) }
            div class="tiles" {
                @for branch in tiles.iter().copied().chain(hidden) {
                    a class="tile" href=(paths::report_on(shown.kind, &branch.code, shown.mark())) aria-current=[(chosen == Some(branch.code.as_str())).then_some("true")] {
                        (shell::icon(words::icon_of(branch))) (words::category(view, branch))
                    }
                }
                @if !shown.everything { a class="tile" href=(paths::report_more(shown.mark())) { (shell::icon("grid")) (view.say("desk-portal-more")) } }
            }
            @if let Some(branch) = chosen { (leaves(view, shown, &tree.below(branch))) }
        }
    }
}

/// Which one exactly; the first is chosen already.
fn leaves(view: &View, shown: &Shown, leaves: &[&Category]) -> Markup {
    let chosen = shown.leaf.as_ref().map(|leaf| leaf.code.as_str());
    html! {
        @if leaves.len() > 1 {
            div class="row wrap p-2 gap-2" {
                @for leaf in leaves {
                    @let on = chosen == Some(leaf.code.as_str());
                    a class="chip" href=(paths::report_on(shown.kind, &leaf.code, shown.mark())) data-on[on] aria-current=[on.then_some("true")] { (words::category(view, leaf)) }
                }
            }
        }
    }
}

fn details(view: &View, shown: &Shown, leaf: &Category, state: &FormState, key: &str) -> Markup {
    html! {
        @if let Some(hint) = words::hint(view, leaf) {
            div class="gap" { (parts::note(if leaf.urgency == Urgency::Urgent { NoteKind::Warn } else { NoteKind::Plain }, html! { (hint) })) }
        }
        form id="report" class="gap" method="post" action="/r/report" novalidate data-draft={ "report-" (shown.kind.as_str()) } {
            (parts::error_summary(&view.words, state.problems()))
            (parts::csrf(view)) (parts::once(key))
            input type="hidden" name="kind" value=(shown.kind.as_str());
            input type="hidden" name="home" value=(shown.homes.chosen.place);
            @if shown.kind == Kind::Repair { input type="hidden" name="category" value=(leaf.code); }
            @else { (about(view, shown, leaf, state)) }
            @match &shown.at {
                Some(at) => (scanned(view, at)),
                None => (place(view, shown, leaf, state)),
            }
            (say_more(view, shown, state))
            @if let Some(offer) = &shown.urgent_offer { (raise(view, &promise::sentence(view, offer), state)) }
        }
    }
}

/// What the other kinds are about: a few chips, or a list.
fn about(view: &View, shown: &Shown, leaf: &Category, state: &FormState) -> Markup {
    let leaves = shown.tree().leaves();
    let value = if state.get("category").is_empty() { leaf.code.as_str() } else { state.get("category") };
    let field = state.field("category", view.say("desk-portal-about")).value(value);
    let named = |leaf: &&Category| (leaf.code.clone(), words::category(view, leaf).to_string());
    if leaves.len() > MOST_CHIPS {
        let options: Vec<(String, String)> = leaves.iter().map(named).collect();
        return parts::card(parts::select(&view.words, &field, &options));
    }
    let choices: Vec<Choice> = leaves.iter().map(named).map(|(code, name)| Choice::new(code, name)).collect();
    html! { @if choices.len() > 1 { (parts::card(parts::chips(&view.words, &field, &choices))) } @else { input type="hidden" name="category" value=(value); } }
}

/// Where, as the scanned label says it.
fn scanned(view: &View, at: &Place) -> Markup {
    parts::card(html! {
        input type="hidden" name="at" value=(at.qr);
        p { (view.say("desk-portal-at")) " " (parts::plate(&at.code)) @if at.name != at.code { " " (at.name) } }
    })
}

/// 2. Where.
fn place(view: &View, shown: &Shown, leaf: &Category, state: &FormState) -> Markup {
    let mine = view.words.with("desk-portal-my-home", &[("home", shown.homes.chosen.code.as_str().into())]);
    let (home, common) = (Choice::new("home", mine), Choice::new("common", view.say("desk-portal-common")));
    let (choices, usual) = match leaf.spot {
        Spot::Home => (vec![home], "home"),
        Spot::Common => (vec![common], "common"),
        Spot::Both => (vec![home, common], "home"),
    };
    let value = if state.get("spot").is_empty() { usual } else { state.get("spot") };
    let rooms: Vec<Choice> =
        ROOMS.iter().map(|room| Choice::new(*room, view.say(&format!("desk-portal-room-{room}")))).collect();
    html! {
        section class="card" {
            (parts::chips(&view.words, &state.field("spot", view.say(if shown.kind == Kind::Repair { "desk-portal-where-second" } else { "desk-portal-where" })).value(value), &choices))
            @if shown.kind == Kind::Repair && leaf.spot != Spot::Common {
                (parts::chips(&view.words, &state.field("room", view.say("desk-portal-room")).optional(), &rooms))
            }
        }
    }
}

fn say_more(view: &View, shown: &Shown, state: &FormState) -> Markup {
    let words = state
        .field("text", view.say("desk-portal-words"))
        .rows(3)
        .hint(view.say(&format!("desk-portal-words-{}", shown.kind.as_str())));
    let words = if shown.kind == Kind::Repair { words.optional() } else { words };
    let photos = state.field("photos", view.say("desk-portal-photos")).optional();
    html! {
        section class="card" {
            (parts::text_area(&view.words, &words))
            (parts::photos(&view.words, &photos, "/api/v1/evidence", MOST_PHOTOS))
            noscript { p class="hint" { (view.say("desk-portal-photos-later")) } }
        }
    }
}

/// The urgency comes from the category; the reporter may raise it.
fn raise(view: &View, promise: &str, state: &FormState) -> Markup {
    let field = state.field("urgent", view.say("desk-portal-raise")).hint(promise);
    parts::card(parts::checkbox(&field))
}

/// The promise, and under it the button.
fn dock(view: &View, shown: &Shown) -> Option<Markup> {
    let offer = shown.offer.as_ref()?;
    Some(html! {
        (promise::line(view, offer, shown.phone.as_ref()))
        button class="btn btn-main btn-block t-lg" type="submit" form="report" { (words::form_send(view, shown.kind)) }
    })
}
