use std::cell::Cell;

use rusqlite::types::ValueRef;
use sqlx::{Row as _, postgres::PgRow};
use uuid::Uuid;
use values::{Area, Day, Id, Moment, Money, Phone};

use crate::{DbError, Value};

/// One row of an answer; columns are read by name.
pub struct Row<'r>(Kind<'r>);

enum Kind<'r> {
    /// The row at which the engine stands, the names of its columns, and where the next one is looked for first: columns
    /// are mostly read in their order.
    Sqlite {
        row: &'r rusqlite::Row<'r>,
        names: &'r [String],
        next: Cell<usize>,
    },
    Postgres(&'r PgRow),
}

impl<'r> Row<'r> {
    pub(crate) const fn sqlite(row: &'r rusqlite::Row<'r>, names: &'r [String]) -> Self {
        Self(Kind::Sqlite { row, names, next: Cell::new(0) })
    }
    pub(crate) const fn postgres(row: &'r PgRow) -> Self {
        Self(Kind::Postgres(row))
    }
    /// Errors: `Unreadable` when the column is missing or holds something else than a `T`.
    pub fn get<T: Column>(&self, name: &str) -> Result<T, DbError> {
        T::read(self, name)
    }
    fn int(&self, name: &str) -> Result<Option<i64>, DbError> {
        match &self.0 {
            Kind::Sqlite { .. } => {
                self.embedded(name)?.as_i64_or_null().map_err(|cause| unreadable(name, &cause.to_string()))
            }
            Kind::Postgres(row) => asked(name, row.try_get(name)),
        }
    }
    fn text(&self, name: &str) -> Result<Option<String>, DbError> {
        match &self.0 {
            Kind::Sqlite { .. } => {
                let text = self.embedded(name)?.as_str_or_null();
                text.map(|text| text.map(ToString::to_string)).map_err(|cause| unreadable(name, &cause.to_string()))
            }
            Kind::Postgres(row) => asked(name, row.try_get(name)),
        }
    }
    fn uuid(&self, name: &str) -> Result<Option<Uuid>, DbError> {
        match &self.0 {
            Kind::Sqlite { .. } => {
                let bytes =
                    self.embedded(name)?.as_blob_or_null().map_err(|cause| unreadable(name, &cause.to_string()))?;
                bytes.map(Uuid::from_slice).transpose().map_err(|cause| unreadable(name, &cause.to_string()))
            }
            Kind::Postgres(row) => asked(name, row.try_get(name)),
        }
    }
    fn bytes(&self, name: &str) -> Result<Option<Vec<u8>>, DbError> {
        match &self.0 {
            Kind::Sqlite { .. } => {
                let bytes = self.embedded(name)?.as_blob_or_null();
                bytes.map(|bytes| bytes.map(<[u8]>::to_vec)).map_err(|cause| unreadable(name, &cause.to_string()))
            }
            Kind::Postgres(row) => asked(name, row.try_get(name)),
        }
    }
    /// Every value in its place; the embedded engine alone keeps ids as bytes.
    pub(crate) fn values(&self) -> Result<Vec<Value>, DbError> {
        let Kind::Sqlite { row, names, .. } = &self.0 else { return Err(unreadable("*", "not embedded")) };
        let one = |(at, name): (usize, &String)| match row.get_ref(at) {
            Ok(ValueRef::Null) => Ok(Value::Text(None)),
            Ok(ValueRef::Integer(value)) => Ok(Value::Int(Some(value))),
            Ok(ValueRef::Text(text)) => String::from_utf8(text.to_vec())
                .map(|text| Value::Text(Some(text)))
                .map_err(|cause| unreadable(name, &cause.to_string())),
            Ok(ValueRef::Blob(bytes)) => Ok(Value::Bytes(Some(bytes.to_vec()))),
            Ok(ValueRef::Real(_)) => Err(unreadable(name, "a number with a point")),
            Err(cause) => Err(unreadable(name, &cause.to_string())),
        };
        names.iter().enumerate().map(one).collect()
    }
    fn embedded(&self, name: &str) -> Result<ValueRef<'_>, DbError> {
        let Kind::Sqlite { row, names, next } = &self.0 else { return Err(unreadable(name, "not embedded")) };
        let is_it = |at: &usize| names.get(*at).is_some_and(|known| known == name);
        let at = Some(next.get()).filter(is_it).or_else(|| names.iter().position(|known| known == name));
        let at = at.ok_or_else(|| unreadable(name, "no such column"))?;
        next.set(at + 1);
        row.get_ref(at).map_err(|cause| unreadable(name, &cause.to_string()))
    }
}

fn asked<T>(name: &str, got: Result<T, sqlx::Error>) -> Result<T, DbError> {
    got.map_err(|cause| unreadable(name, &cause.to_string()))
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
