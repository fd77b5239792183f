//! `anju verify` and `anju restore`: both unpack into a new folder; only a restore puts it in place, last of all.

use std::{
    fs,
    os::unix::fs::DirBuilderExt,
    path::{Path, PathBuf},
};

use db::Db;
use kernel::{House, audit::hex, files::Files};
use values::{Chance, Clock};

use super::check;
use crate::{
    archive::{Manifest, key::Source, unpack},
    checks,
    exit::{Done, Failure},
    ground,
    settings::{Archive, Place},
};

/// A folder that goes again unless it is kept.
struct Folder {
    path: PathBuf,
    kept: bool,
}

impl Folder {
    fn new(path: PathBuf) -> Result<Self, Failure> {
        fs::DirBuilder::new().recursive(true).mode(0o700).create(&path)?;
        Ok(Self { path, kept: false })
    }
}
impl Drop for Folder {
    fn drop(&mut self) {
        if !self.kept {
            let _ = fs::remove_dir_all(&self.path);
        }
    }
}

fn mark() -> String {
    hex(&Chance::system().bytes::<4>())
}

pub async fn verify(archive: &Archive) -> Done {
    archive.place.make()?;
    let folder = Folder::new(archive.place.data.join(format!("verify-{}", mark())))?;
    let place = Place { data: folder.path.clone(), database_url: None, key_dir: archive.place.key_dir.clone() };
    let house = unpacked(archive, &place).await?;
    let lines = checks::all(&house, None).await?;
    house.db().close().await;
    check::verdict(&lines)?;
    println!("{} is whole and sound", archive.file.display());
    Ok(())
}

/// Unpacks into the folder of `place` (and its database); the keys are those of the archive, or of the installation.
async fn unpacked(archive: &Archive, place: &Place) -> Result<House, Failure> {
    let source = Source::choose(archive.passphrase_file.as_deref(), archive.place.keys())?;
    let own_keys = place.data.join("keys");
    let db = place.open_database().await?;
    let done = fill(archive, &source, &db, &own_keys).await;
    if let Err(failure) = done {
        db.close().await;
        return Err(failure);
    }
    let key_dir = if source.is_passphrase() { own_keys } else { archive.place.keys() };
    ground::house(&Place { key_dir: Some(key_dir), ..place.clone() }, db, Clock::system()).await
}

async fn fill(archive: &Archive, source: &Source, db: &Db, keys: &Path) -> Result<Manifest, Failure> {
    let files = Files::new(keys.with_file_name("files"));
    unpack::read(&archive.file, source, &unpack::Target { db, files: &files, keys }).await
}

/// The old data folder is kept beside the new one: removing it is for a person to decide.
pub async fn restore(archive: &Archive) -> Done {
    let place = &archive.place;
    place.make()?;
    let _alone = place.lock()?;
    if let Some(url) = &place.database_url {
        must_be_empty(url, place).await?;
    }
    let folder = Folder::new(beside(&place.data, "restoring")?)?;
    let new = Place { data: folder.path.clone(), ..place.clone() };
    let house = unpacked(archive, &new).await?;
    let lines = checks::all(&house, None).await?;
    house.db().close().await;
    check::verdict(&lines)?;
    carry_keys(archive, &folder.path)?;
    swap(folder, &place.data)
}

async fn must_be_empty(url: &str, place: &Place) -> Done {
    let db = place.open_database().await?;
    let empty = db.is_empty().await;
    db.close().await;
    match empty? {
        true => Ok(()),
        false => Err(Failure::input(format!(
            "the database {} is not empty: make a new one and restore into that",
            without_password(url)
        ))),
    }
}

fn without_password(url: &str) -> &str {
    url.rsplit('@').next().unwrap_or(url)
}

/// A sibling of the data folder, so that one rename puts it in place.
fn beside(data: &Path, word: &str) -> Result<PathBuf, Failure> {
    let whole = fs::canonicalize(data)?;
    let name = whole.file_name().ok_or_else(|| Failure::usage("the data folder cannot be the root"))?;
    Ok(whole.with_file_name(format!("{}.{word}-{}", name.to_string_lossy(), mark())))
}

/// Keys that live in the data folder move with it; those of a passphrase came out of the archive.
fn carry_keys(archive: &Archive, folder: &Path) -> Done {
    let (old, new) = (archive.place.data.join("keys"), folder.join("keys"));
    if archive.place.key_dir.is_some() || !old.exists() || new.exists() {
        return Ok(());
    }
    fs::DirBuilder::new().mode(0o700).create(&new)?;
    for entry in fs::read_dir(&old)? {
        let path = entry?.path();
        fs::copy(&path, new.join(path.file_name().unwrap_or_default()))?;
    }
    Ok(fs::File::open(&new)?.sync_all()?)
}

fn swap(mut folder: Folder, data: &Path) -> Done {
    let whole = fs::canonicalize(data)?;
    let old = beside(data, "before-restore")?;
    fs::rename(&whole, &old)?;
    if let Err(cause) = fs::rename(&folder.path, &whole) {
        fs::rename(&old, &whole)?;
        return Err(cause.into());
    }
    folder.kept = true;
    if let Some(parent) = whole.parent() {
        fs::File::open(parent)?.sync_all()?;
    }
    println!("Restored into {}. What was there before is in {}", whole.display(), old.display());
    Ok(())
}
