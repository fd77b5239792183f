//! 房屋与住户: buildings and homes, who lives in them, finding anything. Places, parties and the search terms are the
//! kernel's; here is what office staff see of them (`pages`), the same for machines (`api`), lists as files and labels.

mod api;
mod export;
mod forms;
pub mod import;
mod labels;
mod pages;
mod paths;
#[cfg(test)]
mod tests;
mod words;

use kernel::Right;
use web::nav::{NavGroup, NavLine};

/// Every address of this department.
pub fn routes() -> Vec<web::Route> {
    [pages::routes(), api::routes(), import::routes()].concat()
}

/// The words of this department.
pub const MESSAGES: web::i18n::Source =
    web::i18n::Source { zh: include_str!("../messages/zh-CN.ftl"), en: include_str!("../messages/en.ftl") };

pub const NAV: NavGroup = NavGroup {
    word: "estate-nav",
    icon: "grid",
    key: Some("g r"),
    tally: None,
    lines: &[
        NavLine { word: "estate-nav-matrix", path: "/matrix", right: Right::EstateRead },
        NavLine { word: "estate-nav-homes", path: "/homes", right: Right::EstateRead },
        NavLine { word: "estate-nav-owners", path: "/owners", right: Right::PeopleRead },
        NavLine { word: "estate-nav-users", path: "/users", right: Right::PeopleRead },
        NavLine { word: "estate-nav-buildings", path: "/buildings", right: Right::EstateRead },
        NavLine { word: "estate-nav-import", path: "/import", right: Right::EstateImport },
        NavLine { word: "estate-nav-labels", path: "/labels", right: Right::EstateRead },
    ],
};

/// 设置: the site itself. Other departments add their lines.
pub const SETTINGS: &[NavLine] =
    &[NavLine { word: "estate-nav-site", path: "/settings", right: Right::SettingsManage }];
