//! R04: six digits to a phone. A code belongs to a number, a purpose and a browser; only its keyed hash is kept.

mod budget;

use db::{DbError, FromRow, Row};
use serde_json::{Value as Json, json};
use values::{Chance, DAY, HOUR, Id, MINUTE, Phone};

use crate::{
    Error, Read, RefusalKind, Refuse, SiteId, Tx,
    access::{attempts, hash_token},
    audit::hex,
    messages::{self, Sms},
};

pub use budget::{Payer, budget, set_budget};

/// A code is good for this long, milliseconds.
pub const LIFE: i64 = 5 * MINUTE;
const MOST_TRIES: i64 = 5;
/// R04: (span in milliseconds, sends a number within it).
const SENDS: [(i64, i64); 3] = [(MINUTE, 1), (HOUR, 5), (DAY, 10)];
const SENDS_AN_ADDRESS: i64 = 300;

/// Whom a code ties together.
#[derive(Clone, Copy)]
pub struct Tie<'a> {
    pub phone: &'a Phone,
    /// `log_in`, …: a code for one thing is worth nothing for another.
    pub purpose: &'static str,
    /// The value of the browser's own cookie.
    pub browser: &'a str,
}

#[derive(Debug, thiserror::Error)]
pub enum CodeRefused {
    #[error("a code was sent to this number too often")]
    TooOften { minutes: i64 },
    #[error("too many codes were asked for from this address")]
    Address,
    #[error("the day's budget of messages is spent")]
    Budget,
}
impl Refuse for CodeRefused {
    fn code(&self) -> &'static str {
        match self {
            Self::TooOften { .. } => "code_too_often",
            Self::Address => "code_address",
            Self::Budget => "code_budget",
        }
    }
    fn field(&self) -> Option<&'static str> {
        Some("phone")
    }
    fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::TooOften { minutes } => vec![("minutes", minutes.to_string())],
            _ => Vec::new(),
        }
    }
    fn kind(&self) -> RefusalKind {
        RefusalKind::Later
    }
}

fn blind_phone(tx: &Tx, phone: &Phone) -> Vec<u8> {
    tx.house().keys().blind(&format!("code-phone/{}", phone.dial()))
}

fn blind_code(tx: &Tx, tie: &Tie<'_>, code: &str) -> Vec<u8> {
    let browser = hex(&hash_token(tie.browser));
    tx.house().keys().blind(&format!("code/{}/{}/{browser}/{code}", tie.phone.dial(), tie.purpose))
}

/// Makes a code and queues the message that `words` puts it into. Known and unknown numbers are treated alike; `site` is the
/// one whose home has the phone, and pays: when its budget of the day is spent there is no message, and the answer is the same.
/// Errors: `CodeRefused`; then there is no code and no message.
pub async fn send(
    tx: &mut Tx,
    site: Option<SiteId>,
    tie: &Tie<'_>,
    words: impl Fn(&str) -> String,
) -> Result<(), Error> {
    let phone = blind_phone(tx, tie.phone);
    allowed(tx, &phone).await?;
    let sent = budget::allows(tx, site).await?;
    let code = format!("{:06}", Chance::system().below(1_000_000));
    let (id, now): (Id<Code>, _) = (tx.id(), tx.now());
    let origin = tx.caller().origin.as_deref().map(|origin| attempts::network(Some(origin)));
    let (browser, sealed, ends) = (hash_token(tie.browser), blind_code(tx, tie, &code), now.plus_millis(LIFE));
    let sql = "INSERT INTO codes (id, phone, purpose, browser, code, tries, made, ends, origin, site, sent) \
               VALUES ($1, $2, $3, $4, $5, 0, $6, $7, $8, $9, $10)";
    tx.run(sql, (id, phone, tie.purpose, browser, sealed, now, ends, origin, site, sent)).await?;
    if sent {
        let text = words(&code);
        messages::queue(tx, &Sms { site, party: None, phone: tie.phone, purpose: "code", text: &text, ends }).await?;
    }
    tx.note(
        None,
        if sent { "code.sent" } else { "code.kept_back" },
        format!("code/{id}"),
        Json::Null,
        json!({ "purpose": tie.purpose }),
    );
    Ok(())
}

