//! Lists as files: exactly the rows, columns, order and masks of the screen.

use axum::{
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use kernel::{Error, Site};
use serde_json::{Value as Json, json};
use sheets::{Column, ColumnKind, Export, Value};
use values::{Area, Day};
use web::Ask;

/// A list that becomes a file.
pub struct List {
    export: Export,
    rows: Vec<Vec<Value>>,
}

impl List {
    pub fn new(title: String) -> Self {
        Self { export: Export { title, columns: Vec::new() }, rows: Vec::new() }
    }
    fn column(mut self, name: String, kind: ColumnKind, width: u16) -> Self {
        self.export.columns.push(Column { name, kind, width });
        self
    }
    pub fn text(self, name: String, width: u16) -> Self {
        self.column(name, ColumnKind::Text, width)
    }
    pub fn number(self, name: String, width: u16) -> Self {
        self.column(name, ColumnKind::Number, width)
    }
    pub fn hundredths(self, name: String, width: u16) -> Self {
        self.column(name, ColumnKind::Hundredths, width)
    }
    pub fn date(self, name: String, width: u16) -> Self {
        self.column(name, ColumnKind::Date, width)
    }
    pub fn row(&mut self, row: Vec<Value>) {
        self.rows.push(row);
    }
}

pub fn text(text: impl Into<String>) -> Value {
    Value::Text(text.into())
}
pub fn number(number: i64) -> Value {
    if number == 0 { Value::Blank } else { Value::Number(number) }
}
pub fn area(area: Option<Area>) -> Value {
    area.map_or(Value::Blank, |area| Value::Hundredths(area.hundredths()))
}
pub fn day(day: Option<Day>) -> Value {
    day.map_or(Value::Blank, |day| Value::Date(day.to_string()))
}

/// The file, `csv` or else `xlsx`; that it was taken is audited.
pub async fn answer(ask: &Ask, site: &Site, list: List, format: &str) -> Result<Response, Error> {
    let (csv, count, title) = (format == "csv", list.rows.len(), list.export.title.clone());
    let scratch = ask.scratch()?;
    let bytes = tokio::task::spawn_blocking(move || written(&list, csv, &scratch))
        .await
        .map_err(|cause| Error::Broken(cause.to_string()))??;
    let mut tx = ask.begin().await?;
    tx.note(
        site.id,
        "list.exported",
        format!("site/{}", site.id),
        Json::Null,
        json!({ "list": ask.route, "rows": count, "query": ask.query_text() }),
    );
    tx.commit().await?;
    let (kind, end) = if csv {
        ("text/csv; charset=utf-8", "csv")
    } else {
        ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx")
    };
    Ok(attachment(bytes, kind, &format!("{}-{title}.{end}", site.code)))
}

fn written(list: &List, csv: bool, scratch: &std::path::Path) -> Result<Vec<u8>, Error> {
    let mut out = std::io::Cursor::new(Vec::new());
    let rows = list.rows.iter().cloned();
    let done = if csv {
        sheets::write_csv(&list.export, rows, &mut out)
    } else {
        sheets::write_xlsx(&list.export, rows, Some(scratch), &mut out)
    };
    done.map_err(|cause| Error::Broken(cause.to_string()))?;
    Ok(out.into_inner())
}

/// A file to keep, its name in any language.
pub fn attachment(bytes: Vec<u8>, kind: &'static str, name: &str) -> Response {
    let disposition = format!("attachment; filename*=UTF-8''{}", crate::paths::part(name));
    (StatusCode::OK, [(header::CONTENT_TYPE, kind.to_string()), (header::CONTENT_DISPOSITION, disposition)], bytes)
        .into_response()
}
