//! The one writer of SQLite. Transactions that wait for their turn share one commit and so one sync: each runs in a
//! savepoint of its own, and none is told "done" before the shared commit is on disk.

use std::sync::{
    Arc,
    atomic::{AtomicBool, AtomicUsize, Ordering},
};

use tokio::sync::{Mutex, OwnedMutexGuard, oneshot};

use super::{Connection, at_length};
use crate::DbError;

/// At most this many transactions share one commit; more gains nothing.
const GROUP: usize = 64;

#[derive(Clone)]
pub struct Writer {
    gate: Arc<Mutex<Pen>>,
    waiting: Arc<AtomicUsize>,
    broken: Arc<AtomicBool>,
}

/// What the one who writes holds.
pub struct Pen {
    conn: Option<Connection>,
    /// An outer transaction is open; the transactions in `pending` wait for its commit.
    open: bool,
    pending: Vec<oneshot::Sender<Ended>>,
    /// Set for ever by a commit that failed below the engine.
    broken: Arc<AtomicBool>,
}

/// How the commit that several turns share ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ended {
    OnDisk,
    /// Nothing of it is there, for want of space.
    Full,
    /// Nothing of it is there.
    Lost,
}

impl Ended {
    const fn of(done: &Result<(), DbError>) -> Self {
        match done {
            Ok(()) => Self::OnDisk,
            Err(DbError::Full) => Self::Full,
            Err(_) => Self::Lost,
        }
    }
}

pub struct Turn {
    pen: Option<OwnedMutexGuard<Pen>>,
    writer: Writer,
    /// A statement met a disk that is full: the engine may have taken back the whole group by itself.
    full: bool,
}

/// Counts one who waits, also when the wait is given up.
struct Waiting(Writer);
impl Drop for Waiting {
    fn drop(&mut self) {
        self.0.waiting.fetch_sub(1, Ordering::SeqCst);
    }
}

impl Writer {
    pub fn new(conn: Connection) -> Self {
        let broken = Arc::<AtomicBool>::default();
        let pen = Pen { conn: Some(conn), open: false, pending: Vec::new(), broken: Arc::clone(&broken) };
        Self { gate: Arc::new(Mutex::new(pen)), waiting: Arc::default(), broken }
    }
    pub async fn begin(&self) -> Result<Turn, DbError> {
        // If this wait is given up, somebody who counted on us to commit would wait for ever: see `settle_later`. Declared
        // first, so that it looks after we are no longer counted as waiting.
        let guard = GivenUp(Some(self.clone()));
        self.waiting.fetch_add(1, Ordering::SeqCst);
        let waiting = Waiting(self.clone());
        let pen = self.gate.clone().lock_owned().await;
        drop(guard.disarm());
        drop(waiting);
        Turn::open(pen, self.clone())
    }
    pub fn is_broken(&self) -> bool {
        self.broken.load(Ordering::SeqCst)
    }
    pub async fn close(&self) {
        drop(self.gate.lock().await.conn.take());
    }
    /// Commits what is still open, once the pen is free: for turns that end without saying so.
    fn settle_later(&self) {
        let writer = self.clone();
        if let Ok(runtime) = tokio::runtime::Handle::try_current() {
            runtime.spawn(async move {
                let mut pen = writer.gate.clone().lock_owned().await;
                if writer.waiting.load(Ordering::SeqCst) == 0 && pen.open {
                    let _ = pen.commit();
                }
            });
        }
    }
}

struct GivenUp(Option<Writer>);
impl GivenUp {
    fn disarm(mut self) -> Option<Writer> {
        self.0.take()
    }
}
impl Drop for GivenUp {
    fn drop(&mut self) {
        if let Some(writer) = &self.0 {
            writer.settle_later();
        }
    }
}

impl Pen {
    fn conn(&mut self) -> Result<&mut Connection, DbError> {
        self.conn.as_mut().ok_or_else(|| DbError::Unreachable("the database is closed".into()))
    }
    fn say(&mut self, sql: &'static str) -> Result<(), DbError> {
        self.conn()?.run(sql, &[]).map(drop)
    }
    fn begin(&mut self) -> Result<(), DbError> {
        if self.broken.load(Ordering::SeqCst) {
            return Err(DbError::Io("an earlier commit failed".into()));
        }
        if !self.open {
            at_length(|| self.say("BEGIN IMMEDIATE"))?;
            self.open = true;
        }
        self.say("SAVEPOINT turn")
    }
    /// Makes the group durable, or tells everybody in it that it is not.
    fn commit(&mut self) -> Result<(), DbError> {
        let done = at_length(|| self.say("COMMIT"));
        if let Err(DbError::Io(_)) = done {
            self.broken.store(true, Ordering::SeqCst);
        }
        if done.is_err() {
            let _ = self.say("ROLLBACK");
        }
        self.tell(Ended::of(&done));
        done
    }
    /// Tells everybody in the group, which is over.
    fn tell(&mut self, ended: Ended) {
        self.open = false;
        for waiter in self.pending.drain(..) {
            let _ = waiter.send(ended);
        }
    }
    /// Takes back the last turn alone; if even that fails, the group is lost and everybody is told.
    fn undo(&mut self, full: bool) {
        let undone = match self.say("ROLLBACK TO turn") {
            Ok(()) => self.say("RELEASE turn"),
            Err(cause) => Err(cause),
        };
        if undone.is_err() {
            let _ = self.say("ROLLBACK");
            self.tell(if full { Ended::Full } else { Ended::Lost });
        }
    }
}

impl Turn {
    pub fn conn(&mut self) -> Result<&mut Connection, DbError> {
        self.pen.as_mut().ok_or_else(|| DbError::Unreachable("the turn is over".into()))?.conn()
    }
    /// Keeps in mind how a statement of this turn ended.
    pub const fn met<T>(&mut self, done: &Result<T, DbError>) {
        self.full |= matches!(done, Err(DbError::Full));
    }
    fn open(pen: OwnedMutexGuard<Pen>, writer: Writer) -> Result<Self, DbError> {
        let mut turn = Self { pen: Some(pen), writer, full: false };
        let begun = match turn.pen.as_mut() {
            Some(pen) => pen.begin(),
            None => Ok(()),
        };
        turn.met(&begun);
        begun.map(|()| turn)
    }
    /// Returns when what was written is on disk.
    pub async fn commit(mut self) -> Result<(), DbError> {
        let mut pen = self.pen.take().ok_or_else(|| DbError::Unreachable("the turn is over".into()))?;
        if let Err(cause) = pen.say("RELEASE turn") {
            self.pen = Some(pen);
            return Err(cause);
        }
        if self.writer.waiting.load(Ordering::SeqCst) == 0 || pen.pending.len() >= GROUP {
            return pen.commit();
        }
        let (told, answer) = oneshot::channel();
        pen.pending.push(told);
        drop(pen);
        match answer.await {
            Ok(Ended::OnDisk) => Ok(()),
            Ok(Ended::Full) => Err(DbError::Full),
            _ => Err(DbError::Unreachable("the shared commit failed".into())),
        }
    }
}

impl Drop for Turn {
    /// A turn that was not committed is taken back, even when its request was dropped half-way.
    fn drop(&mut self) {
        let Some(mut pen) = self.pen.take() else { return };
        pen.undo(self.full);
        if pen.open && self.writer.waiting.load(Ordering::SeqCst) == 0 {
            let _ = pen.commit();
        }
    }
}
