//! What every page of the resident face has in common.

use axum::http::StatusCode;
use kernel::Site;
use maud::{Markup, html};
use values::{Moment, Phone};
use web::{Answer, Ask, Page, View, shell};

/// A view of the site that the page is about: its zone, name and duty phone.
pub(super) async fn view(ask: &mut Ask, site: &Site) -> Result<View, kernel::Error> {
    ask.site = Some(site.clone());
    ask.view().await
}

pub(super) fn show(status: StatusCode, view: &View, page: &Page, body: Markup) -> Answer {
    Ok(web::html(status, shell::page(view, page, body)))
}

/// The phone that is always answered, at the foot of a page.
pub(super) fn duty_phone(view: &View) -> Markup {
    html! {
        @if let Some(number) = &view.duty_phone {
            p class="small muted center mt-4 mb-4" { (view.say("shell-duty-phone")) " " (web::parts::phone_link(number)) }
        }
    }
}

/// After desk hours: when somebody is back, and whom to call when it cannot wait.
pub(super) fn desk_closed(view: &View, opens: Moment) -> Markup {
    let back = view.words.with("desk-portal-desk-closed", &[("at", view.formats.moment(opens).into())]);
    let said = html! {
        (back) " "
        @if let Some(number) = &view.duty_phone { (view.say("desk-portal-emergency")) " " (web::parts::phone_link(number)) }
        @else { (view.say("desk-portal-emergency-public")) }
    };
    html! { div class="gap mb-3" { (web::parts::note(web::parts::NoteKind::Info, said)) } }
}

/// Beside the title of a form: report by phone instead.
pub(super) fn call_instead(view: &View, word: &str) -> Option<Markup> {
    let number = view.duty_phone.as_ref()?;
    Some(html! { a class="btn btn-quiet" href={ "tel:" (number.replace([' ', '-'], "")) } { (view.say(word)) } })
}

/// `138 **** 2207`
pub(super) fn masked(phone: Option<&Phone>) -> Option<String> {
    phone.map(Phone::masked)
}
