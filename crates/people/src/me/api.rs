use axum::http::StatusCode;
use kernel::{Error, SessionId, access};
use serde::Serialize;
use utoipa::ToSchema;
use values::Zone;
use web::{Answer, ApiDoc, Ask, Body, Reach, Route, json};

pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::get("/api/v1/sessions", list)
            .reach(Reach::Own)
            .also_field()
            .api(ApiDoc::new("My open sessions").gives::<Sessions>(200)),
        Route::post("/api/v1/sessions/{id}/end", end)
            .reach(Reach::Own)
            .also_field()
            .body(Body::None, 0)
            .audit("session.ended")
            .api(ApiDoc::new("End one of my sessions").gives_nothing(204)),
    ]
}

#[derive(Serialize, ToSchema)]
struct Sessions {
    items: Vec<Session>,
}

#[derive(Serialize, ToSchema)]
struct Session {
    id: SessionId,
    /// `console`, `field` or `resident`
    face: String,
    made: String,
    seen: String,
    device: String,
    /// The one that asks.
    this: bool,
}

async fn list(ask: Ask) -> Answer {
    let zone = Zone::default();
    let lines = access::sessions_of(ask.house(), &ask.caller).await?;
    let items = lines.into_iter().map(|line| Session {
        id: line.id,
        made: zone.rfc3339(line.made),
        seen: zone.rfc3339(line.seen),
        device: line.device,
        this: Some(line.id) == ask.caller.session,
        face: line.face,
    });
    Ok(json(StatusCode::OK, &Sessions { items: items.collect() }, None))
}

async fn end(ask: Ask) -> Answer {
    let party = ask.caller.party().ok_or(Error::Missing)?;
    let mut tx = ask.begin().await?;
    access::end_session(&mut tx, party, ask.param("id")?).await?;
    tx.commit().await?;
    Ok(axum::response::IntoResponse::into_response(StatusCode::NO_CONTENT))
}
