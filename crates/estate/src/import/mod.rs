//! 导入: a company's own list of homes or staff, in whatever shape, becomes rows of the register. Read and checked before
//! anything is written; then all of it or the good rows, seen all at once; taken back while nothing depends on it.
//!
//! `reading` bytes → rows · `rules`, `people` rows → plan (pure) · `run` plan → register · `undo` back again.
//! A file is kept for a week at most, for correcting its bad rows; what it said stays only in the register.

mod api;
mod export;
mod files;
mod known;
mod model;
mod pages;
mod people;
mod progress;
mod reading;
mod refusal;
mod report;
mod routes;
mod rules;
mod run;
mod staff;
mod store;
mod undo;
mod undoing;
mod unit;
mod vocabulary;
mod words;
mod written;

#[cfg(test)]
mod tests;

use kernel::{Caller, Error, House, Right, Site, Tx, jobs, sites};
use serde_json::{Value as Json, json};
use sheets::{Kind, Workbook};

pub use model::{Import, ImportId, Mode, Problem, State, Summary, kind_named, kind_word};
pub use refusal::Refused;
pub use report::{ErrorLine, Report};
pub use routes::routes;

use model::Reading;
use progress::{Progress, Running};
use reading::Rows;
use run::Large;

/// The reaction that runs a large import: `app` calls [`perform`] for it.
pub const JOB: &str = "estate.import";
/// More rows than this run as a job, so that nobody waits for an answer.
const LARGE: usize = 3_000;

pub const fn right(kind: Kind) -> Right {
    match kind {
        Kind::Homes => Right::EstateImport,
        Kind::Staff => Right::StaffManage,
    }
}

/// A file that was read and kept, ready to become a draft.
pub(crate) struct Taken {
    name: String,
    reading: Reading,
    kept: files::Kept,
}

/// Reads a file, proposes its columns and keeps it. Errors: what the file is, when it is no list that we read.
pub(crate) async fn take(
    house: &House,
    caller: &Caller,
    site: &Site,
    kind: Kind,
    name: &str,
    bytes: Vec<u8>,
) -> Result<Taken, Error> {
    let name: String =
        name.rsplit(['/', '\\']).next().unwrap_or(name).chars().filter(|c| !c.is_control()).take(120).collect();
    let mut read = house.read(caller).await?;
    let remembered = store::remembered(&mut read, site.id, kind).await?;
    drop(read);
    let (workbook, reading, bytes) = files::understand(name.clone(), bytes, remembered, kind).await?;
    drop(workbook);
    files::forget_old(house, site).await?;
    Ok(Taken { name, reading, kept: files::put(house, bytes).await? })
}

/// An import that nothing has come of yet.
pub(crate) async fn draft(tx: &mut Tx, site: &Site, kind: Kind, taken: &Taken) -> Result<ImportId, Error> {
    let Taken { name, reading, kept } = taken;
    let file = store::KeptFile { hash: &kept.hash, media: kept.media, size: kept.size };
    let id = store::insert(tx, site.id, kind, name, &file, reading).await?;
    tx.note(
        site.id,
        "import.taken_in",
        format!("import/{id}"),
        Json::Null,
        json!({ "kind": kind_word(kind), "bytes": kept.size }),
    );
    Ok(id)
}

/// Another reading of a draft.
pub(crate) async fn read_otherwise(tx: &mut Tx, site: &Site, import: &Import, reading: &Reading) -> Result<(), Error> {
    if import.state != State::Draft {
        return Err(Refused::NotDraft.into());
    }
    store::save_reading(tx, site.id, import.id, reading).await?;
    tx.note(
        site.id,
        "import.mapped",
        format!("import/{}", import.id),
        Json::Null,
        json!({ "sheets": reading.sheets.len() }),
    );
    Ok(())
}

