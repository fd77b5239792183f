//! Reporting on behalf of somebody, or what one sees on the round.

use axum::http::StatusCode;
use kernel::{
    Error, Right, Site,
    categories::{self, Category},
    orders::{self, Kind, Number},
};
use maud::{Markup, html};
use serde::Deserialize;
use web::{
    Answer, Ask, Page, View,
    i18n::Lang,
    parts::{self, Choice, FormState},
};

use super::Sent;
use crate::field::{face, paths, words};

const MOST_PHOTOS: u8 = 6;

#[derive(Default, Deserialize)]
struct Query {
    place: Option<String>,
}

pub(in crate::field) async fn report_form(ask: Ask) -> Answer {
    let place = ask.query::<Query>()?.place.unwrap_or_default();
    again(ask, StatusCode::OK, FormState::default().value("place", place)).await
}

/// What the form is made of, beside what was typed.
struct Offered {
    sites: Vec<Site>,
    tree: Vec<Category>,
    /// May report for somebody else; otherwise what they saw themselves.
    for_others: bool,
    /// Sees the order that it becomes.
    sees_orders: bool,
    key: String,
}

async fn again(mut ask: Ask, status: StatusCode, state: FormState) -> Answer {
    let mut read = ask.read().await?;
    let sites = face::sites(&mut read).await?;
    let tree = categories::all(&mut read, sites[0].id).await?;
    drop(read);
    let may = |right| sites.iter().any(|site| ask.caller.may(right, site.id));
    let (for_others, sees_orders) = (may(Right::OrderReport), may(Right::OrderRead));
    let offered = Offered { tree, for_others, sees_orders, key: ask.fresh_key(), sites };
    let view = face::view(&mut ask, &offered.sites[0]).await?;
    let dock = html! { button class="btn btn-main btn-block t-lg" type="submit" form="report" { (view.say("desk-field-do-report")) } };
    let page = Page::new(view.say("desk-field-report")).crumb(view.say("desk-field-today"), paths::TODAY).dock(dock);
    face::show(status, &view, &page, form(&view, &offered, &state))
}

/// The phone keeps it until it is sent, and makes the id of the order; without scripts it posts.
fn form(view: &View, offered: &Offered, state: &FormState) -> Markup {
    html! {
        form id="report" method="post" action=(paths::REPORT) novalidate data-draft="field-report" data-op="report" data-new
            data-title=(view.say("desk-field-report")) data-title-from="text" data-needs="text place" data-after=(paths::QUEUE)
            data-open=[offered.sees_orders.then_some("/f/orders/")] {
            (parts::error_summary(&view.words, state.problems()))
            (parts::csrf(view)) (parts::once(&offered.key))
            section class="card" { (what(view, offered, state)) }
            section class="card gap" { (seen(view, state)) }
            @if offered.for_others { section class="card gap" { (who(view, state)) } }
        }
    }
}

/// Where, and what kind of thing.
fn what(view: &View, offered: &Offered, state: &FormState) -> Markup {
    let say = |key: &str| view.say(key);
    let sites: Vec<Choice> = offered.sites.iter().map(|site| Choice::new(&*site.code, site.name.clone())).collect();
    let site = if state.get("site").is_empty() { &offered.sites[0].code } else { state.get("site") };
    let kinds: Vec<Choice> =
        Kind::ALL.iter().map(|kind| Choice::new(kind.as_str(), words::kind(view, *kind))).collect();
    let kind = if state.get("kind").is_empty() { Kind::Repair.as_str() } else { state.get("kind") };
    let english = view.words.lang() == Lang::En;
    let named = |leaf: &Category| (leaf.code.clone(), if english { leaf.en.clone() } else { leaf.zh.clone() });
    let leaves: Vec<(String, String)> = std::iter::once((String::new(), say("desk-field-form-category-none")))
        .chain(offered.tree.iter().filter(|leaf| leaf.leaf).map(named))
        .collect();
    html! {
        @if sites.len() > 1 { (parts::chips(&view.words, &state.field("site", say("desk-field-form-site")).value(site), &sites)) }
        (parts::text(&view.words, &state.field("place", say("desk-field-form-place")).hint(say("desk-field-form-place-hint")).length(20)))
        (parts::chips(&view.words, &state.field("kind", say("desk-field-form-kind")).value(kind), &kinds))
        (parts::select(&view.words, &state.field("category", say("desk-field-form-category")), &leaves))
    }
}

fn seen(view: &View, state: &FormState) -> Markup {
    let say = |key: &str| view.say(key);
    html! {
        (parts::text_area(&view.words, &state.field("text", say("desk-field-form-words")).rows(3)))
        (parts::photos(&view.words, &state.field("photos", say("desk-portal-photos")).optional(), "/api/v1/evidence", MOST_PHOTOS))
        (parts::checkbox(&state.field("urgent", say("desk-portal-raise"))))
    }
}

/// For whom; nobody when it was seen on the round.
fn who(view: &View, state: &FormState) -> Markup {
    let say = |key: &str| view.say(key);
    html! {
        (parts::text(&view.words, &state.field("name", say("desk-field-who")).optional().autocomplete("off")))
        (parts::phone(&view.words, &state.field("phone", say("desk-field-who-phone")).optional()))
        (parts::text(&view.words, &state.field("entry_note", say("desk-field-form-entry")).optional().hint(say("desk-field-form-entry-hint"))))
    }
}

fn sent(ask: &Ask) -> Result<Sent, Error> {
    let mut sent = Sent::default();
    for (name, value) in ask.pairs()? {
        match name.as_str() {
            "site" => sent.site = value,
            "place" => sent.place = value,
            "kind" => sent.kind = value,
            "category" => sent.category = value,
            "text" => sent.text = value,
            "urgent" => sent.urgent = value == "on",
            "name" => sent.name = value,
            "phone" => sent.phone = value,
            "entry_note" => sent.entry_note = value,
            "photos" if !value.is_empty() => sent.photos.push(value),
            _ => {}
        }
    }
    Ok(sent)
}

/// `POST /f/report`
pub(in crate::field) async fn report(ask: Ask) -> Answer {
    match take(&ask).await {
        Ok(number) => {
            let there =
                if ask.caller.may_somewhere(Right::OrderRead) { paths::order(number) } else { paths::TODAY.into() };
            let said = ask.words().with("desk-field-said-report", &[("number", number.to_string().into())]);
            Ok(web::done(&there, &said))
        }
        Err(error) => {
            let state = ask.mend(error)?;
            again(ask, StatusCode::UNPROCESSABLE_ENTITY, state).await
        }
    }
}

async fn take(ask: &Ask) -> Result<Number, Error> {
    let mut read = ask.read().await?;
    let new = sent(ask)?.new_report(&mut read, None).await?;
    drop(read);
    Ok(web::once!(ask, tx => orders::report(&mut tx, &new).await?.number).0)
}
