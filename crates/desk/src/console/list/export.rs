//! The list as a file: the same rows, columns, order and masks as on the screen.

use std::{io::Cursor as Buffer, path::Path};

use axum::{
    http::{StatusCode, header},
    response::IntoResponse,
};
use kernel::{Error, Right};
use serde_json::{Value as Json, json};
use sheets::{Export, Value};
use web::{Answer, Ask, View};

use super::{
    columns::{Column, text},
    filter::{Cursor, Filter, Sort},
    load,
    model::Line,
    store,
};

/// A file holds at most as many rows as a list counts.
const MOST: usize = 10_000;
const AT_ONCE: u32 = 1_000;

#[derive(Clone, Copy)]
enum Kind {
    Workbook,
    Text,
}

impl Kind {
    const fn media(self) -> &'static str {
        match self {
            Self::Workbook => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Text => "text/csv; charset=utf-8",
        }
    }
    const fn ending(self) -> &'static str {
        match self {
            Self::Workbook => "xlsx",
            Self::Text => "csv",
        }
    }
}

pub async fn workbook(ask: Ask) -> Answer {
    send(ask, Kind::Workbook).await
}
pub async fn csv(ask: Ask) -> Answer {
    send(ask, Kind::Text).await
}

/// Whoever may export must be able to see the rows as well.
async fn send(ask: Ask, kind: Kind) -> Answer {
    if !ask.may(Right::OrderRead) {
        return Err(Error::Denied);
    }
    let filter: Filter = ask.query()?;
    let view = ask.view().await?;
    let lines = all_lines(&ask, &filter).await?;
    let name = format!("orders-{}-{}.{}", ask.site()?.code, view.formats.today(), kind.ending());
    note(&ask, lines.len()).await?;
    let scratch = ask.scratch()?;
    let bytes = tokio::task::spawn_blocking(move || written(&view, &lines, kind, &scratch))
        .await
        .map_err(|cause| Error::Broken(cause.to_string()))??;
    let headers = [
        (header::CONTENT_TYPE, kind.media().to_string()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
    ];
    Ok((StatusCode::OK, headers, bytes).into_response())
}

/// A list that leaves the house is audited: who took how many rows of what.
async fn note(ask: &Ask, rows: usize) -> Result<(), Error> {
    let site = ask.site()?.id;
    let mut tx = ask.begin().await?;
    let what = json!({ "list": ask.route, "rows": rows, "query": ask.query_text() });
    tx.note(site, "list.exported", format!("site/{site}"), Json::Null, what);
    tx.commit().await
}

async fn all_lines(ask: &Ask, filter: &Filter) -> Result<Vec<Line>, Error> {
    let (mut read, sight) = (ask.read().await?, load::sight(ask)?);
    let mut filter = Filter { after: String::new(), ..filter.clone() };
    let mut all: Vec<Line> = Vec::new();
    loop {
        let mut lines = store::lines(&mut read, &sight, &filter, AT_ONCE).await?;
        let more = lines.len() > AT_ONCE as usize;
        lines.truncate(AT_ONCE as usize);
        let Some(last) = lines.last() else { break };
        filter.after = cursor_of(filter.sort(), last).to_string();
        load::add_promises(&mut read, &mut lines).await?;
        all.append(&mut lines);
        if !more || all.len() >= MOST {
            break;
        }
    }
    Ok(all)
}

/// Where the page after this row begins.
pub fn cursor_of(sort: Sort, last: &Line) -> Cursor {
    let key = match sort {
        Sort::Urgent => last.next_due,
        Sort::Newest => last.reported,
    };
    Cursor { key, id: last.id.uuid() }
}

fn written(view: &View, lines: &[Line], kind: Kind, scratch: &Path) -> Result<Vec<u8>, Error> {
    let export = Export {
        title: view.say("desk-orders"),
        columns: Column::ALL.iter().map(|column| column.in_file(view)).collect(),
    };
    let rows = lines.iter().map(|line| Column::ALL.iter().map(|column| cell(text(view, line, *column))).collect());
    let mut buffer = Buffer::new(Vec::new());
    let done = match kind {
        Kind::Workbook => sheets::write_xlsx(&export, rows, Some(scratch), &mut buffer),
        Kind::Text => sheets::write_csv(&export, rows, &mut buffer),
    };
    done.map_err(|cause| Error::Broken(cause.to_string()))?;
    Ok(buffer.into_inner())
}

fn cell(text: String) -> Value {
    if text.is_empty() { Value::Blank } else { Value::Text(text) }
}
