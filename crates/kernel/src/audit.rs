//! Who did what, when, from where: written in the transaction of the change, chained by a keyed hash. One chain a site
//! and one for the company; the head row is locked last and briefly.

use db::{DbError, FromRow, Row, Sql};
use serde_json::Value as Json;

use crate::{Caller, Error, House, Read, SiteId, Tx, keys::Keys};

/// What a verb says about its change.
#[derive(Debug)]
pub struct Note {
    pub site: Option<SiteId>,
    /// `order.accepted`
    pub act: &'static str,
    /// `order/<id>`
    pub subject: String,
    pub before: Json,
    pub after: Json,
}

/// One link of the chain as it is kept.
#[derive(Debug)]
pub struct AuditRow {
    pub chain: String,
    pub seq: i64,
    pub at: i64,
    pub actor: String,
    pub session: Option<String>,
    pub origin: Option<String>,
    pub act: String,
    pub subject: String,
    pub before: Option<String>,
    pub after: Option<String>,
    pub mac: Vec<u8>,
}

impl FromRow for AuditRow {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        Ok(Self {
            chain: row.get("chain")?,
            seq: row.get("seq")?,
            at: row.get("at")?,
            actor: row.get("actor")?,
            session: row.get("session")?,
            origin: row.get("origin")?,
            act: row.get("act")?,
            subject: row.get("subject")?,
            before: row.get("before")?,
            after: row.get("after")?,
            mac: row.get("mac")?,
        })
    }
}

struct Head {
    seq: i64,
    mac: Vec<u8>,
}
impl FromRow for Head {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        Ok(Self { seq: row.get("seq")?, mac: row.get("mac")? })
    }
}

fn link(keys: &Keys, row: &AuditRow, previous: &[u8]) -> Vec<u8> {
    let text = |part: &Option<String>| part.clone().unwrap_or_default();
    keys.audit_mac(&[
        row.chain.as_bytes(),
        &row.seq.to_le_bytes(),
        &row.at.to_le_bytes(),
        row.actor.as_bytes(),
        text(&row.session).as_bytes(),
        text(&row.origin).as_bytes(),
        row.act.as_bytes(),
        row.subject.as_bytes(),
        text(&row.before).as_bytes(),
        text(&row.after).as_bytes(),
        previous,
    ])
    .to_vec()
}

/// Writes the notes of a transaction; called by `House::write` just before the commit, so the heads are held briefly.
pub(crate) async fn write(tx: &mut Tx, mut notes: Vec<Note>) -> Result<(), Error> {
    notes.sort_by_key(|note| note.site);
    let mut notes = notes.into_iter().peekable();
    while let Some(first) = notes.next() {
        let site = first.site;
        let chain = site.map_or_else(|| "company".to_string(), |site| site.to_string());
        let mut head = head(tx, &chain).await?;
        write_one(tx, &chain, &mut head, first).await?;
        while let Some(next) = notes.next_if(|note| note.site == site) {
            write_one(tx, &chain, &mut head, next).await?;
        }
        tx.raw("UPDATE audit_heads SET seq = $2, mac = $3 WHERE chain = $1", (chain, head.seq, head.mac)).await?;
    }
    Ok(())
}

async fn head(tx: &mut Tx, chain: &str) -> Result<Head, Error> {
    tx.raw(
        "INSERT INTO audit_heads (chain, seq, mac) VALUES ($1, 0, $2) ON CONFLICT (chain) DO NOTHING",
        (chain, vec![0u8; 32]),
    )
    .await?;
    tx.one("SELECT seq, mac FROM audit_heads WHERE chain = $1 {lock}", (chain,)).await
}

