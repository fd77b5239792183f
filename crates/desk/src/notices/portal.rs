use axum::http::StatusCode;
use kernel::{
    Error,
    notices::{self, Notice, NoticeId, NoticeKind},
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
    let at = hours(view, notice).unwrap_or_else(|| view.formats.when(notice.published));
    let below = format!("{} · {at} {unread}", view.say(&kind_word(notice.kind)));
    parts::item(&notice.title, below.trim_end(), &format!("/r/notices/{}", notice.id))
}

/// `12:00 到 16:00`, of an outage: from when, and until when it is planned or when it ended.
pub fn hours(view: &View, notice: &Notice) -> Option<String> {
    if notice.kind != NoticeKind::Outage {
        return None;
    }
    let (formats, from) = (&view.formats, view.formats.moment(notice.starts));
    let Some(end) = notice.ended.or(notice.planned_end) else {
        return Some(view.words.with("desk-outage-from", &[("from", from.into())]));
    };
    let same_day = formats.zone.day(end) == formats.zone.day(notice.starts);
    let to = if same_day { formats.time(end) } else { formats.moment(end) };
    Some(view.words.with("desk-outage-hours", &[("from", from.into()), ("to", to.into())]))
}

pub(super) async fn show(ask: Ask) -> Answer {
    let id: NoticeId = ask.param("id")?;
    let notice = mine(&ask).await?.into_iter().find(|notice| notice.id == id).ok_or(Error::Missing)?;
    let view = ask.view().await?;
    let known = view.say("desk-notice-known");
    let body = html! {
        (parts::card(html! {
            p.small.muted { (view.say(&kind_word(notice.kind))) " · " (view.formats.when(notice.published)) }
            @if let Some(hours) = hours(&view, &notice) { p.mt-2.mb-2 { b { (hours) } @if notice.ended.is_none() { " " (until(&view, &notice)) } } }
            @else if notice.planned_end.is_some() { p.mt-2.mb-2 { (until(&view, &notice)) } }
            div.stack.read { @for line in notice.body.lines() { p { (line) } } }
        }))
        @if notice.read_at.is_none() {
            (parts::act_form(&view, &format!("/r/notices/{id}/reading"), &ask.fresh_key(), &Button::main(&known).icon("check").block()))
        }
    };
    let page =
        Page::new(notice.title.clone()).badge(state(&view, &notice)).crumb(view.say("desk-notices"), "/r/notices");
    Ok(web::html(StatusCode::OK, shell::page(&view, &page, body)))
}

/// 预计 16:00 恢复, or that nobody knows yet.
fn until(view: &View, notice: &Notice) -> String {
    let word = if notice.kind == NoticeKind::Outage { "desk-outage-until" } else { "desk-notice-until" };
    match notice.planned_end {
        Some(end) => view.words.with(word, &[("at", view.formats.moment(end).into())]),
        None => view.say("desk-outage-open-end"),
    }
}

pub(super) async fn read(ask: Ask) -> Answer {
    let id: NoticeId = ask.param("id")?;
    let mut tx = ask.begin().await?;
    notices::read(&mut tx, id).await?;
    tx.commit().await?;
    Ok(see_other("/r/notices"))
}
