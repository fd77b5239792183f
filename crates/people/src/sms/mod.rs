//! The port to a gateway of text messages. A message leaves after its transaction is durable; see `docs/sms-gateway.md`.

#[cfg(test)]
mod tests;

use axum::http::StatusCode;
use hmac::{Hmac, KeyInit, Mac};
use kernel::{
    Error, House,
    audit::hex,
    messages::{self, Due, TestMessage},
};
use serde::Serialize;
use sha2::Sha256;
use std::time::Duration;
use utoipa::ToSchema;
use values::{SECOND, Secret};
use web::{Answer, ApiDoc, Ask, Reach, Route, json};

/// A gateway that does not answer within this is tried again later.
const PATIENCE: Duration = Duration::from_secs(10);
/// Bytes: a shorter key is no secret.
const SHORTEST_KEY: usize = 32;

#[derive(Debug, thiserror::Error)]
pub enum GatewayError {
    #[error("the key of the SMS gateway is shorter than 32 bytes")]
    ShortKey,
    #[error("the SMS gateway's address is no http or https address")]
    Address,
    #[error("the HTTP client cannot be made: {0}")]
    Client(String),
}

/// Where messages go.
pub enum Outlet {
    /// TestMessage readable in the table, sent nowhere.
    Test,
    Http(Gateway),
    /// Nothing is set up: messages wait and die of age.
    None,
}

/// A gateway that takes signed JSON.
pub struct Gateway {
    url: String,
    key: Secret<Vec<u8>>,
    client: reqwest::Client,
}

/// What the gateway is sent.
#[derive(Serialize)]
struct Body<'a> {
    /// The same for every try: the gateway sends a message once.
    id: String,
    to: &'a str,
    text: &'a str,
    purpose: &'a str,
}

impl Gateway {
    pub fn new(url: &str, key: Vec<u8>) -> Result<Self, GatewayError> {
        if key.len() < SHORTEST_KEY {
            return Err(GatewayError::ShortKey);
        }
        if !url.starts_with("https://") && !url.starts_with("http://") {
            return Err(GatewayError::Address);
        }
        // Another part of the program may have chosen the provider already; it is the same one.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = reqwest::Client::builder().timeout(PATIENCE).redirect(reqwest::redirect::Policy::none()).build();
        Ok(Self {
            url: url.to_string(),
            key: Secret::new(key),
            client: client.map_err(|cause| GatewayError::Client(cause.to_string()))?,
        })
    }
    fn sign(&self, timestamp: &str, body: &[u8]) -> String {
        let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(self.key.reveal()).expect("any length is a key");
        mac.update(timestamp.as_bytes());
        mac.update(b".");
        mac.update(body);
        hex(&mac.finalize().into_bytes())
    }
    /// Errors: a word for the log, never the text or the number.
    async fn send(&self, due: &Due, seconds: i64) -> Result<(), String> {
        let body = Body { id: due.id.to_string(), to: &due.phone, text: &due.text, purpose: &due.purpose };
        let body = serde_json::to_vec(&body).map_err(|cause| cause.to_string())?;
        let timestamp = seconds.to_string();
        let signature = self.sign(&timestamp, &body);
        let request = self
            .client
            .post(&self.url)
            .header("content-type", "application/json")
            .header("x-anju-timestamp", &timestamp);
        let sent = request.header("x-anju-signature", format!("sha256={signature}")).body(body).send().await;
        match sent {
            Ok(response) if response.status().is_success() => Ok(()),
            Ok(response) => Err(format!("the gateway answered {}", response.status().as_u16())),
            Err(cause) => Err(if cause.is_timeout() {
                "the gateway did not answer in time".into()
            } else {
                "the gateway cannot be reached".into()
            }),
        }
    }
}

impl Outlet {
    /// `test` wins over a gateway. Errors: `GatewayError`.
    pub fn from_settings(test: bool, url: Option<&str>, key: Option<Vec<u8>>) -> Result<Self, GatewayError> {
        match (test, url) {
            (true, _) => Ok(Self::Test),
            (false, Some(url)) => Gateway::new(url, key.unwrap_or_default()).map(Self::Http),
            (false, None) => Ok(Self::None),
        }
    }
}

/// Sends what is due, one by one; returns how many left. To be called by a clock, about once a second.
pub async fn send_due(house: &House, outlet: &Outlet) -> Result<usize, Error> {
    let mut count = 0;
    while let Some(due) = messages::claim(house).await? {
        match outlet {
            Outlet::Test => messages::keep(house, due.id).await?,
            Outlet::None => messages::failed(house, due.id, "no gateway is set up").await?,
            Outlet::Http(gateway) => match gateway.send(&due, house.now().millis() / SECOND).await {
                Ok(()) => messages::sent(house, due.id).await?,
                Err(why) => {
                    tracing::warn!(message = %due.id, why, "a text message was not sent");
                    messages::failed(house, due.id, &why).await?;
                }
            },
        }
        count += 1;
    }
    Ok(count)
}

/// Exists only with `--test-gateways`: what would have been sent.
pub fn test_routes() -> Vec<Route> {
    vec![
        Route::get("/api/v1/test-messages", kept)
            .public()
            .reach(Reach::Company)
            .no_store()
            .api(ApiDoc::new("Text messages that the test gateway kept, newest first").gives::<TestMessages>(200)),
    ]
}

#[derive(Serialize, ToSchema)]
struct TestMessages {
    items: Vec<TestMessage>,
}

async fn kept(ask: Ask) -> Answer {
    Ok(json(StatusCode::OK, &TestMessages { items: messages::kept(ask.house()).await? }, None))
}
