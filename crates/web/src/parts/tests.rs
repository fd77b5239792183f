use std::collections::BTreeSet;

use super::samples;
use crate::{i18n::Lang, look::Face};

const VOID: [&str; 14] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "use", "wbr"];

/// Every start tag of our own markup: its name and its attributes' text. Panics where nesting is broken.
fn tags(html: &str) -> Vec<(String, String)> {
    let (mut found, mut open): (Vec<(String, String)>, Vec<String>) = (Vec::new(), Vec::new());
    for rest in html.split('<').skip(1) {
        let (tag, _) = rest.split_once('>').unwrap_or_else(|| panic!("a tag without end: <{rest}"));
        if tag.starts_with('!') {
            continue;
        }
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop().as_deref(), Some(name), "closed in the wrong order near <{tag}>");
            continue;
        }
        let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
        let closed = attributes.ends_with('/') || name.ends_with('/');
        if !closed && (!VOID.contains(&name) || name == "use") {
            open.push(name.to_owned());
        }
        found.push((name.trim_end_matches('/').to_owned(), attributes.to_owned()));
    }
    assert!(open.is_empty(), "never closed: {open:?}");
    found
}

/// The names and values of attributes.
fn attributes(text: &str) -> Vec<(String, String)> {
    let (mut rest, mut found) = (text.trim().trim_end_matches('/'), Vec::new());
    while !rest.is_empty() {
        let end = rest.find(['=', ' ']).unwrap_or(rest.len());
        let name = rest[..end].to_owned();
        rest = &rest[end..];
        let mut value = String::new();
        if let Some(quoted) = rest.strip_prefix("=\"") {
            let (inside, after) = quoted.split_once('"').expect("a closing quote");
            value = inside.to_owned();
            rest = after;
        }
        found.push((name, value));
        rest = rest.trim_start();
    }
    found
}

/// Every sample, whole pages and single parts, by name and language.
fn everything() -> Vec<(String, String)> {
    let catalogue = samples::catalogue();
    let mut all = Vec::new();
    for lang in Lang::ALL {
        let view = samples::view(&catalogue, Face::Console, lang);
        let named = samples::parts(&view).into_iter().chain(samples::pages(&catalogue, lang));
        all.extend(named.map(|(name, markup)| (format!("{name} in {}", lang.tag()), markup.into_string())));
    }
    all
}

#[test]
fn every_sample_is_well_nested_and_keeps_the_content_policy() {
    for (name, html) in everything() {
        for (tag, text) in tags(&html) {
            for (attribute, _) in attributes(&text) {
                assert!(attribute != "style" && !attribute.starts_with("on"), "{name}: <{tag} {attribute}>");
            }
            assert!(tag != "style", "{name}: an inline style sheet");
        }
        let inline = html
            .split("<script")
            .skip(1)
            .any(|script| !script.contains("></script>") || !script.starts_with(" type=\"module\" src="));
        assert!(!inline, "{name}: an inline script");
    }
}

#[test]
fn no_sample_asks_for_a_word_that_nobody_wrote() {
    let catalogue = samples::catalogue();
    for lang in Lang::ALL {
        samples::parts(&samples::view(&catalogue, Face::Console, lang));
        samples::pages(&catalogue, lang);
    }
    assert_eq!(catalogue.missing(), Vec::<String>::new());
}

#[test]
fn the_samples_use_every_word_of_the_shells_and_parts() {
    let catalogue = samples::catalogue();
    catalogue.watch();
    for lang in Lang::ALL {
        samples::parts(&samples::view(&catalogue, Face::Console, lang));
        samples::pages(&catalogue, lang);
    }
    // Faults, refusals, roles, tabs, months and spans are chosen by data; their own tests walk them.
    let by_data = ["fault-", "nav-", "refusal-", "role-", "month-", "span-", "date-", "time-", "ratio", "act-log-in"];
    let unused: Vec<String> =
        catalogue.unused().into_iter().filter(|key| !by_data.iter().any(|start| key.starts_with(start))).collect();
    assert_eq!(unused, Vec::<String>::new());
}

#[test]
fn every_class_a_sample_uses_is_in_the_style_sheet() {
    let css = std::str::from_utf8(web_assets::named("app.css").expect("the style sheet").bytes).expect("text");
    // States and hooks without a look of their own.
    let bare = ["item-t"];
    let mut unknown = BTreeSet::new();
    for (_, html) in everything() {
        for (_, text) in tags(&html) {
            for (name, value) in attributes(&text).iter().filter(|(name, _)| name == "class") {
                unknown.extend(
                    value
                        .split(' ')
                        .filter(|class| !bare.contains(class) && !knows(css, class))
                        .map(|class| format!("{name} {class}")),
                );
            }
        }
    }
    assert_eq!(unknown, BTreeSet::new());
}

fn knows(css: &str, class: &str) -> bool {
    let word = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    css.split(&format!(".{class}")).skip(1).any(|rest| !rest.starts_with(word))
}

#[test]
fn every_label_and_description_points_at_something() {
    for (name, html) in everything() {
        let all: Vec<(String, String)> = tags(&html).iter().flat_map(|(_, text)| attributes(text)).collect();
        let ids: Vec<&str> = all.iter().filter(|(key, _)| key == "id").map(|(_, id)| id.as_str()).collect();
        let pointing = ["for", "aria-describedby", "aria-labelledby", "aria-controls", "list"];
        for (key, targets) in all.iter().filter(|(key, _)| pointing.contains(&key.as_str())) {
            for target in targets.split(' ') {
                assert!(ids.contains(&target), "{name}: {key}={target} points at nothing");
            }
        }
    }
}

#[test]
fn a_page_has_one_heading_one_main_and_no_id_twice() {
    let catalogue = samples::catalogue();
    for lang in Lang::ALL {
        for (name, page) in samples::pages(&catalogue, lang) {
            let tags = tags(&page.0);
            let count = |wanted: &str| tags.iter().filter(|(tag, _)| tag == wanted).count();
            assert_eq!((count("h1"), count("main")), (1, 1), "{name}");
            if name != "gallery" {
                let ids: Vec<String> = tags
                    .iter()
                    .flat_map(|(_, text)| attributes(text))
                    .filter(|(key, _)| key == "id")
                    .map(|(_, id)| id)
                    .collect();
                let distinct: BTreeSet<&String> = ids.iter().collect();
                assert_eq!(distinct.len(), ids.len(), "{name}: {ids:?}");
            }
        }
    }
}

#[test]
fn what_people_type_is_escaped() {
    let html = super::plate("<b onclick=\"x\">&").into_string();
    assert_eq!(html, "<span class=\"plate\">&lt;b onclick=&quot;x&quot;&gt;&amp;</span>");
    assert_eq!(super::escape("a\"b<c>"), "a&quot;b&lt;c&gt;");
}
