//! `POST /api/v1/orders/{id}/<noun>`: contract §2. Who may do it is decided by the order's rules, not by the route.

use axum::http::StatusCode;
use kernel::{
    Error, Tx,
    orders::{self, Correction, Order, To},
};
use values::Id;
use web::{Answer, ApiDoc, Ask, Reach, Route};

use super::{
    bodies::{self, ids, refuse},
    orders::answer,
    shapes::OrderOut,
    typed_place,
};

macro_rules! act {
    ($ask:ident, $tx:ident, $id:ident => $verb:expr) => {{
        let $id: Id<Order> = $ask.param("id")?;
        let (out, replayed) = web::once!($ask, $tx => {
            expected(&mut $tx, &$ask, $id).await?;
            $verb;
            OrderOut::load(&mut $tx, $id).await?
        });
        Ok(answer(StatusCode::OK, &out, replayed))
    }};
}

/// `If-Match`: the version that the caller saw. Errors: `Stale`, the present one in the answer's `ETag`.
async fn expected(tx: &mut Tx, ask: &Ask, id: Id<Order>) -> Result<(), Error> {
    match ask.if_match() {
        Some(version) => orders::expect(tx, id, version).await,
        None => Ok(()),
    }
}

async fn acceptance(ask: Ask) -> Answer {
    let bodies::Nothing {} = ask.json()?;
    act!(ask, tx, id => orders::accept(&mut tx, id).await?)
}

async fn reply(ask: Ask) -> Answer {
    let body: bodies::Answer = ask.json()?;
    act!(ask, tx, id => orders::answer(&mut tx, id, &body.text, body.close).await?)
}

async fn classification(ask: Ask) -> Answer {
    let body: bodies::Classification = ask.json()?;
    act!(ask, tx, id => {
        let to = correction(&mut tx, id, &body).await?;
        orders::classify(&mut tx, id, &to, ask.if_match()).await?
    })
}

async fn correction(tx: &mut Tx, id: Id<Order>, body: &bodies::Classification) -> Result<Correction, Error> {
    let place = match &body.place {
        Some(code) => {
            let site = orders::load(tx, id).await?.order.site;
            Some(typed_place(tx, site, "place", code).await?)
        }
        None => None,
    };
    Ok(Correction {
        kind: body.kind,
        category: body.category.clone(),
        urgency: body.urgency,
        place,
        reporter: body.reporter.as_ref().map(bodies::Reporter::read).transpose()?,
        complex: body.complex,
    })
}

async fn merge(ask: Ask) -> Answer {
    let body: bodies::Merge = ask.json()?;
    let into: Id<Order> = body.into.parse().map_err(|_| Error::Missing)?;
    act!(ask, tx, id => orders::merge(&mut tx, id, into).await?)
}

async fn assignment(ask: Ask) -> Answer {
    let body: bodies::Assignment = ask.json()?;
    let to = match (&body.person, &body.department, body.auto) {
        (Some(person), None, false) => To::Person(person.parse().map_err(|_| refuse("person", "assignee_unknown"))?),
        (None, Some(code), false) => To::Department(code.clone()),
        (None, None, true) => To::Auto,
        _ => return Err(refuse("person", "assignment_one_of")),
    };
    act!(ask, tx, id => orders::assign(&mut tx, id, &to).await?)
}

async fn grab(ask: Ask) -> Answer {
    let bodies::Nothing {} = ask.json()?;
    act!(ask, tx, id => orders::grab(&mut tx, id).await?)
}

async fn taking(ask: Ask) -> Answer {
    let bodies::Nothing {} = ask.json()?;
    act!(ask, tx, id => orders::take(&mut tx, id).await?)
}

async fn arrival(ask: Ask) -> Answer {
    let bodies::Nothing {} = ask.json()?;
    act!(ask, tx, id => orders::arrive(&mut tx, id, None).await?)
}

async fn start(ask: Ask) -> Answer {
    let bodies::Nothing {} = ask.json()?;
    act!(ask, tx, id => orders::start(&mut tx, id).await?)
}

async fn suspension(ask: Ask) -> Answer {
    let body: bodies::Suspension = ask.json()?;
    act!(ask, tx, id => orders::suspend(&mut tx, id, body.reason, &body.note).await?)
}

async fn resumption(ask: Ask) -> Answer {
    let bodies::Nothing {} = ask.json()?;
    act!(ask, tx, id => orders::resume(&mut tx, id).await?)
}

async fn completion(ask: Ask) -> Answer {
    let body: bodies::Completion = ask.json()?;
    let signature = body
        .signature
        .as_ref()
        .map(|id| id.parse().map_err(|_| refuse("signature", "evidence_unknown")))
        .transpose()?;
    let with = orders::Completion { result: body.result, photos: ids(&body.evidence)?, signature, device_at: None };
    act!(ask, tx, id => orders::complete(&mut tx, id, &with).await?)
}

async fn verdict(ask: Ask) -> Answer {
    let body: bodies::Verdict = ask.json()?;
    act!(ask, tx, id => orders::verdict(&mut tx, id, body.satisfied, &body.text).await?)
}

async fn rating(ask: Ask) -> Answer {
    let body: bodies::Rating = ask.json()?;
    act!(ask, tx, id => orders::rate(&mut tx, id, body.stars, &body.text).await?)
}

