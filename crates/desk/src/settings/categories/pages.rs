use kernel::{
    Site,
    categories::{Category, Kept},
    certificates,
    orders::{Kind, Urgency},
};
use maud::{Markup, html};
use web::{
    Page, View,
    look::VERSION_FIELD,
    parts::{self, BadgeState, Button, Choice, Column, Row, Table},
};

use super::{Subject, form::BETWEEN};
use crate::{console::words, settings::paths};

pub fn title(view: &View, site: &Site) -> Page {
    let add = view.say("desk-set-branch-new");
    Page::new(view.say("desk-set-categories"))
        .acts(parts::link_button(&Button::new(&add).icon("plus"), &paths::new_branch(&site.code)))
}

pub fn title_of(view: &View, site: &Site, subject: &Subject) -> Page {
    let name = match (subject.code, subject.leaf) {
        (Some(_), _) => words::category(view, subject.state.get("zh"), subject.state.get("en")).to_string(),
        (None, true) => view.say("desk-set-category-new"),
        (None, false) => view.say("desk-set-branch-new"),
    };
    Page::new(name).crumb(view.say("desk-set-categories"), paths::categories(&site.code))
}

/// The whole tree, a table for each branch.
pub fn list(view: &View, site: &Site, tree: &[Kept]) -> Markup {
    let branches = tree.iter().filter(|kept| !kept.category.leaf);
    parts::padded(html! {
        p class="small muted mb-4" { (view.say("desk-set-categories-hint")) }
        @if tree.is_empty() { (parts::nothing_yet(&view.say("desk-set-categories-none"), &view.say("desk-set-categories-none-why"), None)) }
        @for branch in branches { (branch_section(view, site, branch, tree)) }
    })
}

fn branch_section(view: &View, site: &Site, branch: &Kept, tree: &[Kept]) -> Markup {
    let c = &branch.category;
    let below = tree.iter().filter(|kept| kept.category.parent.as_ref() == Some(&c.code));
    let rows: Vec<Row> = below.map(|kept| Row { cells: cells(view, site, kept), pick: None }).collect();
    let beside = html! {
        (parts::count(&rows.len().to_string()))
        @if branch.closed { (parts::badge(BadgeState::Stop, &view.say("desk-set-off"))) }
        a class="push small" href=(paths::category(&site.code, &c.code)) { (view.say("desk-set-branch-edit")) }
        a class="small" href=(paths::new_leaf(&site.code, &c.code)) { (view.say("desk-set-category-new")) }
    };
    let column = |word: &str, width| Column::new(view.say(word)).width(width);
    let table = Table {
        caption: words::category(view, &c.zh, &c.en).to_string(),
        columns: vec![
            Column::new(view.say("desk-set-category")).wide(),
            column("desk-set-kinds", 190),
            column("desk-field-urgency", 150),
            column("desk-set-department", 150),
            column("desk-set-certificate", 220),
        ],
        rows,
        plain: true,
        ..Table::default()
    };
    parts::section(words::category(view, &c.zh, &c.en), beside, parts::table(&view.words, &table))
}

fn cells(view: &View, site: &Site, kept: &Kept) -> Vec<Markup> {
    let c = &kept.category;
    let kinds: Vec<String> = c.kinds.iter().map(|kind| words::kind(view, *kind)).collect();
    let urgent = c.urgency == Urgency::Urgent;
    vec![
        html! {
            span class="row" {
                a class="main clip" href=(paths::category(&site.code, &c.code)) { (words::category(view, &c.zh, &c.en)) }
                @if kept.closed { (parts::badge(BadgeState::Stop, &view.say("desk-set-off"))) }
            }
        },
        html! { (kinds.join(view.say("desk-set-comma").as_str())) },
        html! {
            span class="row" {
                @if urgent { b { (words::urgency(view, c.urgency)) } } @else { (words::urgency(view, c.urgency)) }
                @if c.urgent_list { (parts::tag(&view.say("desk-set-urgent-list"))) }
            }
        },
        html! { (department(view, &c.department)) },
        html! { (certificate(view, c)) },
    ]
}

pub fn department(view: &View, code: &str) -> String {
    view.words.find(&format!("desk-department-{}", code.to_lowercase())).unwrap_or_else(|| code.to_string())
}