async fn write_one(tx: &mut Tx, chain: &str, head: &mut Head, note: Note) -> Result<(), Error> {
    let caller: &Caller = tx.caller();
    let json = |value: &Json| if value.is_null() { None } else { Some(value.to_string()) };
    let mut row = AuditRow {
        chain: chain.to_string(),
        seq: head.seq + 1,
        at: tx.now().millis(),
        actor: caller.actor(),
        session: caller.session.map(|id| id.to_string()),
        origin: caller.origin.clone(),
        act: note.act.to_string(),
        subject: note.subject,
        before: json(&note.before),
        after: json(&note.after),
        mac: Vec::new(),
    };
    row.mac = link(tx.house().keys(), &row, &head.mac);
    *head = Head { seq: row.seq, mac: row.mac.clone() };
    let values = (
        row.chain,
        row.seq,
        row.at,
        row.actor,
        row.session,
        row.origin,
        row.act,
        row.subject,
        row.before,
        row.after,
        row.mac,
    );
    tx.raw(
        "INSERT INTO audit (chain, seq, at, actor, session, origin, act, subject, before, after, mac) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        values,
    )
    .await?;
    Ok(())
}

/// Where the chains stand: (chain, seq, mac in hex).
pub async fn heads(house: &House) -> Result<Vec<(String, i64, String)>, Error> {
    struct Line(String, i64, String);
    impl FromRow for Line {
        fn from_row(row: &Row) -> Result<Self, DbError> {
            Ok(Self(row.get("chain")?, row.get("seq")?, hex(&row.get::<Vec<u8>>("mac")?)))
        }
    }
    let rows: Vec<Line> = house.db().all("SELECT chain, seq, mac FROM audit_heads ORDER BY chain", ()).await?;
    Ok(rows.into_iter().map(|line| (line.0, line.1, line.2)).collect())
}

/// How far the chain of a site goes: for [`acts_since`].
pub async fn stand(read: &mut Read, site: SiteId) -> Result<i64, Error> {
    let sql = "SELECT seq AS value FROM audit_heads WHERE chain = $1";
    Ok(read.opt::<i64>(sql, (site.to_string(),)).await?.unwrap_or(0))
}

/// What was done at a site since its chain stood at `seq`, each act once: whoever read much and decides by it asks whether
/// it still holds.
pub async fn acts_since(read: &mut Read, site: SiteId, seq: i64) -> Result<Vec<String>, Error> {
    let sql = "SELECT DISTINCT act AS value FROM audit WHERE chain = $1 AND seq > $2 ORDER BY act";
    read.all(sql, (site.to_string(), seq)).await
}

/// Walks a chain from its first row. Returns the sequence number of the first row that does not hold, if any. The program may
/// go on writing meanwhile: what is checked is the chain up to its head at the beginning.
pub async fn first_bad(house: &House, chain: &str) -> Result<Option<i64>, Error> {
    let mut link_to = house.db().link().await?;
    let Some(head) = head_of(&mut link_to, chain).await? else { return Ok(Some(1)) };
    let (mut previous, mut seq) = (vec![0u8; 32], 0);
    while seq < head.seq {
        let page = Sql::new(
            "SELECT chain, seq, at, actor, session, origin, act, subject, before, after, mac FROM audit WHERE chain = ",
        );
        let page = page.bind(chain).push(" AND seq > ").bind(seq).push(" AND seq <= ").bind(head.seq);
        let rows: Vec<AuditRow> = link_to.all(page.push(" ORDER BY seq LIMIT 1000")).await?;
        if rows.is_empty() {
            return Ok(Some(seq + 1));
        }
        for row in rows {
            if row.seq != seq + 1 || row.mac != link(house.keys(), &row, &previous) {
                return Ok(Some(seq + 1));
            }
            seq = row.seq;
            previous = row.mac;
        }
    }
    let beyond = Sql::new("SELECT seq AS value FROM audit WHERE chain = ").bind(chain).push(" AND seq > ").bind(seq);
    let beyond: Option<i64> = link_to.opt(beyond.push(" ORDER BY seq LIMIT 1")).await?;
    // A row beyond the head came in meanwhile, with a later head, or was put there.
    let moved = head_of(&mut link_to, chain).await?.is_some_and(|now| now.seq > head.seq);
    let sound = head.mac == previous && (beyond.is_none() || moved);
    Ok((!sound).then_some(seq + 1))
}

async fn head_of(link_to: &mut db::Link, chain: &str) -> Result<Option<Head>, Error> {
    Ok(link_to.opt(Sql::new("SELECT seq, mac FROM audit_heads WHERE chain = ").bind(chain)).await?)
}

pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
