use db::{DbError, FromRow, Row};
use serde::{Serialize, de::DeserializeOwned};

use crate::{Error, RefusalKind, Refuse, Tx};

/// Names one intended effect: a client's key on one route, with what it sent.
#[derive(Clone, Debug)]
pub struct Key {
    pub route: String,
    pub key: String,
    /// SHA-256 of the canonical body.
    pub body: Vec<u8>,
}

#[derive(Debug, thiserror::Error)]
#[error("this idempotency key was used for something else")]
pub struct KeyReused;
impl Refuse for KeyReused {
    fn code(&self) -> &'static str {
        "key_reused"
    }
    fn kind(&self) -> RefusalKind {
        RefusalKind::Invalid
    }
}

struct Stored {
    body: Vec<u8>,
    answer: String,
}
impl FromRow for Stored {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        Ok(Self { body: row.get("body")?, answer: row.get("answer")? })
    }
}

impl Tx {
    /// The answer that `key` had before, or `None` the first time: then do the work, `remember` its answer and commit.
    /// Errors: `KeyReused` when the key came with another body.
    pub async fn known<T: DeserializeOwned>(&mut self, key: &Key) -> Result<Option<T>, Error> {
        let party = self.caller().key_owner();
        let known = "SELECT body, answer FROM answered WHERE party = $1 AND route = $2 AND key = $3";
        if let Some(stored) = self.opt::<Stored>(known, (party, key.route.as_str(), key.key.as_str())).await? {
            if stored.body != key.body {
                return Err(KeyReused.into());
            }
            return Ok(Some(serde_json::from_str(&stored.answer)?));
        }
        self.claim(key).await?;
        Ok(None)
    }
    /// Claimed before the work: a second equal call waits here for the first one's commit, runs again and finds it.
    async fn claim(&mut self, key: &Key) -> Result<(), Error> {
        let party = self.caller().key_owner();
        let now = self.now();
        let claim =
            "INSERT INTO answered (party, route, key, body, status, answer, at) VALUES ($1, $2, $3, $4, 0, '', $5)";
        match self.raw(claim, (party, key.route.as_str(), key.key.as_str(), key.body.clone(), now)).await {
            Err(Error::Db(DbError::Taken(_))) => Err(Error::Db(DbError::Overtaken)),
            other => other.map(|_| ()),
        }
    }
    pub async fn remember<T: Serialize>(&mut self, key: &Key, answer: &T) -> Result<(), Error> {
        let party = self.caller().key_owner();
        let answer = serde_json::to_string(answer)?;
        let fill = "UPDATE answered SET answer = $4 WHERE party = $1 AND route = $2 AND key = $3";
        self.raw(fill, (party, key.route.as_str(), key.key.as_str(), answer)).await?;
        Ok(())
    }
}