/// The file's rows, as the import reads them. Errors: `FileGone`.
pub(crate) async fn load(house: &House, site: &Site, import: &Import) -> Result<(Workbook, Rows), Error> {
    let hash = import.file.clone().ok_or(Refused::FileGone)?;
    let (house, name, reading, kind, site) =
        (house.clone(), import.file_name.clone(), import.reading.clone(), import.kind, site.name.clone());
    files::aside(move || {
        let bytes = house.files().get(&hash)?;
        let workbook = reading::workbook(&bytes, &name).map_err(Refused::File)?;
        let rows = reading::rows(&workbook, &reading, kind, &site);
        Ok((workbook, rows))
    })
    .await
}

/// The rows of a draft that can be run; none for what is no draft any more. Errors: `Columns`, `FileGone`.
pub(crate) async fn ready(house: &House, site: &Site, import: &Import) -> Result<Option<Rows>, Error> {
    if import.state != State::Draft {
        return Ok(None);
    }
    if !reading::is_readable(&import.reading, import.kind) {
        return Err(Refused::Columns.into());
    }
    Ok(Some(load(house, site, import).await?.1))
}

/// Runs a draft: at once, or as a job when it is large. Errors: see [`Refused`].
pub(crate) async fn start(
    tx: &mut Tx,
    site: &Site,
    import: &Import,
    rows: Option<Rows>,
    mode: Mode,
) -> Result<(), Error> {
    let rows = rows.ok_or(Refused::NotDraft)?;
    if rows.count() <= LARGE {
        run::run(tx, site, import, rows, mode, &Progress::default()).await?;
        return Ok(());
    }
    if !store::turn(tx, site.id, import.id, State::Draft, State::Running).await? {
        return Err(Refused::NotDraft.into());
    }
    let reading = Reading { mode: Some(mode), ..import.reading.clone() };
    store::save_reading(tx, site.id, import.id, &reading).await?;
    let now = tx.now();
    jobs::plan(tx, site.id, JOB, &json!({ "import": import.id }), now).await?;
    tx.note(
        site.id,
        "import.started",
        format!("import/{}", import.id),
        Json::Null,
        json!({ "mode": mode, "rows": rows.count() }),
    );
    Ok(())
}

/// The job behind [`start`]. An import that was cancelled, or that cannot be done, ends the job well: the import says so.
pub async fn perform(house: &House, job: &jobs::Job) -> Result<(), Error> {
    let caller = job.caller();
    let named = |word: &str| job.data[word].as_str().and_then(|text| text.parse::<ImportId>().ok());
    if let Some(left) = named("clear") {
        let attempt = job.data["attempt"].as_str().and_then(|text| text.parse().ok());
        written::clear(house, &caller, left, attempt).await?;
        let mut tx = house.begin(&caller).await?;
        jobs::done(&mut tx, job.id).await?;
        return tx.commit().await;
    }
    let id = named("import").ok_or(Error::Missing)?;
    let mut read = house.read(&caller).await?;
    let import = store::by_id(&mut read, id).await?;
    let site = sites::by_id(&mut read, import.site).await?;
    drop(read);
    let done = match import.state {
        State::Running => perform_one(house, &caller, &site, &import, job).await,
        _ => Err(Refused::NotRunning.into()),
    };
    match done {
        Err(Error::Refused(why)) => end_badly(house, &caller, &site, &import, job, why.code()).await,
        other => other,
    }
}

async fn perform_one(
    house: &House,
    caller: &Caller,
    site: &Site,
    import: &Import,
    job: &jobs::Job,
) -> Result<(), Error> {
    let running = Running::new(import.id);
    let (workbook, rows) = load(house, site, import).await?;
    drop(workbook);
    let large = Large { house, caller, site, mode: import.reading.mode.unwrap_or(Mode::AllOrNothing) };
    let ready = large.plan(rows).await?;
    large.run(import, ready, &running.progress, Some(job)).await.map(drop)
}

