//! What the commands read and write beside the verbs.

use kernel::{Error, PartyId, Read, SiteId, Tx};

/// The company's name. False when there is one already.
pub async fn name_company(tx: &mut Tx, name: &str) -> Result<bool, Error> {
    let sql = "INSERT INTO settings (name, value) VALUES ('company', $1) ON CONFLICT (name) DO NOTHING";
    Ok(tx.run(sql, (name,)).await? == 1)
}

pub async fn company(read: &mut Read) -> Result<Option<String>, Error> {
    read.opt("SELECT value AS value FROM settings WHERE name = 'company'", ()).await
}

/// Whose log-in name this is.
pub async fn party_of(read: &mut Read, login: &str) -> Result<Option<PartyId>, Error> {
    read.opt("SELECT party AS value FROM accounts WHERE login = $1", (login.trim(),)).await
}

pub async fn is_on_staff(read: &mut Read, party: PartyId, site: SiteId) -> Result<bool, Error> {
    let sql = "SELECT count(*) AS value FROM staff WHERE party = $1 AND site = $2";
    Ok(read.one::<i64>(sql, (party, site)).await? > 0)
}

/// With one, a shorter password is enough (R02).
pub async fn has_second_factor(read: &mut Read, party: PartyId) -> Result<bool, Error> {
    Ok(read.one::<i64>("SELECT totp_on AS value FROM accounts WHERE party = $1", (party,)).await? == 1)
}
