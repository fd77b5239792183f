//! A line that must be read before going on.

use maud::{Markup, html};

use crate::{look::View, shell::icon};

/// How a note weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoteKind {
    Plain,
    Info,
    Ok,
    Warn,
    Danger,
    Stop,
}

impl NoteKind {
    const fn look(self) -> (Option<&'static str>, &'static str) {
        match self {
            Self::Plain => (None, "info"),
            Self::Info => (Some("info"), "info"),
            Self::Ok => (Some("ok"), "check"),
            Self::Warn => (Some("warn"), "warn"),
            Self::Danger => (Some("danger"), "warn"),
            Self::Stop => (Some("stop"), "pause"),
        }
    }
}

pub fn note(kind: NoteKind, text: Markup) -> Markup {
    let (state, drawing) = kind.look();
    html! { div class="note gap" data-s=[state] { (icon(drawing)) span { (text) } } }
}

/// 数据截至 10:24: says openly that what is shown is not of this minute.
pub fn stale(view: &View, as_of: &str) -> Markup {
    html! { span class="small muted num" { (view.words.with("stale", &[("at", as_of.into())])) } }
}
