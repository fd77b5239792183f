//! `/r/login`: a number, then the six digits that were sent to it.

use axum::{http::StatusCode, response::Response};
use kernel::{
    Error, FieldError, House, PartyId, Refuse, SiteId,
    access::{self, NewSession},
    codes::{self, Tie},
    staff,
};
use maud::{Markup, html};
use serde::Deserialize;
use values::{DAY, Phone, Zone};
use web::{
    Answer, Ask, Page, Reach, Route, Verdict, View,
    guard::RESIDENT_COOKIE,
    html as page_of,
    parts::{Button, FormState, NoteKind, button, csrf, error_summary, note, phone, text},
    see_other, shell,
};

use super::{
    invitation, invited,
    proof::{self, PHONE_COOKIE, PURPOSE},
};
use crate::{
    cookies::{self, BROWSER_COOKIE},
    forms,
};

/// R01, milliseconds: a resident who comes once a month stays logged in, for a year at most.
const IDLE: i64 = 30 * DAY;
const LONGEST: i64 = 365 * DAY;

pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::get("/r/login", page).public(),
        Route::post("/r/login", send).public().audit("code.sent").rate(
            "number 1 a minute, 5 an hour, 10 a day; address 300 an hour; budgets a day: company, site, strangers",
        ),
        Route::post("/r/login/code", check).public().audit("session.opened").rate("5 tries a code"),
        Route::post("/r/logout", log_out).reach(Reach::Own).audit("session.ended"),
    ]
}

#[derive(Debug, thiserror::Error)]
#[error("not the code that was sent, or too late")]
pub struct WrongCode;
impl Refuse for WrongCode {
    fn code(&self) -> &'static str {
        "wrong_code"
    }
    fn field(&self) -> Option<&'static str> {
        Some("code")
    }
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Sent {
    phone: String,
    code: String,
    to: String,
}

async fn page(ask: Ask) -> Answer {
    let sent: Sent = ask.query().unwrap_or_default();
    if ask.caller.is_resident() {
        return Ok(see_other(there(&sent.to)));
    }
    let view = ask.view().await?;
    let body = if ask.app.settings().sms {
        phone_form(&view, &FormState::default(), &sent.to)
    } else {
        frame(&view, "people-r-login", note(NoteKind::Warn, html! { (view.say("people-r-no-sms")) }))
    };
    Ok(page_of(StatusCode::OK, body))
}

/// Only within the resident face: a resident's session is worth nothing elsewhere.
fn there(to: &str) -> &str {
    cookies::local(to).filter(|to| *to == "/r" || to.starts_with("/r/")).unwrap_or("/r")
}

fn frame(view: &View, title: &str, body: Markup) -> Markup {
    // The log-in of residents stands in the same quiet frame as that of staff, in the portal's sizes.
    shell::public(view, &Page { alone: true, ..Page::new(view.say(title)) }, body)
}

fn phone_form(view: &View, state: &FormState, to: &str) -> Markup {
    let field = state
        .field("phone", view.say("people-phone"))
        .hint(view.say("people-r-phone-hint"))
        .autocomplete("tel")
        .autofocus();
    let body = html! {
        form method="post" action="/r/login" novalidate data-main {
            (error_summary(&view.words, state.problems())) (csrf(view))
            input type="hidden" name="to" value=(to);
            (phone(&view.words, &field))
            div class="form-acts" { (button(&Button::main(&view.say("people-r-send")).block())) }
        }
        p class="small muted mt-4" { (view.say("people-r-other-ways")) }
    };
    frame(view, "people-r-login", body)
}

fn code_form(view: &View, state: &FormState, number: &str, to: &str) -> Markup {
    let masked = number.parse::<Phone>().map(|phone| phone.masked()).unwrap_or_default();
    let field = state
        .field("code", view.say("people-r-code"))
        .hint(view.say("people-r-code-hint"))
        .autocomplete("one-time-code")
        .autofocus();
    let body = html! {
        p class="mb-3" { (view.words.with("people-r-sent", &[("phone", masked.into())])) }
        form method="post" action="/r/login/code" novalidate data-main {
            (error_summary(&view.words, state.problems())) (csrf(view))
            input type="hidden" name="to" value=(to);
            input type="hidden" name="phone" value=(number);
            (text(&view.words, &field.secret()))
            div class="form-acts" { (button(&Button::main(&view.say("people-log-in")).block())) }
        }
        form class="mt-4" method="post" action="/r/login" {
            (csrf(view)) input type="hidden" name="to" value=(to); input type="hidden" name="phone" value=(number);
            (button(&Button::quiet(&view.say("people-r-again"))))
        }
        p class="small mt-2" { a href="/r/login" { (view.say("people-r-other-number")) } }
    };
    frame(view, "people-r-code-title", body)
}

fn number(text: &str) -> Result<Phone, Error> {
    let phone: Phone = text.parse().map_err(|_| Error::Invalid(vec![FieldError::new("phone", "phone_unreadable")]))?;
    if phone.is_mobile() { Ok(phone) } else { Err(Error::Invalid(vec![FieldError::new("phone", "phone_no_mobile")])) }
}

async fn send(ask: Ask) -> Answer {
    let sent: Sent = ask.form()?;
    let browser = ask.cookie(BROWSER_COOKIE).unwrap_or_else(proof::new_browser);
    match queue(&ask, &sent, &browser).await {
        Ok(phone) => {
            let view = ask.view().await?;
            let answer = page_of(StatusCode::OK, code_form(&view, &FormState::default(), phone.dial(), &sent.to));
            Ok(cookies::give(answer, BROWSER_COOKIE, &browser, Some(DAY / 1000)))
        }
        Err(error @ (Error::Refused(_) | Error::Invalid(_))) => {
            let view = ask.view().await?;
            let state = forms::refused(&view, FormState::default().value("phone", &sent.phone), &error);
            Ok(page_of(Verdict::of(&error).status, phone_form(&view, &state, &sent.to)))
        }
        Err(error) => Err(error),
    }
}

