//! 消息 for staff: what concerns the person who reads, in the console at one site, on the phone at all of theirs.

mod api;
mod pages;
mod store;
#[cfg(test)]
mod tests;

use kernel::{
    Error, PartyId, Read, Right, SiteId,
    inbox::{self, Message},
};
use serde::Deserialize;
use values::{Id, Moment};
use web::{Answer, ApiDoc, Ask, Page, Reach, Route, done, html, shell};

/// Where messages are read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Face {
    Console,
    Field,
}

pub fn routes() -> Vec<Route> {
    let field = |route: Route| route.right(Right::OrderWork).right(Right::OrderReport).reach(Reach::Own);
    let read = |route: Route| route.audit("message.read").idempotent();
    vec![
        Route::get("/c/{site}/messages", |ask| list(ask, Face::Console)),
        read(Route::post("/c/{site}/messages/reading", |ask| read_all(ask, Face::Console))),
        read(Route::post("/c/{site}/messages/{id}/reading", |ask| read_one(ask, Face::Console))),
        field(Route::get("/f/messages", |ask| list(ask, Face::Field))),
        read(field(Route::post("/f/messages/reading", |ask| read_all(ask, Face::Field)))),
        read(field(Route::post("/f/messages/{id}/reading", |ask| read_one(ask, Face::Field)))),
        Route::get("/api/v1/messages", api::list).reach(Reach::Own).api(
            ApiDoc::new("What concerns the caller, newest first")
                .query::<String>("site", "code; left out, every site")
                .query::<String>("cursor", "`next` of the page before")
                .gives::<api::Messages>(200),
        ),
        read(Route::post("/api/v1/messages/{id}/reading", api::read).reach(Reach::Own))
            .api(ApiDoc::new("Mark a message read").takes::<api::Nothing>().gives::<api::Unread>(200)),
    ]
}

#[derive(Deserialize, Default)]
struct After {
    #[serde(default)]
    before: String,
}

/// `millis~id` of the last message of the page before.
fn cursor(text: &str) -> Option<(Moment, Id<Message>)> {
    let (made, id) = text.split_once('~')?;
    Some((Moment::from_millis(made.parse().ok()?), id.parse().ok()?))
}

fn cursor_of(message: &Message) -> String {
    format!("{}~{}", message.made.millis(), message.id)
}

fn reader(ask: &Ask) -> Result<PartyId, Error> {
    ask.caller.party().filter(|_| !ask.caller.is_resident()).ok_or(Error::Denied)
}

fn at(ask: &Ask, face: Face) -> Result<Option<SiteId>, Error> {
    match face {
        Face::Console => Ok(Some(ask.site()?.id)),
        Face::Field => Ok(None),
    }
}

fn path(ask: &Ask, face: Face) -> Result<String, Error> {
    match face {
        Face::Console => Ok(format!("/c/{}/messages", ask.site()?.code)),
        Face::Field => Ok("/f/messages".into()),
    }
}

async fn list(ask: Ask, face: Face) -> Answer {
    let (me, site, here) = (reader(&ask)?, at(&ask, face)?, path(&ask, face)?);
    let before = cursor(&ask.query::<After>()?.before);
    let mut read = ask.read().await?;
    let messages = inbox::of(&mut read, me, site, before).await?;
    let lines = lines(&ask, &mut read, face, me, messages).await?;
    let unread = inbox::unread(&mut read, me, site).await?;
    drop(read);
    let view = ask.view().await?;
    let page = Page { acts: pages::acts(&view, &here, unread, &ask.fresh_key()), ..Page::new(view.say("shell-inbox")) };
    let page = if face == Face::Field { page.crumb(view.say("nav-field-today"), "/f") } else { page };
    let body = pages::list(&view, &here, &lines, face == Face::Console, &ask.fresh_key());
    Ok(html(axum::http::StatusCode::OK, shell::page(&view, &page, body)))
}

/// A message with what it is about, and where that can be seen by this reader.
struct Line {
    message: Message,
    about: Option<store::About>,
    href: Option<String>,
}

async fn lines(
    ask: &Ask,
    read: &mut Read,
    face: Face,
    me: PartyId,
    messages: Vec<Message>,
) -> Result<Vec<Line>, Error> {
    let about = store::about(read, &messages).await?;
    let line = |message: Message| {
        let about = store::order_of(&message).and_then(|order| about.get(&order).cloned());
        let href = match &about {
            Some(about) => order_href(ask, face, me, &message, about),
            None => person_href(ask, face, &message),
        };
        Line { message, about, href }
    };
    Ok(messages.into_iter().map(line).collect())
}

/// A technician sees the orders in their own hands only; a link that leads nowhere is not shown.
fn order_href(ask: &Ask, face: Face, me: PartyId, message: &Message, about: &store::About) -> Option<String> {
    let sees = ask.caller.may(Right::OrderRead, message.site);
    match face {
        Face::Console => sees.then(|| format!("/c/{}/orders/{}", about.site, about.number)),
        Face::Field => (sees || about.assignee == Some(me)).then(|| format!("/f/orders/{}", about.number)),
    }
}

fn person_href(ask: &Ask, face: Face, message: &Message) -> Option<String> {
    let person = message.data.get("person")?.as_str()?;
    let site = ask.site.as_ref()?;
    let sees = face == Face::Console && ask.caller.may(Right::StaffRead, site.id);
    sees.then(|| format!("/c/{}/staff/{person}", site.code))
}

async fn read_one(ask: Ask, face: Face) -> Answer {
    let id: Id<Message> = ask.param("id")?;
    reader(&ask)?;
    web::once!(ask, tx => inbox::read_one(&mut tx, id).await?);
    Ok(web::see_other(&path(&ask, face)?))
}

/// On the phone at every site of theirs.
async fn read_all(ask: Ask, face: Face) -> Answer {
    reader(&ask)?;
    let sites = match at(&ask, face)? {
        Some(site) => vec![site],
        None => kernel::sites::visible(&mut ask.read().await?).await?.into_iter().map(|site| site.id).collect(),
    };
    let (count, _) = web::once!(ask, tx => {
        let mut count = 0;
        for site in sites {
            count += inbox::read_all(&mut tx, site).await?;
        }
        count
    });
    Ok(done(&path(&ask, face)?, &ask.words().with("desk-msg-all-read", &[("n", count.into())])))
}
