//! What stands before every handler: who asks, is the request ours (CSRF), is the body of a known kind, is the site
//! within scope, is the right held.

use axum::http::{HeaderMap, Method, header};
use kernel::{Caller, Error, RefusalKind, Refuse, Who, access, sites};

use crate::{App, Ask, Auth, Body, Door, Route, ask::cookie};

/// The cookie of staff; residents have their own, so one browser can hold both and neither lends rights to the other.
pub const STAFF_COOKIE: &str = "__Host-anju";
pub const RESIDENT_COOKIE: &str = "__Host-anju-r";

#[derive(Debug, thiserror::Error)]
pub enum Barred {
    #[error("not signed in")]
    SignIn,
    #[error("the token of this device is over")]
    DeviceOver,
    #[error("the request did not come from one of our pages")]
    Foreign,
    #[error("the page is too old")]
    OldPage,
    #[error("this kind of body is not taken here")]
    BodyKind,
    #[error("the body is too large")]
    TooLarge,
    #[error("the body arrives too slowly")]
    TooSlow,
    #[error("an administrator enrols a second factor first")]
    Enrol,
    #[error("the right is not held")]
    Right,
    #[error("a log-in of the field face is not good here")]
    FieldSession,
}

impl Refuse for Barred {
    fn code(&self) -> &'static str {
        match self {
            Self::SignIn => "sign_in",
            Self::DeviceOver => "device_over",
            Self::Foreign => "foreign_request",
            Self::OldPage => "old_page",
            Self::BodyKind => "body_kind",
            Self::TooLarge => "body_too_large",
            Self::TooSlow => "body_too_slow",
            Self::Enrol => "second_factor_first",
            Self::Right => "right_missing",
            Self::FieldSession => "field_session",
        }
    }
    fn kind(&self) -> RefusalKind {
        RefusalKind::Denied
    }
}

/// Where the token of a phone's kept work is good: its operations and the pictures that they name.
const DEVICE_ROUTES: [&str; 2] = ["/api/v1/sync", "/api/v1/evidence"];

/// The address a request came from.
pub(crate) fn origin_of(app: &App, headers: &HeaderMap, peer: &str) -> String {
    let forwarded =
        headers.get("x-forwarded-for").and_then(|value| value.to_str().ok()).and_then(|line| line.rsplit(',').next());
    match forwarded {
        Some(address) if app.settings().behind_proxy => address.trim().to_string(),
        _ => peer.to_string(),
    }
}

/// Finds out who asks. A route of the resident face never looks at the cookie of staff, nor the other way round.
pub(crate) async fn identify(app: &App, route: &Route, headers: &HeaderMap, origin: String) -> Result<Caller, Error> {
    let bearer = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.strip_prefix("Bearer "));
    let house = app.house();
    let found = match (route.door, bearer) {
        (Door::Machine, Some(token)) if token.trim().starts_with(access::DEVICE_PREFIX) => {
            Some(by_device(app, route, token.trim(), &origin).await?)
        }
        (Door::Machine, Some(token)) => access::by_token(house, token.trim(), Some(origin.clone())).await?,
        (Door::Resident, _) => by_cookie(app, headers, RESIDENT_COOKIE, &origin).await?,
        (Door::Machine, None) | (Door::Public, _) => {
            let [first, second] = cookies_by_page(headers);
            match by_cookie(app, headers, first, &origin).await? {
                Some(caller) => Some(caller),
                None => by_cookie(app, headers, second, &origin).await?,
            }
        }
        _ => by_cookie(app, headers, STAFF_COOKIE, &origin).await?,
    };
    Ok(found.unwrap_or_else(|| access::anonymous(Some(origin))))
}

/// Who reads a page of this face, by its cookie; nobody for machines.
pub(crate) async fn by_door(app: &App, door: Door, headers: &HeaderMap) -> Result<Option<Caller>, Error> {
    match door {
        Door::Machine => Ok(None),
        Door::Resident => by_cookie(app, headers, RESIDENT_COOKIE, "").await,
        Door::Console | Door::Field | Door::Public => by_cookie(app, headers, STAFF_COOKIE, "").await,
    }
}

/// Contract, Offline: unsent work arrives under its author whoever is logged in on the phone meanwhile.
async fn by_device(app: &App, route: &Route, token: &str, origin: &str) -> Result<Caller, Error> {
    if !(route.is_unsafe() && DEVICE_ROUTES.contains(&route.path)) {
        return Err(Barred::DeviceOver.into());
    }
    access::by_device(app.house(), token, Some(origin.to_string())).await?.ok_or_else(|| Barred::DeviceOver.into())
}

/// A browser may hold both cookies; the page that a request comes from tells which of them it means.
fn cookies_by_page(headers: &HeaderMap) -> [&'static str; 2] {
    let referer = headers.get(header::REFERER).and_then(|value| value.to_str().ok()).unwrap_or("");
    let page = referer.split("//").nth(1).and_then(|rest| rest.split_once('/')).map_or("", |(_, path)| path);
    let of_resident = page == "r" || page.starts_with("r/") || page.starts_with("r?");
    if of_resident { [RESIDENT_COOKIE, STAFF_COOKIE] } else { [STAFF_COOKIE, RESIDENT_COOKIE] }
}

