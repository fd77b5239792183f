use axum::http::StatusCode;
use kernel::{
    Error, FieldError, PlaceId, Right, Site,
    places::{self, BuildingRule, Change, NewPlace, Place, PlaceKind, UnitFilter},
};
use serde::Deserialize;
use values::{Area, Day};
use web::{Answer, ApiDoc, Ask, Reach, Route, json};

use super::{
    PAGE, cursor,
    model::{BuildingIn, BuildingOut, DayIn, PlaceChange, PlaceIn, PlaceList, PlaceOut, UnitOut},
    parsed, parsed_option, site_for, site_of,
};

pub fn routes() -> Vec<Route> {
    let edit = Right::EstateEdit;
    vec![
        Route::get("/api/v1/places", list).right(Right::EstateRead).reach(Reach::Site).api(
            ApiDoc::new("Homes of a site with today's state")
                .gives::<PlaceList>(200)
                .query::<String>("site", "Code of the site; required")
                .query::<String>("building", "Code of a building")
                .query::<PlaceKind>("kind", "unit, shop, parking or storage")
                .query::<String>("code", "A code as people type it: all places it may mean, of any kind")
                .query::<String>("cursor", "Where the page begins")
                .query::<i64>("limit", "1 to 200"),
        ),
        Route::post("/api/v1/places", add)
            .right(edit)
            .reach(Reach::Site)
            .audit("place.added")
            .idempotent()
            .api(ApiDoc::new("Add a place").takes::<PlaceIn>().gives::<PlaceOut>(201)),
        Route::get("/api/v1/places/{id}", one)
            .right(Right::EstateRead)
            .reach(Reach::Site)
            .api(ApiDoc::new("One place").gives::<PlaceOut>(200)),
        Route::put("/api/v1/places/{id}", change)
            .right(edit)
            .reach(Reach::Site)
            .audit("place.changed")
            .idempotent()
            .api(
                ApiDoc::new("Correct a place; If-Match carries the version")
                    .takes::<PlaceChange>()
                    .gives::<PlaceOut>(200),
            ),
        Route::post("/api/v1/places/{id}/closing", close)
            .right(edit)
            .reach(Reach::Site)
            .audit("place.closed")
            .idempotent()
            .api(ApiDoc::new("Close a place").takes::<DayIn>().gives::<PlaceOut>(200)),
        Route::post("/api/v1/buildings", building)
            .right(edit)
            .reach(Reach::Site)
            .audit("building.added")
            .idempotent()
            .api(ApiDoc::new("Add a building from a rule").takes::<BuildingIn>().gives::<BuildingOut>(201)),
    ]
}

#[derive(Deserialize)]
struct Query {
    site: String,
    #[serde(default)]
    building: String,
    #[serde(default)]
    kind: String,
    #[serde(default)]
    code: String,
    #[serde(default)]
    cursor: String,
    limit: Option<i64>,
}

async fn list(ask: Ask) -> Answer {
    let query: Query = ask.query()?;
    let site = site_for(&ask, &query.site, Right::EstateRead).await?;
    let mut read = ask.read().await?;
    let today = site.today(read.now());
    let limit = query.limit.unwrap_or(PAGE).clamp(1, 200);
    let building = match query.building.as_str() {
        "" => None,
        code => Some(places::by_code(&mut read, site.id, code).await?.id),
    };
    let kind = parsed_option("kind", Some(&query.kind), "place_kind_unknown")?;
    let filter = UnitFilter { building, kind, after: cursor(&query.cursor)?, limit: Some(limit + 1) };
    let mut lines = if query.code.is_empty() {
        places::unit_lines(&mut read, site.id, today, &filter).await?
    } else {
        let meant: Vec<PlaceId> =
            places::resolve(&mut read, site.id, &query.code).await?.iter().map(|place| place.id).collect();
        let all =
            places::unit_lines(&mut read, site.id, today, &UnitFilter { after: None, limit: None, ..filter }).await?;
        all.into_iter().filter(|line| meant.contains(&line.id)).collect()
    };
    let more = query.code.is_empty() && lines.len() > limit as usize;
    lines.truncate(limit as usize);
    let next = lines.last().filter(|_| more).map(|last| format!("{}_{}", last.sort, last.id));
    let list = PlaceList { items: lines.iter().map(UnitOut::from).collect(), next, total: None };
    Ok(json(StatusCode::OK, &list, None))
}

async fn found(ask: &Ask, right: Right) -> Result<(Site, Place), Error> {
    let id: PlaceId = ask.param("id")?;
    let place = places::by_id(&mut ask.read().await?, id).await?;
    Ok((site_of(ask, place.site, right).await?, place))
}

