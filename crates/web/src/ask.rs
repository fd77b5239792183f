//! One request, as a handler sees it: who asks, where, in which language, and what was sent.

use std::{
    collections::HashMap,
    path::PathBuf,
    sync::{Mutex, OnceLock},
};

use axum::{
    body::{Body as HttpBody, Bytes},
    http::{HeaderMap, Uri, header},
    response::Response,
};
use kernel::{Caller, Error, FieldError, House, Read, Right, Site, Tx, access, once};
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

use crate::{
    App, Door,
    i18n::Lang,
    limits::Excess,
    look,
    multipart::{Received, Upload},
    view,
};

pub struct Ask {
    pub app: App,
    pub caller: Caller,
    /// The site of the address, already within the caller's scope.
    pub site: Option<Site>,
    pub lang: Lang,
    pub door: Door,
    pub headers: HeaderMap,
    pub uri: Uri,
    /// The route's pattern: names the act in metrics and idempotency keys.
    pub route: &'static str,
    pub(crate) params: HashMap<String, String>,
    pub(crate) body: Bytes,
    /// Only for uploads, which are not read into memory. A lock, since a body alone cannot be shared by threads.
    pub(crate) stream: Mutex<Option<HttpBody>>,
    /// What an upload held, once it has been read.
    pub(crate) received: OnceLock<Received>,
    pub(crate) body_limit: usize,
    /// A number to quote when something fails.
    pub request: String,
}

impl Ask {
    pub fn house(&self) -> &House {
        self.app.house()
    }
    /// The site of the address. Errors: `Missing` on a route without one.
    pub fn site(&self) -> Result<&Site, Error> {
        self.site.as_ref().ok_or(Error::Missing)
    }
    /// A part of the address. Errors: `Missing` when it cannot be read as a `T`: a wrong id is a missing thing.
    pub fn param<T: std::str::FromStr>(&self, name: &str) -> Result<T, Error> {
        self.params.get(name).and_then(|text| text.parse().ok()).ok_or(Error::Missing)
    }
    pub fn may(&self, right: Right) -> bool {
        self.site.as_ref().map_or_else(|| self.caller.may_somewhere(right), |site| self.caller.may(right, site.id))
    }
    /// What comes after `?`. Errors: `Invalid` for what cannot be read.
    pub fn query<T: DeserializeOwned>(&self) -> Result<T, Error> {
        let text = self.uri.query().unwrap_or("");
        serde_urlencoded::from_str(&refuse_nul(text)?)
            .map_err(|_| Error::Invalid(vec![FieldError::new("query", "query_unreadable")]))
    }
    pub fn query_text(&self) -> &str {
        self.uri.query().unwrap_or("")
    }
    /// The fields of a form.
    pub fn form<T: DeserializeOwned>(&self) -> Result<T, Error> {
        let text = std::str::from_utf8(&self.body).map_err(|_| unreadable())?;
        serde_urlencoded::from_str(&refuse_nul(text)?).map_err(|_| unreadable())
    }
    /// The fields of a form with repeated names, in order.
    pub fn pairs(&self) -> Result<Vec<(String, String)>, Error> {
        self.form()
    }
    /// A JSON body. Errors: `Invalid` naming the place that cannot be read.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, Error> {
        let text = std::str::from_utf8(&self.body).map_err(|_| unreadable())?;
        if text.contains("\\u0000") || text.contains('\0') {
            return Err(Error::Invalid(vec![FieldError::new("body", "text_holds_nul")]));
        }
        if let Some(excess) = Excess::of(text) {
            return Err(Error::Invalid(vec![FieldError::new("body", excess.code())]));
        }
        serde_json::from_str(text).map_err(|cause| {
            Error::Invalid(vec![
                FieldError::new("body", "json_unreadable")
                    .with("line", cause.line())
                    .with("column", cause.column())
                    .with("why", cause),
            ])
        })
    }
    pub fn body(&self) -> &Bytes {
        &self.body
    }
    /// An upload: fields and files, the files streamed into the data folder.
    pub async fn upload(&self) -> Result<Upload, Error> {
        let body = self.stream.lock().expect("nobody panics while holding it").take().ok_or_else(unreadable)?;
        crate::multipart::receive(self, body).await
    }
    pub fn body_limit(&self) -> usize {
        self.body_limit
    }
    /// Where work in progress may lie as a file: in the data folder, never in one that others share.
    pub fn scratch(&self) -> Result<PathBuf, Error> {
        let folder = self.app.settings().data.join("incoming");
        std::fs::create_dir_all(&folder)?;
        Ok(folder)
    }
    pub async fn read(&self) -> Result<Read, Error> {
        self.house().read(&self.caller).await
    }
    /// Begins a transaction of this caller; see `House::begin`.
    pub async fn begin(&self) -> Result<Tx, Error> {
        self.house().begin(&self.caller).await
    }
    /// For an answer that goes on after its request: is the caller's session still open, and the site still within what they
    /// may see? Errors: the database's.
    pub async fn still_stands(&self) -> Result<bool, Error> {
        let Some(session) = self.caller.session else { return Ok(false) };
        let now = access::by_open_session(self.house(), session).await?;
        let holds = |now: &Caller| !now.must_enrol && self.site.as_ref().is_none_or(|site| now.scope.holds(site.id));
        Ok(now.as_ref().is_some_and(holds))
    }
    /// The same request once more; `None` for an upload, whose body can be read only once.
    pub(crate) fn again(&self) -> Option<Self> {
        let used = self.stream.lock().expect("nobody panics while holding it").is_some();
        (!used).then(|| Self {
            app: self.app.clone(),
            caller: self.caller.clone(),
            site: self.site.clone(),
            headers: self.headers.clone(),
            uri: self.uri.clone(),
            params: self.params.clone(),
            body: self.body.clone(),
            stream: Mutex::new(None),
            received: OnceLock::new(),
            request: self.request.clone(),
            ..*self
        })
    }
    /// R10: this request's idempotency key: the header of an API call, the hidden field `idempotency_key` of a form; of an
    /// upload once it was read. Errors: `Invalid` for an API call without one.
    pub fn key(&self) -> Result<Option<once::Key>, Error> {
        let header = self.headers.get("idempotency-key").map(|value| value.to_str().unwrap_or("").to_string());
        let Some(key) = header.or_else(|| self.form_field(look::ONCE_FIELD)) else {
            let needed = self.door == Door::Machine;
            return if needed {
                Err(Error::Invalid(vec![FieldError::new("Idempotency-Key", "key_needed")]))
            } else {
                Ok(None)
            };
        };
        if key.is_empty() || key.len() > 255 || !key.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(Error::Invalid(vec![FieldError::new("Idempotency-Key", "key_shape")]));
        }
        let route = format!("{} {}", self.route, self.uri.path());
        Ok(Some(once::Key { route, key, body: Sha256::digest(self.meaning()).to_vec() }))
    }
    /// The body without the fields that a re-rendered form changes (`csrf`).
    fn meaning(&self) -> Vec<u8> {
        if let Some(received) = self.received.get() {
            return received.digest.clone();
        }
        match serde_json::from_slice::<serde_json::Value>(&self.body) {
            Ok(json) => json.to_string().into_bytes(),
            Err(_) => String::from_utf8_lossy(&self.body)
                .split('&')
                .filter(|part| !part.starts_with("csrf="))
                .collect::<Vec<_>>()
                .join("&")
                .into_bytes(),
        }
    }
    pub fn form_field(&self, name: &str) -> Option<String> {
        if let Some(received) = self.received.get() {
            return received.fields.get(name).cloned();
        }
        let pairs: Vec<(String, String)> = serde_urlencoded::from_bytes(&self.body).ok()?;
        pairs.into_iter().find(|(key, _)| key == name).map(|(_, value)| value)
    }
    pub fn cookie(&self, name: &str) -> Option<String> {
        cookie(&self.headers, name)
    }
    /// The version that the caller saw: `If-Match: "7"`.
    pub fn if_match(&self) -> Option<i64> {
        self.headers.get(header::IF_MATCH)?.to_str().ok()?.trim_matches('"').parse().ok()
    }
    pub fn wants_json(&self) -> bool {
        self.door == Door::Machine
    }
}

