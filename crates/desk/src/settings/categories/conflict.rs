//! Two people changed one category: what stands now and what the second of them typed, field by field.

use kernel::{Site, categories::Saved};
use maud::Markup;
use web::{
    View,
    parts::{self, Conflict, Disputed, FormState},
};

use super::{Subject, form::BETWEEN, pages};
use crate::settings::paths;

/// What was saved meanwhile.
pub struct Stands<'a> {
    /// With the fields as they are now.
    pub subject: &'a Subject<'a>,
    pub saved: &'a Saved,
    pub version: i64,
}

/// The fields of a branch; a leaf has those below as well, and its place in front comes from a file.
const BRANCH: [(&str, &str); 4] = [
    ("zh", "desk-set-name-zh"),
    ("en", "desk-set-name-en"),
    ("front", "desk-set-front"),
    ("closed", "desk-set-closed"),
];
const LEAF: [(&str, &str); 10] = [
    ("parent", "desk-set-branch"),
    ("kind", "desk-set-kinds"),
    ("urgency", "desk-field-urgency"),
    ("urgent_list", "desk-set-urgent-list"),
    ("department", "desk-set-department"),
    ("certificate", "desk-set-certificate"),
    ("trade", "desk-set-trade"),
    ("where", "desk-set-where"),
    ("demands", "desk-set-demands"),
    ("hint_zh", "desk-set-hint-zh"),
];

pub fn form(view: &View, site: &Site, stands: &Stands<'_>, mine: &FormState, once: &str) -> Markup {
    let subject = stands.subject;
    let hint_en = ("hint_en", "desk-set-hint-en");
    let leaf = LEAF.iter().copied().chain([hint_en]).filter(|_| subject.leaf);
    let (mut disputed, mut agreed) = (Vec::new(), Vec::new());
    for (name, label) in BRANCH.into_iter().chain(leaf) {
        let (typed, now) = (mine.get(name), subject.state.get(name));
        if words_of(typed) == words_of(now) {
            agreed.push((name.to_string(), typed.to_string()));
            continue;
        }
        let side = |value: &str| (value.to_string(), reads(view, subject, name, value));
        disputed.push(Disputed {
            name: name.to_string(),
            label: view.say(label),
            mine: side(typed),
            theirs: side(now),
        });
    }
    let path = paths::category(&site.code, subject.code.unwrap_or_default());
    let both = Conflict {
        by: stands.saved.by.clone().unwrap_or_else(|| view.say("desk-set-somebody")),
        at: view.formats.moment(stands.saved.at),
        action: path.clone(),
        once,
        version: stands.version,
        disputed,
        agreed,
        current: path,
    };
    parts::conflict(view, &both)
}

/// In which order boxes were ticked says nothing.
fn words_of(value: &str) -> Vec<&str> {
    let mut words: Vec<&str> = value.split(BETWEEN).collect();
    words.sort_unstable();
    words
}

fn reads(view: &View, subject: &Subject<'_>, name: &str, value: &str) -> String {
    let choices = pages::choices(view, subject, name);
    let word = |value: &str| choices.iter().find(|(known, _)| known == value).map(|(_, word)| word.clone());
    let text = match word(value) {
        Some(word) => word,
        None if choices.is_empty() => value.to_string(),
        None => value.split(BETWEEN).filter_map(word).collect::<Vec<_>>().join(view.say("desk-set-comma").as_str()),
    };
    if text.is_empty() { view.say("desk-set-nothing") } else { text }
}
