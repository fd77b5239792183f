//! `/healthz`: the program answers. `/readyz`: it can write. `/metrics`: for Prometheus on this machine.

use std::{net::IpAddr, sync::Arc};

use axum::{
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use kernel::{Error, access};
use web::{Answer, Ask, Route};

use super::State;
use crate::watch::free_bytes;

pub fn routes(state: &Arc<State>) -> Vec<Route> {
    let (ready, metrics) = (Arc::clone(state), Arc::clone(state));
    vec![
        Route::get("/healthz", |_| async { Ok(word(StatusCode::OK, "ok")) }).public(),
        Route::get("/readyz", move |ask| readiness(ask, Arc::clone(&ready))).public(),
        Route::get("/metrics", move |ask| exposition(ask, Arc::clone(&metrics))).public(),
    ]
}

fn word(status: StatusCode, word: &'static str) -> Response {
    (status, [(header::CONTENT_TYPE, "text/plain; charset=utf-8"), (header::CACHE_CONTROL, "no-store")], word)
        .into_response()
}

async fn readiness(ask: Ask, state: Arc<State>) -> Answer {
    Ok(match not_ready(&ask, &state).await {
        None => word(StatusCode::OK, "ready"),
        Some(reason) => word(StatusCode::SERVICE_UNAVAILABLE, reason),
    })
}

/// Why nothing can be written now; `None` when all is well. Migrations ran before the port was opened.
async fn not_ready(ask: &Ask, state: &State) -> Option<&'static str> {
    if *state.stop.borrow() {
        return Some("stopping");
    }
    match free_bytes(&ask.app.settings().data) {
        Ok(free) if free < ask.app.settings().watermark => return Some("disk"),
        Ok(_) => {}
        Err(_) => return Some("data_folder"),
    }
    match write_probe(ask).await {
        Ok(()) => None,
        Err(Error::Db(db::DbError::Full)) => Some("disk"),
        Err(_) => Some("database"),
    }
}

async fn write_probe(ask: &Ask) -> Result<(), Error> {
    let mut tx = ask.house().begin(&access::system_company("probe")).await?;
    let now = tx.now().to_string();
    let sql = "INSERT INTO settings (name, value) VALUES ('probe', $1) ON CONFLICT (name) DO UPDATE SET value = excluded.value";
    tx.raw(sql, (now,)).await?;
    tx.commit().await
}

/// Only for a collector on this machine.
async fn exposition(ask: Ask, state: Arc<State>) -> Answer {
    let near = ask
        .caller
        .origin
        .as_deref()
        .and_then(|origin| origin.parse::<IpAddr>().ok())
        .is_some_and(|address| address.is_loopback());
    match state.metrics.get() {
        Some(metrics) if near => {
            Ok(([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], metrics.render()).into_response())
        }
        _ => Err(Error::Missing),
    }
}
