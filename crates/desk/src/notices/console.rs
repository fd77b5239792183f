//! What was published: the list, one notice with whom it reached, the list for those it did not.

use axum::http::StatusCode;
use kernel::{
    Right, Site,
    notices::{self, Audience, Notice, NoticeId, NoticeKind, Reach, ReadBy},
};
use maud::{Markup, html};
use serde::Deserialize;
use web::{
    Answer, Ask, Page, View,
    parts::{self, BadgeState, Button, Column, Row, Table},
    see_other, shell,
};

use super::store::{self, Spot};

#[derive(Deserialize)]
pub(super) struct Filter {
    #[serde(default)]
    kind: String,
}

pub(super) async fn list(ask: Ask) -> Answer {
    let site = ask.site()?;
    let kind: Option<NoticeKind> = ask.query::<Filter>()?.kind.parse().ok();
    let mut read = ask.read().await?;
    let all = notices::list(&mut read, site.id, kind).await?;
    let counts = notices::read_by(&mut read, site.id, &all).await?;
    drop(read);
    let view = ask.view().await?;
    let base = format!("/c/{}/notices", site.code);
    let new = format!("{base}/new");
    let acts = ask.may(Right::NoticePublish).then(|| {
        let word = view.say("desk-notice-new");
        parts::link_button(&Button::main(&word).icon("plus").key("c"), &new)
    });
    let body = html! {
        (parts::views(&view, &kind_tabs(&view, &base, kind), None))
        div #notices data-live-part="notices" {
            @if all.is_empty() {
                (parts::nothing_yet(&view.say("desk-notice-none"), &view.say("desk-notice-none-why"), acts.is_some().then(|| (view.say("desk-notice-new"), new.clone()))))
            } @else { (table(&view, &base, &all, &counts)) }
        }
    };
    let page = Page { acts, ..Page::new(view.say("desk-notices")) };
    Ok(web::html(StatusCode::OK, shell::page(&view, &page, body)))
}

fn kind_tabs(view: &View, base: &str, current: Option<NoticeKind>) -> Vec<parts::ViewTab> {
    let tab =
        |label: String, href: String, current: bool| parts::ViewTab { label, href, count: None, late: false, current };
    let mut tabs = vec![tab(view.say("desk-notice-all"), base.to_string(), current.is_none())];
    tabs.extend(
        NoticeKind::ALL.into_iter().map(|kind| {
            tab(view.say(&kind_word(kind)), format!("{base}?kind={}", kind.as_str()), current == Some(kind))
        }),
    );
    tabs
}

pub(super) fn kind_word(kind: NoticeKind) -> String {
    format!("desk-notice-kind-{}", kind.as_str())
}

fn table(view: &View, base: &str, all: &[Notice], counts: &[ReadBy]) -> Markup {
    let columns = [
        "desk-notice-title",
        "desk-notice-kind",
        "desk-notice-state",
        "desk-notice-read-reachable",
        "desk-notice-published",
        "desk-notice-by",
    ];
    let columns = columns.iter().enumerate().map(|(index, word)| {
        let column = Column::new(view.say(word));
        if index == 0 { column.wide() } else { column.width(120) }
    });
    let rows = all.iter().zip(counts).map(|(notice, counted)| Row {
        cells: vec![
            html! { a.main href={ (base) "/" (notice.id) } { (notice.title) } },
            html! { (parts::tag(&view.say(&kind_word(notice.kind)))) },
            state(view, notice),
            html! { span.num { (read_of(view, *counted)) } },
            html! { span.num.muted.small { (view.formats.when(notice.published)) } },
            html! { (notice.by.clone().unwrap_or_default()) },
        ],
        ..Row::default()
    });
    let table = Table {
        caption: view.say("desk-notices"),
        columns: columns.collect(),
        rows: rows.collect(),
        ..Table::default()
    };
    parts::table(&view.words, &table)
}

/// 已读 3 / 可达 12
fn read_of(view: &View, counted: ReadBy) -> String {
    let (read, reachable) = (view.formats.number(counted.read), view.formats.number(counted.reachable));
    view.words.with("desk-notice-read-of", &[("read", read.into()), ("reachable", reachable.into())])
}

/// Running, planned, ended; a notice that is no outage has no state.
pub(super) fn state(view: &View, notice: &Notice) -> Markup {
    match (notice.kind, notice.ended) {
        (NoticeKind::Outage, Some(at)) => parts::badge(
            BadgeState::Done,
            &view.words.with("desk-outage-ended", &[("at", view.formats.when(at).into())]),
        ),
        (NoticeKind::Outage, None) if notice.starts > view.formats.now => {
            parts::badge(BadgeState::Todo, &view.say("desk-outage-planned"))
        }
        (NoticeKind::Outage, None) => parts::badge(BadgeState::Late, &view.say("desk-outage-running")),
        _ => html! {},
    }
}

