use std::{fs, io::Write, os::unix::fs::OpenOptionsExt, path::Path};

use chacha20poly1305::{
    XChaCha20Poly1305, XNonce,
    aead::{Aead, KeyInit, Payload},
};
use hmac::{Hmac, Mac};
use sha2::Sha256;
use uuid::Uuid;
use values::{Chance, Secret};

use crate::Error;

/// The installation's own keys: 256 bits each, made at the first start, never in the database.
pub struct Keys {
    audit: Secret<[u8; 32]>,
    seal: Secret<[u8; 32]>,
    index: Secret<[u8; 32]>,
    form: Secret<[u8; 32]>,
}

#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    #[error("the key file {0} is shorter than 256 bits: put back the right one")]
    Short(String),
    #[error("the key folder cannot be used: {0}")]
    Folder(#[from] std::io::Error),
}

impl Keys {
    /// Reads the keys in `folder`, making those that are not there yet. Errors: `Short` for a damaged one.
    pub fn open(folder: &Path, chance: &Chance) -> Result<Self, KeyError> {
        fs::create_dir_all(folder)?;
        let key = |name: &str| read_or_make(&folder.join(name), chance).map(Secret::new);
        Ok(Self { audit: key("audit.key")?, seal: key("seal.key")?, index: key("index.key")?, form: key("form.key")? })
    }
    /// HMAC-SHA-256 that chains audit rows.
    pub fn audit_mac(&self, parts: &[&[u8]]) -> [u8; 32] {
        mac(self.audit.reveal(), parts)
    }
    /// A blind index: equal plain texts meet, nothing can be read back.
    pub fn blind(&self, text: &str) -> Vec<u8> {
        mac(self.index.reveal(), &[text.as_bytes()]).to_vec()
    }
    /// The token of a form: bound to the session and the day.
    pub fn form_mac(&self, parts: &[&[u8]]) -> [u8; 32] {
        mac(self.form.reveal(), parts)
    }
    /// The key with which a phone that holds the token `id` seals its work; made anew whenever it is asked for.
    pub fn device_seal(&self, id: Uuid) -> [u8; 32] {
        mac(self.form.reveal(), &[b"device-seal", id.as_bytes()])
    }
    /// Seals a value of level 3 or more; it opens only for the same row.
    pub fn seal(&self, row: Uuid, plain: &str, chance: &Chance) -> Vec<u8> {
        let nonce: [u8; 24] = chance.bytes();
        let cipher = XChaCha20Poly1305::new(self.seal.reveal().into());
        let payload = Payload { msg: plain.as_bytes(), aad: row.as_bytes() };
        let sealed = cipher.encrypt(&XNonce::from(nonce), payload).expect("memory holds a short text");
        [&[1u8][..], &nonce[..], &sealed[..]].concat()
    }
    pub fn open_sealed(&self, row: Uuid, sealed: &[u8]) -> Result<String, Error> {
        let broken = || Error::Broken("a sealed value does not open".into());
        let (head, body) = sealed.split_at_checked(25).ok_or_else(broken)?;
        let nonce: [u8; 24] = head[1..].try_into().map_err(|_| broken())?;
        let cipher = XChaCha20Poly1305::new(self.seal.reveal().into());
        let plain =
            cipher.decrypt(&XNonce::from(nonce), Payload { msg: body, aad: row.as_bytes() }).map_err(|_| broken())?;
        String::from_utf8(plain).map_err(|_| broken())
    }
}

fn mac(key: &[u8; 32], parts: &[&[u8]]) -> [u8; 32] {
    let mut mac = <Hmac<Sha256> as hmac::KeyInit>::new_from_slice(key).expect("any length is a key");
    for part in parts {
        mac.update(&u64::try_from(part.len()).unwrap_or(u64::MAX).to_le_bytes());
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

/// One more key of the folder: for what has a key of its own, such as backups.
pub fn one(folder: &Path, name: &str, chance: &Chance) -> Result<[u8; 32], KeyError> {
    fs::create_dir_all(folder)?;
    read_or_make(&folder.join(name), chance)
}

fn read_or_make(path: &Path, chance: &Chance) -> Result<[u8; 32], KeyError> {
    match fs::read(path) {
        Ok(bytes) => bytes.try_into().map_err(|_| KeyError::Short(path.display().to_string())),
        Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => make(path, chance),
        Err(cause) => Err(cause.into()),
    }
}

fn make(path: &Path, chance: &Chance) -> Result<[u8; 32], KeyError> {
    let key: [u8; 32] = chance.bytes();
    let mut file = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(&key)?;
    file.sync_all()?;
    Ok(key)
}
