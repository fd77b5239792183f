//! Pictures in and out. They come alone, before the act that names them, so a broken line loses one picture at most.

use axum::{
    body::Body,
    http::{HeaderValue, StatusCode, header},
    response::Response,
};
use kernel::{
    Error, Read, SiteId,
    evidence::{self, Evidence, Kind, NewEvidence},
    orders, sites,
};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use utoipa::ToSchema;
use values::{Id, Moment};
use web::{Answer, Ask, Upload};

use super::bodies::refuse;
use crate::sync::carried;

/// The fields of the form.
#[derive(ToSchema)]
#[expect(dead_code, reason = "only its description is used")]
pub struct Form {
    /// JPEG, PNG or WebP; 10 MiB and 50 megapixels at most.
    #[schema(value_type = String, format = Binary)]
    pub file: Vec<u8>,
    /// `signature`, else a photo.
    pub field: Option<String>,
    /// When the device says it was taken.
    pub taken_at: Option<String>,
    /// Hex; compared when it is there.
    pub sha256: Option<String>,
    /// The operation that will name it.
    pub op_id: Option<String>,
    /// Code of the site; the caller's first where it is left out.
    pub site: Option<String>,
}

#[derive(Serialize, Deserialize, ToSchema)]
pub struct Received {
    pub id: String,
}

pub async fn receive(mut ask: Ask) -> Answer {
    let upload = ask.upload().await?;
    let file = upload.files.first().ok_or_else(|| refuse("file", "picture_missing"))?;
    let hash = checked_hash(&upload, file).await?;
    if let Some(author) = carried::photographer(&ask, &upload, &hash).await? {
        ask.caller = author;
    }
    let new = described(&ask, &upload).await?;
    let picture = evidence::receive(ask.house(), &file.path).await?;
    let (out, _) = web::once!(ask, tx => Received { id: evidence::add(&mut tx, &picture, &new).await?.to_string() });
    Ok(web::json(StatusCode::CREATED, &out, None))
}

/// A picture that changed on its way is not taken.
async fn checked_hash(upload: &Upload, file: &web::File) -> Result<String, Error> {
    let path = file.path.clone();
    let read = tokio::task::spawn_blocking(move || std::fs::read(path))
        .await
        .map_err(|cause| Error::Broken(cause.to_string()))??;
    let hash = kernel::audit::hex(&Sha256::digest(&read));
    let told = upload.fields.get("sha256").filter(|told| !told.is_empty());
    let whole = told.is_none_or(|told| hash.eq_ignore_ascii_case(told));
    if whole { Ok(hash) } else { Err(refuse("file", "picture_broken")) }
}

async fn described(ask: &Ask, upload: &Upload) -> Result<NewEvidence, Error> {
    let field = |name: &str| upload.fields.get(name).filter(|text| !text.is_empty());
    let device_at: Option<Moment> =
        field("taken_at").map(|text| text.parse().map_err(|_| refuse("taken_at", "moment_unreadable"))).transpose()?;
    let is_signature = field("field").is_some_and(|name| name.contains("signature"));
    Ok(NewEvidence {
        site: site(&mut ask.read().await?, field("site")).await?,
        kind: if is_signature { Kind::Signature } else { Kind::Photo },
        subject: None,
        visible: false,
        device_at,
        note: None,
        operation: field("op_id").map(|id| id.chars().take(64).collect()),
    })
}

async fn site(read: &mut Read, code: Option<&String>) -> Result<SiteId, Error> {
    match code {
        Some(code) => Ok(sites::by_code(read, code).await?.id),
        None => sites::visible(read).await?.first().map(|site| site.id).ok_or(Error::Denied),
    }
}

pub async fn file(ask: Ask) -> Answer {
    let found = seen(&ask).await?;
    send(&ask, &found, &found.file).await
}

pub async fn thumbnail(ask: Ask) -> Answer {
    let found = seen(&ask).await?;
    send(&ask, &found, &found.thumbnail).await
}

async fn seen(ask: &Ask) -> Result<Evidence, Error> {
    let id: Id<Evidence> = ask.param("id")?;
    orders::evidence_for(&mut ask.read().await?, id).await
}

/// R07: never shown as a page of ours. The name is the hash of the content, so it may be kept for ever, by this browser only.
async fn send(ask: &Ask, found: &Evidence, hash: &str) -> Answer {
    let (files, hash) = (ask.house().files().clone(), hash.to_string());
    let bytes = tokio::task::spawn_blocking(move || files.get(&hash))
        .await
        .map_err(|cause| Error::Broken(cause.to_string()))??;
    let mut response = Response::new(Body::from(bytes));
    let ending = if found.media == "image/png" { "png" } else { "jpg" };
    let headers = response.headers_mut();
    let mut put = |name: header::HeaderName, value: &str| {
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.insert(name, value);
        }
    };
    put(header::CONTENT_TYPE, &found.media);
    put(header::CONTENT_DISPOSITION, &format!("attachment; filename=\"{}.{ending}\"", found.id));
    put(header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox");
    put(header::CACHE_CONTROL, "private, max-age=604800, immutable");
    Ok(response)
}
