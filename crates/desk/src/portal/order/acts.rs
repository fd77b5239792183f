//! What a reporter may do to their order: each act is a plain form, offered while the rules allow it.

use axum::http::StatusCode;
use kernel::{
    Error, House, SiteId,
    evidence::{self, NewEvidence},
    orders::{self, Noun, Number, Order, OrderView},
};
use maud::{Markup, html};
use serde::Deserialize;
use values::Id;
use web::{
    Answer, Ask, View,
    parts::{self, Button, Choice, FormState},
    shell,
};

use super::{next, page};
use crate::{
    case::may,
    portal::{paths, report},
};

const MOST_PHOTOS: u8 = 6;

/// One idempotency key for each form of the page.
pub(super) struct Keys(String);

impl Keys {
    pub fn new(ask: &Ask) -> Self {
        Self(ask.fresh_key())
    }
    fn of(&self, noun: &str) -> String {
        format!("{}-{noun}", self.0)
    }
}

/// What is waited for from the customer: the verdict, then the rating.
pub(super) fn awaited(view: &View, case: &OrderView, state: &FormState, keys: &Keys) -> Markup {
    html! {
        @if may(case, Noun::Verdict) { (verdict_form(view, case, state, keys)) }
        @if may(case, Noun::Rating) && my_stars(case).is_none() { (rating_form(view, case, state, keys)) }
        @if let Some(stars) = my_stars(case) { p class="small muted gap" { (view.words.with("desk-portal-rated", &[("n", stars.into())])) } }
    }
}

/// What this order offers beside that, at any time.
pub(super) fn forms(view: &View, case: &OrderView, state: &FormState, keys: &Keys) -> Markup {
    html! {
        (say_form(view, case, state, keys))
        section class="card stack gap" aria-label=(view.say("desk-portal-more-acts")) {
            @if let Some(number) = &view.duty_phone { a class="btn btn-block" href={ "tel:" (number.replace([' ', '-'], "")) } { (shell::icon("phone")) (view.say("desk-portal-call")) } }
            @if may(case, Noun::Chase) { (plain(view, case, keys, "chase", &Button::new(&view.say("desk-portal-chase")).icon("bell").block())) }
            @if may(case, Noun::Cancellation) { (asked(view, case, keys, state, "cancellation", true)) }
            @if may(case, Noun::Reopening) { (asked(view, case, keys, state, "reopening", false)) }
        }
    }
}

fn form(view: &View, case: &OrderView, keys: &Keys, noun: &str, fields: Markup) -> Markup {
    html! {
        form method="post" action=(paths::act(case.order.number, noun)) novalidate data-draft={ "r-" (noun) } { (parts::csrf(view)) (parts::once(&keys.of(noun))) (fields) }
    }
}

fn plain(view: &View, case: &OrderView, keys: &Keys, noun: &str, button: &Button<'_>) -> Markup {
    form(view, case, keys, noun, parts::button(button))
}

/// An act that says why; behind its own fold, so that it is not pressed by mistake.
fn asked(view: &View, case: &OrderView, keys: &Keys, state: &FormState, noun: &str, optional: bool) -> Markup {
    let field = state.field("reason", view.say(&format!("desk-portal-why-{noun}"))).rows(2);
    let field = if optional { field.optional() } else { field };
    let act = view.say(&format!("desk-portal-do-{noun}"));
    html! {
        details {
            summary class="btn btn-block" { (view.say(&format!("desk-portal-open-{noun}"))) }
            div class="mt-3" { (form(view, case, keys, noun, html! { (parts::text_area(&view.words, &field)) div class="form-acts mt-3" { (parts::button(&Button::main(&act).block())) } })) }
        }
    }
}

/// A customer's view holds their own line of the reporters only.
fn my_stars(case: &OrderView) -> Option<i64> {
    case.reporters.iter().find_map(|one| one.stars)
}

/// The words that are to be judged.
fn last_answer(case: &OrderView) -> Option<&str> {
    case.order.own.answered()?;
    case.thread.iter().rev().find(|entry| entry.act == "answer").and_then(|entry| entry.body.as_deref())
}