async fn allowed(tx: &mut Tx, phone: &[u8]) -> Result<(), Error> {
    let now = tx.now();
    // Two requests for one number wait for each other here, so the counts below are true.
    attempts::within(tx, "code", &hex(phone), i64::MAX, 1).await?;
    for (span, most) in SENDS {
        let sql = "SELECT count(*) AS value FROM codes WHERE phone = $1 AND made > $2";
        let sent: i64 = tx.one(sql, (phone, now.plus_millis(-span))).await?;
        if sent >= most {
            return Err(CodeRefused::TooOften { minutes: span / MINUTE }.into());
        }
    }
    let network = attempts::network(tx.caller().origin.as_deref());
    let sql = "SELECT count(*) AS value FROM codes WHERE origin = $1 AND made > $2";
    let from_there: i64 = tx.one(sql, (network, now.plus_millis(-HOUR))).await?;
    if from_there >= SENDS_AN_ADDRESS {
        return Err(CodeRefused::Address.into());
    }
    Ok(())
}

struct Open {
    id: Id<Code>,
    code: Vec<u8>,
    tries: i64,
}
impl FromRow for Open {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        Ok(Self { id: row.get("id")?, code: row.get("code")?, tries: row.get("tries")? })
    }
}

/// Is this the latest code for that number, purpose and browser? Counts the try and uses a right code up, so the
/// caller commits in both cases.
pub async fn check(tx: &mut Tx, tie: &Tie<'_>, code: &str) -> Result<bool, Error> {
    let (phone, now) = (blind_phone(tx, tie.phone), tx.now());
    let sql = "SELECT id, code, tries FROM codes WHERE phone = $1 AND purpose = $2 AND browser = $3 AND used IS NULL AND ends >= $4 \
               ORDER BY made DESC, id DESC LIMIT 1 {lock}";
    let open: Option<Open> = tx.opt(sql, (phone, tie.purpose, hash_token(tie.browser), now)).await?;
    let given = blind_code(tx, tie, code);
    let Some(open) = open.filter(|open| open.tries < MOST_TRIES) else { return Ok(false) };
    // Both sides are keyed hashes, so how long comparing takes tells nothing about the code.
    let right = open.code == given;
    let used = right.then_some(now);
    tx.raw("UPDATE codes SET tries = tries + 1, used = $2 WHERE id = $1", (open.id, used)).await?;
    Ok(right)
}

/// R01: after a right code the browser gets a new value for its cookie; what was shown moves along to it.
pub async fn move_to(tx: &mut Tx, tie: &Tie<'_>, browser: &str) -> Result<(), Error> {
    let (phone, now) = (blind_phone(tx, tie.phone), tx.now());
    let sql = "UPDATE codes SET browser = $5 WHERE phone = $1 AND purpose = $2 AND browser = $3 AND used = $4";
    tx.raw(sql, (phone, tie.purpose, hash_token(tie.browser), now, hash_token(browser))).await?;
    Ok(())
}

/// Did this browser show within the last `span` milliseconds that it holds the phone?
pub async fn shown(read: &mut Read, tie: &Tie<'_>, span: i64) -> Result<bool, Error> {
    let phone = read.house().keys().blind(&format!("code-phone/{}", tie.phone.dial()));
    let since = read.now().plus_millis(-span);
    let sql = "SELECT count(*) AS value FROM codes WHERE phone = $1 AND purpose = $2 AND browser = $3 AND used > $4";
    Ok(read.one::<i64>(sql, (phone, tie.purpose, hash_token(tie.browser), since)).await? > 0)
}

pub struct Code;
