//! A body that a route can read, whatever the route: from the API's own description, or a form with every field that one
//! of our forms has.

use axum::{
    body::Body as HttpBody,
    http::{Request, header},
};
use serde_json::{Map, Value, json};
use testing::{Person, World};
use web::{Body, Route, openapi};

/// Sends what `route` takes to `path`, as a page of ours would.
pub struct Sender {
    description: Value,
    /// An id of the caller's own site, for bodies that name one.
    own: String,
    tokens: Vec<(String, String)>,
}

impl Sender {
    pub async fn new(world: &World, routes: &[Route], own: String, people: &[&Person]) -> Self {
        let description = openapi::describe(routes).to_json().expect("the description is JSON");
        let mut tokens = Vec::new();
        for person in people {
            tokens.push((person.cookie.clone(), world.form_token(person).await));
        }
        Self { description: serde_json::from_str(&description).expect("the description is JSON"), own, tokens }
    }
    pub fn request(&self, person: &Person, route: &Route, path: &str) -> Request<HttpBody> {
        let request = Request::builder()
            .method(route.method.clone())
            .uri(path)
            .header(header::COOKIE, &person.cookie)
            .header("sec-fetch-site", "same-origin")
            .header("accept-language", "zh-CN");
        let token = self.tokens.iter().find(|(cookie, _)| *cookie == person.cookie).map_or("", |(_, token)| token);
        let key = values::Id::<()>::from_uuid(super::seed::fresh_id()).to_string();
        let request = request.header("x-csrf-token", token).header("idempotency-key", key);
        let (kind, body) = match route.body {
            Body::None => return request.body(HttpBody::empty()).expect("a request"),
            Body::Json => ("application/json", self.json(route).to_string()),
            Body::Form => ("application/x-www-form-urlencoded", self.form(token)),
            Body::Multipart => ("multipart/form-data; boundary=b", multipart(token)),
        };
        let request = request.header(header::CONTENT_TYPE, kind);
        request.body(HttpBody::from(body)).expect("a request")
    }
    fn form(&self, token: &str) -> String {
        let own = [("party", &self.own), ("person", &self.own), ("place", &self.own), ("home", &self.own)];
        let own = own.into_iter().map(|(name, value)| (name, value.as_str()));
        let fields: Vec<(&str, &str)> = FIELDS.iter().copied().chain(own).chain([("csrf", token)]).collect();
        serde_urlencoded(&fields)
    }
    fn json(&self, route: &Route) -> Value {
        let method = route.method.as_str().to_ascii_lowercase();
        let schema = &self.description["paths"][route.path][method]["requestBody"]["content"]["application/json"];
        self.example("body", &schema["schema"])
    }
    /// The smallest thing that fits `schema`.
    fn example(&self, name: &str, schema: &Value) -> Value {
        if let Some(place) = schema["$ref"].as_str() {
            return self
                .example(name, &self.description["components"]["schemas"][place.rsplit('/').next().unwrap_or("")]);
        }
        if let Some(all) = schema["allOf"].as_array() {
            let parts = all.iter().map(|part| self.example(name, part));
            return parts.filter_map(|part| part.as_object().cloned()).flatten().collect::<Map<_, _>>().into();
        }
        for word in ["oneOf", "anyOf"] {
            if let Some(one) = schema[word].as_array().and_then(|all| all.iter().find(|one| one["type"] != "null")) {
                return self.example(name, one);
            }
        }
        if let Some(first) = schema["enum"].as_array().and_then(|all| all.first()) {
            return first.clone();
        }
        match schema["type"].as_str().or_else(|| schema["type"][0].as_str()).unwrap_or("object") {
            "string" => self.text(name, schema).into(),
            "integer" | "number" => json!(1),
            "boolean" => json!(true),
            "array" => json!([self.example(name, &schema["items"])]),
            _ => {
                let needed = schema["required"].as_array().cloned().unwrap_or_default();
                let person = schema["properties"].get("person").map(|_| "person");
                let names = needed.iter().filter_map(Value::as_str).chain(person);
                names.map(|name| (name.to_string(), self.example(name, &schema["properties"][name]))).collect()
            }
        }
    }
    fn text(&self, name: &str, schema: &Value) -> String {
        match (name, schema["format"].as_str()) {
            ("site", _) => "GYHY".into(),
            ("person" | "party" | "into", _) | (_, Some("uuid")) => self.own.clone(),
            ("day", _) | (_, Some("date")) => "2026-08-12".into(),
            ("reason" | "text" | "name", _) => "为了测试这一步写的原因".into(),
            _ => "1".into(),
        }
    }
}

fn serde_urlencoded(fields: &[(&str, &str)]) -> String {
    let escape = |text: &str| {
        text.bytes()
            .map(
                |byte| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") },
            )
            .collect::<String>()
    };
    fields.iter().map(|(name, value)| format!("{}={}", escape(name), escape(value))).collect::<Vec<_>>().join("&")
}

fn multipart(token: &str) -> String {
    format!(
        "--b\r\ncontent-disposition: form-data; name=\"csrf\"\r\n\r\n{token}\r\n\
         --b\r\ncontent-disposition: form-data; name=\"photo\"; filename=\"a.jpg\"\r\ncontent-type: image/jpeg\r\n\r\nx\r\n--b--\r\n"
    )
}

/// Every field that a form of ours cannot do without.
const FIELDS: &[(&str, &str)] = &[
    ("version", "1"),
    ("name", "为了测试"),
    ("text", "为了测试这一步写的话"),
    ("reason", "为了测试这一步写的原因"),
    ("day", "2026-08-12"),
    ("on", "2026-08-12"),
    ("stars", "5"),
    ("satisfied", "yes"),
    ("role", "family"),
    ("phone", "13800001111"),
    ("mode", "good_rows"),
    ("kind", "CRT-03"),
    ("number", "X1"),
    ("department", "CS"),
    ("decision", "approve"),
];
