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
    let told = match carried::photographer(&ask, &hash).await? {
        Some((author, told)) => {
            ask.caller = author;
            told
        }
        None => Told::of(&upload),
    };
    let new = described(&ask, &told, &hash).await?;
    let picture = evidence::receive(ask.house(), &file.path).await?;
    let (out, _) = web::once!(ask, tx => Received { id: evidence::add(&mut tx, &picture, &new).await?.to_string() });
    Ok(web::json(StatusCode::CREATED, &out, None))
}

/// What a phone says of a picture; of one that another phone brings, only what the author's phone sealed.
#[derive(Deserialize)]
pub struct Told {
    pub op_id: Option<String>,
    pub sha256: Option<String>,
    pub field: Option<String>,
    pub taken_at: Option<String>,
    pub site: Option<String>,
}

impl Told {
    fn of(upload: &Upload) -> Self {
        let field = |name: &str| upload.fields.get(name).filter(|text| !text.is_empty()).cloned();
        Self {
            op_id: field("op_id").map(|id| id.chars().take(64).collect()),
            sha256: field("sha256"),
            field: field("field").map(|name| name.chars().take(64).collect()),
            taken_at: field("taken_at"),
            site: field("site"),
        }
    }
    /// Does it say for which act and which field of it?
    pub const fn is_whole(&self) -> bool {
        self.op_id.is_some() && self.field.is_some()
    }
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

async fn described(ask: &Ask, told: &Told, hash: &str) -> Result<NewEvidence, Error> {
    let moment = |text: &String| text.parse().map_err(|_| refuse("taken_at", "moment_unreadable"));
    let device_at: Option<Moment> = told.taken_at.as_ref().map(moment).transpose()?;
    let is_signature = told.field.as_ref().is_some_and(|name| name.contains("signature"));
    let field = told.field.as_deref().unwrap_or_default();
    Ok(NewEvidence {
        site: site(&mut ask.read().await?, told.site.as_ref()).await?,
        kind: if is_signature { Kind::Signature } else { Kind::Photo },
        subject: None,
        visible: false,
        device_at,
        note: None,
        operation: told.op_id.as_ref().map(|id| evidence::place(id, field, hash)),
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
