use kernel::{
    calendar::{DeskDays, DeskHours, Hours},
    policies::Versions,
};
use maud::{Markup, html};
use values::Day;
use web::{
    Page, View,
    parts::{self, Button, Choice, FormState},
};

use super::{
    Preview,
    form::{WEEKDAYS, clock, closes, opens},
};
use crate::settings::{paths, versions};

pub fn title(view: &View, things: &str) -> Page {
    let new = view.say("desk-set-new-version");
    Page::new(view.say("desk-set-hours"))
        .acts(parts::link_button(&Button::main(&new).icon("plus"), &paths::new_version(things)))
}

pub fn title_of(view: &View, things: &str, from: Day) -> Page {
    Page::new(view.words.with("desk-set-from-day", &[("day", view.formats.long_date(from).into())]))
        .crumb(view.say("desk-set-hours"), things)
}

pub fn title_new(view: &View, things: &str) -> Page {
    Page::new(view.say("desk-set-new-version")).crumb(view.say("desk-set-hours"), things)
}

pub fn overview(
    view: &View,
    things: &str,
    known: &Versions<DeskHours>,
    from: Option<Day>,
    hours: &DeskHours,
    once: &str,
) -> Markup {
    let since = match from {
        Some(from) => view.words.with("desk-set-since", &[("day", view.formats.long_date(from).into())]),
        None => view.say("desk-set-usual"),
    };
    let week = WEEKDAYS.iter().zip(hours.week());
    let pairs: Vec<(String, Markup)> =
        week.map(|(day, hours)| (weekday(view, *day), html! { span class="num" { (span(view, *hours)) } })).collect();
    parts::split(
        html! {
            p class="muted mb-4" { (since) }
            p { (days(view, hours.days())) }
            (parts::facts(&pairs))
            p class="small muted" { (view.say("desk-set-hours-hint")) }
        },
        versions::list(view, things, known, once),
    )
}

fn weekday(view: &View, day: usize) -> String {
    view.say(&format!("desk-weekday-{day}"))
}

fn days(view: &View, days: DeskDays) -> String {
    view.say(if days == DeskDays::WorkingDays { "desk-set-working-days-only" } else { "desk-set-every-day" })
}

/// `08:00–20:00`
fn span(view: &View, hours: Hours) -> String {
    if hours.is_closed() {
        return view.say("desk-set-hours-closed");
    }
    format!("{}\u{2013}{}", clock(hours.opens), clock(hours.closes))
}

/// What differs, in words.
pub fn changes(view: &View, was: &DeskHours, is: &DeskHours) -> Vec<String> {
    let changed = |line: String, was: String, is: String| {
        view.words.with("desk-set-changed", &[("line", line.into()), ("was", was.into()), ("is", is.into())])
    };
    let kinds = (was.days() != is.days())
        .then(|| changed(view.say("desk-set-open-on"), days(view, was.days()), days(view, is.days())));
    let week = WEEKDAYS.iter().zip(was.week().iter().zip(is.week())).filter(|(_, (was, is))| was != is);
    let week = week.map(|(day, (was, is))| changed(weekday(view, *day), span(view, *was), span(view, *is)));
    kinds.into_iter().chain(week).collect()
}

pub fn form(view: &View, things: &str, state: &FormState, preview: Option<&Preview>, once: &str) -> Markup {
    let choices = [("every_day", DeskDays::EveryDay), ("working_days", DeskDays::WorkingDays)]
        .map(|(value, of)| Choice::new(value, days(view, of)));
    let fields = html! {
        (versions::day_field(view, state))
        (parts::segments(&view.words, &state.field("days", view.say("desk-set-open-on")), &choices))
        p class="small muted" { (view.say("desk-set-hours-form-hint")) }
        div class="limits" { @for day in WEEKDAYS { (day_fields(view, day, state)) } }
        @if let Some(preview) = preview { (versions::preview(view, preview.from, &preview.lines)) }
        (versions::buttons(view, preview.is_some(), things))
    };
    parts::padded(html! { div class="max-744" { (parts::post_form(view, things, once, state, fields)) } })
}

fn day_fields(view: &View, day: usize, state: &FormState) -> Markup {
    let (name, first, last) = (weekday(view, day), opens(day), closes(day));
    let problem = state.problems().iter().find(|problem| problem.field == first);
    let time = |field: &str, word: &str| {
        let label = format!("{name} {}", view.say(word));
        html! {
            input class="input len-8 num" type="text" inputmode="numeric" id={ "f-" (field) } name=(field) value=(state.get(field)) autocomplete="off"
                placeholder="08:00" aria-label=(label) aria-invalid=[problem.map(|_| "true")];
        }
    };
    html! {
        fieldset class="limit" {
            legend { (name) }
            span class="row" { (time(&first, "desk-set-opens")) span aria-hidden="true" { "–" } (time(&last, "desk-set-closes")) }
            @if let Some(problem) = problem { p class="error" { (problem.text) } }
        }
    }
}
