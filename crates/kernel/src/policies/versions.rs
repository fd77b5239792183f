//! 服务承诺 and 前台时间 by their first days: what held, what holds, what will hold. A version under which something was
//! reported is never changed, so promises keep the terms they were made with.

use serde_json::{Value as Json, json};
use values::Day;

use super::{DESK_HOURS, Dated, PROMISES, holding, of_kind, open_desk, promise};
use crate::{Error, FieldError, Read, SiteId, Tx, calendar::DeskHours, promises::Policy, sites};

/// Nobody plans further.
const FURTHEST_DAYS: i64 = 3 * 366;

/// All versions of one thing, the earliest first; before the first one the usual terms hold.
#[derive(Debug, Clone, Default)]
pub struct Versions<T> {
    pub dated: Vec<(Day, T)>,
    pub usual: T,
}

impl<T> Versions<T> {
    /// What holds on `day`, and since when; none for what comes with the program.
    pub fn on(&self, day: Day) -> (Option<Day>, &T) {
        let from = self.dated.iter().map(|(from, _)| *from).filter(|from| *from <= day).max();
        (from, holding(&self.dated, day).unwrap_or(&self.usual))
    }
    /// The version that begins on `from`. Errors: `Missing`.
    pub fn at(&self, from: Day) -> Result<&T, Error> {
        self.dated.iter().find(|(day, _)| *day == from).map(|(_, value)| value).ok_or(Error::Missing)
    }
}

const OF_SITE: &str =
    "SELECT kind, from_day, data FROM policies WHERE site = $1 AND kind = $2 AND {scope} ORDER BY from_day";

/// 服务承诺 of a site.
pub async fn promises_of(read: &mut Read, site: SiteId) -> Result<Versions<Policy>, Error> {
    let rows: Vec<Dated> = read.all(OF_SITE, (site, PROMISES)).await?;
    Ok(Versions { dated: of_kind(&rows, PROMISES)?, usual: Policy::default() })
}

/// 前台时间 of a site.
pub async fn desk_hours_of(read: &mut Read, site: SiteId) -> Result<Versions<DeskHours>, Error> {
    let rows: Vec<Dated> = read.all(OF_SITE, (site, DESK_HOURS)).await?;
    Ok(Versions { dated: of_kind(&rows, DESK_HOURS)?, usual: DeskHours::default() })
}

/// A new version from `from` on. Errors: `policy_from_past`, `policy_from_far`; a limit that is none (`check_limit`).
pub async fn set_promises(tx: &mut Tx, site: SiteId, from: Day, policy: &Policy) -> Result<(), Error> {
    may_begin(tx, site, from).await?;
    policy.check()?;
    promise(tx, site, from, policy).await
}

/// A new version from `from` on. Errors: `policy_from_past`, `policy_from_far`.
pub async fn set_desk_hours(tx: &mut Tx, site: SiteId, from: Day, hours: &DeskHours) -> Result<(), Error> {
    may_begin(tx, site, from).await?;
    open_desk(tx, site, from, hours).await
}

/// Takes back a version that has not begun. Errors: `Missing`, `policy_has_begun`.
pub async fn withdraw_promises(tx: &mut Tx, site: SiteId, from: Day) -> Result<(), Error> {
    withdraw(tx, site, PROMISES, from).await
}

/// Takes back a version that has not begun. Errors: `Missing`, `policy_has_begun`.
pub async fn withdraw_desk_hours(tx: &mut Tx, site: SiteId, from: Day) -> Result<(), Error> {
    withdraw(tx, site, DESK_HOURS, from).await
}

/// From tomorrow on; from today only while nothing has been reported today.
async fn may_begin(tx: &mut Tx, site: SiteId, from: Day) -> Result<(), Error> {
    let zone = sites::by_id(tx, site).await?.zone;
    let today = zone.day(tx.now());
    let reported =
        "SELECT id AS value FROM orders WHERE site = $1 AND reported >= $2 AND {scope} ORDER BY reported LIMIT 1";
    let busy: Option<values::Id<crate::orders::Order>> = tx.opt(reported, (site, zone.start(today))).await?;
    let first = if busy.is_some() { today.plus_days(1) } else { today };
    let wrong = |code, day: Day| Error::Invalid(vec![FieldError::new("from", code).with("day", day)]);
    match () {
        () if from < first => Err(wrong("policy_from_past", first)),
        () if from.since(today) > FURTHEST_DAYS => Err(wrong("policy_from_far", today.plus_days(FURTHEST_DAYS))),
        () => Ok(()),
    }
}

async fn withdraw(tx: &mut Tx, site: SiteId, kind: &'static str, from: Day) -> Result<(), Error> {
    let today = sites::by_id(tx, site).await?.today(tx.now());
    if from <= today {
        return Err(Error::Invalid(vec![FieldError::new("from", "policy_has_begun")]));
    }
    let gone = tx
        .run("DELETE FROM policies WHERE site = $1 AND kind = $2 AND from_day = $3 AND {scope}", (site, kind, from))
        .await?;
    let before = json!({ "kind": kind, "from": from });
    tx.note(site, "policy.withdrawn", format!("policy/{kind}"), before, Json::Null);
    if gone == 0 { Err(Error::Missing) } else { Ok(()) }
}
