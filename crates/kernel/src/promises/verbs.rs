//! What happens to the promises of an order when something happened to the order. One function follows every act: it
//! makes the promises that are open now, notes what was fulfilled, moves the pauses, and settles what has its outcome.

use values::{Id, Moment};

use super::{
    Case, Draft, Ending, Excuse, Outcome, Pause, Promise, Reason, Subject, Timeline, effective_due, is_overdue,
    promised, reclassify, settle, steps,
    store::{self, Row},
};
use crate::{
    Error, PartyId, SiteId, Tx,
    orders::{Leg, Order},
    policies::Terms,
};

/// An order as far as its promises depend on it.
#[derive(Debug, Clone)]
pub struct Matter {
    pub site: SiteId,
    pub order: Id<Order>,
    pub case: Case,
    /// Decides which policy holds.
    pub reported: Moment,
    pub acts: Timeline,
    pub subject: Subject,
    pub holder: Holder,
    /// The legs of the present round.
    pub legs: Vec<LegMatter>,
}

/// The same for one leg.
#[derive(Debug, Clone)]
pub struct LegMatter {
    pub id: Id<Leg>,
    pub acts: Timeline,
    pub suspended: Option<(Moment, Reason)>,
    pub holder: Holder,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    pub department: String,
    pub person: Option<PartyId>,
}

/// The most urgent running clock of an order: its limit, and when its last quarter begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Urgent {
    pub due: Moment,
    pub soon: Moment,
}

/// One level of an order: the order itself, or a leg.
pub(super) struct Level<'a> {
    pub leg: Option<Id<Leg>>,
    pub acts: &'a Timeline,
    suspended: Option<(Moment, Reason)>,
    holder: &'a Holder,
}

impl LegMatter {
    fn level(&self) -> Level<'_> {
        Level { leg: Some(self.id), acts: &self.acts, suspended: self.suspended, holder: &self.holder }
    }
}

impl Matter {
    pub(super) fn levels(&self) -> Vec<Level<'_>> {
        let own = Level { leg: None, acts: &self.acts, suspended: None, holder: &self.holder };
        std::iter::once(own).chain(self.legs.iter().map(LegMatter::level)).collect()
    }
}

/// Brings the promises of an order in line with it. `corrected`: kind, category or urgency were mended, so open promises
/// are superseded by new ones that run from the same moments. Gives the most urgent running clock.
pub async fn follow(tx: &mut Tx, terms: &Terms, matter: &Matter, corrected: bool) -> Result<Option<Urgent>, Error> {
    let mut rows = store::of_order(tx, matter.order).await?;
    for level in matter.levels() {
        let wanted = wanted(terms, matter, &level);
        let created = if corrected {
            correct(tx, &mut rows, matter, &level, wanted).await?
        } else {
            missing(&rows, &level, wanted)
        };
        for draft in created {
            let mut row = Row::new(tx, (matter.site, matter.order), level.leg, draft);
            inherit(&mut row, &rows, &level, tx.now());
            store::insert(tx, &row).await?;
            rows.push(row);
        }
        for row in rows.iter_mut().filter(|row| concerns(row, &level) && row.promise.settled.is_none()) {
            move_along(row, &level, tx.now());
        }
    }
    for row in rows.iter_mut().filter(|row| row.promise.settled.is_none()) {
        keep(tx, row, matter.subject).await?;
    }
    Ok(urgent(&rows, tx.now()))
}

pub(super) fn wanted(terms: &Terms, matter: &Matter, level: &Level<'_>) -> Vec<Draft> {
    let drafts = promised(terms.policy(matter.reported), &matter.case, level.acts, &terms.timetable(matter.reported));
    drafts.into_iter().filter(|draft| draft.name.is_of_leg() == level.leg.is_some()).collect()
}

pub(super) fn belongs(row: &Row, level: &Level<'_>) -> bool {
    row.promise.leg == level.leg && row.promise.round == level.acts.round
}

/// Of this round, or still owed from an earlier one: work that is sent back does not end what else is open.
fn concerns(row: &Row, level: &Level<'_>) -> bool {
    row.promise.leg == level.leg && row.promise.round <= level.acts.round
}

fn missing(rows: &[Row], level: &Level<'_>, wanted: Vec<Draft>) -> Vec<Draft> {
    let is_there = |draft: &Draft| {
        rows.iter().any(|row| {
            let is_owed = row.promise.settled.is_none() && concerns(row, level);
            (belongs(row, level) || is_owed)
                && row.promise.name == draft.name
                && row.promise.excuse != Some(Excuse::Superseded)
        })
    };
    wanted.into_iter().filter(|draft| !is_there(draft)).collect()
}

