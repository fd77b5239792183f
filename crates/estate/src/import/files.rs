//! The files of imports: kept by content, thrown away after a week.

use kernel::{Error, House, Site, access};
use serde_json::{Value as Json, json};
use sheets::{Kind, Mapping, Workbook};
use values::DAY;

use super::{model::Reading, reading, refusal::Refused, store};

/// PRV §5: lists with names and phones expire after this long, milliseconds.
const KEPT_FOR: i64 = 7 * DAY;

pub struct Kept {
    pub hash: String,
    pub media: &'static str,
    pub size: usize,
}

/// Work that would hold up others, on a thread of its own.
pub async fn aside<T: Send + 'static>(work: impl FnOnce() -> Result<T, Error> + Send + 'static) -> Result<T, Error> {
    tokio::task::spawn_blocking(work).await.map_err(|cause| Error::Broken(format!("reading a file: {cause}")))?
}

/// What the file is and how we would read it; its bytes come back.
pub async fn understand(
    name: String,
    bytes: Vec<u8>,
    remembered: Vec<Mapping>,
    kind: Kind,
) -> Result<(Workbook, Reading, Vec<u8>), Error> {
    aside(move || {
        let workbook = reading::workbook(&bytes, &name).map_err(Refused::File)?;
        let reading = reading::propose(&workbook, &remembered, kind);
        Ok((workbook, reading, bytes))
    })
    .await
}

/// On disk before any row names it (R07).
pub async fn put(house: &House, bytes: Vec<u8>) -> Result<Kept, Error> {
    let house = house.clone();
    aside(move || Ok(Kept { hash: house.files().put(&bytes)?, media: media(&bytes), size: bytes.len() })).await
}

fn media(bytes: &[u8]) -> &'static str {
    match bytes {
        [b'P', b'K', ..] => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        [0xd0, 0xcf, ..] => "application/vnd.ms-excel",
        _ => "text/csv",
    }
}

/// Throws away the files of imports older than a week.
pub async fn forget_old(house: &House, site: &Site) -> Result<(), Error> {
    let mut tx = house.begin(&access::system_company("import files")).await?;
    let before = tx.now().plus_millis(-KEPT_FOR);
    let old = store::old_files(&mut tx, site.id, before).await?;
    if old.is_empty() {
        return Ok(());
    }
    let mut gone = Vec::new();
    for hash in old {
        if store::drop_file(&mut tx, site.id, &hash, before).await? {
            gone.push(hash);
        }
    }
    tx.note(site.id, "import.files_expired", format!("site/{}", site.id), json!({ "files": gone.len() }), Json::Null);
    tx.commit().await?;
    let house = house.clone();
    aside(move || {
        for hash in gone {
            match std::fs::remove_file(house.files().path(&hash)) {
                Err(cause) if cause.kind() != std::io::ErrorKind::NotFound => return Err(cause.into()),
                _ => {}
            }
        }
        Ok(())
    })
    .await
}

/// An uploaded file's bytes: spreadsheets can only be read whole (R07: at most 50 MiB).
pub async fn bytes_of(path: &std::path::Path) -> Result<Vec<u8>, Error> {
    Ok(tokio::fs::read(path).await?)
}
