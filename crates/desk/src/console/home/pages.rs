//! 今日: what waits for this person, and the numbers of the day, each opening to its rows.

use kernel::{
    Site,
    notices::Notice,
    orders::{Kind, State},
    promises::{ClockState, clock},
    setup::Lack,
};
use maud::{Markup, html};
use web::{
    Page, View,
    parts::{self, Button, Row, Table},
    shell,
};

use super::load::{self, Today, filter};
use crate::console::{
    list::{Line, clock_cell},
    paths, words,
};

pub fn home(view: &View, site: &Site, today: &Today) -> Markup {
    let page = Page::new(view.say("desk-home")).badge(date(view)).acts(acts(view, site, today));
    let body = html! {
        div class="body" id="home-live" data-live-part {
            @if !today.steps.is_empty() { (first_steps(view, site, &today.steps)) }
            @if today.may.orders { (figures(view, site, today)) }
            div class="split" {
                div { (waiting(view, site, today)) (mine(view, site, today)) }
                aside { (numbers(view, site, today)) (outages(view, site, today)) }
            }
        }
    };
    shell::page(view, &page, body)
}

/// What is left before this site can work; each line goes when it is done, the list with the last.
fn first_steps(view: &View, site: &Site, steps: &[Lack]) -> Markup {
    let lines = html! {
        p class="small muted mb-3" { (view.say("desk-start-why")) }
        ol class="stack" { @for step in steps { li class="row wrap" {
            (parts::badge(parts::BadgeState::Todo, &view.say(&format!("desk-start-{}", step.word))))
            a href={ "/c/" (site.code) (step.path) } { (view.say(&format!("desk-start-{}-act", step.word))) }
        } } }
    };
    html! { div class="mb-4" { (parts::section(&view.say("desk-start"), html! { (parts::count(&steps.len().to_string())) }, lines)) } }
}

/// 8 月 12 日 星期三
fn date(view: &View) -> Markup {
    let day = view.formats.today();
    let weekday = view.say(&format!("desk-weekday-{}", day.weekday()));
    let month = view.say(&format!("month-{}-long", day.month()));
    html! { span class="muted" { (view.words.with("desk-day", &[("month", month.into()), ("day", day.day().to_string().into()), ("weekday", weekday.into())])) } }
}

fn acts(view: &View, site: &Site, today: &Today) -> Markup {
    html! {
        (parts::stale(view, &view.formats.time(view.formats.now)))
        @if today.may.report { (parts::link_button(&Button::main(&view.say("desk-new")).icon("plus").key("c"), &paths::intake(&site.code))) }
    }
}

fn list(site: &Site, conditions: &[(&str, &str)]) -> String {
    paths::list(&site.code, &filter(conditions).query())
}

fn figures(view: &View, site: &Site, today: &Today) -> Markup {
    let (c, n) = (&today.counts, |count: i64| view.formats.count(count));
    let of_open = view.words.with("desk-home-of-open", &[("n", n(c.open).into())]);
    let soon = view.words.with("desk-home-soon", &[("n", n(c.soon).into())]);
    let waits = view.words.with("desk-home-unaccepted", &[("n", n(c.unaccepted).into())]);
    let late = html! {
        a class="kpi" href=(list(site, load::LATE)) {
            div class="kpi-name" { (view.say("desk-home-late")) @if c.late > 0 { " " (parts::badge(parts::BadgeState::Late, &view.say("desk-home-act"))) } }
            div class="kpi-val" { (n(c.late)) " " small { (of_open) } }
            div class="kpi-sub" { (soon) }
        }
    };
    html! {
        div class="kpis kpis-4" {
            (late)
            (parts::figure(&view.say("desk-home-undispatched"), &n(c.undispatched), "", &waits, &list(site, load::UNDISPATCHED)))
            (parts::figure(&view.say("desk-home-today"), &n(c.reported_today), "", &view.say("desk-home-today-all"), &list(site, load::TODAY)))
            (parts::figure(&view.say("desk-home-to-verify"), &n(c.to_verify), "", &view.say("desk-home-to-verify-why"), &list(site, load::TO_VERIFY)))
        }
    }
}

fn waiting(view: &View, site: &Site, today: &Today) -> Markup {
    if !today.may.orders {
        return parts::not_for_your_post(view, &view.say("desk-home-posts"));
    }
    let all = view.words.with("desk-home-all", &[("n", view.formats.count(today.counts.open).into())]);
    let beside = html! { (parts::count(&view.formats.count(i64::try_from(today.waiting_count).unwrap_or(i64::MAX)))) a class="push" href=(paths::orders(&site.code)) { (all) } };
    let content = if today.waiting.is_empty() {
        parts::nothing_yet(&view.say("desk-home-nothing"), &view.say("desk-home-nothing-why"), None)
    } else {
        rows(view, site, today, &today.waiting)
    };
    parts::section(&view.say("desk-home-waiting"), beside, content)
}

