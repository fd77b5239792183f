use axum::http::StatusCode;
use kernel::{Error, Who};
use maud::{Markup, html};
use serde::Deserialize;
use web::{
    Answer, Ask, Page, Reach, Route, Verdict, View, done,
    guard::STAFF_COOKIE,
    html as page_of,
    parts::{Button, FormState, NoteKind, button, csrf, error_summary, link_button, note, qr, text},
    see_other, shell,
};

use super::{Offer, enrol, give, offer, offer_again, state};
use crate::{cookies, forms, login};

const PATH: &str = "/login/second-factor";

pub fn routes() -> Vec<Route> {
    let own = |route: Route| route.reach(Reach::Own).before_second_factor().no_store();
    vec![
        own(Route::get(PATH, page)),
        own(Route::post(PATH, post)).audit("session.raised").rate("account 1 s to 15 min"),
    ]
}

#[derive(Deserialize, Default)]
struct Sent {
    #[serde(default)]
    to: String,
    #[serde(default)]
    code: String,
    #[serde(default)]
    offer: String,
}

fn staff_only(ask: &Ask) -> Result<(), Error> {
    if matches!(ask.caller.who, Who::Staff(_)) { Ok(()) } else { Err(Error::Missing) }
}

async fn page(ask: Ask) -> Answer {
    staff_only(&ask)?;
    let sent: Sent = ask.query().unwrap_or_default();
    let (on, name) = state(ask.house(), &ask.caller).await?;
    if on && ask.caller.second_factor {
        return Ok(see_other(&there(&ask, &sent.to).await?));
    }
    let view = ask.view().await?;
    let state = FormState::default();
    if on {
        return Ok(page_of(StatusCode::OK, ask_for_code(&view, &state, &sent.to)));
    }
    let session = ask.caller.session.ok_or(Error::Missing)?;
    let offer = offer(ask.house(), session, &name);
    Ok(page_of(StatusCode::OK, enrolment(&view, &state, &offer, &sent.to)))
}

async fn there(ask: &Ask, to: &str) -> Result<String, Error> {
    match cookies::local(to) {
        Some(to) => Ok(to.to_string()),
        None => login::home(ask.house(), &ask.caller).await,
    }
}

async fn post(ask: Ask) -> Answer {
    staff_only(&ask)?;
    let sent: Sent = ask.form()?;
    let (on, name) = state(ask.house(), &ask.caller).await?;
    let answered = if on { check(&ask, &sent).await } else { turn_on(&ask, &sent).await };
    match answered {
        Err(error @ (Error::Refused(_) | Error::Invalid(_))) => refused(&ask, &sent, &name, on, &error).await,
        answer => answer,
    }
}

async fn check(ask: &Ask, sent: &Sent) -> Answer {
    let field = sent.to == "/f" || sent.to.starts_with("/f/");
    let (secret, recovered) = give(ask.house(), &ask.caller, &sent.code, login::longest(field)).await?;
    let there = there(ask, &sent.to).await?;
    let answer = if recovered { done(&there, &ask.words().say("people-recovery-used")) } else { see_other(&there) };
    Ok(cookies::give(answer, STAFF_COOKIE, &secret, None))
}

async fn turn_on(ask: &Ask, sent: &Sent) -> Answer {
    let enrolled = enrol(ask.house(), &ask.caller, &sent.offer, &sent.code, login::longest(false)).await?;
    let view = ask.view().await?;
    let there = there(ask, &sent.to).await?;
    let answer = page_of(StatusCode::OK, recovery_codes(&view, &enrolled.recovery, &there));
    Ok(cookies::give(answer, STAFF_COOKIE, &enrolled.secret, None))
}

async fn refused(ask: &Ask, sent: &Sent, name: &str, on: bool, error: &Error) -> Answer {
    let view = ask.view().await?;
    let state = forms::refused(&view, FormState::default(), error);
    let status = Verdict::of(error).status;
    if on {
        return Ok(page_of(status, ask_for_code(&view, &state, &sent.to)));
    }
    let session = ask.caller.session.ok_or(Error::Missing)?;
    let offer =
        offer_again(ask.house(), session, name, &sent.offer).unwrap_or_else(|_| offer(ask.house(), session, name));
    Ok(page_of(status, enrolment(&view, &state, &offer, &sent.to)))
}

fn form(view: &View, state: &FormState, to: &str, offer: Option<&str>, hint: &str, act: &str) -> Markup {
    let field =
        state.field("code", view.say("people-totp-code")).hint(view.say(hint)).length(11).autocomplete("one-time-code");
    html! {
        form method="post" action=(PATH) novalidate data-main {
            (error_summary(&view.words, state.problems())) (csrf(view))
            input type="hidden" name="to" value=(to);
            @if let Some(offer) = offer { input type="hidden" name="offer" value=(offer); }
            (text(&view.words, &field.autofocus().secret()))
            div class="form-acts" { (button(&Button::main(&view.say(act)).block())) }
        }
    }
}

fn log_out(view: &View) -> Markup {
    html! {
        form method="post" action=(web::look::LOGOUT_PATH) class="mt-4" { (csrf(view)) (button(&Button::quiet(&view.say("shell-log-out")))) }
    }
}

fn ask_for_code(view: &View, state: &FormState, to: &str) -> Markup {
    let body = html! {
        p class="mb-3" { (view.say("people-totp-ask")) }
        (form(view, state, to, None, "people-totp-hint", "people-totp-go-on"))
        (log_out(view))
    };
    shell::page(view, &Page { alone: true, ..Page::new(view.say("people-totp-title")) }, body)
}

fn enrolment(view: &View, state: &FormState, offer: &Offer, to: &str) -> Markup {
    let grouped: Vec<String> =
        offer.typed.as_bytes().chunks(4).map(|part| String::from_utf8_lossy(part).into_owned()).collect();
    let body = html! {
        p class="mb-3" { (view.say("people-totp-why")) }
        ol class="mb-3" { li { (view.say("people-totp-step-app")) } li { (view.say("people-totp-step-scan")) } li { (view.say("people-totp-step-code")) } }
        (qr(&super::qr::svg(&offer.address), &view.say("people-totp-qr")))
        p class="small mt-2" { (view.say("people-totp-typed")) " " span class="num" { (grouped.join(" ")) } }
        (form(view, state, to, Some(&offer.sealed), "people-totp-enrol-hint", "people-totp-enrol"))
        (log_out(view))
    };
    shell::page(view, &Page { alone: true, ..Page::new(view.say("people-totp-enrol-title")) }, body)
}

fn recovery_codes(view: &View, codes: &[String], there: &str) -> Markup {
    let body = html! {
        (note(NoteKind::Warn, html! { (view.say("people-recovery-why")) }))
        ul class="mt-3 mb-3 plain-list num" { @for code in codes { li { (code) } } }
        (link_button(&Button::main(&view.say("people-recovery-kept")).block(), there))
    };
    shell::page(view, &Page { alone: true, ..Page::new(view.say("people-recovery-title")) }, body)
}
