use sqlx::{Row as _, postgres::PgRow, sqlite::SqliteRow};
use uuid::Uuid;
use values::{Area, Day, Id, Moment, Money, Phone};

use crate::DbError;

/// One row of an answer; columns are read by name.
pub enum Row {
    Sqlite(SqliteRow),
    Postgres(PgRow),
}

impl Row {
    /// Errors: `Unreadable` when the column is missing or holds something else than a `T`.
    pub fn get<T: Column>(&self, name: &str) -> Result<T, DbError> {
        T::read(self, name)
    }
    fn int(&self, name: &str) -> Result<Option<i64>, DbError> {
        match self {
            Self::Sqlite(row) => row.try_get(name),
            Self::Postgres(row) => row.try_get(name),
        }
        .map_err(|cause| unreadable(name, &cause.to_string()))
    }
    fn text(&self, name: &str) -> Result<Option<String>, DbError> {
        match self {
            Self::Sqlite(row) => row.try_get(name),
            Self::Postgres(row) => row.try_get(name),
        }
        .map_err(|cause| unreadable(name, &cause.to_string()))
    }
    fn uuid(&self, name: &str) -> Result<Option<Uuid>, DbError> {
        match self {
            Self::Sqlite(row) => row.try_get(name),
            Self::Postgres(row) => row.try_get(name),
        }
        .map_err(|cause| unreadable(name, &cause.to_string()))
    }
    fn bytes(&self, name: &str) -> Result<Option<Vec<u8>>, DbError> {
        match self {
            Self::Sqlite(row) => row.try_get(name),
            Self::Postgres(row) => row.try_get(name),
        }
        .map_err(|cause| unreadable(name, &cause.to_string()))
    }
}

pub(crate) fn unreadable(column: &str, why: &str) -> DbError {
    DbError::Unreadable { table: "row", column: column.to_string(), why: why.to_string() }
}

/// A type that a column can hold. `Option<T>` reads NULL as `None`; anything else refuses it.
pub trait Column: Sized {
    fn read_option(row: &Row, name: &str) -> Result<Option<Self>, DbError>;
    fn read(row: &Row, name: &str) -> Result<Self, DbError> {
        Self::read_option(row, name)?.ok_or_else(|| unreadable(name, "null"))
    }
}

impl<T: Column> Column for Option<T> {
    fn read_option(row: &Row, name: &str) -> Result<Option<Self>, DbError> {
        T::read_option(row, name).map(Some)
    }
    fn read(row: &Row, name: &str) -> Result<Self, DbError> {
        T::read_option(row, name)
    }
}

macro_rules! column {
    ($kind:ty, $from:ident, $raw:ident => $out:expr) => {
        impl Column for $kind {
            fn read_option(row: &Row, name: &str) -> Result<Option<Self>, DbError> {
                row.$from(name)?.map(|$raw| $out.map_err(|cause| unreadable(name, &cause.to_string()))).transpose()
            }
        }
    };
}
type Never = std::convert::Infallible;
column!(i64, int, raw => Ok::<_, Never>(raw));
column!(u32, int, raw => u32::try_from(raw));
column!(bool, int, raw => Ok::<_, Never>(raw != 0));
column!(Moment, int, raw => Ok::<_, Never>(Moment::from_millis(raw)));
column!(Money, int, raw => Ok::<_, Never>(Money::from_fen(raw)));
column!(Area, int, raw => Ok::<_, Never>(Area::from_hundredths(raw)));
column!(String, text, raw => Ok::<_, Never>(raw));
column!(Day, text, raw => raw.parse::<Day>());
column!(Phone, text, raw => raw.parse::<Phone>());
column!(Uuid, uuid, raw => Ok::<_, Never>(raw));
column!(Vec<u8>, bytes, raw => Ok::<_, Never>(raw));

impl<T> Column for Id<T> {
    fn read_option(row: &Row, name: &str) -> Result<Option<Self>, DbError> {
        Ok(row.uuid(name)?.map(Self::from_uuid))
    }
}

/// A type that a whole row can be read as.
pub trait FromRow: Sized {
    fn from_row(row: &Row) -> Result<Self, DbError>;
}
macro_rules! single {
    ($($kind:ty),+) => { $(
        impl FromRow for $kind {
            /// The one column of the answer, which the statement calls `value`.
            fn from_row(row: &Row) -> Result<Self, DbError> {
                row.get("value")
            }
        }
    )+ };
}
single!(i64, bool, String, Moment, Day, Option<i64>, Option<String>, Option<Moment>, Option<Day>, Vec<u8>);
impl<T> FromRow for Id<T> {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        row.get("value")
    }
}
impl<T> FromRow for Option<Id<T>> {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        row.get("value")
    }
}
