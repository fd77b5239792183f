//! The source files of the workspace, with their test parts told apart.

use std::path::{Path, PathBuf};

pub struct Source {
    /// From the workspace: `crates/desk/src/lib.rs`.
    pub path: String,
    pub text: String,
}

impl Source {
    pub fn crate_name(&self) -> &str {
        self.path.split('/').nth(1).unwrap_or("")
    }
    pub fn is_test(&self) -> bool {
        self.path.contains("tests")
            || self.path.contains("world_words")
            || self.path.contains("/samples")
            || self.path.contains("/testing/")
            || self.path.contains("/tidy/")
    }
    /// Lines that are no comments, with their number.
    pub fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        (1..).zip(self.text.lines()).filter(|(_, line)| !line.trim_start().starts_with("//"))
    }
}

pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).expect("the crate lies in crates/").to_path_buf()
}

pub fn sources() -> Vec<Source> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(root().join("crates")).expect("crates/ is there").flatten() {
        collect(&entry.path().join("src"), &mut found);
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    assert!(found.len() > 50, "the walk found the workspace");
    found
}

fn collect(folder: &Path, found: &mut Vec<Source>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for path in entries.flatten().map(|entry| entry.path()) {
        if path.is_dir() {
            collect(&path, found);
        } else if path.extension().is_some_and(|kind| kind == "rs") {
            let name = path.strip_prefix(root()).expect("inside the workspace").display().to_string();
            found.push(Source { path: name, text: std::fs::read_to_string(&path).expect("a source file can be read") });
        }
    }
}

/// Fails with every finding that is no listed exception, and with every exception that no longer is one.
#[track_caller]
pub fn expect_only(found: &[String], exceptions: &[&str], rule: &str) {
    let new: Vec<&String> =
        found.iter().filter(|place| !exceptions.iter().any(|known| place.starts_with(known))).collect();
    assert!(new.is_empty(), "{rule}:\n{}", new.iter().map(|place| format!("  {place}")).collect::<Vec<_>>().join("\n"));
    let idle: Vec<&&str> =
        exceptions.iter().filter(|known| !found.iter().any(|place| place.starts_with(**known))).collect();
    assert!(idle.is_empty(), "no longer exceptions, take them off the list: {idle:?}");
}
