//! The embedded engine: one writer, a few readers. Statements run on the thread that asks: they take microseconds, and
//! handing each to another thread and back took longer than the statement (decision 1).

mod connection;
mod readers;
mod writer;

use std::path::Path;

pub use connection::Connection;
pub use readers::{Reader, Readers};
pub use writer::{Turn, Writer};

use crate::DbError;

/// Opens (and makes) the file. Errors: `TooOld` for an engine with known faults of its log.
pub fn open(path: &Path) -> Result<(Writer, Readers), DbError> {
    let mut first = Connection::to_write(path)?;
    let version: String = first.one("SELECT sqlite_version() AS value")?;
    if parts(&version) < [3, 51, 3] {
        return Err(DbError::TooOld(version));
    }
    Ok((Writer::new(first), Readers::open(path)?))
}

fn parts(version: &str) -> [u32; 3] {
    let mut parts = version.split('.').map(|part| part.parse().unwrap_or(0));
    std::array::from_fn(|_| parts.next().unwrap_or(0))
}

/// For what takes long by its nature, a sync or a copy: others may go on meanwhile.
fn at_length<T>(work: impl FnOnce() -> T) -> T {
    use tokio::runtime::{Handle, RuntimeFlavor};
    match Handle::try_current().map(|runtime| runtime.runtime_flavor()) {
        Ok(RuntimeFlavor::MultiThread) => tokio::task::block_in_place(work),
        _ => work(),
    }
}
