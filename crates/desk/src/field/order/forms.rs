//! The acts as forms. Each carries what the queue of the phone needs; without scripts it posts to the same address.

use kernel::{
    orders::{Noun, OrderView},
    promises::{Name, Reason},
};
use maud::{Markup, html};
use web::{
    View,
    parts::{self, Button, Choice, FormState},
};

use super::{finish, page::Shown};
use crate::{
    case::{self, may},
    field::paths,
};

const MOST_PHOTOS: u8 = 6;

/// Acts that are one button, in the order in which work goes on.
const STEPS: [(Noun, &str); 5] = [
    (Noun::Taking, "desk-field-do-taking"),
    (Noun::Grab, "desk-field-do-grab"),
    (Noun::Arrival, "desk-field-do-arrival"),
    (Noun::Start, "desk-field-do-start"),
    (Noun::Resumption, "desk-field-do-resumption"),
];

/// A form that the phone keeps until it is sent, also while it is being filled in.
pub(super) fn offline(view: &View, case: &OrderView, noun: Noun, key: &str, fields: &Markup) -> Markup {
    offline_with(view, case, noun, key, "", fields)
}

/// As `offline`; the phone does not keep it before the fields named in `needs` are filled in.
pub(super) fn offline_with(
    view: &View,
    case: &OrderView,
    noun: Noun,
    key: &str,
    needs: &str,
    fields: &Markup,
) -> Markup {
    let after = if noun == Noun::Completion { paths::TODAY.to_string() } else { paths::order(case.order.number) };
    html! {
        form method="post" action=(paths::act(case.order.number, noun.as_str())) novalidate data-op=(noun.as_str()) data-subject=(case.order.id)
            data-version=(case.order.version) data-title=(case::title(view, case)) data-draft={ (noun.as_str()) "-" (case.order.id) } data-after=(after) data-needs=[Some(needs).filter(|needs| !needs.is_empty())] {
            (parts::csrf(view)) (parts::once(&format!("{key}-{}", noun.as_str()))) (parts::version(case.order.version))
            (fields)
        }
    }
}

fn step(case: &OrderView) -> Option<(Noun, &'static str)> {
    STEPS.into_iter().find(|(noun, _)| may(case, *noun))
}

pub(super) fn has_step(case: &OrderView) -> bool {
    step(case).is_some() || may(case, Noun::Completion)
}

/// The one next step: a button, or the way to the form of completion. Behind it wait the steps that follow, which the
/// phone shows while earlier ones are not sent yet.
pub(in crate::field) fn next_step(view: &View, case: &OrderView, key: &str) -> Markup {
    html! {
        div data-steps=(case.order.id) {
            div data-step-now { (present(view, case, key)) }
            @if works(case) { (following(view, case, key)) }
        }
    }
}

fn present(view: &View, case: &OrderView, key: &str) -> Markup {
    match step(case) {
        Some((noun, word)) => one_button(view, case, noun, word, key),
        None if may(case, Noun::Completion) => to_finish(view, case),
        None => crate::field::today::open_button(view, case, "desk-field-open"),
    }
}

/// By the words of the acts after which each is next.
fn following(view: &View, case: &OrderView, key: &str) -> Markup {
    let promised = case.promises.iter().any(|one| one.promise.name == Name::Arrival);
    let (begin, word) =
        if promised { (Noun::Arrival, "desk-field-do-arrival") } else { (Noun::Start, "desk-field-do-start") };
    html! {
        div data-step-after="taking grab" hidden { (one_button(view, case, begin, word, key)) }
        div data-step-after="suspension" hidden { (one_button(view, case, Noun::Resumption, "desk-field-do-resumption", key)) }
        div data-step-after="arrival start resumption" hidden { (to_finish(view, case)) }
        p class="muted small" data-step-after="completion return" hidden { (view.say("desk-field-step-kept")) }
    }
}

fn one_button(view: &View, case: &OrderView, noun: Noun, word: &str, key: &str) -> Markup {
    let word = view.say(word);
    offline(view, case, noun, key, &html! { button class="btn btn-main btn-block t-lg" { (word) } })
}

fn to_finish(view: &View, case: &OrderView) -> Markup {
    html! { a class="btn btn-main btn-block t-lg" href={ (paths::order(case.order.number)) "#finish" } { (view.say("desk-field-to-completion")) } }
}

/// This person does the order, or is about to.
fn works(case: &OrderView) -> bool {
    has_step(case) || may(case, Noun::Suspension)
}

