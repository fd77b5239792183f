//! How staff log in: name and password, then the second factor of those who have one. What may be guessed is counted
//! before it is looked at (R03), and nothing in the answer tells whether a name exists.

mod pages;
mod release;
mod setup;
#[cfg(test)]
mod tests;

use db::{DbError, FromRow, Row};
use kernel::{
    Caller, Error, House, PartyId, RefusalKind, Refuse, Right,
    access::{self, NewSession, attempts},
    sites, staff,
};
use serde_json::{Value as Json, json};
use values::{HOUR, MINUTE, SECOND};

pub use pages::routes;

use crate::password::{self, Context, Profile};

/// R01, milliseconds: the console ends after 30 minutes of nothing and after 12 hours at the latest.
const CONSOLE: (i64, i64) = (30 * MINUTE, 12 * HOUR);
/// A phone in the field lasts for a shift and two hours.
const FIELD: (i64, i64) = (10 * HOUR, 10 * HOUR);
/// Between the password and the second factor.
const HALF: i64 = 10 * MINUTE;
/// Tries that were looked at within 15 minutes from one address; a good one is taken back, those before it stay.
const TRIES_AN_ADDRESS: i64 = 100;
const SPAN: i64 = 15 * MINUTE;
const ADDRESS: &str = "log-in-address";

#[derive(Debug, thiserror::Error)]
pub enum LoginRefused {
    #[error("no such name with this password")]
    Wrong,
    #[error("the next try is possible later")]
    Wait { millis: i64 },
    #[error("too many tries from this address")]
    Address,
    #[error("the account holds no role today")]
    NoRole,
}
impl Refuse for LoginRefused {
    fn code(&self) -> &'static str {
        match self {
            Self::Wrong => "wrong_password",
            Self::Wait { millis } if *millis < 90 * SECOND => "login_wait_seconds",
            Self::Wait { .. } => "login_wait_minutes",
            Self::Address => "login_address",
            Self::NoRole => "login_no_role",
        }
    }
    fn field(&self) -> Option<&'static str> {
        Some("password")
    }
    fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Wait { millis } if *millis < 90 * SECOND => vec![("n", ((millis + SECOND - 1) / SECOND).to_string())],
            Self::Wait { millis } => vec![("n", ((millis + MINUTE - 1) / MINUTE).to_string())],
            _ => Vec::new(),
        }
    }
    fn kind(&self) -> RefusalKind {
        match self {
            Self::Wrong | Self::NoRole => RefusalKind::Invalid,
            Self::Wait { .. } | Self::Address => RefusalKind::Later,
        }
    }
}

/// What a log-in opened.
pub struct Opened {
    /// The cookie's value.
    pub secret: String,
    /// Who it makes of the browser.
    pub caller: Caller,
    /// Wrong tries since the last good one: the person is told.
    pub tries_before: i64,
}

pub struct Credentials<'a> {
    pub login: &'a str,
    pub password: &'a str,
    pub device: &'a str,
    /// On a phone in the field.
    pub field: bool,
}

struct Account {
    party: PartyId,
    password: Option<String>,
    disabled: bool,
    totp_on: bool,
}
impl FromRow for Account {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        let (party, password) = (row.get("party")?, row.get("password")?);
        Ok(Self { party, password, disabled: row.get("disabled")?, totp_on: row.get("totp_on")? })
    }
}

/// Logs somebody in. Errors: `LoginRefused`.
pub async fn log_in(house: &House, asker: &Caller, given: &Credentials<'_>) -> Result<Opened, Error> {
    let login = given.login.trim();
    let account = knock(house, asker, login).await?;
    let kept = account.as_ref().and_then(|account| account.password.as_deref());
    let right = password::verify(given.password, kept).await?;
    let account = account.filter(|account| right && !account.disabled).ok_or(LoginRefused::Wrong)?;
    let kept = kept_anew(&account, given.password).await?;
    let (secret, tries) = open(house, asker, login, &account, kept, given).await?;
    let caller = access::by_session(house, &secret, asker.origin.clone()).await?.ok_or(Error::Missing)?;
    Ok(Opened { secret, caller, tries_before: tries - 1 })
}

/// R03: counts the try before anything is verified, for known and unknown names alike.
async fn knock(house: &House, asker: &Caller, login: &str) -> Result<Option<Account>, Error> {
    let mut tx = house.begin(asker).await?;
    let network = attempts::network(asker.origin.as_deref());
    let spent = attempts::spent(&mut tx, ADDRESS, &network, TRIES_AN_ADDRESS, SPAN).await?;
    let gate = if spent { None } else { Some(attempts::count(&mut tx, "log-in", login, &attempts::ACCOUNT).await?) };
    if matches!(gate, Some(attempts::Gate::Open { .. })) {
        attempts::within(&mut tx, ADDRESS, &network, TRIES_AN_ADDRESS, SPAN).await?;
    }
    let account: Option<Account> =
        tx.opt("SELECT party, password, disabled, totp_on FROM accounts WHERE login = $1", (login,)).await?;
    let subject =
        account.as_ref().map_or_else(|| "party/unknown".to_string(), |account| format!("party/{}", account.party));
    let (act, refused) = match gate {
        None => ("log_in.address_closed", Some(LoginRefused::Address)),
        Some(attempts::Gate::Closed { until }) => {
            ("log_in.waiting", Some(LoginRefused::Wait { millis: until.since(tx.now()) }))
        }
        Some(attempts::Gate::Open { opens, .. }) if opens > tx.now() => ("log_in.locked", None),
        Some(attempts::Gate::Open { .. }) => ("log_in.tried", None),
    };
    tx.note(None, act, subject, Json::Null, Json::Null);
    tx.commit().await?;
    refused.map_or(Ok(account), |why| Err(why.into()))
}

