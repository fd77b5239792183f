//! The page or document that answers an error, before and after it is known who asks.

use axum::{
    extract::Request,
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
};
use kernel::Error;
use values::Zone;

use crate::{App, Door, Verdict, answer, ask::cookie, i18n::Lang, see_other, view};

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

pub(crate) fn answer(app: &App, context: &Context, error: &Error) -> Response {
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
    page(app, context, &verdict)
}

fn page(app: &App, context: &Context, verdict: &Verdict) -> Response {
    let words = app.catalogue().words(context.lang);
    let mut view =
        view::bare(app, words, Zone::default(), view::face_of(context.door), |name| cookie(&context.headers, name));
    view.path.clone_from(&context.path);
    let problem = crate::shell::problem::Problem {
        status: verdict.status.as_u16(),
        code: context.request.clone(),
        what: verdict.say(&view.words),
        fields: verdict.fields.iter().map(|field| Verdict::field_say(&view.words, field)).collect(),
    };
    (verdict.status, answer::html(verdict.status, crate::shell::problem::page(&view, &problem))).into_response()
}
