use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use axum::{
    Router,
    body::Body,
    http::{Request, header},
};
use http_body_util::BodyExt;
use kernel::{House, Parts, SiteId, access, facts::Reactions, files::Files, keys::Keys, live::Live, sites};
use tower::ServiceExt;
use values::{Chance, Clock, Moment};
use web::{
    App, AppParts, Route, Settings, guard,
    i18n::{Catalogue, Source},
};

use crate::{Person, Reply, place};

/// Each API call has a key of its own, as a program would make.
static CALLS: AtomicU64 = AtomicU64::new(1);

/// A house of its own with one site, 桂语花园 (`GYHY`), at 2026-08-12 10:24.
pub struct World {
    pub house: House,
    pub app: App,
    pub site: SiteId,
    router: Router,
    folder: place::Folder,
}

impl World {
    pub async fn new(routes: Vec<Route>, sources: &[Source]) -> Self {
        Self::reacting(routes, sources, |_, _| Vec::new()).await
    }
    /// A world whose facts have reactions.
    pub async fn reacting(routes: Vec<Route>, sources: &[Source], reactions: Reactions) -> Self {
        let folder = place::Folder::fresh();
        let chance = Chance::system();
        let house = House::new(Parts {
            db: place::database(&folder.0).await,
            clock: Clock::still(Self::start()),
            keys: Keys::open(&folder.0.join("keys"), &chance).expect("keys are made"),
            chance,
            files: Files::new(folder.0.join("files")),
            live: Live::default(),
            reactions,
        });
        let catalogue = Arc::new(Catalogue::new(sources).expect("the message files are sound"));
        let settings = Settings {
            public_url: "http://localhost".into(),
            company: "金桥物业".into(),
            data: folder.0.clone(),
            tls: false,
            behind_proxy: false,
            test_clock: false,
            test_gateways: true,
            sms: true,
            watermark: 0,
        };
        let app = App::new(AppParts { house: house.clone(), catalogue, nav: Vec::new(), settings });
        let router = web::server::router(&app, &routes);
        let site = Self::add_site(&house, "GYHY", "桂语花园").await;
        Self { house, app, site, router, folder }
    }
    fn start() -> Moment {
        "2026-08-12T10:24:00+08:00".parse().expect("a moment")
    }
    async fn add_site(house: &House, code: &str, name: &str) -> SiteId {
        let mut tx = house.begin(&access::system_company("world")).await.expect("a transaction begins");
        let site = sites::add(&mut tx, code, name, "Asia/Shanghai").await.expect("a site is added");
        tx.commit().await.expect("it commits");
        site
    }
    /// A second site, to see that nothing crosses.
    pub async fn another_site(&self, code: &str, name: &str) -> SiteId {
        Self::add_site(&self.house, code, name).await
    }
    pub fn now(&self) -> Moment {
        self.house.now()
    }
    /// Puts the clock forward by `millis`.
    pub fn wait(&self, millis: i64) {
        self.house.clock().set(self.now().plus_millis(millis));
    }
    /// Puts the clock to an RFC 3339 moment.
    pub fn at(&self, moment: &str) {
        self.house.clock().set(moment.parse().expect("an RFC 3339 moment"));
    }
    pub fn folder(&self) -> &std::path::Path {
        &self.folder.0
    }
    pub async fn send(&self, request: Request<Body>) -> Reply {
        let response = self.router.clone().oneshot(request).await.expect("the router always answers");
        let (parts, body) = response.into_parts();
        let body = body.collect().await.expect("a body is collected").to_bytes().to_vec();
        Reply { status: parts.status, headers: parts.headers, body }
    }
    pub async fn get(&self, person: &Person, path: &str) -> Reply {
        let request = Request::get(path).header(header::COOKIE, &person.cookie).header("accept-language", "zh-CN");
        self.send(request.body(Body::empty()).expect("a request")).await
    }
    pub async fn get_public(&self, path: &str) -> Reply {
        self.send(Request::get(path).header("accept-language", "zh-CN").body(Body::empty()).expect("a request")).await
    }
    /// Sends a form as a page of ours would.
    pub async fn post(&self, person: &Person, path: &str, fields: &[(&str, &str)]) -> Reply {
        let mut fields: Vec<(&str, String)> = fields.iter().map(|(key, value)| (*key, (*value).to_string())).collect();
        fields.push((web::look::CSRF_FIELD, self.form_token(person).await));
        let body = serde_urlencoded::to_string(fields).expect("fields become a body");
        let request = Request::post(path)
            .header(header::COOKIE, &person.cookie)
            .header("sec-fetch-site", "same-origin")
            .header("accept-language", "zh-CN")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request.body(Body::from(body)).expect("a request")).await
    }
    /// Sends a form without a session (log-in).
    pub async fn post_public(&self, path: &str, fields: &[(&str, &str)]) -> Reply {
        let body = serde_urlencoded::to_string(fields).expect("fields become a body");
        let request = Request::post(path)
            .header("sec-fetch-site", "same-origin")
            .header("accept-language", "zh-CN")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request.body(Body::from(body)).expect("a request")).await
    }
    pub async fn form_token(&self, person: &Person) -> String {
        let (_, secret) = person.cookie.split_once('=').expect("a cookie has a value");
        let caller = access::by_session(&self.house, secret, None).await.expect("the database answers");
        caller.map(|caller| guard::form_token(&self.app, &caller, guard::form_day(&self.app))).unwrap_or_default()
    }
    /// Calls the API with a token. `body` none is a GET.
    pub async fn api(&self, token: &str, method: &str, path: &str, body: Option<serde_json::Value>) -> Reply {
        let key = format!("call-{}", CALLS.fetch_add(1, Ordering::Relaxed));
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::AUTHORIZATION, format!("Bearer {token}"))
            .header("idempotency-key", key);
        let (request, body) = match body {
            Some(json) => (request.header(header::CONTENT_TYPE, "application/json"), Body::from(json.to_string())),
            None => (request, Body::empty()),
        };
        self.send(request.body(body).expect("a request")).await
    }
    /// The acts in the audit, newest last: `order.accepted`.
    pub async fn audit(&self) -> Vec<String> {
        self.house
            .db()
            .all("SELECT act AS value FROM audit ORDER BY at, chain, seq", ())
            .await
            .expect("the audit is read")
    }
}
