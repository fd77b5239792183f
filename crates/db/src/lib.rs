//! The only crate that knows SQLite from PostgreSQL. One SQL text runs on both:
//! `tx.all("SELECT … FROM meters WHERE building = $1 ORDER BY walk", (building,))`.
//!
//! What differs is written as a word in braces and becomes the engine's own: `{lock}` (FOR UPDATE),
//! `{skip}` (FOR UPDATE SKIP LOCKED), and in migrations the column kinds `{id} {int} {text} {bytes} {strict}`.

mod builder;
mod engine;
mod error;
mod health;
mod listen;
mod migrate;
mod portable;
mod row;
mod sqlite;
#[cfg(test)]
mod tests;
mod trail;
mod tx;
mod value;

pub use builder::Sql;
pub use engine::{Db, Engine};
pub use error::DbError;
pub use listen::Listener;
pub use migrate::Migration;
pub use portable::{Loader, Snapshot, Table};
pub use row::{Column, FromRow, Row};
pub use trail::{Plan, Statement, Step};
pub use tx::{Link, Tx};
pub use value::{Params, ToValue, Value};