/// The forms below the facts; each folded but the one that is next.
pub(super) fn all(view: &View, shown: &Shown, state: &FormState, key: &str) -> Markup {
    let case = &shown.case;
    html! {
        @if may(case, Noun::Completion) { (finish::form(view, case, state, key)) }
        @else if works(case) { (once_begun(case, &finish::form(view, case, state, key))) }
        section class="card stack gap" aria-label=(view.say("desk-field-more-acts")) {
            @if may(case, Noun::Messages) { (folded(view, "messages", &message(view, case, state, key))) }
            @if may(case, Noun::Suspension) { (folded(view, "suspension", &suspension(view, case, state, key))) }
            @else if works(case) { (once_begun(case, &folded(view, "suspension", &suspension(view, case, state, key)))) }
            @if may(case, Noun::Return) { (folded(view, "return", &give_back(view, case, state, key))) }
            @if may(case, Noun::Transfer) && !shown.workers.is_empty() { (folded(view, "transfer", &transfer(view, shown, state, key))) }
        }
        noscript { (plain_photos(view, case)) }
    }
}

/// Shown by the phone when the work was begun on it and that is not sent yet.
fn once_begun(case: &OrderView, form: &Markup) -> Markup {
    html! { div data-steps=(case.order.id) { div data-step-after="arrival start resumption" hidden { (form) } } }
}

fn folded(view: &View, noun: &str, form: &Markup) -> Markup {
    html! { details { summary class="btn btn-block" { (view.say(&format!("desk-field-open-{noun}"))) } div class="mt-3" { (form) } } }
}

fn send(view: &View, word: &str) -> Markup {
    html! { div class="form-acts mt-3" { (parts::button(&Button::main(&view.say(word)).block())) } }
}

/// What is written here is for colleagues; the customer sees it when this is ticked.
fn message(view: &View, case: &OrderView, state: &FormState, key: &str) -> Markup {
    offline(
        view,
        case,
        Noun::Messages,
        key,
        &html! {
            (parts::text_area(&view.words, &state.field("text", view.say("desk-field-message"))))
            (parts::photos(&view.words, &state.field("photos", view.say("desk-portal-photos")).optional(), "/api/v1/evidence", MOST_PHOTOS))
            (parts::checkbox(&state.field("visible", view.say("desk-field-visible"))))
            (send(view, "desk-field-do-message"))
        },
    )
}

/// 挂起: only the listed reasons stop the clock.
fn suspension(view: &View, case: &OrderView, state: &FormState, key: &str) -> Markup {
    let reasons: Vec<Choice> = Reason::ALL
        .iter()
        .map(|reason| {
            Choice::new(reason.as_str(), view.say(&format!("desk-field-reason-{}", reason.as_str().replace('_', "-"))))
        })
        .collect();
    offline(
        view,
        case,
        Noun::Suspension,
        key,
        &html! {
            (parts::chips(&view.words, &state.field("reason", view.say("desk-field-why-suspension")), &reasons))
            (parts::text(&view.words, &state.field("note", view.say("desk-field-note")).optional()))
            (send(view, "desk-field-do-suspension"))
        },
    )
}

fn give_back(view: &View, case: &OrderView, state: &FormState, key: &str) -> Markup {
    offline(
        view,
        case,
        Noun::Return,
        key,
        &html! {
            (parts::text_area(&view.words, &state.field("reason", view.say("desk-field-why-return")).rows(2)))
            (send(view, "desk-field-do-return"))
        },
    )
}

/// Handing over needs the network: the other one must know.
fn transfer(view: &View, shown: &Shown, state: &FormState, key: &str) -> Markup {
    let case = &shown.case;
    let people: Vec<(String, String)> = shown
        .workers
        .iter()
        .map(|worker| {
            (
                worker.party.to_string(),
                view.words.with(
                    "desk-field-worker",
                    &[("name", worker.name.as_str().into()), ("n", worker.open_orders.into())],
                ),
            )
        })
        .collect();
    html! {
        form method="post" action=(paths::act(case.order.number, "transfer")) novalidate data-draft={ "transfer-" (case.order.id) } {
            (parts::csrf(view)) (parts::once(&format!("{key}-transfer")))
            (parts::select(&view.words, &state.field("to", view.say("desk-field-form-to")), &people))
            (parts::text_area(&view.words, &state.field("reason", view.say("desk-field-why-transfer")).rows(2)))
            (send(view, "desk-field-do-transfer"))
        }
    }
}

/// Without scripts photos, and the photo of a signed slip, go the browser's own way.
fn plain_photos(view: &View, case: &OrderView) -> Markup {
    let kinds = [
        Choice::new("photo", view.say("desk-field-photo")),
        Choice::new("signature", view.say("desk-field-signed-slip")),
    ];
    html! {
        form class="card gap" method="post" enctype="multipart/form-data" action=(paths::act(case.order.number, "photos")) {
            (parts::csrf(view))
            (parts::chips(&view.words, &parts::Field::new("kind", view.say("desk-field-upload")).value("photo"), &kinds))
            (parts::file(&view.words, &parts::Field::new("file", view.say("desk-portal-photo-file")), "image/jpeg,image/png,image/webp"))
            (send(view, "desk-portal-do-photo"))
        }
    }
}
