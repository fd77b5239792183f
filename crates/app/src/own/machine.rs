//! The machine's own part of the API: its description, where the audit stands, and the movable clock of tests.

use std::sync::Arc;

use axum::{
    http::{StatusCode, header},
    response::IntoResponse,
};
use kernel::{Error, FieldError, Right, audit};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use values::{Moment, Zone};
use web::{Answer, ApiDoc, Ask, Reach, Route, json};

use super::State;
use crate::checks;

/// One chain of the audit and where it stands.
#[derive(Serialize, ToSchema)]
struct Head {
    /// A site's id, or `company`.
    chain: String,
    seq: i64,
    /// Hex; for `anju check --head`.
    mac: String,
}

#[derive(Serialize, ToSchema)]
struct Heads {
    items: Vec<Head>,
    /// One word over all chains; for `anju check --head`.
    head: String,
}

#[derive(Deserialize, Serialize, ToSchema)]
struct TestClock {
    /// RFC 3339.
    now: String,
}

pub fn routes(state: &Arc<State>) -> Vec<Route> {
    let describe = Arc::clone(state);
    let mut routes = vec![
        Route::get("/api/v1/openapi.json", move |_| described(Arc::clone(&describe)))
            .public()
            .api(ApiDoc::new("This description").gives_file("application/json")),
        Route::get("/api/v1/audit/head", head)
            .right(Right::AuditRead)
            .reach(Reach::Company)
            .api(ApiDoc::new("Where the audit chains stand").gives::<Heads>(200)),
    ];
    if state.test_clock {
        let state = Arc::clone(state);
        routes.push(
            Route::put("/api/v1/test-clock", move |ask| put_clock(ask, Arc::clone(&state))).public().api(
                ApiDoc::new("Moves the clock of tests; answers when all that was due has run")
                    .takes::<TestClock>()
                    .gives::<TestClock>(200),
            ),
        );
    }
    routes
}

async fn described(state: Arc<State>) -> Answer {
    let text = state.openapi.get().ok_or(Error::Missing)?;
    Ok((StatusCode::OK, [(header::CONTENT_TYPE, "application/json")], text.clone()).into_response())
}

async fn head(ask: Ask) -> Answer {
    if !ask.caller.may_company(Right::AuditRead) {
        return Err(Error::Denied);
    }
    let heads = audit::heads(ask.house()).await?;
    let items = heads.into_iter().map(|(chain, seq, mac)| Head { chain, seq, mac }).collect();
    Ok(json(StatusCode::OK, &Heads { items, head: checks::combined_head(ask.house()).await? }, None))
}

async fn put_clock(ask: Ask, state: Arc<State>) -> Answer {
    let asked: TestClock = ask.json()?;
    let now: Moment = asked.now.parse().map_err(|_| Error::Invalid(vec![FieldError::new("now", "moment_shape")]))?;
    let work = state.work.get().ok_or(Error::Missing)?;
    if !work.move_clock(now).await? {
        return Err(Error::Missing);
    }
    Ok(json(StatusCode::OK, &TestClock { now: Zone::default().rfc3339(now) }, None))
}
