//! The outer skin: a header that can be checked by itself, then chunks of 64 KiB, each sealed under its number and the
//! word whether it is the last. So a changed byte, a lost tail and chunks in another order are all noticed.

use std::io::{self, BufRead, BufReader, Read, Write};

use chacha20poly1305::{
    XChaCha20Poly1305, XNonce,
    aead::{Aead, KeyInit, Payload},
};
use sha2::{Digest, Sha256};
use values::{Chance, Secret};

use super::key::{self, Source};
use crate::exit::Failure;

const MAGIC: &[u8; 8] = b"ANJUBK1\n";
const CHUNK: usize = 64 * 1024;
const TAG: usize = 16;
/// magic 8 · kind 1 · salt 16 · nonce 19 · mark of the key 16 · digest of these 16
const HEADER: usize = 8 + 1 + 16 + 19 + 16 + 16;

struct Chunks {
    cipher: XChaCha20Poly1305,
    nonce: [u8; 19],
    /// Binds every chunk to its header.
    bound: [u8; 32],
    number: u32,
}

impl Chunks {
    fn new(key: &Secret<[u8; 32]>, header: &[u8; HEADER]) -> Self {
        let mut nonce = [0; 19];
        nonce.copy_from_slice(&header[25..44]);
        Self {
            cipher: XChaCha20Poly1305::new(key.reveal().into()),
            nonce,
            bound: Sha256::digest(header).into(),
            number: 0,
        }
    }
    fn nonce(&mut self, last: bool) -> io::Result<XNonce> {
        let mut nonce = [0; 24];
        nonce[..19].copy_from_slice(&self.nonce);
        nonce[19..23].copy_from_slice(&self.number.to_be_bytes());
        nonce[23] = u8::from(last);
        self.number = self.number.checked_add(1).ok_or_else(|| io::Error::other("an archive holds at most 256 TiB"))?;
        Ok(XNonce::from(nonce))
    }
    fn seal(&mut self, plain: &[u8], last: bool) -> io::Result<Vec<u8>> {
        let nonce = self.nonce(last)?;
        self.cipher
            .encrypt(&nonce, Payload { msg: plain, aad: &self.bound })
            .map_err(|_| io::Error::other("a chunk could not be sealed"))
    }
    fn open(&mut self, sealed: &[u8], last: bool) -> io::Result<Vec<u8>> {
        let nonce = self.nonce(last)?;
        self.cipher.decrypt(&nonce, Payload { msg: sealed, aad: &self.bound }).map_err(|_| damaged())
    }
}

fn damaged() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "the archive is damaged or cut short")
}

/// Seals what is written to it. Without `finish` the archive has no end and will not open.
pub struct Sealer<W: Write> {
    out: W,
    chunks: Chunks,
    waiting: Vec<u8>,
}

impl<W: Write> Sealer<W> {
    pub fn new(mut out: W, source: &Source, chance: &Chance) -> Result<Self, Failure> {
        let salt: [u8; 16] = chance.bytes();
        let key = source.for_writing(&salt, chance)?;
        let header = header(source.is_passphrase(), &salt, &chance.bytes(), &key::mark(&key));
        out.write_all(&header)?;
        Ok(Self { out, chunks: Chunks::new(&key, &header), waiting: Vec::with_capacity(2 * CHUNK) })
    }
    /// Seals the last chunk and gives back what was written to.
    pub fn finish(mut self) -> io::Result<W> {
        let sealed = self.chunks.seal(&self.waiting, true)?;
        self.out.write_all(&sealed)?;
        self.out.flush()?;
        Ok(self.out)
    }
}

impl<W: Write> Write for Sealer<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.waiting.extend_from_slice(bytes);
        // The last chunk stays back until `finish`, even when it is full.
        while self.waiting.len() > CHUNK {
            let sealed = self.chunks.seal(&self.waiting[..CHUNK], false)?;
            self.out.write_all(&sealed)?;
            self.waiting.drain(..CHUNK);
        }
        Ok(bytes.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

fn header(passphrase: bool, salt: &[u8; 16], nonce: &[u8; 19], mark: &[u8; 16]) -> [u8; HEADER] {
    let mut header = [0; HEADER];
    header[..8].copy_from_slice(MAGIC);
    header[8] = u8::from(passphrase);
    header[9..25].copy_from_slice(salt);
    header[25..44].copy_from_slice(nonce);
    header[44..60].copy_from_slice(mark);
    let digest = Sha256::digest(&header[..60]);
    header[60..].copy_from_slice(&digest[..16]);
    header
}

/// Gives back what a `Sealer` sealed.
pub struct Opener<R: Read> {
    input: BufReader<R>,
    chunks: Chunks,
    open: Vec<u8>,
    at: usize,
    ended: bool,
}

impl<R: Read> Opener<R> {
    /// Errors: `Wrong` for what is no whole archive, `Input` for another key.
    pub fn new(input: R, source: &Source) -> Result<Self, Failure> {
        let mut input = BufReader::with_capacity(CHUNK + TAG, input);
        let mut header = [0; HEADER];
        input
            .read_exact(&mut header)
            .map_err(|_| Failure::wrong("this is no backup of Anju, or only its beginning"))?;
        if &header[..8] != MAGIC || header[60..] != Sha256::digest(&header[..60])[..16] {
            return Err(Failure::wrong("this is no backup of Anju, or its beginning is damaged"));
        }
        let passphrase = header[8] == 1;
        if passphrase != source.is_passphrase() {
            let needed = if passphrase {
                "its passphrase: --passphrase-file FILE"
            } else {
                "the key folder: --key-dir DIR, without a passphrase"
            };
            return Err(Failure::input(format!("this backup opens with {needed}")));
        }
        let salt: [u8; 16] = header[9..25].try_into().expect("sixteen bytes are sixteen bytes");
        let key = source.for_reading(&salt)?;
        if key::mark(&key) != header[44..60] {
            return Err(Failure::input("this backup was sealed with another key or passphrase"));
        }
        Ok(Self { input, chunks: Chunks::new(&key, &header), open: Vec::new(), at: 0, ended: false })
    }
    fn next(&mut self) -> io::Result<()> {
        let mut sealed = Vec::with_capacity(CHUNK + TAG);
        (&mut self.input).take((CHUNK + TAG) as u64).read_to_end(&mut sealed)?;
        self.ended = self.input.fill_buf()?.is_empty();
        self.open = self.chunks.open(&sealed, self.ended)?;
        self.at = 0;
        Ok(())
    }
}

impl<R: Read> Read for Opener<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while self.at == self.open.len() {
            if self.ended {
                return Ok(0);
            }
            self.next()?;
        }
        let length = into.len().min(self.open.len() - self.at);
        into[..length].copy_from_slice(&self.open[self.at..self.at + length]);
        self.at += length;
        Ok(length)
    }
}
