//! What hangs on an order: its thread, its reporters, its pictures.

use std::collections::HashMap;

use axum::http::StatusCode;
use kernel::{
    Error, PlaceId, Read,
    orders::{self, Message, Order, OrderView},
    places, sites,
};
use serde::Serialize;
use serde_json::Value as Json;
use utoipa::ToSchema;
use values::{Id, Zone};
use web::{Answer, Ask};

use super::{
    bodies::{NewMessage, SecondReporter, ids},
    list::typed_place,
    orders::answer,
    shapes::{Caption, OrderOut, knows_people, person},
};

#[derive(Serialize, ToSchema)]
pub struct Messages {
    pub items: Vec<MessageOut>,
    pub next: Option<String>,
    pub total: Option<i64>,
}

#[derive(Serialize, ToSchema)]
pub struct MessageOut {
    pub id: String,
    pub at: String,
    /// What the device said; not trusted.
    pub device_at: Option<String>,
    /// Who said or did it: masked where the reader need not know who reported, 邻居 for another home.
    pub actor: String,
    pub role: String,
    /// The noun of the act; `message` for words alone.
    pub act: String,
    pub visible: bool,
    pub text: Option<String>,
    #[schema(value_type = Object)]
    pub data: Json,
}

#[derive(Serialize, ToSchema)]
pub struct Reporters {
    pub items: Vec<ReporterOut>,
    pub next: Option<String>,
    pub total: Option<i64>,
}

#[derive(Serialize, ToSchema)]
pub struct ReporterOut {
    pub name: Option<String>,
    pub phone: Option<String>,
    /// Code of where they called from.
    pub place: Option<String>,
    /// Of the order that was merged into this one.
    pub number: Option<String>,
    pub stars: Option<i64>,
    pub at: String,
    /// When they no longer needed it, while it goes on for the others.
    pub left: Option<String>,
}

#[derive(Serialize, ToSchema)]
pub struct Pictures {
    pub items: Vec<PictureOut>,
    pub next: Option<String>,
    pub total: Option<i64>,
}

#[derive(Serialize, ToSchema)]
pub struct PictureOut {
    pub id: String,
    pub kind: String,
    pub at: String,
    pub device_at: Option<String>,
    pub visible: bool,
    pub href: String,
    pub thumbnail: String,
}

async fn seen(ask: &Ask) -> Result<(OrderView, Zone), Error> {
    let id: Id<Order> = ask.param("id")?;
    let mut read = ask.read().await?;
    let view = orders::load(&mut read, id).await?;
    let zone = sites::by_id(&mut read, view.order.site).await?.zone;
    Ok((view, zone))
}

fn count<T>(items: &[T]) -> Option<i64> {
    i64::try_from(items.len()).ok()
}

pub async fn messages(ask: Ask) -> Answer {
    let (view, zone) = seen(&ask).await?;
    let (whole, words) = (knows_people(&view, &ask.caller), ask.words());
    let named = |entry: &orders::Entry| match entry.actor_role.as_str() {
        "customer" if view.for_customer && entry.actor != ask.caller.party() => words.say("desk-portal-neighbour"),
        "customer" if !view.for_customer && !whole => values::mask_name(&entry.actor_name),
        _ => entry.actor_name.clone(),
    };
    let items: Vec<MessageOut> = view.thread.iter().map(|entry| entry_out(entry, named(entry), &zone)).collect();
    Ok(web::json(StatusCode::OK, &Messages { total: count(&items), items, next: None }, None))
}

fn entry_out(entry: &orders::Entry, actor: String, zone: &Zone) -> MessageOut {
    MessageOut {
        id: entry.id.to_string(),
        at: zone.rfc3339(entry.at),
        device_at: entry.device_at.map(|at| zone.rfc3339(at)),
        actor,
        role: entry.actor_role.clone(),
        act: entry.act.clone(),
        visible: entry.visible,
        text: entry.body.clone(),
        data: entry.data.clone(),
    }
}

pub async fn say(ask: Ask) -> Answer {
    let body: NewMessage = ask.json()?;
    let id: Id<Order> = ask.param("id")?;
    let message = Message { visible: body.visible, text: body.text, evidence: ids(&body.evidence)? };
    let (out, replayed) = web::once!(ask, tx => {
        orders::message(&mut tx, id, &message).await?;
        OrderOut::load(&mut tx, id).await?
    });
    Ok(answer(StatusCode::CREATED, &out, replayed))
}

pub async fn reporters(ask: Ask) -> Answer {
    let (view, zone) = seen(&ask).await?;
    let codes = codes(&mut ask.read().await?, &view).await?;
    let whole = view.for_customer || knows_people(&view, &ask.caller);
    let line = |one: &orders::Reporter| {
        let Caption { name, phone } = person(one.name.as_deref(), one.phone.as_ref(), whole);
        ReporterOut {
            name,
            phone,
            place: one.place.and_then(|place| codes.get(&place).cloned()),
            number: one.number.clone(),
            stars: one.stars,
            at: zone.rfc3339(one.at),
            left: one.left_at.map(|at| zone.rfc3339(at)),
        }
    };
    let items: Vec<ReporterOut> = view.reporters.iter().map(line).collect();
    Ok(web::json(StatusCode::OK, &Reporters { total: count(&items), items, next: None }, None))
}

async fn codes(read: &mut Read, view: &OrderView) -> Result<HashMap<PlaceId, String>, Error> {
    let mut codes = HashMap::new();
    for place in view.reporters.iter().filter_map(|one| one.place) {
        codes.insert(place, places::by_id(read, place).await?.code);
    }
    Ok(codes)
}

pub async fn join(ask: Ask) -> Answer {
    let body: SecondReporter = ask.json()?;
    let id: Id<Order> = ask.param("id")?;
    let mut who = body.read()?;
    if let Some(code) = body.place.as_deref().filter(|code| !code.trim().is_empty()) {
        let mut read = ask.read().await?;
        let site = orders::load(&mut read, id).await?.order.site;
        who.place = Some(typed_place(&mut read, site, "place", code).await?);
    }
    let (out, replayed) = web::once!(ask, tx => {
        orders::add_reporter(&mut tx, id, &who).await?;
        OrderOut::load(&mut tx, id).await?
    });
    Ok(answer(StatusCode::CREATED, &out, replayed))
}

pub async fn evidence(ask: Ask) -> Answer {
    let (view, zone) = seen(&ask).await?;
    let items: Vec<PictureOut> = view
        .evidence
        .iter()
        .map(|one| PictureOut {
            id: one.id.to_string(),
            kind: one.kind.clone(),
            at: zone.rfc3339(one.at),
            device_at: one.device_at.map(|at| zone.rfc3339(at)),
            visible: one.visible,
            href: format!("/api/v1/evidence/{}", one.id),
            thumbnail: format!("/api/v1/evidence/{}/thumbnail", one.id),
        })
        .collect();
    Ok(web::json(StatusCode::OK, &Pictures { total: count(&items), items, next: None }, None))
}
