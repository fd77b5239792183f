//! The pages of acts that need words: each names the order, asks for what the act needs and repeats its verb.

use kernel::{
    Site,
    categories::Category,
    orders::{Kind, Noun, State, Urgency},
    promises::Reason,
};
use maud::{Markup, html};
use web::{
    Page, View,
    parts::{self, Button, Choice, FormState},
    shell,
};

use super::{
    dispatch,
    model::{Candidate, Case},
    pages::name,
    preview::Change,
};
use crate::console::{intake::model::Neighbour, paths, words};

/// What the form of an act needs beside the order.
#[derive(Default)]
pub struct Extra {
    pub candidates: Vec<Candidate>,
    /// What they are narrowed to.
    pub typed: String,
    /// What the work demands of a person, in words.
    pub certificate: Option<String>,
    pub targets: Vec<Neighbour>,
    pub categories: Vec<Category>,
    pub changes: Vec<Change>,
}

/// Where the form of an act stands.
pub struct Frame<'a> {
    pub view: &'a View,
    pub site: &'a Site,
    pub case: &'a Case,
    /// Its idempotency key.
    pub once: &'a str,
}

pub fn act(frame: &Frame<'_>, noun: Noun, extra: &Extra, state: &FormState) -> Markup {
    let Frame { view, site, case, .. } = frame;
    let fields = html! { (parts::version(case.order().version)) (fields(view, case, noun, extra, state)) (buttons(view, site, case, noun)) };
    let sends = matches!(noun, Noun::Assignment | Noun::Transfer);
    let above = if sends {
        dispatch::find(view, &paths::act(&site.code, case.order().number, noun.as_str()), extra)
    } else {
        html! {}
    };
    frame.around(&name(view, noun), noun.as_str(), above, fields, state)
}

/// A second caller about the same thing.
pub fn reporter(frame: &Frame<'_>, state: &FormState) -> Markup {
    let Frame { view, site, case, .. } = frame;
    let w = &view.words;
    let label = view.say("desk-act-reporters");
    let place = state.field("place", view.say("desk-field-place")).hint(view.say("desk-reporter-place-hint"));
    let fields = html! {
        (parts::text(w, &state.field("name", view.say("desk-field-name")).length(20)))
        (parts::phone(w, &state.field("phone", view.say("desk-field-phone")).hint(view.say("desk-field-phone-hint")).optional().length(20)))
        (parts::text(w, &place.optional().length(20)))
        div class="form-acts" { (parts::button(&Button::main(&label))) (back(view, site, case)) }
    };
    frame.around(&label, "reporters", html! {}, fields, state)
}

impl Frame<'_> {
    /// The order named above, what is `above` the form, the fields in their form.
    fn around(&self, title: &str, noun: &str, above: Markup, fields: Markup, state: &FormState) -> Markup {
        let Frame { view, site, case, once } = self;
        let order = case.order();
        let here = paths::order(&site.code, order.number);
        let page = Page::new(title)
            .crumb(view.say("desk-title"), paths::orders(&site.code))
            .crumb(words::number(view, order.number), here);
        let action = paths::act(&site.code, order.number, noun);
        let body = html! {
            div class="max-744" {
                p class="row wrap mb-4" {
                    @if let Some(spot) = &case.spot { (parts::plate(spot.plate())) }
                    b { (order.title) } (parts::badge(words::shape(case.state()), &words::state(view, case.state())))
                }
                (above)
                (parts::post_form(view, &action, once, state, fields))
            }
        };
        shell::page(view, &page, parts::padded(body))
    }
}

fn back(view: &View, site: &Site, case: &Case) -> Markup {
    html! { a class="btn btn-quiet" href=(paths::order(&site.code, case.order().number)) { (view.say("desk-back")) } }
}

fn buttons(view: &View, site: &Site, case: &Case, noun: Noun) -> Markup {
    let label = name(view, noun);
    let ends = matches!(noun, Noun::Cancellation | Noun::Closure | Noun::Return);
    let button = if ends { Button::danger(&label) } else { Button::main(&label) };
    html! {
        div class="form-acts" {
            @if noun == Noun::Classification {
                button class="btn" formmethod="get" formaction=(paths::act(&site.code, case.order().number, noun.as_str())) { (view.say("desk-preview")) }
            }
            (parts::button(&button)) (back(view, site, case))
        }
    }
}

fn fields(view: &View, case: &Case, noun: Noun, extra: &Extra, state: &FormState) -> Markup {
    let w = &view.words;
    let why = |hint: &str| state.field("why", view.say("desk-field-why")).hint(view.say(hint)).autofocus();
    match noun {
        Noun::Answer => answer(view, case, state),
        Noun::Assignment => dispatch::candidates(view, extra, state),
        Noun::Transfer => {
            html! { (dispatch::candidates(view, extra, state)) (parts::text_area(w, &state.field("why", view.say("desk-field-why")).hint(view.say("desk-why-transfer")))) }
        }
        Noun::Suspension => suspension(view, state),
        Noun::Merge => merge(view, extra, state),
        Noun::Classification => classification(view, extra, state),
        Noun::Completion => parts::text_area(
            w,
            &state.field("result", view.say("desk-field-result")).hint(view.say("desk-field-result-hint")).autofocus(),
        ),
        Noun::Verdict => verdict(view, state),
        Noun::Closure => parts::text_area(w, &why("desk-why-closure")),
        Noun::Cancellation => parts::text_area(w, &why("desk-why-cancellation").optional()),
        Noun::Return => parts::text_area(w, &why("desk-why-return")),
        Noun::Reopening => parts::text_area(w, &why("desk-why-reopening").optional()),
        Noun::Chase | Noun::Supervision => parts::text_area(
            w,
            &state.field("text", view.say("desk-field-words")).hint(view.say("desk-why-chase")).optional().autofocus(),
        ),
        _ => html! {},
    }
}