/// The site whose home has the phone, or invites it; `None` for a number that no home knows.
async fn payer(house: &House, phone: &Phone) -> Result<Option<SiteId>, Error> {
    let mut read = house.read(&access::system_company("log-in")).await?;
    let (now, today) = (read.now(), Zone::default().day(read.now()));
    let sql = "SELECT o.site AS value FROM phones f JOIN occupancies o ON o.party = f.party WHERE {scope:o} AND f.phone = $1 AND o.from_day <= $2 \
               AND (o.to_day IS NULL OR o.to_day > $2) UNION SELECT b.site FROM bindings b WHERE {scope:b} AND b.phone = $1 AND b.state = 'open' \
               AND b.ends >= $3 ORDER BY value LIMIT 1";
    read.opt(sql, (phone.clone(), today, now)).await
}

async fn queue(ask: &Ask, sent: &Sent, browser: &str) -> Result<Phone, Error> {
    let phone = number(&sent.phone)?;
    let words = ask.words();
    let payer = payer(ask.house(), &phone).await?;
    let mut tx = ask.begin().await?;
    let tie = Tie { phone: &phone, purpose: PURPOSE, browser };
    codes::send(&mut tx, payer, &tie, |code| words.with("people-sms-code", &[("code", code.into())])).await?;
    tx.commit().await?;
    Ok(phone)
}

async fn check(ask: Ask) -> Answer {
    let sent: Sent = ask.form()?;
    match prove(&ask, &sent).await {
        Ok((phone, browser, party)) => welcome(&ask, &sent, &phone, &browser, party).await,
        Err(error @ (Error::Refused(_) | Error::Invalid(_))) => {
            let view = ask.view().await?;
            let state = forms::refused(&view, FormState::default(), &error);
            Ok(page_of(Verdict::of(&error).status, code_form(&view, &state, &sent.phone, &sent.to)))
        }
        Err(error) => Err(error),
    }
}

/// The phone, the browser's new cookie, and whose account the phone opens. Errors: `WrongCode`.
async fn prove(ask: &Ask, sent: &Sent) -> Result<(Phone, String, Option<PartyId>), Error> {
    let phone = number(&sent.phone)?;
    let browser = ask.cookie(BROWSER_COOKIE).ok_or(WrongCode)?;
    let code: String = sent.code.chars().filter(char::is_ascii_digit).collect();
    let tie = Tie { phone: &phone, purpose: PURPOSE, browser: &browser };
    let fresh = proof::new_browser();
    let mut tx = ask.begin().await?;
    let right = codes::check(&mut tx, &tie, &code).await?;
    let party = if right {
        codes::move_to(&mut tx, &tie, &fresh).await?;
        staff::by_phone(&mut tx, &phone).await?
    } else {
        None
    };
    let act = if right { "code.right" } else { "code.wrong" };
    tx.note(None, act, "code", serde_json::Value::Null, serde_json::json!({ "phone": phone.masked() }));
    tx.commit().await?;
    if right { Ok((phone, fresh, party)) } else { Err(WrongCode.into()) }
}

async fn welcome(ask: &Ask, sent: &Sent, phone: &Phone, browser: &str, party: Option<PartyId>) -> Answer {
    let invited = !invitation::of_phone(ask.house(), phone).await?.is_empty();
    let Some(party) = party else {
        let answer = see_other(if invited { invited::PATH } else { "/r/bind" });
        let answer = cookies::give(answer, PHONE_COOKIE, &proof::seal(ask.house(), phone), Some(1800));
        return Ok(cookies::give(answer, BROWSER_COOKIE, browser, Some(DAY / 1000)));
    };
    let to = match there(&sent.to) {
        "/r" if invited => invited::PATH,
        to => to,
    };
    let answer = signed_in(ask, party, see_other(to)).await?;
    Ok(cookies::give(answer, BROWSER_COOKIE, browser, Some(DAY / 1000)))
}

/// Opens a resident's session and puts its cookie on `answer`.
pub(super) async fn signed_in(ask: &Ask, party: PartyId, answer: Response) -> Answer {
    let device = cookies::device(&ask.headers);
    let mut tx = ask.begin().await?;
    if let (true, Some(old), Some(session)) = (ask.caller.is_resident(), ask.caller.party(), ask.caller.session) {
        match access::end_session(&mut tx, old, session).await {
            // A phone that moved to another person has ended it already.
            Ok(()) | Err(Error::Missing) => {}
            Err(cause) => return Err(cause),
        }
    }
    let new =
        NewSession { party, face: "resident", device: &device, idle: IDLE, longest: LONGEST, second_factor: false };
    let secret = access::open_session(&mut tx, &new).await?;
    tx.commit().await?;
    Ok(cookies::give(cookies::take(answer, PHONE_COOKIE), RESIDENT_COOKIE, &secret, Some(LONGEST / 1000)))
}

async fn log_out(ask: Ask) -> Answer {
    let (Some(party), Some(session)) = (ask.caller.party(), ask.caller.session) else { return Err(Error::Missing) };
    let mut tx = ask.begin().await?;
    access::end_session(&mut tx, party, session).await?;
    tx.commit().await?;
    Ok(cookies::take(see_other("/r/login"), RESIDENT_COOKIE))
}
