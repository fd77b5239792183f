use std::{
    borrow::Cow,
    path::Path,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use rusqlite::{
    CachedStatement, OpenFlags, ToSql,
    config::DbConfig,
    types::{Null, ToSqlOutput, ValueRef},
};

use crate::{DbError, FromRow, Row, Value};

/// Set on every connection, in this order.
const PRAGMAS: &[(&str, &str)] = &[
    ("journal_mode", "WAL"),
    ("synchronous", "FULL"),
    ("foreign_keys", "ON"),
    ("secure_delete", "ON"),
    ("trusted_schema", "OFF"),
    ("cell_size_check", "ON"),
    ("cache_size", "-16384"),
    ("temp_store", "MEMORY"),
];

/// Statements that a connection keeps ready.
const READY: usize = 512;

/// One connection. The lock is never waited for: it only makes the connection a thing that threads may share.
pub struct Connection(Mutex<rusqlite::Connection>);

impl Connection {
    pub fn to_write(path: &Path) -> Result<Self, DbError> {
        Self::open(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE)
    }
    /// Refuses whatever would change a row.
    pub fn to_read(path: &Path) -> Result<Self, DbError> {
        let mut reader = Self::open(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        reader.inner().pragma_update(None, "query_only", "ON")?;
        Ok(reader)
    }
    fn open(path: &Path, flags: OpenFlags) -> Result<Self, DbError> {
        let conn = rusqlite::Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
        conn.busy_timeout(Duration::from_secs(5))?;
        conn.set_prepared_statement_cache_capacity(READY);
        // A statement keeps its plan: else the engine reads and plans it anew whenever other values are bound.
        conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
        for (name, value) in PRAGMAS {
            conn.pragma_update(None, name, value)?;
        }
        Ok(Self(Mutex::new(conn)))
    }
    fn inner(&mut self) -> &mut rusqlite::Connection {
        self.0.get_mut().unwrap_or_else(PoisonError::into_inner)
    }
    pub fn is_in_transaction(&mut self) -> bool {
        !self.inner().is_autocommit()
    }
    /// Rows changed.
    pub fn run(&mut self, text: &str, values: &[Value]) -> Result<u64, DbError> {
        let conn = self.inner();
        let mut statement = conn.prepare_cached(&numbered(text))?;
        step_through(&mut statement, values)?;
        Ok(conn.changes())
    }
    /// The same statement for every row of `rows`: read once, run as often.
    pub fn run_each(&mut self, text: &str, rows: &[Vec<Value>]) -> Result<(), DbError> {
        let mut statement = self.inner().prepare_cached(&numbered(text))?;
        rows.iter().try_for_each(|values| step_through(&mut statement, values))
    }
    pub fn all<T: FromRow>(&mut self, text: &str, values: &[Value]) -> Result<Vec<T>, DbError> {
        let mut all = Vec::new();
        self.each(text, values, |row| T::from_row(&row).map(|row| all.push(row)))?;
        Ok(all)
    }
    pub fn one<T: FromRow>(&mut self, text: &str) -> Result<T, DbError> {
        self.all(text, &[])?.into_iter().next().ok_or(DbError::Missing)
    }
    /// Gives each row to `take`, while the engine stands at it.
    pub fn each<E: From<DbError>>(
        &mut self,
        text: &str,
        values: &[Value],
        mut take: impl FnMut(Row) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut statement = self.inner().prepare_cached(&numbered(text)).map_err(DbError::from)?;
        let names: Vec<String> = statement.column_names().into_iter().map(ToString::to_string).collect();
        bind(&mut statement, values)?;
        let mut rows = statement.raw_query();
        while let Some(row) = rows.next().map_err(DbError::from)? {
            take(Row::sqlite(row, &names))?;
        }
        Ok(())
    }
}

fn step_through(statement: &mut CachedStatement, values: &[Value]) -> Result<(), DbError> {
    bind(statement, values)?;
    let mut rows = statement.raw_query();
    while rows.next()?.is_some() {}
    Ok(())
}

/// Every `$n` has its value, and every value its `$n`.
fn bind(statement: &mut CachedStatement, values: &[Value]) -> Result<(), DbError> {
    let wanted = statement.parameter_count();
    if wanted != values.len() {
        return Err(DbError::Sql(format!("{wanted} values are asked for, {} given", values.len())));
    }
    for (index, value) in values.iter().enumerate() {
        statement.raw_bind_parameter(index + 1, value)?;
    }
    Ok(())
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self {
            Self::Int(Some(value)) => ToSqlOutput::from(*value),
            Self::Text(Some(value)) => ToSqlOutput::Borrowed(ValueRef::Text(value.as_bytes())),
            Self::Id(Some(value)) => ToSqlOutput::Borrowed(ValueRef::Blob(value.as_bytes())),
            Self::Bytes(Some(value)) => ToSqlOutput::Borrowed(ValueRef::Blob(value)),
            Self::Int(None) | Self::Text(None) | Self::Id(None) | Self::Bytes(None) => ToSqlOutput::from(Null),
        })
    }
}

/// `?n` for `$n`: to this engine `$n` is a name, to be searched for among all names, and `?n` a number.
fn numbered(text: &str) -> Cow<'_, str> {
    if !text.contains('$') {
        return Cow::Borrowed(text);
    }
    let mut pieces = text.split('$');
    let mut plain = String::with_capacity(text.len());
    plain.push_str(pieces.next().unwrap_or_default());
    for piece in pieces {
        plain.push(if piece.starts_with(|first: char| first.is_ascii_digit()) { '?' } else { '$' });
        plain.push_str(piece);
    }
    Cow::Owned(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_stands_for_its_value_wherever_and_however_often_it_is_asked() {
        let mut conn = Connection::to_write(Path::new(":memory:")).expect("opens");
        let values = [Value::Text(Some("a".into())), Value::Text(Some("b".into()))];
        let said: Vec<String> = conn.all("SELECT $2 || $1 || $2 || '$.x' AS value", &values).expect("answers");
        assert_eq!(said, ["bab$.x"]);
    }

    #[test]
    fn a_value_too_few_or_too_many_is_refused() {
        let mut conn = Connection::to_write(Path::new(":memory:")).expect("opens");
        for values in [vec![], vec![Value::Int(Some(1)), Value::Int(Some(2))]] {
            assert!(matches!(conn.all::<i64>("SELECT $1 AS value", &values), Err(DbError::Sql(_))));
        }
    }

    #[test]
    fn a_row_is_never_read_as_what_it_is_not() {
        let mut conn = Connection::to_write(Path::new(":memory:")).expect("opens");
        assert!(matches!(conn.one::<i64>("SELECT 'one' AS value"), Err(DbError::Unreadable { .. })));
        assert!(matches!(conn.one::<String>("SELECT NULL AS value"), Err(DbError::Unreadable { .. })));
        assert!(matches!(conn.one::<i64>("SELECT 1 AS other"), Err(DbError::Unreadable { .. })));
        assert_eq!(conn.one::<Option<i64>>("SELECT NULL AS value").expect("answers"), None);
    }
}
