//! People and access: how staff and residents log in, who is on the staff with which roles and certificates, which homes a
//! resident's phone opens. The rules behind it (sessions, grants, certificates, codes) are the kernel's.

pub mod bindings;
mod cookies;
mod forms;
pub mod login;
mod me;
pub mod password;
pub mod residents;
pub mod second_factor;
pub mod sms;
pub mod staff;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod world_words;

use kernel::Right;
use web::{
    Route,
    i18n::Source,
    nav::{NavGroup, NavLine},
};

pub const MESSAGES: Source =
    Source { zh: include_str!("../messages/zh-CN.ftl"), en: include_str!("../messages/en.ftl") };

pub const NAV: NavGroup = NavGroup {
    word: "people-nav",
    icon: "people",
    key: Some("p"),
    tally: None,
    lines: &[
        NavLine { word: "people-staff", path: "/staff", right: Right::StaffRead },
        NavLine { word: "people-bindings", path: "/bindings", right: Right::BindingApprove },
    ],
};

pub fn routes() -> Vec<Route> {
    [login::routes(), second_factor::routes(), me::routes(), staff::routes(), residents::routes(), bindings::routes()]
        .concat()
}

/// Only with `--test-gateways`.
pub fn test_routes() -> Vec<Route> {
    sms::test_routes()
}
