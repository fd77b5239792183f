use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use sqlx::{
    PgPool,
    postgres::{PgConnectOptions, PgPoolOptions},
};

use crate::{DbError, FromRow, Params, Sql, Tx, sqlite, trail::Trail, tx::Link};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

/// An open database. Cheap to clone.
#[derive(Clone)]
pub struct Db(pub(crate) Inner, Arc<AtomicBool>, pub(crate) Trail);

#[derive(Clone)]
pub(crate) enum Inner {
    Sqlite { writer: sqlite::Writer, readers: sqlite::Readers },
    Postgres(PgPool),
}

impl Db {
    /// Opens (and makes) the SQLite file at `path`.
    /// Errors: `TooOld` for an engine below 3.51.3, `Sql` for a file that is no database.
    pub async fn open_sqlite(path: &Path) -> Result<Self, DbError> {
        let (writer, readers) = sqlite::open(path)?;
        Ok(Self(Inner::Sqlite { writer, readers }, Arc::default(), Trail::default()))
    }
    /// Opens a PostgreSQL database by its URL. Errors: `Unreachable`.
    pub async fn open_postgres(url: &str, connections: u32) -> Result<Self, DbError> {
        let options: PgConnectOptions =
            url.parse().map_err(|cause: sqlx::Error| DbError::Unreachable(cause.to_string()))?;
        let pool = PgPoolOptions::new().max_connections(connections).acquire_timeout(Duration::from_secs(10));
        let pool = pool.connect_with(options).await.map_err(|cause| DbError::Unreachable(cause.to_string()))?;
        Ok(Self(Inner::Postgres(pool), Arc::default(), Trail::default()))
    }
    pub const fn engine(&self) -> Engine {
        match self.0 {
            Inner::Sqlite { .. } => Engine::Sqlite,
            Inner::Postgres(_) => Engine::Postgres,
        }
    }
    /// R14: while this is on every write is refused with `Full` before it begins; reading goes on.
    pub fn refuse_writes(&self, full: bool) {
        self.1.store(full, Ordering::Relaxed);
    }
    /// R13: a commit or sync failed below us (not for want of space), so what is on disk is unknown. Nothing more is
    /// written by this process; it should end.
    pub fn is_broken(&self) -> bool {
        match &self.0 {
            Inner::Sqlite { writer, .. } => writer.is_broken(),
            Inner::Postgres(_) => false,
        }
    }
    /// Begins a writing transaction. On SQLite there is one writer: this waits for its turn.
    /// Errors: `Full` while writes are refused, `Io` after a failed commit.
    pub async fn begin(&self) -> Result<Tx, DbError> {
        if self.1.load(Ordering::Relaxed) {
            return Err(DbError::Full);
        }
        match &self.0 {
            Inner::Sqlite { writer, .. } => Ok(Tx::sqlite(writer.begin().await?, self.2.clone())),
            Inner::Postgres(pool) => Ok(Tx::postgres(pool.begin().await?, self.2.clone())),
        }
    }
    /// A connection to read from, outside a transaction.
    pub async fn link(&self) -> Result<Link, DbError> {
        match &self.0 {
            Inner::Sqlite { readers, .. } => Ok(Link::sqlite(readers.acquire().await?, self.2.clone())),
            Inner::Postgres(pool) => Ok(Link::postgres(pool.acquire().await?, self.2.clone())),
        }
    }
    pub async fn all<T: FromRow>(&self, sql: &'static str, params: impl Params) -> Result<Vec<T>, DbError> {
        self.link().await?.all(Sql::from_parts(sql, params.values())).await
    }
    pub async fn one<T: FromRow>(&self, sql: &'static str, params: impl Params) -> Result<T, DbError> {
        self.link().await?.opt(Sql::from_parts(sql, params.values())).await?.ok_or(DbError::Missing)
    }
    /// Writes `VACUUM INTO`'s consistent copy to `target`. SQLite only; reading goes on meanwhile.
    pub async fn copy_into(&self, target: &Path) -> Result<(), DbError> {
        match &self.0 {
            Inner::Sqlite { readers, .. } => readers.copy_into(target).await,
            Inner::Postgres(_) => Err(DbError::Unreachable("a copy is made of an embedded database only".into())),
        }
    }
    pub async fn close(&self) {
        match &self.0 {
            Inner::Sqlite { writer, readers } => {
                readers.close().await;
                writer.close().await;
            }
            Inner::Postgres(pool) => pool.close().await,
        }
    }
}