pub(super) async fn show(ask: Ask) -> Answer {
    let site = ask.site()?.clone();
    let id: NoticeId = ask.param("id")?;
    let mut read = ask.read().await?;
    let notice = notices::by_id(&mut read, id).await?;
    let reach = notices::reach(&mut read, site.id, &notice.audience, Some(id)).await?;
    let spots = store::spots(&mut read, site.id).await?;
    drop(read);
    let view = ask.view().await?;
    let base = format!("/c/{}/notices", site.code);
    let acts = (ask.may(Right::NoticePublish) && notice.is_running(view.formats.now)).then(|| {
        let word = view.say("desk-outage-end");
        parts::act_form(&view, &format!("{base}/{id}/end"), &ask.fresh_key(), &Button::main(&word).icon("check"))
    });
    let page = Page {
        acts,
        ..Page::new(notice.title.clone()).badge(state(&view, &notice)).crumb(view.say("desk-notices"), base.clone())
    };
    let list = ask.may(Right::NoticePublish).then(|| format!("{base}/{}/not-reached", notice.id));
    let body = parts::split(text_of(&notice), facts(&view, &site, &notice, &spots, (reach, list)));
    Ok(web::html(StatusCode::OK, shell::page(&view, &page, body)))
}

fn text_of(notice: &Notice) -> Markup {
    html! { div.stack.read { @for line in notice.body.lines() { p { (line) } } } }
}

/// Who was reached; the list of the others is for who publishes.
fn facts(view: &View, site: &Site, notice: &Notice, spots: &[Spot], (reach, list): (Reach, Option<String>)) -> Markup {
    let said = |word: &str| view.say(word);
    let mut pairs = vec![
        (said("desk-notice-kind"), html! { (view.say(&kind_word(notice.kind))) }),
        (said("desk-notice-audience"), html! { (audience(view, site, &notice.audience, spots)) }),
        (said("desk-notice-published"), html! { (view.formats.when(notice.published)) }),
        (said("desk-notice-by"), html! { (notice.by.clone().unwrap_or_default()) }),
        (said("desk-notice-starts"), html! { (view.formats.when(notice.starts)) }),
    ];
    if let Some(end) = notice.planned_end {
        pairs.push((said("desk-notice-planned-end"), html! { (view.formats.when(end)) }));
    }
    pairs.push((said("desk-notice-people"), html! { (view.formats.number(reach.people)) }));
    pairs.push((said("desk-notice-reachable"), html! { (view.formats.number(reach.reachable)) }));
    pairs.push((said("desk-notice-read"), html! { (view.formats.ratio(reach.read, reach.reachable)) }));
    let word = said("desk-notice-not-reached");
    let more = list.as_deref().map(|list| (word.as_str(), list));
    parts::aside_section(&said("desk-notice-reached"), more, parts::facts(&pairs))
}

fn audience(view: &View, site: &Site, audience: &Audience, spots: &[Spot]) -> String {
    let places = audience.buildings.iter().chain(&audience.stairs);
    let mut named: Vec<String> =
        places.filter_map(|id| spots.iter().find(|spot| spot.id == *id)).map(|spot| spot.label(view, site)).collect();
    if named.is_empty() {
        named.push(view.say("desk-notice-everybody"));
    }
    named.extend(
        audience.roles.iter().map(|role| view.say(&format!("desk-home-role-{}", role.as_str().replace('_', "-")))),
    );
    named.join(" · ")
}

pub(super) async fn end(ask: Ask) -> Answer {
    let id: NoticeId = ask.param("id")?;
    let mut tx = ask.begin().await?;
    notices::end(&mut tx, id).await?;
    tx.commit().await?;
    Ok(see_other(&format!("/c/{}/notices/{id}", ask.site()?.code)))
}

/// For printing: those the portal did not reach, by home.
pub(super) async fn not_reached(ask: Ask) -> Answer {
    let site = ask.site()?.clone();
    let mut read = ask.read().await?;
    let notice = notices::by_id(&mut read, ask.param("id")?).await?;
    let people = notices::not_reached(&mut read, &notice).await?;
    drop(read);
    let view = ask.view().await?;
    let columns = vec![
        Column::new(view.say("desk-notice-home")).width(140),
        Column::new(view.say("desk-notice-person")).wide(),
        Column::new(view.say("desk-notice-told")).width(160),
    ];
    let rows = people.iter().map(|person| Row {
        cells: vec![parts::plate(&person.home), html! { (person.name) }, html! {}],
        ..Row::default()
    });
    let table =
        Table { caption: view.say("desk-notice-not-reached"), columns, rows: rows.collect(), ..Table::default() };
    let page = Page::new(view.say("desk-notice-not-reached"))
        .crumb(notice.title.clone(), format!("/c/{}/notices/{}", site.code, notice.id));
    Ok(web::html(StatusCode::OK, shell::page(&view, &page, parts::table(&view.words, &table))))
}
