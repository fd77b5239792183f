use std::borrow::Cow;

use sqlx::{AssertSqlSafe, PgConnection, Postgres, Transaction, pool::PoolConnection};

use crate::{DbError, FromRow, Row, Sql, Value, sqlite, trail::Trail};

/// Values in one statement to PostgreSQL, which takes 65,535 at most.
const MOST_VALUES: usize = 8_000;

/// A connection that statements can be sent over: inside a transaction or outside.
pub struct Link {
    wire: Wire,
    trail: Trail,
}

enum Wire {
    SqliteReader(sqlite::Reader),
    SqliteTurn(sqlite::Turn),
    PgReader(PoolConnection<Postgres>),
    PgTx(Transaction<'static, Postgres>),
}

/// A writing transaction. Dropped without `commit` it leaves no trace.
pub struct Tx(Link);

impl std::ops::Deref for Tx {
    type Target = Link;
    fn deref(&self) -> &Link {
        &self.0
    }
}
impl std::ops::DerefMut for Tx {
    fn deref_mut(&mut self) -> &mut Link {
        &mut self.0
    }
}

impl Tx {
    pub(crate) const fn sqlite(turn: sqlite::Turn, trail: Trail) -> Self {
        Self(Link { wire: Wire::SqliteTurn(turn), trail })
    }
    pub(crate) const fn postgres(tx: Transaction<'static, Postgres>, trail: Trail) -> Self {
        Self(Link { wire: Wire::PgTx(tx), trail })
    }
    pub async fn commit(self) -> Result<(), DbError> {
        match self.0.wire {
            Wire::SqliteTurn(turn) => turn.commit().await,
            Wire::PgTx(tx) => Ok(tx.commit().await?),
            Wire::SqliteReader(_) | Wire::PgReader(_) => Ok(()),
        }
    }
    pub fn into_link(self) -> Link {
        self.0
    }
    pub fn from_link(link: Link) -> Self {
        Self(link)
    }
}

enum Conn<'c> {
    Sqlite(&'c mut sqlite::Connection),
    Pg(&'c mut PgConnection),
}

impl Link {
    pub(crate) const fn sqlite(reader: sqlite::Reader, trail: Trail) -> Self {
        Self { wire: Wire::SqliteReader(reader), trail }
    }
    pub(crate) const fn postgres(conn: PoolConnection<Postgres>, trail: Trail) -> Self {
        Self { wire: Wire::PgReader(conn), trail }
    }
    fn conn(&mut self) -> Result<Conn<'_>, DbError> {
        Ok(match &mut self.wire {
            Wire::SqliteReader(reader) => Conn::Sqlite(reader.conn()?),
            Wire::SqliteTurn(turn) => Conn::Sqlite(turn.conn()?),
            Wire::PgReader(conn) => Conn::Pg(conn),
            Wire::PgTx(tx) => Conn::Pg(tx),
        })
    }
    /// Rows changed.
    pub async fn run(&mut self, sql: Sql) -> Result<u64, DbError> {
        let done = self.execute(sql).await;
        self.met(done)
    }
    pub async fn all<T: FromRow>(&mut self, sql: Sql) -> Result<Vec<T>, DbError> {
        let done = self.fetch(sql).await;
        self.met(done)
    }
    /// Many rows at once: `head` is `INSERT INTO t (a, b)`, and every row has as many values as columns.
    pub async fn insert(&mut self, head: &'static str, rows: Vec<Vec<Value>>) -> Result<(), DbError> {
        let Some(width) = rows.first().map(Vec::len).filter(|width| *width > 0) else { return Ok(()) };
        if let Conn::Sqlite(conn) = self.conn()? {
            let places = (1..=width).map(|place| format!("?{place}")).collect::<Vec<_>>().join(", ");
            let done = conn.run_each(&format!("{head} VALUES ({places})"), &rows);
            return self.met(done);
        }
        let mut rows = rows.into_iter().peekable();
        while rows.peek().is_some() {
            let mut sql = Sql::new(head).push(" VALUES ");
            for (index, row) in rows.by_ref().take((MOST_VALUES / width).max(1)).enumerate() {
                sql = sql.push(if index == 0 { "" } else { ", " }).row(row);
            }
            self.run(sql).await?;
        }
        Ok(())
    }
    /// On the one writer of SQLite a full disk may end more than the statement.
    fn met<T>(&mut self, done: Result<T, DbError>) -> Result<T, DbError> {
        if let Wire::SqliteTurn(turn) = &mut self.wire {
            turn.met(&done);
        }
        done
    }
    async fn execute(&mut self, sql: Sql) -> Result<u64, DbError> {
        let (text, values) = sql.into_parts();
        self.trail.pass(&text, &values);
        match self.conn()? {
            Conn::Sqlite(conn) => conn.run(&spell(&text, false), &values),
            Conn::Pg(conn) => {
                let text = spell(&text, true).into_owned();
                Ok(bind_pg(sqlx::query(AssertSqlSafe(text)), values).execute(conn).await?.rows_affected())
            }
        }
    }
    async fn fetch<T: FromRow>(&mut self, sql: Sql) -> Result<Vec<T>, DbError> {
        let (text, values) = sql.into_parts();
        self.trail.pass(&text, &values);
        match self.conn()? {
            Conn::Sqlite(conn) => conn.all(&spell(&text, false), &values),
            Conn::Pg(conn) => {
                let text = spell(&text, true).into_owned();
                let rows = bind_pg(sqlx::query(AssertSqlSafe(text)), values).fetch_all(conn).await?;
                rows.iter().map(|row| T::from_row(&Row::postgres(row))).collect()
            }
        }
    }
    /// Tells every node that listens on `channel`, at the commit. With the embedded database there is one node only,
    /// which knows already.
    pub async fn notify(&mut self, channel: &'static str, text: &str) -> Result<(), DbError> {
        if let Conn::Pg(conn) = self.conn()? {
            sqlx::query("SELECT pg_notify($1, $2)").bind(channel).bind(text).execute(conn).await?;
        }
        Ok(())
    }
    pub async fn opt<T: FromRow>(&mut self, sql: Sql) -> Result<Option<T>, DbError> {
        Ok(self.all(sql).await?.into_iter().next())
    }
    pub async fn one<T: FromRow>(&mut self, sql: Sql) -> Result<T, DbError> {
        self.opt(sql).await?.ok_or(DbError::Missing)
    }
}

/// The words in braces, in the engine's own spelling.
fn spell(text: &str, postgres: bool) -> Cow<'_, str> {
    if !text.contains('{') {
        return Cow::Borrowed(text);
    }
    let (lock, skip) = if postgres { ("FOR UPDATE", "FOR UPDATE SKIP LOCKED") } else { ("", "") };
    Cow::Owned(text.replace("{lock}", lock).replace("{skip}", skip))
}

type PgQuery<'q> = sqlx::query::Query<'q, Postgres, <Postgres as sqlx::Database>::Arguments>;

fn bind_pg(query: PgQuery<'_>, values: Vec<Value>) -> PgQuery<'_> {
    values.into_iter().fold(query, |query, value| match value {
        Value::Int(value) => query.bind(value),
        Value::Text(value) => query.bind(value),
        Value::Id(value) => query.bind(value),
        Value::Bytes(value) => query.bind(value),
    })
}
