use serde::{Deserialize, Serialize};
use values::{Id, Moment, SECOND};

use super::{Draft, Ending, Excuse, Outcome, Pause, Promise, Subject};
use crate::orders::Kind;

/// How a promise stands at `now`. Depends on what happened and when, not on when it is asked: a promise once settled
/// gives the same answer for ever, and rows that carry a settlement are never judged again.
pub fn settle(row: &Promise, now: Moment, subject: Subject) -> Outcome {
    if let Some(settled) = row.settled {
        return settled.outcome;
    }
    if let Some(reason) = row.excuse {
        return Outcome::Excused { reason };
    }
    let gone = row.gone_at.map(|gone| gone.max(limit_at(row, now))).filter(|gone| is_beyond(now, *gone));
    // Whatever came first decides.
    let is_in_reach = |at: Moment| at <= now && gone.is_none_or(|gone| !is_beyond(at, gone));
    let ended = match subject {
        Subject::Ended { at, how } if is_in_reach(at) => Some((at, how)),
        _ => None,
    };
    let fulfilled = row.fulfilled_at.filter(|at| is_in_reach(*at) && ended.is_none_or(|(end, _)| *at <= end));
    match (fulfilled, ended, gone) {
        (Some(at), _, _) => judge_fulfilled(row, at),
        (None, Some((at, how)), _) => judge_ended(row, at, how),
        (None, None, Some(_)) => Outcome::Missed,
        (None, None, None) => Outcome::Pending { overdue: is_beyond(now, limit_at(row, now)) },
    }
}

fn judge_fulfilled(row: &Promise, at: Moment) -> Outcome {
    if is_beyond(at, limit_at(row, at)) { Outcome::Late { at } } else { Outcome::Kept { at } }
}

fn judge_ended(row: &Promise, at: Moment, how: Ending) -> Outcome {
    let excuse = match how {
        Ending::Closed => None,
        Ending::Withdrawn => Some(Excuse::Withdrawn),
        Ending::Merged => Some(Excuse::Merged),
        Ending::Answered => Some(Excuse::Answered),
    };
    match excuse {
        Some(reason) if !is_beyond(at, limit_at(row, at)) => Outcome::Excused { reason },
        _ => Outcome::Missed,
    }
}

/// The limit is inside, and both are compared in whole seconds (Civil Code 1259: 以内 includes the number itself).
pub(super) fn is_beyond(at: Moment, limit: Moment) -> bool {
    at.millis().div_euclid(SECOND) > limit.millis().div_euclid(SECOND)
}

/// Unfulfilled past its limit, or fulfilled past it.
pub fn is_overdue(row: &Promise, now: Moment) -> bool {
    let at = judged_at(row, now);
    is_beyond(at, limit_at(row, at))
}

/// The limit as pauses have moved it by `now`; an open pause has moved it by the time so far, and nothing moves it after
/// the promise is fulfilled or settled.
pub fn effective_due(row: &Promise, now: Moment) -> Moment {
    limit_at(row, judged_at(row, now))
}

/// Milliseconds of counted pauses by `now`: each moment once, listed reasons only.
pub fn paused_millis(row: &Promise, now: Moment) -> i64 {
    effective_due(row, now).since(row.due)
}

pub(super) fn judged_at(row: &Promise, now: Moment) -> Moment {
    let ends = [row.fulfilled_at, row.settled.map(|settled| settled.at)];
    ends.into_iter().flatten().fold(now, Moment::min)
}

fn limit_at(row: &Promise, at: Moment) -> Moment {
    let counted = counted_pauses(row, at);
    counted.iter().fold(row.due, |due, (from, to)| due.plus_millis(to.since(*from)))
}

