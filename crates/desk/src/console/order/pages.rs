//! The page of one order: what is promised, what happened, what to do next.

use kernel::{
    Site,
    orders::{Noun, State, Urgency},
    promises::{ClockState, clock},
};
use maud::{Markup, html};
use web::{
    Page, View,
    parts::{self, BadgeState, Button, NoteKind},
    shell,
};

use super::{aside, conversation, model::Case, progress};
use crate::console::{paths, words};

pub fn order(view: &View, site: &Site, case: &Case, once: &str, phone: Option<&str>) -> Markup {
    let page = head(view, site, case, once);
    let content = html! {
        div id="order-progress" data-live-part {
            (progress::steps(view, case))
            (ended(view, site, case))
            (progress::promises(view, case))
        }
        div id="order-thread" data-live-part { (conversation::thread(view, &site.code, case, once)) }
    };
    let facts = html! { div id="order-facts" data-live-part { (aside::facts(view, site, case, phone)) } };
    shell::page(view, &page, parts::split(content, facts))
}

fn head(view: &View, site: &Site, case: &Case, once: &str) -> Page {
    let order = case.order();
    let (list, here) = (paths::orders(&site.code), paths::order(&site.code, order.number));
    let page = Page::new(&order.title)
        .crumb(view.say("desk-title"), list)
        .crumb(words::number(view, order.number), here)
        .badge(badge(view, case))
        .acts(html! { div class="row" id="order-acts" data-live-part { (acts(view, site, case, once)) } });
    match &case.spot {
        Some(spot) => page.plate(parts::plate_solid(spot.plate())),
        None => page,
    }
}

/// 急修·超时: urgency, then the clock when it is out, else the state.
fn badge(view: &View, case: &Case) -> Markup {
    let order = case.order();
    let (late, soon) = standing(view, case);
    let (state, word) = match (late, soon) {
        (true, _) => (BadgeState::Late, view.say("desk-late")),
        (_, true) => (BadgeState::Soon, view.say("desk-soon")),
        _ => (words::shape(case.state()), words::state(view, case.state())),
    };
    let urgent = (order.urgency == Urgency::Urgent).then(|| words::urgency(view, order.urgency));
    let text = urgent.into_iter().chain([word]).collect::<Vec<_>>().join("·");
    html! { span id="order-badge" data-live-part { (parts::badge_fill(state, &text)) } }
}

/// Is any promise of this round out of time, or nearly?
fn standing(view: &View, case: &Case) -> (bool, bool) {
    let open = case.state().is_open();
    let states: Vec<ClockState> = case
        .current()
        .filter(|promise| promise.fulfilled_at.is_none())
        .map(|promise| clock(promise, view.formats.now).state)
        .collect();
    (open && states.contains(&ClockState::Late), open && states.contains(&ClockState::Soon))
}

/// How it ended, when it did.
fn ended(view: &View, site: &Site, case: &Case) -> Markup {
    let order = case.order();
    html! {
        @if let Some(into) = case.view.merged_number {
            (parts::note(NoteKind::Info, html! { (view.say("desk-merged-into")) " " a href=(paths::order(&site.code, into)) { (words::number(view, into)) } }))
        } @else if let Some(why) = &order.close_reason {
            (parts::note(NoteKind::Plain, html! { (view.words.with("desk-closed-because", &[("why", why.clone().into())])) }))
        }
        @if let Some(words) = &order.verdict_words {
            (parts::note(NoteKind::Plain, html! { (view.words.with("desk-verdict-said", &[("words", words.clone().into())])) }))
        }
    }
}

/// The order in which acts are offered; the first that is allowed in this state is the main one.
fn main_act(case: &Case) -> Option<Noun> {
    let wanted: &[Noun] = match case.state() {
        State::New => &[Noun::Acceptance],
        State::Accepted | State::Returned | State::Reopened if sends(case) => &[Noun::Assignment, Noun::Answer],
        State::Accepted | State::Returned | State::Reopened => &[Noun::Answer, Noun::Assignment],
        State::Dispatched => &[Noun::Taking, Noun::Transfer],
        State::Taken => &[Noun::Arrival, Noun::Start],
        State::Working => &[Noun::Completion],
        State::Suspended => &[Noun::Resumption],
        State::ToVerify => &[Noun::Verdict],
        State::ToFollowUp => &[],
        State::Closed => &[Noun::Reopening],
        State::Cancelled => &[],
    };
    wanted.iter().copied().find(|noun| case.may(*noun))
}

