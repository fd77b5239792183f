//! The one writer of SQLite. Transactions that wait for their turn share one commit and so one sync: each runs in a
//! savepoint of its own, and none is told "done" before the shared commit is on disk.

use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::Duration,
};

use sqlx::{
    ConnectOptions, Connection, SqliteConnection, SqlitePool,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use tokio::sync::{Mutex, OwnedMutexGuard, oneshot};

use crate::DbError;

/// How long a connection for reading is used.
const READER: Duration = Duration::from_secs(300);

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
    conn: Option<SqliteConnection>,
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

fn options(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(5))
        .pragma("secure_delete", "ON")
        .pragma("trusted_schema", "OFF")
        .pragma("cell_size_check", "ON")
        .pragma("cache_size", "-16384")
        .statement_cache_capacity(512)
        .disable_statement_logging()
}

pub async fn open(path: &Path) -> Result<(Writer, SqlitePool), DbError> {
    let mut conn = SqliteConnection::connect_with(&options(path)).await?;
    let version: String = sqlx::query_scalar("SELECT sqlite_version()").fetch_one(&mut conn).await?;
    if parts(&version) < [3, 51, 3] {
        return Err(DbError::TooOld(version));
    }
    let readers =
        SqlitePoolOptions::new().max_connections(4).min_connections(1).acquire_timeout(Duration::from_secs(10));
    // A connection learns how many rows there are when it opens.
    let readers = readers.max_lifetime(READER);
    let readers = readers.connect_with(options(path).create_if_missing(false).pragma("query_only", "ON")).await?;
    let broken = Arc::<AtomicBool>::default();
    let pen = Pen { conn: Some(conn), open: false, pending: Vec::new(), broken: Arc::clone(&broken) };
    Ok((Writer { gate: Arc::new(Mutex::new(pen)), waiting: Arc::default(), broken }, readers))
}

fn parts(version: &str) -> [u32; 3] {
    let mut parts = version.split('.').map(|part| part.parse().unwrap_or(0));
    std::array::from_fn(|_| parts.next().unwrap_or(0))
}

pub async fn copy_into(readers: &SqlitePool, target: &Path) -> Result<(), DbError> {
    let mut conn = readers.acquire().await?;
    sqlx::query("VACUUM INTO $1").bind(target.display().to_string()).execute(&mut *conn).await?;
    Ok(())
}

/// Counts one who waits, also when the wait is given up.
struct Waiting(Writer);
impl Drop for Waiting {
    fn drop(&mut self) {
        self.0.waiting.fetch_sub(1, Ordering::SeqCst);
    }
}

