//! A large list: everything that cannot be reached goes in by small transactions, so that others write in between; one
//! transaction shows it. What was read before is asked again there: whether anything of it changed meanwhile.

use std::sync::Arc;

use kernel::{
    Batch, Error, Tx, audit,
    jobs::{self, Job},
};
use values::{Id, MINUTE, Moment};

use super::{
    Part, Prepared, TERMS,
    ahead::ahead,
    clear::{clear, later},
    show, steps, store,
};
use crate::import::{
    model::{Import, Summary},
    progress::Progress,
    rules::HomesPlan,
    run::{Large, finish, hold, lock},
};

/// A plan with what it was made from.
pub struct Ready {
    pub plan: HomesPlan,
    /// How far the audit of the site went before the register was read.
    pub stand: i64,
}

/// Acts that may change what a plan was made from begin with one of these.
pub(super) const REGISTER: &[&str] = &[
    "place.",
    "building.",
    "party.",
    "occupancy.",
    "home.",
    "households.made",
    "import.run",
    "import.undone",
    "binding.",
];

pub type AttemptId = Id<Attempt<'static>>;

/// One attempt at an import: what it writes ahead is its own, and so is its job while it works.
pub struct Attempt<'a> {
    pub(super) id: AttemptId,
    run: &'a Large<'a>,
    import: &'a Import,
    job: Option<&'a Job>,
    renewed: Moment,
}

impl<'a> Attempt<'a> {
    pub fn new(run: &'a Large<'a>, import: &'a Import, job: Option<&'a Job>) -> Self {
        let now = run.house.now();
        // The time of the claim is not known: it is renewed by the first transaction.
        Self { id: Id::fresh(now, run.house.chance()), run, import, job, renewed: now.plus_millis(-MINUTE) }
    }
    /// The next small transaction. Errors: the import was cancelled or is done, its job is somebody else's.
    pub(super) async fn begin(&mut self) -> Result<Tx, Error> {
        let mut tx = self.run.house.begin(self.run.caller).await?;
        hold(&mut tx, self.import.id).await?;
        let now = tx.now();
        if let Some(job) = self.job
            && self.renewed.plus_millis(MINUTE) <= now
        {
            jobs::renew(&mut tx, job).await?;
            self.renewed = now;
        }
        Ok(tx)
    }
}

/// Writes a plan and shows it; `job` is done with it. `None` when the register changed meanwhile: nothing is left of it
/// then, and it may be tried with another plan. Errors: `Cancelled`.
pub async fn stage_and_show(
    run: &Large<'_>,
    import: &Import,
    ready: Ready,
    progress: &Progress,
    job: Option<&Job>,
) -> Result<Option<Summary>, Error> {
    // What an earlier attempt, whose process ended, left.
    clear(run.house, run.caller, import.id, None).await?;
    let read = run.house.read(run.caller).await?;
    let all = Arc::new(Prepared::new(&read, run.site.id, ready.plan));
    drop(read);
    let mut attempt = Attempt::new(run, import, job);
    let done = match stage(&mut attempt, &all, progress).await {
        Ok(parts) => last(&attempt, &all, Seen { stand: ready.stand, parts }, progress).await,
        Err(cause) => Err(cause),
    };
    if !matches!(done, Ok(Some(_))) {
        clear(run.house, run.caller, import.id, Some(attempt.id)).await?;
    }
    done
}

/// Everything ahead. Returns how many parts there are.
pub(super) async fn stage(attempt: &mut Attempt<'_>, all: &Arc<Prepared>, progress: &Progress) -> Result<i64, Error> {
    let terms = {
        let all = Arc::clone(all);
        tokio::task::spawn_blocking(move || all.terms())
    };
    let import = attempt.import.id;
    let mut tx = attempt.begin().await?;
    later(&mut tx, all.site, import, attempt.id).await?;
    tx.commit().await?;
    let mut number = 0;
    let mut people = people(Arc::clone(all));
    while let Some((part, batch, count)) = people.recv().await {
        let mut tx = attempt.begin().await?;
        store::keep(&mut tx, import, attempt.id, number, &part).await?;
        batch.write_ahead(&mut tx).await?;
        tx.commit().await?;
        number += 1;
        progress.step(count)?;
    }
    for part in all.parts() {
        let mut tx = attempt.begin().await?;
        store::keep(&mut tx, import, attempt.id, number, &part).await?;
        tx.commit().await?;
        number += 1;
    }
    let terms = terms.await.map_err(|cause| Error::Broken(format!("making terms: {cause}")))?;
    let (site, mut starts) = (all.site, (0..terms.len()).step_by(TERMS));
    let mut batches = ahead(move || starts.next().map(|from| terms.part(site, from, TERMS)));
    while let Some(batch) = batches.recv().await {
        let mut tx = attempt.begin().await?;
        batch.write_ahead(&mut tx).await?;
        tx.commit().await?;
        progress.step(0)?;
    }
    Ok(number)
}

fn people(all: Arc<Prepared>) -> tokio::sync::mpsc::Receiver<(Part, Batch, usize)> {
    let mut ranges = steps(all.parties.len());
    ahead(move || {
        let range = ranges.next()?;
        let count = range.len();
        Some((Part::Parties(all.parties[range.clone()].to_vec()), all.people(range), count))
    })
}

/// What must not have changed since the plan was made.
#[derive(Clone, Copy)]
pub(super) struct Seen {
    pub stand: i64,
    pub parts: i64,
}

/// The one transaction that others see. Who changes the register meanwhile waits for it, or it for them.
pub(super) async fn last(
    attempt: &Attempt<'_>,
    all: &Arc<Prepared>,
    seen: Seen,
    progress: &Progress,
) -> Result<Option<Summary>, Error> {
    let (run, import) = (attempt.run, attempt.import);
    let mut tx = run.house.begin(run.caller).await?;
    lock(&mut tx, run.site, import).await?;
    if let Some(job) = attempt.job {
        jobs::renew(&mut tx, job).await?;
    }
    if !still_holds(&mut tx, attempt, seen).await? {
        return Ok(None);
    }
    let undo = show(&mut tx, all, progress).await?;
    let summary = all.plan.summary.clone();
    finish(&mut tx, run.site, import, run.mode, &summary, &undo).await?;
    if let Some(job) = attempt.job {
        jobs::done(&mut tx, job.id).await?;
    }
    tx.commit().await?;
    Ok(Some(summary))
}

/// The register is as it was, and the parts that are there are exactly those of this attempt.
async fn still_holds(tx: &mut Tx, attempt: &Attempt<'_>, seen: Seen) -> Result<bool, Error> {
    let acts = audit::acts_since(tx, attempt.run.site.id, seen.stand).await?;
    let changed = acts.iter().any(|act| REGISTER.iter().any(|start| act.starts_with(start)));
    Ok(!changed && store::counts(tx, attempt.import.id, attempt.id).await? == (seen.parts, 0))
}
