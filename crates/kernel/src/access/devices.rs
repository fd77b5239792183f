//! What a phone keeps beside its unsent work: a token bound to one author and one device, good only for sending that
//! author's operations, so that work arrives under its author after the session is over (contract, Offline).

use db::{DbError, FromRow, Row};
use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};
use sha2::Sha256;
use values::{Chance, DAY, Id, Moment, Zone};

use super::{Caller, Who, store};
use crate::{Error, House, PartyId, Tx};

/// Tells a device's token from a program's.
pub const DEVICE_PREFIX: &str = "anju_device_";
/// Contract, Offline: 30 days†, milliseconds.
const LIFE: i64 = 30 * DAY;

/// A token as it goes to the phone, once.
pub struct DeviceToken {
    pub id: Id<DeviceLine>,
    pub secret: String,
    pub ends: Moment,
    /// With which the phone seals work that another phone shall bring (see `Seal`); good as long as the token.
    pub seal_key: [u8; 32],
}

/// A token for the caller's phone; older ones stay good until their end, since the answer that brings a new one may be
/// lost. Errors: `Denied` for anybody but staff with an open session.
pub async fn new_device_token(tx: &mut Tx, device: &str) -> Result<DeviceToken, Error> {
    let (Who::Staff(party), Some(_)) = (&tx.caller().who, tx.caller().session) else { return Err(Error::Denied) };
    let (party, now) = (*party, tx.now());
    let id: Id<DeviceLine> = tx.id();
    let token = DeviceToken {
        id,
        seal_key: tx.house().keys().device_seal(id.uuid()),
        secret: format!("{DEVICE_PREFIX}{}", store::new_secret(&Chance::system())),
        ends: now.plus_millis(LIFE),
    };
    tx.run("DELETE FROM device_tokens WHERE party = $1 AND ends <= $2", (party, now)).await?;
    let values = (id, super::hash_token(&token.secret), party, device, now, token.ends);
    tx.run("INSERT INTO device_tokens (id, token, party, device, made, ends) VALUES ($1, $2, $3, $4, $5, $6)", values)
        .await?;
    tx.note(None, "device.trusted", format!("party/{party}"), Json::Null, json!({ "device": device }));
    Ok(token)
}

/// A phone that may send its author's kept work, as the list of their log-ins shows it.
#[derive(Clone, Debug)]
pub struct DeviceLine {
    /// The newest token's; ending it ends all of this phone's.
    pub id: Id<DeviceLine>,
    pub device: String,
    pub made: Moment,
    pub ends: Moment,
}
impl FromRow for DeviceLine {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        Ok(Self { id: row.get("id")?, device: row.get("device")?, made: row.get("made")?, ends: row.get("ends")? })
    }
}

/// The caller's phones, the newest token first, once each.
pub async fn devices_of(house: &House, caller: &Caller) -> Result<Vec<DeviceLine>, Error> {
    let Some(party) = caller.party() else { return Ok(Vec::new()) };
    let mut read = house.read(caller).await?;
    let now = read.now();
    let sql = "SELECT t.id, t.device, t.made, t.ends FROM device_tokens t WHERE t.party = $1 AND t.ends > $2 \
               AND NOT EXISTS (SELECT 1 FROM device_tokens n WHERE n.party = t.party AND n.device = t.device \
               AND (n.made > t.made OR n.made = t.made AND n.id > t.id)) ORDER BY t.made DESC, t.id";
    read.all(sql, (party, now)).await
}

/// Ends what this phone of `party` may send by itself; its work waits there until they log in again. Errors: `Missing`.
pub async fn end_device(tx: &mut Tx, party: PartyId, id: Id<DeviceLine>) -> Result<(), Error> {
    let sql = "DELETE FROM device_tokens WHERE party = $1 AND device = (SELECT t.device FROM device_tokens t WHERE t.id = $2 AND t.party = $1)";
    let ended = tx.run(sql, (party, id)).await?;
    tx.note(None, "device.ended", format!("party/{party}"), Json::Null, Json::Null);
    if ended == 0 { Err(Error::Missing) } else { Ok(()) }
}

/// Ends every phone's token of `party`: whoever changes a password or loses a second factor or an account may have lost a
/// phone with it. The caller's note says why.
pub async fn end_devices_of(tx: &mut Tx, party: PartyId) -> Result<(), Error> {
    tx.run("DELETE FROM device_tokens WHERE party = $1", (party,)).await?;
    Ok(())
}

