//! The welcome page: the two ways in.

use kernel::Right;
use maud::{Markup, html};
use web::{Page, View, shell};

/// Who holds one of these has work at the console.
pub const CONSOLE_RIGHTS: [Right; 7] = [
    Right::OrderDesk,
    Right::OrderDispatch,
    Right::OrderSupervise,
    Right::StaffManage,
    Right::SettingsManage,
    Right::AuditRead,
    Right::SystemManage,
];

pub fn welcome(view: &View) -> Markup {
    let page = Page { alone: true, ..Page::new(view.say("app-welcome")) };
    shell::page(
        view,
        &page,
        html! {
            p class="muted mb-3" { (view.say("app-welcome-words")) }
            p class="mb-3" { a class="btn btn-primary btn-block" href="/r" { (view.say("app-welcome-resident")) } }
            p { a class="btn btn-block" href="/login" { (view.say("app-welcome-staff")) } }
        },
    )
}
