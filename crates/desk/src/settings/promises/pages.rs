use kernel::{
    orders::Kind,
    policies::Versions,
    promises::{LineKey, Policy},
};
use maud::{Markup, html};
use values::Day;
use web::{
    Page, View,
    parts::{self, Button, Column, FormState, Row, Table},
};

use super::{
    Preview,
    form::{field, is_by_appointment, is_pair, units},
    words,
};
use crate::{
    console,
    settings::{paths, versions},
};

pub fn title(view: &View, things: &str) -> Page {
    let new = view.say("desk-set-new-version");
    Page::new(view.say("desk-set-promises"))
        .acts(parts::link_button(&Button::main(&new).icon("plus"), &paths::new_version(things)))
}

pub fn title_of(view: &View, things: &str, from: Day) -> Page {
    Page::new(view.words.with("desk-set-from-day", &[("day", view.formats.long_date(from).into())]))
        .crumb(view.say("desk-set-promises"), things)
}

pub fn title_new(view: &View, things: &str) -> Page {
    Page::new(view.say("desk-set-new-version")).crumb(view.say("desk-set-promises"), things)
}

/// One version, kind by kind; beside it all versions.
pub fn overview(
    view: &View,
    things: &str,
    known: &Versions<Policy>,
    from: Option<Day>,
    policy: &Policy,
    once: &str,
) -> Markup {
    let since = match from {
        Some(from) => view.words.with("desk-set-since", &[("day", view.formats.long_date(from).into())]),
        None => view.say("desk-set-usual"),
    };
    parts::split(
        html! {
            p class="muted" { (since) }
            @for kind in Kind::ALL { (kind_section(view, *kind, policy)) }
        },
        versions::list(view, things, known, once),
    )
}

fn keys_of(kind: Kind) -> Vec<LineKey> {
    Policy::keys().into_iter().filter(|key| key.kind == kind).collect()
}

fn kind_section(view: &View, kind: Kind, policy: &Policy) -> Markup {
    let column = |word: &str, width| Column::new(view.say(word)).width(width);
    let rows = keys_of(kind).into_iter().map(|key| Row {
        cells: vec![
            html! { (console::words::promise(view, key.name)) },
            html! { (key.urgency.map(|urgency| console::words::urgency(view, urgency)).unwrap_or_default()) },
            html! { (words::limit(view, policy.limit(key))) },
        ],
        pick: None,
    });
    let table = Table {
        caption: console::words::kind(view, kind),
        columns: vec![
            column("desk-set-step", 120),
            column("desk-field-urgency", 90),
            Column::new(view.say("desk-set-limit")).wide(),
        ],
        rows: rows.collect(),
        plain: true,
        ..Table::default()
    };
    parts::section(&console::words::kind(view, kind), html! {}, parts::table(&view.words, &table))
}

pub fn form(view: &View, things: &str, state: &FormState, preview: Option<&Preview>, once: &str) -> Markup {
    let fields = html! {
        (versions::day_field(view, state))
        p class="small muted" { (view.say("desk-set-promises-hint")) " "
            @for grade in ["first", "second", "third"] { a href={ (paths::new_version(things)) "?grade=" (grade) } { (view.say(&format!("desk-set-grade-{grade}"))) } " " }
        }
        @for kind in Kind::ALL { (kind_fields(view, *kind, state)) }
        @if let Some(preview) = preview { (versions::preview(view, preview.from, &preview.lines)) }
        (versions::buttons(view, preview.is_some(), things))
    };
    parts::padded(html! { div class="max-860" { (parts::post_form(view, things, once, state, fields)) } })
}

fn kind_fields(view: &View, kind: Kind, state: &FormState) -> Markup {
    let lines = html! { div class="limits" { @for key in keys_of(kind) { (line_fields(view, key, state)) } } };
    parts::section(&console::words::kind(view, kind), html! {}, lines)
}

fn line_fields(view: &View, key: LineKey, state: &FormState) -> Markup {
    let name = key.to_string();
    let problem = state.problems().iter().find(|problem| problem.field == name);
    let urgency = key.urgency.map(|urgency| console::words::urgency(view, urgency));
    html! {
        fieldset class="limit" aria-describedby=[problem.map(|_| format!("f-{name}-error"))] {
            legend { (console::words::promise(view, key.name)) @if let Some(urgency) = urgency { span class="small muted" { " " (urgency) } } }
            @if is_by_appointment(key) { span class="small muted" { (view.say("desk-set-no-appointment")) } }
            @if is_pair(key) { span class="small muted" { (view.say(&format!("desk-set-pair-{}-1", pair_word(key)))) } }
            (amount(view, key, state, ["n", "unit"], problem.is_some()))
            @if is_pair(key) {
                span class="small muted" { (view.say(&format!("desk-set-pair-{}-2", pair_word(key)))) }
                (amount(view, key, state, ["n2", "unit2"], problem.is_some()))
            }
            @if let Some(problem) = problem { p class="error" id={ "f-" (name) "-error" } { (problem.text) } }
        }
    }
}

/// A number and its unit. The first one carries the id that the summary of errors leads to.
fn amount(view: &View, key: LineKey, state: &FormState, [n, unit]: [&str; 2], wrong: bool) -> Markup {
    let (number, of) = (field(key, n), field(key, unit));
    let label = words::line(view, key);
    html! {
        span class="row" {
            input class="input len-4 num" type="text" inputmode="numeric" name=(number) value=(state.get(&number)) autocomplete="off"
                id=[(n == "n").then(|| format!("f-{key}"))] aria-label=(label) aria-invalid=[wrong.then_some("true")];
            select class="input" name=(of) aria-label={ (label) " " (view.say("desk-set-unit")) } {
                @for choice in units(key) { option value=(choice.as_str()) selected[choice.as_str() == state.get(&of)] { (words::unit(view, *choice)) } }
            }
        }
    }
}

fn pair_word(key: LineKey) -> String {
    key.name.as_str().replace('_', "-")
}
