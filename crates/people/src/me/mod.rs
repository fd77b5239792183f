//! A person's own account: password, second factor, open sessions, phones, API tokens.

mod api;
mod devices;
mod pages;
#[cfg(test)]
mod tests;

use kernel::{Caller, Error, House, RefusalKind, Refuse, Right, access};
use values::{DAY, Day, Moment, Zone};
use web::Route;

use crate::{login, password};

pub fn routes() -> Vec<Route> {
    [pages::routes(), devices::routes(), api::routes()].concat()
}

/// A token that lives longer than a year is forgotten rather than used.
const LONGEST_DAYS: i64 = 366;

#[derive(Debug, thiserror::Error)]
#[error("the present password is wrong")]
pub struct OldPasswordWrong;
impl Refuse for OldPasswordWrong {
    fn code(&self) -> &'static str {
        "old_password_wrong"
    }
    fn field(&self) -> Option<&'static str> {
        Some("old")
    }
    fn kind(&self) -> RefusalKind {
        RefusalKind::Invalid
    }
}

/// Changes one's own password. R01: every other session of the person ends. Errors: the old one is wrong (waits like a
/// log-in), the new one is not good enough.
pub async fn change_password(house: &House, caller: &Caller, old: &str, new: &str) -> Result<(), Error> {
    let party = caller.party().ok_or(Error::Missing)?;
    let mut tx = house.begin(caller).await?;
    let gate = access::attempts::count(&mut tx, "own-password", &party.to_string(), &access::attempts::ACCOUNT).await?;
    let kept: Option<String> = tx.one("SELECT password AS value FROM accounts WHERE party = $1", (party,)).await?;
    tx.note(None, "account.password_tried", format!("party/{party}"), serde_json::Value::Null, serde_json::Value::Null);
    let now = tx.now();
    tx.commit().await?;
    if let access::attempts::Gate::Closed { until } = gate {
        return Err(login::LoginRefused::Wait { millis: until.since(now) }.into());
    }
    if !password::verify(old, kept.as_deref()).await? {
        return Err(OldPasswordWrong.into());
    }
    login::choose_password(house, caller, party, new).await?;
    let mut tx = house.begin(caller).await?;
    access::attempts::forgive(&mut tx, "own-password", &party.to_string()).await?;
    tx.commit().await
}

/// A token to be made: rights are words of `Right` or `*`, `until` its last day.
pub struct NewToken<'a> {
    pub name: &'a str,
    pub rights: &'a str,
    pub until: Day,
}

/// The moment a token ends. Errors: no name, an unknown right, not within a year.
pub fn token_ends(new: &NewToken<'_>, now: Moment) -> Result<Moment, Error> {
    let zone = Zone::default();
    let mut checks = kernel::Checks::default();
    if new.name.trim().is_empty() || new.name.chars().count() > 60 {
        checks.refuse("name", "token_name");
    }
    let known = new.rights == "*"
        || (!new.rights.trim().is_empty() && new.rights.split_whitespace().all(|right| right.parse::<Right>().is_ok()));
    if !known {
        checks.refuse("rights", "token_rights");
    }
    let ends = zone.start(new.until.plus_days(1));
    if ends <= now || ends.since(now) > LONGEST_DAYS * DAY {
        checks.refuse("until", "token_until");
    }
    checks.done().map(|()| ends)
}
