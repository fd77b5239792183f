//! One file that holds a whole installation: rows of every table, the files they name, a list of what must be there.
//! The same format for both engines. Inside out: frames · zstd · chunks sealed with XChaCha20-Poly1305.
//!
//! The keys of the installation are not in it when it is sealed with `backup.key` of the key folder: keep a copy of that
//! folder somewhere else, a restore needs it. Sealed with a passphrase, the archive holds the keys too and stands alone.

pub mod frame;
pub mod key;
pub mod pack;
pub mod seal;
#[cfg(test)]
mod tests;
pub mod unpack;

use serde::{Deserialize, Serialize};

/// What stands first: what this is and which schema its rows fit.
#[derive(Debug, Serialize, Deserialize)]
pub struct Opening {
    /// 1
    pub format: u32,
    /// Numbers of the migrations behind the rows.
    pub steps: Vec<i64>,
    pub engine: String,
    /// Milliseconds since 1970.
    pub at: i64,
}

/// A table whose rows follow.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct TableHead {
    pub name: String,
    pub columns: Vec<String>,
}

/// A file whose bytes follow.
#[derive(Debug, Serialize, Deserialize)]
pub struct FileHead {
    /// SHA-256 of the content, in hex: its name.
    pub hash: String,
    pub size: u64,
}

/// A key of the installation; only under a passphrase.
#[derive(Serialize, Deserialize)]
pub struct KeyEntry {
    pub name: String,
    /// Base64.
    pub key: String,
}

/// What stands last: what must have come before.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    pub tables: Vec<TableSum>,
    pub files: u64,
    /// Files that a row names and that were not there when the backup was made.
    pub missing: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableSum {
    pub name: String,
    pub rows: u64,
    /// SHA-256 over the rows, in hex.
    pub hash: String,
}
