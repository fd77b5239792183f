//! One order: its page, the acts on it, its printed form.

mod acts;
mod aside;
mod conflict;
mod conversation;
mod dispatch;
mod forms;
mod load;
mod model;
mod pages;
mod paper;
mod perform;
mod preview;
mod progress;
mod store;

use axum::{
    http::{StatusCode, header},
    response::IntoResponse,
};
use kernel::{Error, Right, evidence::Evidence, orders};
use values::Id;
use web::{Answer, Ask, Route, html, see_other};

use super::{answers, paths};

pub fn routes() -> Vec<Route> {
    let mut routes = vec![
        Route::get("/c/{site}/orders/{number}", page).right(Right::OrderRead),
        Route::get("/c/{site}/orders/{number}/paper.pdf", paper::pdf).right(Right::OrderRead),
        Route::get("/c/{site}/orders/{number}/reporters", acts::reporter_form).right(Right::OrderDesk),
        Route::post("/c/{site}/orders/{number}/reporters", acts::add_reporter)
            .right(Right::OrderDesk)
            .audit("order.said")
            .idempotent(),
        Route::post("/c/{site}/orders/{number}/messages", acts::act)
            .right(Right::OrderRead)
            .audit("order.said")
            .idempotent(),
        Route::post("/c/{site}/orders/{number}/phone", acts::reveal)
            .right(Right::PeopleRead)
            .audit("order.phone_shown")
            .no_store(),
        Route::get("/c/{site}/evidence/{id}", picture).right(Right::OrderRead),
        Route::get("/c/{site}/evidence/{id}/thumbnail", thumbnail).right(Right::OrderRead),
    ];
    for (path, rights, audit) in ACTS {
        let held = |route: Route| rights.iter().fold(route, |route, right| route.right(*right));
        routes.push(held(Route::get(path, acts::form)));
        routes.push(held(Route::post(path, acts::act)).audit(audit).idempotent());
    }
    routes
}

/// Where an act is asked for and done, by whom it can be at all, and what it leaves in the audit.
const ACTS: &[(&str, &[Right], &str)] = {
    use Right::{OrderDesk, OrderDispatch, OrderRead, OrderSupervise, OrderWork};
    &[
        ("/c/{site}/orders/{number}/acceptance", &[OrderDesk], "order.accepted"),
        ("/c/{site}/orders/{number}/answer", &[OrderDesk], "order.answered"),
        ("/c/{site}/orders/{number}/classification", &[OrderDesk], "order.corrected"),
        ("/c/{site}/orders/{number}/merge", &[OrderDesk], "order.merged"),
        ("/c/{site}/orders/{number}/assignment", &[OrderDispatch, OrderDesk], "order.assigned"),
        ("/c/{site}/orders/{number}/transfer", &[OrderDispatch, OrderWork], "order.transferred"),
        ("/c/{site}/orders/{number}/taking", &[OrderWork], "order.taken"),
        ("/c/{site}/orders/{number}/arrival", &[OrderWork], "order.arrived"),
        ("/c/{site}/orders/{number}/start", &[OrderWork], "order.started"),
        ("/c/{site}/orders/{number}/suspension", &[OrderDesk, OrderWork], "order.suspended"),
        ("/c/{site}/orders/{number}/resumption", &[OrderDesk, OrderWork], "order.resumed"),
        ("/c/{site}/orders/{number}/completion", &[OrderWork], "order.completed"),
        ("/c/{site}/orders/{number}/verdict", &[OrderDesk], "order.verified"),
        ("/c/{site}/orders/{number}/closure", &[OrderDesk, OrderDispatch], "order.closed"),
        ("/c/{site}/orders/{number}/reopening", &[OrderDesk], "order.reopened"),
        ("/c/{site}/orders/{number}/cancellation", &[OrderDesk], "order.cancelled"),
        ("/c/{site}/orders/{number}/return", &[OrderDispatch, OrderWork], "order.returned"),
        ("/c/{site}/orders/{number}/chase", &[OrderRead], "order.chased"),
        ("/c/{site}/orders/{number}/supervision", &[OrderSupervise], "order.supervised"),
    ]
};

/// The order; the number of a merged one leads to where it went on, a short one to the form with the year.
async fn page(ask: Ask) -> Answer {
    let case = load::case(&ask).await?;
    let (site, typed): (_, String) = (ask.site()?, ask.param("number")?);
    let number = case.view.merged_number.unwrap_or(case.order().number);
    if number.to_string() != typed {
        return Ok(see_other(&paths::order(&site.code, number)));
    }
    let view = ask.view().await?;
    Ok(html(StatusCode::OK, pages::order(&view, site, &case, &answers::once(&ask), None)))
}

async fn picture(ask: Ask) -> Answer {
    let found = evidence(&ask).await?;
    send(&ask, found.file.clone(), found.media).await
}

async fn thumbnail(ask: Ask) -> Answer {
    let found = evidence(&ask).await?;
    send(&ask, found.thumbnail.clone(), found.media).await
}

async fn evidence(ask: &Ask) -> Result<Evidence, Error> {
    let (site, id): (_, Id<Evidence>) = (ask.site()?.id, ask.param("id")?);
    let mut read = ask.read().await?;
    let found = orders::evidence_for(&mut read, id).await?;
    if found.site == site { Ok(found) } else { Err(Error::Missing) }
}

/// The content never changes under its name, but who may see it may: the browser asks again.
async fn send(ask: &Ask, file: String, media: String) -> Answer {
    let files = ask.house().files().clone();
    let bytes = tokio::task::spawn_blocking(move || files.get(&file))
        .await
        .map_err(|cause| Error::Broken(cause.to_string()))??;
    Ok((
        StatusCode::OK,
        [(header::CONTENT_TYPE, media), (header::CACHE_CONTROL, "private, max-age=300".to_string())],
        bytes,
    )
        .into_response())
}
