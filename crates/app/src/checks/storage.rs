//! The engine, its pages and references; the files; the jobs that were given up.

use std::{collections::HashSet, fs};

use kernel::{House, audit::hex};
use sha2::{Digest, Sha256};

use super::{Line, store};
use crate::exit::Failure;

pub async fn engine(house: &House) -> Result<Line, Failure> {
    // Too old an engine does not open at all.
    Ok(Line::good("engine", house.db().engine_version().await?))
}

pub async fn integrity(house: &House) -> Result<Line, Failure> {
    Ok(Line::of("integrity", &house.db().faults().await?, "sound"))
}

pub async fn references(house: &House) -> Result<Line, Failure> {
    Ok(Line::of("foreign_keys", &house.db().loose_references().await?, "all lead somewhere"))
}

/// Every file that a row names is there, with the content of its name.
pub async fn files(house: &House) -> Result<Line, Failure> {
    let named = store::files(house).await?;
    let mut faults = Vec::new();
    for file in &named {
        match fs::read(house.files().path(&file.hash)) {
            Err(_) => faults.push(format!("the file {} is not there", file.hash)),
            Ok(content) if hex(&Sha256::digest(&content)) != file.hash => {
                faults.push(format!("the file {} was changed", file.hash))
            }
            Ok(content) if i64::try_from(content.len()) != Ok(file.size) => {
                faults.push(format!("the file {} has another size", file.hash))
            }
            Ok(_) => {}
        }
    }
    Ok(Line::of("files", &faults, format!("{} there, unchanged", named.len())))
}

/// Files that no row names: left by a crash between file and row. They cost space only, so they are no fault.
pub async fn orphans(house: &House) -> Result<Line, Failure> {
    let named: HashSet<String> = store::files(house).await?.into_iter().map(|file| file.hash).collect();
    let mut orphans = 0;
    for folder in fs::read_dir(house.files().folder()).into_iter().flatten().flatten() {
        let names = fs::read_dir(folder.path()).into_iter().flatten().flatten();
        orphans += names.filter(|entry| !named.contains(entry.file_name().to_string_lossy().as_ref())).count();
    }
    Ok(Line::good("orphans", format!("{orphans} files that no row names")))
}

pub async fn jobs(house: &House) -> Result<Line, Failure> {
    let stuck = store::stuck(house).await?;
    let faults: Vec<String> = stuck
        .iter()
        .map(|job| format!("{} was given up: {}", job.reaction, job.error.as_deref().unwrap_or("no reason")))
        .collect();
    Ok(Line::of("jobs", &faults, "none stuck"))
}