/// 验收: yes is one tap; no asks what is still wrong.
fn verdict_form(view: &View, case: &OrderView, state: &FormState, keys: &Keys) -> Markup {
    let of_kind =
        |word: &str| view.say(&format!("desk-portal-{word}{}", if next::is_talk(case) { "-talk" } else { "" }));
    let words = state.field("text", view.say("desk-portal-still-wrong")).rows(3);
    html! {
        section class="card card-main gap" {
            h2 { (of_kind("verdict")) }
            @if let Some(answer) = last_answer(case) { p class="say mt-2" { (answer) } }
            p class="small mt-1 mb-3" { (of_kind("verdict-how")) }
            (form(view, case, keys, "verdict", html! {
                input type="hidden" name="satisfied" value="yes";
                (parts::button(&Button::main(&view.say("desk-portal-satisfied")).icon("check").block()))
            }))
            details class="mt-3" open[!state.problems().is_empty()] {
                summary class="btn btn-block" { (view.say("desk-portal-unsatisfied")) }
                div class="mt-3" { (form(view, case, &Keys(keys.of("no")), "verdict", html! {
                    input type="hidden" name="satisfied" value="no";
                    (parts::text_area(&view.words, &words))
                    div class="form-acts mt-3" { (parts::button(&Button::danger(&of_kind("send-back")).block())) }
                })) }
            }
        }
    }
}

/// 评价: one to five, words optional; nobody has to.
fn rating_form(view: &View, case: &OrderView, state: &FormState, keys: &Keys) -> Markup {
    let field = state.field("stars", view.say("desk-portal-stars"));
    let stars: Vec<Choice> = (1..=5).map(|n| Choice::new(n.to_string(), n.to_string())).collect();
    html! {
        section class="card" {
            h2 class="mb-3" { (view.say("desk-portal-rate")) span class="muted small regular" { " " (view.say("desk-portal-rate-optional")) } }
            (form(view, case, keys, "rating", html! {
                fieldset class="field-f" role="radiogroup" {
                    legend class="label" { (field.label) }
                    div class="stars" { @for star in &stars {
                        label class="pick" { input type="radio" name="stars" value=(star.value) checked[field.value == star.value]; span { (star.label) } }
                    } }
                    @if let Some(error) = &field.error { p class="error" { (error) } }
                }
                (parts::text_area(&view.words, &state.field("words", view.say("desk-portal-rate-words")).rows(2).optional()))
                div class="form-acts mt-3" { (parts::button(&Button::new(&view.say("desk-portal-do-rate")).icon("star").block())) }
            }))
        }
    }
}

fn say_form(view: &View, case: &OrderView, state: &FormState, keys: &Keys) -> Markup {
    html! {
        section class="card gap" id="say" {
            (form(view, case, keys, "messages", html! {
                (parts::text_area(&view.words, &state.field("message", view.say("desk-portal-say")).rows(2)))
                (parts::photos(&view.words, &state.field("photos", view.say("desk-portal-photos")).optional(), "/api/v1/evidence", MOST_PHOTOS))
                div class="form-acts mt-3" { (parts::button(&Button::new(&view.say("desk-portal-do-say")).icon("send").block())) }
            }))
            noscript { (plain_photos(view, case, keys)) }
        }
    }
}

/// Without scripts photos go the browser's own way.
fn plain_photos(view: &View, case: &OrderView, keys: &Keys) -> Markup {
    html! {
        form class="mt-4" method="post" enctype="multipart/form-data" action=(paths::act(case.order.number, "photos")) {
            (parts::csrf(view)) (parts::once(&keys.of("photos")))
            (parts::file(&view.words, &parts::Field::new("file", view.say("desk-portal-photo-file")), "image/jpeg,image/png,image/webp"))
            div class="form-acts mt-3" { (parts::button(&Button::new(&view.say("desk-portal-do-photo")).block())) }
        }
    }
}

/// What any of the forms may send.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Sent {
    satisfied: String,
    text: String,
    stars: String,
    words: String,
    reason: String,
    message: String,
}

/// The order of the address, if it is the caller's.
async fn own(ask: &Ask) -> Result<Id<Order>, Error> {
    let mut read = ask.read().await?;
    page::own(ask, &mut read).await
}

/// Back to the order, saying what was done; or the page with what is wrong.
async fn answer(ask: Ask, done: Result<(), Error>, said: &str) -> Answer {
    let number: Number = ask.param("number")?;
    match done {
        Ok(()) => Ok(web::done(&paths::order(number), &ask.words().say(said))),
        Err(error) => {
            let state = ask.mend(error)?;
            page::again(ask, StatusCode::UNPROCESSABLE_ENTITY, state).await
        }
    }
}

