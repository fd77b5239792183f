use axum::http::StatusCode;
use kernel::{
    Error, PartyId, PlaceId, Right, Site,
    parties::{self, OccupancyId, RosterFilter},
    places as tree,
};
use serde::Deserialize;
use values::Day;
use web::{Answer, ApiDoc, Ask, Reach, Route, json};

use super::{
    PAGE, cursor,
    model::{DayIn, OccupancyIn, OccupancyOut, RosterList, SaleIn},
    parsed, parties as people, places, site_for, site_of,
};

pub fn routes() -> Vec<Route> {
    let edit = Right::PeopleEdit;
    vec![
        Route::get("/api/v1/occupancies", list).right(Right::PeopleRead).reach(Reach::Site).api(
            ApiDoc::new("Who owns, rents or lives in which home, past and present")
                .gives::<RosterList>(200)
                .query::<String>("site", "Code of the site; required")
                .query::<String>("place", "Code or id of a home")
                .query::<String>("on", "Only those of this day")
                .query::<String>("cursor", "Where the page begins")
                .query::<i64>("limit", "1 to 200"),
        ),
        Route::post("/api/v1/occupancies", add)
            .right(edit)
            .reach(Reach::Site)
            .audit("occupancy.moved_in")
            .idempotent()
            .api(ApiDoc::new("Register a known party in a home").takes::<OccupancyIn>().gives::<OccupancyOut>(201)),
        Route::post("/api/v1/occupancies/{id}/ending", end)
            .right(edit)
            .reach(Reach::Site)
            .audit("occupancy.moved_out")
            .idempotent()
            .api(ApiDoc::new("Somebody leaves a home").takes::<DayIn>().gives::<OccupancyOut>(200)),
        Route::post("/api/v1/places/{id}/sale", sell)
            .right(edit)
            .reach(Reach::Site)
            .audit("occupancy.sold")
            .idempotent()
            .api(
                ApiDoc::new("A home is sold: its owners end, the buyers begin")
                    .takes::<SaleIn>()
                    .gives::<RosterList>(201),
            ),
    ]
}

#[derive(Deserialize)]
struct Query {
    site: String,
    #[serde(default)]
    place: String,
    #[serde(default)]
    on: String,
    #[serde(default)]
    cursor: String,
    limit: Option<i64>,
}

async fn list(ask: Ask) -> Answer {
    let query: Query = ask.query()?;
    let site = site_for(&ask, &query.site, Right::PeopleRead).await?;
    let place = match query.place.as_str() {
        "" => None,
        text => Some(places::meant(&ask, &site, text).await?.id),
    };
    let limit = query.limit.unwrap_or(PAGE).clamp(1, 200);
    let on = if query.on.is_empty() { None } else { Some(parsed("on", &query.on, "estate_day_shape")?) };
    let filter =
        RosterFilter { place, on, after: cursor(&query.cursor)?, limit: Some(limit + 1), ..RosterFilter::default() };
    let mut read = ask.read().await?;
    Ok(json(StatusCode::OK, &people::page(&mut read, &site, filter, limit).await?, None))
}

async fn add(ask: Ask) -> Answer {
    let sent: OccupancyIn = ask.json()?;
    let site = site_for(&ask, &sent.site, Right::PeopleEdit).await?;
    let party: PartyId = sent.party.parse().map_err(|_| Error::Missing)?;
    // Only a party that this site knows: matching never looks outside it.
    parties::at_site(&mut ask.read().await?, site.id, party).await?;
    let home = people::home(&ask, &site, &sent.home, party).await?;
    let (out, replayed) = web::once!(ask, tx => {
        let id = parties::move_in(&mut tx, site.id, home).await?;
        OccupancyOut::from(&parties::occupancy(&mut tx, id).await?)
    });
    Ok(json(if replayed { StatusCode::OK } else { StatusCode::CREATED }, &out, None))
}

async fn end(ask: Ask) -> Answer {
    let sent: DayIn = ask.json()?;
    let day: Day = parsed("day", &sent.day, "estate_day_shape")?;
    let id: OccupancyId = ask.param("id")?;
    let row = parties::occupancy(&mut ask.read().await?, id).await?;
    let site: Site = site_of(&ask, row.site, Right::PeopleEdit).await?;
    let (out, _) = web::once!(ask, tx => {
        parties::move_out(&mut tx, site.id, id, day).await?;
        OccupancyOut::from(&parties::occupancy(&mut tx, id).await?)
    });
    Ok(json(StatusCode::OK, &out, None))
}

async fn sell(ask: Ask) -> Answer {
    let sent: SaleIn = ask.json()?;
    let day: Day = parsed("day", &sent.day, "estate_day_shape")?;
    let id: PlaceId = ask.param("id")?;
    let place = tree::by_id(&mut ask.read().await?, id).await?;
    let site = site_of(&ask, place.site, Right::PeopleEdit).await?;
    let buyers = sent.buyers.into_iter().map(people::person).collect::<Result<Vec<_>, Error>>()?;
    let (_, replayed) = web::once!(ask, tx => {
        let mut ids = Vec::new();
        for buyer in buyers {
            ids.push(parties::find_or_add(&mut tx, site.id, Some(place.id), buyer).await?);
        }
        parties::sell(&mut tx, site.id, place.id, day, &ids).await?.len()
    });
    let filter =
        RosterFilter { place: Some(place.id), on: Some(day), limit: Some(PAGE + 1), ..RosterFilter::default() };
    let mut read = ask.read().await?;
    let list = people::page(&mut read, &site, filter, PAGE).await?;
    Ok(json(if replayed { StatusCode::OK } else { StatusCode::CREATED }, &list, None))
}
