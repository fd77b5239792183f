//! Live changes as server-sent events: `change` says what changed at the site, never what it says. A stream ends with the
//! log-in that opened it, and with the right to see the site.

use std::{
    convert::Infallible,
    sync::Arc,
    time::{Duration, Instant},
};

use axum::response::{
    IntoResponse,
    sse::{Event, KeepAlive, Sse},
};
use futures::{Stream, StreamExt, stream};
use kernel::live::Change;
use tokio::sync::{broadcast, watch};
use web::{Answer, Ask, Route};

use super::State;

/// Proxies and browsers give up on silence long before this.
const HEARTBEAT: Duration = Duration::from_secs(20);
/// Whoever may see the stream is looked at again this often when nothing happens: another program may have ended a log-in
/// or a role, a session may have idled out, a role may have had its last day.
const LOOKS_AGAIN: Duration = Duration::from_secs(5);
/// Many events in a row need one look.
const TRUSTED_FOR: Duration = Duration::from_secs(1);

pub fn routes(state: &Arc<State>) -> Vec<Route> {
    let state = Arc::clone(state);
    vec![Route::get("/c/{site}/live", move |ask| stream_of(ask, Arc::clone(&state)))]
}

async fn stream_of(ask: Ask, state: Arc<State>) -> Answer {
    ask.site()?;
    let (heard, stop) = (ask.house().live().listen(), state.stop.subscribe());
    let changes = changes(Listener { ask, heard, stop, looked: Instant::now() });
    // The first bytes go out at once, so that the browser knows that the stream is open.
    let events = stream::once(async { Ok(Event::default().comment("open")) }).chain(changes);
    Ok(Sse::new(events).keep_alive(KeepAlive::new().interval(HEARTBEAT)).into_response())
}

/// One open stream.
struct Listener {
    ask: Ask,
    heard: broadcast::Receiver<Change>,
    stop: watch::Receiver<bool>,
    /// When its person was last found to be allowed to see it.
    looked: Instant,
}

/// What a listener hears next.
enum Heard {
    Change(Event),
    /// Nothing for its page; whether it may stay is looked at again.
    Quiet {
        at_once: bool,
    },
    End,
}

fn changes(listener: Listener) -> impl Stream<Item = Result<Event, Infallible>> + Send {
    stream::unfold(listener, |mut listener| async move {
        loop {
            match listener.next().await {
                Heard::Change(event) if listener.may_stay(TRUSTED_FOR).await => return Some((Ok(event), listener)),
                Heard::Quiet { at_once: false } if listener.may_stay(LOOKS_AGAIN).await => {}
                Heard::Quiet { at_once: true } if listener.may_stay(Duration::ZERO).await => {}
                _ => return None,
            }
        }
    })
}

impl Listener {
    async fn next(&mut self) -> Heard {
        let change = tokio::select! {
            _ = self.stop.wait_for(|stopping| *stopping) => return Heard::End,
            () = tokio::time::sleep(LOOKS_AGAIN.saturating_sub(self.looked.elapsed())) => return Heard::Quiet { at_once: false },
            change = self.heard.recv() => change,
        };
        let (site, party) = (self.ask.site.as_ref().map(|site| site.id.uuid()), self.ask.caller.party());
        match change {
            Ok(change) if Some(change.site) == site => Heard::Change(said(&change)),
            Ok(change) => Heard::Quiet { at_once: party.is_some_and(|party| change.ends_access_of(party)) },
            // Too many at once for this listener: one event is enough, the page asks for what is new.
            Err(broadcast::error::RecvError::Lagged(_)) => Heard::Change(Event::default().event("change").data("{}")),
            Err(broadcast::error::RecvError::Closed) => Heard::End,
        }
    }
    /// Looks when the last look is older than `trusted`. What cannot be looked up ends the stream: the browser asks again.
    async fn may_stay(&mut self, trusted: Duration) -> bool {
        if !trusted.is_zero() && self.looked.elapsed() < trusted {
            return true;
        }
        let stands = self.ask.still_stands().await.unwrap_or(false);
        self.looked = Instant::now();
        stands
    }
}

fn said(change: &Change) -> Event {
    Event::default().event("change").data(serde_json::json!({ "what": change.what, "id": change.id }).to_string())
}
