//! What happens without anybody asking: jobs that follow from facts, and timers. One pass at a time; the movable clock
//! waits for its pass, so a test sees everything that was due.

use std::{sync::Arc, time::Duration};

use kernel::{Error, House, jobs};
use tokio::sync::{Mutex, watch};
use values::Moment;

use crate::reactions;

/// How often the timers look at the latest.
const LOOK: Duration = Duration::from_secs(1);
/// A failing job is put back for later, so this many in one pass only come from a real flood.
const MOST_IN_A_PASS: usize = 100_000;

pub struct Work {
    house: House,
    gate: Mutex<()>,
}

impl Work {
    pub fn new(house: House) -> Arc<Self> {
        Arc::new(Self { house, gate: Mutex::new(()) })
    }
    /// Runs until `stop` says so; what is begun is finished.
    pub async fn run(self: Arc<Self>, mut stop: watch::Receiver<bool>) {
        let mut changes = self.house.live().listen();
        while !*stop.borrow() {
            if let Err(cause) = self.pass().await {
                tracing::warn!(%cause, "background work waits");
            }
            tokio::select! {
                () = tokio::time::sleep(LOOK) => {}
                // A change may have brought jobs: do not let people wait for the next look.
                _ = changes.recv() => while changes.try_recv().is_ok() {},
                _ = stop.changed() => {}
            }
        }
    }
    /// Timers and jobs that are due by now, until none is left.
    pub async fn pass(&self) -> Result<(), Error> {
        let _alone = self.gate.lock().await;
        self.everything_due().await
    }
    /// Puts the movable clock to `now` and returns when all that was due by then has run. False: this clock cannot move.
    pub async fn move_clock(&self, now: Moment) -> Result<bool, Error> {
        let _alone = self.gate.lock().await;
        if !self.house.clock().set(now) {
            return Ok(false);
        }
        self.everything_due().await?;
        Ok(true)
    }
    async fn everything_due(&self) -> Result<(), Error> {
        for _ in 0..MOST_IN_A_PASS {
            let Some(job) = jobs::claim(&self.house).await? else { break };
            if let Err(cause) = reactions::run(&self.house, &job).await {
                tracing::warn!(reaction = job.reaction, %cause, "a job failed");
                jobs::failed(&self.house, &job, &cause.to_string()).await?;
            }
        }
        Ok(())
    }
}
