//! The table of routes: each says what it is, who may call it and how it is guarded. The router, `anju routes --json`
//! and the API description are all made from this table, so they cannot differ.

use std::{pin::Pin, sync::Arc};

use axum::{http::Method, response::Response};
use kernel::{Error, Right};
use serde::Serialize;

use crate::{ask::Ask, openapi::ApiDoc};

pub type Answer = Result<Response, Error>;
type Handler = Arc<dyn Fn(Ask) -> Pin<Box<dyn Future<Output = Answer> + Send>> + Send + Sync>;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Door {
    Console,
    Resident,
    Field,
    Public,
    Machine,
}

/// How the caller proves who it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Auth {
    Public,
    /// The cookie of a log-in.
    Session,
    /// A token; the cookie of a log-in too, for the pages' own scripts.
    Token,
}

/// Whose rows the route can reach.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reach {
    None,
    /// One site, named in the address or found through the thing that is; another site's things are missing.
    Site,
    /// Only what belongs to the caller: own homes, own orders, own sessions.
    Own,
    Company,
}

/// What a body may be; anything else is refused before it is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Body {
    None,
    Form,
    Multipart,
    Json,
}

pub const KIB: usize = 1024;
pub const MIB: usize = 1024 * KIB;

#[derive(Clone)]
pub struct Route {
    pub method: Method,
    pub path: &'static str,
    pub door: Door,
    pub auth: Auth,
    /// One of these is enough; empty with a session means any signed-in person of that face.
    pub rights: Vec<Right>,
    /// For machines: residents, who hold no rights, come this far too, and the handler looks at what is theirs.
    pub residents: bool,
    /// For machines: a log-in of the field face is good here.
    pub field: bool,
    pub reach: Reach,
    pub body: Body,
    /// Bytes.
    pub body_limit: usize,
    /// The audit event of an unsafe route.
    pub audit: Option<&'static str>,
    /// The call carries an idempotency key.
    pub idempotent: bool,
    /// Guards against guessing and flooding that this route has, in words.
    pub rate: Option<&'static str>,
    /// Reached while an administrator has not enrolled a second factor, or a phone is locked by its PIN.
    pub before_second_factor: bool,
    /// Shows values of level 3 or more: never kept by the browser.
    pub no_store: bool,
    pub api: Option<ApiDoc>,
    pub(crate) handler: Handler,
}

impl Route {
    fn new<F, Fut>(method: Method, path: &'static str, handler: F) -> Self
    where
        F: Fn(Ask) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Answer> + Send + 'static,
    {
        let door = door_of(path);
        let unsafe_method = method != Method::GET;
        Self {
            door,
            auth: if door == Door::Machine { Auth::Token } else { Auth::Session },
            rights: Vec::new(),
            residents: false,
            field: false,
            reach: if path.contains("{site}") { Reach::Site } else { Reach::None },
            body: match (unsafe_method, door) {
                (false, _) => Body::None,
                (true, Door::Machine) => Body::Json,
                (true, _) => Body::Form,
            },
            body_limit: MIB,
            audit: None,
            idempotent: false,
            rate: None,
            before_second_factor: false,
            no_store: false,
            api: None,
            handler: Arc::new(move |ask| Box::pin(handler(ask))),
            method,
            path,
        }
    }
    pub fn get<F, Fut>(path: &'static str, handler: F) -> Self
    where
        F: Fn(Ask) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Answer> + Send + 'static,
    {
        Self::new(Method::GET, path, handler)
    }
    pub fn post<F, Fut>(path: &'static str, handler: F) -> Self
    where
        F: Fn(Ask) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Answer> + Send + 'static,
    {
        Self::new(Method::POST, path, handler)
    }
    pub fn put<F, Fut>(path: &'static str, handler: F) -> Self
    where
        F: Fn(Ask) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Answer> + Send + 'static,
    {
        Self::new(Method::PUT, path, handler)
    }
    /// Needs no log-in.
    pub fn public(mut self) -> Self {
        self.auth = Auth::Public;
        self
    }
    /// Needs this right at the site of the address, or somewhere when the address names no site.
    pub fn right(mut self, right: Right) -> Self {
        self.rights.push(right);
        self
    }
    /// Made for residents beside those who hold a right of it.
    pub fn also_resident(mut self) -> Self {
        self.residents = true;
        self
    }
    /// Made for the phones of the field too, whose log-in lasts a shift without a password.
    pub fn also_field(mut self) -> Self {
        self.field = true;
        self
    }
    /// Do residents reach it?
    pub fn for_residents(&self) -> bool {
        match self.door {
            Door::Resident => true,
            Door::Machine => self.residents || self.rights.is_empty(),
            Door::Console | Door::Field | Door::Public => false,
        }
    }
    pub fn reach(mut self, reach: Reach) -> Self {
        self.reach = reach;
        self
    }
    /// The audit event that this route leaves.
    pub fn audit(mut self, act: &'static str) -> Self {
        self.audit = Some(act);
        self
    }
    pub fn idempotent(mut self) -> Self {
        self.idempotent = true;
        self
    }
    pub fn body(mut self, body: Body, limit: usize) -> Self {
        (self.body, self.body_limit) = (body, limit);
        self
    }
    pub fn rate(mut self, rate: &'static str) -> Self {
        self.rate = Some(rate);
        self
    }
    pub fn before_second_factor(mut self) -> Self {
        self.before_second_factor = true;
        self
    }
    pub fn no_store(mut self) -> Self {
        self.no_store = true;
        self
    }
    pub fn api(mut self, doc: ApiDoc) -> Self {
        self.api = Some(doc);
        self
    }
    pub fn is_unsafe(&self) -> bool {
        self.method != Method::GET
    }
    /// One line of `anju routes --json`.
    pub fn line(&self) -> serde_json::Value {
        serde_json::json!({
            "method": self.method.as_str(), "path": self.path, "face": self.door, "auth": self.auth,
            "roles": kernel::Role::ALL.iter().filter(|role| self.rights.iter().any(|right| role.rights().contains(right)))
                .map(|role| role.as_str()).collect::<Vec<_>>(),
            "rights": self.rights, "residents": self.for_residents(), "field": self.field || self.door == Door::Field,
            "scope": self.reach, "unsafe": self.is_unsafe(),
            "csrf": self.is_unsafe() && (self.auth != Auth::Public || self.door != Door::Machine),
            "idempotent": self.idempotent, "audit": self.audit, "body": self.body, "body_limit": self.body_limit, "rate": self.rate,
        })
    }
}

pub(crate) fn door_of(path: &str) -> Door {
    match path.split('/').nth(1) {
        Some("c") => Door::Console,
        Some("r") => Door::Resident,
        Some("f") => Door::Field,
        Some("api") => Door::Machine,
        _ => Door::Public,
    }
}
