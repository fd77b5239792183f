//! The settings for machines.

use axum::http::StatusCode;
use kernel::{
    Error, FieldError, Right, Site,
    calendar::{self, Year},
    categories, policies, sites,
};
use serde::Deserialize;
use web::{Answer, ApiDoc, Ask, Reach, Route, json};

use super::bodies::{Categories, CategoryIn, HoursVersions, Loaded, NewHours, NewPromises, PromiseVersions, Years};

pub fn routes() -> Vec<Route> {
    let own = |route: Route| route.right(Right::SettingsManage).reach(Reach::Site);
    let of_site = |title: &'static str| ApiDoc::new(title).query::<String>("site", "code of the site");
    vec![
        own(Route::get("/api/v1/settings/categories", all))
            .api(of_site("Every category of a site, those that are switched off too").gives::<Categories>(200)),
        own(Route::put("/api/v1/settings/categories/{code}", set)).audit("category.changed").idempotent().api(
            of_site("Add or change a category; with `If-Match` only what is still in that version")
                .takes::<CategoryIn>()
                .gives::<Categories>(200),
        ),
        own(Route::get("/api/v1/settings/promises", promises))
            .api(of_site("What a site promises, by first day").gives::<PromiseVersions>(200)),
        own(Route::post("/api/v1/settings/promises", promise)).audit("policy.set").idempotent().api(
            ApiDoc::new("Promise something else from a day on").takes::<NewPromises>().gives::<PromiseVersions>(201),
        ),
        own(Route::get("/api/v1/settings/desk-hours", hours))
            .api(of_site("When the desk is open, by first day").gives::<HoursVersions>(200)),
        own(Route::post("/api/v1/settings/desk-hours", open)).audit("policy.set").idempotent().api(
            ApiDoc::new("Open the desk at other times from a day on").takes::<NewHours>().gives::<HoursVersions>(201),
        ),
        Route::get("/api/v1/settings/calendars", years)
            .right(Right::SettingsManage)
            .reach(Reach::Company)
            .api(ApiDoc::new("The years whose working days are known").gives::<Years>(200)),
        Route::put("/api/v1/settings/calendars/{year}", load)
            .right(Right::SettingsManage)
            .reach(Reach::Company)
            .audit("calendar.loaded")
            .idempotent()
            .api(ApiDoc::new("Load the working days of a year").takes::<Year>().gives::<Loaded>(200)),
    ]
}

#[derive(Deserialize)]
struct Of {
    site: Option<String>,
}

/// The site of a query or of a body, as far as the caller manages it. Errors: `site_missing`, `Missing`, `Denied`.
async fn managed(ask: &Ask, code: Option<String>) -> Result<Site, Error> {
    let code = code.ok_or_else(|| Error::Invalid(vec![FieldError::new("site", "site_missing")]))?;
    let site = sites::by_code(&mut ask.read().await?, &code).await?;
    if ask.caller.may(Right::SettingsManage, site.id) { Ok(site) } else { Err(Error::Denied) }
}

async fn asked(ask: &Ask) -> Result<Site, Error> {
    managed(ask, ask.query::<Of>()?.site).await
}

async fn all(ask: Ask) -> Answer {
    let site = asked(&ask).await?;
    let items = categories::every(&mut ask.read().await?, site.id).await?;
    Ok(json(StatusCode::OK, &Categories { items }, None))
}

async fn set(ask: Ask) -> Answer {
    let (code, sent): (String, CategoryIn) = (ask.param("code")?, ask.json()?);
    let site = asked(&ask).await?;
    let tree = categories::every(&mut ask.read().await?, site.id).await?;
    let before = tree.iter().map(|kept| &kept.category).find(|category| category.code == code);
    let closed = sent.closed;
    let category = sent.read(code, before);
    let seen = ask.if_match();
    web::once!(ask, tx => categories::set(&mut tx, site.id, &category, closed, seen).await?);
    let items = categories::every(&mut ask.read().await?, site.id).await?;
    Ok(json(StatusCode::OK, &Categories { items }, None))
}

async fn promises(ask: Ask) -> Answer {
    let site = asked(&ask).await?;
    said_promises(&ask, &site, StatusCode::OK).await
}

async fn said_promises(ask: &Ask, site: &Site, status: StatusCode) -> Answer {
    let known = policies::promises_of(&mut ask.read().await?, site.id).await?;
    Ok(json(status, &PromiseVersions::from(&known), None))
}

async fn promise(ask: Ask) -> Answer {
    let sent: NewPromises = ask.json()?;
    let site = managed(&ask, Some(sent.site.clone())).await?;
    let policy =
        sent.read().ok_or_else(|| Error::Invalid(vec![FieldError::new("promises", "promise_line_unknown")]))?;
    web::once!(ask, tx => policies::set_promises(&mut tx, site.id, sent.from, &policy).await?);
    said_promises(&ask, &site, StatusCode::CREATED).await
}

async fn hours(ask: Ask) -> Answer {
    let site = asked(&ask).await?;
    said_hours(&ask, &site, StatusCode::OK).await
}

async fn said_hours(ask: &Ask, site: &Site, status: StatusCode) -> Answer {
    let known = policies::desk_hours_of(&mut ask.read().await?, site.id).await?;
    Ok(json(status, &HoursVersions::from(known), None))
}

async fn open(ask: Ask) -> Answer {
    let sent: NewHours = ask.json()?;
    let site = managed(&ask, Some(sent.site.clone())).await?;
    web::once!(ask, tx => policies::set_desk_hours(&mut tx, site.id, sent.from, &sent.hours).await?);
    said_hours(&ask, &site, StatusCode::CREATED).await
}

async fn years(ask: Ask) -> Answer {
    let known = calendar::store::known(&mut ask.read().await?).await?;
    let items = known.years().into_iter().filter_map(|year| known.year(year)).collect();
    Ok(json(StatusCode::OK, &Years { items }, None))
}

/// Errors: `Denied` for who does not manage every site; `calendar_year` when address and body differ; `calendar_both`.
async fn load(ask: Ask) -> Answer {
    let (year, sent): (i16, Year) = (ask.param("year")?, ask.json()?);
    if !super::calendar::may_load(&mut ask.read().await?, &ask.caller).await? {
        return Err(Error::Denied);
    }
    if sent.year != year || !(2000..=2100).contains(&year) {
        return Err(Error::Invalid(vec![FieldError::new("year", "calendar_year")]));
    }
    let sent = sent.checked().map_err(|_| Error::Invalid(vec![FieldError::new("working", "calendar_both")]))?;
    let (moved, _) = web::once!(ask, tx => calendar::load(&mut tx, &sent).await?);
    Ok(json(StatusCode::OK, &Loaded { year, moved }, None))
}
