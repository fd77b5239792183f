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
    #[error(transparent)]
    Sql(sqlx::Error),
}

impl From<sqlx::Error> for DbError {
    fn from(error: sqlx::Error) -> Self {
        match &error {
            sqlx::Error::RowNotFound => Self::Missing,
            sqlx::Error::PoolTimedOut | sqlx::Error::Io(_) => Self::Unreachable(error.to_string()),
            sqlx::Error::Database(cause) => by_code(cause.as_ref()).unwrap_or(Self::Sql(error)),
            _ => Self::Sql(error),
        }
    }
}

/// SQLite: primary code 13 is FULL, 2067 and 1555 are unique; PostgreSQL: 53100 disk full, 40001 and 40P01 lost races.
fn by_code(cause: &dyn sqlx::error::DatabaseError) -> Option<DbError> {
    let code = cause.code().unwrap_or_default().to_string();
    match code.as_str() {
        _ if is_io(cause) => Some(DbError::Io(cause.message().to_string())),
        "13" | "53100" => Some(DbError::Full),
        "40001" | "40P01" => Some(DbError::Overtaken),
        "23505" | "2067" | "1555" => Some(DbError::Taken(constraint_name(cause))),
        "23503" | "787" | "23514" | "275" | "23502" | "1299" | "1811" => {
            Some(DbError::Constraint(cause.message().to_string()))
        }
        _ => None,
    }
}

/// SQLite's extended codes of I/O errors end with its primary code 10.
fn is_io(cause: &dyn sqlx::error::DatabaseError) -> bool {
    let sqlite = cause.try_downcast_ref::<sqlx::sqlite::SqliteError>().is_some();
    sqlite && cause.code().and_then(|code| code.parse::<u32>().ok()).is_some_and(|code| code & 0xff == 10)
}

fn constraint_name(cause: &dyn sqlx::error::DatabaseError) -> String {
    let text = cause.constraint().unwrap_or_else(|| cause.message());
    text.trim_start_matches("UNIQUE constraint failed: ").to_string()
}
