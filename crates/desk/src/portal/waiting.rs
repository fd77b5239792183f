//! A person who is not tied to a home yet: waiting for approval, or how to be tied.

use axum::http::StatusCode;
use db::{DbError, FromRow, Row};
use kernel::{Error, PartyId, Read};
use maud::{Markup, html};
use values::Moment;
use web::{
    Answer, Ask, Page, View,
    parts::{self, Button},
};

use super::{face, paths};

/// A request that the desk has not settled.
struct Request {
    code: String,
    made: Moment,
}

impl FromRow for Request {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        Ok(Self { code: row.get("code")?, made: row.get("made")? })
    }
}

/// Somebody without a home has no site in scope, so the row is found by who asked.
async fn open_requests(read: &mut Read, party: PartyId) -> Result<Vec<Request>, Error> {
    let sql = "SELECT p.code, b.made FROM bindings b JOIN places p ON p.id = b.place WHERE b.party = $1 AND b.kind = 'request' \
               AND b.state = 'waiting' ORDER BY b.made DESC, b.id";
    read.all(sql, (party,)).await
}

pub(super) async fn page(ask: Ask) -> Answer {
    let party = ask.caller.party().ok_or(Error::Denied)?;
    let mut read = ask.read().await?;
    let open = open_requests(&mut read, party).await?;
    drop(read);
    let view = ask.view().await?;
    let body = if open.is_empty() { how_to_bind(&view) } else { waiting(&view, &open) };
    face::show(StatusCode::OK, &view, &Page::new(view.say("desk-portal-no-home")), body)
}

fn waiting(view: &View, open: &[Request]) -> Markup {
    parts::phone_section(
        &view.say("desk-portal-waiting"),
        None,
        html! {
            @for request in open {
                p class="mt-2" { (parts::plate(&request.code)) " " (view.words.with("desk-portal-waiting-since", &[("at", view.formats.when(request.made).into())])) }
            }
            p class="small muted mt-2" { (view.say("desk-portal-waiting-next")) }
        },
    )
}

fn how_to_bind(view: &View) -> Markup {
    parts::phone_section(
        &view.say("desk-portal-bind"),
        None,
        html! {
            p class="mt-2 mb-3" { (view.say("desk-portal-bind-how")) }
            (parts::link_button(&Button::main(&view.say("desk-portal-bind-act")).icon("home").block(), paths::ME))
        },
    )
}
