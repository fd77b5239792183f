//! `/r/me`: my homes, who lives there by my leave, where I am logged in.

use axum::http::StatusCode;
use kernel::{
    Error, PlaceId,
    access::{self, SessionLine},
    parties::{self, HomeRole, Member},
    places::{self, Place},
    sites,
};
use maud::{Markup, html};
use serde::Deserialize;
use values::{Day, Phone, Zone};
use web::{
    Answer, Ask, Page, Reach, Route, Verdict, View, done, html as page_of,
    look::Face,
    parts::{
        Button, FormState, act_form, button, card, date, link_button, phone, phone_section, plate, post_form, select,
        text,
    },
    shell,
};

use super::{
    household,
    invitation::{self, Invitation, LetIn},
    invited,
};
use crate::forms::{self, once_key};

/// Whom an owner lets in.
const GUESTS: [HomeRole; 3] = [HomeRole::Family, HomeRole::Tenant, HomeRole::User];

pub(super) fn routes() -> Vec<Route> {
    let own = |route: Route| route.reach(Reach::Own);
    vec![
        own(Route::get("/r/me", page)),
        own(Route::get("/r/me/homes/{place}/people", form)),
        own(Route::post("/r/me/homes/{place}/people", let_in)).audit("home.invited").rate("10 a day an owner"),
        own(Route::post("/r/me/homes/{place}/invitations/{id}/end", withdraw)).audit("home.invitation_withdrawn"),
        own(Route::post("/r/me/homes/{place}/people/{id}/end", end)).audit("home.let_in_ended"),
        own(Route::post("/r/me/sessions/{id}/end", end_session)).audit("session.ended"),
    ]
}

pub(super) fn role(view: &View, role: HomeRole) -> String {
    view.say(&format!("people-home-{}", role.as_str().replace('_', "-")))
}

struct HomeCard {
    place: Place,
    site: String,
    roles: Vec<HomeRole>,
    people: Vec<Member>,
    /// Only for those who own it.
    invited: Vec<Invitation>,
}

async fn homes(ask: &Ask) -> Result<Vec<HomeCard>, Error> {
    let mut read = ask.read().await?;
    let today = Zone::default().day(ask.house().now());
    let mut cards: Vec<HomeCard> = Vec::new();
    for home in &ask.caller.homes {
        let role = home.role.parse().map_err(|()| Error::Broken(format!("no home has the role {}", home.role)))?;
        if let Some(card) = cards.iter_mut().find(|card| card.place.id == home.place) {
            card.roles.push(role);
            continue;
        }
        let place = places::by_id(&mut read, home.place).await?;
        let site = sites::by_id(&mut read, home.site).await?.name;
        let people = parties::household(&mut read, home.place).await?;
        let people = people
            .into_iter()
            .filter(|member| member.occupancy.to.is_none_or(|to| to > today && to > member.occupancy.from))
            .collect();
        let owns = household::owned(&ask.caller, home.place).is_ok();
        let invited = if owns { invitation::of_home(&mut read, home.place).await? } else { Vec::new() };
        cards.push(HomeCard { place, site, roles: vec![role], people, invited });
    }
    Ok(cards)
}

async fn page(ask: Ask) -> Answer {
    let (homes, sessions) = (homes(&ask).await?, access::sessions_of(ask.house(), &ask.caller).await?);
    let proof = super::proof::of(&ask).await?;
    let invited = match &proof {
        Some(proof) => invitation::of_phone(ask.house(), &proof.phone).await?,
        None => Vec::new(),
    };
    let view = ask.view().await?;
    let body = html! {
        @for one in &invited { (card(invited::invitation_card(&view, one))) }
        @for home in &homes { (home_card(&view, home, ask.caller.party())) }
        @if homes.is_empty() { (card(html! { p { (view.say("people-r-no-home")) } })) }
        p class="mt-3 mb-3" { (link_button(&Button::new(&view.say("people-r-one-more")).icon("plus").block(), "/r/bind")) }
        (phone_section(&view.say("people-me-sessions"), None, session_lines(&view, &sessions, ask.caller.session)))
        form method="post" action="/r/logout" data-logout { (web::parts::csrf(&view)) (button(&Button::quiet(&view.say("shell-log-out")).block())) }
    };
    Ok(page_of(
        StatusCode::OK,
        shell::page(&view, &Page::new(view.say("people-r-me")).crumb(view.say("people-r-home"), "/r"), body),
    ))
}