/// Pauses that moved the limit by `at`: listed reasons, inside the promise, overlaps joined. One that began after the
/// limit had passed does not count: waiting for parts does not heal a broken promise.
pub(super) fn counted_pauses(row: &Promise, at: Moment) -> Vec<(Moment, Moment)> {
    let listed = row.pauses.iter().filter(|pause| row.pausable.contains(&pause.reason));
    let mut spans: Vec<_> = listed
        .map(|pause| (pause.from.max(row.opens), pause.to.unwrap_or(at).min(at)))
        .filter(|(from, to)| from < to)
        .collect();
    spans.sort_unstable();
    let (mut counted, mut limit): (Vec<(Moment, Moment)>, _) = (Vec::new(), row.due);
    for (from, to) in spans {
        match counted.last_mut() {
            Some(last) if from <= last.1 => {
                limit = limit.plus_millis(to.max(last.1).since(last.1));
                last.1 = to.max(last.1);
            }
            _ if from > limit => break,
            _ => {
                limit = limit.plus_millis(to.since(from));
                counted.push((from, to));
            }
        }
    }
    counted
}

/// What a correction does to the promises of an order.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Change {
    /// To be settled as excused (superseded).
    pub supersede: Vec<Id<Promise>>,
    pub create: Vec<Draft>,
}

/// Compares the rows of one round (and leg) with what is promised after a correction. `wanted` comes from `promised`
/// with the moments of the report, so new rows run from them. Kept: what is fulfilled or settled, and open rows whose
/// terms stay the same. A new row takes over the pauses of the one it replaces; correcting there and back finds those of
/// the row before again.
pub fn reclassify(rows: &[Promise], wanted: Vec<Draft>) -> Change {
    let standing: Vec<_> = rows.iter().filter(|row| is_standing(row)).collect();
    let is_done = |name| rows.iter().any(|row| row.name == name && !is_standing(row) && !is_superseded(row));
    let is_kept = |row: &Promise| wanted.iter().any(|draft| has_terms(row, draft));
    let supersede = standing.iter().filter(|row| !is_kept(row)).map(|row| row.id).collect();
    let mut create = Vec::new();
    for draft in &wanted {
        let replaced = standing.iter().find(|row| row.name == draft.name);
        if is_done(draft.name) || replaced.is_some_and(|row| has_terms(row, draft)) {
            continue;
        }
        let before = || rows.iter().rev().find(|row| row.name == draft.name && is_superseded(row));
        let pauses = match replaced {
            Some(row) => row.pauses.clone(),
            // Whether one goes on is said by the work, not by a row that ended.
            None => before().map(ended_pauses).unwrap_or_default(),
        };
        create.push(Draft { pauses, ..draft.clone() });
    }
    Change { supersede, create }
}

fn ended_pauses(row: &Promise) -> Vec<Pause> {
    row.pauses.iter().filter(|pause| pause.to.is_some()).cloned().collect()
}

fn is_standing(row: &Promise) -> bool {
    row.settled.is_none() && row.excuse.is_none() && row.fulfilled_at.is_none()
}

fn is_superseded(row: &Promise) -> bool {
    row.excuse == Some(Excuse::Superseded)
}

fn has_terms(row: &Promise, draft: &Draft) -> bool {
    (row.name, row.round, row.opens, row.due, row.span) == (draft.name, draft.round, draft.opens, draft.due, draft.span)
        && row.rule == draft.rule
        && row.pausable == draft.pausable
}

/// CSV-25: a follow-up is owed without drawing lots.
pub const fn must_follow_up(kind: Kind, paid: bool) -> bool {
    matches!(kind, Kind::Complaint) || (matches!(kind, Kind::Repair) && paid)
}

/// A share of promises kept in time: 及时率.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Rate {
    pub kept: u64,
    pub of: u64,
}

impl Rate {
    /// Unrounded; none where nothing was due, shown as "—".
    pub fn percent(self) -> Option<f64> {
        (self.of > 0).then(|| self.kept as f64 * 100.0 / self.of as f64)
    }
}

/// Of the promises due in a period: excused ones count nowhere, pending ones once they are overdue.
pub fn on_time(outcomes: impl IntoIterator<Item = Outcome>) -> Rate {
    outcomes.into_iter().fold(Rate::default(), |rate, outcome| match outcome {
        Outcome::Kept { .. } => Rate { kept: rate.kept + 1, of: rate.of + 1 },
        Outcome::Late { .. } | Outcome::Missed | Outcome::Pending { overdue: true } => Rate { of: rate.of + 1, ..rate },
        Outcome::Pending { overdue: false } | Outcome::Excused { .. } => rate,
    })
}
