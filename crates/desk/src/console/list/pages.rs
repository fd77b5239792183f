//! 服务台·工单: what must be done, most urgent first.

use kernel::{
    Site,
    orders::{Kind, State},
};
use maud::{Markup, html};
use web::{
    Page, View,
    parts::{self, Foot, Row, Table, ViewTab},
    shell,
};

use super::{
    chips,
    columns::{self, Column},
    export::cursor_of,
    filter::{Filter, Sort},
    load::{Shown, parsed},
    model::Line,
    views::SHIPPED,
};
use crate::console::{paths, words};

pub const BAR: &str = "chosen";

pub fn list(view: &View, site: &Site, shown: &Shown, once: &str) -> Markup {
    let page = Page::new(view.say("desk-title")).acts(acts(view, site, shown));
    let body = html! {
        div id="orders-live" data-live-part class="live-list" {
            (parts::views(view, &tabs(view, site, shown), save_address(site, shown).as_deref()))
            (chips::row(view, site, shown))
            (rows(view, site, shown))
            (foot(view, site, shown))
        }
        @if has_bulk(shown) { (parts::bulk_bar(view, BAR, once, bulk_acts(view, site, shown))) }
    };
    shell::page(view, &page, body)
}

fn has_bulk(shown: &Shown) -> bool {
    shown.may_dispatch || shown.may_desk
}

fn acts(view: &View, site: &Site, shown: &Shown) -> Markup {
    let query = shown.filter.query();
    let file =
        |ending: &str| format!("/c/{}/orders.{ending}{}{query}", site.code, if query.is_empty() { "" } else { "?" });
    let export = view.words.with("desk-export", &[("n", view.formats.count(shown.totals.all).into())]);
    html! {
        @if shown.may_export && shown.totals.all > 0 {
            details class="menu menu-end" data-menu id="export" {
                summary class="btn" { (shell::icon("export")) (export) }
                div class="menu-box" {
                    a class="menu-it" href=(file("xlsx")) download { (shell::icon("table")) (view.say("desk-export-xlsx")) }
                    a class="menu-it" href=(file("csv")) download { (shell::icon("file")) (view.say("desk-export-csv")) }
                }
            }
        }
        @if shown.may_report {
            (parts::link_button(&parts::Button::main(&view.say("desk-new")).icon("plus").key("c"), &paths::intake(&site.code)))
        }
    }
}

fn tabs(view: &View, site: &Site, shown: &Shown) -> Vec<ViewTab> {
    let now = shown.filter.query();
    let shipped = SHIPPED.iter().zip(&shown.counts).map(|(shipped, count)| {
        let query = shipped.filter().query();
        ViewTab {
            label: view.say(shipped.word),
            current: query == now,
            href: paths::list(&site.code, &query),
            count: Some(*count),
            late: shipped.late && *count > 0,
        }
    });
    let saved = shown.saved.iter().zip(&shown.saved_counts).map(|(saved, count)| {
        let query = parsed(&saved.query).query();
        ViewTab {
            label: saved.name.clone(),
            current: query == now,
            href: paths::list(&site.code, &query),
            count: Some(*count),
            late: false,
        }
    });
    shipped.chain(saved).collect()
}

/// Where the conditions of now become a view, or where one's own view is changed.
fn save_address(site: &Site, shown: &Shown) -> Option<String> {
    let query = shown.filter.query();
    let known = SHIPPED.iter().any(|view| view.filter().query() == query) || saved_now(shown).is_some();
    (!known).then(|| format!("/c/{}/orders/views/new?{query}", site.code))
}

pub fn saved_now(shown: &Shown) -> Option<&super::model::SavedView> {
    let query = shown.filter.query();
    shown.saved.iter().find(|view| parsed(&view.query).query() == query)
}

fn rows(view: &View, site: &Site, shown: &Shown) -> Markup {
    if shown.lines.is_empty() {
        return nothing(view, site, shown);
    }
    let urgent = shown.filter.sort() == Sort::Urgent;
    parts::table(
        &view.words,
        &Table {
            caption: view.say("desk-orders"),
            columns: Column::ALL.iter().map(|column| column.on_screen(view, urgent)).collect(),
            rows: shown.lines.iter().map(|line| row(view, site, shown, line)).collect(),
            bulk: has_bulk(shown).then_some(BAR),
            ..Table::default()
        },
    )
}

fn nothing(view: &View, site: &Site, shown: &Shown) -> Markup {
    if shown.filter.query().is_empty() {
        let act = shown.may_report.then(|| (view.say("desk-new"), paths::intake(&site.code)));
        return parts::nothing_yet(&view.say("desk-none"), &view.say("desk-none-why"), act);
    }
    parts::nothing_matches(view, &paths::orders(&site.code))
}

