use std::{
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::{Connection, at_length};
use crate::DbError;

/// Readers at once.
const MOST: u32 = 4;
/// How long one waits for a reader.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long a connection is used: it learns how many rows there are when it opens.
const LIFE: Duration = Duration::from_secs(300);

/// Connections that only read.
#[derive(Clone)]
pub struct Readers(Arc<Pool>);

struct Pool {
    path: PathBuf,
    places: Arc<Semaphore>,
    idle: Mutex<Vec<Open>>,
    closed: AtomicBool,
}

struct Open {
    conn: Connection,
    since: Instant,
}

/// One of them, given back by its drop.
pub struct Reader {
    open: Option<Open>,
    pool: Arc<Pool>,
    _place: OwnedSemaphorePermit,
}

impl Readers {
    pub fn open(path: &Path) -> Result<Self, DbError> {
        let pool = Pool {
            path: path.to_path_buf(),
            places: Arc::new(Semaphore::new(MOST as usize)),
            idle: Mutex::default(),
            closed: AtomicBool::new(false),
        };
        let first = pool.connect()?;
        pool.idle().push(first);
        Ok(Self(Arc::new(pool)))
    }
    /// Errors: `Unreachable` after ten seconds without one, or once all is closed.
    pub async fn acquire(&self) -> Result<Reader, DbError> {
        let place = tokio::time::timeout(PATIENCE, Arc::clone(&self.0.places).acquire_owned()).await;
        let place = place.map_err(|_| DbError::Unreachable("every reader is busy".into()))?;
        let place = place.map_err(|_| closed())?;
        let kept = self.0.idle().pop().filter(|open| open.since.elapsed() < LIFE);
        let open = kept.map_or_else(|| self.0.connect(), Ok)?;
        Ok(Reader { open: Some(open), pool: Arc::clone(&self.0), _place: place })
    }
    /// Waits for those who still read, as long as one would wait for a reader.
    pub async fn close(&self) {
        self.0.closed.store(true, Ordering::SeqCst);
        let all = tokio::time::timeout(PATIENCE, self.0.places.acquire_many(MOST)).await;
        self.0.places.close();
        self.0.idle().clear();
        drop(all);
    }
    pub async fn copy_into(&self, target: &Path) -> Result<(), DbError> {
        let mut reader = self.acquire().await?;
        let target = crate::Value::Text(Some(target.display().to_string()));
        at_length(|| reader.conn()?.run("VACUUM INTO $1", &[target])).map(drop)
    }
}

fn closed() -> DbError {
    DbError::Unreachable("the database is closed".into())
}

impl Pool {
    fn connect(&self) -> Result<Open, DbError> {
        Ok(Open { conn: Connection::to_read(&self.path)?, since: Instant::now() })
    }
    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<Open>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Reader {
    pub fn conn(&mut self) -> Result<&mut Connection, DbError> {
        self.open.as_mut().map(|open| &mut open.conn).ok_or_else(closed)
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        let Some(mut open) = self.open.take() else { return };
        let settled = !open.conn.is_in_transaction() || open.conn.run("ROLLBACK", &[]).is_ok();
        if settled && !self.pool.closed.load(Ordering::SeqCst) {
            self.pool.idle().push(open);
        }
    }
}