/// R02: a hash of old parameters is made anew while the password is at hand.
async fn kept_anew(account: &Account, password: &str) -> Result<Option<String>, Error> {
    if account.password.as_deref().is_some_and(password::is_outdated) {
        return password::hash(password, password::COST).await.map(Some);
    }
    Ok(None)
}

async fn open(
    house: &House,
    asker: &Caller,
    login: &str,
    account: &Account,
    kept: Option<String>,
    given: &Credentials<'_>,
) -> Result<(String, i64), Error> {
    let mut tx = house.begin(asker).await?;
    let tries = attempts::forgive(&mut tx, "log-in", login).await?;
    attempts::take_back(&mut tx, ADDRESS, &attempts::network(asker.origin.as_deref())).await?;
    if tries > attempts::ACCOUNT.free {
        tx.note(None, "log_in.unlocked", format!("party/{}", account.party), Json::Null, json!({ "tries": tries - 1 }));
    }
    if let Some(kept) = kept {
        tx.run("UPDATE accounts SET password = $2 WHERE party = $1", (account.party, kept)).await?;
    }
    if let (Some(party), Some(session)) = (asker.party(), asker.session)
        && !asker.is_resident()
    {
        access::end_session(&mut tx, party, session).await?;
    }
    let (idle, longest) = if given.field { FIELD } else { CONSOLE };
    let longest = if account.totp_on { HALF } else { longest };
    let face = if given.field { "field" } else { "console" };
    let new = NewSession { party: account.party, face, device: given.device, idle, longest, second_factor: false };
    let secret = access::open_session(&mut tx, &new).await?;
    tx.commit().await?;
    Ok((secret, tries))
}

/// How long a session of this face lasts once the second factor was given, milliseconds.
pub(crate) const fn longest(field: bool) -> i64 {
    if field { FIELD.1 } else { CONSOLE.1 }
}

/// Where somebody begins: the console of the first site, or the field face of those who work only there.
pub async fn home(house: &House, caller: &Caller) -> Result<String, Error> {
    let mut read = house.read(caller).await?;
    let Some(site) = sites::visible(&mut read).await?.into_iter().next() else { return Ok("/".into()) };
    let desk = [
        Right::OrderRead,
        Right::StaffRead,
        Right::AuditRead,
        Right::GrantManage,
        Right::SystemManage,
        Right::EstateRead,
    ];
    let console = desk.into_iter().any(|right| caller.may_somewhere(right));
    Ok(if console { format!("/c/{}", site.code) } else { "/f".into() })
}

/// What a password of this person may not be made of: company and sites, their own name and log-in name.
pub async fn own_words(house: &House, caller: &Caller, party: PartyId) -> Result<Vec<String>, Error> {
    let mut read = house.read(caller).await?;
    let own = "SELECT name AS value FROM parties WHERE id = $1 UNION SELECT login FROM accounts WHERE party = $1 AND login IS NOT NULL \
               UNION SELECT name FROM sites UNION SELECT code FROM sites UNION SELECT value FROM settings WHERE name = 'company.name' \
               ORDER BY 1";
    read.all(own, (party,)).await
}

/// Sets a password after checking it. Errors: what `password::check` refuses, `Missing`.
pub async fn choose_password(house: &House, caller: &Caller, party: PartyId, text: &str) -> Result<(), Error> {
    let words = own_words(house, caller, party).await?;
    let mut read = house.read(caller).await?;
    let second_factor: i64 = read.one("SELECT totp_on AS value FROM accounts WHERE party = $1", (party,)).await?;
    drop(read);
    let context = Context { words: &words, second_factor: second_factor == 1 };
    password::check(Profile::Nist, text, context).map_err(|error| Error::Invalid(vec![error]))?;
    put_password(house, caller, party, text).await
}

/// Sets a password as it is, unchecked: for the demo community and for tests of other parts.
pub async fn set_unchecked_password(house: &House, party: PartyId, text: &str) -> Result<(), Error> {
    put_password(house, &access::system_company("password"), party, text).await
}

async fn put_password(house: &House, caller: &Caller, party: PartyId, text: &str) -> Result<(), Error> {
    let hash = password::hash(text, password::COST).await?;
    let mut tx = house.begin(caller).await?;
    staff::set_password(&mut tx, party, &hash, caller.session).await?;
    tx.commit().await
}
