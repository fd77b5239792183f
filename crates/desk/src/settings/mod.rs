//! 设置 of the desk: what can be reported (`categories`), what is promised (`promises`), when the desk is open (`hours`),
//! which days are worked (`calendar`). All of it is data of the kernel; what was promised keeps its terms.

mod api;
mod bodies;
mod calendar;
mod categories;
mod hours;
mod paths;
mod promises;
mod sent;
#[cfg(test)]
mod tests;
mod versions;

use axum::http::StatusCode;
use kernel::Right;
use maud::Markup;
use web::{Answer, Page, Route, View, html, nav::NavLine, parts::FormState, shell};

pub fn routes() -> Vec<Route> {
    [categories::routes(), promises::routes(), hours::routes(), calendar::routes(), api::routes()].concat()
}

/// Its lines of the console's settings.
pub const NAV: [NavLine; 4] = [
    NavLine { word: "desk-set-categories", path: "/settings/categories", right: Right::SettingsManage },
    NavLine { word: "desk-set-promises", path: "/settings/promises", right: Right::SettingsManage },
    NavLine { word: "desk-set-hours", path: "/settings/desk-hours", right: Right::SettingsManage },
    NavLine { word: "desk-set-calendar", path: "/settings/calendar", right: Right::SettingsManage },
];

/// A page; a form that was refused comes back as 422.
fn shown(view: &View, page: &Page, state: Option<&FormState>, body: Markup) -> Answer {
    let refused = state.is_some_and(|state| !state.problems().is_empty());
    let status = if refused { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok(html(status, shell::page(view, page, body)))
}
