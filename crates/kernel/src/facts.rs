use serde::Serialize;
use serde_json::Value as Json;
use uuid::Uuid;
use values::Id;

use crate::{Error, RefusalKind, Refuse, SiteId, Tx};

/// Something that happened, in the past tense, with ids and no personal data. Each crate has its own enum.
pub trait Fact: Serialize {
    /// The crate's word: `orders`, `estate`. `app` finds the type by it.
    const CRATE: &'static str;
    fn site(&self) -> SiteId;
    fn subject(&self) -> Uuid;
}

/// Names of the jobs that follow from a fact, given its crate's word and its JSON.
pub type Reactions = fn(&str, &Json) -> Vec<&'static str>;

/// A fact caused by a reaction to a fact … this deep is a circle.
const DEEPEST: i64 = 5;

#[derive(Debug, thiserror::Error)]
#[error("reactions follow each other too deep")]
struct TooDeep;
impl Refuse for TooDeep {
    fn code(&self) -> &'static str {
        "reactions_too_deep"
    }
    fn kind(&self) -> RefusalKind {
        RefusalKind::Conflict
    }
}

pub(crate) async fn write<F: Fact>(tx: &mut Tx, fact: &F) -> Result<(), Error> {
    let data = serde_json::to_value(fact)?;
    let (cause, depth) = tx.caller().cause.map_or((None, 0), |(cause, depth)| (Some(cause), depth + 1));
    if depth > DEEPEST {
        return Err(TooDeep.into());
    }
    let id: Id<Row> = tx.id();
    let values = (id, fact.site(), F::CRATE, fact.subject(), data.to_string(), cause, depth, tx.now());
    tx.raw(
        "INSERT INTO facts (id, site, kind, subject, data, cause, depth, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        values,
    )
    .await?;
    for reaction in (tx.house().reactions())(F::CRATE, &data) {
        let job: Id<crate::jobs::Job> = tx.id();
        let values = (job, fact.site(), id, reaction, data.to_string(), tx.now());
        tx.raw(
            "INSERT INTO jobs (id, site, fact, reaction, data, due, attempts, state, made) VALUES ($1, $2, $3, $4, $5, $6, 0, 'ready', $6)",
            values,
        )
        .await?;
    }
    Ok(())
}

/// The stored fact.
pub struct Row;
