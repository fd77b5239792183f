//! R02: the second factor, six digits that change every 30 seconds, and ten recovery codes for the day the phone is lost.

mod pages;
mod qr;
#[cfg(test)]
mod tests;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use db::{DbError, FromRow, Row};
use kernel::{
    Caller, Error, House, PartyId, RefusalKind, Refuse, SessionId, Tx,
    access::{self, attempts},
    audit::hex,
};
use serde_json::Value as Json;
use totp_rs::{Builder, Secret, Totp};
use uuid::Uuid;
use values::{Chance, MINUTE, SECOND};

pub use pages::routes;

#[derive(Debug, thiserror::Error)]
pub enum CodeRefused {
    #[error("not the code of now, or one that was used before")]
    Wrong,
    #[error("the next try is possible later")]
    Wait { minutes: i64 },
    #[error("a second factor is enrolled already")]
    Enrolled,
    #[error("the enrolment page is too old")]
    OldPage,
}
impl Refuse for CodeRefused {
    fn code(&self) -> &'static str {
        match self {
            Self::Wrong => "wrong_totp",
            Self::Wait { .. } => "login_wait_minutes",
            Self::Enrolled => "totp_enrolled",
            Self::OldPage => "totp_old_page",
        }
    }
    fn field(&self) -> Option<&'static str> {
        Some("code")
    }
    fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Wait { minutes } => vec![("n", minutes.to_string())],
            _ => Vec::new(),
        }
    }
    fn kind(&self) -> RefusalKind {
        match self {
            Self::Wait { .. } => RefusalKind::Later,
            Self::Enrolled => RefusalKind::Conflict,
            Self::Wrong | Self::OldPage => RefusalKind::Invalid,
        }
    }
}

/// A secret on its way from the enrolment page to the account. Nothing is kept until the first code was right.
pub struct Offer {
    /// Base32, for typing.
    pub typed: String,
    /// For the camera.
    pub address: String,
    /// Sealed for this session, to be sent back by the form.
    pub sealed: String,
}

impl Offer {
    fn of(secret: Vec<u8>, login: &str, sealed: String) -> Self {
        let typed = Secret::from(secret).to_base32();
        let address =
            format!("otpauth://totp/Anju:{login}?secret={typed}&issuer=Anju&algorithm=SHA1&digits=6&period=30");
        Self { typed, address, sealed }
    }
}

/// A new secret of 160 bits for the page of `session`.
pub fn offer(house: &House, session: SessionId, login: &str) -> Offer {
    let secret = Chance::system().bytes::<20>().to_vec();
    let sealed = URL_SAFE_NO_PAD.encode(house.keys().seal(session.uuid(), &hex(&secret), house.chance()));
    Offer::of(secret, login, sealed)
}

/// The same offer again, after a wrong code. Errors: `CodeRefused::OldPage`.
pub fn offer_again(house: &House, session: SessionId, login: &str, sealed: &str) -> Result<Offer, Error> {
    Ok(Offer::of(unseal(house, session, sealed)?, login, sealed.to_string()))
}

fn unseal(house: &House, session: SessionId, sealed: &str) -> Result<Vec<u8>, Error> {
    let bytes = URL_SAFE_NO_PAD.decode(sealed).map_err(|_| CodeRefused::OldPage)?;
    let text = house.keys().open_sealed(session.uuid(), &bytes).map_err(|_| CodeRefused::OldPage)?;
    unhex(&text).ok_or_else(|| CodeRefused::OldPage.into())
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(text.get(at..at + 2)?, 16).ok()).collect()
}

fn totp(secret: Vec<u8>) -> Result<Totp, Error> {
    Builder::new().with_secret(secret).build().map_err(|cause| Error::Broken(cause.to_string()))
}

/// The step a code belongs to, if it is one of now.
fn step_of(secret: Vec<u8>, code: &str, now: values::Moment) -> Result<Option<i64>, Error> {
    let digits: String = code.chars().filter(|letter| !letter.is_whitespace()).collect();
    let seconds = u64::try_from(now.millis() / SECOND).unwrap_or(0);
    Ok(totp(secret)?.check(&digits, seconds).and_then(|step| i64::try_from(step).ok()))
}

