//! Live changes as server-sent events: `change` says what changed at the site, never what it says.

use std::{convert::Infallible, sync::Arc, time::Duration};

use axum::response::{
    IntoResponse,
    sse::{Event, KeepAlive, Sse},
};
use futures::{Stream, StreamExt, stream};
use kernel::{SiteId, live::Change};
use tokio::sync::{broadcast, watch};
use web::{Answer, Ask, Route};

use super::State;

/// Proxies and browsers give up on silence long before this.
const HEARTBEAT: Duration = Duration::from_secs(20);

pub fn routes(state: &Arc<State>) -> Vec<Route> {
    let state = Arc::clone(state);
    vec![Route::get("/c/{site}/live", move |ask| stream_of(ask, Arc::clone(&state)))]
}

async fn stream_of(ask: Ask, state: Arc<State>) -> Answer {
    let site = ask.site()?.id;
    let changes = changes(ask.house().live().listen(), state.stop.subscribe(), site);
    // The first bytes go out at once, so that the browser knows that the stream is open.
    let events = stream::once(async { Ok(Event::default().comment("open")) }).chain(changes);
    Ok(Sse::new(events).keep_alive(KeepAlive::new().interval(HEARTBEAT)).into_response())
}

fn changes(
    heard: broadcast::Receiver<Change>,
    stop: watch::Receiver<bool>,
    site: SiteId,
) -> impl Stream<Item = Result<Event, Infallible>> + Send {
    stream::unfold((heard, stop), move |(mut heard, mut stop)| async move {
        loop {
            let change = tokio::select! {
                _ = stop.wait_for(|stopping| *stopping) => return None,
                change = heard.recv() => change,
            };
            let event = match change {
                Ok(change) if change.site == site.uuid() => said(&change),
                Ok(_) => continue,
                // Too many at once for this listener: one event is enough, the page asks for what is new.
                Err(broadcast::error::RecvError::Lagged(_)) => Event::default().event("change").data("{}"),
                Err(broadcast::error::RecvError::Closed) => return None,
            };
            return Some((Ok(event), (heard, stop)));
        }
    })
}

fn said(change: &Change) -> Event {
    Event::default().event("change").data(serde_json::json!({ "what": change.what, "id": change.id }).to_string())
}
