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
use web::Ask;

use super::{Act, Operation};
use crate::api::{bodies::refuse, evidence::Told};

/// The header that carries the seal of a picture, as JSON.
const HEADER: &str = "x-anju-seal";

/// What the seal of an act says.
#[derive(Deserialize)]
struct SealedAct {
    operation: Operation,
    photos: Vec<SealedPhoto>,
}

/// A picture that goes into a field of the act.
#[derive(Deserialize)]
struct SealedPhoto {
    field: String,
    sha256: String,
}

/// Puts the sealed acts in place of what was sent, each with its author; what has no seal or a broken one stays nobody's,
/// and the others go on. It is noted who brought them.
pub(super) async fn open(ask: &Ask, sent: Vec<Operation>) -> Result<Vec<Act>, Error> {
    let mut acts = Vec::new();
    for operation in sent {
        acts.push(match act(ask, &operation).await? {
            Ok((author, operation)) => Act { operation, author: Ok(author) },
            Err(code) => Act { operation, author: Err(code) },
        });
    }
    acts.sort_by_key(|act| act.operation.seq);
    note(ask, &acts).await?;
    Ok(acts)
}

async fn note(ask: &Ask, acts: &[Act]) -> Result<(), Error> {
    let of = |act: &Act| act.author.as_ref().ok().and_then(Caller::party);
    let mut authors: Vec<_> = acts.iter().filter_map(of).collect();
    authors.sort();
    authors.dedup();
    if authors.is_empty() {
        return Ok(());
    }
    let mut tx = ask.begin().await?;
    for author in authors {
        let ids: Vec<Uuid> = acts.iter().filter(|act| of(act) == Some(author)).map(|act| act.operation.op_id).collect();
        tx.note(None, "operation.carried", format!("party/{author}"), Json::Null, json!({ "operations": ids }));
    }
    tx.commit().await
}

async fn author(ask: &Ask, seal: &Seal) -> Result<Option<Caller>, Error> {
    if ask.caller.is_resident() {
        return Ok(None);
    }
    access::by_seal(ask.house(), seal, ask.caller.origin.clone()).await
}

async fn act(ask: &Ask, sent: &Operation) -> Result<Result<(Caller, Operation), &'static str>, Error> {
    let Some(seal) = &sent.seal else { return Ok(Err("seal_missing")) };
    let broken = Ok(Err("seal_broken"));
    let Some(author) = author(ask, seal).await? else { return broken };
    let Ok(SealedAct { mut operation, photos }) = serde_json::from_str(&seal.text) else { return broken };
    let theirs = operation.op_id == sent.op_id && author.device.as_ref() == Some(&operation.device);
    if theirs && fill(ask, &author, &mut operation, &photos, &sent.fields).await? {
        return Ok(Ok((author, operation)));
    }
    broken
}

/// Puts the pictures that went ahead into the fields that the author's phone left for them: into each exactly those that it
/// sealed for it.
async fn fill(
    ask: &Ask,
    author: &Caller,
    operation: &mut Operation,
    photos: &[SealedPhoto],
    sent: &Json,
) -> Result<bool, Error> {
    let op_id = operation.op_id.to_string();
    let (Some(fields), Some(party)) = (operation.fields.as_object_mut(), author.party()) else { return Ok(false) };
    let mut names: Vec<&String> = photos.iter().map(|photo| &photo.field).collect();
    names.sort();
    names.dedup();
    let mut read = ask.house().read(author).await?;
    for name in names {
        let filled = sent.get(name).cloned().unwrap_or_default();
        let (Some(known), Some(mut came)) = (ids(fields.get(name)), ids(Some(&filled))) else { return Ok(false) };
        if !known.iter().all(|id| came.contains(id)) {
            return Ok(false);
        }
        came.retain(|id| !known.contains(id));
        let ours = photos.iter().filter(|photo| photo.field == *name);
        let mut sealed: Vec<String> = ours.map(|photo| evidence::place(&op_id, name, &photo.sha256)).collect();
        sealed.sort();
        if came.len() != sealed.len() || evidence::places(&mut read, party, &came).await? != sealed {
            return Ok(false);
        }
        fields.insert(name.clone(), filled);
    }
    Ok(true)
}

/// `None`: something else than ids of pictures.
fn ids(value: Option<&Json>) -> Option<Vec<Id<Evidence>>> {
    let id = |one: &Json| one.as_str()?.parse().ok();
    match value {
        Some(Json::Array(list)) => list.iter().map(id).collect(),
        None | Some(Json::Null) => Some(Vec::new()),
        Some(one) => id(one).map(|id| vec![id]),
    }
}

/// The author of a picture that came with a seal, and what their phone says of it; nothing else that came with it counts.
/// Errors beside `file`: `seal_broken`.
pub async fn photographer(ask: &Ask, sha256: &str) -> Result<Option<(Caller, Told)>, Error> {
    let Some(header) = ask.headers.get(HEADER) else { return Ok(None) };
    let broken = || refuse("file", "seal_broken");
    let seal: Seal = serde_json::from_slice(header.as_bytes()).map_err(|_| broken())?;
    let author = author(ask, &seal).await?.ok_or_else(broken)?;
    let told: Told = serde_json::from_str(&seal.text).map_err(|_| broken())?;
    let whole = told.is_whole() && told.sha256.as_ref().is_some_and(|told| told.eq_ignore_ascii_case(sha256));
    if whole { Ok(Some((author, told))) } else { Err(broken()) }
}
