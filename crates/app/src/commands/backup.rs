//! `anju backup`.

use crate::{
    archive::{key::Source, pack},
    exit::{Done, Failure},
    ground,
    settings::Archive,
};

pub async fn backup(archive: &Archive) -> Done {
    let house = ground::beside(&archive.place).await?;
    let keys = archive.place.keys();
    let source = Source::choose(archive.passphrase_file.as_deref(), keys.clone())?;
    if let Some(folder) = archive.file.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder)
            .map_err(|cause| Failure::environment(format!("{} cannot be made: {cause}", folder.display())))?;
    }
    let sealed_in = source.is_passphrase().then_some(keys.as_path());
    let manifest = pack::write(&house, &archive.file, &source, sealed_in).await?;
    house.db().close().await;
    let rows: u64 = manifest.tables.iter().map(|table| table.rows).sum();
    println!("{rows} rows and {} files are in {}", manifest.files, archive.file.display());
    if !source.is_passphrase() {
        println!("A restore needs the keys too: keep a copy of {} in another place", keys.display());
    }
    match manifest.missing.as_slice() {
        [] => Ok(()),
        [first, ..] => Err(Failure::wrong(format!(
            "the backup is written, but {} files that rows name were not there, the first is {first}: run `anju check`",
            manifest.missing.len()
        ))),
    }
}
