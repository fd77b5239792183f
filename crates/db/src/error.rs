/// What can go wrong between us and the database. A refusal by a rule is never one of these.
#[derive(Debug, thiserror::Error)]
pub enum DbError {
    #[error("no such row")]
    Missing,
    /// A unique constraint said no: its name on PostgreSQL, `table.column` on SQLite.
    #[error("already there: {0}")]
    Taken(String),
    #[error("refused by a constraint: {0}")]
    Constraint(String),
    /// Another transaction won; the whole verb may be run again.
    #[error("overtaken by another transaction")]
    Overtaken,
    #[error("the disk is full")]
    Full,
    /// The storage failed under a commit; what is on disk is unknown.
    #[error("the storage failed: {0}")]
    Io(String),
    #[error("the data folder is in use by another process")]
    InUse,
    /// A row that we cannot read: our own mistake or a damaged file.
    #[error("{table}.{column} cannot be read: {why}")]
    Unreadable { table: &'static str, column: String, why: String },
    #[error("the database is newer than this program: migration {0}")]
    Newer(i64),
    #[error("SQLite {0} is too old: 3.51.3 or later is needed")]
    TooOld(String),
    #[error("the database cannot be reached: {0}")]
    Unreachable(String),
    /// Any other refusal of the engine, in its words.
    #[error("{0}")]
    Sql(String),
}

impl From<sqlx::Error> for DbError {
    fn from(error: sqlx::Error) -> Self {
        match &error {
            sqlx::Error::RowNotFound => Self::Missing,
            sqlx::Error::PoolTimedOut | sqlx::Error::Io(_) => Self::Unreachable(error.to_string()),
            sqlx::Error::Database(cause) => of_postgres(cause.as_ref()).unwrap_or_else(|| Self::Sql(error.to_string())),
            _ => Self::Sql(error.to_string()),
        }
    }
}

/// 53100: disk full; 40001 and 40P01: lost races.
fn of_postgres(cause: &dyn sqlx::error::DatabaseError) -> Option<DbError> {
    let message = || cause.message().to_string();
    match cause.code().unwrap_or_default().as_ref() {
        "53100" => Some(DbError::Full),
        "40001" | "40P01" => Some(DbError::Overtaken),
        "23505" => Some(DbError::Taken(cause.constraint().map_or_else(message, ToString::to_string))),
        "23503" | "23514" | "23502" => Some(DbError::Constraint(message())),
        _ => None,
    }
}

impl From<rusqlite::Error> for DbError {
    fn from(error: rusqlite::Error) -> Self {
        match &error {
            rusqlite::Error::QueryReturnedNoRows => Self::Missing,
            rusqlite::Error::SqliteFailure(cause, said) => {
                let said = said.clone().unwrap_or_else(|| cause.to_string());
                of_sqlite(cause.extended_code, &said).unwrap_or(Self::Sql(said))
            }
            _ => Self::Sql(error.to_string()),
        }
    }
}

/// The last byte of an extended code is its primary one: 10 is an I/O error, 13 a full disk. 2067 and 1555 are unique.
fn of_sqlite(code: i32, said: &str) -> Option<DbError> {
    match code {
        _ if code & 0xff == 10 => Some(DbError::Io(said.to_string())),
        _ if code & 0xff == 13 => Some(DbError::Full),
        2067 | 1555 => Some(DbError::Taken(said.trim_start_matches("UNIQUE constraint failed: ").to_string())),
        787 | 275 | 1299 | 1811 => Some(DbError::Constraint(said.to_string())),
        _ => None,
    }
}
