//! Saved views: a person's own names for filters.

use axum::http::StatusCode;
use kernel::{Error, FieldError, Tx};
use serde::Deserialize;
use serde_json::{Value as Json, json};
use values::Id;
use web::{Answer, Ask, html, parts::FormState, see_other};

use super::{filter::Filter, load::parsed, model::SavedView, pages, store};
use crate::console::{answers, paths};

#[derive(Deserialize)]
struct Named {
    name: String,
    query: String,
}

/// The form that asks for a name.
pub async fn form(ask: Ask) -> Answer {
    let filter: Filter = ask.query()?;
    let view = ask.view().await?;
    let page = pages::save_form(&view, ask.site()?, &filter, &FormState::default(), &answers::once(&ask));
    Ok(html(StatusCode::OK, page))
}

pub async fn save(ask: Ask) -> Answer {
    let named: Named = ask.form()?;
    let filter = parsed(&named.query);
    let site = ask.site()?.clone();
    let saved = async {
        let mut tx = ask.begin().await?;
        keep(&mut tx, &ask, named.name.trim(), &filter.query()).await?;
        tx.commit().await
    };
    match saved.await {
        Ok(()) => Ok(see_other(&paths::list(&site.code, &filter.query()))),
        Err(error) => {
            let view = ask.view().await?;
            let state = answers::refused(&ask, &view, error)?;
            Ok(html(
                StatusCode::UNPROCESSABLE_ENTITY,
                pages::save_form(&view, &site, &filter, &state, &answers::once(&ask)),
            ))
        }
    }
}

async fn keep(tx: &mut Tx, ask: &Ask, name: &str, query: &str) -> Result<(), Error> {
    if name.is_empty() || name.chars().count() > 20 {
        return Err(Error::Invalid(vec![FieldError::new("name", "view_name")]));
    }
    let (site, me) = (ask.site()?.id, ask.caller.party().ok_or(Error::Denied)?);
    let id: Id<SavedView> = tx.id();
    store::save_view(tx, site, me, id, (name, query)).await?;
    tx.note(site, "view.saved", format!("view/{id}"), Json::Null, json!({ "list": "orders", "query": query }));
    Ok(())
}

pub async fn forget(ask: Ask) -> Answer {
    let (site, id): (_, Id<SavedView>) = (ask.site()?.clone(), ask.param("view")?);
    let me = ask.caller.party().ok_or(Error::Denied)?;
    let mut tx = ask.begin().await?;
    if store::drop_view(&mut tx, site.id, me, id).await? == 0 {
        return Err(Error::Missing);
    }
    tx.note(site.id, "view.deleted", format!("view/{id}"), Json::Null, Json::Null);
    tx.commit().await?;
    Ok(see_other(&paths::orders(&site.code)))
}
