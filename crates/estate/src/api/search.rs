use axum::http::StatusCode;
use kernel::{Right, search};
use serde::Deserialize;
use web::{Answer, ApiDoc, Ask, Reach, Route, json};

use super::{
    model::{HomeFound, OrderFound, PersonFound, SearchOut},
    site_for,
};

pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/api/v1/search", find).right(Right::EstateRead).reach(Reach::Site).api(
            ApiDoc::new("Find homes, people and orders by what people type")
                .gives::<SearchOut>(200)
                .query::<String>("q", "A code, a name, pinyin, initials, the last digits of a phone, the number of an order; several words must all fit")
                .query::<String>("site", "Only at this site"),
        ),
    ]
}

#[derive(Deserialize)]
struct Query {
    #[serde(default)]
    q: String,
    #[serde(default)]
    site: String,
}

/// Lines of each list.
const LINES: usize = 20;

async fn find(ask: Ask) -> Answer {
    let query: Query = ask.query()?;
    let found = if query.site.is_empty() {
        search::find(&mut ask.read().await?, &query.q, LINES).await?
    } else {
        let site = site_for(&ask, &query.site, Right::EstateRead).await?;
        search::find_at(&mut ask.read().await?, &site, &query.q, LINES).await?
    };
    let homes = found.homes.into_iter().map(|hit| HomeFound {
        id: hit.id.to_string(),
        site: hit.site_code,
        code: hit.code,
        name: hit.name,
        kind: hit.kind,
        state: hit.state,
        owner: hit.holder,
        open_orders: hit.open_orders,
    });
    let people = found.people.into_iter().map(|hit| PersonFound {
        id: hit.id.to_string(),
        site: hit.site_code,
        name: hit.name,
        phone: hit.phone.map(|phone| phone.masked()),
        homes: hit.homes.into_iter().map(|(code, _)| code).collect(),
    });
    let orders = found.orders.into_iter().map(|hit| OrderFound {
        id: hit.id.to_string(),
        site: hit.site_code,
        number: hit.number,
        title: hit.title,
        state: hit.state,
        place: hit.place,
    });
    let out = SearchOut { homes: homes.collect(), people: people.collect(), orders: orders.collect() };
    Ok(json(StatusCode::OK, &out, None))
}
