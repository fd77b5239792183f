//! One crate's message files, and what can be read from their text without formatting it.

use std::collections::{BTreeMap, BTreeSet};

/// The message files of one crate, embedded: `Source { zh: include_str!("../messages/zh-CN.ftl"), en: … }`.
#[derive(Clone, Copy, Debug)]
pub struct Source {
    pub zh: &'static str,
    pub en: &'static str,
}

/// The keys of a message file with the variables each one names. Fluent hides this behind its syntax tree; since our files
/// keep one entry a paragraph, starting at the margin, their text tells it just as well.
pub(super) fn variables(text: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut entries: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut current: Option<String> = None;
    for line in text.lines() {
        if line.starts_with('#') {
            continue;
        }
        if line.starts_with(|first: char| first.is_ascii_alphabetic()) {
            current = line.split_once('=').map(|(key, _)| key.trim().to_owned());
        }
        if let Some(key) = &current {
            entries.entry(key.clone()).or_default().extend(named_in(line));
        }
    }
    entries
}

fn named_in(line: &str) -> impl Iterator<Item = String> + '_ {
    line.split('$').skip(1).map(|rest| rest.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect())
}
