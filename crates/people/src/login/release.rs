//! 班长口令: a phone that holds unsent work is logged out by the foreman's word only. The work stays on it and arrives under
//! its author, so the word is about knowing, not about sending.

use axum::http::StatusCode;
use kernel::{
    Error, PartyId, RefusalKind, Refuse, Right, Role,
    access::{self, attempts},
};
use maud::{Markup, html};
use serde::Deserialize;
use serde_json::{Value as Json, json};
use web::{
    Answer, Ask, Page, Reach, Route, Verdict, View,
    guard::STAFF_COOKIE,
    html as page_of,
    parts::{Button, FormState, NoteKind, button, csrf, error_summary, note, password, text},
    see_other, shell,
};

use super::{LoginRefused, knock};
use crate::{cookies, forms, password as hashes};

pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::get("/f/release", page).reach(Reach::Own),
        Route::post("/f/release", release)
            .reach(Reach::Own)
            .audit("session.released")
            .rate("account 1 s to 15 min; address 100 in 15 min"),
    ]
}

#[derive(Debug, thiserror::Error)]
#[error("this person leads nobody here")]
struct NoForeman;
impl Refuse for NoForeman {
    fn code(&self) -> &'static str {
        "no_foreman"
    }
    fn field(&self) -> Option<&'static str> {
        Some("login")
    }
    fn kind(&self) -> RefusalKind {
        RefusalKind::Invalid
    }
}

async fn page(ask: Ask) -> Answer {
    let view = ask.view().await?;
    Ok(page_of(StatusCode::OK, form(&view, &FormState::default())))
}

fn form(view: &View, state: &FormState) -> Markup {
    let words = &view.words;
    let body = html! {
        section class="card" data-outbox aria-live="polite" {}
        div class="gap" { (note(NoteKind::Plain, html! { (view.say("people-release-how")) })) }
        form class="card gap" method="post" action="/f/release" novalidate data-release {
            (error_summary(words, state.problems())) (csrf(view))
            (text(words, &state.field("login", view.say("people-release-login")).autocomplete("off")))
            (password(words, &state.field("password", view.say("people-release-password")).autocomplete("off").secret()))
            div class="form-acts mt-3" { (button(&Button::main(&view.say("people-release-do")).block())) }
        }
    };
    shell::page(view, &Page::new(view.say("people-release")).crumb(view.say("people-release-back"), "/f/queue"), body)
}

#[derive(Deserialize)]
struct Form {
    login: String,
    password: String,
}

async fn release(ask: Ask) -> Answer {
    let sent: Form = ask.form()?;
    match by_word_of(&ask, &sent).await {
        Ok(()) => Ok(cookies::take(see_other("/login?to=%2Ff"), STAFF_COOKIE)),
        Err(error @ (Error::Refused(_) | Error::Invalid(_))) => {
            let view = ask.view().await?;
            let state = forms::refused(&view, FormState::default().value("login", &sent.login), &error);
            Ok(page_of(Verdict::of(&error).status, form(&view, &state)))
        }
        Err(error) => Err(error),
    }
}

/// Ends the asker's session. Errors: `LoginRefused`, `no_foreman`.
async fn by_word_of(ask: &Ask, sent: &Form) -> Result<(), Error> {
    let (Some(party), Some(session)) = (ask.caller.party(), ask.caller.session) else { return Err(Error::Missing) };
    let login = sent.login.trim();
    let account = knock(ask.house(), &ask.caller, login).await?;
    let kept = account.as_ref().and_then(|account| account.password.as_deref());
    let right = hashes::verify(&sent.password, kept).await?;
    let foreman = account.filter(|account| right && !account.disabled).ok_or(LoginRefused::Wrong)?.party;
    if foreman == party || !leads(ask, foreman).await? {
        return Err(NoForeman.into());
    }
    let mut tx = ask.begin().await?;
    attempts::forgive(&mut tx, "log-in", login).await?;
    access::end_session(&mut tx, party, session).await?;
    let after = json!({ "by": foreman.to_string() });
    tx.note(None, "session.released", format!("session/{session}"), Json::Null, after);
    tx.commit().await
}

/// Holds a role that watches over work, today, at one of the asker's sites.
async fn leads(ask: &Ask, party: PartyId) -> Result<bool, Error> {
    let mut read = ask.read().await?;
    let today = values::Zone::default().day(read.now());
    let sql = "SELECT g.role AS value FROM grants g WHERE g.party = $1 AND (g.site IS NULL OR {scope:g}) AND g.from_day <= $2 \
               AND (g.to_day IS NULL OR g.to_day > $2) ORDER BY g.role";
    let roles: Vec<String> = read.all(sql, (party, today)).await?;
    let watches = |role: Role| role.rights().contains(&Right::OrderSupervise);
    Ok(roles.iter().filter_map(|role| role.parse::<Role>().ok()).any(watches))
}
