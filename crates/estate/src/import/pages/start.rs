//! Sending a file, and what was imported before.

use kernel::{Error, Site};
use maud::{Markup, html};
use sheets::Kind;
use web::{
    Answer, Ask, Page, View,
    parts::{self, BadgeState, Button, Column, FormState, Row, Table},
    see_other,
};

use super::{answer, base, kind_of};
use crate::import::{Import, Refused, State, draft, files, kind_word, store, take};

/// Imports shown in the history.
const LATEST: i64 = 50;

pub async fn show(ask: Ask) -> Answer {
    shown(&ask, FormState::default()).await
}

async fn shown(ask: &Ask, state: FormState) -> Answer {
    let (site, kind) = (ask.site()?.clone(), kind_of(ask));
    let mut read = ask.read().await?;
    let latest = store::latest(&mut read, site.id, kind, LATEST).await?;
    drop(read);
    let view = ask.view().await?;
    let word = view.say(&format!("estate-import-{}", kind_word(kind)));
    let template = parts::link_button(
        &Button::new(&view.say("estate-import-template")).icon("download"),
        &format!("{}/template", base(&site, kind)),
    );
    let body = parts::padded(html! {
        (form(ask, &view, &site, kind, &state))
        (parts::section(&view.say("estate-import-history"), html! {}, history(&view, &site, &latest)))
    });
    answer(&view, &Page { acts: Some(template), ..Page::new(word) }, body, &state)
}

fn form(ask: &Ask, view: &View, site: &Site, kind: Kind, state: &FormState) -> Markup {
    let field = state.field("file", view.say("estate-import-file")).hint(view.say("estate-import-file-hint"));
    html! {
        form class="max-744" method="post" action=(base(site, kind)) enctype="multipart/form-data" novalidate data-main {
            (parts::error_summary(&view.words, state.problems()))
            (parts::csrf(view)) (parts::once(&ask.fresh_key()))
            p class="mb-3" { (view.say(&format!("estate-import-{}-about", kind_word(kind)))) }
            (parts::file(&view.words, &field, ".xlsx,.xls,.csv,.tsv,.txt"))
            div class="form-acts" { (parts::button(&Button::main(&view.say("estate-import-send")).icon("eye"))) }
        }
    }
}

fn history(view: &View, site: &Site, latest: &[Import]) -> Markup {
    if latest.is_empty() {
        return html! { p class="muted" { (view.say("estate-import-history-none")) } };
    }
    let words = ["file-name", "state", "rows", "new", "bad", "by", "at"];
    let columns = words.iter().map(|word| {
        let column = Column::new(view.say(&format!("estate-import-{word}")));
        match *word {
            "file-name" => column.wide(),
            "rows" | "new" | "bad" => column.width(92).numeric(),
            _ => column.width(130),
        }
    });
    let rows = latest.iter().map(|import| Row { cells: cells(view, site, import), ..Row::default() });
    let table = Table {
        caption: view.say("estate-import-history"),
        columns: columns.collect(),
        rows: rows.collect(),
        plain: true,
        ..Table::default()
    };
    parts::table(&view.words, &table)
}

fn cells(view: &View, site: &Site, import: &Import) -> Vec<Markup> {
    let done = matches!(import.state, State::Done | State::Undone);
    let number = |count: usize| html! { @if done { (view.formats.number(i64::try_from(count).unwrap_or(i64::MAX))) } };
    let summary = &import.summary;
    let new = summary.create.get(if import.kind == Kind::Homes { "units" } else { "staff" }).copied().unwrap_or(0);
    vec![
        html! { a class="main" href={ (base(site, import.kind)) "/" (import.id) } { (import.file_name) } },
        badge(view, import.state),
        number(summary.rows),
        number(new),
        number(summary.bad_rows()),
        html! { span class="clip" { (import.by.clone().unwrap_or_default()) } },
        html! { span class="num small muted" { (view.formats.moment(import.done.unwrap_or(import.made))) } },
    ]
}

pub fn badge(view: &View, state: State) -> Markup {
    let look = match state {
        State::Draft => BadgeState::Todo,
        State::Running => BadgeState::Run,
        State::Done => BadgeState::Done,
        State::Undone | State::Cancelled => BadgeState::Stop,
    };
    parts::badge(look, &view.say(&format!("estate-import-state-{}", state.as_str())))
}

/// A file was sent: it becomes a draft, and its preview is the next page.
pub async fn take_in(ask: Ask) -> Answer {
    match taken(&ask).await {
        Ok(path) => Ok(see_other(&path)),
        Err(error) => shown(&ask, mend_upload(&ask, error)?).await,
    }
}

async fn taken(ask: &Ask) -> Result<String, Error> {
    let (site, kind) = (ask.site()?.clone(), kind_of(ask));
    let upload = ask.upload().await?;
    let file = upload.files.first().ok_or(Refused::FileMissing)?;
    let taken = take(ask.house(), &ask.caller, &site, kind, &file.name, files::bytes_of(&file.path).await?).await?;
    let mut tx = ask.begin().await?;
    let id = draft(&mut tx, &site, kind, &taken).await?;
    tx.commit().await?;
    Ok(format!("{}/{id}", base(&site, kind)))
}

/// As `Ask::mend`, for an upload: its other fields cannot be read twice, and there are none.
fn mend_upload(ask: &Ask, error: Error) -> Result<FormState, Error> {
    let verdict = web::Verdict::of(&error);
    if !matches!(error, Error::Invalid(_) | Error::Refused(_)) || matches!(verdict.status.as_u16(), 400 | 401 | 403) {
        return Err(error);
    }
    let words = ask.words();
    let mut problems: Vec<(String, String)> =
        verdict.fields.iter().map(|field| (field.field.clone(), web::Verdict::field_say(&words, field))).collect();
    if problems.is_empty() {
        problems.push(("form".to_string(), verdict.say(&words)));
    }
    Ok(FormState::default().refused(problems))
}
