//! What a phone kept while it had no network (R22): one operation, one transaction, one verb, with today's rights. Its
//! result is kept by the operation's id, so a queue that is sent twice, shuffled or cut short has each effect once.

mod card;
pub mod carried;
mod devices;
mod fields;
mod perform;
mod store;

use std::collections::HashSet;

use axum::http::StatusCode;
use kernel::{Caller, Error, Read, access, orders::Number};
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};
use utoipa::ToSchema;
use uuid::Uuid;
use values::Moment;
use web::{Answer, Ask, Verdict};

pub use devices::{Device, Trusted, trust};

/// R15: a queue longer than this comes in several batches.
const MOST_OPERATIONS: usize = 200;

#[derive(Deserialize, ToSchema)]
pub struct Batch {
    pub device: String,
    /// Another phone did this: every act must bear its author's seal then.
    #[serde(default)]
    pub carried: bool,
    pub operations: Vec<Operation>,
}

/// One act as the phone did it.
#[derive(Debug, Clone, Deserialize, Serialize, ToSchema)]
pub struct Operation {
    /// Made by the phone; also the key under which its result is kept.
    #[schema(value_type = String)]
    pub op_id: Uuid,
    pub device: String,
    /// Counts up on the device.
    pub seq: i64,
    /// What the device's clock said; shown beside ours, never trusted.
    #[schema(value_type = String, format = DateTime)]
    pub device_time: Moment,
    /// The noun of the act: `arrival`.
    pub verb: String,
    /// The order; of a report the id that the phone made for it.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub subject: Option<Uuid>,
    /// The version that the phone showed.
    #[serde(default)]
    pub base_version: Option<i64>,
    #[serde(default)]
    #[schema(value_type = Object)]
    pub fields: Json,
    /// Only of an act that another phone brings: it counts as its author's then, see `carried`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seal: Option<access::Seal>,
}

#[derive(Serialize, ToSchema)]
pub struct Results {
    pub results: Vec<Outcome>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Word {
    Done,
    /// It was done before.
    Replayed,
    Refused,
    /// Somebody else was there meanwhile: a person decides.
    Conflict,
    /// Not tried, since an earlier one on the same subject was refused; it may be sent again.
    Held,
}

/// What became of one operation.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Outcome {
    #[schema(value_type = String)]
    pub op_id: Uuid,
    pub outcome: Word,
    pub code: Option<String>,
    pub message: Option<String>,
    /// The number of the order that a report became.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub number: Option<Number>,
    /// How the subject stands now, for a person who must decide.
    #[schema(value_type = Option<Object>)]
    pub current: Option<Json>,
}

impl Outcome {
    const fn of(op_id: Uuid, outcome: Word) -> Self {
        Self { op_id, outcome, code: None, message: None, number: None, current: None }
    }
    fn coded(ask: &Ask, op_id: Uuid, outcome: Word, code: &str) -> Self {
        let message = ask.words().say(&format!("refusal-{}", code.replace('_', "-")));
        Self { code: Some(code.into()), message: Some(message), ..Self::of(op_id, outcome) }
    }
    const fn stops(&self) -> bool {
        matches!(self.outcome, Word::Refused | Word::Conflict | Word::Held)
    }
}

/// `POST /api/v1/sync`
pub async fn receive(mut ask: Ask) -> Answer {
    let batch: Batch = ask.json()?;
    if batch.operations.len() > MOST_OPERATIONS {
        return Err(Error::Invalid(vec![
            kernel::FieldError::new("operations", "operations_many").with("most", MOST_OPERATIONS),
        ]));
    }
    let acts = if batch.carried || batch.operations.iter().any(|operation| operation.seal.is_some()) {
        carried::open(&ask, batch.operations).await?
    } else {
        own(&ask, batch).await?
    };
    let (mut results, mut stopped) = (Vec::new(), HashSet::new());
    for Act { operation, author } in acts {
        let outcome = match author {
            _ if operation.subject.is_some_and(|subject| stopped.contains(&subject)) => {
                Outcome::of(operation.op_id, Word::Held)
            }
            Ok(author) => {
                ask.caller = author;
                one(&ask, &operation).await?
            }
            Err(code) => Outcome::coded(&ask, operation.op_id, Word::Refused, code),
        };
        if let Some(subject) = operation.subject.filter(|_| outcome.stops()) {
            stopped.insert(subject);
        }
        results.push(outcome);
    }
    Ok(web::json(StatusCode::OK, &Results { results }, None))
}

/// An act with the one whose it is, or the code of why it is nobody's.
struct Act {
    operation: Operation,
    author: Result<Caller, &'static str>,
}

