//! How an error is answered: a problem document for machines, a page for people. Logged once, here.

use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use db::DbError;
use kernel::{Error, FieldError, RefusalKind};

use crate::{
    i18n::Words,
    openapi::{Problem, ProblemField},
};

/// What an error means to the one who asked.
#[derive(Clone, Debug)]
pub struct Verdict {
    pub status: StatusCode,
    pub code: String,
    pub fields: Vec<FieldError>,
    pub args: Vec<(&'static str, String)>,
}

impl Verdict {
    fn new(status: StatusCode, code: &str) -> Self {
        Self { status, code: code.to_string(), fields: Vec::new(), args: Vec::new() }
    }
    pub fn of(error: &Error) -> Self {
        match error {
            Error::Missing => Self::new(StatusCode::NOT_FOUND, "missing"),
            Error::Denied => Self::new(StatusCode::FORBIDDEN, "denied"),
            Error::Stale { .. } => Self::new(StatusCode::CONFLICT, "changed_meanwhile"),
            Error::Invalid(fields) => Self { fields: fields.clone(), ..Self::new(status_of_fields(fields), "fields") },
            Error::Refused(why) => {
                let field =
                    why.field().map(|field| FieldError { field: field.into(), code: why.code(), args: why.args() });
                let verdict = Self::new(status_of(why.kind(), why.code()), why.code());
                Self { fields: field.into_iter().collect(), args: why.args(), ..verdict }
            }
            Error::Db(DbError::Full) => Self::new(StatusCode::INSUFFICIENT_STORAGE, "disk_full"),
            Error::Db(DbError::Unreachable(_)) => Self::new(StatusCode::SERVICE_UNAVAILABLE, "unreachable"),
            Error::Db(DbError::Overtaken) => Self::new(StatusCode::CONFLICT, "overtaken"),
            Error::Db(DbError::Taken(_)) => Self::new(StatusCode::CONFLICT, "taken"),
            Error::Db(_) | Error::Broken(_) => Self::new(StatusCode::INTERNAL_SERVER_ERROR, "broken"),
        }
    }
    /// What is wrong and what to do, in the reader's language.
    pub fn say(&self, words: &Words) -> String {
        sentence(words, &self.code, &self.args)
    }
    pub fn field_say(words: &Words, field: &FieldError) -> String {
        sentence(words, field.code, &field.args)
    }
}

fn sentence(words: &Words, code: &str, args: &[(&'static str, String)]) -> String {
    let key = format!("refusal-{}", code.replace('_', "-"));
    let args: Vec<_> = args.iter().map(|(name, value)| (*name, value.clone().into())).collect();
    words.with(&key, &args)
}

fn status_of_fields(fields: &[FieldError]) -> StatusCode {
    match fields.first().map(|field| field.code) {
        Some(
            "json_unreadable" | "json_too_deep" | "json_list_too_long" | "text_holds_nul" | "body_unreadable"
            | "query_unreadable" | "key_shape" | "key_needed",
        ) => StatusCode::BAD_REQUEST,
        Some("upload_too_large") => StatusCode::PAYLOAD_TOO_LARGE,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    }
}

fn status_of(kind: RefusalKind, code: &str) -> StatusCode {
    match (kind, code) {
        (_, "sign_in" | "device_over") => StatusCode::UNAUTHORIZED,
        (_, "body_kind") => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        (_, "body_too_large") => StatusCode::PAYLOAD_TOO_LARGE,
        (_, "body_too_slow") => StatusCode::REQUEST_TIMEOUT,
        (RefusalKind::Invalid, _) => StatusCode::UNPROCESSABLE_ENTITY,
        (RefusalKind::Conflict, _) => StatusCode::CONFLICT,
        (RefusalKind::Denied, _) => StatusCode::FORBIDDEN,
        (RefusalKind::Later, _) => StatusCode::TOO_MANY_REQUESTS,
    }
}

pub(crate) fn log(error: &Error, route: &str, request: &str) {
    match Verdict::of(error).status {
        status if status.is_server_error() => tracing::error!(route, request, %error, "failed"),
        status => tracing::debug!(route, request, %error, status = status.as_u16(), "refused"),
    }
}

/// problem+json.
pub(crate) fn problem(error: &Error, words: &Words, request: &str) -> Response {
    let verdict = Verdict::of(error);
    let errors = verdict.fields.iter().map(|field| ProblemField {
        field: field.field.clone(),
        code: field.code.to_string(),
        message: Verdict::field_say(words, field),
    });
    let body = Problem {
        r#type: "about:blank".into(),
        title: verdict.status.canonical_reason().unwrap_or("Error").into(),
        status: verdict.status.as_u16(),
        detail: verdict.say(words),
        code: verdict.code.clone(),
        errors: errors.collect(),
        request: request.into(),
    };
    let mut response = (verdict.status, Json(body)).into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    if let Error::Stale { current } = error {
        insert(&mut response, "etag", &format!("\"{current}\""));
    }
    response
}

pub(crate) fn insert(response: &mut Response, name: &'static str, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
}

/// JSON with the version as its entity tag.
pub fn json<T: serde::Serialize>(status: StatusCode, value: &T, version: Option<i64>) -> Response {
    let mut response = (status, Json(value)).into_response();
    if let Some(version) = version {
        insert(&mut response, "etag", &format!("\"{version}\""));
    }
    response
}

/// A page.
pub fn html(status: StatusCode, page: maud::Markup) -> Response {
    (status, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], page.into_string()).into_response()
}