fn mine(view: &View, site: &Site, today: &Today) -> Markup {
    html! {
        @if !today.mine.is_empty() {
            (parts::section(
                &view.say("desk-view-mine"),
                html! { (parts::count(&view.formats.count(today.counts.mine))) a class="push" href=(list(site, load::MINE)) { (view.say("desk-home-mine-all")) } },
                rows(view, site, today, &today.mine),
            ))
        }
    }
}

fn rows(view: &View, site: &Site, today: &Today, lines: &[Line]) -> Markup {
    let column = |word: &str| parts::Column::new(view.say(word));
    let table = Table {
        caption: view.say("desk-orders"),
        columns: vec![
            column("desk-col-number").width(112),
            column("desk-col-title").wide(),
            column("desk-col-clock").width(190),
            column("desk-col-assignee").width(112),
            column("desk-col-act").width(84),
        ],
        rows: lines.iter().map(|line| Row { cells: cells(view, site, today, line), pick: None }).collect(),
        plain: true,
        ..Table::default()
    };
    html! { div class="headless" { (parts::table(&view.words, &table)) } }
}

fn cells(view: &View, site: &Site, today: &Today, line: &Line) -> Vec<Markup> {
    let here = paths::order(&site.code, line.number);
    let place =
        line.place.as_ref().map(|code| parts::plate_link(line.plate().unwrap_or(code), &paths::place(site, code)));
    let (word, href) = next(view, site, today, line);
    vec![
        html! { span class="num muted" { (words::number(view, line.number)) } },
        html! { span class="row" { @if let Some(place) = place { (place) } a class="main clip" href=(here) { (line.title) } } },
        clock_cell(view, line),
        match &line.assignee {
            Some(name) => parts::person(name),
            None => html! { span class="muted" { (view.say("desk-nobody-yet")) } },
        },
        html! { span class="row" { (parts::link_button(&Button::small(&word), &href)) } },
    ]
}

/// The act that moves this order on, as far as this person may do it.
fn next(view: &View, site: &Site, today: &Today, line: &Line) -> (String, String) {
    let act = |noun: &str| (view.say(&format!("desk-act-{noun}")), paths::act(&site.code, line.number, noun));
    let sends = matches!(line.kind, Kind::Repair | Kind::Help);
    match line.state {
        State::Accepted | State::Reopened | State::Returned if sends && today.may.dispatch => act("assignment"),
        State::Accepted | State::Reopened | State::Returned if !sends && today.may.desk => act("answer"),
        State::Dispatched | State::Taken | State::Working if today.led.contains(&line.id) && is_late(view, line) => {
            act("transfer")
        }
        State::New if today.may.desk => (view.say("desk-act-acceptance"), paths::order(&site.code, line.number)),
        _ => (view.say("desk-look-at"), paths::order(&site.code, line.number)),
    }
}

fn is_late(view: &View, line: &Line) -> bool {
    line.promise.as_ref().is_some_and(|promise| clock(promise, view.formats.now).state == ClockState::Late)
}

fn numbers(view: &View, site: &Site, today: &Today) -> Markup {
    let c = &today.counts;
    let line = |word: &str, count: i64, conditions: &[(&str, &str)]| {
        html! {
            li class="row-b" { a href=(list(site, conditions)) { (view.say(word)) } b class="push num" { (view.formats.count(count)) } }
        }
    };
    html! {
        @if today.may.orders {
            (parts::aside_section(&view.say("desk-home-numbers"), None, html! {
                ul class="stack-1" {
                    (line("desk-view-open", c.open, &[]))
                    (line("desk-home-unaccepted-short", c.unaccepted, load::UNACCEPTED))
                    (line("desk-view-undispatched", c.undispatched, load::UNDISPATCHED))
                    (line("desk-view-soon", c.soon, load::SOON))
                    (line("desk-home-suspended", c.suspended, load::SUSPENDED))
                    (line("desk-view-complaints", c.complaints_week, load::COMPLAINTS))
                }
            }))
        }
    }
}

fn outages(view: &View, site: &Site, today: &Today) -> Markup {
    html! {
        @if today.may.notices {
            (parts::aside_section(&view.say("desk-home-outages"), None, html! {
                @if today.outages.is_empty() { p class="small muted" { (view.say("desk-home-outages-none")) } }
                @else { ul class="small stack" { @for outage in &today.outages { (outage_line(view, site, outage)) } } }
            }))
        }
    }
}

fn outage_line(view: &View, site: &Site, outage: &Notice) -> Markup {
    let until = outage.planned_end.map_or_else(
        || view.say("desk-outage-open-end"),
        |end| view.words.with("desk-outage-until", &[("at", view.formats.moment(end).into())]),
    );
    html! {
        li class="row-b" {
            b class="num" { (view.formats.when(outage.starts)) }
            span { a href={ "/c/" (site.code) "/notices/" (outage.id) } { (outage.title) } " " span class="muted" { (until) } }
        }
    }
}
