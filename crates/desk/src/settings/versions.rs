//! The versions of something that holds from a day on: which one holds, what comes, what was; the day of a new one.

use kernel::{Checks, Error, policies::Versions};
use maud::{Markup, html};
use values::Day;
use web::{
    View,
    parts::{self, BadgeState, Button, FormState},
};

use super::{paths, sent::Sent};

/// All versions of `things` (their address), the newest first; one that has not begun can be taken back.
pub fn list<T>(view: &View, things: &str, versions: &Versions<T>, once: &str) -> Markup {
    let today = view.formats.today();
    let (holds, _) = versions.on(today);
    let usual = if holds.is_none() { "desk-set-usual-holds" } else { "desk-set-usual-held" };
    parts::section(
        &view.say("desk-set-versions"),
        html! {},
        html! {
            ul class="stack" {
                @for (from, _) in versions.dated.iter().rev() { (line(view, things, *from, holds, once)) }
                li class="small muted" { (view.say(usual)) }
            }
        },
    )
}

fn line(view: &View, things: &str, from: Day, holds: Option<Day>, once: &str) -> Markup {
    let comes = from > view.formats.today();
    let (state, word) = match () {
        () if comes => (BadgeState::Todo, "desk-set-comes"),
        () if holds == Some(from) => (BadgeState::Run, "desk-set-holds"),
        () => (BadgeState::Done, "desk-set-held"),
    };
    html! {
        li class="row wrap" {
            a class="num" href=(paths::version(things, from)) { (view.words.with("desk-set-from-day", &[("day", view.formats.long_date(from).into())])) }
            (parts::badge(state, &view.say(word)))
            @if comes {
                span class="push" { (parts::act_form(view, &paths::withdrawal(things, from), &format!("{once}-{from}"), &Button::small(&view.say("desk-set-withdraw")))) }
            }
        }
    }
}

/// The first day of a new version.
pub fn day_field(view: &View, state: &FormState) -> Markup {
    let field = state.field("from", view.say("desk-set-from")).hint(view.say("desk-set-from-hint"));
    parts::date(&view.words, &field.length(11))
}

/// Count first, then do: what a new version changes, and the buttons that go on.
pub fn preview(view: &View, from: Day, lines: &[String]) -> Markup {
    let head =
        view.words.with("desk-set-preview", &[("day", view.formats.long_date(from).into()), ("n", lines.len().into())]);
    parts::note(
        parts::NoteKind::Info,
        html! {
            b { (head) }
            ul class="stack-1" { @for line in lines { li { (line) } } }
            p class="small" { (view.say("desk-set-preview-keeps")) }
        },
    )
}

/// The buttons of a form that is looked at before it is saved.
pub fn buttons(view: &View, previewed: bool, back: &str) -> Markup {
    let look = view.say("desk-set-look");
    html! {
        div class="form-acts" {
            @if previewed { button class="btn btn-main" type="submit" name="step" value="save" { (view.say("desk-set-save")) } }
            button class={ "btn" @if !previewed { " btn-main" } } type="submit" name="step" value="look" { (look) }
            (parts::link_button(&Button::quiet(&view.say("desk-set-back")), back))
        }
    }
}

/// Errors: `set_day` beside the field.
pub fn day(sent: &Sent, checks: &mut Checks) -> Option<Day> {
    let day = sent.text("from").parse().ok();
    if day.is_none() {
        checks.refuse("from", "set_day");
    }
    day
}

/// The day of an address. Errors: `Missing`.
pub fn of_address(ask: &web::Ask) -> Result<Day, Error> {
    ask.param("from")
}
