//! 消息 inside Anju: what concerns one person (an order that was given or taken away, a limit that ran out, a certificate
//! that will). Written by the verbs that cause them; here they are read. A person sees their own only, within their sites.

use db::{DbError, FromRow, Row, Sql};
use serde_json::{Value as Json, json};
use values::{Id, Moment};

use crate::{Error, PartyId, Read, SiteId, Tx, orders::unreadable};

/// More than this need no exact number.
pub const MOST_COUNTED: i64 = 100;
/// A page.
pub const PAGE: i64 = 50;

/// How much a message matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Weight {
    /// Worth knowing.
    See,
    /// An alarm.
    Must,
}

/// One message. Its words are found by `subject` when it is read.
#[derive(Debug, Clone)]
pub struct Message {
    pub id: Id<Message>,
    pub site: SiteId,
    /// `order_assigned`
    pub subject: String,
    /// What the words need: number, category, detail.
    pub data: Json,
    pub weight: Weight,
    pub made: Moment,
    pub read_at: Option<Moment>,
}

impl FromRow for Message {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        let (body, weight): (Vec<u8>, String) = (row.get("body")?, row.get("weight")?);
        let data = serde_json::from_slice(&body).map_err(|cause| unreadable("messages", "body", &cause.to_string()))?;
        Ok(Self {
            id: row.get("id")?,
            site: row.get("site")?,
            subject: row.get("subject")?,
            data,
            weight: if weight == "must" { Weight::Must } else { Weight::See },
            made: row.get("made")?,
            read_at: row.get("read_at")?,
        })
    }
}

/// A message to be put down.
#[derive(Debug)]
pub struct NewMessage<'a> {
    pub site: SiteId,
    pub subject: &'a str,
    pub data: &'a Json,
    /// What it is about; several messages may share it.
    pub about: String,
    pub weight: Weight,
}

/// Puts a message before each of these people. The verb around it notes what it did.
pub async fn put(tx: &mut Tx, new: &NewMessage<'_>, people: &[PartyId]) -> Result<(), Error> {
    let (now, body) = (tx.now(), new.data.to_string());
    let weight = if new.weight == Weight::Must { "must" } else { "see" };
    for party in people {
        let id: Id<Message> = tx.id();
        let values = (id, new.site, *party, new.subject, body.as_bytes(), new.about.as_str(), weight, now);
        let sql = "INSERT INTO messages (id, site, party, channel, subject, body, link, weight, made, sent, attempts, state, due) \
                   VALUES ($1, $2, $3, 'app', $4, $5, $6, $7, $8, $8, 0, 'sent', $8)";
        tx.run(sql, values).await?;
        tx.changed(new.site, "messages", party.uuid());
    }
    Ok(())
}

/// Was this person told this about it before?
pub async fn was_told(read: &mut Read, party: PartyId, subject: &str, about: &str) -> Result<bool, Error> {
    let sql = "SELECT id AS value FROM messages WHERE party = $1 AND channel = 'app' AND subject = $2 AND link = $3 AND {scope} \
               ORDER BY made LIMIT 1";
    Ok(read.opt::<Id<Message>>(sql, (party, subject, about)).await?.is_some())
}

/// The messages of one person, the newest first, at one site or at all of theirs; `before` is the last one of the page before.
pub async fn of(
    read: &mut Read,
    party: PartyId,
    site: Option<SiteId>,
    before: Option<(Moment, Id<Message>)>,
) -> Result<Vec<Message>, Error> {
    let sql = Sql::new(
        "SELECT id, site, subject, body, weight, made, read_at FROM messages WHERE {scope} AND channel = 'app' AND party = ",
    );
    let sql = sql.bind(party).when(" AND site = ", site);
    let sql = match before {
        Some((made, id)) => {
            sql.push(" AND (made < ").bind(made).push(" OR made = ").bind(made).push(" AND id < ").bind(id).push(")")
        }
        None => sql,
    };
    read.all_of(sql.push(" ORDER BY made DESC, id DESC LIMIT ").bind(PAGE)).await
}

/// How many are unread, up to `MOST_COUNTED`.
pub async fn unread(read: &mut Read, party: PartyId, site: Option<SiteId>) -> Result<i64, Error> {
    let sql = Sql::new(
        "SELECT count(*) AS value FROM (SELECT id FROM messages WHERE {scope} AND channel = 'app' AND read_at IS NULL AND party = ",
    );
    let sql = sql.bind(party).when(" AND site = ", site).push(" LIMIT ").bind(MOST_COUNTED).push(") counted");
    Ok(read.all_of::<i64>(sql).await?.into_iter().next().unwrap_or(0))
}

/// Marks one of the caller's messages read. Reading it again changes nothing. Errors: `Missing` for anybody else's.
pub async fn read_one(tx: &mut Tx, id: Id<Message>) -> Result<(), Error> {
    let (me, now) = (tx.caller().party().ok_or(Error::Denied)?, tx.now());
    let mine = "SELECT site AS value FROM messages WHERE id = $1 AND party = $2 AND channel = 'app' AND {scope}";
    let site: SiteId = tx.one(mine, (id, me)).await?;
    tx.run("UPDATE messages SET read_at = $2 WHERE id = $1 AND read_at IS NULL", (id, now)).await?;
    tx.note(site, "message.read", format!("message/{id}"), Json::Null, Json::Null);
    tx.changed(site, "messages", me.uuid());
    Ok(())
}

/// Marks all of the caller's messages of a site read. Gives how many there were.
pub async fn read_all(tx: &mut Tx, site: SiteId) -> Result<u64, Error> {
    let (me, now) = (tx.caller().party().ok_or(Error::Denied)?, tx.now());
    let sql = "UPDATE messages SET read_at = $3 WHERE party = $1 AND site = $2 AND channel = 'app' AND read_at IS NULL AND {scope}";
    let count = tx.run(sql, (me, site, now)).await?;
    tx.note(site, "message.read", format!("party/{me}"), Json::Null, json!({ "count": count }));
    tx.changed(site, "messages", me.uuid());
    Ok(count)
}
