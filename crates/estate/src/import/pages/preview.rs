//! How the file is read, what it would do, and the choice: all or nothing, or the good rows.

use kernel::{Error, Site};
use maud::{Markup, html};
use sheets::{Field, Kind, Workbook};
use web::{
    Answer, Ask, View,
    parts::{self, Button, Choice, FormState, NoteKind},
};

use super::{answer, path, problems, rows, titled};
use crate::import::{
    Import, Mode, Summary, load,
    model::SheetReading,
    reading::{self, ColumnView, Rows},
    run, words,
};

pub async fn show(ask: &Ask, site: &Site, import: &Import, state: FormState) -> Answer {
    let (workbook, rows) = load(ask.house(), site, import).await?;
    let mut read = ask.read().await?;
    let planned = run::look(&mut read, site, &rows).await?;
    drop(read);
    let view = ask.view().await?;
    let readable = reading::is_readable(&import.reading, import.kind);
    let here = path(site, import);
    let summary = planned.summary();
    let body = parts::padded(html! {
        (parts::error_summary(&view.words, state.problems()))
        @if !readable { (parts::note(NoteKind::Warn, html! { (view.say(&format!("estate-import-help-{}", crate::import::kind_word(import.kind)))) })) }
        @else {
            (problems::figures(&view, import.kind, summary))
            (choice(ask, &view, &here, summary, &state))
        }
        @if readable { (problems::table(&view, &summary.problems, Some(&format!("{here}/errors")))) (problems::warnings(&view, &summary.warnings)) (rows::table(&view, &rows, &planned)) (skipped(&view, &rows)) }
        (mapping(&view, &here, import, &workbook, readable))
        form class="mt-4" method="post" action={ (here) "/cancel" } { (parts::csrf(&view)) (parts::once(&ask.fresh_key())) (parts::button(&Button::quiet(&view.say("estate-import-drop")))) }
    });
    answer(&view, &titled(&view, site, import), body, &state)
}

fn choice(ask: &Ask, view: &View, here: &str, summary: &Summary, state: &FormState) -> Markup {
    if summary.is_idle() && summary.problems.is_empty() {
        return parts::note(NoteKind::Ok, html! { (view.say("estate-import-nothing-new")) });
    }
    let bad = summary.bad_rows();
    let card = |mode: Mode| {
        let word = format!("estate-import-mode-{}", mode.as_str().replace('_', "-"));
        Choice::new(mode.as_str(), view.say(&word))
            .detail(view.words.with(&format!("{word}-detail"), &[("bad", bad.into())]))
    };
    let field = state.field("mode", view.say("estate-import-mode")).value(if bad > 0 {
        Mode::GoodRows.as_str()
    } else {
        Mode::AllOrNothing.as_str()
    });
    html! {
        form class="mt-4 max-744" method="post" action={ (here) "/run" } novalidate data-main {
            (parts::csrf(view)) (parts::once(&ask.fresh_key()))
            @if bad > 0 { (parts::radio_cards(&view.words, &field, &[card(Mode::GoodRows), card(Mode::AllOrNothing)])) }
            @else { input type="hidden" name="mode" value=(Mode::AllOrNothing.as_str()); }
            div class="form-acts" { (parts::button(&Button::main(&view.words.with("estate-import-run", &[("n", (summary.rows - bad).into())])).icon("check"))) }
        }
    }
}

fn skipped(view: &View, rows: &Rows) -> Markup {
    let all = rows.skipped();
    html! {
        @if !all.is_empty() {
            details class="mt-3" {
                summary { (view.words.with("estate-import-skipped", &[("n", all.len().into())])) }
                ul class="mt-2 small" { @for (sheet, skipped) in all.iter().take(100) { li {
                    (view.words.with("estate-import-skipped-line", &[
                        ("sheet", (*sheet).into()), ("from", skipped.row.to_string().into()), ("to", skipped.last_row.to_string().into()),
                        ("several", if skipped.row == skipped.last_row { "no" } else { "yes" }.into()),
                        ("why", view.say(&words::skip_key(skipped.why.code())).into()),
                    ]))
                } } }
            }
        }
    }
}

/// Open where a person must help; closed where all is understood.
fn mapping(view: &View, here: &str, import: &Import, workbook: &Workbook, readable: bool) -> Markup {
    let unsure = import.reading.sheets.iter().any(|sheet| sheet.used && !sheet.unsure.is_empty());
    html! {
        details class="mt-4" open[!readable || unsure] id="mapping" {
            summary { b { (view.say("estate-import-mapping")) } }
            form class="mt-3" method="post" action={ (here) "/mapping" } {
                (parts::csrf(view))
                @for (number, sheet) in import.reading.sheets.iter().enumerate() {
                    @if let Some(page) = workbook.sheets.get(sheet.index) { (one_sheet(view, import.kind, number, sheet, &reading::columns(page, &sheet.mapping))) }
                }
                div class="form-acts" { (parts::button(&Button::new(&view.say("estate-import-read-again")).icon("refresh"))) }
            }
        }
    }
}

