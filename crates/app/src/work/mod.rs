//! What happens without anybody asking: jobs that follow from facts, and timers. One pass at a time; the movable clock
//! waits for its pass, so a test sees everything that was due.

mod store;
#[cfg(test)]
mod tests;

use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use kernel::{Error, House, certificates, jobs, promises};
use people::sms::{self, Outlet};
use tokio::sync::{Mutex, watch};
use values::{DAY, HOUR, Moment};

use crate::reactions;

/// R10.
const ANSWERS_KEPT: i64 = 7 * DAY;

/// How often the timers look at the latest.
const LOOK: Duration = Duration::from_secs(1);
/// A failing job is put back for later, so this many in one pass only come from a real flood.
const MOST_IN_A_PASS: usize = 100_000;

pub struct Work {
    house: House,
    outlet: Outlet,
    gate: Mutex<()>,
    /// The hour that was tidied last.
    tidied: AtomicI64,
}

impl Work {
    pub fn new(house: House, outlet: Outlet) -> Arc<Self> {
        Arc::new(Self { house, outlet, gate: Mutex::new(()), tidied: AtomicI64::new(0) })
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
    /// Sends text messages until `stop` says so.
    pub async fn send(self: Arc<Self>, mut stop: watch::Receiver<bool>) {
        while !*stop.borrow() && !matches!(self.outlet, Outlet::Test) {
            if let Err(cause) = sms::send_due(&self.house, &self.outlet).await {
                tracing::warn!(%cause, "text messages wait");
            }
            tokio::select! {
                () = tokio::time::sleep(LOOK) => {}
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
        // A gateway outside may be slow: it has a clock of its own.
        if matches!(self.outlet, Outlet::Test) {
            sms::send_due(&self.house, &self.outlet).await?;
        }
        for _ in 0..MOST_IN_A_PASS {
            // A reaction may bring timers due and the other way round: both must have nothing left.
            let ticked = promises::tick(&self.house).await?;
            if !self.one_job().await? && !ticked {
                break;
            }
        }
        self.tidy().await
    }
    /// False when no job is due.
    async fn one_job(&self) -> Result<bool, Error> {
        let Some(job) = jobs::claim(&self.house).await? else { return Ok(false) };
        if let Err(cause) = reactions::run(&self.house, &job).await {
            tracing::warn!(reaction = job.reaction, %cause, "a job failed");
            jobs::failed(&self.house, &job, &cause.to_string()).await?;
        }
        Ok(true)
    }
    /// Once an hour: certificates that run out are told; answers to repeated requests are kept for a week (R10).
    async fn tidy(&self) -> Result<(), Error> {
        let hour = self.house.now().millis() / HOUR;
        if self.tidied.swap(hour, Ordering::Relaxed) != hour {
            // CRT-91: hourly, since midnight comes to sites of different zones at different hours; told once each.
            certificates::remind(&self.house).await?;
            store::forget_answers(&self.house, self.house.now().plus_millis(-ANSWERS_KEPT)).await?;
        }
        Ok(())
    }
}