async fn correct(
    tx: &mut Tx,
    rows: &mut [Row],
    matter: &Matter,
    level: &Level<'_>,
    wanted: Vec<Draft>,
) -> Result<Vec<Draft>, Error> {
    let standing: Vec<Promise> = rows.iter().filter(|row| belongs(row, level)).map(|row| row.promise.clone()).collect();
    let change = reclassify(&standing, wanted);
    for row in rows.iter_mut().filter(|row| change.supersede.contains(&row.promise.id)) {
        row.promise.excuse = Some(Excuse::Superseded);
        keep(tx, row, matter.subject).await?;
    }
    Ok(change.create)
}

/// Lateness belongs to the post that held it at due (contract §1): a row that is late already when it replaces another one
/// stays with whom that one was, and nobody is called a second time. Corrected there and back, it is the row with this limit.
fn inherit(row: &mut Row, rows: &[Row], level: &Level<'_>, now: Moment) {
    if !is_overdue(&row.promise, now) {
        return;
    }
    let name = row.promise.name;
    let replaced =
        |old: &&Row| belongs(old, level) && old.promise.name == name && old.promise.excuse == Some(Excuse::Superseded);
    let mut before = rows.iter().rev().filter(replaced);
    let same_limit = before.clone().find(|old| old.promise.due == row.promise.due);
    if let Some(old) = same_limit.or_else(|| before.next()) {
        row.department.clone_from(&old.department);
        (row.person, row.step) = (old.person, old.step);
    }
}

/// What the level's acts do to an open row: fulfilment, pauses, who holds it.
fn move_along(row: &mut Row, level: &Level<'_>, now: Moment) {
    if row.promise.fulfilled_at.is_none() {
        row.promise.fulfilled_at = level.acts.fulfilled(row.promise.name);
    }
    if !is_overdue(&row.promise, now) || row.department.is_empty() {
        row.department.clone_from(&level.holder.department);
        row.person = level.holder.person;
    }
    let lasting = row.promise.pauses.iter_mut().find(|pause| pause.to.is_none());
    match (level.suspended, lasting) {
        (Some((from, reason)), None) => row.promise.pauses.push(Pause { from, to: None, reason }),
        (None, Some(pause)) => pause.to = Some(now),
        _ => {}
    }
}

/// Writes an open row back, and its outcome when it has one.
pub(super) async fn keep(tx: &mut Tx, row: &mut Row, subject: Subject) -> Result<(), Error> {
    let now = tx.now();
    row.next_step = next_step(row, now);
    store::save(tx, row).await?;
    settle_row(tx, row, subject).await
}

/// Contract §4: the one place that settles, called by verbs and by the timer. Does nothing while the outcome is open.
pub(super) async fn settle_row(tx: &mut Tx, row: &mut Row, subject: Subject) -> Result<(), Error> {
    let now = tx.now();
    let outcome = settle(&row.promise, now, subject);
    if !outcome.is_settled() {
        return Ok(());
    }
    let ended: Option<Ending> = match (outcome, subject) {
        (Outcome::Missed | Outcome::Excused { .. }, Subject::Ended { how, .. }) => Some(how),
        _ => None,
    };
    row.promise.excuse = match outcome {
        Outcome::Excused { reason } => Some(reason),
        _ => row.promise.excuse,
    };
    row.promise.settled = Some(super::Settlement { outcome, at: now });
    store::write_excuse(tx, row).await?;
    store::write_outcome(tx, row.promise.id, outcome, now, ended).await
}

/// When the timer looks next; not while the clock stands still or has called everybody.
pub(super) fn next_step(row: &Row, now: Moment) -> Option<Moment> {
    if is_paused(&row.promise) || row.promise.fulfilled_at.is_some() {
        return None;
    }
    steps(&row.promise, now).get(row.step).map(|step| step.at)
}

/// A listed reason holds the clock.
pub fn is_paused(row: &Promise) -> bool {
    row.pauses.iter().any(|pause| pause.to.is_none() && row.pausable.contains(&pause.reason))
}

/// The most urgent of the clocks that run.
pub fn urgent(rows: &[Row], now: Moment) -> Option<Urgent> {
    let running = rows.iter().map(|row| &row.promise).filter(|row| row.settled.is_none() && !is_paused(row));
    let limits = running.map(|row| (effective_due(row, now), row.span));
    limits.min().map(|(due, span)| Urgent { due, soon: due.plus_millis(-span / 4) })
}
