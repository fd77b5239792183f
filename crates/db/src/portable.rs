//! A whole database as plain rows, the same for both engines: read from one snapshot while others write, and put back
//! into an empty schema.

use futures::TryStreamExt;
use sqlx::{AssertSqlSafe, Column as _, Postgres, Row as _, Transaction, postgres::PgRow};

use crate::{Db, DbError, Engine, FromRow, Row, Sql, Tx, Value, engine::Inner, sqlite};

/// Rows in one statement when putting back; SQLite takes 32,766 values at most.
const MOST_VALUES: usize = 8_000;

/// One table with its columns, in the order of their making.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    pub name: String,
    pub columns: Vec<String>,
}

/// Everything as it was at one moment.
pub struct Snapshot(Wire);

enum Wire {
    Sqlite(sqlite::Reader),
    Pg(Transaction<'static, Postgres>),
}

impl Db {
    /// Holds the database as it is now; writing goes on meanwhile.
    pub async fn snapshot(&self) -> Result<Snapshot, DbError> {
        let wire = match &self.0 {
            Inner::Sqlite { readers, .. } => {
                let mut reader = readers.acquire().await?;
                reader.conn()?.run("BEGIN", &[])?;
                Wire::Sqlite(reader)
            }
            Inner::Postgres(pool) => {
                Wire::Pg(pool.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await?)
            }
        };
        let mut snapshot = Snapshot(wire);
        // The moment is taken by the first read, on both engines.
        snapshot.steps().await?;
        Ok(snapshot)
    }
}

impl Snapshot {
    /// Numbers of the migrations that made this schema.
    pub async fn steps(&mut self) -> Result<Vec<i64>, DbError> {
        let sql = "SELECT number AS value FROM migrations ORDER BY number";
        Ok(match &mut self.0 {
            Wire::Sqlite(reader) => reader.conn()?.all(sql, &[])?,
            Wire::Pg(tx) => sqlx::query_scalar(sql).fetch_all(&mut **tx).await?,
        })
    }
    /// All tables but the list of migrations, by name.
    pub async fn tables(&mut self) -> Result<Vec<Table>, DbError> {
        let pairs: Vec<(String, String)> = match &mut self.0 {
            Wire::Sqlite(reader) => {
                let pairs = reader.conn()?.all::<Pair>(SQLITE_COLUMNS, &[])?;
                pairs.into_iter().map(|pair| (pair.0, pair.1)).collect()
            }
            Wire::Pg(tx) => sqlx::query_as(PG_COLUMNS).fetch_all(&mut **tx).await?,
        };
        Ok(gathered(pairs))
    }
    /// Gives every row of `table` to `take`, in no promised order. Ids come as bytes, as the embedded engine keeps them.
    pub async fn each<E: From<DbError>>(
        &mut self,
        table: &Table,
        mut take: impl FnMut(Vec<Value>) -> Result<(), E>,
    ) -> Result<(), E> {
        let sql = format!(
            "SELECT {} FROM {}",
            table.columns.iter().map(|name| quoted(name)).collect::<Vec<_>>().join(", "),
            quoted(&table.name)
        );
        match &mut self.0 {
            Wire::Sqlite(reader) => reader.conn()?.each(&sql, &[], |row| take(row.values()?))?,
            Wire::Pg(tx) => {
                let mut rows = sqlx::query(AssertSqlSafe(sql)).fetch(&mut **tx);
                while let Some(row) = rows.try_next().await.map_err(DbError::from)? {
                    take(pg_values(&row)?)?;
                }
            }
        }
        Ok(())
    }
}

const SQLITE_COLUMNS: &str = "SELECT m.name, c.name AS column_name FROM sqlite_master m JOIN pragma_table_info(m.name) c \
     WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name <> 'migrations' ORDER BY m.name, c.cid";
const PG_COLUMNS: &str = "SELECT c.table_name::text, c.column_name::text FROM information_schema.columns c JOIN information_schema.tables t \
     ON t.table_schema = c.table_schema AND t.table_name = c.table_name WHERE c.table_schema = current_schema() \
     AND t.table_type = 'BASE TABLE' AND c.table_name <> 'migrations' ORDER BY c.table_name COLLATE \"C\", c.ordinal_position";

struct Pair(String, String);
impl FromRow for Pair {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        Ok(Self(row.get("name")?, row.get("column_name")?))
    }
}

fn gathered(pairs: Vec<(String, String)>) -> Vec<Table> {
    let mut tables: Vec<Table> = Vec::new();
    for (name, column) in pairs {
        match tables.last_mut() {
            Some(table) if table.name == name => table.columns.push(column),
            _ => tables.push(Table { name, columns: vec![column] }),
        }
    }
    tables
}

/// Names come from the schema itself; a quote in one would be our own mistake.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', ""))
}

