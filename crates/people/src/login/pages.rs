use axum::http::StatusCode;
use kernel::{Error, Who};
use maud::{Markup, html};
use serde::Deserialize;
use web::{
    Answer, Ask, Page, Route, Verdict, View, done,
    guard::STAFF_COOKIE,
    html as page_of,
    parts::{Button, FormState, NoteKind, button, csrf, error_summary, note, password, text},
    see_other, shell,
};

use super::{Credentials, Opened, choose_password, home, log_in};
use crate::{cookies, forms};

pub fn routes() -> Vec<Route> {
    let mut routes = vec![
        Route::get("/login", page).public(),
        Route::post("/login", post)
            .public()
            .audit("session.opened")
            .rate("account 1 s to 15 min; address 100 in 15 min"),
        Route::post("/logout", log_out).audit("session.ended").reach(web::Reach::Own).before_second_factor(),
        Route::get("/login/setup", setup_page).public().no_store(),
        Route::post("/login/setup", setup).public().audit("account.password_set").no_store(),
    ];
    routes.extend(super::release::routes());
    routes
}

#[derive(Deserialize, Default)]
struct To {
    #[serde(default)]
    to: String,
}

async fn page(ask: Ask) -> Answer {
    let to: To = ask.query().unwrap_or_default();
    if matches!(ask.caller.who, Who::Staff(_)) {
        let there = home(ask.house(), &ask.caller).await?;
        return Ok(see_other(cookies::local(&to.to).unwrap_or(&there)));
    }
    let view = ask.view().await?;
    Ok(page_of(StatusCode::OK, form(&view, &FormState::default(), &to.to)))
}

fn form(view: &View, state: &FormState, to: &str) -> Markup {
    let words = &view.words;
    let body = html! {
        form method="post" action="/login" novalidate data-main {
            (error_summary(words, state.problems())) (csrf(view))
            input type="hidden" name="to" value=(to);
            (text(words, &state.field("login", view.say("people-login-name")).autocomplete("username").autofocus()))
            (password(words, &state.field("password", view.say("people-password")).autocomplete("current-password").secret()))
            div class="form-acts" { (button(&Button::main(&view.say("people-log-in")).block())) }
        }
        p class="small muted mt-4" { (view.say("people-login-forgotten")) }
        p class="small mt-2" { a href="/r/login" { (view.say("people-login-residents")) } }
    };
    shell::page(view, &Page { alone: true, ..Page::new(view.say("people-log-in")) }, body)
}

#[derive(Deserialize)]
struct Form {
    login: String,
    password: String,
    #[serde(default)]
    to: String,
}

async fn post(ask: Ask) -> Answer {
    let sent: Form = ask.form()?;
    let device = cookies::device(&ask.headers);
    let field = sent.to == "/f" || sent.to.starts_with("/f/");
    let given = Credentials { login: &sent.login, password: &sent.password, device: &device, field };
    match log_in(ask.house(), &ask.caller, &given).await {
        Ok(opened) => welcome(&ask, opened, &sent.to).await,
        Err(error @ (Error::Refused(_) | Error::Invalid(_))) => {
            let view = ask.view().await?;
            let state = forms::refused(&view, FormState::default().value("login", &sent.login), &error);
            Ok(page_of(Verdict::of(&error).status, form(&view, &state, &sent.to)))
        }
        Err(error) => Err(error),
    }
}

async fn welcome(ask: &Ask, opened: Opened, to: &str) -> Answer {
    let there = match cookies::local(to) {
        Some(to) => to.to_string(),
        None => home(ask.house(), &opened.caller).await?,
    };
    let there = if opened.caller.must_enrol { forms::path("/login/second-factor", &[("to", &there)]) } else { there };
    let told = || ask.words().with("people-tries-before", &[("n", opened.tries_before.into())]);
    let answer = if opened.tries_before > 0 { done(&there, &told()) } else { see_other(&there) };
    Ok(cookies::give(answer, STAFF_COOKIE, &opened.secret, None))
}

async fn log_out(ask: Ask) -> Answer {
    let (Some(party), Some(session)) = (ask.caller.party(), ask.caller.session) else { return Err(Error::Missing) };
    let mut tx = ask.begin().await?;
    kernel::access::end_session(&mut tx, party, session).await?;
    tx.commit().await?;
    let (login, cookie) =
        if ask.caller.is_resident() { ("/r/login", web::guard::RESIDENT_COOKIE) } else { ("/login", STAFF_COOKIE) };
    Ok(cookies::take(see_other(login), cookie))
}

#[derive(Deserialize, Default)]
struct Setup {
    #[serde(default)]
    key: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    again: String,
}

async fn setup_page(ask: Ask) -> Answer {
    let setup: Setup = ask.query().unwrap_or_default();
    let view = ask.view().await?;
    let known = super::setup::owner(ask.house(), &setup.key).await?.is_some();
    let status = if known { StatusCode::OK } else { StatusCode::NOT_FOUND };
    Ok(page_of(status, setup_form(&view, &FormState::default(), &setup.key, known)))
}

fn setup_form(view: &View, state: &FormState, key: &str, known: bool) -> Markup {
    let words = &view.words;
    let body = html! {
        @if known {
            form method="post" action="/login/setup" novalidate data-main {
                (error_summary(words, state.problems())) (csrf(view))
                input type="hidden" name="key" value=(key);
                (password(words, &state.field("password", view.say("people-password-new")).hint(view.say("people-password-hint")).autocomplete("new-password").secret()))
                (password(words, &state.field("again", view.say("people-password-again")).autocomplete("new-password").secret()))
                div class="form-acts" { (button(&Button::main(&view.say("people-password-save")).block())) }
            }
        } @else {
            (note(NoteKind::Warn, html! { (view.say("people-setup-over")) }))
            p class="mt-3" { a href="/login" { (view.say("people-log-in")) } }
        }
    };
    shell::page(view, &Page { alone: true, ..Page::new(view.say("people-setup-title")) }, body)
}

async fn setup(ask: Ask) -> Answer {
    let sent: Setup = ask.form()?;
    let Some(party) = super::setup::owner(ask.house(), &sent.key).await? else {
        let view = ask.view().await?;
        return Ok(page_of(StatusCode::NOT_FOUND, setup_form(&view, &FormState::default(), "", false)));
    };
    let chosen = match forms::same_twice(&sent.password, &sent.again) {
        Ok(()) => {
            choose_password(ask.house(), &kernel::access::system_company("setup link"), party, &sent.password).await
        }
        Err(error) => Err(error),
    };
    match chosen {
        Ok(()) => Ok(done("/login", &ask.words().say("people-password-saved"))),
        Err(error @ (Error::Refused(_) | Error::Invalid(_))) => {
            let view = ask.view().await?;
            let state = forms::refused(&view, FormState::default(), &error);
            Ok(page_of(Verdict::of(&error).status, setup_form(&view, &state, &sent.key, true)))
        }
        Err(error) => Err(error),
    }
}
