//! What seals an archive: a key of the key folder, or a passphrase.

use std::path::{Path, PathBuf};

use argon2::{Algorithm, Argon2, Params, Version};
use sha2::{Digest, Sha256};
use values::{Chance, Secret};
use zeroize::Zeroizing;

use crate::exit::Failure;

/// The key of backups in the key folder; only the archives know it.
const KEY_FILE: &str = "backup.key";
/// Argon2id: 64 MiB, three passes. An archive may be attacked at leisure.
const MEMORY_KIB: u32 = 64 * 1024;
const PASSES: u32 = 3;

/// Where the key comes from.
pub enum Source {
    Folder(PathBuf),
    Passphrase(Zeroizing<String>),
}

impl Source {
    /// `file` holds the passphrase, alone on its first line.
    pub fn choose(file: Option<&Path>, folder: PathBuf) -> Result<Self, Failure> {
        let Some(file) = file else { return Ok(Self::Folder(folder)) };
        let text = std::fs::read_to_string(file).map_err(|cause| {
            Failure::input(format!("the passphrase file {} cannot be read: {cause}", file.display()))
        })?;
        let text = Zeroizing::new(text.lines().next().unwrap_or("").to_string());
        if text.chars().count() < 12 {
            return Err(Failure::input(
                "the passphrase needs 12 characters or more: an archive may be attacked at leisure",
            ));
        }
        Ok(Self::Passphrase(text))
    }
    pub const fn is_passphrase(&self) -> bool {
        matches!(self, Self::Passphrase(_))
    }
    /// The key for writing; makes `backup.key` the first time.
    pub fn for_writing(&self, salt: &[u8; 16], chance: &Chance) -> Result<Secret<[u8; 32]>, Failure> {
        match self {
            Self::Folder(folder) => Ok(Secret::new(kernel::keys::one(folder, KEY_FILE, chance)?)),
            Self::Passphrase(text) => stretched(text, salt),
        }
    }
    /// The key for reading. Errors: no such key, which never makes one.
    pub fn for_reading(&self, salt: &[u8; 16]) -> Result<Secret<[u8; 32]>, Failure> {
        match self {
            Self::Folder(folder) => {
                let path = folder.join(KEY_FILE);
                let bytes = std::fs::read(&path).map_err(|_| {
                    Failure::input(format!("{} is not there: name the key folder with --key-dir", path.display()))
                })?;
                let key = bytes.try_into().map_err(|_| {
                    Failure::environment(format!(
                        "the key file {} is shorter than 256 bits: put back the right one",
                        path.display()
                    ))
                })?;
                Ok(Secret::new(key))
            }
            Self::Passphrase(text) => stretched(text, salt),
        }
    }
}

fn stretched(text: &str, salt: &[u8; 16]) -> Result<Secret<[u8; 32]>, Failure> {
    let broken = |cause: argon2::Error| Failure::environment(cause.to_string());
    let params = Params::new(MEMORY_KIB, PASSES, 1, Some(32)).map_err(broken)?;
    let mut key = [0; 32];
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(text.as_bytes(), salt, &mut key)
        .map_err(broken)?;
    Ok(Secret::new(key))
}

/// Tells one key from another without telling anything of it.
pub fn mark(key: &Secret<[u8; 32]>) -> [u8; 16] {
    let mut hash = Sha256::new();
    hash.update(b"anju backup key");
    hash.update(key.reveal());
    let mut mark = [0; 16];
    mark.copy_from_slice(&hash.finalize()[..16]);
    mark
}
