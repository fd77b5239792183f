//! One list of everything: routes, words, navigation, timers. A new department adds its line in each.

use std::sync::Arc;

use kernel::{Error, SiteId, Tx};
use web::{
    Route,
    i18n::{self, Source},
    nav::{NavGroup, NavLine},
};

use crate::own::{self, State};

/// The words of our own few pages.
const OWN: Source = Source { zh: include_str!("../messages/zh-CN.ftl"), en: include_str!("../messages/en.ftl") };

pub const MESSAGES: &[Source] = &[i18n::WEB, OWN, people::MESSAGES, estate::MESSAGES, desk::MESSAGES];

/// The whole table of routes.
pub fn routes(state: &Arc<State>) -> Vec<Route> {
    let test = if state.test_gateways { people::test_routes() } else { Vec::new() };
    [own::routes(state), people::routes(), estate::routes(), desk::routes(), test].concat()
}

/// The console's navigation, in the order people see it.
pub fn nav() -> Vec<NavGroup> {
    let settings = NavGroup { word: "app-nav-settings", icon: "gear", key: None, tally: None, lines: &SETTINGS };
    desk::NAV.into_iter().chain([estate::NAV, people::NAV, settings]).collect()
}

/// 设置, department by department.
const SETTINGS: [NavLine; 5] = {
    let [site] = estate::SETTINGS else { panic!("the estate has one line: the site itself") };
    let [categories, promises, hours, calendar] = desk::SETTINGS;
    [*site, categories, promises, hours, calendar]
};

/// What a new site is given beside its departments.
pub async fn furnish(tx: &mut Tx, site: SiteId) -> Result<(), Error> {
    desk::ship(tx, site).await
}
