//! `/r/invitations`: whoever logs in with an invited phone is asked, and says yes or no.

use axum::http::StatusCode;
use kernel::{Error, PartyId};
use maud::{Markup, html};
use values::Id;
use web::{
    Answer, Ask, Page, Route, View, done, html as page_of,
    parts::{Button, act_form, card, link_button, plate},
    see_other, shell,
};

use super::{
    Proof,
    binding::Binding,
    invitation::{self, Invitation},
    login, proof,
};
use crate::forms::{self, once_key};

pub(super) const PATH: &str = "/r/invitations";

pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::get(PATH, page).public(),
        Route::post("/r/invitations/{id}/acceptance", accept).public().audit("home.let_in"),
        Route::post("/r/invitations/{id}/refusal", decline).public().audit("home.invitation_declined"),
    ]
}

fn to_login() -> Answer {
    Ok(see_other(&forms::path("/r/login", &[("to", PATH)])))
}

async fn page(ask: Ask) -> Answer {
    let Some(proof) = proof::of(&ask).await? else { return to_login() };
    let waiting = invitation::of_phone(ask.house(), &proof.phone).await?;
    let view = ask.view().await?;
    let later = if proof.party.is_some() { ("people-invited-later", "/r") } else { ("people-bind", "/r/bind") };
    let body = html! {
        @for one in &waiting { (card(invitation_card(&view, one))) }
        @if waiting.is_empty() { (card(html! { p { (view.say("people-invited-none")) } })) }
        p class="mt-3" { (link_button(&Button::quiet(&view.say(later.0)).block(), later.1)) }
    };
    Ok(page_of(StatusCode::OK, shell::page(&view, &Page::new(view.say("people-invited")), body)))
}

pub(super) fn invitation_card(view: &View, one: &Invitation) -> Markup {
    let base = format!("{PATH}/{}", one.id);
    let asked = view
        .words
        .with("people-invited-by", &[("owner", one.owner.as_str().into()), ("home", one.home.as_str().into())]);
    html! {
        div class="row-b" { (plate(&one.home)) span class="small muted push" { (super::me::role(view, one.role)) } }
        p class="mt-2" { b { (asked) } }
        @if let Some(last) = one.last {
            p class="small muted" { (view.words.with("people-r-until", &[("day", view.formats.date(last).into())])) }
        }
        p class="small muted" { (view.say("people-invited-what")) }
        div class="stack mt-3" {
            (act_form(view, &format!("{base}/acceptance"), &once_key(), &Button::main(&view.say("people-invited-accept")).block()))
            (act_form(view, &format!("{base}/refusal"), &once_key(), &Button::new(&view.say("people-invited-decline")).block()))
        }
    }
}

/// The shown phone and the invitation that the address names.
async fn asked(ask: &Ask) -> Result<Option<(Proof, Id<Binding>)>, Error> {
    let id = ask.param("id")?;
    Ok(proof::of(ask).await?.map(|proof| (proof, id)))
}

async fn accept(ask: Ask) -> Answer {
    let Some((proof, id)) = asked(&ask).await? else { return to_login() };
    let party = invitation::accept(ask.house(), &ask.caller, &proof, id).await?;
    opened(&ask, party, "/r", "people-invited-accepted").await
}

/// Goes on as whom the phone opens now, in a new session when that is somebody else than before.
pub(super) async fn opened(ask: &Ask, party: PartyId, path: &str, word: &str) -> Answer {
    let answer = done(path, &ask.words().say(word));
    let same = ask.caller.is_resident() && ask.caller.party() == Some(party);
    if same { Ok(answer) } else { login::signed_in(ask, party, answer).await }
}

async fn decline(ask: Ask) -> Answer {
    let Some((proof, id)) = asked(&ask).await? else { return to_login() };
    invitation::decline(ask.house(), &ask.caller, &proof, id).await?;
    let next = if proof.party.is_some() { "/r" } else { PATH };
    Ok(done(next, &ask.words().say("people-invited-declined")))
}
