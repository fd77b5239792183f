//! Certificates of staff: who may do work that the law ties to one (ORG §4). Dispatch asks `missing` before it assigns.

mod reminders;
mod rules;
#[cfg(test)]
mod tests;

use std::{fmt, str::FromStr};

use db::{DbError, FromRow, Row};
use serde::Serialize;
use serde_json::{Value as Json, json};
use values::{Day, Id};

pub use reminders::remind;
pub use rules::{REMINDERS, gap, reviewed, usual_dates};

use crate::{Error, FieldError, PartyId, Read, SiteId, Tx};

/// The kinds of the register, by their rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// 保安员证
    Crt01,
    /// 消防设施操作员 四级/中级
    Crt03,
    /// 消防设施操作员 五级/初级
    Crt04,
    /// 特种作业操作证, always with a trade
    Crt05,
    /// 特种设备安全管理和作业人员证
    Crt06,
    /// 电梯安全员任命
    Crt07,
    /// 健康证
    Crt08,
    /// 有限空间作业监护
    Crt09,
}

/// The trades of CRT-05.
pub const TRADES: [&str; 5] = ["electric", "height", "welding", "refrigeration", "other"];

impl Kind {
    pub const ALL: [Self; 8] =
        [Self::Crt01, Self::Crt03, Self::Crt04, Self::Crt05, Self::Crt06, Self::Crt07, Self::Crt08, Self::Crt09];
    /// `CRT-05`
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Crt01 => "CRT-01",
            Self::Crt03 => "CRT-03",
            Self::Crt04 => "CRT-04",
            Self::Crt05 => "CRT-05",
            Self::Crt06 => "CRT-06",
            Self::Crt07 => "CRT-07",
            Self::Crt08 => "CRT-08",
            Self::Crt09 => "CRT-09",
        }
    }
    /// CRT-90: an assignment without it is refused; for the others it is a warning.
    pub const fn blocks(self) -> bool {
        matches!(self, Self::Crt01 | Self::Crt03 | Self::Crt05 | Self::Crt06)
    }
}
impl FromStr for Kind {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text).ok_or(())
    }
}
impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// One certificate of one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    pub id: Id<Certificate>,
    pub party: PartyId,
    pub kind: Kind,
    /// CRT-05 only: one of `TRADES`.
    pub trade: Option<String>,
    pub number: String,
    pub issued: Option<Day>,
    /// The last day.
    pub valid_until: Option<Day>,
    /// The last day on which the review may be done.
    pub review_due: Option<Day>,
    pub version: i64,
}

impl FromRow for Certificate {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        let kind: String = row.get("kind")?;
        let why = || DbError::Unreadable { table: "certificates", column: "kind".into(), why: kind.clone() };
        Ok(Self {
            id: row.get("id")?,
            party: row.get("party")?,
            kind: kind.parse().map_err(|()| why())?,
            trade: row.get("trade")?,
            number: row.get("number")?,
            issued: row.get("issued")?,
            valid_until: row.get("valid_until")?,
            review_due: row.get("review_due")?,
            version: row.get("version")?,
        })
    }
}

/// What a person lacks for a piece of work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gap {
    pub kind: Kind,
    pub trade: Option<String>,
    /// The number of the certificate that no longer counts.
    pub number: Option<String>,
    /// Its last day; for `NotYet` its first.
    pub ended_on: Option<Day>,
    pub why: GapWhy,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum GapWhy {
    /// The person has none of the kind.
    None,
    NotYet,
    Expired,
    ReviewMissed,
}

impl GapWhy {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::NotYet => "not_yet",
            Self::Expired => "expired",
            Self::ReviewMissed => "review_missed",
        }
    }
}

const COLUMNS_OF: &str = "SELECT id, party, kind, trade, number, issued, valid_until, review_due, version FROM certificates WHERE party = $1 \
                          ORDER BY kind, trade, valid_until DESC, id";

/// The certificates of a person of a site in scope; the caller has looked the person up there.
pub async fn of(read: &mut Read, party: PartyId) -> Result<Vec<Certificate>, Error> {
    read.all(COLUMNS_OF, (party,)).await
}

