//! R01: the cookies of sessions. `__Host-` binds them to this host, so no neighbour can plant one.

use axum::{
    http::{HeaderMap, HeaderValue, header},
    response::Response,
};

/// Ties codes to the browser that asked for them, before anybody has logged in.
pub const BROWSER_COOKIE: &str = "__Host-anju-b";

/// Gives the browser a cookie; `seconds` none lets it end with the browser.
pub fn give(mut response: Response, name: &str, value: &str, seconds: Option<i64>) -> Response {
    let age = seconds.map(|seconds| format!("; Max-Age={seconds}")).unwrap_or_default();
    let line = format!("{name}={value}; Path=/; Secure; HttpOnly; SameSite=Lax{age}");
    if let Ok(line) = HeaderValue::from_str(&line) {
        response.headers_mut().append(header::SET_COOKIE, line);
    }
    response
}

pub fn take(response: Response, name: &str) -> Response {
    give(response, name, "", Some(0))
}

/// `Chrome·Windows`: how its owner will recognise a session in the list.
pub fn device(headers: &HeaderMap) -> String {
    let agent = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or("");
    let first =
        |known: &[(&str, &'static str)]| known.iter().find(|(mark, _)| agent.contains(mark)).map(|(_, name)| *name);
    let browser = first(&[
        ("MicroMessenger", "WeChat"),
        ("Edg/", "Edge"),
        ("Firefox/", "Firefox"),
        ("HeadlessChrome", "Chrome"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ]);
    let system = first(&[
        ("HarmonyOS", "HarmonyOS"),
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS X", "Mac"),
        ("Linux", "Linux"),
    ]);
    [browser, system].into_iter().flatten().collect::<Vec<_>>().join("·")
}

/// A way back after log-in: a path of this host, or nothing.
pub fn local(to: &str) -> Option<&str> {
    let path = to.strip_prefix('/')?;
    let foreign = path.starts_with('/')
        || path.starts_with('\\')
        || to.chars().any(|letter| letter.is_control() || letter == '\\');
    (!foreign && to.is_ascii() && to.len() <= 500).then_some(to)
}
