//! Photos and signatures that prove something. The file is in the data folder before its row is; where and when a picture
//! was taken goes to columns, and nothing of it stays inside the file (R07).

mod exif;
mod picture;
mod store;
#[cfg(test)]
mod tests;

use std::path::Path;

use db::Sql;
use serde_json::{Value as Json, json};
use uuid::Uuid;
use values::{Id, Moment};

use picture::Kept;
pub use picture::{MOST_BYTES, MOST_PIXELS};
pub use store::{Evidence, attach, by_id, kinds_since, of};

use crate::{Error, FieldError, House, PartyId, Read, SiteId, Tx};

/// What a picture is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Photo,
    Signature,
}

impl Kind {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Photo => "photo",
            Self::Signature => "signature",
        }
    }
}

/// A picture that was checked and lies in the data folder; it has no row yet.
#[derive(Debug, Clone)]
pub struct Received(Kept);

/// Checks and re-encodes an uploaded picture, one at a time for the whole process. Errors beside the field `file`:
/// `picture_kind`, `picture_heic`, `picture_too_large`, `picture_pixels`, `picture_broken`.
pub async fn receive(house: &House, file: &Path) -> Result<Received, Error> {
    let turn = picture::TURN.acquire().await.map_err(|cause| Error::Broken(cause.to_string()))?;
    let (files, file) = (house.files().clone(), file.to_path_buf());
    let work = tokio::task::spawn_blocking(move || {
        let _turn = turn;
        picture::keep(&files, &file)
    });
    work.await.map_err(|cause| Error::Broken(cause.to_string()))?.map(Received)
}

/// Who says what about a received picture.
#[derive(Debug, Clone)]
pub struct NewEvidence {
    /// Of the subject; while there is none, the site of the one who sends it.
    pub site: SiteId,
    pub kind: Kind,
    pub subject: Option<Uuid>,
    pub visible: bool,
    /// What the device says; the picture's own date where it says nothing.
    pub device_at: Option<Moment>,
    pub note: Option<String>,
    /// The operation of a phone that it belongs to; with its field and hash where they are known, see `place`.
    pub operation: Option<String>,
}

/// Writes the row of a received picture in the caller's name.
pub async fn add(tx: &mut Tx, received: &Received, new: &NewEvidence) -> Result<Id<Evidence>, Error> {
    if !tx.caller().scope.holds(new.site) {
        return Err(Error::Missing);
    }
    let kept = &received.0;
    store::write_file(tx, &kept.file).await?;
    store::write_file(tx, &kept.thumbnail).await?;
    let id = store::insert(tx, kept, new).await?;
    tx.note(
        new.site,
        "evidence.received",
        format!("evidence/{id}"),
        Json::Null,
        json!({ "kind": new.kind.as_str(), "file": kept.file.hash }),
    );
    Ok(id)
}

/// Which picture of an operation this is: the field that it was taken for, and the hash of what the phone sent.
pub fn place(operation: &str, field: &str, sha256: &str) -> String {
    format!("{operation} {field} {}", sha256.to_ascii_lowercase())
}

/// The places of those of `ids` that came from `party`, sorted.
pub async fn places(read: &mut Read, party: PartyId, ids: &[Id<Evidence>]) -> Result<Vec<String>, Error> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let sql = Sql::new("SELECT e.operation AS value FROM evidence e WHERE {scope:e} AND e.operation IS NOT NULL");
    let mut places: Vec<String> =
        read.all_of(sql.push(" AND e.by_party = ").bind(party).push(" AND e.id IN ").list(ids)).await?;
    places.sort();
    Ok(places)
}

pub(crate) fn refuse(code: &'static str) -> Error {
    Error::Invalid(vec![FieldError::new("file", code)])
}

/// May this party use the evidence as its own?
pub(crate) fn is_own(evidence: &Evidence, party: Option<PartyId>) -> bool {
    party.is_some() && evidence.by_party == party
}
