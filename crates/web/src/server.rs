//! From the table of routes to a running server: the layers around every handler and the loop that keeps slow and
//! greedy peers from harming others (R15).

use std::{collections::HashMap, net::SocketAddr, sync::Arc, time::Duration};

use axum::{
    Router,
    body::{Body as HttpBody, Bytes},
    extract::{FromRequestParts, Path, Request},
    http::{StatusCode, request::Parts},
    response::Response,
    routing::{MethodFilter, on},
};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    server::{
        conn::auto,
        graceful::{GracefulShutdown, Watcher},
    },
    service::TowerToHyperService,
};
use kernel::Error;
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tower::ServiceExt;
use tower_http::{catch_panic::CatchPanicLayer, compression::CompressionLayer};

use crate::{
    App, Ask, Body, Route, answer, guard,
    guard::Barred,
    headers, look,
    problems::{self, Context},
};

/// One request may take this long; longer work becomes a job.
const LONGEST: Duration = Duration::from_secs(30);
/// After SIGTERM, what is running may finish within this.
const LAST_WORDS: Duration = Duration::from_secs(10);
/// A request that was overtaken this often is told so.
const TRIES: usize = 5;
const MOST_CONNECTIONS: usize = 4_096;

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
    let lost = app.clone();
    router
        .fallback(move |request: Request| {
            let app = lost.clone();
            async move {
                let context = Context::of(&app, &request);
                headers::finish(&app, None, problems::answer(&app, &context, &Error::Missing))
            }
        })
        .method_not_allowed_fallback(|| async { StatusCode::METHOD_NOT_ALLOWED })
        .layer(CompressionLayer::new())
        .layer(CatchPanicLayer::custom(|_: Box<dyn std::any::Any + Send>| panicked()))
}

fn panicked() -> Response {
    tracing::error!("a handler panicked");
    let mut response = Response::new(HttpBody::from("E-PANIC"));
    *response.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
    response
}

/// Everything around one handler, outside in.
async fn serve(app: App, route: Arc<Route>, request: Request) -> Response {
    let started = std::time::Instant::now();
    let context = Context::of(&app, &request);
    let done = tokio::time::timeout(LONGEST, enter(&app, &route, &context, request)).await;
    let result = done.unwrap_or_else(|_| Err(Error::Db(db::DbError::Unreachable("took too long".into()))));
    let response = match result {
        Ok(response) => response,
        Err(error) => {
            answer::log(&error, route.path, &context.request);
            problems::answer(&app, &context, &error)
        }
    };
    let status = response.status().as_u16().to_string();
    metrics::counter!("anju_requests_total", "route" => route.path, "status" => status).increment(1);
    metrics::histogram!("anju_request_seconds", "route" => route.path).record(started.elapsed().as_secs_f64());
    headers::finish(&app, Some(&route), headers::for_script(context.by_script, context.flashed, response))
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

/// A peer that does not finish its greeting within this is cut off.
const GREETING: Duration = Duration::from_secs(10);

/// Serves until `stop` resolves, then lets what is running finish. With `tls` every connection is greeted first.
pub async fn run(
    listener: TcpListener,
    tls: Option<TlsAcceptor>,
    router: Router,
    stop: impl Future<Output = ()>,
) -> std::io::Result<()> {
    let graceful = GracefulShutdown::new();
    let slots = Arc::new(tokio::sync::Semaphore::new(MOST_CONNECTIONS));
    let mut builder = auto::Builder::new(TokioExecutor::new());
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(Duration::from_secs(10))
        .max_headers(64)
        .max_buf_size(64 * 1024);
    builder.http2().timer(TokioTimer::new()).max_concurrent_streams(100).max_header_list_size(32 * 1024);
    tokio::pin!(stop);
    loop {
        let (stream, peer) = tokio::select! {
            accepted = listener.accept() => match accepted { Ok(accepted) => accepted, Err(_) => continue },
            () = &mut stop => break,
        };
        let Ok(slot) = Arc::clone(&slots).try_acquire_owned() else { continue };
        let _ = stream.set_nodelay(true);
        let (builder, router, watcher, tls) = (builder.clone(), router.clone(), graceful.watcher(), tls.clone());
        tokio::spawn(async move {
            let _slot = slot;
            match tls {
                None => converse(&builder, watcher, router, peer, stream).await,
                Some(tls) => match tokio::time::timeout(GREETING, tls.accept(stream)).await {
                    Ok(Ok(stream)) => converse(&builder, watcher, router, peer, stream).await,
                    _ => tracing::debug!(%peer, "no TLS greeting"),
                },
            }
        });
    }
    drop(listener);
    tokio::select! {
        () = graceful.shutdown() => {}
        () = tokio::time::sleep(LAST_WORDS) => tracing::warn!("some connections did not finish in time"),
    }
    Ok(())
}

/// One connection, until it ends.
async fn converse<S>(
    builder: &auto::Builder<TokioExecutor>,
    watcher: Watcher,
    router: Router,
    peer: SocketAddr,
    stream: S,
) where
    S: tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin + Send + 'static,
{
    let service = router.map_request(move |mut request: axum::http::Request<hyper::body::Incoming>| {
        request.extensions_mut().insert(Peer(peer));
        request.map(HttpBody::new)
    });
    let connection = builder.serve_connection(TokioIo::new(stream), TowerToHyperService::new(service)).into_owned();
    if let Err(cause) = watcher.watch(connection).await {
        tracing::debug!(%cause, "connection ended");
    }
}
