//! Browser files: under hashed names for ever, under fixed names with a validator.

use axum::{
    body::Body,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::Response,
};
use kernel::Error;
use web::{Answer, Ask, Route};
use web_assets::Asset;

pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/assets/{name}", hashed).public(),
        Route::get("/f/sw.js", worker).public(),
        Route::get("/favicon.svg", |ask| fixed(ask, "favicon.svg")).public(),
        Route::get("/favicon.ico", |ask| fixed(ask, "favicon.svg")).public(),
    ]
}

async fn hashed(ask: Ask) -> Answer {
    let name: String = ask.param("name")?;
    let asset = web_assets::get(&name).ok_or(Error::Missing)?;
    Ok(file(&ask.headers, asset, "public, max-age=31536000, immutable"))
}

async fn fixed(ask: Ask, name: &'static str) -> Answer {
    let asset = web_assets::named(name).ok_or(Error::Missing)?;
    Ok(file(&ask.headers, asset, "no-cache"))
}

/// The service worker of the field face; it also answers for `/f` itself, which is above its own folder.
async fn worker(ask: Ask) -> Answer {
    let mut response = fixed(ask, "sw.js").await?;
    response.headers_mut().insert("service-worker-allowed", HeaderValue::from_static("/f"));
    Ok(response)
}

fn file(asked: &HeaderMap, asset: &'static Asset, cache: &'static str) -> Response {
    let text = |name: header::HeaderName| asked.get(name).and_then(|value| value.to_str().ok()).unwrap_or("");
    if text(header::IF_NONE_MATCH) == asset.etag {
        return with_headers(Body::empty(), StatusCode::NOT_MODIFIED, asset, cache);
    }
    let packed = asset.gzip.filter(|_| text(header::ACCEPT_ENCODING).contains("gzip"));
    let mut response = with_headers(Body::from(packed.unwrap_or(asset.bytes)), StatusCode::OK, asset, cache);
    if packed.is_some() {
        response.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    }
    response
}

fn with_headers(body: Body, status: StatusCode, asset: &'static Asset, cache: &'static str) -> Response {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(asset.content_type));
    headers.insert(header::ETAG, HeaderValue::from_static(asset.etag));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    response
}
