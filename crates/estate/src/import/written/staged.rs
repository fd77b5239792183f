//! A large list: everything that cannot be reached goes in by small transactions, so that others write in between; one
//! transaction shows it. What was read before is asked again there: whether anything of it changed meanwhile.

use std::sync::Arc;

use kernel::{
    Batch, Error, Site, Tx, audit,
    jobs::{self, Job},
};
use values::Id;

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
    run::{Large, finish, lock},
};

/// A plan with what it was made from.
pub struct Ready {
    pub plan: HomesPlan,
    /// How far the audit of the site went before the register was read.
    pub stand: i64,
}

/// Acts that may change what a plan was made from begin with one of these.
const REGISTER: &[&str] = &["place.", "building.", "party.", "occupancy.", "import.run", "import.undone", "binding."];

/// Writes a plan and shows it; `job` is done with it. `None` when the register changed meanwhile: nothing is left of it
/// then, and it may be tried with another plan. Errors: `Cancelled`.
pub async fn stage_and_show(
    run: &Large<'_>,
    import: &Import,
    ready: Ready,
    progress: &Progress,
    job: Option<Id<Job>>,
) -> Result<Option<Summary>, Error> {
    // What an earlier attempt, whose process ended, left.
    clear(run.house, run.caller, import.id).await?;
    let read = run.house.read(run.caller).await?;
    let all = Arc::new(Prepared::new(&read, run.site.id, ready.plan));
    drop(read);
    let done = match stage(run, import, &all, progress).await {
        Ok(parts) => last(run, import, &all, Seen { stand: ready.stand, parts }, progress, job).await,
        Err(cause) => Err(cause),
    };
    if !matches!(done, Ok(Some(_))) {
        clear(run.house, run.caller, import.id).await?;
    }
    done
}

/// Everything ahead. Returns how many parts there are.
pub(super) async fn stage(
    run: &Large<'_>,
    import: &Import,
    all: &Arc<Prepared>,
    progress: &Progress,
) -> Result<i64, Error> {
    let terms = {
        let all = Arc::clone(all);
        tokio::task::spawn_blocking(move || all.terms())
    };
    let mut tx = run.house.begin(run.caller).await?;
    later(&mut tx, all.site, import.id).await?;
    tx.commit().await?;
    let mut number = 0;
    let mut people = people(Arc::clone(all));
    while let Some((part, batch, count)) = people.recv().await {
        let mut tx = run.house.begin(run.caller).await?;
        store::keep(&mut tx, import.id, number, &part).await?;
        batch.write_ahead(&mut tx).await?;
        tx.commit().await?;
        number += 1;
        progress.step(count)?;
    }
    for part in all.parts() {
        let mut tx = run.house.begin(run.caller).await?;
        store::keep(&mut tx, import.id, number, &part).await?;
        tx.commit().await?;
        number += 1;
    }
    let terms = terms.await.map_err(|cause| Error::Broken(format!("making terms: {cause}")))?;
    let (site, mut starts) = (all.site, (0..terms.len()).step_by(TERMS));
    let mut batches = ahead(move || starts.next().map(|from| terms.part(site, from, TERMS)));
    while let Some(batch) = batches.recv().await {
        let mut tx = run.house.begin(run.caller).await?;
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
struct Seen {
    stand: i64,
    parts: i64,
}

/// The one transaction that others see.
async fn last(
    run: &Large<'_>,
    import: &Import,
    all: &Arc<Prepared>,
    seen: Seen,
    progress: &Progress,
    job: Option<Id<Job>>,
) -> Result<Option<Summary>, Error> {
    let mut tx = run.house.begin(run.caller).await?;
    lock(&mut tx, run.site, import).await?;
    if !still_holds(&mut tx, run.site, import, seen).await? {
        return Ok(None);
    }
    let undo = show(&mut tx, all, progress).await?;
    let summary = all.plan.summary.clone();
    finish(&mut tx, run.site, import, run.mode, &summary, &undo).await?;
    if let Some(job) = job {
        jobs::done(&mut tx, job).await?;
    }
    tx.commit().await?;
    Ok(Some(summary))
}

async fn still_holds(tx: &mut Tx, site: &Site, import: &Import, seen: Seen) -> Result<bool, Error> {
    let acts = audit::acts_since(tx, site.id, seen.stand).await?;
    let changed = acts.iter().any(|act| REGISTER.iter().any(|start| act.starts_with(start)));
    Ok(!changed && store::count(tx, import.id).await? == seen.parts)
}