fn answer(view: &View, case: &Case, state: &FormState) -> Markup {
    let closes = matches!(case.state(), State::Accepted | State::Reopened);
    html! {
        (parts::text_area(&view.words, &state.field("text", view.say("desk-field-answer")).hint(view.say("desk-answer-hint")).rows(4).autofocus()))
        @if closes { (parts::checkbox(&state.field("close", view.say("desk-answer-close")))) }
    }
}

fn suspension(view: &View, state: &FormState) -> Markup {
    let reasons: Vec<Choice> =
        Reason::ALL.iter().map(|reason| Choice::new(reason.as_str(), words::reason(view, *reason))).collect();
    html! {
        (parts::radio_cards(&view.words, &state.field("reason", view.say("desk-field-reason")).hint(view.say("desk-reason-hint")), &reasons))
        (parts::text_area(&view.words, &state.field("text", view.say("desk-field-words")).optional().rows(2)))
    }
}

fn merge(view: &View, extra: &Extra, state: &FormState) -> Markup {
    let choices: Vec<Choice> = extra
        .targets
        .iter()
        .map(|other| {
            let label = format!("{} {}", words::number(view, other.number), other.title);
            let detail = [
                other.place.clone().unwrap_or_default(),
                words::state(view, other.state),
                view.formats.when(other.reported),
            ];
            Choice::new(other.number.to_string(), label)
                .detail(detail.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("·"))
        })
        .collect();
    html! {
        p class="small muted mb-3" { (view.say("desk-merge-hint")) }
        @if !choices.is_empty() { (parts::radio_cards(&view.words, &state.field("into", view.say("desk-merge-known")), &choices)) }
        (parts::text(&view.words, &state.field("number", view.say("desk-merge-number")).placeholder("B-0812-015").optional().length(20)))
    }
}

fn classification(view: &View, extra: &Extra, state: &FormState) -> Markup {
    let w = &view.words;
    let kinds: Vec<Choice> =
        Kind::ALL.iter().map(|kind| Choice::new(kind.as_str(), words::kind(view, *kind))).collect();
    let urgencies: Vec<Choice> =
        Urgency::ALL.iter().map(|urgency| Choice::new(urgency.as_str(), words::urgency(view, *urgency))).collect();
    let names: Vec<String> = extra
        .categories
        .iter()
        .filter(|one| one.leaf)
        .map(|one| words::category(view, &one.zh, &one.en).to_string())
        .collect();
    html! {
        (parts::segments(w, &state.field("kind", view.say("desk-field-kind")), &kinds))
        (parts::combobox(w, &state.field("category", view.say("desk-field-category")).length(20), &names))
        (parts::segments(w, &state.field("urgency", view.say("desk-field-urgency")), &urgencies))
        div class="grid-2 mt-4" {
            (parts::text(w, &state.field("place", view.say("desk-field-place")).optional()))
            (parts::text(w, &state.field("name", view.say("desk-field-name")).optional()))
            (parts::phone(w, &state.field("phone", view.say("desk-field-phone")).optional().hint(view.say("desk-phone-kept"))))
        }
        @if !extra.changes.is_empty() { (changes(view, &extra.changes)) }
    }
}

/// Which promises change, before anything is saved.
fn changes(view: &View, changes: &[Change]) -> Markup {
    html! {
        section class="sect mt-4" {
            h2 class="t-md" { (view.say("desk-preview-title")) }
            table class="table plain" {
                caption class="sr" { (view.say("desk-preview-title")) }
                thead { tr { th scope="col" { (view.say("desk-preview-promise")) } th scope="col" { (view.say("desk-preview-now")) } th scope="col" { (view.say("desk-preview-then")) } } }
                tbody { @for change in changes { tr {
                    th scope="row" { (words::promise(view, change.name)) }
                    td class="num" { (limit(view, change.now)) }
                    td class="num strong" { (limit(view, change.then)) }
                } } }
            }
        }
    }
}

fn limit(view: &View, due: Option<values::Moment>) -> String {
    due.map_or_else(|| view.say("desk-no-limit"), |due| view.formats.limit(due))
}

fn verdict(view: &View, state: &FormState) -> Markup {
    let answers = [Choice::new("yes", view.say("desk-verdict-yes")), Choice::new("no", view.say("desk-verdict-no"))];
    html! {
        p class="small muted mb-3" { (view.say("desk-verdict-hint")) }
        (parts::segments(&view.words, &state.field("satisfied", view.say("desk-field-satisfied")), &answers))
        (parts::text_area(&view.words, &state.field("words", view.say("desk-field-verdict-words")).optional().rows(2)))
    }
}