fn home_card(view: &View, home: &HomeCard, me: Option<kernel::PartyId>) -> Markup {
    let owner = home.roles.iter().any(|role| role.owns());
    let roles: Vec<String> = home.roles.iter().map(|one| role(view, *one)).collect();
    let base = format!("/r/me/homes/{}/people", home.place.id);
    card(html! {
        div class="row-b" { (plate(&home.place.code)) span class="small muted push" { (home.site) "·" (roles.join(&view.say("people-list-comma"))) } }
        ul class="stack" {
            @for member in &home.people {
                li class="row" {
                    span class="grow" {
                        b { (shown_name(member, owner, me)) } " " span class="small muted" { (role(view, member.occupancy.role)) (until(view, member)) }
                    }
                    @if owner && member.occupancy.let_in_by.is_some() && !member.occupancy.role.owns() {
                        (act_form(view, &format!("{base}/{}/end", member.occupancy.id), &once_key(), &Button::small(&view.say("people-r-end"))))
                    }
                }
            }
            @for one in &home.invited { (invited_line(view, one)) }
        }
        @if owner { p class="mt-3" { (link_button(&Button::new(&view.say("people-r-let-in")).icon("plus").block(), &base)) } }
    })
}

fn invited_line(view: &View, one: &Invitation) -> Markup {
    let end = format!("/r/me/homes/{}/invitations/{}/end", one.place, one.id);
    html! {
        li class="row" {
            span class="grow" {
                b { (one.name) } " " span class="small muted" { (role(view, one.role)) "·" (view.say("people-r-invited")) }
            }
            (act_form(view, &end, &once_key(), &Button::small(&view.say("people-r-withdraw"))))
        }
    }
}

/// Names are for those who let the others in; the others see each other masked.
fn shown_name(member: &Member, owner: bool, me: Option<kernel::PartyId>) -> String {
    if owner || me == Some(member.occupancy.party) { member.name.clone() } else { values::mask_name(&member.name) }
}

fn until(view: &View, member: &Member) -> Markup {
    html! { @if let Some(to) = member.occupancy.to { "·" (view.words.with("people-r-until", &[("day", view.formats.date(to.plus_days(-1)).into())])) } }
}

fn session_lines(view: &View, sessions: &[SessionLine], this: Option<kernel::SessionId>) -> Markup {
    html! {
        ul class="stack" {
            @for line in sessions {
                li class="row" {
                    span class="grow" {
                        @if line.device.is_empty() { (view.say("people-session-unknown")) } @else { (line.device) }
                        span class="small muted block num" { (view.formats.date_time(line.seen)) }
                    }
                    @if Some(line.id) == this { span class="small muted" { (view.say("people-session-this")) } }
                    @else { (act_form(view, &format!("/r/me/sessions/{}/end", line.id), &once_key(), &Button::small(&view.say("people-session-end")))) }
                }
            }
        }
    }
}

async fn form(ask: Ask) -> Answer {
    let place: PlaceId = ask.param("place")?;
    household::owned(&ask.caller, place)?;
    show_form(&ask, place, StatusCode::OK, &FormState::default()).await
}

