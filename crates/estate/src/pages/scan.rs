//! Where the label of a place leads: staff to the place, residents to their report, everybody else to a page that says
//! where this is and whom to call.

use kernel::{
    Error, Right, Who, access,
    places::{self, Place},
    sites::{self, Site},
};
use maud::html;
use web::{
    Answer, Ask, Page, Route,
    parts::{Button, link_button},
    see_other,
};

use super::answer;
use crate::paths;

pub fn routes() -> Vec<Route> {
    vec![Route::get("/p/at/{qr}", page).public()]
}

/// The place of a label, whoever scans it: the mark cannot be guessed, and says no more than the label on the wall.
async fn scanned(ask: &Ask) -> Result<(Site, Place), Error> {
    let qr: String = ask.param("qr")?;
    let mut read = ask.house().read(&access::system_company("scan")).await?;
    let place = places::by_qr(&mut read, &qr).await?;
    Ok((sites::by_id(&mut read, place.site).await?, place))
}

async fn page(ask: Ask) -> Answer {
    let (site, place) = scanned(&ask).await?;
    match ask.caller.who {
        Who::Staff(_) if ask.caller.may(Right::EstateRead, site.id) => {
            return Ok(see_other(&paths::home(&site.code, &place.code)));
        }
        Who::Resident(_) => return Ok(see_other(&paths::with("/r/report", &[("at", &place.qr)]))),
        _ => {}
    }
    let view = ask.view().await?;
    let title = if place.name == place.code { place.code.clone() } else { format!("{} {}", place.code, place.name) };
    let report = paths::with("/r/report", &[("at", &place.qr)]);
    let body = html! {
        section class="card" {
            p class="muted" { (site.name) }
            p class="mt-2" { (view.say("estate-scan-why")) }
            p class="mt-4" { (link_button(&Button::main(&view.say("estate-scan-report")).icon("wrench").block(), &report)) }
            @if let Some(phone) = &site.phone {
                p class="mt-3" { (link_button(&Button::new(&view.words.with("estate-scan-call", &[("phone", phone.as_str().into())])).icon("phone").block(), &format!("tel:{}", phone.replace(' ', "")))) }
            }
        }
    };
    answer(200, &view, &Page::new(title), body)
}
