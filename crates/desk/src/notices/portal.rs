use axum::http::StatusCode;
use kernel::{
    Error,
    notices::{self, Notice, NoticeId},
};
use maud::{Markup, html};
use web::{
    Answer, Ask, Page, View,
    parts::{self, Button},
    see_other, shell,
};

use super::console::{kind_word, state};

async fn mine(ask: &Ask) -> Result<Vec<Notice>, Error> {
    let party = ask.caller.party().ok_or(Error::Denied)?;
    let mut read = ask.read().await?;
    notices::at_home(&mut read, party).await
}

pub(super) async fn list(ask: Ask) -> Answer {
    let all = mine(&ask).await?;
    let view = ask.view().await?;
    let body = html! {
        @if all.is_empty() { (parts::nothing_yet(&view.say("desk-notice-none"), &view.say("desk-notice-none-home"), None)) }
        @for notice in &all { (line(&view, notice)) }
    };
    Ok(web::html(StatusCode::OK, shell::page(&view, &Page::new(view.say("desk-notices")), body)))
}

/// One notice in a list of the portal.
pub fn line(view: &View, notice: &Notice) -> Markup {
    let unread = if notice.read_at.is_none() { view.say("desk-notice-unread") } else { String::new() };
    let below = format!("{} · {} {}", view.say(&kind_word(notice.kind)), view.formats.when(notice.published), unread);
    parts::item(&notice.title, below.trim_end(), &format!("/r/notices/{}", notice.id))
}

pub(super) async fn show(ask: Ask) -> Answer {
    let id: NoticeId = ask.param("id")?;
    let notice = mine(&ask).await?.into_iter().find(|notice| notice.id == id).ok_or(Error::Missing)?;
    let view = ask.view().await?;
    let known = view.say("desk-notice-known");
    let body = html! {
        (parts::card(html! {
            p.small.muted { (view.say(&kind_word(notice.kind))) " · " (view.formats.when(notice.published)) }
            div.stack.read { @for line in notice.body.lines() { p { (line) } } }
            @if let Some(end) = notice.planned_end { p { (view.words.with("desk-notice-until", &[("at", view.formats.when(end).into())])) } }
        }))
        @if notice.read_at.is_none() {
            (parts::act_form(&view, &format!("/r/notices/{id}/reading"), &ask.fresh_key(), &Button::main(&known).icon("check").block()))
        }
    };
    let page =
        Page::new(notice.title.clone()).badge(state(&view, &notice)).crumb(view.say("desk-notices"), "/r/notices");
    Ok(web::html(StatusCode::OK, shell::page(&view, &page, body)))
}

pub(super) async fn read(ask: Ask) -> Answer {
    let id: NoticeId = ask.param("id")?;
    let mut tx = ask.begin().await?;
    notices::read(&mut tx, id).await?;
    tx.commit().await?;
    Ok(see_other("/r/notices"))
}
