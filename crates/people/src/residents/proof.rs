//! What a browser has shown before it is anybody: that it holds a phone.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use kernel::{
    Error, House, PartyId, access,
    codes::{self, Tie},
};
use values::{Chance, Id, MINUTE, Phone};
use web::Ask;

use crate::cookies::BROWSER_COOKIE;

/// The phone that was shown, sealed: addresses and pages never carry it.
pub(super) const PHONE_COOKIE: &str = "__Host-anju-p";
pub(super) const PURPOSE: &str = "log_in";
/// How long a shown phone counts for tying it to a home, milliseconds.
const COUNTS: i64 = 30 * MINUTE;

/// A phone that somebody holds, and whose account it is when there is one.
#[derive(Clone, Debug)]
pub struct Proof {
    pub phone: Phone,
    pub party: Option<PartyId>,
}

fn row() -> uuid::Uuid {
    Id::<Proof>::named("phone cookie").uuid()
}

pub(super) fn seal(house: &House, phone: &Phone) -> String {
    URL_SAFE_NO_PAD.encode(house.keys().seal(row(), phone.dial(), house.chance()))
}

fn unseal(house: &House, cookie: &str) -> Option<Phone> {
    let bytes = URL_SAFE_NO_PAD.decode(cookie).ok()?;
    house.keys().open_sealed(row(), &bytes).ok()?.parse().ok()
}

pub(super) fn new_browser() -> String {
    kernel::audit::hex(&Chance::system().bytes::<32>())
}

/// The proof behind this request: a resident's session, or a right code within the last half hour.
pub(super) async fn of(ask: &Ask) -> Result<Option<Proof>, Error> {
    let mut read = ask.house().read(&access::system_company("proof")).await?;
    if let (true, Some(party)) = (ask.caller.is_resident(), ask.caller.party()) {
        let phone: Option<String> = read.one("SELECT phone AS value FROM accounts WHERE party = $1", (party,)).await?;
        return Ok(phone.and_then(|phone| phone.parse().ok()).map(|phone| Proof { phone, party: Some(party) }));
    }
    let (Some(browser), Some(sealed)) = (ask.cookie(BROWSER_COOKIE), ask.cookie(PHONE_COOKIE)) else { return Ok(None) };
    let Some(phone) = unseal(ask.house(), &sealed) else { return Ok(None) };
    let tie = Tie { phone: &phone, purpose: PURPOSE, browser: &browser };
    if !codes::shown(&mut read, &tie, COUNTS).await? {
        return Ok(None);
    }
    let party = kernel::staff::by_phone(&mut read, &phone).await?;
    Ok(Some(Proof { phone, party }))
}
