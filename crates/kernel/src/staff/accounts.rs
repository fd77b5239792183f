use serde_json::{Value as Json, json};
use values::{Chance, HOUR, Phone};

use crate::{Error, FieldError, PartyId, Read, SessionId, SiteId, Tx, access, audit::hex};

/// A one-time link for setting a password is good for this long, milliseconds.
const SETUP_LIFE: i64 = 72 * HOUR;

/// An account without a password: its owner sets one by a link, or logs in by phone. Errors: `login_taken`.
pub async fn open_account(tx: &mut Tx, party: PartyId, login: Option<&str>) -> Result<(), Error> {
    if let Some(login) = login
        && tx.opt::<PartyId>("SELECT party AS value FROM accounts WHERE login = $1", (login,)).await?.is_some()
    {
        return Err(Error::Invalid(vec![FieldError::new("login", "login_taken")]));
    }
    let now = tx.now();
    let sql = "INSERT INTO accounts (party, login, totp_on, totp_step, disabled, made, version) VALUES ($1, $2, 0, 0, 0, $3, 1)";
    tx.run(sql, (party, login, now)).await?;
    tx.note(None, "account.opened", format!("party/{party}"), Json::Null, json!({ "login": login }));
    Ok(())
}

/// Keeps the hash of a new password. Every session of the person ends but `keep`, every phone's token for kept work
/// too, and a link for setting one is used up.
/// The hash is made outside the transaction, by `people::password`.
pub async fn set_password(tx: &mut Tx, party: PartyId, hash: &str, keep: Option<SessionId>) -> Result<(), Error> {
    let sql =
        "UPDATE accounts SET password = $2, setup = NULL, setup_ends = NULL, version = version + 1 WHERE party = $1";
    let changed = tx.run(sql, (party, hash)).await?;
    access::end_sessions_of(tx, party, keep).await?;
    access::end_devices_of(tx, party).await?;
    tx.note(None, "account.password_set", format!("party/{party}"), Json::Null, Json::Null);
    if changed == 0 { Err(Error::Missing) } else { Ok(()) }
}

/// A one-time key for setting a password without the old one; an earlier one dies. Shown once.
pub async fn new_setup_link(tx: &mut Tx, site: Option<SiteId>, party: PartyId) -> Result<String, Error> {
    let secret = hex(&Chance::system().bytes::<32>());
    let ends = tx.now().plus_millis(SETUP_LIFE);
    let sql = "UPDATE accounts SET setup = $2, setup_ends = $3, version = version + 1 WHERE party = $1";
    let changed = tx.run(sql, (party, access::hash_token(&secret), ends)).await?;
    tx.note(site, "account.setup_link", format!("party/{party}"), Json::Null, Json::Null);
    if changed == 0 { Err(Error::Missing) } else { Ok(secret) }
}

/// Nobody logs in with it any more, and every session ends now.
pub async fn disable(tx: &mut Tx, site: Option<SiteId>, party: PartyId) -> Result<(), Error> {
    let changed = tx.run("UPDATE accounts SET disabled = 1, version = version + 1 WHERE party = $1", (party,)).await?;
    access::end_sessions_of(tx, party, None).await?;
    access::end_devices_of(tx, party).await?;
    tx.note(site, "account.disabled", format!("party/{party}"), Json::Null, Json::Null);
    if changed == 0 { Err(Error::Missing) } else { Ok(()) }
}

pub async fn enable(tx: &mut Tx, site: Option<SiteId>, party: PartyId) -> Result<(), Error> {
    let changed = tx.run("UPDATE accounts SET disabled = 0, version = version + 1 WHERE party = $1", (party,)).await?;
    tx.note(site, "account.enabled", format!("party/{party}"), Json::Null, Json::Null);
    if changed == 0 { Err(Error::Missing) } else { Ok(()) }
}

/// The account that a phone opens, while the phone is still its owner's.
pub async fn by_phone(read: &mut Read, phone: &Phone) -> Result<Option<PartyId>, Error> {
    let sql = "SELECT a.party AS value FROM accounts a WHERE a.phone = $1 AND a.disabled = 0 \
               AND EXISTS (SELECT 1 FROM phones f WHERE f.party = a.party AND f.phone = a.phone)";
    read.opt(sql, (phone.clone(),)).await
}

/// From now on `phone` opens the account of `party`: somebody showed a fact from outside the phone, or was let in. Sessions
/// that came from another phone end (R01). The phone must be among the party's.
pub async fn bind_phone(tx: &mut Tx, party: PartyId, phone: &Phone) -> Result<(), Error> {
    if by_phone(tx, phone).await? == Some(party) {
        return Ok(());
    }
    // A number that changed hands: its former owner no longer has it, so the old binding and what it opened mean nothing.
    let now = tx.now();
    let former = "UPDATE sessions SET ended = $2 WHERE face = 'resident' AND ended IS NULL \
                  AND party IN (SELECT a.party FROM accounts a WHERE a.phone = $1)";
    tx.run(former, (phone.clone(), now)).await?;
    tx.run("UPDATE accounts SET phone = NULL, version = version + 1 WHERE phone = $1", (phone.clone(),)).await?;
    let bound = tx
        .run("UPDATE accounts SET phone = $2, version = version + 1 WHERE party = $1", (party, phone.clone()))
        .await?;
    if bound == 0 {
        open_account(tx, party, None).await?;
        tx.run("UPDATE accounts SET phone = $2 WHERE party = $1", (party, phone.clone())).await?;
    } else {
        tx.run("UPDATE sessions SET ended = $2 WHERE party = $1 AND face = 'resident' AND ended IS NULL", (party, now))
            .await?;
    }
    tx.note(None, "account.phone_bound", format!("party/{party}"), Json::Null, json!({ "phone": phone.masked() }));
    Ok(())
}