/// CRT-90: what `party` lacks for work that ends on the day `at`; `None` when nothing.
pub async fn missing(
    read: &mut Read,
    party: PartyId,
    kind: Kind,
    trade: Option<&str>,
    at: Day,
) -> Result<Option<Gap>, Error> {
    Ok(gap(&of(read, party).await?, kind, trade, at))
}

/// As `missing`, for the words of a category: `CRT-05`, `CRT-05:electric`. An unknown word is a mistake of the table.
pub async fn missing_for(read: &mut Read, party: PartyId, demanded: &str, at: Day) -> Result<Option<Gap>, Error> {
    let (kind, trade) = demanded.split_once(':').map_or((demanded, None), |(kind, trade)| (kind, Some(trade)));
    let kind = kind.parse().map_err(|()| Error::Broken(format!("no certificate is called {demanded}")))?;
    missing(read, party, kind, trade, at).await
}

/// What is written on a certificate.
#[derive(Clone, Debug)]
pub struct NewCertificate {
    pub kind: Kind,
    pub trade: Option<String>,
    pub number: String,
    pub issued: Option<Day>,
    pub valid_until: Option<Day>,
    pub review_due: Option<Day>,
}

fn check(new: &NewCertificate) -> Result<(), Error> {
    let mut checks = crate::Checks::default();
    if new.number.trim().is_empty() || new.number.chars().count() > 60 {
        checks.refuse("number", "certificate_number");
    }
    let trade_known = new.trade.as_deref().is_some_and(|trade| TRADES.contains(&trade));
    if (new.kind == Kind::Crt05) != trade_known {
        checks.refuse("trade", "certificate_trade");
    }
    if new.issued.zip(new.valid_until).is_some_and(|(issued, until)| until < issued) {
        checks.refuse("valid_until", "certificate_dates");
    }
    checks.done()
}

/// Registers a certificate. `site` owns the audit row. Errors: number empty, trade missing or not one of CRT-05's,
/// end before beginning.
pub async fn add(tx: &mut Tx, site: SiteId, party: PartyId, new: &NewCertificate) -> Result<Id<Certificate>, Error> {
    check(new)?;
    let (id, now): (Id<Certificate>, _) = (tx.id(), tx.now());
    let values = (
        id,
        party,
        new.kind.as_str(),
        new.trade.as_deref(),
        new.number.trim(),
        new.issued,
        new.valid_until,
        new.review_due,
        now,
    );
    let sql = "INSERT INTO certificates (id, party, kind, trade, number, issued, valid_until, review_due, made, version) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1)";
    tx.run(sql, values).await?;
    tx.note(
        site,
        "certificate.added",
        format!("party/{party}"),
        Json::Null,
        json!({ "kind": new.kind.as_str(), "valid_until": new.valid_until }),
    );
    Ok(id)
}

/// Records that the review was done on `on`. Errors: `review_too_late`, `Missing`, `Stale`.
pub async fn record_review(
    tx: &mut Tx,
    site: SiteId,
    party: PartyId,
    id: Id<Certificate>,
    on: Day,
) -> Result<(), Error> {
    let held = of(tx, party).await?.into_iter().find(|held| held.id == id).ok_or(Error::Missing)?;
    let Some(next) = reviewed(&held, on) else {
        return Err(Error::Invalid(vec![FieldError::new("on", "review_too_late")]));
    };
    tx.run("UPDATE certificates SET review_due = $2, version = version + 1 WHERE id = $1", (id, next)).await?;
    tx.note(
        site,
        "certificate.reviewed",
        format!("party/{party}"),
        json!({ "due": held.review_due }),
        json!({ "on": on, "due": next }),
    );
    Ok(())
}

/// Takes a certificate out of the register: revoked, or entered by mistake.
pub async fn remove(tx: &mut Tx, site: SiteId, party: PartyId, id: Id<Certificate>) -> Result<(), Error> {
    let removed = tx.run("DELETE FROM certificates WHERE id = $1 AND party = $2", (id, party)).await?;
    tx.note(site, "certificate.removed", format!("party/{party}"), json!({ "certificate": id }), Json::Null);
    if removed == 0 { Err(Error::Missing) } else { Ok(()) }
}