fn row(view: &View, site: &Site, shown: &Shown, line: &Line) -> Row {
    let cells = Column::ALL.iter().map(|column| cell(view, site, shown, line, *column));
    Row {
        cells: cells.collect(),
        pick: has_bulk(shown).then(|| (line.number.to_string(), words::number(view, line.number))),
    }
}

fn cell(view: &View, site: &Site, shown: &Shown, line: &Line, column: Column) -> Markup {
    let text = columns::text(view, line, column);
    match column {
        Column::Number => html! { span class="num muted" { (text) } },
        Column::Kind => parts::tag(&text),
        Column::Title => html! {
            div class="clip" { a class="main" href=(paths::order(&site.code, line.number)) { (line.title) } " " span class="muted small" { (columns::note(view, line)) } }
        },
        Column::Place => match &line.place {
            Some(code) => parts::plate_link(line.plate().unwrap_or(code), &paths::place(site, code)),
            None => html! {},
        },
        Column::State => parts::badge(words::shape(line.state), &text),
        Column::Clock => columns::clock_cell(view, line),
        Column::Assignee => assignee(view, site, shown, line),
        Column::Channel | Column::Touched => html! { span class="muted small" { (text) } },
        Column::Reporter => html! { (text) },
    }
}

/// Who has it; where nobody has, the act that sends somebody or answers.
fn assignee(view: &View, site: &Site, shown: &Shown, line: &Line) -> Markup {
    let waits = matches!(line.state, State::Accepted | State::Reopened | State::Returned);
    let sends = matches!(line.kind, Kind::Repair | Kind::Help);
    let act = |noun: &str| {
        parts::link_button(
            &parts::Button::small(&view.say(&format!("desk-act-{noun}"))),
            &paths::act(&site.code, line.number, noun),
        )
    };
    match &line.assignee {
        Some(name) => parts::person(name),
        None if waits && sends && shown.may_dispatch => act("assignment"),
        None if waits && !sends && shown.may_desk => act("answer"),
        None => html! {},
    }
}

fn bulk_acts(view: &View, site: &Site, shown: &Shown) -> Markup {
    html! {
        @if shown.may_dispatch {
            button class="btn btn-sm" formmethod="get" formaction={ (paths::orders(&site.code)) "/bulk/assignment" } { (view.say("desk-act-assignment")) }
        }
        @if shown.may_desk {
            button class="btn btn-sm" formmethod="get" formaction={ (paths::orders(&site.code)) "/bulk/merge" } { (view.say("desk-bulk-merge")) }
        }
    }
}

fn foot(view: &View, site: &Site, shown: &Shown) -> Markup {
    let (first, count) = (shown.filter.first(), shown.lines.len() as i64);
    let last = first + count - 1;
    let next =
        shown.lines.last().filter(|_| shown.more).map(|line| {
            paths::list(&site.code, &shown.filter.page_after(cursor_of(shown.filter.sort(), line), last + 1))
        });
    parts::foot(
        view,
        &Foot {
            totals: Some(totals(view, shown)),
            range: if count == 0 { String::new() } else { format!("{first}–{last}") },
            previous: (first > 1).then(|| paths::list(&site.code, &shown.filter.query())),
            next,
        },
    )
}

fn totals(view: &View, shown: &Shown) -> Markup {
    let number = |n: i64| view.formats.count(n);
    html! {
        (view.words.with("desk-total", &[("n", number(shown.totals.all).into())]))
        @if shown.totals.late > 0 { (view.say("desk-comma")) b class="t-danger" { (view.words.with("desk-total-late", &[("n", number(shown.totals.late).into())])) } }
        @if shown.totals.paused > 0 { (view.say("desk-comma")) (view.words.with("desk-total-paused", &[("n", number(shown.totals.paused).into())])) }
    }
}

/// A name for the conditions of now.
pub fn save_form(view: &View, site: &Site, filter: &Filter, state: &parts::FormState, once: &str) -> Markup {
    let page =
        Page::new(view.say("desk-view-save")).crumb(view.say("desk-title"), paths::list(&site.code, &filter.query()));
    let field =
        state.field("name", view.say("desk-view-name")).hint(view.say("desk-view-name-hint")).length(20).autofocus();
    let action = format!("/c/{}/orders/views", site.code);
    let fields = html! {
        input type="hidden" name="query" value=(filter.query());
        (parts::text(&view.words, &field))
        div class="form-acts" { (parts::button(&parts::Button::main(&view.say("desk-view-save")))) }
    };
    shell::page(view, &page, parts::padded(parts::post_form(view, &action, once, state, fields)))
}
