//! Showing a phone or an identity number in full: an act with a reason, kept by the audit.

use kernel::{
    Error, PartyId, Right, Site,
    parties::{self, Party, Sealed},
    places::Place,
};
use maud::{Markup, html};
use web::{
    Answer, Ask, Page, Route, View,
    parts::{Button, Choice, FormState, NoteKind, button, note, padded, plate_solid, post_form, segments, text},
};

use super::{answer, name_for, place_of, status_of};
use crate::{forms::Fields, paths};

pub fn routes() -> Vec<Route> {
    let path = "/c/{site}/{code}/people/{party}/reveal";
    vec![
        Route::get(path, page).right(Right::PeopleRead).right(Right::PeopleReveal),
        Route::post(path, post)
            .right(Right::PeopleRead)
            .right(Right::PeopleReveal)
            .audit("party.phones_revealed")
            .no_store(),
    ]
}

async fn person_of(ask: &Ask) -> Result<(Site, Place, Party), Error> {
    let (site, place) = place_of(ask).await?;
    let id: PartyId = ask.param("party")?;
    let mut read = ask.read().await?;
    let here = parties::household(&mut read, place.id).await?.iter().any(|member| member.occupancy.party == id);
    if !here {
        return Err(Error::Missing);
    }
    let party = parties::at_site(&mut read, site.id, id).await?;
    Ok((site, place, party))
}

async fn page(ask: Ask) -> Answer {
    show(&ask, FormState::default().value("what", "phones"), None).await
}

async fn show(ask: &Ask, state: FormState, shown: Option<Vec<String>>) -> Answer {
    let (site, place, party) = person_of(ask).await?;
    let view = ask.view().await?;
    let title = view.words.with("estate-reveal-of", &[("name", name_for(ask, &party.name).into())]);
    let page = Page::new(title)
        .crumb(place.code.clone(), paths::home(&site.code, &place.code))
        .plate(plate_solid(&place.code));
    let body = html! {
        div class="max-460" {
            @if let Some(values) = &shown { (found(&view, &site, &place, values)) } @else {
                (post_form(&view, &paths::person(&site.code, &place.code, party.id, "reveal"), &ask.fresh_key(), &state, fields(&view, ask, &party, &state)))
            }
        }
    };
    answer(status_of(&state), &view, &page, padded(body))
}

fn fields(view: &View, ask: &Ask, party: &Party, state: &FormState) -> Markup {
    let mut choices = vec![Choice::new("phones", view.say("estate-reveal-phones"))];
    if party.has_identity && ask.may(Right::PeopleReveal) {
        choices.push(Choice::new("identity", view.say("estate-identity")));
    }
    html! {
        p class="mb-4" { (view.say("estate-reveal-why")) }
        (segments(&view.words, &state.field("what", view.say("estate-reveal-what")), &choices))
        (text(&view.words, &state.field("reason", view.say("estate-reveal-reason")).placeholder(view.say("estate-reveal-example")).length(40).autofocus()))
        div class="form-acts" { (button(&Button::main(&view.say("estate-reveal")).icon("eye"))) }
    }
}

fn found(view: &View, site: &Site, place: &Place, values: &[String]) -> Markup {
    html! {
        (note(NoteKind::Info, html! { (view.say("estate-reveal-kept")) }))
        ul class="mt-4 stack" { @for value in values { li class="num t-xl" { (value) } } }
        @if values.is_empty() { p { (view.say("estate-no-phone")) } }
        p class="mt-4" { a class="btn" href=(paths::home(&site.code, &place.code)) { (view.say("estate-back")) } }
    }
}

async fn post(ask: Ask) -> Answer {
    match revealed(&ask).await {
        Ok(values) => show(&ask, FormState::default(), Some(values)).await,
        Err(error) => show(&ask, ask.mend(error)?, None).await,
    }
}

async fn revealed(ask: &Ask) -> Result<Vec<String>, Error> {
    let (site, _, party) = person_of(ask).await?;
    let fields = Fields::of(ask)?;
    let (what, right) = match fields.text("what") {
        "identity" => (Sealed::Identity, Right::PeopleReveal),
        _ => (Sealed::Phones, Right::PeopleRead),
    };
    if !ask.may(right) {
        return Err(Error::Denied);
    }
    let mut tx = ask.begin().await?;
    let values = parties::reveal(&mut tx, site.id, party.id, what, fields.text("reason")).await?;
    tx.commit().await?;
    Ok(values)
}