/// Somebody must go there, rather than say something.
fn sends(case: &Case) -> bool {
    use kernel::orders::Kind;
    matches!(case.order().kind, Kind::Repair | Kind::Help)
}

/// In the title row beside the main one, then in the menu.
const BESIDE: [Noun; 3] = [Noun::Transfer, Noun::Suspension, Noun::Answer];
const MENU: [Noun; 15] = [
    Noun::Assignment,
    Noun::Answer,
    Noun::Transfer,
    Noun::Suspension,
    Noun::Resumption,
    Noun::Completion,
    Noun::Verdict,
    Noun::Classification,
    Noun::Merge,
    Noun::Chase,
    Noun::Supervision,
    Noun::Return,
    Noun::Closure,
    Noun::Cancellation,
    Noun::Reopening,
];

fn acts(view: &View, site: &Site, case: &Case, once: &str) -> Markup {
    let main = main_act(case);
    let beside: Vec<Noun> = BESIDE.into_iter().filter(|noun| case.may(*noun) && Some(*noun) != main).take(2).collect();
    let hidden: Vec<Noun> =
        MENU.into_iter().filter(|noun| case.may(*noun) && Some(*noun) != main && !beside.contains(noun)).collect();
    html! {
        @for noun in &beside { (act(view, site, case, once, *noun, &Button::new(&name(view, *noun)))) }
        a class="iconbtn" href=(paths::act(&site.code, case.order().number, "paper.pdf")) aria-label=(view.say("desk-print")) title=(view.say("desk-print")) { (shell::icon("print")) }
        @if !hidden.is_empty() || case.may.desk { (menu(view, site, case, once, &hidden)) }
        @match main {
            Some(noun) => (act(view, site, case, once, noun, &Button::main(&name(view, noun)).key("."))),
            None => (call(view, case)),
        }
    }
}

/// Nothing to press: the person who has it can be called.
fn call(view: &View, case: &Case) -> Markup {
    html! {
        @if let (Some(name), Some(phone), true) = (&case.view.assignee_name, &case.assignee_phone, case.state().is_open()) {
            a class="btn btn-main" href={ "tel:" (phone.dial()) } data-key="." { (shell::icon("phone")) (view.words.with("desk-call", &[("name", name.clone().into())])) }
        }
    }
}

pub fn name(view: &View, noun: Noun) -> String {
    view.say(&format!("desk-act-{}", noun.as_str()))
}

/// What needs no words is done by its button; anything else has a page of its own.
const fn is_plain(noun: Noun) -> bool {
    matches!(noun, Noun::Acceptance | Noun::Taking | Noun::Arrival | Noun::Start | Noun::Resumption)
}

fn act(view: &View, site: &Site, case: &Case, once: &str, noun: Noun, button: &Button<'_>) -> Markup {
    let address = paths::act(&site.code, case.order().number, noun.as_str());
    html! {
        @if is_plain(noun) {
            form class="row" method="post" action=(address) { (parts::csrf(view)) (parts::once(once)) (parts::version(case.order().version)) (parts::button(button)) }
        } @else { (parts::link_button(button, &address)) }
    }
}

fn menu(view: &View, site: &Site, case: &Case, once: &str, nouns: &[Noun]) -> Markup {
    html! {
        details class="menu menu-end" data-menu id="order-more" {
            summary class="iconbtn" aria-label=(view.say("shell-more")) title=(view.say("shell-more")) { (shell::icon("more")) }
            div class="menu-box" {
                @for noun in nouns { (menu_line(view, site, case, once, *noun)) }
                @if case.may.desk { a class="menu-it" href=(paths::act(&site.code, case.order().number, "reporters")) { (view.say("desk-act-reporters")) } }
            }
        }
    }
}

fn menu_line(view: &View, site: &Site, case: &Case, once: &str, noun: Noun) -> Markup {
    let address = paths::act(&site.code, case.order().number, noun.as_str());
    html! {
        @if is_plain(noun) {
            form method="post" action=(address) {
                (parts::csrf(view)) (parts::once(once)) (parts::version(case.order().version))
                button class="menu-it" { (name(view, noun)) }
            }
        } @else { a class="menu-it" href=(address) { (name(view, noun)) } }
    }
}
