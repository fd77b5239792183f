//! Uploads: streamed into the data folder with a counter, never whole in memory; what they are is told by content.

use std::{collections::HashMap, io::Write, path::PathBuf};

use axum::{
    body::Body,
    extract::{DefaultBodyLimit, FromRequest, Multipart, Request, multipart::Field},
    http::header,
};
use kernel::{Error, FieldError};
use sha2::{Digest, Sha256};

use crate::{ask::Ask, guard, look};

/// What came in one multipart form.
pub struct Upload {
    pub fields: HashMap<String, String>,
    pub files: Vec<File>,
}

/// One file, lying in the data folder until dropped.
pub struct File {
    pub field: String,
    /// As the sender called it; for showing only.
    pub name: String,
    pub path: PathBuf,
    pub size: usize,
}

impl Drop for File {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.path);
    }
}
impl File {
    /// Blocking.
    pub fn bytes(&self) -> Result<Vec<u8>, Error> {
        Ok(std::fs::read(&self.path)?)
    }
}

const MOST_FILES: usize = 12;
const MOST_FIELD_BYTES: usize = 64 * 1024;

/// What the idempotency key of an upload stands for.
#[derive(Debug)]
pub(crate) struct Received {
    pub fields: HashMap<String, String>,
    /// SHA-256 of all parts but the form's token.
    pub digest: Vec<u8>,
}

/// Reads one form: what is left of the route's limit, and what came in so far.
struct Reading<'a> {
    ask: &'a Ask,
    left: usize,
    digest: Sha256,
}

pub(crate) async fn receive(ask: &Ask, body: Body) -> Result<Upload, Error> {
    let mut request = Request::new(body);
    // The route's own limit is counted below; the framework's would cut every upload at 2 MiB.
    DefaultBodyLimit::disable().apply(&mut request);
    if let Some(kind) = ask.headers.get(header::CONTENT_TYPE) {
        request.headers_mut().insert(header::CONTENT_TYPE, kind.clone());
    }
    let mut parts = Multipart::from_request(request, &()).await.map_err(|_| broken())?;
    let mut upload = Upload { fields: HashMap::new(), files: Vec::new() };
    let mut reading = Reading { ask, left: ask.body_limit(), digest: Sha256::new() };
    while let Some(part) = parts.next_field().await.map_err(|_| broken())? {
        match part.file_name().map(ToString::to_string) {
            Some(name) if upload.files.len() < MOST_FILES => {
                let file = reading.file(part, name).await?;
                // A browser sends a nameless empty part where nothing was chosen; an empty file has its name.
                if file.size > 0 || !file.name.is_empty() {
                    upload.files.push(file);
                }
            }
            Some(_) => return Err(too_large()),
            None => {
                let (name, text) = reading.text(part).await?;
                upload.fields.insert(name, text);
            }
        }
    }
    guard::check_form_token(ask, upload.fields.get(look::CSRF_FIELD).map(String::as_str))?;
    let _ = ask.received.set(Received { fields: upload.fields.clone(), digest: reading.digest.finalize().to_vec() });
    Ok(upload)
}

impl Reading<'_> {
    fn take(&mut self, chunk: &[u8]) -> Result<(), Error> {
        self.left = self.left.checked_sub(chunk.len()).ok_or_else(too_large)?;
        self.digest.update(chunk);
        Ok(())
    }
    /// The beginning of a part, so that no two forms share a digest.
    fn name(&mut self, name: &str) {
        self.digest.update((name.len() as u64).to_le_bytes());
        self.digest.update(name);
    }
    async fn text(&mut self, mut part: Field<'_>) -> Result<(String, String), Error> {
        let name = part.name().unwrap_or("").to_string();
        let told = name != look::CSRF_FIELD && name != look::ONCE_FIELD;
        let mut bytes = Vec::new();
        if told {
            self.name(&name);
        }
        while let Some(chunk) = part.chunk().await.map_err(|_| broken())? {
            bytes.extend_from_slice(&chunk);
            if bytes.len() > MOST_FIELD_BYTES {
                return Err(broken());
            }
            if told {
                self.take(&chunk)?;
            }
        }
        let text = String::from_utf8(bytes).map_err(|_| broken())?;
        if text.contains('\0') { Err(broken()) } else { Ok((name, text)) }
    }
    async fn file(&mut self, mut part: Field<'_>, name: String) -> Result<File, Error> {
        let folder = self.ask.scratch()?;
        let chance: [u8; 8] = self.ask.house().chance().bytes();
        let field = part.name().unwrap_or("").to_string();
        let mut file = File { field, name, path: folder.join(kernel::audit::hex(&chance)), size: 0 };
        let mut out = std::fs::File::create(&file.path)?;
        self.name(&file.field);
        self.name(&file.name);
        while let Some(chunk) = part.chunk().await.map_err(|_| broken())? {
            self.take(&chunk)?;
            file.size += chunk.len();
            out.write_all(&chunk)?;
        }
        Ok(file)
    }
}

fn broken() -> Error {
    Error::Invalid(vec![FieldError::new("file", "upload_broken")])
}

fn too_large() -> Error {
    Error::Invalid(vec![FieldError::new("file", "upload_too_large")])
}