fn pg_values(row: &PgRow) -> Result<Vec<Value>, DbError> {
    use sqlx::TypeInfo;
    let one = |index: usize| -> Result<Value, sqlx::Error> {
        Ok(match row.column(index).type_info().name() {
            "INT8" => Value::Int(row.try_get(index)?),
            "TEXT" => Value::Text(row.try_get(index)?),
            "UUID" => Value::Bytes(row.try_get::<Option<uuid::Uuid>, _>(index)?.map(|id| id.as_bytes().to_vec())),
            _ => Value::Bytes(row.try_get(index)?),
        })
    };
    (0..row.len()).map(|index| one(index).map_err(DbError::from)).collect()
}

/// What a column of the target wants: `uuid`, `bigint`, … on PostgreSQL; the embedded engine takes values as they are.
struct Wanted(String, String);
impl FromRow for Wanted {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        Ok(Self(row.get("name")?, row.get("kind")?))
    }
}

/// Puts rows back in one transaction, in any order of tables: foreign keys are checked at the end.
pub struct Loader {
    tx: Tx,
    engine: Engine,
    /// Foreign keys that were taken off, with the statements that put them on again.
    later: Vec<String>,
}

impl Db {
    /// For a schema that was just made. Errors at `finish` when a foreign key does not hold.
    pub async fn loader(&self) -> Result<Loader, DbError> {
        let mut loader = Loader { tx: self.begin().await?, engine: self.engine(), later: Vec::new() };
        match loader.engine {
            Engine::Sqlite => drop(loader.tx.run(Sql::new("PRAGMA defer_foreign_keys = ON")).await?),
            Engine::Postgres => loader.take_off_keys().await?,
        }
        Ok(loader)
    }
}

impl Loader {
    async fn take_off_keys(&mut self) -> Result<(), DbError> {
        let drop = "SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname) AS value FROM pg_constraint \
                    WHERE contype = 'f' AND connamespace = current_schema()::regnamespace ORDER BY oid";
        let add = "SELECT format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) AS value \
                   FROM pg_constraint WHERE contype = 'f' AND connamespace = current_schema()::regnamespace ORDER BY oid";
        self.later = self.tx.all(Sql::new(add)).await?;
        for statement in self.tx.all::<String>(Sql::new(drop)).await? {
            self.tx.run(Sql::owned(statement)).await?;
        }
        Ok(())
    }
    /// Kinds of the columns of `table` in the target; a column that the target lacks is an error of the caller.
    async fn kinds(&mut self, table: &Table) -> Result<Vec<String>, DbError> {
        if self.engine == Engine::Sqlite {
            return Ok(vec![String::new(); table.columns.len()]);
        }
        let sql = "SELECT column_name::text AS name, data_type::text AS kind FROM information_schema.columns \
                   WHERE table_schema = current_schema() AND table_name = ";
        let known: Vec<Wanted> = self.tx.all(Sql::new(sql).bind(table.name.as_str())).await?;
        let kind = |column: &String| known.iter().find(|wanted| wanted.0 == *column).map(|wanted| wanted.1.clone());
        Ok(table.columns.iter().map(|column| kind(column).unwrap_or_default()).collect())
    }
    /// Empties `table` of what the migrations put there.
    pub async fn clear(&mut self, table: &Table) -> Result<(), DbError> {
        self.tx.run(Sql::owned(format!("DELETE FROM {}", quoted(&table.name)))).await?;
        Ok(())
    }
    pub async fn insert(&mut self, table: &Table, rows: Vec<Vec<Value>>) -> Result<(), DbError> {
        let kinds = self.kinds(table).await?;
        let columns = table.columns.iter().map(|name| quoted(name)).collect::<Vec<_>>().join(", ");
        let head = format!("INSERT INTO {} ({columns}) VALUES ", quoted(&table.name));
        let mut rows = rows.into_iter().map(|row| fitted(row, &kinds)).peekable();
        while rows.peek().is_some() {
            let mut sql = Sql::owned(head.clone());
            for (index, row) in rows.by_ref().take((MOST_VALUES / kinds.len().max(1)).max(1)).enumerate() {
                sql = sql.push(if index == 0 { "" } else { ", " }).list(&row);
            }
            self.tx.run(sql).await?;
        }
        Ok(())
    }
    /// Foreign keys are on again and hold, and everything is on disk.
    pub async fn finish(mut self) -> Result<(), DbError> {
        for statement in std::mem::take(&mut self.later) {
            self.tx.run(Sql::owned(statement)).await?;
        }
        self.tx.commit().await
    }
}

/// PostgreSQL keeps ids as `uuid` and asks for the type of a null.
fn fitted(row: Vec<Value>, kinds: &[String]) -> Vec<Value> {
    let one = |(value, kind): (Value, &String)| match (value, kind.as_str()) {
        (Value::Bytes(Some(bytes)), "uuid") => Value::Id(uuid::Uuid::from_slice(&bytes).ok()),
        (Value::Text(None), "uuid") => Value::Id(None),
        (Value::Text(None), "bigint") => Value::Int(None),
        (Value::Text(None), "bytea") => Value::Bytes(None),
        (value, _) => value,
    };
    row.into_iter().zip(kinds).map(one).collect()
}