pub(crate) fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    let all = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    all.flat_map(|line| line.split(';'))
        .filter_map(|part| part.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value.to_string())
}

fn unreadable() -> Error {
    Error::Invalid(vec![FieldError::new("body", "body_unreadable")])
}

/// Neither engine keeps NUL in text; it never comes from a person.
fn refuse_nul(text: &str) -> Result<String, Error> {
    if text.contains("%00") || text.contains('\0') {
        return Err(Error::Invalid(vec![FieldError::new("body", "text_holds_nul")]));
    }
    Ok(text.to_string())
}

/// 303 to `path`.
pub fn see_other(path: &str) -> Response {
    let mut response = Response::new(HttpBody::empty());
    *response.status_mut() = axum::http::StatusCode::SEE_OTHER;
    if let Ok(value) = header::HeaderValue::from_str(path) {
        response.headers_mut().insert(header::LOCATION, value);
    }
    response
}

/// 303 to `path`, which then says `text` once: what was done.
pub fn done(path: &str, text: &str) -> Response {
    let mut response = see_other(path);
    let cookie =
        format!("{}={}; Path=/; Max-Age=60; SameSite=Lax; Secure; HttpOnly", view::FLASH_COOKIE, view::encode(text));
    if let Ok(value) = header::HeaderValue::from_str(&cookie) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
    response
}

/// Runs `$work` in the transaction `$tx` of `$ask`, once for the request's idempotency key: a repeated request gets the
/// first one's answer and has no second effect. Without a key it is an ordinary write. Gives `(answer, replayed)`.
#[macro_export]
macro_rules! once {
    ($ask:expr, $tx:ident => $work:expr) => {{
        let key = $ask.key()?;
        let mut $tx = $ask.begin().await?;
        let known = match &key {
            Some(key) => $tx.known(key).await?,
            None => None,
        };
        match known {
            // The first call may still wait for its commit to reach the disk: this answer waits with it.
            Some(answer) => {
                $tx.commit().await?;
                (answer, true)
            }
            None => {
                let answer = $work;
                if let Some(key) = &key {
                    $tx.remember(key, &answer).await?;
                }
                $tx.commit().await?;
                (answer, false)
            }
        }
    }};
}