struct Trusted {
    party: PartyId,
    name: String,
    device: String,
}
impl FromRow for Trusted {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        Ok(Self { party: row.get("party")?, name: row.get("name")?, device: row.get("device")? })
    }
}

/// The author behind a device's token, with the rights of now. `None`: never given, over, or the author is on no staff
/// any more.
pub async fn by_device(house: &House, token: &str, origin: Option<String>) -> Result<Option<Caller>, Error> {
    let mut link = house.read(&super::system_company("device")).await?;
    let now = house.now();
    let sql = "SELECT t.party, p.name, t.device FROM device_tokens t JOIN parties p ON p.id = t.party \
               JOIN accounts a ON a.party = t.party WHERE t.token = $1 AND t.ends > $2 AND a.disabled = 0";
    let Some(row) = link.opt::<Trusted>(sql, (super::hash_token(token), now)).await? else { return Ok(None) };
    drop(link);
    author(house, row, origin).await
}

/// What one phone did, on its way through another one: the words of the phone and their code under the key that only this
/// phone and we know. It proves who did exactly this, and opens nothing.
#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Seal {
    /// The token beside which the phone got the key.
    #[schema(value_type = String)]
    pub by: Id<DeviceLine>,
    pub text: String,
    /// HMAC-SHA-256 of the text, in hexadecimal.
    pub mac: String,
}

/// The author of what is sealed, with the rights of now. `None`: changed on the way, never sealed by us, or as `by_device`.
pub async fn by_seal(house: &House, seal: &Seal, origin: Option<String>) -> Result<Option<Caller>, Error> {
    let key = house.keys().device_seal(seal.by.uuid());
    let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(&key).expect("any length is a key");
    mac.update(seal.text.as_bytes());
    if unhex(&seal.mac).is_none_or(|given| mac.verify_slice(&given).is_err()) {
        return Ok(None);
    }
    let mut link = house.read(&super::system_company("device")).await?;
    let sql = "SELECT t.party, p.name, t.device FROM device_tokens t JOIN parties p ON p.id = t.party \
               JOIN accounts a ON a.party = t.party WHERE t.id = $1 AND t.ends > $2 AND a.disabled = 0";
    let Some(row) = link.opt::<Trusted>(sql, (seal.by, house.now())).await? else { return Ok(None) };
    drop(link);
    author(house, row, origin).await
}

/// Is this phone bound to others, and not to `party` too? Then nobody but they, or their seal, speaks for what was done on it.
pub async fn is_anothers_device(house: &House, device: &str, party: Option<PartyId>) -> Result<bool, Error> {
    let mut link = house.read(&super::system_company("device")).await?;
    let sql = "SELECT t.party AS value FROM device_tokens t WHERE t.device = $1 AND t.ends > $2";
    let bound: Vec<PartyId> = link.all(sql, (device, house.now())).await?;
    Ok(!bound.is_empty() && party.is_none_or(|party| !bound.contains(&party)))
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let pairs = text.is_ascii().then(|| text.as_bytes().chunks(2))?;
    pairs.map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()).collect()
}

async fn author(house: &House, row: Trusted, origin: Option<String>) -> Result<Option<Caller>, Error> {
    let today = Zone::default().day(house.now());
    let mut link = house.read(&super::system_company("device")).await?;
    let works = "SELECT s.party AS value FROM staff s WHERE s.party = $1 AND s.from_day <= $2 AND (s.to_day IS NULL OR s.to_day > $2) \
                 UNION ALL SELECT g.party FROM grants g WHERE g.party = $1 AND g.site IS NULL AND g.from_day <= $2 \
                 AND (g.to_day IS NULL OR g.to_day > $2) LIMIT 1";
    if link.opt::<PartyId>(works, (row.party, today)).await?.is_none() {
        return Ok(None);
    }
    drop(link);
    let grants = store::grants(house, row.party, today).await?;
    let scope = store::scope_of(&grants);
    Ok(Some(Caller {
        who: Who::Staff(row.party),
        name: row.name,
        grants,
        origin,
        in_field: true,
        device: Some(row.device),
        ..Caller::program(scope, "")
    }))
}
