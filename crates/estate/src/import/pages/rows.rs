//! The first rows as they were understood.

use maud::{Markup, html};
use sheets::{HomeRow, Party, StaffRow};
use values::Area;
use web::{
    View,
    parts::{self, BadgeState, Column, Row, Table},
};

use crate::import::{model::Outcome, reading::Rows, run::Planned};

const FIRST: usize = 20;

pub fn table(view: &View, rows: &Rows, planned: &Planned) -> Markup {
    let outcome = |sheet: &str, row: u32| {
        let lines = match planned {
            Planned::Homes(plan) => &plan.lines,
            Planned::Staff(plan) => &plan.lines,
        };
        lines.iter().find(|line| line.0 == sheet && line.1 == row).map_or(Outcome::Bad, |line| line.2)
    };
    let several = match rows {
        Rows::Homes(sheets) => sheets.len() > 1,
        Rows::Staff(sheets) => sheets.len() > 1,
    };
    let number = |sheet: &str, row: u32| {
        html! { @if several { span class="small muted block" { (sheet) } } span class="num" { (row) } }
    };
    let (words, lines): (&[&str], Vec<Vec<Markup>>) = match rows {
        Rows::Homes(sheets) => {
            let all = sheets
                .iter()
                .flat_map(|(_, parsed)| parsed.rows.iter().map(|row| (parsed.sheet.as_str(), row)))
                .take(FIRST);
            (
                &["row", "does", "home", "area", "delivered", "owners", "tenants"],
                all.map(|(sheet, row)| home(view, number(sheet, row.row), row, outcome(sheet, row.row))).collect(),
            )
        }
        Rows::Staff(sheets) => {
            let all = sheets
                .iter()
                .flat_map(|(_, parsed)| parsed.rows.iter().map(|row| (parsed.sheet.as_str(), row)))
                .take(FIRST);
            (
                &["row", "does", "name", "phones", "department", "post", "login", "certificates"],
                all.map(|(sheet, row)| person(view, number(sheet, row.row), row, outcome(sheet, row.row))).collect(),
            )
        }
    };
    let columns = words.iter().map(|word| {
        let column = Column::new(view.say(&format!("estate-import-col-{word}")));
        if matches!(*word, "row" | "area") { column.numeric() } else { column }
    });
    let table = Table {
        caption: view.say("estate-import-first-rows"),
        columns: columns.collect(),
        rows: lines.into_iter().map(|cells| Row { cells, ..Row::default() }).collect(),
        plain: true,
        ..Table::default()
    };
    html! {
        div id="rows" {
            (parts::section(&view.say("estate-import-first-rows"), html! {}, html! {
                @if table.rows.is_empty() { p class="muted" { (view.say("estate-import-no-rows")) } } @else { (parts::table(&view.words, &table)) }
            }))
        }
    }
}

fn mark(view: &View, outcome: Outcome) -> Markup {
    let (look, word) = match outcome {
        Outcome::New => (BadgeState::Run, "new"),
        Outcome::Changed => (BadgeState::Half, "changed"),
        Outcome::Unchanged => (BadgeState::Done, "unchanged"),
        Outcome::Bad => (BadgeState::Miss, "bad"),
    };
    parts::badge(look, &view.say(&format!("estate-import-does-{word}")))
}

fn home(view: &View, number: Markup, row: &HomeRow, outcome: Outcome) -> Vec<Markup> {
    let area = row.floor_area.map(|area| Area::from_hundredths(area).to_string()).unwrap_or_default();
    vec![
        number,
        mark(view, outcome),
        parts::plate(&row.unit.to_string()),
        html! { span class="num" { (area) } },
        html! { span class="num" { (row.delivered_on.clone().unwrap_or_default()) } },
        people(&row.owners),
        people(&row.tenants),
    ]
}

fn people(all: &[Party]) -> Markup {
    html! { @for party in all { span class="block" { (party.name) " " span class="num muted" { (party.phones.join(" ")) } } } }
}

fn person(view: &View, number: Markup, row: &StaffRow, outcome: Outcome) -> Vec<Markup> {
    let said = |text: &Option<String>| html! { (text.clone().unwrap_or_default()) };
    vec![
        number,
        mark(view, outcome),
        html! { (row.name) },
        html! { span class="num" { (row.phones.join(" ")) } },
        said(&row.department),
        said(&row.post),
        said(&row.login),
        html! { @for held in &row.certificates { span class="block" { (held.name) " " span class="num muted" { (held.number.clone().unwrap_or_default()) " " (held.valid_until.clone().unwrap_or_default()) } } } },
    ]
}
