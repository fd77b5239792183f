//! Opening the data folder: its lock, its keys, its database, its schema; and from these the `House`.

#[cfg(test)]
mod tests;

use std::{
    fs::{self, File, TryLockError},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt},
    path::{Path, PathBuf},
};

use db::{Db, Sql};
use kernel::{House, Parts, files::Files, keys::Keys, live::Live, schema::MIGRATIONS};
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use values::{Chance, Clock};

use crate::{
    archive::{key::Source, pack},
    exit::Failure,
    reactions,
    settings::Place,
};

/// Every connection is an open file to the system: as many as it lets us have.
pub fn all_files() {
    let maximum = getrlimit(Resource::Nofile).maximum;
    let _ = setrlimit(Resource::Nofile, Rlimit { current: maximum, maximum });
}

/// Connections to PostgreSQL of one node.
const CONNECTIONS: u32 = 16;

/// Held by a process that must be alone with the data folder; freed when the process ends, however it ends.
pub struct Lock(#[expect(dead_code, reason = "held for its lock")] File);

impl Place {
    pub fn database(&self) -> PathBuf {
        self.data.join("anju.db")
    }
    pub fn keys(&self) -> PathBuf {
        self.key_dir.clone().unwrap_or_else(|| self.data.join("keys"))
    }
    pub fn files(&self) -> PathBuf {
        self.data.join("files")
    }
    pub fn backups(&self) -> PathBuf {
        self.data.join("backups")
    }
    /// Makes the data folder, closed to everybody else.
    pub fn make(&self) -> Result<(), Failure> {
        let cannot = |cause: std::io::Error| {
            Failure::environment(format!("the data folder {} cannot be used: {cause}", self.data.display()))
        };
        fs::DirBuilder::new().recursive(true).mode(0o700).create(&self.data).map_err(cannot)?;
        fs::set_permissions(&self.data, fs::Permissions::from_mode(0o700)).map_err(cannot)
    }
    /// Errors: `InUse` while another process serves from this folder.
    pub fn lock(&self) -> Result<Lock, Failure> {
        lock(&self.data.join("lock"), &self.data)
    }
    /// Opens the database as it is.
    pub async fn open_database(&self) -> Result<Db, Failure> {
        match &self.database_url {
            Some(url) if url.starts_with("postgres://") || url.starts_with("postgresql://") => {
                Ok(Db::open_postgres(url, CONNECTIONS).await?)
            }
            Some(_) => Err(Failure::usage("--database-url begins with postgres://")),
            None => Ok(Db::open_sqlite(&self.database()).await?),
        }
    }
    /// The database of an installation that is there already: commands must not make an empty one by a slip of the path.
    pub async fn open_known(&self) -> Result<Db, Failure> {
        if self.database_url.is_none() && !self.database().exists() {
            return Err(Failure::environment(format!(
                "there is no Anju in {}: run `anju init` first, or name the folder with --data",
                self.data.display()
            )));
        }
        self.open_database().await
    }
}

pub fn lock(path: &Path, folder: &Path) -> Result<Lock, Failure> {
    let file = fs::OpenOptions::new().write(true).create(true).truncate(false).mode(0o600).open(path)?;
    match file.try_lock() {
        Ok(()) => Ok(Lock(file)),
        Err(TryLockError::WouldBlock) => Err(Failure::in_use(format!(
            "the data folder {} is in use by a running Anju: stop it first",
            folder.display()
        ))),
        Err(TryLockError::Error(cause)) => Err(cause.into()),
    }
}

/// Brings the schema up to date.
pub async fn migrate(db: &Db) -> Result<(), Failure> {
    db.migrate(MIGRATIONS).await?;
    Ok(())
}

/// R14: as `migrate`, after a backup of what is there into the data folder; a database that is empty or up to date needs
/// none.
pub async fn migrate_safely(place: &Place, db: &Db) -> Result<(), Failure> {
    let pending = db.pending(MIGRATIONS).await?;
    let first = pending.first().copied().filter(|_| pending.len() < MIGRATIONS.len());
    if let Some(step) = first {
        let old = house(place, db.clone(), Clock::system()).await?;
        fs::DirBuilder::new().recursive(true).mode(0o700).create(place.backups())?;
        let name = format!("before-step-{step}-{}.anju", old.now().millis());
        let manifest = pack::write(&old, &place.backups().join(&name), &Source::Folder(place.keys()), None).await?;
        tracing::info!(name, tables = manifest.tables.len(), "backup before the schema changes");
    }
    migrate(db).await
}

/// The house on an open database.
///
/// Errors: rows are there but not the keys that belong to them; making new ones would lose what they seal for ever.
pub async fn house(place: &Place, db: Db, clock: Clock) -> Result<House, Failure> {
    let chance = Chance::system();
    let used =
        db.link().await?.opt::<String>(Sql::new("SELECT chain AS value FROM audit_heads LIMIT 1")).await?.is_some();
    if used && !place.keys().join("audit.key").exists() {
        return Err(Failure::environment(format!(
            "the keys of this database are not in {}: put them back, or name their folder with --key-dir",
            place.keys().display()
        )));
    }
    let keys = Keys::open(&place.keys(), &chance)?;
    let files = Files::new(place.files());
    Ok(House::new(Parts { db, clock, chance, keys, files, live: Live::default(), reactions: reactions::names }))
}

/// Makes sure of the schema, unless a running program has it: that one keeps it.
pub async fn prepare(place: &Place, db: &Db) -> Result<(), Failure> {
    if db.pending(MIGRATIONS).await?.is_empty() {
        return Ok(());
    }
    let _alone = place.lock()?;
    migrate_safely(place, db).await
}

/// For commands beside a running `serve`: the schema must be the one this program knows.
pub async fn beside(place: &Place) -> Result<House, Failure> {
    let db = place.open_known().await?;
    if db.is_empty().await? {
        return Err(Failure::environment("there is no Anju in this database: run `anju init` first"));
    }
    place.make()?;
    prepare(place, &db).await?;
    house(place, db, Clock::system()).await
}