async fn by_cookie(app: &App, headers: &HeaderMap, name: &str, origin: &str) -> Result<Option<Caller>, Error> {
    match cookie(headers, name) {
        Some(value) => access::by_session(app.house(), &value, Some(origin.to_string())).await,
        None => Ok(None),
    }
}

/// R05: an unsafe request must come from one of our own pages. A token in a header cannot be sent by a foreign page.
pub(crate) fn same_origin(app: &App, route: &Route, caller: &Caller, headers: &HeaderMap) -> Result<(), Error> {
    if !route.is_unsafe()
        || matches!(caller.who, Who::Token(_))
        || caller.device.is_some()
        || (route.door == Door::Machine && route.auth == Auth::Public)
    {
        return Ok(());
    }
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let ours = match (text("sec-fetch-site"), text("origin")) {
        (Some(site), _) => site == "same-origin",
        (None, Some(origin)) => origin == app.settings().public_url,
        (None, None) => false,
    };
    if ours { Ok(()) } else { Err(Barred::Foreign.into()) }
}

/// The token that our forms carry: bound to the session and the day.
pub fn form_token(app: &App, caller: &Caller, day: i64) -> String {
    let session = caller.session.map_or_else(|| "anonymous".to_string(), |id| id.to_string());
    kernel::audit::hex(&app.house().keys().form_mac(&[session.as_bytes(), &day.to_le_bytes()])[..16])
}

/// Days since 1970 (UTC): a form stays good until the end of the next one.
pub fn form_day(app: &App) -> i64 {
    app.house().now().millis() / values::DAY
}

pub(crate) fn check_form_token(ask: &Ask, sent: Option<&str>) -> Result<(), Error> {
    if matches!(ask.caller.who, Who::Token(_)) || ask.caller.session.is_none() {
        return Ok(());
    }
    let header = ask.headers.get("x-csrf-token").and_then(|value| value.to_str().ok());
    let Some(sent) = sent.or(header) else { return Err(Barred::OldPage.into()) };
    let day = form_day(&ask.app);
    let good =
        [day, day - 1].iter().any(|day| same(form_token(&ask.app, &ask.caller, *day).as_bytes(), sent.as_bytes()));
    if good { Ok(()) } else { Err(Barred::OldPage.into()) }
}

/// Compares in constant time.
fn same(a: &[u8], b: &[u8]) -> bool {
    a.len() == b.len() && a.iter().zip(b).fold(0, |sum, (a, b)| sum | (a ^ b)) == 0
}

pub(crate) fn body_kind(route: &Route, headers: &HeaderMap, method: &Method) -> Result<(), Error> {
    if method == Method::GET || route.body == Body::None {
        return Ok(());
    }
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or("");
    let kind = kind.split(';').next().unwrap_or("").trim().to_ascii_lowercase();
    let fits = match route.body {
        Body::None => true,
        Body::Form => kind == "application/x-www-form-urlencoded",
        Body::Multipart => kind == "multipart/form-data",
        Body::Json => kind == "application/json",
    };
    if fits { Ok(()) } else { Err(Barred::BodyKind.into()) }
}

/// Is the caller signed in as this route asks, and past the second factor?
pub(crate) fn signed_in(route: &Route, caller: &Caller) -> Result<(), Error> {
    if route.auth == Auth::Public {
        return Ok(());
    }
    let fits = match route.door {
        Door::Resident => matches!(caller.who, Who::Resident(_)),
        Door::Console => matches!(caller.who, Who::Staff(_)) && !caller.in_field,
        Door::Field => matches!(caller.who, Who::Staff(_)),
        Door::Machine | Door::Public => caller.party().is_some(),
    };
    if !fits {
        return Err(Barred::SignIn.into());
    }
    // A phone in the field stays open for a shift without asking again: it opens what the field needs and no more.
    let from_field = caller.in_field && caller.device.is_none();
    if route.door == Door::Machine && from_field && !route.field {
        return Err(Barred::FieldSession.into());
    }
    let enrolled = !caller.must_enrol || route.before_second_factor;
    if enrolled { Ok(()) } else { Err(Barred::Enrol.into()) }
}

/// Loads the site of the address within the caller's scope, and asks for the right there. Residents are turned away before
/// anything is loaded, so that missing and foreign look the same to them.
pub(crate) async fn enter(ask: &mut Ask, route: &Route) -> Result<(), Error> {
    let resident = ask.caller.is_resident() && route.door == Door::Machine;
    if resident && route.auth != Auth::Public && !route.for_residents() {
        return Err(Barred::Right.into());
    }
    if let Some(code) = ask.params.get("site").cloned() {
        let mut read = ask.read().await?;
        ask.site = Some(sites::by_code(&mut read, &code).await?);
    }
    if route.rights.is_empty() || resident || route.rights.iter().any(|right| ask.may(*right)) {
        return Ok(());
    }
    Err(Barred::Right.into())
}
