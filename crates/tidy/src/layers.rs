use std::fs;

use crate::files::{expect_only, root, sources};

/// Lowest first; a crate may depend on those before its own rank only. Departments share a rank and never meet.
const RANKS: &[(&str, u32)] = &[
    ("values", 0),
    ("web-assets", 0),
    ("paper", 0),
    ("sheets", 0),
    ("db", 1),
    ("kernel", 2),
    ("web", 3),
    ("people", 4),
    ("estate", 4),
    ("desk", 4),
    ("app", 5),
    ("testing", 4),
    ("tidy", 9),
];

fn rank(name: &str) -> u32 {
    RANKS
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(_, rank)| *rank)
        .unwrap_or_else(|| panic!("{name} has no rank: give it one"))
}

#[test]
fn imports_point_down_and_departments_never_meet() {
    let mut found = Vec::new();
    for entry in fs::read_dir(root().join("crates")).expect("crates/ is there").flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let manifest = fs::read_to_string(entry.path().join("Cargo.toml")).expect("every crate has a manifest");
        let ordinary = manifest.split("[dev-dependencies]").next().unwrap_or("");
        for line in ordinary.split("[dependencies]").nth(1).unwrap_or("").lines() {
            let dependency = line.split(['.', ' ', '=']).next().unwrap_or("");
            if RANKS.iter().any(|(known, _)| *known == dependency) && rank(dependency) >= rank(&name) {
                found.push(format!("{name} uses {dependency}"));
            }
        }
    }
    expect_only(&found, &[], "imports point upwards");
}

#[test]
fn only_db_knows_which_database_it_is() {
    let mut found = Vec::new();
    for source in sources().iter().filter(|source| source.crate_name() != "db" && !source.is_test()) {
        for (number, line) in source.code() {
            if line.contains("sqlx") || line.contains("rusqlite") || line.contains("Engine::") {
                found.push(format!("{}:{number}: {}", source.path, line.trim()));
            }
        }
    }
    expect_only(&found, EXCEPT_ENGINE, "an engine is named outside db");
}

/// The box's own commands speak of the engine to the person at the box.
const EXCEPT_ENGINE: &[&str] = &[];

#[test]
fn rules_are_pure() {
    let mut found = Vec::new();
    for source in sources().iter().filter(|source| source.path.ends_with("/rules.rs")) {
        for (number, line) in source.code() {
            if ["async ", ".await", "SELECT ", "Clock", "Chance"].iter().any(|word| line.contains(word)) {
                found.push(format!("{}:{number}: {}", source.path, line.trim()));
            }
        }
    }
    expect_only(&found, &[], "rules take plain data and return plain data");
}

/// Markup stands beside the handlers of pages; never where rules, rows or machines are served.
#[test]
fn markup_stands_in_web_and_with_pages_only() {
    let mut found = Vec::new();
    let bare = ["/rules.rs", "/model.rs", "/store.rs", "/verbs.rs", "/api.rs", "/api/"];
    for source in sources().iter().filter(|source| source.crate_name() != "web" && !source.is_test()) {
        let below = rank(source.crate_name()) < rank("web") || bare.iter().any(|word| source.path.contains(word));
        for (number, line) in source.code() {
            if line.contains("PreEscaped") || (below && line.contains("html! {")) {
                found.push(format!("{}:{number}: {}", source.path, line.trim()));
            }
        }
    }
    expect_only(&found, &[], "markup outside web and pages");
}
