//! Opening an archive into an empty database and an empty folder. Whatever does not fit its manifest is damage.

use std::{fs, io::Read, os::unix::fs::OpenOptionsExt, path::Path};

use base64::{Engine, engine::general_purpose::STANDARD};
use db::{Db, DbError, Loader, Table, Value};
use kernel::{audit::hex, files::Files, schema::MIGRATIONS};
use sha2::{Digest, Sha256};

use super::{
    FileHead, KeyEntry, Manifest, Opening, TableHead,
    frame::{self, Kind},
    key::Source,
    pack::Sum,
    seal::Opener,
};
use crate::exit::Failure;

/// Rows that are put back at once.
const BATCH: usize = 1_000;

/// Where everything goes.
pub struct Target<'a> {
    /// Empty.
    pub db: &'a Db,
    pub files: &'a Files,
    /// Where keys go that a passphrase sealed in.
    pub keys: &'a Path,
}

/// Errors: `Wrong` for a damaged archive, `Input` for another key, `Environment` for a newer one; what was put into the
/// target by then is worthless.
pub async fn read(archive: &Path, source: &Source, target: &Target<'_>) -> Result<Manifest, Failure> {
    let file = fs::File::open(archive)
        .map_err(|cause| Failure::input(format!("{} cannot be opened: {cause}", archive.display())))?;
    let plain = zstd::Decoder::new(Opener::new(file, source)?).map_err(damaged)?;
    let mut unpacking = Unpacking { input: plain, manifest: Manifest::default() };
    let (kind, payload) = unpacking.next()?;
    if kind != Kind::Opening {
        return Err(Failure::wrong("the archive is damaged: it does not begin as one"));
    }
    let opening: Opening = frame::json(&payload).map_err(damaged)?;
    make_schema(target.db, &opening).await?;
    let mut loader = target.db.loader().await?;
    let stated = unpacking.everything(&mut loader, target).await?;
    if stated.tables != unpacking.manifest.tables || stated.files != unpacking.manifest.files {
        return Err(Failure::wrong("the archive is damaged: rows or files differ from its manifest"));
    }
    loader.finish().await.map_err(misfit)?;
    target.db.migrate(MIGRATIONS).await?;
    Ok(stated)
}

fn damaged(cause: std::io::Error) -> Failure {
    match cause.kind() {
        std::io::ErrorKind::StorageFull => cause.into(),
        _ => Failure::wrong(format!("the backup cannot be used: {cause}")),
    }
}

/// Rows that the schema refuses were not put there by us.
fn misfit(cause: DbError) -> Failure {
    match cause {
        DbError::Full | DbError::Unreachable(_) | DbError::Io(_) => cause.into(),
        other => Failure::wrong(format!("the archive is damaged: {other}")),
    }
}

/// The schema as it was when the archive was made; what is newer comes after its rows.
async fn make_schema(db: &Db, opening: &Opening) -> Result<(), Failure> {
    let known = |number: &i64| MIGRATIONS.iter().any(|step| step.number == *number);
    if opening.format != 1 || !opening.steps.iter().all(known) {
        return Err(Failure::environment("the archive was made by a newer Anju: use that one"));
    }
    let then: Vec<_> = MIGRATIONS.iter().copied().filter(|step| opening.steps.contains(&step.number)).collect();
    db.migrate(&then).await?;
    Ok(())
}

struct Unpacking<R: Read> {
    input: R,
    /// What came so far.
    manifest: Manifest,
}

impl<R: Read> Unpacking<R> {
    fn next(&mut self) -> Result<(Kind, Vec<u8>), Failure> {
        frame::read(&mut self.input).map_err(damaged)
    }
    /// Takes every frame up to the manifest, and makes sure that nothing comes after it.
    async fn everything(&mut self, loader: &mut Loader, target: &Target<'_>) -> Result<Manifest, Failure> {
        let mut frame = self.next()?;
        loop {
            frame = match frame.0 {
                Kind::Table => self.table(loader, &frame.1).await?,
                Kind::File => self.file(target.files, &frame.1)?,
                Kind::Key => {
                    put_key(target.keys, &frame.1)?;
                    self.next()?
                }
                Kind::Manifest => break,
                Kind::Opening | Kind::Row | Kind::Bytes => {
                    return Err(Failure::wrong("the archive is damaged: its parts are out of order"));
                }
            };
        }
        let after = self.input.read(&mut [0; 1]).map_err(damaged)?;
        if after > 0 {
            return Err(Failure::wrong("the archive is damaged: something follows its end"));
        }
        frame::json(&frame.1).map_err(damaged)
    }
    /// Puts back the rows of one table; gives the frame after them.
    async fn table(&mut self, loader: &mut Loader, head: &[u8]) -> Result<(Kind, Vec<u8>), Failure> {
        let head: TableHead = frame::json(head).map_err(damaged)?;
        let table = Table { name: head.name, columns: head.columns };
        loader.clear(&table).await.map_err(misfit)?;
        let (mut sum, mut rows): (Sum, Vec<Vec<Value>>) = (Sum::default(), Vec::new());
        let after = loop {
            let (kind, payload) = self.next()?;
            if kind != Kind::Row {
                break (kind, payload);
            }
            sum.add(&payload);
            rows.push(frame::values(&payload).map_err(damaged)?);
            if rows.len() == BATCH {
                loader.insert(&table, std::mem::take(&mut rows)).await.map_err(misfit)?;
            }
        };
        loader.insert(&table, rows).await.map_err(misfit)?;
        self.manifest.tables.push(sum.of(&table.name));
        Ok(after)
    }
    /// Puts back one file, if its content still has its name; gives the frame after it.
    fn file(&mut self, files: &Files, head: &[u8]) -> Result<(Kind, Vec<u8>), Failure> {
        let head: FileHead = frame::json(head).map_err(damaged)?;
        let mut content = Vec::new();
        let after = loop {
            let (kind, payload) = self.next()?;
            if kind != Kind::Bytes {
                break (kind, payload);
            }
            content.extend_from_slice(&payload);
        };
        if hex(&Sha256::digest(&content)) != head.hash {
            return Err(Failure::wrong(format!(
                "the archive is damaged: the file {} differs from its name",
                head.hash
            )));
        }
        files.put(&content)?;
        self.manifest.files += 1;
        Ok(after)
    }
}

fn put_key(folder: &Path, payload: &[u8]) -> Result<(), Failure> {
    let entry: KeyEntry = frame::json(payload).map_err(damaged)?;
    let plain =
        entry.name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'.') && entry.name.ends_with(".key");
    let key = STANDARD
        .decode(&entry.key)
        .ok()
        .filter(|_| plain)
        .ok_or_else(|| Failure::wrong("the archive is damaged: a key of no use"))?;
    fs::create_dir_all(folder)?;
    let mut file = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(folder.join(&entry.name))?;
    std::io::Write::write_all(&mut file, &key)?;
    Ok(file.sync_all()?)
}
