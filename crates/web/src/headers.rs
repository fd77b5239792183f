//! R06: the headers every answer carries.

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::Response,
};

use crate::{App, Door, Route, answer::insert, view};

const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; \
    font-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// A redirect that our script asked for becomes an address to go to, so that the page is not loaded twice; the words
/// about the last act are taken off once a page has shown them.
pub(crate) fn for_script(by_script: bool, flashed: bool, mut response: Response) -> Response {
    let leads_on = by_script && response.status() == StatusCode::SEE_OTHER;
    if leads_on && let Some(place) = response.headers_mut().remove(header::LOCATION) {
        response.headers_mut().insert("x-go", place);
        *response.status_mut() = StatusCode::NO_CONTENT;
    }
    let is_page =
        response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    if flashed && is_page && response.status() == StatusCode::OK {
        let gone = format!("{}=; Path=/; Max-Age=0; SameSite=Lax; Secure; HttpOnly", view::FLASH_COOKIE);
        if let Ok(value) = HeaderValue::from_str(&gone) {
            response.headers_mut().append(header::SET_COOKIE, value);
        }
    }
    response
}

pub(crate) fn finish(app: &App, route: Option<&Route>, mut response: Response) -> Response {
    let door = route.map(|route| route.door);
    if !response.headers().contains_key(header::CONTENT_SECURITY_POLICY) {
        insert(&mut response, "content-security-policy", POLICY);
    }
    insert(&mut response, "x-content-type-options", "nosniff");
    insert(&mut response, "referrer-policy", "same-origin");
    insert(&mut response, "cross-origin-opener-policy", "same-origin");
    let devices = matches!(door, Some(Door::Field | Door::Resident));
    insert(
        &mut response,
        "permissions-policy",
        if devices { "camera=(self), geolocation=(self)" } else { "camera=(), geolocation=()" },
    );
    if app.settings().tls || app.settings().behind_proxy {
        insert(&mut response, "strict-transport-security", "max-age=31536000; includeSubDomains");
    }
    if !response.headers().contains_key(header::CACHE_CONTROL) {
        let secret = route.is_some_and(|route| route.no_store);
        insert(&mut response, "cache-control", if secret { "no-store" } else { "no-cache" });
    }
    response
}
