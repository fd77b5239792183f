//! What the running program keeps an eye on: free space, the health of its storage, the words of other nodes.

use std::{path::Path, sync::Arc, time::Duration};

use kernel::House;
use tokio::sync::watch::Receiver;

use crate::{own::State, settings::Serve};

const LOOK: Duration = Duration::from_secs(1);
const COUNT: Duration = Duration::from_secs(60);

/// Bytes that we may still write below `folder`.
pub fn free_bytes(folder: &Path) -> std::io::Result<u64> {
    let disk = rustix::fs::statvfs(folder)?;
    Ok(disk.f_bavail.saturating_mul(disk.f_frsize))
}

/// R14: under the watermark writing stops, and goes on by itself when space is back. R13: after a failed commit the
/// program ends.
pub async fn storage(house: House, settings: Serve, state: Arc<State>) {
    let mut full = false;
    while !*state.stop.borrow() {
        let free = free_bytes(&settings.place.data).unwrap_or(u64::MAX);
        let now_full = free < settings.watermark_bytes();
        if now_full != full {
            tracing::warn!(free, full = now_full, "free space crossed the watermark");
            house.db().refuse_writes(now_full);
            full = now_full;
        }
        if house.db().is_broken() {
            tracing::error!("the storage failed under a commit: ending");
            state.stop.send_replace(true);
        }
        tokio::time::sleep(LOOK).await;
    }
}

/// The embedded engine is told again how many rows its tables have, at the start and whenever they may have grown.
pub async fn statistics(house: House, mut stop: Receiver<bool>) {
    while !*stop.borrow() {
        if let Err(cause) = house.db().refresh_statistics().await {
            tracing::debug!(%cause, "the tables were not counted");
        }
        tokio::select! {
            () = tokio::time::sleep(COUNT) => {}
            _ = stop.changed() => {}
        }
    }
}

/// Several nodes on one PostgreSQL: what the others change reaches the pages that are open here.
pub async fn other_nodes(house: House, mut stop: Receiver<bool>) {
    loop {
        let heard = tokio::select! {
            heard = house.live().hear_nodes(house.db()) => heard,
            _ = stop.wait_for(|stop| *stop) => return,
        };
        match heard {
            Ok(()) => return,
            Err(cause) => tracing::warn!(%cause, "the other nodes cannot be heard"),
        }
        tokio::time::sleep(LOOK).await;
    }
}
