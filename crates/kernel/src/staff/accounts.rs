use serde_json::{Value as Json, json};
use values::{Chance, HOUR};

use crate::{Error, FieldError, PartyId, SessionId, SiteId, Tx, access, audit::hex};

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

/// Keeps the hash of a new password. Every session of the person ends but `keep`, and a link for setting one is used up.
/// The hash is made outside the transaction, by `people::password`.
pub async fn set_password(tx: &mut Tx, party: PartyId, hash: &str, keep: Option<SessionId>) -> Result<(), Error> {
    let sql = "UPDATE accounts SET password = $2, setup = NULL, setup_ends = NULL, version = version + 1 WHERE party = $1";
    let changed = tx.run(sql, (party, hash)).await?;
    access::end_sessions_of(tx, party, keep).await?;
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
    tx.note(site, "account.disabled", format!("party/{party}"), Json::Null, Json::Null);
    if changed == 0 { Err(Error::Missing) } else { Ok(()) }
}

pub async fn enable(tx: &mut Tx, site: Option<SiteId>, party: PartyId) -> Result<(), Error> {
    let changed = tx.run("UPDATE accounts SET disabled = 0, version = version + 1 WHERE party = $1", (party,)).await?;
    tx.note(site, "account.enabled", format!("party/{party}"), Json::Null, Json::Null);
    if changed == 0 { Err(Error::Missing) } else { Ok(()) }
}
