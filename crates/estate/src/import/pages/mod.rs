//! What office staff see of imports. Homes and staff share these pages; the address says which.

pub mod acts;
pub mod downloads;
mod preview;
mod problems;
mod result;
mod rows;
pub mod start;
pub mod undo;

use kernel::{Error, Site};
use maud::Markup;
use sheets::Kind;
use web::{Answer, Ask, Page, View, html as page_of, parts::FormState, shell};

use super::{Import, ImportId, State, kind_word, store};

/// Which list this address is about.
fn kind_of(ask: &Ask) -> Kind {
    if ask.route.starts_with("/c/{site}/staff/") { Kind::Staff } else { Kind::Homes }
}

fn base(site: &Site, kind: Kind) -> String {
    match kind {
        Kind::Homes => format!("/c/{}/import", site.code),
        Kind::Staff => format!("/c/{}/staff/import", site.code),
    }
}

fn path(site: &Site, import: &Import) -> String {
    format!("{}/{}", base(site, import.kind), import.id)
}

/// The import of the address, at this site and of this list.
async fn import_of(ask: &Ask) -> Result<(Site, Import), Error> {
    let site = ask.site()?.clone();
    let id: ImportId = ask.param("id")?;
    let mut read = ask.read().await?;
    let import = store::by_id(&mut read, id).await?;
    if import.site == site.id && import.kind == kind_of(ask) { Ok((site, import)) } else { Err(Error::Missing) }
}

fn answer(view: &View, page: &Page, body: Markup, state: &FormState) -> Answer {
    let status = if state.problems().is_empty() {
        axum::http::StatusCode::OK
    } else {
        axum::http::StatusCode::UNPROCESSABLE_ENTITY
    };
    Ok(page_of(status, shell::page(view, page, body)))
}

/// Title with the way back to the list of imports.
fn titled(view: &View, site: &Site, import: &Import) -> Page {
    let word = view.say(&format!("estate-import-{}", kind_word(import.kind)));
    Page::new(import.file_name.clone()).crumb(word, base(site, import.kind)).badge(start::badge(view, import.state))
}

/// One import: the preview of a draft, how far a running one is, what came of it.
pub async fn show(ask: Ask) -> Answer {
    let (site, import) = import_of(&ask).await?;
    shown(&ask, &site, &import, FormState::default()).await
}

async fn shown(ask: &Ask, site: &Site, import: &Import, state: FormState) -> Answer {
    match import.state {
        State::Draft if import.file.is_some() => preview::show(ask, site, import, state).await,
        State::Running => result::running(ask, site, import).await,
        State::Draft | State::Done | State::Undone | State::Cancelled => result::show(ask, site, import, state).await,
    }
}
