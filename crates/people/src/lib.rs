//! People and access: how staff and residents log in, who is on the staff with which roles and certificates, which homes a
//! resident's phone opens. The rules behind it (sessions, grants, certificates, codes) are the kernel's.

mod cookies;
mod forms;
pub mod login;
pub mod password;
pub mod second_factor;

use web::{Route, i18n::Source};

pub const MESSAGES: Source = Source { zh: include_str!("../messages/zh-CN.ftl"), en: include_str!("../messages/en.ftl") };

pub fn routes() -> Vec<Route> {
    [login::routes(), second_factor::routes()].concat()
}