/// One act of a reporter: looks the order up, runs the verb once, answers.
macro_rules! act {
    ($(#[$doc:meta])* $name:ident, $said:literal, |$tx:ident, $id:ident, $sent:ident, $ask:ident| $work:expr) => {
        $(#[$doc])*
        pub(in crate::portal) async fn $name($ask: Ask) -> Answer {
            let $sent: Sent = $ask.form()?;
            let $id = own(&$ask).await?;
            let ask = &$ask;
            let done = async {
                web::once!(ask, $tx => $work.await.map(|_| ())?);
                Ok(())
            };
            let done = done.await;
            answer($ask, done, $said).await
        }
    };
}

act!(
    /// `POST /r/orders/{number}/verdict`
    verdict, "desk-portal-said-verdict", |tx, id, sent, ask| async {
        if sent.satisfied != "yes" && sent.text.trim().is_empty() {
            return Err(Error::Invalid(vec![kernel::FieldError::new("text", "verdict_words_missing")]));
        }
        orders::verdict(&mut tx, id, sent.satisfied == "yes", &sent.text).await
    }
);
act!(
    /// `POST /r/orders/{number}/rating`
    rate, "desk-portal-said-rating", |tx, id, sent, ask| orders::rate(&mut tx, id, sent.stars.parse().unwrap_or(0), &sent.words)
);
act!(
    /// `POST /r/orders/{number}/reopening`
    reopen, "desk-portal-said-reopening", |tx, id, sent, ask| async {
        if sent.reason.trim().is_empty() {
            return Err(orders::Refusal::ReasonMissing.into());
        }
        orders::reopen(&mut tx, id, &sent.reason).await
    }
);
act!(
    /// `POST /r/orders/{number}/cancellation`
    cancel, "desk-portal-said-cancellation", |tx, id, sent, ask| orders::cancel(&mut tx, id, &sent.reason, true)
);
act!(
    /// `POST /r/orders/{number}/chase`
    chase, "desk-portal-said-chase", |tx, id, sent, ask| orders::chase(&mut tx, id, &sent.words)
);
act!(
    /// `POST /r/orders/{number}/messages`
    message, "desk-portal-said-message", |tx, id, sent, ask| async {
        let message = orders::Message { visible: true, text: sent.message.clone(), evidence: report::photos(&ask)? };
        orders::message(&mut tx, id, &message).await.map_err(beside_message)
    }
);

/// The verb says `text`; here the field is called `message`, because the page has two fields for words.
fn beside_message(error: Error) -> Error {
    match error {
        Error::Invalid(mut fields) => {
            for field in fields.iter_mut().filter(|field| field.field == "text") {
                field.field = "message".into();
            }
            Error::Invalid(fields)
        }
        other => other,
    }
}

/// `POST /r/orders/{number}/photos`: a photo from a browser without scripts.
pub(in crate::portal) async fn photograph(ask: Ask) -> Answer {
    let id = own(&ask).await?;
    let site = site_of(&ask, id).await?;
    let number: Number = ask.param("number")?;
    let upload = ask.upload().await?;
    let file =
        upload.files.first().ok_or_else(|| Error::Invalid(vec![kernel::FieldError::new("file", "photo_missing")]))?;
    let received = evidence::receive(house(&ask), &file.path).await?;
    let mut tx = ask.begin().await?;
    let new = NewEvidence {
        site,
        kind: evidence::Kind::Photo,
        subject: None,
        visible: true,
        device_at: None,
        note: None,
        operation: None,
    };
    let photo = evidence::add(&mut tx, &received, &new).await?;
    orders::message(&mut tx, id, &orders::Message { visible: true, text: String::new(), evidence: vec![photo] })
        .await?;
    tx.commit().await?;
    Ok(web::done(&paths::order(number), &ask.words().say("desk-portal-said-message")))
}

fn house(ask: &Ask) -> &House {
    ask.house()
}

async fn site_of(ask: &Ask, id: Id<Order>) -> Result<SiteId, Error> {
    let mut read = ask.read().await?;
    read.one("SELECT site AS value FROM orders WHERE id = $1 AND {scope}", (id,)).await
}
