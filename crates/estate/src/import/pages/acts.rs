//! What is sent from the pages of one import.

use kernel::{Error, Site};
use web::{Answer, Ask, done, see_other};

use super::{import_of, path, preview, shown};
use crate::import::{self, Import, ImportId, Mode, load, undo as undoing};

/// The page again with what is wrong, or on to `path`.
async fn next(ask: &Ask, site: &Site, import: &Import, result: Result<(), Error>, word: &str) -> Answer {
    match result {
        Ok(()) => Ok(done(&path(site, import), &ask.words().say(word))),
        Err(error) => {
            let state = ask.mend(error)?;
            let (site, import) = import_of(ask).await?;
            shown(ask, &site, &import, state).await
        }
    }
}

/// Another sheet, header row or meaning of a column; the preview follows.
pub async fn read_otherwise(ask: Ask) -> Answer {
    let (site, import) = import_of(&ask).await?;
    let (workbook, _) = load(ask.house(), &site, &import).await?;
    let reading = preview::typed(&ask.pairs()?, &import.reading, &workbook)?;
    let mut tx = ask.begin().await?;
    import::read_otherwise(&mut tx, &site, &import, &reading).await?;
    tx.commit().await?;
    Ok(see_other(&path(&site, &import)))
}

pub async fn run(ask: Ask) -> Answer {
    let (site, import) = import_of(&ask).await?;
    let result = run_once(&ask, &site, &import).await;
    next(&ask, &site, &import, result, "estate-import-flash-run").await
}

async fn run_once(ask: &Ask, site: &Site, import: &Import) -> Result<(), Error> {
    let mode: Mode = ask.form_field("mode").and_then(|mode| mode.parse().ok()).unwrap_or(Mode::AllOrNothing);
    let rows = import::ready(ask.house(), site, import).await?;
    let (_, _): (ImportId, bool) = web::once!(ask, tx => {
        import::start(&mut tx, site, import, rows, mode).await?;
        import.id
    });
    Ok(())
}

pub async fn cancel(ask: Ask) -> Answer {
    let (site, import) = import_of(&ask).await?;
    let result = import::cancel(ask.house(), &ask.caller, &site, &import).await;
    next(&ask, &site, &import, result, "estate-import-flash-cancelled").await
}

pub async fn undo(ask: Ask) -> Answer {
    let (site, import) = import_of(&ask).await?;
    let result = undo_once(&ask, &site, &import).await;
    next(&ask, &site, &import, result, "estate-import-flash-undone").await
}

async fn undo_once(ask: &Ask, site: &Site, import: &Import) -> Result<(), Error> {
    let (_, _): (ImportId, bool) = web::once!(ask, tx => {
        undoing::undo(&mut tx, site, import).await?;
        import.id
    });
    Ok(())
}
