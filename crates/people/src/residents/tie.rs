//! `/r/bind`: the phone is shown, now the home. With the code of a slip or link at once, else by asking the desk.

use axum::http::StatusCode;
use kernel::{Error, access, parties::HomeRole, sites};
use maud::{Markup, html};
use serde::Deserialize;
use web::{
    Answer, Ask, Page, Route, Verdict, View, done, html as page_of,
    parts::{BadgeState, Button, FormState, badge, button, card, csrf, error_summary, once, plate, select, text},
    see_other, shell,
};

use super::{
    Proof,
    binding::{self, Binding, Claim},
    invited, proof,
};
use crate::forms;

/// Roles that may be claimed; who owns is looked at by the desk.
const CLAIMS: [HomeRole; 4] = [HomeRole::Owner, HomeRole::Tenant, HomeRole::Family, HomeRole::User];

pub(super) fn routes() -> Vec<Route> {
    let rate = "a slip: 5 tries, then 1 to 60 min; 60 an hour an address";
    vec![
        Route::get("/r/bind", page).public(),
        Route::post("/r/bind", use_code).public().audit("binding.used").rate(rate),
        Route::post("/r/bind/request", request).public().audit("binding.requested").rate("5 a day a phone"),
    ]
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Sent {
    code: String,
    name: String,
    site: String,
    home: String,
    role: String,
}

/// Without a shown phone the way leads over the log-in and back.
fn to_login(sent: &Sent) -> Answer {
    let back =
        if sent.code.is_empty() { "/r/bind".to_string() } else { forms::path("/r/bind", &[("code", &sent.code)]) };
    Ok(see_other(&forms::path("/r/login", &[("to", &back)])))
}

async fn page(ask: Ask) -> Answer {
    let sent: Sent = ask.query().unwrap_or_default();
    let Some(proof) = proof::of(&ask).await? else { return to_login(&sent) };
    let state = FormState::default().value("code", &sent.code);
    show(&ask, &proof, StatusCode::OK, &state, &FormState::default()).await
}

async fn show(ask: &Ask, proof: &Proof, status: StatusCode, code: &FormState, claim: &FormState) -> Answer {
    let view = ask.view().await?;
    let mut read = ask.house().read(&access::system_company("binding")).await?;
    let sites: Vec<(String, String)> =
        sites::visible(&mut read).await?.into_iter().map(|site| (site.code, site.name)).collect();
    drop(read);
    let asked = binding::of_phone(ask.house(), proof).await?;
    let body = html! {
        p class="mb-3" { (view.words.with("people-bind-phone", &[("phone", proof.phone.masked().into())])) }
        @if !asked.is_empty() { (card(asked_before(&view, &asked))) }
        (card(by_code(&view, code)))
        (card(by_request(&view, claim, &sites)))
    };
    let mut page = Page::new(view.say("people-bind"));
    if ask.caller.is_resident() {
        page = page.crumb(view.say("people-r-me"), "/r/me");
    }
    Ok(page_of(status, shell::page(&view, &page, body)))
}

fn asked_before(view: &View, asked: &[Binding]) -> Markup {
    html! {
        h2 { (view.say("people-bind-asked")) }
        @for one in asked {
            p class="row" {
                (plate(&one.home))
                @match one.state.as_str() {
                    "approved" => (badge(BadgeState::Done, &view.say("people-bind-approved"))),
                    "refused" => (badge(BadgeState::Miss, &view.say("people-bind-refused"))),
                    _ => (badge(BadgeState::Half, &view.say("people-bind-waiting"))),
                }
                span class="small muted push num" { (view.formats.when(one.made)) }
            }
        }
    }
}

fn by_code(view: &View, state: &FormState) -> Markup {
    let words = &view.words;
    html! {
        h2 { (view.say("people-bind-by-code")) }
        form method="post" action="/r/bind" novalidate data-main {
            (error_summary(words, state.problems())) (csrf(view))
            (text(words, &state.field("code", view.say("people-bind-code")).hint(view.say("people-bind-code-hint"))))
            (text(words, &state.field("name", view.say("people-bind-name")).hint(view.say("people-bind-name-hint")).autocomplete("name").optional()))
            div class="form-acts" { (button(&Button::main(&view.say("people-bind-act")).block())) }
        }
    }
}

fn by_request(view: &View, state: &FormState, sites: &[(String, String)]) -> Markup {
    let words = &view.words;
    let roles: Vec<(String, String)> =
        CLAIMS.map(|role| (role.as_str().to_string(), super::me::role(view, role))).into();
    html! {
        h2 { (view.say("people-bind-by-request")) }
        p class="small muted mb-3" { (view.say("people-bind-request-why")) }
        form method="post" action="/r/bind/request" novalidate {
            (error_summary(words, state.problems())) (csrf(view)) (once(&forms::once_key()))
            (select(words, &state.field("site", view.say("people-bind-site")), sites))
            (text(words, &state.field("home", view.say("people-bind-home")).hint(view.say("people-bind-home-hint"))))
            (text(words, &state.field("name", view.say("people-bind-name")).autocomplete("name")))
            (select(words, &state.field("role", view.say("people-bind-role")), &roles))
            div class="form-acts" { (button(&Button::new(&view.say("people-bind-request")).block())) }
        }
    }
}

async fn use_code(ask: Ask) -> Answer {
    let sent: Sent = ask.form()?;
    let Some(proof) = proof::of(&ask).await? else { return to_login(&sent) };
    match binding::use_code(ask.house(), &ask.caller, &proof, &sent.code, &sent.name).await {
        Ok(party) => {
            let there = if ask.caller.is_resident() { "/r/me" } else { "/r" };
            invited::opened(&ask, party, there, "people-bind-done").await
        }
        Err(error @ (Error::Refused(_) | Error::Invalid(_))) => {
            let typed = FormState::default().value("code", &sent.code).value("name", &sent.name);
            let state = forms::refused(&ask.view().await?, typed, &error);
            show(&ask, &proof, Verdict::of(&error).status, &state, &FormState::default()).await
        }
        Err(error) => Err(error),
    }
}

async fn request(ask: Ask) -> Answer {
    let sent: Sent = ask.form()?;
    let Some(proof) = proof::of(&ask).await? else { return to_login(&sent) };
    let role = CLAIMS.into_iter().find(|role| role.as_str() == sent.role).unwrap_or(HomeRole::Family);
    let claim = Claim { site: &sent.site, home: &sent.home, name: &sent.name, role };
    match binding::request(ask.house(), &ask.caller, &proof, &claim).await {
        Ok(_) => Ok(done("/r/bind", &ask.words().say("people-bind-requested"))),
        Err(error @ (Error::Refused(_) | Error::Invalid(_))) => {
            let state = forms::refused(&ask.view().await?, forms::typed(&ask)?, &error);
            show(&ask, &proof, Verdict::of(&error).status, &FormState::default(), &state).await
        }
        Err(error) => Err(error),
    }
}
