use std::{collections::BTreeSet, fs};

use crate::files::{expect_only, root, sources};

fn messages(language: &str) -> String {
    let mut all = String::new();
    for entry in fs::read_dir(root().join("crates")).expect("crates/ is there").flatten() {
        all += &fs::read_to_string(entry.path().join(format!("messages/{language}.ftl"))).unwrap_or_default();
        all.push('\n');
    }
    all
}

fn keys(text: &str) -> BTreeSet<String> {
    text.lines()
        .filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()))
        .filter_map(|line| line.split_once(" =").map(|(key, _)| key.trim().to_string()))
        .collect()
}

#[test]
fn both_languages_have_the_same_keys() {
    let (zh, en) = (keys(&messages("zh-CN")), keys(&messages("en")));
    let apart: Vec<String> = zh.symmetric_difference(&en).cloned().collect();
    expect_only(&apart, &[], "in one language only");
}

/// A refusal without words would show its code to a person.
#[test]
fn every_code_of_a_field_error_has_words() {
    let known = keys(&messages("zh-CN"));
    let mut found = Vec::new();
    for source in sources().iter().filter(|source| !source.is_test()) {
        for code in codes(&source.text) {
            if !known.contains(&format!("refusal-{}", code.replace('_', "-"))) {
                found.push(format!("{code} ({})", source.path));
            }
        }
    }
    expect_only(&found, &[], "no words for");
}

/// `FieldError::new("field", "code")` and `checks.refuse("field", "code")`.
fn codes(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    for start in ["FieldError::new(", ".refuse("] {
        for rest in text.split(start).skip(1) {
            let call = rest.split(')').next().unwrap_or("");
            if let Some(code) = call.split('"').nth(3) {
                out.push(code.to_string());
            }
        }
    }
    out
}

/// Texts for people stand in message files; the exceptions read what people type, or name what the law names.
#[test]
fn no_chinese_words_in_code() {
    let mut found = Vec::new();
    for source in sources().iter().filter(|source| !source.is_test()) {
        let code = source.text.split("#[cfg(test)]\nmod tests {").next().unwrap_or("");
        let line = (1..).zip(code.lines()).find(|(_, line)| {
            let line = line.split("//").next().unwrap_or("");
            line.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
        });
        if let Some((number, line)) = line {
            found.push(format!("{}:{number}: {}", source.path, line.trim()));
        }
    }
    expect_only(&found, EXCEPT_CHINESE, "a text for people in code");
}

const EXCEPT_CHINESE: &[&str] = &[
    "crates/app/src/commands/init.rs",
    "crates/app/src/demo/",
    "crates/app/src/settings.rs",
    "crates/kernel/src/places/code.rs",
    "crates/kernel/src/places/tokens.rs",
    "crates/kernel/src/search/terms.rs",
    "crates/kernel/src/sites.rs",
    "crates/people/src/password/blocklist.rs",
    "crates/sheets/src/",
];

/// An unknown icon would stop the page that shows it.
#[test]
fn every_icon_that_code_names_is_there() {
    let known = fs::read_to_string(root().join("crates/web-assets/icons.json")).expect("the list of icons is there");
    let mut found = Vec::new();
    for source in sources().iter().filter(|source| !source.is_test()) {
        for start in ["icon: \"", "icon(\""] {
            for rest in source.text.split(start).skip(1) {
                let name = rest.split('"').next().unwrap_or("");
                if !known.contains(&format!("\"{name}\":")) {
                    found.push(format!("{name} ({})", source.path));
                }
            }
        }
    }
    expect_only(&found, &[], "no such icon");
}