async fn end_badly(
    house: &House,
    caller: &Caller,
    site: &Site,
    import: &Import,
    job: &jobs::Job,
    code: &'static str,
) -> Result<(), Error> {
    let mut tx = house.begin(caller).await?;
    if code == "import_cancelled" {
        store::turn(&mut tx, site.id, import.id, State::Running, State::Cancelled).await?;
    } else {
        store::turn(&mut tx, site.id, import.id, State::Running, State::Draft).await?;
    }
    jobs::done(&mut tx, job.id).await?;
    tx.note(site.id, "import.not_run", format!("import/{}", import.id), Json::Null, json!({ "why": code }));
    tx.changed(site.id, "imports", import.id.uuid());
    tx.commit().await
}

/// Stops an import before anything of it is kept. Errors: `NotRunning` once it is done.
pub(crate) async fn cancel(house: &House, caller: &Caller, site: &Site, import: &Import) -> Result<(), Error> {
    // A run that holds the one writer must let go before we can write.
    if let Some(progress) = progress::running(import.id) {
        progress.stop();
    }
    let mut tx = house.begin(caller).await?;
    let running = store::turn(&mut tx, site.id, import.id, State::Running, State::Cancelled).await?;
    let stopped = running || store::turn(&mut tx, site.id, import.id, State::Draft, State::Cancelled).await?;
    let now = store::by_id(&mut tx, import.id).await?.state;
    if !stopped && now != State::Cancelled {
        return Err(Refused::NotRunning.into());
    }
    tx.note(site.id, "import.cancelled", format!("import/{}", import.id), Json::Null, Json::Null);
    tx.commit().await
}

/// What `import_file` does, and how.
#[derive(Clone, Copy, Debug)]
pub struct Way {
    pub kind: Kind,
    /// Writes nothing.
    pub dry_run: bool,
    pub mode: Mode,
    /// No other import from the command line runs on this database: what one left there has ended.
    pub alone: bool,
}

/// A file from the command line: read, and unless it is a dry run imported, in one go. Errors: `File`, `Columns`, and
/// those of the run; nothing is kept then.
pub async fn import_file(
    house: &House,
    caller: &Caller,
    site_code: &str,
    name: &str,
    bytes: Vec<u8>,
    way: Way,
    words: &web::i18n::Words,
) -> Result<Report, Error> {
    let kind = way.kind;
    let mut read = house.read(caller).await?;
    let site = sites::by_code(&mut read, site_code).await?;
    let remembered = store::remembered(&mut read, site.id, kind).await?;
    drop(read);
    let (workbook, reading, bytes) = files::understand(name.to_string(), bytes, remembered, kind).await?;
    if !reading::is_readable(&reading, kind) {
        return Err(Refused::Columns.into());
    }
    let rows = reading::rows(&workbook, &reading, kind, &site.name);
    drop(workbook);
    if way.dry_run {
        let mut read = house.read(caller).await?;
        let planned = run::look(&mut read, &site, &rows).await?;
        return Ok(Report::of(&reading, planned.summary(), words));
    }
    written::clear_ended(house, caller, site.id, way.alone).await?;
    let large = Large { house, caller, site: &site, mode: way.mode };
    let ready = if rows.count() > LARGE { large.plan(rows).await.map(Err) } else { Ok(Ok(rows)) }?;
    let taken = Taken { name: name.to_string(), kept: files::put(house, bytes).await?, reading };
    let mut tx = house.begin(caller).await?;
    // First: a draft holds its site already, and two of them would wait for each other.
    store::lock_site(&mut tx, site.id).await?;
    let id = draft(&mut tx, &site, kind, &taken).await?;
    let import = store::by_id(&mut tx, id).await?;
    let summary = match ready {
        Ok(rows) => {
            let summary = run::run(&mut tx, &site, &import, rows, way.mode, &Progress::default()).await?;
            tx.commit().await?;
            summary
        }
        Err(ready) => {
            tx.commit().await?;
            large.run(&import, ready, &Progress::default(), None).await?
        }
    };
    files::forget_old(house, &site).await?;
    Ok(Report::of(&taken.reading, &summary, words))
}