async fn show_form(ask: &Ask, place: PlaceId, status: StatusCode, state: &FormState) -> Answer {
    let mut read = ask.read().await?;
    let place = places::by_id(&mut read, place).await?;
    drop(read);
    let view = ask.view().await?;
    let words = &view.words;
    let roles: Vec<(String, String)> = GUESTS.map(|one| (one.as_str().to_string(), role(&view, one))).into();
    let fields = html! {
        (text(words, &state.field("name", view.say("people-name")).autocomplete("off").autofocus()))
        (phone(words, &state.field("phone", view.say("people-phone"))))
        (select(words, &state.field("role", view.say("people-bind-role")), &roles))
        (date(words, &state.field("to", view.say("people-r-last-day")).hint(view.say("people-r-last-day-hint")).optional()))
        p class="small muted" { (view.say("people-r-let-in-what")) }
        div class="form-acts" { (button(&Button::main(&view.say("people-r-let-in")).block())) }
    };
    let body = card(post_form(&view, &format!("/r/me/homes/{}/people", place.id), &once_key(), state, fields));
    let page = Page::new(view.say("people-r-let-in"))
        .crumb(view.say("people-r-me"), "/r/me")
        .plate(web::parts::plate_solid(&place.code));
    debug_assert_eq!(view.face, Face::Portal);
    Ok(page_of(status, shell::page(&view, &page, body)))
}

#[derive(Deserialize)]
struct Guest {
    name: String,
    phone: String,
    role: String,
    #[serde(default)]
    to: String,
}

async fn let_in(ask: Ask) -> Answer {
    let place: PlaceId = ask.param("place")?;
    household::owned(&ask.caller, place)?;
    let sent: Guest = ask.form()?;
    match welcome(&ask, place, &sent).await {
        Ok(()) => Ok(done("/r/me", &ask.words().with("people-r-let-in-done", &[("name", sent.name.trim().into())]))),
        Err(error @ (Error::Refused(_) | Error::Invalid(_))) => {
            let state = forms::refused(&ask.view().await?, forms::typed(&ask)?, &error);
            show_form(&ask, place, Verdict::of(&error).status, &state).await
        }
        Err(error) => Err(error),
    }
}

async fn welcome(ask: &Ask, place: PlaceId, sent: &Guest) -> Result<(), Error> {
    let wrong = |field: &str, code| Error::Invalid(vec![kernel::FieldError::new(field, code)]);
    let phone: Phone = sent.phone.parse().map_err(|_| wrong("phone", "phone_unreadable"))?;
    if !phone.is_mobile() {
        return Err(wrong("phone", "phone_no_mobile"));
    }
    let role = GUESTS.into_iter().find(|role| role.as_str() == sent.role).ok_or_else(|| wrong("role", "home_role"))?;
    let last: Option<Day> = match sent.to.trim() {
        "" => None,
        text => Some(text.parse().map_err(|_| wrong("to", "date_unreadable"))?),
    };
    let url = format!("{}{}", ask.app.settings().public_url, invited::PATH);
    let told = ask.words().with("people-sms-let-in", &[("url", url.into())]);
    invitation::invite(ask.house(), &ask.caller, &LetIn { place, name: &sent.name, phone, role, last, told: &told })
        .await
        .map(|_| ())
}

async fn end(ask: Ask) -> Answer {
    household::end_let_in(ask.house(), &ask.caller, ask.param("place")?, ask.param("id")?).await?;
    Ok(done("/r/me", &ask.words().say("people-r-ended")))
}

async fn withdraw(ask: Ask) -> Answer {
    invitation::withdraw(ask.house(), &ask.caller, ask.param("place")?, ask.param("id")?).await?;
    Ok(done("/r/me", &ask.words().say("people-r-withdrawn")))
}

async fn end_session(ask: Ask) -> Answer {
    let party = ask.caller.party().ok_or(Error::Missing)?;
    let mut tx = ask.begin().await?;
    access::end_session(&mut tx, party, ask.param("id")?).await?;
    tx.commit().await?;
    Ok(done("/r/me", &ask.words().say("people-session-ended")))
}
