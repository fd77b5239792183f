//! One list of everything: routes, words, navigation, timers. A new department adds its line in each.

use std::sync::Arc;

use web::{
    Route,
    i18n::{self, Source},
    nav::NavGroup,
};

use crate::own::{self, State};

/// The words of our own few pages.
const OWN: Source = Source { zh: include_str!("../messages/zh-CN.ftl"), en: include_str!("../messages/en.ftl") };

pub const MESSAGES: &[Source] = &[i18n::WEB, OWN];

/// The whole table of routes.
pub fn routes(state: &Arc<State>) -> Vec<Route> {
    [own::routes(state)].concat()
}

/// The console's navigation, in the order people see it.
pub fn nav() -> Vec<NavGroup> {
    Vec::new()
}