/// What was done on the caller's own phone, in its order. Errors: `device_other`, `device_bound`.
async fn own(ask: &Ask, mut batch: Batch) -> Result<Vec<Act>, Error> {
    let refuse = |code| Err(Error::Invalid(vec![kernel::FieldError::new("device", code)]));
    let trusted = ask.caller.device.as_ref().is_none_or(|device| *device == batch.device);
    if !trusted || batch.operations.iter().any(|operation| operation.device != batch.device) {
        return refuse("device_other");
    }
    // A session says who is here, not on which phone: what stands in a file that somebody else made is not theirs.
    if ask.caller.device.is_none() && access::is_anothers_device(ask.house(), &batch.device, ask.caller.party()).await?
    {
        return refuse("device_bound");
    }
    batch.operations.sort_by_key(|operation| operation.seq);
    let act = |operation| Act { operation, author: Ok(ask.caller.clone()) };
    Ok(batch.operations.into_iter().map(act).collect())
}

/// Errors: only what is nobody's refusal (disk, database); the phone then sends everything again.
async fn one(ask: &Ask, operation: &Operation) -> Result<Outcome, Error> {
    if let Some(known) = known(ask, &mut ask.read().await?, operation).await? {
        return Ok(known);
    }
    for _ in 0..5 {
        match attempt(ask, operation).await {
            Ok(done) => return Ok(done),
            Err(Error::Db(db::DbError::Overtaken)) => {}
            // The same operation came in twice at once, or its place in the queue is taken.
            Err(Error::Db(db::DbError::Taken(_))) => return known_by_now(ask, operation).await,
            Err(cause) if Verdict::of(&cause).status.is_server_error() => return Err(cause),
            Err(cause) => return refused(ask, operation, &cause).await,
        }
    }
    Err(Error::Db(db::DbError::Overtaken))
}

/// The writer sees what shares its commit, which no reader does yet; the answer waits for that commit.
async fn known_by_now(ask: &Ask, operation: &Operation) -> Result<Outcome, Error> {
    let mut tx = ask.begin().await?;
    let known = known(ask, &mut tx, operation).await?;
    tx.commit().await?;
    Ok(known.unwrap_or_else(|| Outcome::coded(ask, operation.op_id, Word::Refused, "sequence_used")))
}

/// What is kept about this id. Another author's is refused, and nothing more is said.
async fn known(ask: &Ask, read: &mut Read, operation: &Operation) -> Result<Option<Outcome>, Error> {
    let Some(kept) = store::kept(read, operation.op_id).await? else { return Ok(None) };
    let op_id = operation.op_id;
    if Some(kept.party) != ask.caller.party() {
        return Ok(Some(Outcome::coded(ask, op_id, Word::Refused, "operation_refused")));
    }
    if kept.body != store::fingerprint(operation)? {
        return Ok(Some(Outcome::coded(ask, op_id, Word::Refused, "key_reused")));
    }
    Ok(Some(match kept.outcome {
        Word::Done => {
            let number = kept.answer.and_then(|answer| answer.number);
            Outcome { number, ..Outcome::of(op_id, Word::Replayed) }
        }
        _ => kept.answer.unwrap_or_else(|| Outcome::of(op_id, Word::Refused)),
    }))
}

async fn attempt(ask: &Ask, operation: &Operation) -> Result<Outcome, Error> {
    let mut tx = ask.begin().await?;
    store::claim(&mut tx, operation).await?;
    let moved = perform::moved_on(&mut tx, operation).await?;
    let number = perform::perform(&mut tx, operation, &ask.words()).await?;
    if let Some((site, current)) = moved {
        let (before, after) =
            (json!({ "base": operation.base_version }), json!({ "version": current, "verb": operation.verb }));
        tx.note(site, "operation.merged", format!("operation/{}", operation.op_id), before, after);
    }
    let done = Outcome { number, ..Outcome::of(operation.op_id, Word::Done) };
    store::settle(&mut tx, &done).await?;
    tx.commit().await?;
    Ok(done)
}

/// Keeps the refusal, so that the author finds it again; a conflict when the order moved on since the phone saw it.
async fn refused(ask: &Ask, operation: &Operation, cause: &Error) -> Result<Outcome, Error> {
    let verdict = Verdict::of(cause);
    let words = ask.words();
    let code = verdict.fields.first().map_or(verdict.code.clone(), |field| field.code.to_string());
    let why = verdict.fields.first().map_or_else(|| verdict.say(&words), |field| Verdict::field_say(&words, field));
    let seen = card::subject(ask, operation).await?.filter(|case| card::moved(case, operation, cause));
    let word = if seen.is_some() { Word::Conflict } else { Word::Refused };
    let message = seen.as_ref().map_or_else(|| why.clone(), |case| card::message(ask, case, &why));
    let current = seen.as_ref().map(|case| card::current(&words, case));
    let outcome = Outcome { code: Some(code), message: Some(message), current, ..Outcome::of(operation.op_id, word) };
    let mut tx = ask.begin().await?;
    match store::claim(&mut tx, operation).await {
        Ok(()) => {
            store::settle(&mut tx, &outcome).await?;
            tx.commit().await?;
        }
        // It is kept already: by the same call on another connection.
        Err(Error::Db(db::DbError::Taken(_))) => {}
        Err(cause) => return Err(cause),
    }
    Ok(outcome)
}
