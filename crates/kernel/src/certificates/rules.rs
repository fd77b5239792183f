use values::Day;

use super::{Certificate, Gap, GapWhy, Kind};

/// CRT-91: how many days before the end somebody is reminded.
pub const REMINDERS: [i64; 5] = [90, 60, 30, 7, 0];

impl Certificate {
    /// The last day on which it counts: the earlier of expiry and review.
    pub fn last_day(&self) -> Option<Day> {
        match (self.valid_until, self.review_due) {
            (Some(valid), Some(review)) => Some(valid.min(review)),
            (valid, review) => valid.or(review),
        }
    }
    fn lapse(&self, at: Day) -> Option<(GapWhy, Option<Day>)> {
        if self.issued.is_some_and(|issued| at < issued) {
            return Some((GapWhy::NotYet, self.issued));
        }
        if self.valid_until.is_some_and(|last| at > last) {
            return Some((GapWhy::Expired, self.valid_until));
        }
        self.review_due.filter(|due| at > *due).map(|due| (GapWhy::ReviewMissed, Some(due)))
    }
    /// CRT-91: days left and the reminder that is on now, if one is. Negative days: it has lapsed.
    pub fn reminder(&self, today: Day) -> Option<(i64, i64)> {
        let left = self.last_day()?.since(today);
        REMINDERS.into_iter().rev().find(|step| left <= *step).map(|step| (left, step))
    }
}

/// CRT-91: of each kind and trade the certificate that lasts longest, when its reminder is on: days left, and which step.
/// One that was renewed in time is not spoken of any more.
pub(super) fn reminders(held: &[Certificate], today: Day) -> Vec<(Certificate, i64, i64)> {
    let outlives = |other: &Certificate, one: &Certificate| match (other.last_day(), one.last_day()) {
        (None, Some(_)) => true,
        (Some(other_day), Some(day)) => (other_day, other.id) > (day, one.id),
        (_, None) => false,
    };
    let same = |one: &Certificate, other: &Certificate| one.kind == other.kind && one.trade == other.trade;
    let best = held.iter().filter(|one| !held.iter().any(|other| same(one, other) && outlives(other, one)));
    best.filter_map(|one| one.reminder(today).map(|(left, step)| (one.clone(), left, step))).collect()
}

/// CRT-90: what is missing for work that ends on `at`. With several certificates of the kind the best one counts.
pub fn gap(held: &[Certificate], kind: Kind, trade: Option<&str>, at: Day) -> Option<Gap> {
    let fitting = held.iter().filter(|held| held.kind == kind && (trade.is_none() || held.trade.as_deref() == trade));
    let mut worst: Option<Gap> = None;
    for certificate in fitting {
        let (why, ended_on) = certificate.lapse(at)?;
        let gap = Gap { kind, trade: trade.map(Into::into), number: Some(certificate.number.clone()), ended_on, why };
        if worst.as_ref().is_none_or(|known| gap.ended_on > known.ended_on) {
            worst = Some(gap);
        }
    }
    Some(worst.unwrap_or_else(|| Gap {
        kind,
        trade: trade.map(Into::into),
        number: None,
        ended_on: None,
        why: GapWhy::None,
    }))
}

/// CRT-05…09: until when a certificate of this kind issued on `issued` is valid, and when its review is due.
pub fn usual_dates(kind: Kind, issued: Day) -> (Option<Day>, Option<Day>) {
    let years = |years: i64| Some(issued.plus_months(12 * years));
    match kind {
        Kind::Crt05 => (years(6), years(3)),
        Kind::Crt06 => (years(4), None),
        Kind::Crt08 | Kind::Crt09 => (years(1), None),
        Kind::Crt01 | Kind::Crt03 | Kind::Crt04 | Kind::Crt07 => (None, None),
    }
}

/// CRT-05: a review on or before its date moves the next one by three years, at most to the expiry. `None`: too late.
pub fn reviewed(certificate: &Certificate, on: Day) -> Option<Day> {
    let due = certificate.review_due.filter(|due| on <= *due)?;
    let next = due.plus_months(36);
    Some(certificate.valid_until.map_or(next, |valid| next.min(valid)))
}
