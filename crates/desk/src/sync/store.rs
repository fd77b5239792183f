//! How operations of phones are kept: by their id, with what became of them.

use db::{DbError, FromRow, Row};
use kernel::{Error, PartyId, Read, Tx};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{Operation, Outcome, Word};

/// A kept operation.
pub struct Kept {
    pub party: PartyId,
    pub body: Vec<u8>,
    pub outcome: Word,
    pub answer: Option<Outcome>,
}

impl FromRow for Kept {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        let (outcome, answer): (String, String) = (row.get("outcome")?, row.get("answer")?);
        let why = || DbError::Unreadable { table: "operations", column: "outcome".into(), why: outcome.clone() };
        let word = serde_json::from_value(serde_json::Value::String(outcome.clone())).map_err(|_| why())?;
        Ok(Self {
            party: row.get("party")?,
            body: row.get("body")?,
            outcome: word,
            answer: serde_json::from_str(&answer).ok(),
        })
    }
}

/// SHA-256 of what the author meant.
pub fn fingerprint(operation: &Operation) -> Result<Vec<u8>, Error> {
    let Operation { verb, subject, fields, .. } = operation;
    Ok(Sha256::digest(serde_json::to_vec(&(verb, subject, fields))?).to_vec())
}

/// Whoever sent it: an id is one operation for the whole company.
pub async fn kept(read: &mut Read, id: Uuid) -> Result<Option<Kept>, Error> {
    read.opt("SELECT party, body, outcome, answer FROM operations WHERE id = $1", (id,)).await
}

/// Takes the id before the work is done, so that an equal call at the same time waits here. Errors: `Taken`.
pub async fn claim(tx: &mut Tx, operation: &Operation) -> Result<(), Error> {
    let (party, now) = (tx.caller().party().ok_or(Error::Denied)?, tx.now());
    let Operation { op_id, device, seq, device_time, verb, subject, .. } = operation;
    let sql = "INSERT INTO operations (id, party, device, seq, device_time, verb, subject, body, outcome, answer, at) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'done', '', $9)";
    let values =
        (*op_id, party, device.clone(), *seq, *device_time, verb.clone(), *subject, fingerprint(operation)?, now);
    tx.raw(sql, values).await?;
    Ok(())
}

pub async fn settle(tx: &mut Tx, outcome: &Outcome) -> Result<(), Error> {
    let word = serde_json::to_value(outcome.outcome)?;
    let word = word.as_str().unwrap_or("refused").to_string();
    let answer = serde_json::to_string(outcome)?;
    tx.raw("UPDATE operations SET outcome = $2, answer = $3 WHERE id = $1", (outcome.op_id, word, answer)).await?;
    Ok(())
}