/// What the account keeps.
struct Kept {
    totp: Option<Vec<u8>>,
    on: bool,
    step: i64,
    recovery: Option<String>,
}
impl FromRow for Kept {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        Ok(Self {
            totp: row.get("totp")?,
            on: row.get("totp_on")?,
            step: row.get("totp_step")?,
            recovery: row.get("recovery")?,
        })
    }
}

async fn kept(tx: &mut kernel::Read, party: PartyId) -> Result<Kept, Error> {
    tx.one("SELECT totp, totp_on, totp_step, recovery FROM accounts WHERE party = $1 {lock}", (party,)).await
}

/// What enrolling gave.
pub struct Enrolled {
    /// The cookie's new value (R01).
    pub secret: String,
    /// Ten, shown once.
    pub recovery: Vec<String>,
}

async fn gate(house: &House, caller: &Caller, party: PartyId) -> Result<(), Error> {
    let mut tx = house.begin(caller).await?;
    let gate = attempts::count(&mut tx, "second-factor", &party.to_string(), &attempts::ACCOUNT).await?;
    tx.note(None, "second_factor.tried", format!("party/{party}"), Json::Null, Json::Null);
    let now = tx.now();
    tx.commit().await?;
    match gate {
        attempts::Gate::Open { .. } => Ok(()),
        attempts::Gate::Closed { until } => {
            Err(CodeRefused::Wait { minutes: (until.since(now) + MINUTE - 1) / MINUTE }.into())
        }
    }
}

/// Turns the second factor on, after the first right code. Every other session ends. Errors: `CodeRefused`.
pub async fn enrol(house: &House, caller: &Caller, sealed: &str, code: &str, longest: i64) -> Result<Enrolled, Error> {
    let (Some(party), Some(session)) = (caller.party(), caller.session) else { return Err(Error::Missing) };
    gate(house, caller, party).await?;
    let secret = unseal(house, session, sealed)?;
    let step = step_of(secret.clone(), code, house.now())?.ok_or(CodeRefused::Wrong)?;
    let mut tx = house.begin(caller).await?;
    if kept(&mut tx, party).await?.on {
        return Err(CodeRefused::Enrolled.into());
    }
    let recovery: Vec<String> = (0..10).map(|_| recovery_code()).collect();
    let hashes: Vec<String> = recovery.iter().map(|code| blind(house, party, code)).collect();
    let sealed = house.keys().seal(party.uuid(), &hex(&secret), house.chance());
    let sql = "UPDATE accounts SET totp = $2, totp_on = 1, totp_step = $3, recovery = $4, version = version + 1 WHERE party = $1";
    tx.run(sql, (party, sealed, step, serde_json::to_string(&hashes)?)).await?;
    tx.note(None, "second_factor.enrolled", format!("party/{party}"), Json::Null, Json::Null);
    let secret = finish(&mut tx, party, session, longest).await?;
    tx.commit().await?;
    Ok(Enrolled { secret, recovery })
}

/// Turns the second factor on with a secret that is given, not drawn: for a demo whose log-ins everybody may know.
pub async fn enrol_known(tx: &mut Tx, party: PartyId, login: &str, secret: &[u8; 20]) -> Result<(), Error> {
    let sealed = tx.house().keys().seal(party.uuid(), &hex(secret), tx.house().chance());
    let sql = "UPDATE accounts SET totp = $2, totp_on = 1, totp_step = 0, recovery = NULL, version = version + 1 WHERE party = $1";
    tx.run(sql, (party, sealed)).await?;
    tx.note(
        None,
        "second_factor.enrolled",
        format!("party/{party}"),
        Json::Null,
        serde_json::json!({ "login": login }),
    );
    Ok(())
}

/// A known secret as it is typed into an app, and as the address that its camera reads.
pub fn spelled(login: &str, secret: &[u8; 20]) -> (String, String) {
    let Offer { typed, address, .. } = Offer::of(secret.to_vec(), login, String::new());
    (typed, address)
}

async fn finish(tx: &mut Tx, party: PartyId, session: SessionId, longest: i64) -> Result<String, Error> {
    attempts::forgive(tx, "second-factor", &party.to_string()).await?;
    access::end_sessions_of(tx, party, Some(session)).await?;
    access::raise_session(tx, session, longest).await
}

