//! Reporting on behalf of somebody, or what one sees on the round.

use axum::http::StatusCode;
use kernel::{
    Checks, Error, PlaceId, Read, Site,
    categories::{self, Category},
    orders::{self, Channel, Kind, NewReport, NewReporter, Number, Urgency},
};
use maud::{Markup, html};
use serde::Deserialize;
use values::Phone;
use web::{
    Answer, Ask, Page, View,
    i18n::Lang,
    parts::{self, Choice, FormState},
};

use crate::field::{face, paths, store, words};

const MOST_PHOTOS: u8 = 6;

#[derive(Default, Deserialize)]
struct Query {
    place: Option<String>,
}

pub(in crate::field) async fn report_form(ask: Ask) -> Answer {
    let place = ask.query::<Query>()?.place.unwrap_or_default();
    again(ask, StatusCode::OK, FormState::default().value("place", place)).await
}

async fn again(mut ask: Ask, status: StatusCode, state: FormState) -> Answer {
    let mut read = ask.read().await?;
    let site = face::site(&mut read).await?;
    let tree = categories::all(&mut read, site.id).await?;
    drop(read);
    let key = ask.fresh_key();
    let view = face::view(&mut ask, &site).await?;
    let dock = html! { button class="btn btn-main btn-block t-lg" type="submit" form="report" { (view.say("desk-field-do-report")) } };
    let page = Page::new(view.say("desk-field-report")).crumb(view.say("desk-field-today"), paths::TODAY).dock(dock);
    face::show(status, &view, &page, form(&view, &tree, &state, &key))
}

fn form(view: &View, tree: &[Category], state: &FormState, key: &str) -> Markup {
    let say = |key: &str| view.say(key);
    let kinds: Vec<Choice> =
        Kind::ALL.iter().map(|kind| Choice::new(kind.as_str(), words::kind(view, *kind))).collect();
    let kind = if state.get("kind").is_empty() { Kind::Repair.as_str() } else { state.get("kind") };
    let english = view.words.lang() == Lang::En;
    let leaves: Vec<(String, String)> = std::iter::once((String::new(), say("desk-field-form-category-none")))
        .chain(
            tree.iter()
                .filter(|leaf| leaf.leaf)
                .map(|leaf| (leaf.code.clone(), if english { leaf.en.clone() } else { leaf.zh.clone() })),
        )
        .collect();
    html! {
        form id="report" method="post" action=(paths::REPORT) novalidate data-draft="field-report" {
            (parts::error_summary(&view.words, state.problems()))
            (parts::csrf(view)) (parts::once(key))
            section class="card" {
                (parts::text(&view.words, &state.field("place", say("desk-field-form-place")).hint(say("desk-field-form-place-hint")).length(20)))
                (parts::chips(&view.words, &state.field("kind", say("desk-field-form-kind")).value(kind), &kinds))
                (parts::select(&view.words, &state.field("category", say("desk-field-form-category")), &leaves))
            }
            section class="card gap" {
                (parts::text_area(&view.words, &state.field("text", say("desk-field-form-words")).rows(3)))
                (parts::photos(&view.words, &state.field("photos", say("desk-portal-photos")).optional(), "/api/v1/evidence", MOST_PHOTOS))
                (parts::checkbox(&state.field("urgent", say("desk-portal-raise"))))
            }
            section class="card gap" {
                (parts::text(&view.words, &state.field("name", say("desk-field-who")).optional().autocomplete("off")))
                (parts::phone(&view.words, &state.field("phone", say("desk-field-who-phone")).optional()))
                (parts::text(&view.words, &state.field("entry_note", say("desk-field-form-entry")).optional().hint(say("desk-field-form-entry-hint"))))
            }
        }
    }
}

#[derive(Debug, Default)]
struct Sent {
    place: String,
    kind: String,
    category: String,
    text: String,
    urgent: bool,
    name: String,
    phone: String,
    entry_note: String,
}

fn sent(ask: &Ask) -> Result<Sent, Error> {
    let mut sent = Sent::default();
    for (name, value) in ask.pairs()? {
        match name.as_str() {
            "place" => sent.place = value,
            "kind" => sent.kind = value,
            "category" => sent.category = value,
            "text" => sent.text = value,
            "urgent" => sent.urgent = value == "on",
            "name" => sent.name = value,
            "phone" => sent.phone = value,
            "entry_note" => sent.entry_note = value,
            _ => {}
        }
    }
    Ok(sent)
}

/// `POST /f/report`
pub(in crate::field) async fn report(ask: Ask) -> Answer {
    match take(&ask).await {
        Ok(number) => Ok(web::done(&paths::order(number), &ask.words().say("desk-field-said-report"))),
        Err(error) => {
            let state = ask.mend(error)?;
            again(ask, StatusCode::UNPROCESSABLE_ENTITY, state).await
        }
    }
}

async fn take(ask: &Ask) -> Result<Number, Error> {
    let sent = sent(ask)?;
    let mut read = ask.read().await?;
    let site = face::site(&mut read).await?;
    let tree = categories::all(&mut read, site.id).await?;
    let (site, place) = place(&mut read, site, sent.place.trim()).await?;
    drop(read);
    let (kind, phone) = check(&sent, place)?;
    let category = if sent.category.is_empty() { format!("other.{}", kind.as_str()) } else { sent.category.clone() };
    let known = tree.iter().find(|leaf| leaf.code == category);
    let urgency = if sent.urgent { Some(Urgency::Urgent) } else { known.map(|leaf| leaf.urgency) };
    let filled = |text: &str| Some(text.trim().to_string()).filter(|text| !text.is_empty());
    let new = NewReport {
        site: site.id,
        kind,
        category,
        urgency,
        place,
        channel: if filled(&sent.name).is_some() || phone.is_some() { Channel::Steward } else { Channel::Patrol },
        text: sent.text.clone(),
        reporter: NewReporter { party: None, name: filled(&sent.name), phone },
        entry_note: filled(&sent.entry_note),
        outage: None,
        evidence: photos(ask)?,
        device_at: None,
    };
    Ok(web::once!(ask, tx => orders::report(&mut tx, &new).await?.number).0)
}

fn photos<T>(ask: &Ask) -> Result<Vec<values::Id<T>>, Error> {
    let pairs = ask.pairs()?;
    pairs
        .iter()
        .filter(|(name, id)| name == "photos" && !id.is_empty())
        .map(|(_, id)| id.parse().map_err(|_| Error::Missing))
        .collect()
}

/// The place with this code; none when nothing such is known, which is said beside the field.
async fn place(read: &mut Read, usual: Site, code: &str) -> Result<(Site, Option<PlaceId>), Error> {
    if code.is_empty() {
        return Ok((usual, None));
    }
    match store::place(read, code).await {
        Ok((site, place)) => Ok((site, Some(place.id))),
        Err(Error::Missing) => Ok((usual, None)),
        Err(cause) => Err(cause),
    }
}

fn check(sent: &Sent, place: Option<PlaceId>) -> Result<(Kind, Option<Phone>), Error> {
    let mut checks = Checks::default();
    if !sent.place.trim().is_empty() && place.is_none() {
        checks.refuse("place", "report_place_unknown");
    }
    if sent.text.trim().is_empty() {
        checks.refuse("text", "report_words_missing");
    }
    let phone = match sent.phone.trim() {
        "" => None,
        typed => typed.parse::<Phone>().map_err(|_| checks.refuse("phone", "report_phone_shape")).ok(),
    };
    checks.done()?;
    Ok((sent.kind.parse().unwrap_or(Kind::Repair), phone))
}
