//! What a phone kept while it had no network (R22): one operation, one transaction, one verb, with today's rights. Its
//! result is kept by the operation's id, so a queue that is sent twice, shuffled or cut short has each effect once.

mod fields;
mod perform;
mod store;

use std::collections::HashSet;

use axum::http::StatusCode;
use kernel::{
    Error, RefusalKind,
    orders::{self, Order},
};
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};
use utoipa::ToSchema;
use uuid::Uuid;
use values::{Id, Moment};
use web::{Answer, Ask, Verdict};

/// R15: a queue longer than this comes in several batches.
const MOST_OPERATIONS: usize = 200;

#[derive(Deserialize, ToSchema)]
pub struct Batch {
    pub device: String,
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
    /// The order; none for a report.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub subject: Option<Uuid>,
    /// The version that the phone showed.
    #[serde(default)]
    pub base_version: Option<i64>,
    #[serde(default)]
    #[schema(value_type = Object)]
    pub fields: Json,
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
    /// How the subject stands now, for a person who must decide.
    #[schema(value_type = Option<Object>)]
    pub current: Option<Json>,
}

impl Outcome {
    const fn of(op_id: Uuid, outcome: Word) -> Self {
        Self { op_id, outcome, code: None, message: None, current: None }
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
pub async fn receive(ask: Ask) -> Answer {
    let batch: Batch = ask.json()?;
    if batch.operations.len() > MOST_OPERATIONS {
        return Err(Error::Invalid(vec![
            kernel::FieldError::new("operations", "operations_many").with("most", MOST_OPERATIONS),
        ]));
    }
    if batch.operations.iter().any(|operation| operation.device != batch.device) {
        return Err(Error::Invalid(vec![kernel::FieldError::new("device", "device_other")]));
    }
    let mut operations = batch.operations;
    operations.sort_by_key(|operation| operation.seq);
    let (mut results, mut stopped) = (Vec::new(), HashSet::new());
    for operation in &operations {
        let outcome = match operation.subject {
            Some(subject) if stopped.contains(&subject) => Outcome::of(operation.op_id, Word::Held),
            _ => one(&ask, operation).await?,
        };
        if let Some(subject) = operation.subject.filter(|_| outcome.stops()) {
            stopped.insert(subject);
        }
        results.push(outcome);
    }
    Ok(web::json(StatusCode::OK, &Results { results }, None))
}

/// Errors: only what is nobody's refusal (disk, database); the phone then sends everything again.
async fn one(ask: &Ask, operation: &Operation) -> Result<Outcome, Error> {
    if let Some(known) = known(ask, operation).await? {
        return Ok(known);
    }
    for _ in 0..5 {
        match attempt(ask, operation).await {
            Ok(()) => return Ok(Outcome::of(operation.op_id, Word::Done)),
            Err(Error::Db(db::DbError::Overtaken)) => {}
            // The same operation came in twice at once, or its place in the queue is taken.
            Err(Error::Db(db::DbError::Taken(_))) => {
                let known = known(ask, operation).await?;
                return Ok(
                    known.unwrap_or_else(|| Outcome::coded(ask, operation.op_id, Word::Refused, "sequence_used"))
                );
            }
            Err(cause) if Verdict::of(&cause).status.is_server_error() => return Err(cause),
            Err(cause) => return refused(ask, operation, &cause).await,
        }
    }
    Err(Error::Db(db::DbError::Overtaken))
}

/// What is kept about this id. Another author's is refused, and nothing more is said.
async fn known(ask: &Ask, operation: &Operation) -> Result<Option<Outcome>, Error> {
    let mut read = ask.read().await?;
    let Some(kept) = store::kept(&mut read, operation.op_id).await? else { return Ok(None) };
    let op_id = operation.op_id;
    if Some(kept.party) != ask.caller.party() {
        return Ok(Some(Outcome::coded(ask, op_id, Word::Refused, "operation_refused")));
    }
    if kept.body != store::fingerprint(operation)? {
        return Ok(Some(Outcome::coded(ask, op_id, Word::Refused, "key_reused")));
    }
    Ok(Some(match kept.outcome {
        Word::Done => Outcome::of(op_id, Word::Replayed),
        _ => kept.answer.unwrap_or_else(|| Outcome::of(op_id, Word::Refused)),
    }))
}

async fn attempt(ask: &Ask, operation: &Operation) -> Result<(), Error> {
    let mut tx = ask.begin().await?;
    store::claim(&mut tx, operation).await?;
    let moved = perform::moved_on(&mut tx, operation).await?;
    perform::perform(&mut tx, operation).await?;
    if let Some((site, current)) = moved {
        let (before, after) =
            (json!({ "base": operation.base_version }), json!({ "version": current, "verb": operation.verb }));
        tx.note(site, "operation.merged", format!("operation/{}", operation.op_id), before, after);
    }
    store::settle(&mut tx, &Outcome::of(operation.op_id, Word::Done)).await?;
    tx.commit().await
}

/// Keeps the refusal, so that the author finds it again; a conflict when the order moved on since the phone saw it.
async fn refused(ask: &Ask, operation: &Operation, cause: &Error) -> Result<Outcome, Error> {
    let verdict = Verdict::of(cause);
    let current = current(ask, operation).await?;
    let moved = matches!((&current, operation.base_version), (Some((version, _)), Some(base)) if *version != base);
    let word = if moved && is_about_state(cause) { Word::Conflict } else { Word::Refused };
    let words = ask.words();
    let code = verdict.fields.first().map_or(verdict.code.clone(), |field| field.code.to_string());
    let message = verdict.fields.first().map_or_else(|| verdict.say(&words), |field| Verdict::field_say(&words, field));
    let current = current.map(|(_, shown)| shown).filter(|_| word == Word::Conflict);
    let outcome = Outcome { op_id: operation.op_id, outcome: word, code: Some(code), message: Some(message), current };
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

/// The order is in another state, or in somebody else's hands.
fn is_about_state(cause: &Error) -> bool {
    match cause {
        Error::Refused(why) => why.kind() == RefusalKind::Conflict || why.code() == "not_yours",
        Error::Stale { .. } => true,
        _ => false,
    }
}

async fn current(ask: &Ask, operation: &Operation) -> Result<Option<(i64, Json)>, Error> {
    let Some(subject) = operation.subject else { return Ok(None) };
    let mut read = ask.read().await?;
    match orders::load(&mut read, Id::<Order>::from_uuid(subject)).await {
        Ok(view) => {
            let version = view.order.version;
            let shown =
                json!({ "version": version, "fields": { "state": view.state, "assignee": view.assignee_name } });
            Ok(Some((version, shown)))
        }
        Err(Error::Missing) => Ok(None),
        Err(cause) => Err(cause),
    }
}