async fn one(ask: Ask) -> Answer {
    let (site, place) = found(&ask, Right::EstateRead).await?;
    Ok(json(StatusCode::OK, &PlaceOut::of(&place, &site.code), Some(place.version)))
}

/// A place by its code or its id.
pub(super) async fn meant(ask: &Ask, site: &Site, text: &str) -> Result<Place, Error> {
    let mut read = ask.read().await?;
    let place = match text.parse::<PlaceId>() {
        Ok(id) => places::by_id(&mut read, id).await?,
        Err(_) => places::by_code(&mut read, site.id, text).await?,
    };
    if place.site == site.id { Ok(place) } else { Err(Error::Missing) }
}

async fn add(ask: Ask) -> Answer {
    let sent: PlaceIn = ask.json()?;
    let site = site_for(&ask, &sent.site, Right::EstateEdit).await?;
    let parent = match sent.parent.as_deref().filter(|text| !text.is_empty()) {
        Some(text) => Some(meant(&ask, &site, text).await?.id),
        None => None,
    };
    let mut new = NewPlace::new(sent.kind, sent.code);
    new.name = sent.name.unwrap_or_default();
    new.area = parsed_option("area", sent.area.as_ref(), "estate_area_shape")?;
    new.inside_area = parsed_option("inside_area", sent.inside_area.as_ref(), "estate_area_shape")?;
    new.delivered = parsed_option("delivered", sent.delivered.as_ref(), "estate_day_shape")?;
    new.use_kind = sent.use_kind;
    let (out, replayed) = web::once!(ask, tx => {
        let id = places::add(&mut tx, site.id, parent, new).await?;
        PlaceOut::of(&places::by_id(&mut tx, id).await?, &site.code)
    });
    Ok(json(if replayed { StatusCode::OK } else { StatusCode::CREATED }, &out, Some(out.version)))
}

async fn change(ask: Ask) -> Answer {
    let sent: PlaceChange = ask.json()?;
    let (site, place) = found(&ask, Right::EstateEdit).await?;
    let seen = ask.if_match().ok_or_else(|| Error::Invalid(vec![FieldError::new("If-Match", "estate_if_match")]))?;
    let now = Change::of(&place);
    let area = |field: &str, text: Option<&String>, now: Option<Area>| match text {
        None => Ok(now),
        text => parsed_option(field, text, "estate_area_shape"),
    };
    let to = Change {
        code: sent.code.unwrap_or(now.code),
        name: sent.name.unwrap_or(now.name),
        area: area("area", sent.area.as_ref(), now.area)?,
        inside_area: area("inside_area", sent.inside_area.as_ref(), now.inside_area)?,
        use_kind: sent.use_kind.or(now.use_kind),
        delivered: match sent.delivered.as_ref() {
            None => now.delivered,
            text => parsed_option("delivered", text, "estate_day_shape")?,
        },
    };
    let (out, _) = web::once!(ask, tx => {
        places::change(&mut tx, site.id, place.id, seen, &to).await?;
        PlaceOut::of(&places::by_id(&mut tx, place.id).await?, &site.code)
    });
    Ok(json(StatusCode::OK, &out, Some(out.version)))
}

async fn close(ask: Ask) -> Answer {
    let sent: DayIn = ask.json()?;
    let day: Day = parsed("day", &sent.day, "estate_day_shape")?;
    let (site, place) = found(&ask, Right::EstateEdit).await?;
    let (out, _) = web::once!(ask, tx => {
        places::close(&mut tx, site.id, place.id, day).await?;
        PlaceOut::of(&places::by_id(&mut tx, place.id).await?, &site.code)
    });
    Ok(json(StatusCode::OK, &out, Some(out.version)))
}

async fn building(ask: Ask) -> Answer {
    let sent: BuildingIn = ask.json()?;
    let site = site_for(&ask, &sent.site, Right::EstateEdit).await?;
    let rule = BuildingRule::parse(&sent.rule)?;
    let delivered = parsed_option("delivered", sent.delivered.as_ref(), "estate_day_shape")?;
    let plan = places::plan(&rule);
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let mut out = BuildingOut {
        id: None,
        code: plan.building.clone(),
        stairs: count(plan.stairs.len()),
        units: count(plan.units.len()),
        area: plan.total_area().to_string(),
    };
    if sent.preview {
        return Ok(json(StatusCode::OK, &out, None));
    }
    let (made, replayed) = web::once!(ask, tx => places::add_building(&mut tx, site.id, &rule, delivered).await?);
    out.id = Some(made.building.to_string());
    Ok(json(if replayed { StatusCode::OK } else { StatusCode::CREATED }, &out, None))
}
