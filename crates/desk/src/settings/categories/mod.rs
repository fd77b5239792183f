//! 报修分类: the tree of what can be reported, one category a page.

mod conflict;
mod form;
mod pages;
mod store;

use axum::http::StatusCode;
use kernel::{
    Error, Read, Right, Site,
    categories::{self, Category, Kept},
};
use serde::Deserialize;
use web::{
    Answer, Ask, Route, done,
    look::VERSION_FIELD,
    parts::{self, FormState},
    shell,
};

use super::{paths, sent::Sent};

pub fn routes() -> Vec<Route> {
    let right = |route: Route| route.right(Right::SettingsManage);
    vec![
        right(Route::get("/c/{site}/settings/categories", list)),
        right(Route::get("/c/{site}/settings/categories/new", new)),
        right(Route::post("/c/{site}/settings/categories", add)).audit("category.added").idempotent(),
        right(Route::get("/c/{site}/settings/categories/{code}", one)),
        right(Route::post("/c/{site}/settings/categories/{code}", change)).audit("category.changed").idempotent(),
    ]
}

/// What the form of a category offers beside its own fields.
struct Offers {
    branches: Vec<Kept>,
    departments: Vec<String>,
}

/// The category of a form: a new one, or one with its code.
struct Subject<'a> {
    code: Option<&'a str>,
    leaf: bool,
    offers: Offers,
    state: FormState,
}

async fn list(ask: Ask) -> Answer {
    let tree = categories::every(&mut ask.read().await?, ask.site()?.id).await?;
    let view = ask.view().await?;
    super::shown(&view, &pages::title(&view, ask.site()?), None, pages::list(&view, ask.site()?, &tree))
}

#[derive(Deserialize)]
struct Below {
    #[serde(default)]
    parent: String,
}

async fn new(ask: Ask) -> Answer {
    let parent = ask.query::<Below>()?.parent;
    let state = FormState::default().value("parent", parent.clone()).value("urgency", "normal").value("where", "both");
    let state = state.value("leaf", if parent.is_empty() { "" } else { "on" });
    show(&ask, None, !parent.is_empty(), state).await
}

async fn one(ask: Ask) -> Answer {
    let code: String = ask.param("code")?;
    let tree = categories::every(&mut ask.read().await?, ask.site()?.id).await?;
    let kept = tree.into_iter().find(|kept| kept.category.code == code).ok_or(Error::Missing)?;
    show(&ask, Some(&code), kept.category.leaf, form::state_of(&kept)).await
}

async fn show(ask: &Ask, code: Option<&str>, leaf: bool, state: FormState) -> Answer {
    let offers = offers(&mut ask.read().await?, ask.site()?).await?;
    let (view, subject) = (ask.view().await?, Subject { code, leaf, offers, state });
    let page = pages::title_of(&view, ask.site()?, &subject);
    super::shown(&view, &page, Some(&subject.state), pages::form(&view, ask.site()?, &subject, &ask.fresh_key()))
}

async fn offers(read: &mut Read, site: &Site) -> Result<Offers, Error> {
    let mut tree = categories::every(read, site.id).await?;
    tree.retain(|kept| !kept.category.leaf);
    Ok(Offers { branches: tree, departments: store::departments(read, site.id).await? })
}

async fn add(ask: Ask) -> Answer {
    let sent = Sent::of(&ask)?;
    let leaf = sent.is_on("leaf");
    match added(&ask, &sent, leaf).await {
        Ok(()) => Ok(done(&paths::categories(&ask.site()?.code), &ask.words().say("desk-set-category-added"))),
        Err(error) => show(&ask, None, leaf, form::again(&ask, &sent, error)?).await,
    }
}

async fn added(ask: &Ask, sent: &Sent, leaf: bool) -> Result<(), Error> {
    let site = ask.site()?.id;
    let tree = categories::every(&mut ask.read().await?, site).await?;
    let parent = sent.optional("parent").filter(|_| leaf);
    let code = categories::code_for(parent.as_deref(), sent.text("en"), &tree);
    set(ask, &form::read(sent, code, leaf, None)?, false, 0).await
}

async fn change(ask: Ask) -> Answer {
    let (code, sent): (String, Sent) = (ask.param("code")?, Sent::of(&ask)?);
    let tree = categories::every(&mut ask.read().await?, ask.site()?.id).await?;
    let kept = tree.into_iter().find(|kept| kept.category.code == code).ok_or(Error::Missing)?;
    match changed(&ask, &sent, &kept).await {
        Ok(()) => Ok(done(&paths::categories(&ask.site()?.code), &ask.words().say("desk-set-category-saved"))),
        Err(Error::Stale { .. }) => both(&ask, &code, form::typed(&ask, &sent)?).await,
        Err(error) => show(&ask, Some(&code), kept.category.leaf, form::again(&ask, &sent, error)?).await,
    }
}

/// Somebody saved it meanwhile: what stands now beside what was typed.
async fn both(ask: &Ask, code: &str, mine: FormState) -> Answer {
    let (mut read, site) = (ask.read().await?, ask.site()?);
    let tree = categories::every(&mut read, site.id).await?;
    let now = tree.into_iter().find(|kept| kept.category.code == code).ok_or(Error::Missing)?;
    let saved = categories::last_saved(&mut read, site.id, code).await?;
    let (state, leaf) = (form::state_of(&now), now.category.leaf);
    let subject = Subject { code: Some(code), leaf, offers: offers(&mut read, site).await?, state };
    drop(read);
    let (view, once) = (ask.view().await?, ask.fresh_key());
    let stands = conflict::Stands { subject: &subject, saved: &saved, version: now.version };
    let body = parts::padded(conflict::form(&view, site, &stands, &mine, &once));
    Ok(web::html(StatusCode::CONFLICT, shell::page(&view, &pages::title_of(&view, site, &subject), body)))
}

async fn changed(ask: &Ask, sent: &Sent, kept: &Kept) -> Result<(), Error> {
    let category = form::read(sent, kept.category.code.clone(), kept.category.leaf, Some(&kept.category))?;
    // A form without a version is one that nobody was shown.
    set(ask, &category, sent.is_on("closed"), sent.text(VERSION_FIELD).parse().unwrap_or(0)).await
}

async fn set(ask: &Ask, category: &Category, closed: bool, seen: i64) -> Result<(), Error> {
    let site = ask.site()?.id;
    web::once!(ask, tx => categories::set(&mut tx, site, category, closed, Some(seen)).await?);
    Ok(())
}
