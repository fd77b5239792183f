//! From the table of routes to a router: the layers around every handler.

use std::{collections::HashMap, net::SocketAddr, panic::AssertUnwindSafe, sync::Arc, time::Duration};

use axum::{
    Router,
    body::{Body as HttpBody, Bytes},
    extract::{FromRequestParts, Path, Request},
    http::{StatusCode, request::Parts},
    response::{IntoResponse, Response},
    routing::{MethodFilter, on},
};
use futures::FutureExt;
use http_body_util::{BodyExt, LengthLimitError, Limited};
use kernel::Error;
use tower_http::{catch_panic::CatchPanicLayer, compression::CompressionLayer};

use crate::{
    App, Ask, Body, Route, answer, guard,
    guard::Barred,
    headers, look,
    pace::Waiting,
    problems::{self, Context},
    see_other,
};

pub use crate::connections::run;

/// One request may take this long, without the time it waited for its own body; longer work becomes a job.
const LONGEST: Duration = Duration::from_secs(30);
/// A request that was overtaken this often is told so.
const TRIES: usize = 5;

/// Who is at the other end of the connection.
#[derive(Clone, Copy, Debug)]
pub struct Peer(pub SocketAddr);

pub fn router(app: &App, routes: &[Route]) -> Router {
    let mut router = Router::new();
    for route in routes {
        let filter = MethodFilter::try_from(route.method.clone()).expect("the table holds known methods only");
        let (app, shared) = (app.clone(), Arc::new(route.clone()));
        let handle = move |request: Request| {
            let (app, route) = (app.clone(), Arc::clone(&shared));
            async move { serve(app, route, request).await }
        };
        router = router.route(route.path, on(filter, handle));
    }
    let (lost, wrong) = (app.clone(), app.clone());
    router
        .fallback(move |request: Request| {
            let app = lost.clone();
            async move {
                let context = Context::of(&app, &request);
                if let Some(place) = problems::without_slash(&context) {
                    return headers::finish(&app, None, see_other(&place));
                }
                headers::finish(&app, None, problems::answer(&app, &context, &Error::Missing).await)
            }
        })
        .method_not_allowed_fallback(move || async move {
            headers::finish(&wrong, None, StatusCode::METHOD_NOT_ALLOWED.into_response())
        })
        .layer(CompressionLayer::new())
        .layer(CatchPanicLayer::custom(|_: Box<dyn std::any::Any + Send>| panicked()))
}

/// The last net: what panics outside of a handler.
fn panicked() -> Response {
    tracing::error!("the layers around a handler panicked");
    let mut response = Response::new(HttpBody::from("E-PANIC"));
    *response.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
    response
}

/// Everything around one handler, outside in.
async fn serve(app: App, route: Arc<Route>, request: Request) -> Response {
    let started = std::time::Instant::now();
    let context = Context::of(&app, &request);
    let waiting = request.extensions().get::<Waiting>().cloned().unwrap_or_default();
    let response = match in_time(&waiting, enter(&app, &route, &context, request)).await {
        Ok(response) => response,
        Err(error) => {
            answer::log(&error, route.path, &context.request);
            problems::answer(&app, &context, &error).await
        }
    };
    let status = response.status().as_u16().to_string();
    metrics::counter!("anju_requests_total", "route" => route.path, "status" => status).increment(1);
    metrics::histogram!("anju_request_seconds", "route" => route.path).record(started.elapsed().as_secs_f64());
    headers::finish(&app, Some(&route), headers::for_script(context.by_script, context.flashed, response))
}

/// A handler that panics or takes too long is an error like others; a body that was cut is its sender's.
async fn in_time(waiting: &Waiting, work: impl Future<Output = Result<Response, Error>>) -> Result<Response, Error> {
    let done = waiting.within(LONGEST, AssertUnwindSafe(work).catch_unwind()).await;
    match done {
        _ if waiting.given_up() => Err(Barred::TooSlow.into()),
        None => Err(Error::Db(db::DbError::Unreachable("took too long".into()))),
        Some(Err(_)) => Err(Error::Broken("the handler panicked".into())),
        Some(Ok(result)) => result,
    }
}

async fn enter(app: &App, route: &Route, context: &Context, request: Request) -> Result<Response, Error> {
    let (mut parts, body) = request.into_parts();
    let peer = parts.extensions.get::<Peer>().map_or_else(|| "local".to_string(), |peer| peer.0.ip().to_string());
    let origin = guard::origin_of(app, &parts.headers, &peer);
    let caller = guard::identify(app, route, &parts.headers, origin).await?;
    guard::same_origin(app, route, &caller, &parts.headers)?;
    guard::signed_in(route, &caller)?;
    guard::body_kind(route, &parts.headers, &parts.method)?;
    let params = path_params(&mut parts).await?;
    let mut ask = Ask {
        app: app.clone(),
        caller,
        site: None,
        lang: context.lang,
        door: route.door,
        headers: parts.headers,
        uri: parts.uri,
        route: route.path,
        params,
        body: Bytes::new(),
        stream: std::sync::Mutex::new(None),
        received: std::sync::OnceLock::new(),
        body_limit: route.body_limit,
        request: context.request.clone(),
    };
    if route.is_unsafe() && route.body == Body::Multipart {
        ask.stream = std::sync::Mutex::new(Some(body));
    } else if route.is_unsafe() {
        ask.body = whole(body, route.body_limit).await?;
        if route.body == Body::Form || ask.caller.session.is_some() {
            guard::check_form_token(&ask, ask.form_field(look::CSRF_FIELD).as_deref())?;
        }
    }
    guard::enter(&mut ask, route).await?;
    answer_with_retries(route, ask).await
}

/// A handler whose transaction was overtaken by another one runs again from its beginning: it awaited SQL only, and
/// nothing of it was kept.
async fn answer_with_retries(route: &Route, ask: Ask) -> Result<Response, Error> {
    for _ in 1..TRIES {
        let Some(again) = ask.again() else { break };
        match (route.handler)(again).await {
            Err(Error::Db(db::DbError::Overtaken)) => {}
            done => return done,
        }
    }
    (route.handler)(ask).await
}

async fn path_params(parts: &mut Parts) -> Result<HashMap<String, String>, Error> {
    let params = Path::<HashMap<String, String>>::from_request_parts(parts, &()).await.map_err(|_| Error::Missing)?;
    if params.0.values().any(|value| value.contains('\0')) { Err(Error::Missing) } else { Ok(params.0) }
}

async fn whole(body: HttpBody, limit: usize) -> Result<Bytes, Error> {
    let collected = Limited::new(body, limit).collect().await;
    collected.map(|body| body.to_bytes()).map_err(|cause| {
        if cause.downcast_ref::<LengthLimitError>().is_some() {
            Barred::TooLarge.into()
        } else {
            Error::Invalid(vec![kernel::FieldError::new("body", "body_unreadable")])
        }
    })
}
