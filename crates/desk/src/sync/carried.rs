//! Work that somebody else's phone brings (contract, Offline). The author's phone sealed every act and every picture of it, so
//! they count as its author's wherever they come from; whoever holds the file can send just these, once, and nothing else.

use kernel::{
    Caller, Error,
    access::{self, Seal},
    evidence::{self, Evidence},
};
use serde::Deserialize;
use serde_json::{Value as Json, json};
use uuid::Uuid;
use values::Id;
use web::{Ask, Upload};

use super::{Batch, Operation};
use crate::api::bodies::refuse;

/// The header that carries the seal of a picture, as JSON.
const HEADER: &str = "x-anju-seal";

/// What the seal of an act says.
#[derive(Deserialize)]
struct SealedAct {
    operation: Operation,
    /// The fields into which its pictures go, one entry a picture.
    photos: Vec<String>,
}

/// What the seal of a picture says.
#[derive(Deserialize)]
struct SealedPhoto {
    op_id: Uuid,
    sha256: String,
}

/// Puts the sealed acts in place of what was sent and gives their author. `None`: not all of one author's, or changed on
/// the way. It is noted who brought them.
pub async fn open(ask: &Ask, batch: &mut Batch) -> Result<Option<Caller>, Error> {
    let mut author: Option<Caller> = None;
    for sent in &mut batch.operations {
        let Some((one, operation)) = act(ask, sent).await? else { return Ok(None) };
        if author.as_ref().is_some_and(|author| (author.party(), &author.device) != (one.party(), &one.device)) {
            return Ok(None);
        }
        author = Some(one);
        *sent = operation;
    }
    if let Some(author) = author.as_ref().and_then(Caller::party) {
        let mut tx = ask.begin().await?;
        let ids: Vec<Uuid> = batch.operations.iter().map(|one| one.op_id).collect();
        tx.note(None, "operation.carried", format!("party/{author}"), Json::Null, json!({ "operations": ids }));
        tx.commit().await?;
    }
    Ok(author)
}

async fn author(ask: &Ask, seal: &Seal) -> Result<Option<Caller>, Error> {
    if ask.caller.is_resident() {
        return Ok(None);
    }
    access::by_seal(ask.house(), seal, ask.caller.origin.clone()).await
}

async fn act(ask: &Ask, sent: &Operation) -> Result<Option<(Caller, Operation)>, Error> {
    let Some(seal) = &sent.seal else { return Ok(None) };
    let Some(author) = author(ask, seal).await? else { return Ok(None) };
    let Ok(SealedAct { mut operation, photos }) = serde_json::from_str(&seal.text) else { return Ok(None) };
    let whole = operation.op_id == sent.op_id && fill(ask, &author, &mut operation, &photos, &sent.fields).await?;
    Ok(whole.then_some((author, operation)))
}

/// Puts the pictures that went ahead into the fields that the author's phone left for them: as many as it sealed, and only
/// those that came for this act under its author.
async fn fill(
    ask: &Ask,
    author: &Caller,
    operation: &mut Operation,
    photos: &[String],
    sent: &Json,
) -> Result<bool, Error> {
    let (Some(fields), Some(party)) = (operation.fields.as_object_mut(), author.party()) else { return Ok(false) };
    let mut came = Vec::new();
    for name in photos {
        let known = ids(fields.get(name));
        let filled = sent.get(name).cloned().unwrap_or_default();
        let all = ids(Some(&filled));
        if !known.iter().all(|id| all.contains(id)) {
            return Ok(false);
        }
        came.extend(all.into_iter().filter(|id| !known.contains(id)));
        fields.insert(name.clone(), filled);
    }
    came.sort();
    came.dedup();
    let mut read = ask.house().read(author).await?;
    let theirs = evidence::of_operation(&mut read, &operation.op_id.to_string(), party, &came).await?;
    Ok(came.len() == photos.len() && theirs == came.len())
}

fn ids(value: Option<&Json>) -> Vec<Id<Evidence>> {
    let text = |one: &Json| one.as_str().and_then(|text| text.parse().ok());
    match value {
        Some(Json::Array(list)) => list.iter().filter_map(text).collect(),
        Some(one) => text(one).into_iter().collect(),
        None => Vec::new(),
    }
}

/// The author of a picture that came with a seal. Errors beside `file`: `seal_broken`.
pub async fn photographer(ask: &Ask, upload: &Upload, sha256: &str) -> Result<Option<Caller>, Error> {
    let Some(header) = ask.headers.get(HEADER) else { return Ok(None) };
    let broken = || refuse("file", "seal_broken");
    let seal: Seal = serde_json::from_slice(header.as_bytes()).map_err(|_| broken())?;
    let author = author(ask, &seal).await?.ok_or_else(broken)?;
    let sealed: SealedPhoto = serde_json::from_str(&seal.text).map_err(|_| broken())?;
    let fits = sealed.sha256.eq_ignore_ascii_case(sha256)
        && upload.fields.get("op_id").is_some_and(|id| *id == sealed.op_id.to_string());
    if fits { Ok(Some(author)) } else { Err(broken()) }
}