/// Gives the second factor: the code of now, each only once, or a recovery code. Returns the cookie's new value and
/// whether a recovery code was used. Errors: `CodeRefused`.
pub async fn give(house: &House, caller: &Caller, code: &str, longest: i64) -> Result<(String, bool), Error> {
    let (Some(party), Some(session)) = (caller.party(), caller.session) else { return Err(Error::Missing) };
    gate(house, caller, party).await?;
    let mut tx = house.begin(caller).await?;
    let account = kept(&mut tx, party).await?;
    let secret = account.totp.as_ref().filter(|_| account.on).ok_or(CodeRefused::Wrong)?;
    let secret = unhex(&house.keys().open_sealed(party.uuid(), secret)?)
        .ok_or_else(|| Error::Broken("a kept secret is no hex".into()))?;
    let recovered = match step_of(secret, code, tx.now())? {
        // A code that was seen on its way is worth nothing after it was used.
        Some(step) if step > account.step => {
            tx.run("UPDATE accounts SET totp_step = $2 WHERE party = $1", (party, step)).await?;
            false
        }
        Some(_) => return Err(CodeRefused::Wrong.into()),
        None => use_recovery(&mut tx, party, &account, code).await?,
    };
    attempts::forgive(&mut tx, "second-factor", &party.to_string()).await?;
    let secret = access::raise_session(&mut tx, session, longest).await?;
    tx.commit().await?;
    Ok((secret, recovered))
}

async fn use_recovery(tx: &mut Tx, party: PartyId, account: &Kept, code: &str) -> Result<bool, Error> {
    let given = blind(tx.house(), party, code);
    let mut left: Vec<String> = serde_json::from_str(account.recovery.as_deref().unwrap_or("[]"))?;
    let before = left.len();
    left.retain(|kept| *kept != given);
    if left.len() == before {
        return Err(CodeRefused::Wrong.into());
    }
    tx.run("UPDATE accounts SET recovery = $2 WHERE party = $1", (party, serde_json::to_string(&left)?)).await?;
    tx.note(
        None,
        "second_factor.recovered",
        format!("party/{party}"),
        Json::Null,
        serde_json::json!({ "left": left.len() }),
    );
    Ok(true)
}

/// `7KQM-2XPD`: 40 bits, without letters that look alike.
pub(crate) fn recovery_code() -> String {
    const LETTERS: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    let bytes: [u8; 8] = Chance::system().bytes();
    let letters: String = bytes.iter().map(|byte| char::from(LETTERS[usize::from(byte & 31)])).collect();
    format!("{}-{}", &letters[..4], &letters[4..])
}

/// As people type it back: without the dash, small, with spaces.
pub(crate) fn plain_code(code: &str) -> String {
    code.chars().filter(|letter| letter.is_ascii_alphanumeric()).map(|letter| letter.to_ascii_uppercase()).collect()
}

fn blind(house: &House, party: PartyId, code: &str) -> String {
    hex(&house.keys().blind(&format!("recovery/{party}/{}", plain_code(code))))
}

/// Takes the second factor away, for somebody who lost phone and codes; they enrol again at the next log-in.
pub async fn reset(tx: &mut Tx, party: PartyId) -> Result<(), Error> {
    let sql = "UPDATE accounts SET totp = NULL, totp_on = 0, totp_step = 0, recovery = NULL, version = version + 1 WHERE party = $1";
    let changed = tx.run(sql, (party,)).await?;
    access::end_sessions_of(tx, party, None).await?;
    access::end_devices_of(tx, party).await?;
    tx.note(None, "second_factor.reset", format!("party/{party}"), Json::Null, Json::Null);
    if changed == 0 { Err(Error::Missing) } else { Ok(()) }
}

/// Is it on, and what is the log-in name?
async fn state(house: &House, caller: &Caller) -> Result<(bool, String), Error> {
    let party = caller.party().ok_or(Error::Missing)?;
    let mut tx = house.read(caller).await?;
    struct State(bool, Option<String>);
    impl FromRow for State {
        fn from_row(row: &Row) -> Result<Self, DbError> {
            Ok(Self(row.get("totp_on")?, row.get("login")?))
        }
    }
    let found: State = tx.one("SELECT totp_on, login FROM accounts WHERE party = $1", (party,)).await?;
    Ok((found.0, found.1.unwrap_or_else(|| Uuid::to_string(&party.uuid())[..8].to_string())))
}
