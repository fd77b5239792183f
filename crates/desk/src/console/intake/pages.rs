//! 报修受理: one screen for a call. Place, caller, what about; who lives there, what is out of order and what is known
//! already are shown while somebody speaks.

use kernel::{
    Site,
    categories::Category,
    orders::{Channel, Kind, Urgency},
};
use maud::{Markup, html};
use values::mask_name;
use web::{
    Page, View,
    i18n::Lang,
    parts::{self, Button, Choice, FormState, NoteKind},
    shell,
};

use super::{
    category::{initials_of, pinyin_of},
    look::Looked,
    model::{Neighbour, Occupant, Spot},
};
use crate::console::{paths, words};

/// Where the answers about a place stand.
pub const ABOUT: &str = "about-place";
/// The caller is nobody of the home.
const OTHER: &str = "other";

pub struct Shown<'a> {
    pub state: FormState,
    pub looked: Looked,
    pub categories: &'a [Category],
    pub once: String,
}

pub fn intake(view: &View, site: &Site, shown: &Shown<'_>) -> Markup {
    let page = Page::new(view.say("desk-intake")).crumb(view.say("desk-title"), paths::orders(&site.code));
    shell::page(view, &page, parts::padded(form(view, site, shown)))
}

fn form(view: &View, site: &Site, shown: &Shown<'_>) -> Markup {
    html! {
        form class="intake" method="post" action=(paths::orders(&site.code)) novalidate data-main data-draft="intake" data-guard
            data-lookup={ (paths::intake(&site.code)) "/about" } data-lookup-into=(ABOUT) {
            (parts::error_summary(&view.words, shown.state.problems()))
            (parts::csrf(view)) (parts::once(&shown.once))
            div class="intake-cols" {
                div class="intake-fields" { (fields(view, site, shown)) }
                div class="intake-about" id=(ABOUT) aria-live="polite" { (about(view, site, &shown.state, &shown.looked)) }
            }
            div class="form-acts" {
                (parts::button(&Button::main(&view.say("desk-intake-save")).icon("check")))
                span class="small muted" { (view.say("desk-intake-keys")) }
            }
        }
    }
}

fn fields(view: &View, site: &Site, shown: &Shown<'_>) -> Markup {
    let (w, state) = (&view.words, &shown.state);
    let place = state
        .field("place", view.say("desk-field-place"))
        .hint(view.say("desk-field-place-hint"))
        .placeholder("1-2-301");
    let text =
        state.field("text", view.say("desk-field-text")).placeholder(view.say("desk-field-text-example")).rows(3);
    let answer = state
        .field("answer", view.say("desk-field-answer"))
        .hint(view.say("desk-field-answer-hint"))
        .optional()
        .rows(2);
    html! {
        div class="row top intake-place" {
            div class="grow" data-lookup-by { (parts::text(w, &if state.get("place").is_empty() { place.autofocus() } else { place })) }
            noscript { button class="btn mt-4" formmethod="get" formaction=(paths::intake(&site.code)) formnovalidate { (view.say("desk-look")) } }
        }
        div data-lookup-by { (category_field(view, state, shown.categories)) }
        (parts::text_area(w, &text))
        (parts::text_area(w, &answer))
        div class="grid-2" {
            div class="span-2" { (parts::segments(w, &with_default(state.field("kind", view.say("desk-field-kind")), "auto"), &kinds(view))) }
            (parts::segments(w, &with_default(state.field("urgency", view.say("desk-field-urgency")), "auto"), &urgencies(view)))
            (parts::segments(w, &with_default(state.field("channel", view.say("desk-field-channel")), Channel::Phone.as_str()), &channels(view)))
            (parts::text(w, &state.field("entry_note", view.say("desk-field-entry")).hint(view.say("desk-field-entry-hint")).optional()))
        }
    }
}

fn with_default(field: parts::Field, value: &str) -> parts::Field {
    if field.value.is_empty() { field.value(value) } else { field }
}

fn category_field(view: &View, state: &FormState, categories: &[Category]) -> Markup {
    let field =
        state.field("category", view.say("desk-field-category")).hint(view.say("desk-field-category-hint")).length(20);
    let leaves = categories.iter().filter(|one| one.leaf);
    let proposals: Vec<(String, String)> = leaves
        .map(|one| {
            let name = words::category(view, &one.zh, &one.en).to_string();
            (
                name,
                format!(
                    "{} {} {}",
                    initials_of(&one.zh),
                    pinyin_of(&one.zh),
                    if view.words.lang() == Lang::En { &one.zh } else { &one.en }
                ),
            )
        })
        .collect();
    parts::combobox_labelled(&view.words, &field, &proposals)
}

fn kinds(view: &View) -> Vec<Choice> {
    let auto = Choice::new("auto", view.say("desk-by-category"));
    std::iter::once(auto)
        .chain(Kind::ALL.iter().map(|kind| Choice::new(kind.as_str(), words::kind(view, *kind))))
        .collect()
}

fn urgencies(view: &View) -> Vec<Choice> {
    let auto = Choice::new("auto", view.say("desk-by-category"));
    let all =
        [Urgency::Normal, Urgency::Urgent].map(|urgency| Choice::new(urgency.as_str(), words::urgency(view, urgency)));
    std::iter::once(auto).chain(all).collect()
}

/// The ways in that a desk takes down itself.
fn channels(view: &View) -> Vec<Choice> {
    [Channel::Phone, Channel::Desk, Channel::Steward, Channel::Patrol, Channel::Hotline]
        .map(|way| Choice::new(way.as_str(), words::channel(view, way)))
        .to_vec()
}