async fn closure(ask: Ask) -> Answer {
    let body: bodies::Why = ask.json()?;
    act!(ask, tx, id => orders::close(&mut tx, id, &body.reason).await?)
}

async fn reopening(ask: Ask) -> Answer {
    let body: bodies::Why = ask.json()?;
    act!(ask, tx, id => orders::reopen(&mut tx, id, &body.reason).await?)
}

async fn cancellation(ask: Ask) -> Answer {
    let body: bodies::Cancellation = ask.json()?;
    act!(ask, tx, id => orders::cancel(&mut tx, id, &body.reason, body.withdrawn).await?)
}

async fn transfer(ask: Ask) -> Answer {
    let body: bodies::Transfer = ask.json()?;
    let to = body.person.parse().map_err(|_| refuse("person", "assignee_unknown"))?;
    act!(ask, tx, id => orders::transfer(&mut tx, id, to, &body.reason).await?)
}

async fn giving_back(ask: Ask) -> Answer {
    let body: bodies::Why = ask.json()?;
    act!(ask, tx, id => orders::return_order(&mut tx, id, &body.reason).await?)
}

async fn chase(ask: Ask) -> Answer {
    let body: bodies::Words = ask.json()?;
    act!(ask, tx, id => orders::chase(&mut tx, id, &body.text).await?)
}

async fn supervision(ask: Ask) -> Answer {
    let body: bodies::Words = ask.json()?;
    act!(ask, tx, id => orders::supervise(&mut tx, id, &body.text).await?)
}

/// Every act of contract §2 that exists so far.
pub fn routes() -> Vec<Route> {
    let post = |route: Route, event: &'static str, doc: ApiDoc| {
        route.reach(Reach::Site).audit(event).idempotent().api(doc.gives::<OrderOut>(200))
    };
    let doc = ApiDoc::new;
    type Nothing = bodies::Nothing;
    vec![
        post(
            Route::post("/api/v1/orders/{id}/acceptance", acceptance),
            "order.accepted",
            doc("Accept").takes::<Nothing>(),
        ),
        post(
            Route::post("/api/v1/orders/{id}/answer", reply),
            "order.answered",
            doc("Answer, and close when it is done").takes::<bodies::Answer>(),
        ),
        post(
            Route::post("/api/v1/orders/{id}/classification", classification),
            "order.corrected",
            doc("Correct kind, category, urgency, place or caller").takes::<bodies::Classification>(),
        ),
        post(
            Route::post("/api/v1/orders/{id}/merge", merge),
            "order.merged",
            doc("Merge into another order").takes::<bodies::Merge>(),
        ),
        post(
            Route::post("/api/v1/orders/{id}/assignment", assignment),
            "order.assigned",
            doc("Dispatch").takes::<bodies::Assignment>(),
        ),
        post(Route::post("/api/v1/orders/{id}/grab", grab), "order.grabbed", doc("Grab").takes::<Nothing>()),
        post(Route::post("/api/v1/orders/{id}/taking", taking), "order.taken", doc("Take").takes::<Nothing>()),
        post(Route::post("/api/v1/orders/{id}/arrival", arrival), "order.arrived", doc("Arrive").takes::<Nothing>()),
        post(
            Route::post("/api/v1/orders/{id}/start", start),
            "order.started",
            doc("Start where no arrival is promised").takes::<Nothing>(),
        ),
        post(
            Route::post("/api/v1/orders/{id}/suspension", suspension),
            "order.suspended",
            doc("Suspend").takes::<bodies::Suspension>(),
        ),
        post(
            Route::post("/api/v1/orders/{id}/resumption", resumption),
            "order.resumed",
            doc("Resume").takes::<Nothing>(),
        ),
        post(
            Route::post("/api/v1/orders/{id}/completion", completion),
            "order.completed",
            doc("Complete").takes::<bodies::Completion>(),
        ),
        post(
            Route::post("/api/v1/orders/{id}/verdict", verdict),
            "order.verified",
            doc("The customer's verdict").takes::<bodies::Verdict>(),
        ),
        post(Route::post("/api/v1/orders/{id}/rating", rating), "order.rated", doc("Rate").takes::<bodies::Rating>()),
        post(
            Route::post("/api/v1/orders/{id}/closure", closure),
            "order.closed",
            doc("Close without work").takes::<bodies::Why>(),
        ),
        post(
            Route::post("/api/v1/orders/{id}/reopening", reopening),
            "order.reopened",
            doc("Reopen").takes::<bodies::Why>(),
        ),
        post(
            Route::post("/api/v1/orders/{id}/cancellation", cancellation),
            "order.cancelled",
            doc("Cancel").takes::<bodies::Cancellation>(),
        ),
        post(
            Route::post("/api/v1/orders/{id}/transfer", transfer),
            "order.transferred",
            doc("Hand over").takes::<bodies::Transfer>(),
        ),
        post(
            Route::post("/api/v1/orders/{id}/return", giving_back),
            "order.returned",
            doc("Give back").takes::<bodies::Why>(),
        ),
        post(Route::post("/api/v1/orders/{id}/chase", chase), "order.chased", doc("Chase").takes::<bodies::Words>()),
        post(
            Route::post("/api/v1/orders/{id}/supervision", supervision),
            "order.supervised",
            doc("Look over it").takes::<bodies::Words>(),
        ),
    ]
}
