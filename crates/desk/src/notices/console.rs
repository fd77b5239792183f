use axum::http::StatusCode;
use kernel::{
    Error, FieldError, Right,
    notices::{self, Audience, HomeRole, NewNotice, Notice, NoticeId, NoticeKind, Reach},
};
use maud::{Markup, html};
use serde::Deserialize;
use values::{Day, Moment, Zone};
use web::{
    Answer, Ask, Page, View,
    parts::{self, BadgeState, Button, Column, FormState, Row, Table},
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
                (parts::nothing_yet(&view.say("desk-notice-none"), &view.say("desk-notice-none-why"), Some((view.say("desk-notice-new"), new.clone()))))
            } @else { (table(&view, &base, &all)) }
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

fn table(view: &View, base: &str, all: &[Notice]) -> Markup {
    let columns =
        ["desk-notice-title", "desk-notice-kind", "desk-notice-state", "desk-notice-published", "desk-notice-by"];
    let columns = columns.iter().enumerate().map(|(index, word)| {
        let column = Column::new(view.say(word));
        if index == 0 { column.wide() } else { column.width(120) }
    });
    let rows = all.iter().map(|notice| Row {
        cells: vec![
            html! { a.main href={ (base) "/" (notice.id) } { (notice.title) } },
            html! { (parts::tag(&view.say(&kind_word(notice.kind)))) },
            state(view, notice),
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

pub(super) async fn new(ask: Ask) -> Answer {
    let view = ask.view().await?;
    let mut read = ask.read().await?;
    let spots = store::spots(&mut read, ask.site()?.id).await?;
    drop(read);
    let form = Draft {
        kind: NoticeKind::Notice,
        spots: Vec::new(),
        roles: Vec::new(),
        state: FormState::default(),
        reach: None,
    };
    Ok(web::html(StatusCode::OK, editor(&ask, &view, &spots, &form)?))
}

/// The form as it stands: what was typed, what was ticked, what came of counting.
struct Draft {
    kind: NoticeKind,
    spots: Vec<String>,
    roles: Vec<String>,
    state: FormState,
    reach: Option<Reach>,
}

fn editor(ask: &Ask, view: &View, spots: &[Spot], draft: &Draft) -> Result<Markup, Error> {
    let action = format!("/c/{}/notices", ask.site()?.code);
    let (words, form) = (&view.words, &draft.state);
    let fields = html! {
        fieldset.field-set { legend.label { (view.say("desk-notice-kind")) }
            div.row.wrap { @for kind in NoticeKind::ALL {
                label.row { input.radio type="radio" name="kind" value=(kind.as_str()) checked[kind == draft.kind]; (view.say(&kind_word(kind))) }
            } }
        }
        (parts::text(words, &form.field("title", view.say("desk-notice-title")).length(40)))
        (parts::text_area(words, &form.field("body", view.say("desk-notice-body")).rows(6)))
        (ticks(&view.say("desk-notice-places"), &view.say("desk-notice-places-hint"), "spot", &spot_choices(spots), &draft.spots))
        (ticks(&view.say("desk-notice-roles"), &view.say("desk-notice-roles-hint"), "role", &role_choices(view), &draft.roles))
        (parts::text(words, &form.field("starts", view.say("desk-notice-starts")).placeholder("2026-08-12 14:00").hint(view.say("desk-notice-starts-hint")).optional().length(18)))
        (parts::text(words, &form.field("planned_end", view.say("desk-notice-planned-end")).placeholder("2026-08-12 18:00").hint(view.say("desk-notice-end-hint")).optional().length(18)))
        (parts::text(words, &form.field("categories", view.say("desk-notice-categories")).hint(view.say("desk-notice-categories-hint")).optional().length(30)))
        @if let Some(reach) = draft.reach {
            (parts::note(parts::NoteKind::Info, html! { (words.with("desk-notice-reach", &[("people", reach.people.into()), ("reachable", reach.reachable.into())])) }))
        }
        div.row {
            @if draft.reach.is_some() { button.btn.btn-main type="submit" name="step" value="publish" { (view.say("desk-notice-publish")) } }
            button.btn type="submit" name="step" value="count" { (view.say("desk-notice-count")) }
        }
    };
    let body =
        parts::padded(html! { div.form-narrow { (parts::post_form(view, &action, &ask.fresh_key(), form, fields)) } });
    let page = Page::new(view.say("desk-notice-new")).crumb(view.say("desk-notices"), action.clone());
    Ok(shell::page(view, &page, body))
}

fn ticks(label: &str, hint: &str, name: &str, choices: &[(String, String)], ticked: &[String]) -> Markup {
    html! {
        fieldset.field-set { legend.label { (label) } p.hint { (hint) }
            div.row.wrap { @for (value, text) in choices {
                label.row { input.check type="checkbox" name=(name) value=(value) checked[ticked.contains(value)]; (text) }
            } }
        }
    }
}

fn spot_choices(spots: &[Spot]) -> Vec<(String, String)> {
    spots.iter().map(|spot| (spot.id.to_string(), spot.name.clone())).collect()
}

fn role_choices(view: &View) -> Vec<(String, String)> {
    HomeRole::ALL
        .into_iter()
        .map(|role| {
            (role.as_str().to_string(), view.say(&format!("desk-home-role-{}", role.as_str().replace('_', "-"))))
        })
        .collect()
}

/// `step=count` shows whom it would reach; `step=publish` publishes.
pub(super) async fn publish(ask: Ask) -> Answer {
    let site = ask.site()?.clone();
    let pairs = ask.pairs()?;
    let mut read = ask.read().await?;
    let spots = store::spots(&mut read, site.id).await?;
    drop(read);
    let mut draft = typed(&pairs);
    let new = match parse(&ask, &pairs, &spots) {
        Ok(new) => new,
        Err(error) => return again(&ask, &spots, Draft { state: ask.mend(error)?, ..draft }).await,
    };
    if ask.form_field("step").as_deref() != Some("publish") {
        let mut read = ask.read().await?;
        draft.reach = Some(notices::reach(&mut read, site.id, &new.audience, None).await?);
        drop(read);
        let view = ask.view().await?;
        return Ok(web::html(StatusCode::OK, editor(&ask, &view, &spots, &draft)?));
    }
    match publish_once(&ask, &new).await {
        Ok(id) => Ok(see_other(&format!("/c/{}/notices/{id}", site.code))),
        Err(error) => again(&ask, &spots, Draft { state: ask.mend(error)?, ..draft }).await,
    }
}

async fn publish_once(ask: &Ask, new: &NewNotice) -> Result<NoticeId, Error> {
    Ok(web::once!(ask, tx => notices::publish(&mut tx, new).await?).0)
}

async fn again(ask: &Ask, spots: &[Spot], draft: Draft) -> Answer {
    let view = ask.view().await?;
    Ok(web::html(StatusCode::UNPROCESSABLE_ENTITY, editor(ask, &view, spots, &draft)?))
}

fn all<'a>(pairs: &'a [(String, String)], name: &'a str) -> impl Iterator<Item = &'a str> {
    pairs.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.as_str())
}

fn typed(pairs: &[(String, String)]) -> Draft {
    let words = |name| all(pairs, name).map(ToString::to_string).collect();
    let kind = all(pairs, "kind").next().and_then(|kind| kind.parse().ok()).unwrap_or(NoticeKind::Notice);
    Draft { kind, spots: words("spot"), roles: words("role"), state: FormState::typed(pairs.to_vec()), reach: None }
}

fn parse(ask: &Ask, pairs: &[(String, String)], spots: &[Spot]) -> Result<NewNotice, Error> {
    let site = ask.site()?;
    let text = |name| all(pairs, name).next().unwrap_or("").trim().to_string();
    let zone = &site.zone;
    let mut checks = kernel::Checks::default();
    let mut moment = |name: &'static str| match text(name) {
        empty if empty.is_empty() => None,
        typed => read_moment(zone, &typed).or_else(|| {
            checks.add(FieldError::new(name, "moment_unreadable"));
            None
        }),
    };
    let (starts, planned_end) = (moment("starts"), moment("planned_end"));
    checks.done()?;
    let chosen: Vec<&Spot> =
        spots.iter().filter(|spot| all(pairs, "spot").any(|id| id == spot.id.to_string())).collect();
    let new = NewNotice {
        site: site.id,
        kind: text("kind").parse().unwrap_or(NoticeKind::Notice),
        title: text("title"),
        body: text("body"),
        audience: Audience {
            buildings: chosen.iter().filter(|spot| !spot.is_stair).map(|spot| spot.id).collect(),
            stairs: chosen.iter().filter(|spot| spot.is_stair).map(|spot| spot.id).collect(),
            roles: HomeRole::ALL
                .into_iter()
                .filter(|role| all(pairs, "role").any(|word| word == role.as_str()))
                .collect(),
        },
        starts: starts.unwrap_or(ask.house().now()),
        planned_end,
        categories: text("categories").split_whitespace().map(ToString::to_string).collect(),
    };
    notices::check(&new)?;
    Ok(new)
}

/// `2026-08-12 14:00`, also with a full-width colon or a `T`.
fn read_moment(zone: &Zone, typed: &str) -> Option<Moment> {
    let typed = typed.replace('：', ":").replace('T', " ");
    let (day, time) = typed.trim().split_once(' ')?;
    let (hour, minute) = time.trim().split_once(':')?;
    let (hour, minute): (i8, i8) = (hour.parse().ok()?, minute.get(..2)?.parse().ok()?);
    let fits = (0..24).contains(&hour) && (0..60).contains(&minute);
    fits.then_some(())?;
    Some(zone.at(day.parse::<Day>().ok()?, hour, minute))
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
    let body = parts::split(text_of(&notice), facts(&view, &base, &notice, &spots, reach));
    Ok(web::html(StatusCode::OK, shell::page(&view, &page, body)))
}

fn text_of(notice: &Notice) -> Markup {
    html! { div.stack.read { @for line in notice.body.lines() { p { (line) } } } }
}

fn facts(view: &View, base: &str, notice: &Notice, spots: &[Spot], reach: Reach) -> Markup {
    let said = |word: &str| view.say(word);
    let mut pairs = vec![
        (said("desk-notice-kind"), html! { (view.say(&kind_word(notice.kind))) }),
        (said("desk-notice-audience"), html! { (audience(view, &notice.audience, spots)) }),
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
    let more = (said("desk-notice-not-reached"), format!("{base}/{}/not-reached", notice.id));
    parts::aside_section(&said("desk-notice-reached"), Some((&more.0, &more.1)), parts::facts(&pairs))
}

fn audience(view: &View, audience: &Audience, spots: &[Spot]) -> String {
    let places = audience.buildings.iter().chain(&audience.stairs);
    let mut named: Vec<String> =
        places.filter_map(|id| spots.iter().find(|spot| spot.id == *id)).map(|spot| spot.name.clone()).collect();
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
