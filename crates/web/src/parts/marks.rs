//! The smallest marks: door plate, badge, tag, count, source, face, key.

use maud::{Markup, html};

use crate::i18n::Words;

/// The eight states a thing may be in, each with its own shape, so that no state is told by colour alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadgeState {
    /// ○ waits for somebody.
    Todo,
    /// ◐ under way.
    Half,
    /// ● running.
    Run,
    /// ◆ soon due.
    Soon,
    /// ▲ overdue.
    Late,
    /// ‖ suspended.
    Stop,
    /// ✓ kept, done, paid.
    Done,
    /// ✕ missed, refused.
    Miss,
}

impl BadgeState {
    pub const ALL: [Self; 8] =
        [Self::Todo, Self::Half, Self::Run, Self::Soon, Self::Late, Self::Stop, Self::Done, Self::Miss];

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Todo => "todo",
            Self::Half => "half",
            Self::Run => "run",
            Self::Soon => "soon",
            Self::Late => "late",
            Self::Stop => "stop",
            Self::Done => "done",
            Self::Miss => "miss",
        }
    }
}

/// 门牌: a home is always shown this way.
pub fn plate(code: &str) -> Markup {
    html! { span class="plate" { (code) } }
}

pub fn plate_link(code: &str, href: &str) -> Markup {
    html! { a class="plate" href=(href) { (code) } }
}

/// The enamel plate of a page's own place, once a page.
pub fn plate_solid(code: &str) -> Markup {
    html! { span class="plate plate-solid" { (code) } }
}

/// Shape and word; for rows.
pub fn badge(state: BadgeState, word: &str) -> Markup {
    html! { span class="badge" data-s=(state.name()) { (word) } }
}

/// Shape and word on a soft ground; beside titles.
pub fn badge_fill(state: BadgeState, word: &str) -> Markup {
    html! { span class="badge badge-fill" data-s=(state.name()) { (word) } }
}

/// A kind: 报修, 投诉.
pub fn tag(word: &str) -> Markup {
    html! { span class="tag" { (word) } }
}

pub fn count(number: &str) -> Markup {
    html! { span class="count" { (number) } }
}

/// Red with ▲, for overdue only; read aloud as 超时 3.
pub fn count_late(words: &Words, number: &str) -> Markup {
    html! { span class="count" data-s="late" { span class="sr" { (words.say("mark-late")) " " } (number) } }
}

/// 来源: where a number comes from.
pub fn source(origin: &str) -> Markup {
    html! { span class="src" { (origin) } }
}

pub fn source_link(origin: &str, href: &str) -> Markup {
    html! { a class="src" href=(href) { (origin) } }
}

/// The first character of a name, or the initials of a Latin one.
pub fn face(name: &str) -> Markup {
    html! { span class="face" aria-hidden="true" { (initials(name)) } }
}

/// Face and name.
pub fn person(name: &str) -> Markup {
    html! { span class="row" { (face(name)) span class="clip" { (name) } } }
}

fn initials(name: &str) -> String {
    let first = name.chars().next();
    if first.is_some_and(|letter| !letter.is_ascii()) {
        return first.into_iter().collect();
    }
    name.split_whitespace().filter_map(|part| part.chars().next()).take(2).flat_map(char::to_uppercase).collect()
}

/// A key to press.
pub fn kbd(key: &str) -> Markup {
    html! { kbd class="kbd" { (key) } }
}
