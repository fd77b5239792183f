//! Making an archive beside a running program: from one snapshot of the rows, then the files that these name.

use std::{
    fs, io,
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};

use base64::{Engine, engine::general_purpose::STANDARD};
use db::{DbError, Snapshot, Table, Value};
use kernel::{House, audit::hex};
use sha2::{Digest, Sha256};

use super::{
    FileHead, KeyEntry, Manifest, Opening, TableHead, TableSum,
    frame::{self, Kind},
    key::Source,
    seal::Sealer,
};
use crate::exit::Failure;

/// Quick, and about as small as slower levels for rows of ids and short texts.
const LEVEL: i32 = 3;

type Out = zstd::Encoder<'static, Sealer<io::BufWriter<fs::File>>>;

/// Writes the archive to `target`, all or nothing. `keys` is the key folder when a passphrase seals them in.
pub async fn write(house: &House, target: &Path, source: &Source, keys: Option<&Path>) -> Result<Manifest, Failure> {
    let part = part_of(target)?;
    let done = write_part(house, &part, source, keys).await.and_then(|manifest| {
        fs::rename(&part, target)?;
        fs::File::open(target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new(".")))?
            .sync_all()?;
        Ok(manifest)
    });
    if done.is_err() {
        let _ = fs::remove_file(&part);
    }
    done
}

/// Beside the target, so that it can be renamed into place.
fn part_of(target: &Path) -> Result<PathBuf, Failure> {
    let name = target.file_name().ok_or_else(|| Failure::usage("name a file for the backup"))?;
    if target.exists() {
        return Err(Failure::input(format!("{} is there already: name another file", target.display())));
    }
    Ok(target.with_file_name(format!(".{}.part", name.to_string_lossy())))
}

async fn write_part(house: &House, part: &Path, source: &Source, keys: Option<&Path>) -> Result<Manifest, Failure> {
    let cannot = |cause: io::Error| Failure::environment(format!("{} cannot be written: {cause}", part.display()));
    let file = fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(part).map_err(cannot)?;
    let sealer = Sealer::new(io::BufWriter::new(file), source, house.chance())?;
    let mut out = zstd::Encoder::new(sealer, LEVEL)?;
    let manifest = write_all(house, &mut out, keys).await?;
    let file = out.finish()?.finish()?.into_inner().map_err(|cause| cannot(cause.into_error()))?;
    file.sync_all()?;
    Ok(manifest)
}

async fn write_all(house: &House, out: &mut Out, keys: Option<&Path>) -> Result<Manifest, Failure> {
    let engine = house.db().engine_version().await?;
    let mut snapshot = house.db().snapshot().await?;
    let opening = Opening { format: 1, steps: snapshot.steps().await?, engine, at: house.now().millis() };
    frame::write_json(out, Kind::Opening, &opening)?;
    if let Some(folder) = keys {
        write_keys(out, folder)?;
    }
    let mut manifest = Manifest::default();
    let mut names = Vec::new();
    for table in snapshot.tables().await? {
        let sum = write_table(&mut snapshot, out, &table, &mut names).await?;
        manifest.tables.push(sum);
    }
    drop(snapshot);
    for name in names {
        if write_file(house, out, &name)? { manifest.files += 1 } else { manifest.missing.push(name) }
    }
    frame::write_json(out, Kind::Manifest, &manifest)?;
    Ok(manifest)
}

fn write_keys(out: &mut Out, folder: &Path) -> Result<(), Failure> {
    let mut names: Vec<PathBuf> =
        fs::read_dir(folder)?.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
    names.retain(|path| path.extension().is_some_and(|end| end == "key"));
    names.sort();
    for path in names {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        frame::write_json(out, Kind::Key, &KeyEntry { name, key: STANDARD.encode(fs::read(&path)?) })?;
    }
    Ok(())
}

/// Writes the rows of one table; collects the names of files when it is the table of files.
async fn write_table(
    snapshot: &mut Snapshot,
    out: &mut Out,
    table: &Table,
    names: &mut Vec<String>,
) -> Result<TableSum, Failure> {
    frame::write_json(out, Kind::Table, &TableHead { name: table.name.clone(), columns: table.columns.clone() })?;
    let name_column =
        if table.name == "files" { table.columns.iter().position(|column| column == "hash") } else { None };
    let mut sum = Sum::default();
    let take = |values: Vec<Value>| -> Result<(), Stop> {
        if let Some(Value::Text(Some(name))) = name_column.and_then(|at| values.get(at)) {
            names.push(name.clone());
        }
        let row = frame::row(values)?;
        sum.add(&row);
        Ok(frame::write(out, Kind::Row, &row)?)
    };
    snapshot.each(table, take).await.map_err(Stop::failure)?;
    Ok(sum.of(&table.name))
}

/// False when the file is not there.
fn write_file(house: &House, out: &mut Out, name: &str) -> Result<bool, Failure> {
    let path = house.files().path(name);
    let Ok(content) = fs::read(&path) else { return Ok(false) };
    let size = u64::try_from(content.len()).unwrap_or(u64::MAX);
    frame::write_json(out, Kind::File, &FileHead { hash: name.to_string(), size })?;
    for chunk in content.chunks(1024 * 1024) {
        frame::write(out, Kind::Bytes, chunk)?;
    }
    Ok(true)
}

/// Counts rows and hashes them in the order they came.
#[derive(Default)]
pub struct Sum {
    rows: u64,
    hash: Sha256,
}

impl Sum {
    pub fn add(&mut self, row: &[u8]) {
        self.rows += 1;
        self.hash.update(row.len().to_le_bytes());
        self.hash.update(row);
    }
    pub fn of(self, name: &str) -> TableSum {
        TableSum { name: name.to_string(), rows: self.rows, hash: hex(&self.hash.finalize()) }
    }
}

/// What stops the reading of rows: the database, or the archive that takes them.
enum Stop {
    Db(DbError),
    Out(io::Error),
}
impl From<DbError> for Stop {
    fn from(cause: DbError) -> Self {
        Self::Db(cause)
    }
}
impl From<io::Error> for Stop {
    fn from(cause: io::Error) -> Self {
        Self::Out(cause)
    }
}
impl Stop {
    fn failure(self) -> Failure {
        match self {
            Self::Db(cause) => cause.into(),
            Self::Out(cause) => cause.into(),
        }
    }
}
