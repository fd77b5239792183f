//! How far a running import is, and whether somebody stopped it. Kept in this process only: the run is one transaction,
//! and nothing of it can be seen from outside before its end.

use std::{
    collections::HashMap,
    sync::{
        Arc, LazyLock, Mutex,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
};

use kernel::Error;

use super::{model::ImportId, refusal::Refused};

#[derive(Debug, Default)]
pub struct Progress {
    done: AtomicUsize,
    whole: AtomicUsize,
    stopped: AtomicBool,
}

static RUNNING: LazyLock<Mutex<HashMap<ImportId, Arc<Progress>>>> = LazyLock::new(Mutex::default);

impl Progress {
    pub fn begin(&self, whole: usize) {
        self.whole.store(whole, Ordering::Relaxed);
    }
    /// Some more is written. Errors: `Cancelled` once somebody stopped it.
    pub fn step(&self, more: usize) -> Result<(), Error> {
        self.done.fetch_add(more, Ordering::Relaxed);
        if self.stopped.load(Ordering::Relaxed) { Err(Refused::Cancelled.into()) } else { Ok(()) }
    }
    pub fn stop(&self) {
        self.stopped.store(true, Ordering::Relaxed);
    }
    /// (done, whole)
    pub fn stand(&self) -> (usize, usize) {
        (self.done.load(Ordering::Relaxed), self.whole.load(Ordering::Relaxed))
    }
}

/// Registered while it lives.
pub struct Running {
    id: ImportId,
    pub progress: Arc<Progress>,
}

impl Running {
    pub fn new(id: ImportId) -> Self {
        let progress = Arc::<Progress>::default();
        lock().insert(id, Arc::clone(&progress));
        Self { id, progress }
    }
}
impl Drop for Running {
    fn drop(&mut self) {
        lock().remove(&self.id);
    }
}

/// The import that runs in this process under this id.
pub fn running(id: ImportId) -> Option<Arc<Progress>> {
    lock().get(&id).cloned()
}

fn lock() -> std::sync::MutexGuard<'static, HashMap<ImportId, Arc<Progress>>> {
    RUNNING.lock().expect("nobody panics while holding it")
}
