use kernel::calendar::{Calendar, DayKind};
use maud::{Markup, html};
use values::Day;
use web::{
    Page, View,
    parts::{self, BadgeState, Button, FormState, NoteKind},
};

use crate::settings::paths;

/// A year as the page shows it.
pub struct Shown<'a> {
    pub year: i16,
    pub known: &'a Calendar,
    /// The reader may load and change years.
    pub may: bool,
    pub state: &'a FormState,
    pub once: &'a str,
}

/// Before and after the year there are others.
pub fn title(view: &View, site: &str, year: i16, known: &Calendar) -> Page {
    let is_known = known.years().contains(&year);
    let (state, word) = if is_known {
        (BadgeState::Done, "desk-set-year-loaded")
    } else {
        (BadgeState::Todo, "desk-set-year-not-loaded")
    };
    let step = |by: i16| {
        let other = year + by;
        parts::link_button(&Button::new(&other.to_string()), &paths::calendar(site, other))
    };
    Page::new(view.words.with("desk-set-calendar-of", &[("year", year.to_string().into())]))
        .badge(parts::badge(state, &view.say(word)))
        .acts(html! { (step(-1)) (step(1)) })
}

pub fn calendar(view: &View, site: &str, shown: &Shown<'_>) -> Markup {
    let missing = !shown.known.years().contains(&shown.year);
    parts::split(
        html! {
            @if missing { (parts::note(NoteKind::Warn, html! { (view.words.with("desk-set-year-provisional", &[("year", shown.year.to_string().into())])) })) }
            (legend(view))
            div class="months" { @for month in 1..=12 { (month_of(view, shown.known, shown.year, month)) } }
        },
        if shown.may {
            form(view, site, shown)
        } else {
            html! { p class="small muted" { (view.say("desk-set-calendar-others")) } }
        },
    )
}

/// The sign stands beside the number, so that no kind of day is told by colour alone.
fn legend(view: &View) -> Markup {
    let kinds = [DayKind::Off, DayKind::Statutory, DayKind::Working];
    html! {
        p class="row wrap small muted" {
            @for kind in kinds { span class="row" { span class="month-day" data-k=(kind.as_str()) data-set { (sign(view, kind)) } (view.say(&format!("desk-set-day-{}", kind.as_str()))) } }
        }
    }
}

fn sign(view: &View, kind: DayKind) -> String {
    view.say(&format!("desk-set-sign-{}", kind.as_str()))
}

fn month_of(view: &View, known: &Calendar, year: i16, month: i8) -> Markup {
    let Ok(first) = Day::new(year, month, 1) else { return html! {} };
    let before = usize::try_from(first.weekday() - 1).unwrap_or(0);
    let days = (0..31).map(|n| first.plus_days(n)).take_while(|day| day.month() == month);
    html! {
        section class="month" {
            h2 class="t-md" { (view.words.with("desk-set-month", &[("month", view.say(&format!("month-{month}-long")).into())])) }
            ol class="month-days" {
                @for day in 1..=7 { li class="tiny muted" aria-hidden="true" { (view.say(&format!("desk-set-weekday-{day}"))) } }
                @for _ in 0..before { li aria-hidden="true" {} }
                @for day in days { (day_of(view, known, day)) }
            }
        }
    }
}

fn day_of(view: &View, known: &Calendar, day: Day) -> Markup {
    let kind = known.kind(day);
    // What weekends alone would say needs no sign.
    let set = kind == DayKind::Statutory || (kind == DayKind::Working) == day.is_weekend();
    let name = format!("{} {}", view.formats.date(day), view.say(&format!("desk-set-day-{}", kind.as_str())));
    html! {
        li class="month-day" data-k=(kind.as_str()) data-set[set] title=(name) {
            span class="num" { (day.day()) }
            @if set { small { (sign(view, kind)) } }
        }
    }
}

fn form(view: &View, site: &str, shown: &Shown<'_>) -> Markup {
    let (w, state) = (&view.words, shown.state);
    let area = |name, word: &str, hint: &str| {
        let field = state.field(name, view.say(word)).hint(view.say(hint)).rows(4);
        parts::text_area(w, &field.optional())
    };
    let fields = html! {
        input type="hidden" name="year" value=(shown.year);
        (area("statutory", "desk-set-day-statutory", "desk-set-statutory-hint"))
        (area("off", "desk-set-day-off", "desk-set-off-hint"))
        (area("working", "desk-set-day-working", "desk-set-working-hint"))
        p class="small muted" { (view.say("desk-set-calendar-hint")) }
        div class="form-acts" { (parts::button(&Button::main(&view.say("desk-set-calendar-save")))) }
    };
    let title = view.words.with("desk-set-calendar-edit", &[("year", shown.year.to_string().into())]);
    parts::aside_section(
        &title,
        None,
        parts::post_form(view, &format!("/c/{site}/settings/calendar"), shown.once, state, fields),
    )
}
