//! The front door: everybody is sent to where they work or live; who is not known chooses a way in.

use axum::http::StatusCode;
use kernel::{Error, Who, sites};
use web::{Answer, Ask, Route, html, see_other};

use super::pages;

pub fn routes() -> Vec<Route> {
    vec![Route::get("/", front_door).public(), Route::get("/c", consoles)]
}

async fn front_door(ask: Ask) -> Answer {
    match ask.caller.who {
        Who::Staff(_) => consoles(ask).await,
        Who::Resident(_) => Ok(see_other("/r")),
        Who::Token(_) | Who::Anonymous | Who::Program(_) => {
            Ok(html(StatusCode::OK, pages::welcome(&ask.view().await?)))
        }
    }
}

/// The first site this person works at. Somebody without a console works in the field.
async fn consoles(ask: Ask) -> Answer {
    let mut read = ask.read().await?;
    let sites = sites::visible(&mut read).await?;
    let at_desk = sites.iter().find(|site| pages::CONSOLE_RIGHTS.iter().any(|right| ask.caller.may(*right, site.id)));
    match (at_desk, sites.first()) {
        (Some(site), _) => Ok(see_other(&format!("/c/{}", site.code))),
        (None, Some(_)) => Ok(see_other("/f")),
        (None, None) => Err(Error::Denied),
    }
}
