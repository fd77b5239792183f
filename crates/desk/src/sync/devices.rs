//! A phone asks, while its person is logged in, for the token with which it sends what that person does on it.

use axum::http::StatusCode;
use kernel::{Error, FieldError, access};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use web::{Answer, Ask};

/// Characters of a device's own name for itself.
const LONGEST_NAME: usize = 64;

#[derive(Deserialize, ToSchema)]
pub struct Device {
    /// The id that the phone made for itself; its operations carry it.
    pub device: String,
}

#[derive(Serialize, ToSchema)]
pub struct Trusted {
    pub token: String,
    /// The one it sends for.
    pub author: String,
    pub name: String,
    pub ends: String,
    pub seal: SealKey,
}

/// With which the phone seals what another phone shall bring: HMAC-SHA-256 over the text of the act.
#[derive(Serialize, ToSchema)]
pub struct SealKey {
    pub id: String,
    /// In hexadecimal. It stays on the phone.
    pub key: String,
}

/// `POST /api/v1/sync/devices`. Errors: `denied` without a session of staff; `device_shape`.
pub async fn trust(ask: Ask) -> Answer {
    let Device { device } = ask.json()?;
    let author = ask.caller.party().filter(|_| !ask.caller.is_resident()).ok_or(Error::Denied)?;
    if device.is_empty() || device.len() > LONGEST_NAME || !device.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(Error::Invalid(vec![FieldError::new("device", "device_shape").with("most", LONGEST_NAME)]));
    }
    let mut tx = ask.begin().await?;
    let token = access::new_device_token(&mut tx, &device).await?;
    tx.commit().await?;
    let (name, ends) = (ask.caller.name.clone(), ask.zone().rfc3339(token.ends));
    let seal = SealKey { id: token.id.to_string(), key: kernel::audit::hex(&token.seal_key) };
    let out = Trusted { token: token.secret, author: author.to_string(), name, ends, seal };
    Ok(web::json(StatusCode::CREATED, &out, None))
}