/// The right half: what is known about the place, who calls, and what was reported before.
pub fn about(view: &View, site: &Site, state: &FormState, looked: &Looked) -> Markup {
    html! {
        @match looked.spots.as_slice() {
            [] if state.get("place").trim().is_empty() => p class="muted small" { (view.say("desk-about-nothing")) },
            [] => (parts::note(NoteKind::Warn, html! { (view.say("desk-about-unknown")) })),
            [spot] => (known(view, site, spot, looked)),
            several => (which(view, site, several)),
        }
        @if let Some(category) = &looked.category { (taken_for(view, category)) }
        (caller(view, state, &looked.occupants))
        (duplicates(view, site, state, &looked.duplicates))
    }
}

/// `ls` is short: what it is taken for stands in full, with its urgency.
fn taken_for(view: &View, category: &Category) -> Markup {
    let name = words::category(view, &category.zh, &category.en);
    html! { p class="small mt-2" { (view.say("desk-field-category")) " " b { (name) } "·" (words::urgency(view, category.urgency)) } }
}

fn known(view: &View, site: &Site, spot: &Spot, looked: &Looked) -> Markup {
    html! {
        div class="row wrap" {
            (parts::plate_link(spot.plate(), &paths::place(site, &spot.code)))
            @if let Some(area) = spot.area { span class="small muted" { (view.formats.area(area)) } }
        }
        @if let Some(outage) = &looked.outage {
            (parts::note(NoteKind::Warn, html! { b { (outage.title) } " " (outage_until(view, outage.planned_end)) }))
        }
        @if !looked.open.is_empty() {
            p class="small mt-2" { (view.words.with("desk-about-open", &[("n", looked.open.len().into())])) }
            ul class="small stack-1" { @for other in &looked.open { li { (other_line(view, site, other)) } } }
        }
    }
}

fn outage_until(view: &View, end: Option<values::Moment>) -> String {
    end.map_or_else(
        || view.say("desk-outage-open-end"),
        |end| view.words.with("desk-outage-until", &[("at", view.formats.moment(end).into())]),
    )
}

fn which(view: &View, site: &Site, several: &[Spot]) -> Markup {
    html! {
        p class="small" { (view.say("desk-about-which")) }
        div class="row wrap mt-1" { @for spot in several { a class="plate" href={ (paths::intake(&site.code)) "?place=" (paths::encode(&spot.code)) } { (spot.code) } } }
    }
}

/// The first of the home is taken as the caller until somebody else is chosen; of another home nobody stays chosen.
fn caller(view: &View, state: &FormState, occupants: &[Occupant]) -> Markup {
    let chosen = state.get("caller");
    let known = chosen == OTHER || occupants.iter().any(|one| one.party.to_string() == chosen);
    let first = occupants.first().map_or_else(|| OTHER.to_string(), |one| one.party.to_string());
    let field = state.field("caller", view.say("desk-field-caller"));
    let field = if known { field } else { field.value(first) };
    let people =
        occupants.iter().map(|one| Choice::new(one.party.to_string(), mask_name(&one.name)).detail(who(view, one)));
    let choices: Vec<Choice> = people.chain([Choice::new(OTHER, view.say("desk-caller-other"))]).collect();
    html! {
        section class="sect" {
            @if !occupants.is_empty() { (parts::radio_cards(&view.words, &field, &choices)) }
            div class="grid-2 mt-2" {
                (parts::text(&view.words, &state.field("name", view.say("desk-field-name")).optional().placeholder(view.say("desk-field-name-example"))))
                (parts::phone(&view.words, &state.field("phone", view.say("desk-field-phone")).optional().hint(view.say("desk-field-phone-hint"))))
            }
        }
    }
}

fn who(view: &View, one: &Occupant) -> String {
    let role = view.say(&format!("desk-role-{}", one.role.replace('_', "-")));
    match &one.phone {
        Some(phone) => format!("{role}·{}", phone.masked()),
        None => role,
    }
}

fn other_line(view: &View, site: &Site, other: &Neighbour) -> Markup {
    html! {
        a href=(paths::order(&site.code, other.number)) { (words::number(view, other.number)) } " " (other.title) " "
        span class="muted" { (words::state(view, other.state)) "·" (view.formats.when(other.reported)) }
    }
}

/// T10: the same thing reported before, offered for merging before anything is saved.
fn duplicates(view: &View, site: &Site, state: &FormState, duplicates: &[Neighbour]) -> Markup {
    if duplicates.is_empty() {
        return html! {};
    }
    let field =
        with_default(state.field("merge", view.say("desk-duplicates")).hint(view.say("desk-duplicates-hint")), "");
    let mut choices: Vec<Choice> = duplicates.iter().map(|other| choice(view, other)).collect();
    choices.push(Choice::new("none", view.say("desk-duplicates-none")));
    html! {
        section class="sect" {
            (parts::radio_cards(&view.words, &field, &choices))
            p class="small mt-1" { @for other in duplicates { a class="push" href=(paths::order(&site.code, other.number)) target="_blank" rel="noopener" { (words::number(view, other.number)) } " " } }
        }
    }
}

fn choice(view: &View, other: &Neighbour) -> Choice {
    let label = view.words.with(
        "desk-duplicates-into",
        &[("number", words::number(view, other.number).into()), ("title", other.title.clone().into())],
    );
    let who = other.reporter.as_deref().map(mask_name).unwrap_or_default();
    let detail = [
        other.place.clone().unwrap_or_default(),
        who,
        words::state(view, other.state),
        view.formats.when(other.reported),
    ];
    Choice::new(other.number.to_string(), label)
        .detail(detail.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("·"))
}
