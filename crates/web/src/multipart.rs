//! Uploads: streamed into the data folder with a counter, never whole in memory; what they are is told by content.

use std::{collections::HashMap, io::Write, path::PathBuf};

use axum::{
    body::Body,
    extract::{FromRequest, Multipart, Request},
    http::header,
};
use kernel::{Error, FieldError};

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

pub(crate) async fn receive(ask: &Ask, body: Body) -> Result<Upload, Error> {
    let mut request = Request::new(body);
    if let Some(kind) = ask.headers.get(header::CONTENT_TYPE) {
        request.headers_mut().insert(header::CONTENT_TYPE, kind.clone());
    }
    let mut parts = Multipart::from_request(request, &()).await.map_err(|_| broken())?;
    let mut upload = Upload { fields: HashMap::new(), files: Vec::new() };
    let mut left = ask.body_limit();
    while let Some(part) = parts.next_field().await.map_err(|_| broken())? {
        let field = part.name().unwrap_or("").to_string();
        match part.file_name().map(ToString::to_string) {
            Some(name) if upload.files.len() < MOST_FILES => {
                let file = store(ask, part, field, name, &mut left).await?;
                if file.size > 0 {
                    upload.files.push(file);
                }
            }
            Some(_) => return Err(too_large()),
            None => {
                let text = part.text().await.map_err(|_| broken())?;
                if text.len() > MOST_FIELD_BYTES || text.contains('\0') {
                    return Err(broken());
                }
                upload.fields.insert(field, text);
            }
        }
    }
    guard::check_form_token(ask, upload.fields.get(look::CSRF_FIELD).map(String::as_str))?;
    Ok(upload)
}

async fn store(
    ask: &Ask,
    mut part: axum::extract::multipart::Field<'_>,
    field: String,
    name: String,
    left: &mut usize,
) -> Result<File, Error> {
    let folder = ask.app.settings().data.join("incoming");
    std::fs::create_dir_all(&folder)?;
    let chance: [u8; 8] = ask.house().chance().bytes();
    let mut file = File { field, name, path: folder.join(kernel::audit::hex(&chance)), size: 0 };
    let mut out = std::fs::File::create(&file.path)?;
    while let Some(chunk) = part.chunk().await.map_err(|_| broken())? {
        *left = left.checked_sub(chunk.len()).ok_or_else(too_large)?;
        file.size += chunk.len();
        out.write_all(&chunk)?;
    }
    Ok(file)
}

fn broken() -> Error {
    Error::Invalid(vec![FieldError::new("file", "upload_broken")])
}

fn too_large() -> Error {
    Error::Invalid(vec![FieldError::new("file", "upload_too_large")])
}