fn certificate(view: &View, c: &Category) -> String {
    let kind = c.certificate.as_ref().map(|kind| view.say(&format!("desk-{}", kind.to_lowercase())));
    let trade = c.trade.as_ref().map(|trade| trade_word(view, trade));
    [kind, trade].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn trade_word(view: &View, trade: &str) -> String {
    view.say(&format!("desk-trade-{}", trade.replace('_', "-")))
}

pub fn form(view: &View, site: &Site, subject: &Subject, once: &str) -> Markup {
    let action = subject.code.map_or_else(|| paths::categories(&site.code), |code| paths::category(&site.code, code));
    let state = &subject.state;
    let fields = html! {
        @if subject.leaf { input type="hidden" name="leaf" value="on"; }
        @if let Ok(seen) = state.get(VERSION_FIELD).parse() { (parts::version(seen)) }
        div class="grid-2" {
            (parts::text(&view.words, &state.field("zh", view.say("desk-set-name-zh")).length(20)))
            (parts::text(&view.words, &state.field("en", view.say("desk-set-name-en")).length(40)))
        }
        @if subject.leaf { (leaf_fields(view, subject)) } @else { (front(view, subject)) }
        @if subject.code.is_some() { (parts::checkbox(&state.field("closed", view.say("desk-set-closed")).hint(view.say("desk-set-closed-hint")))) }
        div class="form-acts" {
            (parts::button(&Button::main(&view.say("desk-set-save"))))
            (parts::link_button(&Button::quiet(&view.say("desk-set-back")), &paths::categories(&site.code)))
        }
    };
    parts::padded(html! { div class="max-744" { (parts::post_form(view, &action, once, state, fields)) } })
}

fn front(view: &View, subject: &Subject) -> Markup {
    let field = subject.state.field("front", view.say("desk-set-front")).hint(view.say("desk-set-front-hint"));
    parts::number(&view.words, &field.optional().length(4))
}

fn leaf_fields(view: &View, subject: &Subject) -> Markup {
    let (w, state) = (&view.words, &subject.state);
    let of = |name: &str| choices(view, subject, name);
    let segments = |name: &str| of(name).into_iter().map(|(value, word)| Choice::new(value, word)).collect::<Vec<_>>();
    html! {
        (parts::select(w, &state.field("parent", view.say("desk-set-branch")), &of("parent")))
        (ticks(subject, "kind", &view.say("desk-set-kinds"), &view.say("desk-set-kinds-hint"), &of("kind")))
        (parts::segments(w, &state.field("urgency", view.say("desk-field-urgency")), &segments("urgency")))
        (parts::checkbox(&state.field("urgent_list", view.say("desk-set-urgent-list")).hint(view.say("desk-set-urgent-list-hint"))))
        (parts::select(w, &state.field("department", view.say("desk-set-department")), &of("department")))
        div class="grid-2" {
            (parts::select(w, &state.field("certificate", view.say("desk-set-certificate")).hint(view.say("desk-set-certificate-hint")).optional(), &of("certificate")))
            (parts::select(w, &state.field("trade", view.say("desk-set-trade")).hint(view.say("desk-set-trade-hint")).optional(), &of("trade")))
        }
        (parts::segments(w, &state.field("where", view.say("desk-set-where")), &segments("where")))
        (ticks(subject, "demands", &view.say("desk-set-demands"), &view.say("desk-set-demands-hint"), &of("demands")))
        (parts::text_area(w, &state.field("hint_zh", view.say("desk-set-hint-zh")).hint(view.say("desk-set-hint-hint")).optional().rows(2)))
        (parts::text_area(w, &state.field("hint_en", view.say("desk-set-hint-en")).optional().rows(2)))
    }
}

/// What can be chosen in a field, each value with its word; nothing for a field that is typed into.
pub fn choices(view: &View, subject: &Subject, name: &str) -> Vec<(String, String)> {
    let pair = |value: &str, word: String| (value.to_string(), word);
    let certificate =
        |kind: certificates::Kind| pair(kind.as_str(), view.say(&format!("desk-{}", kind.as_str().to_lowercase())));
    match name {
        "parent" => subject.offers.branches.iter().map(|kept| branch(view, kept)).collect(),
        "kind" => Kind::ALL.iter().map(|kind| pair(kind.as_str(), words::kind(view, *kind))).collect(),
        "urgency" => [Urgency::Normal, Urgency::Urgent].map(|one| pair(one.as_str(), words::urgency(view, one))).into(),
        "department" => subject.offers.departments.iter().map(|code| pair(code, department(view, code))).collect(),
        "certificate" => std::iter::once(pair("", view.say("desk-set-certificate-none")))
            .chain(certificates::Kind::ALL.map(certificate))
            .collect(),
        "trade" => std::iter::once(pair("", view.say("desk-set-trade-none")))
            .chain(certificates::TRADES.map(|trade| pair(trade, trade_word(view, trade))))
            .collect(),
        "where" => {
            ["home", "common", "both"].map(|spot| pair(spot, view.say(&format!("desk-set-where-{spot}")))).into()
        }
        "demands" => ["photo", "signature"].map(|one| pair(one, view.say(&format!("desk-demand-{one}")))).into(),
        "urgent_list" | "closed" => vec![pair("on", view.say("desk-set-yes")), pair("", view.say("desk-set-no"))],
        _ => Vec::new(),
    }
}

fn branch(view: &View, kept: &Kept) -> (String, String) {
    let c = &kept.category;
    (c.code.clone(), words::category(view, &c.zh, &c.en).to_string())
}

/// Several boxes of one name.
fn ticks(subject: &Subject, name: &'static str, label: &str, hint: &str, choices: &[(String, String)]) -> Markup {
    let on: Vec<&str> = subject.state.get(name).split(BETWEEN).collect();
    let problem = subject.state.problems().iter().find(|problem| problem.field == name);
    html! {
        fieldset class="field-f" {
            legend class="label" { (label) }
            div class="row wrap" {
                @for (index, (value, word)) in choices.iter().enumerate() {
                    label class="boxed" {
                        input class="check" type="checkbox" id=[(index == 0).then(|| format!("f-{name}"))] name=(name) value=(value) checked[on.contains(&value.as_str())];
                        span { (word) }
                    }
                }
            }
            p class="hint" { (hint) }
            @if let Some(problem) = problem { p class="error" { (problem.text) } }
        }
    }
}