impl Writer {
    pub async fn begin(&self) -> Result<Turn, DbError> {
        // If this wait is given up, somebody who counted on us to commit would wait for ever: see `settle_later`. Declared
        // first, so that it looks after we are no longer counted as waiting.
        let guard = GivenUp(Some(self.clone()));
        self.waiting.fetch_add(1, Ordering::SeqCst);
        let waiting = Waiting(self.clone());
        let pen = self.gate.clone().lock_owned().await;
        std::mem::forget(guard.disarm());
        drop(waiting);
        let writer = self.clone();
        to_its_end(async move { Turn::open(pen, writer).await }).await
    }
    pub fn is_broken(&self) -> bool {
        self.broken.load(Ordering::SeqCst)
    }
    pub async fn close(&self) {
        if let Some(conn) = self.gate.lock().await.conn.take() {
            let _ = conn.close().await;
        }
    }
    /// Commits what is still open, once the pen is free: for turns that end without saying so.
    fn settle_later(&self) {
        let writer = self.clone();
        if let Ok(runtime) = tokio::runtime::Handle::try_current() {
            runtime.spawn(async move {
                let mut pen = writer.gate.clone().lock_owned().await;
                if writer.waiting.load(Ordering::SeqCst) == 0 && pen.open {
                    let _ = pen.commit().await;
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
    fn conn(&mut self) -> Result<&mut SqliteConnection, DbError> {
        self.conn.as_mut().ok_or_else(|| DbError::Unreachable("the database is closed".into()))
    }
    async fn say(&mut self, sql: &'static str) -> Result<(), DbError> {
        sqlx::query(sql).execute(self.conn()?).await?;
        Ok(())
    }
    async fn begin(&mut self) -> Result<(), DbError> {
        if self.broken.load(Ordering::SeqCst) {
            return Err(DbError::Io("an earlier commit failed".into()));
        }
        if !self.open {
            self.say("BEGIN IMMEDIATE").await?;
            self.open = true;
        }
        self.say("SAVEPOINT turn").await
    }
    /// Makes the group durable, or tells everybody in it that it is not.
    async fn commit(&mut self) -> Result<(), DbError> {
        let done = self.say("COMMIT").await;
        if let Err(DbError::Io(_)) = done {
            self.broken.store(true, Ordering::SeqCst);
        }
        if done.is_err() {
            let _ = self.say("ROLLBACK").await;
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
    async fn undo(&mut self, full: bool) -> Result<(), DbError> {
        let undone = match self.say("ROLLBACK TO turn").await {
            Ok(()) => self.say("RELEASE turn").await,
            Err(cause) => Err(cause),
        };
        if undone.is_err() {
            let _ = self.say("ROLLBACK").await;
            self.tell(if full { Ended::Full } else { Ended::Lost });
        }
        Ok(())
    }
}

impl Turn {
    pub fn conn(&mut self) -> Result<&mut SqliteConnection, DbError> {
        self.pen.as_mut().ok_or_else(|| DbError::Unreachable("the turn is over".into()))?.conn()
    }
    /// Keeps in mind how a statement of this turn ended.
    pub const fn met<T>(&mut self, done: &Result<T, DbError>) {
        self.full |= matches!(done, Err(DbError::Full));
    }
    async fn open(pen: OwnedMutexGuard<Pen>, writer: Writer) -> Result<Self, DbError> {
        let mut turn = Self { pen: Some(pen), writer, full: false };
        let begun = match turn.pen.as_mut() {
            Some(pen) => pen.begin().await,
            None => Ok(()),
        };
        turn.met(&begun);
        begun.map(|()| turn)
    }
    /// Returns when what was written is on disk.
    pub async fn commit(self) -> Result<(), DbError> {
        to_its_end(self.settle()).await
    }
    async fn settle(mut self) -> Result<(), DbError> {
        let mut pen = self.pen.take().ok_or_else(|| DbError::Unreachable("the turn is over".into()))?;
        if let Err(cause) = pen.say("RELEASE turn").await {
            self.pen = Some(pen);
            return Err(cause);
        }
        if self.writer.waiting.load(Ordering::SeqCst) == 0 || pen.pending.len() >= GROUP {
            return pen.commit().await;
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

/// Beginning and committing are never left half done, even when the request that asked for them is dropped: the pen would
/// no longer know where its transaction stands. A turn that nobody takes over is taken back by its drop.
async fn to_its_end<T: Send + 'static>(
    work: impl Future<Output = Result<T, DbError>> + Send + 'static,
) -> Result<T, DbError> {
    let lost = |cause: tokio::task::JoinError| DbError::Unreachable(cause.to_string());
    tokio::spawn(work).await.map_err(lost)?
}

impl Drop for Turn {
    /// A turn that was not committed is taken back, even when its request was dropped half-way.
    fn drop(&mut self) {
        let Some(mut pen) = self.pen.take() else { return };
        let (writer, full) = (self.writer.clone(), self.full);
        if let Ok(runtime) = tokio::runtime::Handle::try_current() {
            runtime.spawn(async move {
                let _ = pen.undo(full).await;
                if pen.open && writer.waiting.load(Ordering::SeqCst) == 0 {
                    let _ = pen.commit().await;
                }
            });
        }
    }
}
