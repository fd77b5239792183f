//! R06: the headers every answer carries.

use axum::{http::header, response::Response};

use crate::{App, Door, Route, answer::insert};

const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; connect-src 'self'; \
    font-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

pub(crate) fn finish(app: &App, route: Option<&Route>, mut response: Response) -> Response {
    let door = route.map(|route| route.door);
    if !response.headers().contains_key(header::CONTENT_SECURITY_POLICY) {
        insert(&mut response, "content-security-policy", POLICY);
    }
    insert(&mut response, "x-content-type-options", "nosniff");
    insert(&mut response, "referrer-policy", "same-origin");
    insert(&mut response, "cross-origin-opener-policy", "same-origin");
    let devices = matches!(door, Some(Door::Field | Door::Resident));
    insert(&mut response, "permissions-policy", if devices { "camera=(self), geolocation=(self)" } else { "camera=(), geolocation=()" });
    if app.settings().tls || app.settings().behind_proxy {
        insert(&mut response, "strict-transport-security", "max-age=31536000; includeSubDomains");
    }
    if !response.headers().contains_key(header::CACHE_CONTROL) {
        let secret = route.is_some_and(|route| route.no_store);
        insert(&mut response, "cache-control", if secret { "no-store" } else { "no-cache" });
    }
    response
}