fn one_sheet(view: &View, kind: Kind, number: usize, sheet: &SheetReading, columns: &[ColumnView]) -> Markup {
    let header = sheet.mapping.header_row.map(|row| row.to_string()).unwrap_or_default();
    html! {
        fieldset class="mb-4" {
            legend class="label" { (sheet.sheet) }
            div class="row wrap gap-4 mb-2" {
                label class="boxed" { input class="check" type="checkbox" name={ "use-" (number) } value="on" checked[sheet.used]; (view.say("estate-import-sheet-used")) }
                label class="row" { (view.say("estate-import-header-row")) input class="input w-84" type="text" inputmode="numeric" name={ "header-" (number) } value=(header) autocomplete="off"; }
                @if kind == Kind::Homes {
                    label class="row" { (view.say("estate-import-building")) input class="input w-100" type="text" name={ "building-" (number) } value=(sheet.mapping.building.clone().unwrap_or_default()) autocomplete="off"; }
                }
            }
            div class="table-wide" { table class="table table-stack plain" {
                caption class="sr" { (view.say("estate-import-mapping")) }
                thead { tr {
                    th scope="col" class="w-64" { (view.say("estate-import-map-column")) } th scope="col" { (view.say("estate-import-map-header")) }
                    th scope="col" { (view.say("estate-import-map-samples")) } th scope="col" class="w-190" { (view.say("estate-import-map-field")) }
                } }
                tbody { @for column in columns { tr data-row {
                    td { (column.letter) } td { span class="loose" { (column.header) } } td { span class="small muted loose" { (column.samples.join(" · ")) } }
                    td { (field_select(view, kind, number, sheet, column)) }
                } } }
            } }
        }
    }
}

fn field_select(view: &View, kind: Kind, number: usize, sheet: &SheetReading, column: &ColumnView) -> Markup {
    let chosen = sheet.mapping.columns.iter().find(|mapped| mapped.column == column.column).map(|mapped| mapped.field);
    let name = format!("column-{number}-{}", column.column);
    let label = view.words.with("estate-import-map-label", &[("column", column.letter.as_str().into())]);
    html! {
        select class="input" name=(name) aria-label=(label) {
            option value="" selected[chosen.is_none()] { (view.say("estate-import-map-none")) }
            @for field in Field::of_kind(kind).filter(|field| *field != Field::Ignored) {
                option value=(field.name()) selected[chosen == Some(field)] { (words::field(&view.words, field)) }
            }
        }
        @if sheet.unsure.contains(&column.column) { span class="small muted block" { (view.say("estate-import-map-unsure")) } }
    }
}

/// What was typed into the mapping form. Errors: none; what cannot be read stays as it was.
pub fn typed(
    pairs: &[(String, String)],
    before: &crate::import::model::Reading,
    workbook: &Workbook,
) -> Result<crate::import::model::Reading, Error> {
    let get = |name: &str| pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value.trim());
    let mut reading = before.clone();
    for (number, sheet) in reading.sheets.iter_mut().enumerate() {
        let Some(page) = workbook.sheets.get(sheet.index) else { continue };
        sheet.used = get(&format!("use-{number}")).is_some();
        let header = match get(&format!("header-{number}")) {
            None => sheet.mapping.header_row,
            Some(text) => text.parse().ok().filter(|row| (1..=1_048_576).contains(row)),
        };
        let moved = header != sheet.mapping.header_row;
        sheet.mapping.header_row = header;
        sheet.mapping.building = get(&format!("building-{number}"))
            .filter(|text| !text.is_empty())
            .map(|text| text.chars().take(20).collect());
        let old = std::mem::take(&mut sheet.mapping.columns);
        for column in 0..page.columns().min(60) {
            let Some(chosen) = get(&format!("column-{number}-{column}")) else { continue };
            let kept = old.iter().find(|mapped| mapped.column == column && !moved).map(|mapped| mapped.header.clone());
            let header = kept.or_else(|| header.map(|row| reading::header_at(page, row, column))).unwrap_or_default();
            // "Not imported" is a choice, too: the same file must be read alike the next time.
            let field = Field::of_name(chosen).unwrap_or(Field::Ignored);
            if field == Field::Ignored && header.is_empty() {
                continue;
            }
            sheet.mapping.columns.push(sheets::MappedColumn { column, header, field });
        }
        sheet.unsure.clear();
    }
    Ok(reading)
}
