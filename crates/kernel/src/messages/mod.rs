//! The outbox of text messages: written in the transaction of what they tell, sealed, sent after the commit by a clock
//! of `app`, erased when sent. A message that tells a code dies with it.

use db::{DbError, FromRow, Row};
use serde::Serialize;
use values::{Id, MINUTE, Moment, Phone};

use crate::{Error, House, PartyId, SiteId, Tx, access};

/// One text message.
pub struct Sms<'a> {
    pub site: Option<SiteId>,
    pub party: Option<PartyId>,
    pub phone: &'a Phone,
    /// What it is for; goes to the gateway as the name of a template: `code`.
    pub purpose: &'static str,
    pub text: &'a str,
    /// After this it is of no use and is erased unsent.
    pub ends: Moment,
}

/// A message that was claimed for sending.
#[derive(Debug)]
pub struct Due {
    pub id: Id<Due>,
    pub purpose: String,
    pub phone: String,
    pub text: String,
}

/// What test gateways keep readable.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct TestMessage {
    pub to: String,
    pub text: String,
    pub purpose: String,
    #[schema(value_type = String)]
    pub at: Moment,
}

struct Sealed {
    id: Id<Due>,
    purpose: String,
    address: Vec<u8>,
    body: Vec<u8>,
    made: Moment,
}
impl FromRow for Sealed {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        Ok(Self {
            id: row.get("id")?,
            purpose: row.get("subject")?,
            address: row.get("address")?,
            body: row.get("body")?,
            made: row.get("made")?,
        })
    }
}

/// A claim that is not settled after this long was lost with its process.
const LEASE: i64 = MINUTE;
const MOST_ATTEMPTS: i64 = 6;

/// Puts a message into the outbox. The verb around it notes what it did.
pub async fn queue(tx: &mut Tx, sms: &Sms<'_>) -> Result<(), Error> {
    let (id, now): (Id<Due>, _) = (tx.id(), tx.now());
    let house = tx.house().clone();
    let address = house.keys().seal(id.uuid(), sms.phone.dial(), house.chance());
    let body = house.keys().seal(id.uuid(), sms.text, house.chance());
    let values = (id, sms.site, sms.party, address, sms.purpose, body, now, sms.ends);
    let sql = "INSERT INTO messages (id, site, party, channel, address, subject, body, weight, made, attempts, state, due, ends) \
               VALUES ($1, $2, $3, 'sms', $4, $5, $6, 'see', $7, 0, 'ready', $7, $8)";
    tx.raw(sql, values).await?;
    Ok(())
}

/// Takes the next message that is due; those that came too late are erased on the way.
pub async fn claim(house: &House) -> Result<Option<Due>, Error> {
    let mut tx = house.begin(&access::system_company("messages")).await?;
    let now = tx.now();
    let late = "UPDATE messages SET state = 'late', body = $2, address = NULL WHERE channel = 'sms' AND state = 'ready' AND ends < $1";
    tx.raw(late, (now, Vec::<u8>::new())).await?;
    let next = "SELECT id, subject, address, body, made FROM messages WHERE channel = 'sms' AND state = 'ready' AND due <= $1 \
                ORDER BY due, id LIMIT 1 {skip}";
    let sealed: Option<Sealed> = tx.opt(next, (now,)).await?;
    if let Some(sealed) = &sealed {
        tx.raw(
            "UPDATE messages SET due = $2, attempts = attempts + 1 WHERE id = $1",
            (sealed.id, now.plus_millis(LEASE)),
        )
        .await?;
    }
    tx.commit().await?;
    sealed.map(|sealed| open(house, &sealed)).transpose()
}

fn open(house: &House, sealed: &Sealed) -> Result<Due, Error> {
    let plain = |bytes: &[u8]| house.keys().open_sealed(sealed.id.uuid(), bytes);
    Ok(Due {
        id: sealed.id,
        purpose: sealed.purpose.clone(),
        phone: plain(&sealed.address)?,
        text: plain(&sealed.body)?,
    })
}

/// The gateway took it: nothing readable stays.
pub async fn sent(house: &House, id: Id<Due>) -> Result<(), Error> {
    let mut tx = house.begin(&access::system_company("messages")).await?;
    let now = tx.now();
    let sql = "UPDATE messages SET state = 'sent', sent = $2, body = $3, address = NULL, error = NULL WHERE id = $1";
    tx.raw(sql, (id, now, Vec::<u8>::new())).await?;
    tx.commit().await
}

/// With test gateways a message stays, sealed, to be read by `kept`.
pub async fn keep(house: &House, id: Id<Due>) -> Result<(), Error> {
    let mut tx = house.begin(&access::system_company("messages")).await?;
    let now = tx.now();
    tx.raw("UPDATE messages SET state = 'kept', sent = $2 WHERE id = $1", (id, now)).await?;
    tx.commit().await
}

/// Puts it back for later: 5 s, 10 s, 20 s …; after six tries it is given up and erased.
pub async fn failed(house: &House, id: Id<Due>, why: &str) -> Result<(), Error> {
    let mut tx = house.begin(&access::system_company("messages")).await?;
    let now = tx.now();
    let attempts: i64 = tx.one("SELECT attempts AS value FROM messages WHERE id = $1", (id,)).await?;
    if attempts >= MOST_ATTEMPTS {
        let sql = "UPDATE messages SET state = 'failed', error = $2, body = $3, address = NULL WHERE id = $1";
        tx.raw(sql, (id, why, Vec::<u8>::new())).await?;
    } else {
        let due = now.plus_seconds(5 << attempts.clamp(0, 10).saturating_sub(1).max(0));
        tx.raw("UPDATE messages SET due = $2, error = $3 WHERE id = $1", (id, due, why)).await?;
    }
    tx.commit().await
}

/// With test gateways: the latest messages, newest first, whether the clock took them already or not.
pub async fn kept(house: &House) -> Result<Vec<TestMessage>, Error> {
    let mut read = house.read(&access::system_company("messages")).await?;
    let sql = "SELECT id, subject, address, body, made FROM messages WHERE channel = 'sms' AND state IN ('ready', 'kept') ORDER BY made DESC, id DESC LIMIT 50";
    let rows: Vec<Sealed> = read.all(sql, ()).await?;
    rows.iter()
        .map(|sealed| {
            open(house, sealed).map(|due| TestMessage {
                to: due.phone,
                text: due.text,
                purpose: due.purpose,
                at: sealed.made,
            })
        })
        .collect()
}
