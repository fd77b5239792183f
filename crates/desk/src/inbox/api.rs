use axum::http::StatusCode;
use kernel::{
    inbox::{self, Message, Weight},
    sites,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use values::Id;
use web::{Answer, Ask, json};

use super::{cursor, cursor_of, reader};

#[derive(Deserialize)]
struct Query {
    site: Option<String>,
    #[serde(default)]
    cursor: String,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Nothing {}

#[derive(Serialize, ToSchema)]
#[schema(as = StaffMessages)]
pub struct Messages {
    pub items: Vec<MessageOut>,
    pub next: Option<String>,
    /// Up to 100.
    pub unread: i64,
}

#[derive(Serialize, ToSchema)]
#[schema(as = StaffMessage)]
pub struct MessageOut {
    pub id: String,
    pub site: String,
    /// `order_assigned`, `order_reassigned`, `promise_late`, `certificate_due` …
    pub subject: String,
    pub weight: Weight,
    /// The order it is about.
    pub order: Option<String>,
    pub number: Option<String>,
    /// A name, or what is promised.
    pub detail: Option<String>,
    pub made: String,
    pub read: Option<String>,
}

#[derive(Serialize, ToSchema)]
pub struct Unread {
    pub unread: i64,
}

pub async fn list(ask: Ask) -> Answer {
    let (me, query): (_, Query) = (reader(&ask)?, ask.query()?);
    let mut read = ask.read().await?;
    let all = sites::visible(&mut read).await?;
    let site = match &query.site {
        Some(code) => Some(sites::by_code(&mut read, code).await?.id),
        None => None,
    };
    let found = inbox::of(&mut read, me, site, cursor(&query.cursor)).await?;
    let next = found.last().filter(|_| i64::try_from(found.len()) == Ok(inbox::PAGE)).map(cursor_of);
    let unread = inbox::unread(&mut read, me, site).await?;
    let of = |message: &Message| all.iter().find(|site| site.id == message.site).map(|site| out(message, site));
    let items = found.iter().filter_map(of).collect();
    Ok(json(StatusCode::OK, &Messages { items, next, unread }, None))
}

fn out(message: &Message, site: &kernel::Site) -> MessageOut {
    let text = |name: &str| message.data.get(name).and_then(|value| value.as_str()).map(ToString::to_string);
    let said = |at| site.zone.rfc3339(at);
    MessageOut {
        id: message.id.to_string(),
        site: site.code.clone(),
        subject: message.subject.clone(),
        weight: message.weight,
        order: text("order"),
        number: text("number"),
        detail: text("detail"),
        made: said(message.made),
        read: message.read_at.map(said),
    }
}

pub async fn read(ask: Ask) -> Answer {
    let (id, me): (Id<Message>, _) = (ask.param("id")?, reader(&ask)?);
    let _: Nothing = ask.json()?;
    web::once!(ask, tx => inbox::read_one(&mut tx, id).await?);
    let unread = inbox::unread(&mut ask.read().await?, me, None).await?;
    Ok(json(StatusCode::OK, &Unread { unread }, None))
}
