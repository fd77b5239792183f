//! 报修受理: taking in a report at the desk. One form, one submit: accepted, answered and closed when the answer is
//! known, merged when the same thing was reported within 24 hours (CSV §2).

mod category;
mod look;
pub mod model;
mod pages;
mod report;
pub mod store;

use axum::http::StatusCode;
use kernel::{Error, Right, categories};
use serde::Deserialize;
use web::{Answer, Ask, Route, html, parts::FormState};

pub use category::resolve;

use super::answers;

pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/c/{site}/orders/new", page).right(Right::OrderReport),
        Route::get("/c/{site}/orders/new/about", about).right(Right::OrderReport),
        Route::post("/c/{site}/orders", report::save).right(Right::OrderReport).audit("order.reported").idempotent(),
    ]
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Typed {
    place: String,
    category: String,
    kind: String,
}

/// The empty form, or the one of somebody whose browser has no scripts and asked what is known about the place.
async fn page(ask: Ask) -> Answer {
    let state = FormState::typed(ask.query::<Vec<(String, String)>>()?.into_iter().filter(|(name, _)| name != "csrf"));
    show(&ask, state, StatusCode::OK).await
}

/// The form with everything known about what was typed.
async fn show(ask: &Ask, state: FormState, status: StatusCode) -> Answer {
    let site = ask.site()?;
    let mut read = ask.read().await?;
    let categories = categories::all(&mut read, site.id).await?;
    let looked = look::look(
        &mut read,
        site,
        &categories,
        state.get("place"),
        state.get("category"),
        state.get("kind").parse().ok(),
    )
    .await?;
    drop(read);
    let view = ask.view().await?;
    let shown = pages::Shown { state, looked, categories: &categories, once: answers::once(ask) };
    Ok(html(status, pages::intake(&view, site, &shown)))
}

/// The same knowledge as a piece of a page, while one types.
async fn about(ask: Ask) -> Answer {
    let typed: Typed = ask.query()?;
    let site = ask.site()?;
    let state = FormState::typed(ask.query::<Vec<(String, String)>>()?);
    let mut read = ask.read().await?;
    let categories = categories::all(&mut read, site.id).await?;
    let looked =
        look::look(&mut read, site, &categories, &typed.place, &typed.category, typed.kind.parse().ok()).await?;
    drop(read);
    let view = ask.view().await?;
    Ok(html(StatusCode::OK, pages::about(&view, site, &state, &looked)))
}

/// What can be mended is shown beside its field, with everything typed kept; anything else is a page of its own.
async fn refused(ask: &Ask, error: Error) -> Answer {
    let view = ask.view().await?;
    let state = answers::refused_at(ask, &view, error, "text")?;
    show(ask, state, StatusCode::UNPROCESSABLE_ENTITY).await
}
