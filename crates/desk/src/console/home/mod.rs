//! 今日: the first page of the console.

mod load;
mod pages;

use axum::http::StatusCode;
use web::{Answer, Ask, Route, html};

pub fn routes() -> Vec<Route> {
    vec![Route::get("/c/{site}", page)]
}

async fn page(ask: Ask) -> Answer {
    let today = load::today(&ask).await?;
    let view = ask.view().await?;
    Ok(html(StatusCode::OK, pages::home(&view, ask.site()?, &today)))
}
