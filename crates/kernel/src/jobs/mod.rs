//! Work that follows from a fact or from the clock: claimed one by one, at least once, each safe to repeat.

use db::{DbError, FromRow, Row};
use serde_json::Value as Json;
use uuid::Uuid;
use values::{Id, MINUTE, Moment};

use crate::{Caller, Error, House, SiteId, access, tx::Tx};

/// One piece of work, claimed.
#[derive(Debug)]
pub struct Job {
    pub id: Id<Job>,
    pub site: Option<SiteId>,
    pub fact: Option<Uuid>,
    pub fact_crate: Option<String>,
    pub depth: i64,
    pub reaction: String,
    pub data: Json,
    pub attempts: i64,
}

impl FromRow for Job {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        let data: String = row.get("data")?;
        Ok(Self {
            id: row.get("id")?,
            site: row.get("site")?,
            fact: row.get("fact")?,
            fact_crate: row.get("fact_crate")?,
            depth: row.get::<Option<i64>>("depth")?.unwrap_or(0),
            reaction: row.get("reaction")?,
            data: serde_json::from_str(&data).unwrap_or(Json::Null),
            attempts: row.get("attempts")?,
        })
    }
}

impl Job {
    /// Who a reaction acts as: the program, at the fact's site, with the fact as its cause.
    pub fn caller(&self) -> Caller {
        let caller = self.site.map_or_else(|| access::system_company("job"), |site| access::system(site, "job"));
        Caller { cause: self.fact.map(|fact| (fact, self.depth)), ..caller }
    }
}

/// A claim that is not settled after this long was lost with its process and may be taken again.
pub const LEASE: i64 = 5 * MINUTE;
const MOST_ATTEMPTS: i64 = 8;

/// Takes the next job that is due by `now`.
pub async fn claim(house: &House) -> Result<Option<Job>, Error> {
    let mut tx = house.begin(&access::system_company("jobs")).await?;
    let job = claim_in(&mut tx).await?;
    tx.commit().await?;
    Ok(job)
}

async fn claim_in(tx: &mut Tx) -> Result<Option<Job>, Error> {
    let now = tx.now();
    let next = "SELECT id AS value FROM jobs WHERE state = 'ready' AND due <= $1 ORDER BY due, id LIMIT 1 {skip}";
    let Some(id) = tx.opt::<Id<Job>>(next, (now,)).await? else { return Ok(None) };
    // While it runs its `due` is the end of the lease, so a job of a killed process comes back by itself.
    tx.raw("UPDATE jobs SET due = $2, attempts = attempts + 1 WHERE id = $1", (id, now.plus_millis(LEASE))).await?;
    let job = "SELECT j.id, j.site, j.fact, j.reaction, j.data, j.attempts, f.kind AS fact_crate, f.depth \
               FROM jobs j LEFT JOIN facts f ON f.id = j.fact WHERE j.id = $1";
    tx.opt(job, (id,)).await
}

/// Marks a job done, inside the reaction's own transaction where there is one.
pub async fn done(tx: &mut Tx, id: Id<Job>) -> Result<(), Error> {
    let now = tx.now();
    tx.raw("UPDATE jobs SET state = 'done', ended = $2, error = NULL WHERE id = $1", (id, now)).await?;
    Ok(())
}

/// Puts a job back for later, or gives it up after eight tries: then it is `stuck`, and `anju check` names it.
pub async fn failed(house: &House, job: &Job, why: &str) -> Result<(), Error> {
    let wait = MINUTE << job.attempts.clamp(0, 8);
    let state = if job.attempts >= MOST_ATTEMPTS { "stuck" } else { "ready" };
    let mut tx = house.begin(&access::system_company("jobs")).await?;
    let due = tx.now().plus_millis(wait);
    // Whoever claimed it meanwhile goes on with it.
    let sql = "UPDATE jobs SET state = $2, due = $3, error = $4 WHERE id = $1 AND attempts = $5 AND state = 'ready'";
    tx.raw(sql, (job.id, state, due, why, job.attempts)).await?;
    tx.commit().await
}

/// Keeps a job that takes long from being claimed again: for another lease from now, and by nobody before `tx` ends. Errors:
/// `Broken` when the lease ran out and somebody else claimed it, or when it is done.
pub async fn renew(tx: &mut Tx, job: &Job) -> Result<(), Error> {
    let due = tx.now().plus_millis(LEASE);
    let sql = "UPDATE jobs SET due = $2 WHERE id = $1 AND attempts = $3 AND state = 'ready'";
    match tx.raw(sql, (job.id, due, job.attempts)).await? {
        0 => Err(Error::Broken(format!("the job {} is somebody else's by now", job.id))),
        _ => Ok(()),
    }
}

/// Adds work that the clock asks for rather than a fact.
pub async fn plan(tx: &mut Tx, site: SiteId, reaction: &'static str, data: &Json, due: Moment) -> Result<(), Error> {
    let id: Id<Job> = tx.id();
    let now = tx.now();
    let sql = "INSERT INTO jobs (id, site, reaction, data, due, attempts, state, made) VALUES ($1, $2, $3, $4, $5, 0, 'ready', $6)";
    tx.raw(sql, (id, site, reaction, data.to_string(), due, now)).await?;
    Ok(())
}
