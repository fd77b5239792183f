use crate::files::{expect_only, sources};

/// A file that needs a split at once.
const LONGEST: usize = 400;

#[test]
fn no_file_is_longer_than_a_person_reads_at_once() {
    let long: Vec<String> = sources()
        .iter()
        .filter(|source| !source.is_test())
        .filter(|source| source.text.lines().count() > LONGEST)
        .map(|source| format!("{} has {} lines", source.path, source.text.lines().count()))
        .collect();
    expect_only(&long, EXCEPT, "split by meaning");
}

const EXCEPT: &[&str] = &[];
