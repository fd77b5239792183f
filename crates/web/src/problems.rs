//! The page or document that answers an error, before and after it is known who asks.

use std::{
    collections::HashMap,
    sync::{Mutex, OnceLock},
};

use axum::{
    body::Bytes,
    extract::Request,
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
};
use kernel::{Caller, Error, sites};
use values::Zone;

use crate::{App, Ask, Door, Verdict, answer, ask::cookie, guard, i18n::Lang, look::View, see_other, view};

/// What is known of a request at its very beginning.
pub(crate) struct Context {
    pub lang: Lang,
    pub door: Door,
    pub path: String,
    pub method_get: bool,
    /// A number to quote.
    pub request: String,
    /// Our own script sent the form and follows `x-go` itself.
    pub by_script: bool,
    /// The page that is answered now shows what the last act did; afterwards the words are gone.
    pub flashed: bool,
    headers: HeaderMap,
}

impl Context {
    pub fn of(app: &App, request: &Request) -> Self {
        let headers = request.headers().clone();
        let accept = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
        let chance: [u8; 4] = app.house().chance().bytes();
        Self {
            lang: Lang::choose(cookie(&headers, "anju-lang").as_deref(), accept),
            door: crate::route::door_of(request.uri().path()),
            path: request.uri().path_and_query().map_or_else(|| "/".into(), ToString::to_string),
            method_get: request.method() == axum::http::Method::GET,
            by_script: headers.contains_key("x-form"),
            flashed: cookie(&headers, view::FLASH_COOKIE).is_some(),
            request: format!("E-{}", kernel::audit::hex(&chance).to_uppercase()),
            headers,
        }
    }
}

pub(crate) async fn answer(app: &App, context: &Context, error: &Error) -> Response {
    let words = app.catalogue().words(context.lang);
    if context.door == Door::Machine {
        return answer::problem(error, &words, &context.request);
    }
    let verdict = Verdict::of(error);
    if verdict.code == "sign_in" && context.method_get {
        let login = if context.door == Door::Resident { "/r/login" } else { "/login" };
        return see_other(&format!("{login}?to={}", view::encode(&context.path)));
    }
    if verdict.code == "second_factor_first" && context.method_get {
        return see_other("/login/second-factor");
    }
    page(app, context, &verdict).await
}

/// `/c/GYHY/` means `/c/GYHY`.
pub(crate) fn without_slash(context: &Context) -> Option<String> {
    let (path, query) =
        context.path.split_once('?').map_or((context.path.as_str(), None), |(path, query)| (path, Some(query)));
    let shorter =
        path.strip_suffix('/').filter(|path| context.method_get && path.len() > 1 && !path.starts_with("//"))?;
    Some(query.map_or_else(|| shorter.to_string(), |query| format!("{shorter}?{query}")))
}

async fn page(app: &App, context: &Context, verdict: &Verdict) -> Response {
    let known = if verdict.status.is_server_error() { None } else { reader(app, context).await };
    let view = known.unwrap_or_else(|| {
        let words = app.catalogue().words(context.lang);
        let cookie = |name: &str| cookie(&context.headers, name);
        let mut view = view::bare(app, words, Zone::default(), view::face_of(context.door), cookie);
        view.path.clone_from(&context.path);
        view
    });
    let problem = crate::shell::problem::Problem {
        status: verdict.status.as_u16(),
        code: context.request.clone(),
        what: verdict.say(&view.words),
        fields: verdict.fields.iter().map(|field| Verdict::field_say(&view.words, field)).collect(),
    };
    (verdict.status, answer::html(verdict.status, crate::shell::problem::page(&view, &problem))).into_response()
}

/// What the shell shows to somebody who is signed in, so that a wrong address is no dead end. None for strangers.
async fn reader(app: &App, context: &Context) -> Option<View> {
    let caller = guard::by_door(app, context.door, &context.headers).await.ok()??;
    // A log-in for the field is no log-in for the console.
    if context.door == Door::Console && caller.in_field {
        return None;
    }
    let mut ask = Ask::of_page(app, context, caller)?;
    let code = ask.uri.path().split('/').nth(2).filter(|_| context.door == Door::Console).map(ToString::to_string);
    if let Some(code) = code {
        let mut read = ask.read().await.ok()?;
        ask.site = sites::by_code(&mut read, &code).await.ok();
    }
    let mut view = ask.view().await.ok()?;
    view.flash = None;
    Some(view)
}

impl Ask {
    /// The request behind a page that has no handler of its own.
    fn of_page(app: &App, context: &Context, caller: Caller) -> Option<Self> {
        Some(Self {
            app: app.clone(),
            caller,
            site: None,
            lang: context.lang,
            door: context.door,
            headers: context.headers.clone(),
            uri: context.path.parse().ok()?,
            route: "",
            params: HashMap::new(),
            body: Bytes::new(),
            stream: Mutex::new(None),
            received: OnceLock::new(),
            body_limit: 0,
            request: context.request.clone(),
        })
    }
}
