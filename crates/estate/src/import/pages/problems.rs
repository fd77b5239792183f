//! Figures, and the table of what is wrong: sheet, row, column, value, what to do.

use maud::{Markup, html};
use sheets::Kind;
use web::{
    View,
    parts::{self, Column, Row, Table},
};

use crate::import::{Problem, Summary, words};

/// Errors shown on a page; the workbook of bad rows has all of them.
const MOST: usize = 200;

/// What would be or was created, changed, left alone, left out.
pub fn figures(view: &View, kind: Kind, summary: &Summary) -> Markup {
    let number = |count: usize| view.formats.number(i64::try_from(count).unwrap_or(i64::MAX));
    let new: &[&str] = match kind {
        Kind::Homes => &["units", "parties", "occupancies"],
        Kind::Staff => &["staff", "parties", "certificates", "logins"],
    };
    let figure = |word: &str, count: usize, below: &str, href: &str| {
        parts::figure(&view.say(word), &number(count), "", &view.say(below), href)
    };
    let mut all: Vec<Markup> = new
        .iter()
        .map(|name| {
            let count = summary.create.get(*name).copied().unwrap_or(0);
            figure(&format!("estate-import-new-{name}"), count, "estate-import-new-below", "#rows")
        })
        .collect();
    let changed: usize = summary.change.values().sum();
    all.push(figure("estate-import-changed", changed, "estate-import-changed-below", "#rows"));
    all.push(figure("estate-import-unchanged", summary.unchanged, "estate-import-unchanged-below", "#rows"));
    all.push(figure("estate-import-bad", summary.bad_rows(), "estate-import-bad-below", "#errors"));
    parts::figures(&all)
}

/// `download`: where the bad rows are, as long as the file is kept.
pub fn table(view: &View, problems: &[Problem], download: Option<&str>) -> Markup {
    if problems.is_empty() {
        return html! { section id="errors" {} };
    }
    let link = html! {
        @if let Some(href) = download { a class="push" href=(href) { (view.say("estate-import-bad-download")) } }
    };
    let more = problems.len().saturating_sub(MOST);
    html! {
        div id="errors" {
            (parts::section(&view.say("estate-import-errors"), link, html! {
                (listed(view, "estate-import-errors", problems))
                @if more > 0 { p class="muted mt-2" { (view.words.with("estate-import-errors-more", &[("n", more.into())])) } }
            }))
        }
    }
}

/// Cells and columns that are left out while their rows are taken.
pub fn warnings(view: &View, warnings: &[Problem]) -> Markup {
    if warnings.is_empty() {
        return html! {};
    }
    let more = warnings.len().saturating_sub(MOST);
    html! {
        div id="warnings" {
            (parts::section(&view.say("estate-import-warnings"), html! {}, html! {
                (listed(view, "estate-import-warnings", warnings))
                @if more > 0 { p class="muted mt-2" { (view.words.with("estate-import-warnings-more", &[("n", more.into())])) } }
            }))
        }
    }
}

fn listed(view: &View, caption: &str, problems: &[Problem]) -> Markup {
    let columns =
        [("sheet", Some(112)), ("row", Some(64)), ("column", Some(150)), ("value", Some(150)), ("what", None)];
    let columns = columns.iter().map(|(word, width)| {
        let column = Column::new(view.say(&format!("estate-import-error-{word}")));
        match width {
            Some(width) if *word == "row" => column.width(*width).numeric(),
            Some(width) => column.width(*width),
            None => column,
        }
    });
    let rows = problems.iter().take(MOST).map(|problem| Row { cells: cells(view, problem), ..Row::default() });
    let table = Table {
        caption: view.say(caption),
        columns: columns.collect(),
        rows: rows.collect(),
        plain: true,
        ..Table::default()
    };
    parts::table(&view.words, &table)
}

fn cells(view: &View, problem: &Problem) -> Vec<Markup> {
    vec![
        html! { (problem.sheet) },
        html! { span class="num" { (problem.row) } },
        html! { (problem.column) },
        html! { @if problem.value.is_empty() { span class="muted" { "—" } } @else { span class="loose" { (problem.value) } } },
        html! { span class="loose" { (words::problem(&view.words, problem)) } },
    ]
}
