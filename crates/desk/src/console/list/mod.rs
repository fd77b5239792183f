//! The list of orders. Its whole state is its address: views, conditions, order and page; the file says the same.

mod bulk;
mod chips;
mod columns;
mod export;
mod filter;
mod load;
mod model;
mod pages;
mod saved;
mod store;
mod views;

use axum::http::StatusCode;
use kernel::{Error, Read, Right};
use web::{Answer, Ask, Route, html};

pub use columns::clock_cell;
pub use filter::Filter;
pub use load::sight;
pub use model::Line;
pub use store::Sight;

use super::answers;

pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/c/{site}/orders", page).right(Right::OrderRead),
        Route::get("/c/{site}/orders.xlsx", export::workbook).right(Right::Export).audit("list.exported"),
        Route::get("/c/{site}/orders.csv", export::csv).right(Right::Export).audit("list.exported"),
        Route::get("/c/{site}/orders/bulk/assignment", bulk::form).right(Right::OrderDispatch),
        Route::post("/c/{site}/orders/bulk/assignment", bulk::carry_out)
            .right(Right::OrderDispatch)
            .audit("order.assigned"),
        Route::get("/c/{site}/orders/bulk/merge", bulk::form).right(Right::OrderDesk),
        Route::post("/c/{site}/orders/bulk/merge", bulk::carry_out).right(Right::OrderDesk).audit("order.merged"),
        Route::get("/c/{site}/orders/views/new", saved::form).right(Right::OrderRead),
        Route::post("/c/{site}/orders/views", saved::save).right(Right::OrderRead).audit("view.saved"),
        Route::post("/c/{site}/orders/views/{view}/deletion", saved::forget)
            .right(Right::OrderRead)
            .audit("view.deleted"),
    ]
}

async fn page(ask: Ask) -> Answer {
    let shown = load::shown(&ask).await?;
    let view = ask.view().await?;
    Ok(html(StatusCode::OK, pages::list(&view, ask.site()?, &shown, &answers::once(&ask))))
}

/// The first rows that a filter finds, with their clocks.
pub async fn lines(read: &mut Read, sight: &Sight, filter: &Filter, most: u32) -> Result<Vec<Line>, Error> {
    let mut lines = store::lines(read, sight, filter, most).await?;
    lines.truncate(most as usize);
    load::add_promises(read, &mut lines).await?;
    Ok(lines)
}

/// How many a filter finds, up to 10,000.
pub async fn count(read: &mut Read, sight: &Sight, filter: &Filter) -> Result<i64, Error> {
    Ok(store::totals(read, sight, filter).await?.all)
}
