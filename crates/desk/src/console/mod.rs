//! The console of the desk (管理后台·服务台): today, the list of orders, intake, the page of one order.

mod answers;
mod clocks;
mod home;
mod intake;
mod list;
mod order;
mod paths;
#[cfg(test)]
mod tests;
pub(crate) mod words;

use kernel::Right;
use web::{
    Route,
    nav::{Counted, NavGroup, NavLine},
};

pub fn routes() -> Vec<Route> {
    [home::routes(), list::routes(), intake::routes(), order::routes()].concat()
}

/// 今日 and 服务台 of the console's navigation.
pub const NAV: [NavGroup; 2] = [
    NavGroup {
        word: "desk-nav-home",
        icon: "home",
        key: Some("g h"),
        tally: None,
        lines: &[NavLine { word: "desk-nav-home", path: "", right: Right::OrderRead }],
    },
    NavGroup {
        word: "desk-nav-desk",
        icon: "inbox",
        key: Some("g s"),
        tally: Some(Counted::OverdueOrders),
        lines: &[
            NavLine { word: "desk-nav-orders", path: "/orders", right: Right::OrderRead },
            NavLine { word: "desk-nav-intake", path: "/orders/new", right: Right::OrderReport },
            NavLine { word: "desk-notices", path: "/notices", right: Right::NoticeRead },
        ],
    },
];
