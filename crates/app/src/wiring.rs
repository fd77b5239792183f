//! One list of everything: routes, words, navigation, timers. A new department adds its line in each.

use std::sync::Arc;

use kernel::{Error, SiteId, Tx};
use web::{
    Route,
    i18n::{self, Source},
    nav::NavGroup,
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
    let settings = NavGroup { word: "app-nav-settings", icon: "gear", key: None, lines: estate::SETTINGS };
    desk::NAV.into_iter().chain([estate::NAV, people::NAV, settings]).collect()
}

/// What a new site is given beside its departments.
pub async fn furnish(tx: &mut Tx, site: SiteId) -> Result<(), Error> {
    desk::ship(tx, site).await
}
