use std::{
    fs,
    io::Write,
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::{Path, PathBuf},
};

use sha2::{Digest, Sha256};

use crate::Error;

/// Files by content: the name is the SHA-256 of what is inside. Written and synced before any row names them.
#[derive(Clone)]
pub struct Files {
    folder: PathBuf,
}

impl Files {
    pub fn new(folder: PathBuf) -> Self {
        Self { folder }
    }
    /// Blocking. Returns the name. The same content twice is one file.
    pub fn put(&self, content: &[u8]) -> Result<String, Error> {
        let hash: String = Sha256::digest(content).iter().map(|byte| format!("{byte:02x}")).collect();
        let target = self.path(&hash);
        if target.exists() {
            return Ok(hash);
        }
        let folder = target.parent().unwrap_or(&self.folder);
        fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
        let part = folder.join(format!("{hash}.part"));
        let mut file = fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&part)?;
        file.write_all(content)?;
        file.sync_all()?;
        fs::rename(&part, &target)?;
        fs::File::open(folder)?.sync_all()?;
        Ok(hash)
    }
    /// Blocking.
    pub fn get(&self, hash: &str) -> Result<Vec<u8>, Error> {
        Ok(fs::read(self.path(hash))?)
    }
    pub fn folder(&self) -> &Path {
        &self.folder
    }
    pub fn path(&self, hash: &str) -> PathBuf {
        let safe: String = hash.chars().filter(char::is_ascii_alphanumeric).collect();
        self.folder.join(safe.get(..2).unwrap_or("00")).join(safe)
    }
}
