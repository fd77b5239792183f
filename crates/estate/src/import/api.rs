//! The same for machines.

use axum::http::StatusCode;
use kernel::{Error, Read, Site, sites};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use web::{Answer, Ask, json};

use super::{
    Import, ImportId, Mode, Refused, Report, State, kind_named, kind_word, load, right, run::look, store,
    undo as undoing,
};

/// `multipart/form-data`.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the form; the upload is read as it comes")]
pub struct Sent {
    /// Code of the site.
    pub site: String,
    /// `homes` (when left out) or `staff`.
    pub kind: Option<String>,
    /// .xlsx, .xls or .csv, at most 50 MiB.
    #[schema(value_type = String, format = Binary)]
    pub file: Vec<u8>,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Run {
    pub mode: Mode,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Nothing {}

/// Moments are RFC 3339 with the site's offset.
#[derive(Serialize, ToSchema)]
pub struct ImportOut {
    pub id: String,
    pub site: String,
    /// `homes`, `staff`
    pub kind: String,
    pub state: State,
    pub file_name: String,
    pub made: String,
    pub done: Option<String>,
    pub undone: Option<String>,
    pub report: Report,
}

/// The import, at a site where the caller may import such lists. Missing and forbidden look the same.
async fn found(ask: &Ask, read: &mut Read, id: ImportId) -> Result<(Site, Import), Error> {
    let import = store::by_id(read, id).await?;
    let site = sites::by_id(read, import.site).await?;
    if ask.caller.may(right(import.kind), site.id) { Ok((site, import)) } else { Err(Error::Missing) }
}

async fn out(ask: &Ask, id: ImportId) -> Result<ImportOut, Error> {
    let mut read = ask.read().await?;
    let (site, import) = found(ask, &mut read, id).await?;
    drop(read);
    let mut summary = import.summary.clone();
    if import.state == State::Draft && import.file.is_some() {
        let (_, rows) = load(ask.house(), &site, &import).await?;
        let mut read = ask.read().await?;
        summary = look(&mut read, &site, &rows).await?.summary().clone();
    }
    let said = |at| site.zone.rfc3339(at);
    Ok(ImportOut {
        id: import.id.to_string(),
        site: site.code.clone(),
        kind: kind_word(import.kind).to_string(),
        state: import.state,
        file_name: import.file_name.clone(),
        made: said(import.made),
        done: import.done.map(said),
        undone: import.undone.map(said),
        report: Report::of(&import.reading, &summary, &ask.words()),
    })
}

pub async fn take_in(ask: Ask) -> Answer {
    let upload = ask.upload().await?;
    let field = |name: &str| upload.fields.get(name).map(|text| text.trim().to_string()).unwrap_or_default();
    let kind = match field("kind").as_str() {
        "" => sheets::Kind::Homes,
        word => kind_named(word)
            .ok_or_else(|| Error::Invalid(vec![kernel::FieldError::new("kind", "import_kind_unknown")]))?,
    };
    let mut read = ask.read().await?;
    let site = sites::by_code(&mut read, &field("site")).await?;
    drop(read);
    if !ask.caller.may(right(kind), site.id) {
        return Err(Error::Missing);
    }
    let file = upload.files.first().ok_or(Refused::FileMissing)?;
    let taken =
        super::take(ask.house(), &ask.caller, &site, kind, &file.name, super::files::bytes_of(&file.path).await?)
            .await?;
    let (id, _) = web::once!(ask, tx => super::draft(&mut tx, &site, kind, &taken).await?);
    Ok(json(StatusCode::CREATED, &out(&ask, id).await?, None))
}

pub async fn show(ask: Ask) -> Answer {
    Ok(json(StatusCode::OK, &out(&ask, ask.param("id")?).await?, None))
}

pub async fn run(ask: Ask) -> Answer {
    let (id, Run { mode }): (ImportId, Run) = (ask.param("id")?, ask.json()?);
    let mut read = ask.read().await?;
    let (site, import) = found(&ask, &mut read, id).await?;
    drop(read);
    let rows = super::ready(ask.house(), &site, &import).await?;
    let (id, _) = web::once!(ask, tx => {
        super::start(&mut tx, &site, &import, rows, mode).await?;
        id
    });
    Ok(json(StatusCode::OK, &out(&ask, id).await?, None))
}

pub async fn undo(ask: Ask) -> Answer {
    let id: ImportId = ask.param("id")?;
    ask.json::<Nothing>()?;
    let mut read = ask.read().await?;
    let (site, import) = found(&ask, &mut read, id).await?;
    drop(read);
    let (id, _) = web::once!(ask, tx => {
        undoing::undo(&mut tx, &site, &import).await?;
        id
    });
    Ok(json(StatusCode::OK, &out(&ask, id).await?, None))
}
