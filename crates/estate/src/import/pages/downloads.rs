//! Workbooks to take away: the template, and the bad rows with their reasons.

use axum::{
    http::{StatusCode, header},
    response::IntoResponse,
};
use web::{Answer, Ask};

use super::{import_of, kind_of};
use crate::import::{State, export, files, kind_word, load, run};

fn workbook(name: &str, bytes: Vec<u8>) -> Answer {
    let media = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    let headers = [
        (header::CONTENT_TYPE, media.to_string()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}.xlsx\"")),
    ];
    Ok((StatusCode::OK, headers, bytes).into_response())
}

pub async fn template(ask: Ask) -> Answer {
    let (kind, words) = (kind_of(&ask), ask.words());
    let bytes = files::aside(move || export::blank(kind, &words)).await?;
    workbook(&format!("{}-template", kind_word(kind)), bytes)
}

pub async fn errors(ask: Ask) -> Answer {
    let (site, import) = import_of(&ask).await?;
    let (book, rows) = load(ask.house(), &site, &import).await?;
    let problems = if import.state == State::Draft {
        let mut read = ask.read().await?;
        run::look(&mut read, &site, &rows).await?.summary().problems.clone()
    } else {
        import.summary.problems.clone()
    };
    let (reading, words) = (import.reading.clone(), ask.words());
    let scratch = ask.scratch()?;
    let bytes = files::aside(move || export::bad_rows(&book, &reading, &problems, &words, &scratch)).await?;
    workbook(&format!("{}-to-mend", kind_word(import.kind)), bytes)
}
