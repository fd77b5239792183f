//! R03: patience with those who guess. Tries are counted before anything is verified and outlive a restart; known and
//! unknown names are counted alike, so the answer tells nothing.

use db::{DbError, FromRow, Row};
use values::{DAY, MINUTE, Moment, SECOND};

use crate::{Error, Tx};

/// How long one must wait after how many tries. Times in milliseconds.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// So many tries cost no waiting.
    pub free: i64,
    pub first: i64,
    pub longest: i64,
    /// After this long without a try all is forgotten.
    pub forget: i64,
}

/// R03: a delay per account that grows from 1 s to 15 min.
pub const ACCOUNT: Patience = Patience { free: 3, first: SECOND, longest: 15 * MINUTE, forget: DAY };

impl Patience {
    /// The wait after the `tries`-th try.
    pub fn wait(&self, tries: i64) -> i64 {
        let doublings = tries - self.free - 1;
        if doublings < 0 { 0 } else { self.first.saturating_mul(1 << doublings.min(30)).min(self.longest) }
    }
}

/// May this try go on?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gate {
    /// It is the `tries`-th since the last success; the next one waits until `opens`.
    Open {
        tries: i64,
        opens: Moment,
    },
    Closed {
        until: Moment,
    },
}

struct Count {
    tries: i64,
    since: Moment,
    opens: Moment,
}
impl FromRow for Count {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        Ok(Self { tries: row.get("tries")?, since: row.get("since")?, opens: row.get("opens")? })
    }
}

fn subject(tx: &Tx, what: &str, who: &str) -> Vec<u8> {
    tx.house().keys().blind(&format!("attempts/{what}/{who}"))
}

async fn locked(tx: &mut Tx, subject: &[u8]) -> Result<Count, Error> {
    let now = tx.now();
    let fresh =
        "INSERT INTO attempts (subject, tries, since, opens) VALUES ($1, 0, $2, $2) ON CONFLICT (subject) DO NOTHING";
    tx.raw(fresh, (subject, now)).await?;
    tx.one("SELECT tries, since, opens FROM attempts WHERE subject = $1 {lock}", (subject,)).await
}

async fn keep(tx: &mut Tx, subject: &[u8], count: &Count) -> Result<(), Error> {
    let values = (subject, count.tries, count.since, count.opens);
    tx.raw("UPDATE attempts SET tries = $2, since = $3, opens = $4 WHERE subject = $1", values).await?;
    Ok(())
}

/// Counts one try of `what` by or against `who`. A closed gate counts nothing, so nobody is locked out for ever.
pub async fn count(tx: &mut Tx, what: &str, who: &str, patience: &Patience) -> Result<Gate, Error> {
    let (subject, now) = (subject(tx, what, who), tx.now());
    let mut count = locked(tx, &subject).await?;
    if now < count.opens {
        return Ok(Gate::Closed { until: count.opens });
    }
    if now.since(count.since) > patience.forget {
        count.tries = 0;
    }
    let tries = count.tries + 1;
    let opens = now.plus_millis(patience.wait(tries));
    keep(tx, &subject, &Count { tries, since: now, opens }).await?;
    Ok(Gate::Open { tries, opens })
}

/// Counts one act of `who`, of which `most` may happen within `span` milliseconds. False when that is used up.
pub async fn within(tx: &mut Tx, what: &str, who: &str, most: i64, span: i64) -> Result<bool, Error> {
    let (subject, now) = (subject(tx, what, who), tx.now());
    let mut count = locked(tx, &subject).await?;
    if now.since(count.since) >= span {
        count = Count { tries: 0, since: now, opens: now };
    }
    count.tries += 1;
    keep(tx, &subject, &count).await?;
    Ok(count.tries <= most)
}

/// Is what `within` allows used up? Counts nothing.
pub async fn spent(tx: &mut Tx, what: &str, who: &str, most: i64, span: i64) -> Result<bool, Error> {
    let (subject, since) = (subject(tx, what, who), tx.now().plus_millis(-span));
    let tries: Option<i64> =
        tx.opt("SELECT tries AS value FROM attempts WHERE subject = $1 AND since > $2", (subject, since)).await?;
    Ok(tries.unwrap_or(0) >= most)
}

/// Takes back one try that `within` counted and that was a good one; those before it stay.
pub async fn take_back(tx: &mut Tx, what: &str, who: &str) -> Result<(), Error> {
    let subject = subject(tx, what, who);
    tx.raw("UPDATE attempts SET tries = tries - 1 WHERE subject = $1 AND tries > 0", (subject,)).await?;
    Ok(())
}

/// After a success. Returns how many tries there had been, the good one included.
pub async fn forgive(tx: &mut Tx, what: &str, who: &str) -> Result<i64, Error> {
    let subject = subject(tx, what, who);
    let tries = tx.opt("SELECT tries AS value FROM attempts WHERE subject = $1", (subject.clone(),)).await?;
    tx.raw("DELETE FROM attempts WHERE subject = $1", (subject,)).await?;
    Ok(tries.unwrap_or(0))
}

/// Where somebody comes from, as far as addresses tell: an IPv6 network of 64 bits belongs to one household.
pub fn network(origin: Option<&str>) -> String {
    let origin = origin.unwrap_or("local");
    match origin.parse::<std::net::IpAddr>() {
        Ok(std::net::IpAddr::V6(address)) => match address.to_ipv4_mapped() {
            Some(v4) => v4.to_string(),
            None => address.segments()[..4].iter().map(|part| format!("{part:x}")).collect::<Vec<_>>().join(":"),
        },
        _ => origin.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_grows_from_a_second_to_a_quarter_of_an_hour() {
        let waits: Vec<i64> = [1, 3, 4, 5, 6, 13, 14, 200].iter().map(|tries| ACCOUNT.wait(*tries) / SECOND).collect();
        assert_eq!(waits, [0, 0, 1, 2, 4, 512, 900, 900]);
    }

    #[test]
    fn two_addresses_of_one_ipv6_network_are_one() {
        assert_eq!(network(Some("2001:db8:1:2::1")), network(Some("2001:db8:1:2:ffff::9")));
        assert_ne!(network(Some("2001:db8:1:2::1")), network(Some("2001:db8:1:3::1")));
        assert_eq!(network(Some("::ffff:10.0.0.1")), "10.0.0.1");
        assert_eq!(network(None), "local");
    }
}
