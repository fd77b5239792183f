//! Nothing to show: why, and what to do next. And the bones of what is coming.

use maud::{Markup, html};

use super::{Button, link_button};
use crate::{look::View, shell::icon};

/// An empty place. `act` is (label, href).
#[derive(Clone, Debug)]
pub struct Empty {
    pub icon: &'static str,
    pub title: String,
    pub why: String,
    pub act: Option<(String, String)>,
}

pub fn empty(empty: &Empty) -> Markup {
    html! {
        div class="empty" {
            (icon(empty.icon))
            h2 class="t-md" { (empty.title) }
            p { (empty.why) }
            @if let Some((label, href)) = &empty.act { (link_button(&Button::new(label), href)) }
        }
    }
}

/// There is nothing of this kind yet.
pub fn nothing_yet(title: &str, why: &str, act: Option<(String, String)>) -> Markup {
    empty(&Empty { icon: "check", title: title.to_owned(), why: why.to_owned(), act })
}

/// There is something, but not under these conditions; `reset` is the list without them.
pub fn nothing_matches(view: &View, reset: &str) -> Markup {
    empty(&Empty {
        icon: "search",
        title: view.say("empty-no-match"),
        why: view.say("empty-no-match-why"),
        act: Some((view.say("empty-no-match-act"), reset.to_owned())),
    })
}

/// There may be something, but not for this post; `posts` names who may see it.
pub fn not_for_your_post(view: &View, posts: &str) -> Markup {
    let why = view.words.with("empty-not-yours-why", &[("posts", posts.into())]);
    empty(&Empty { icon: "lock", title: view.say("empty-not-yours"), why, act: None })
}

/// Shown after 300 ms in the size of what comes.
pub fn bones(view: &View) -> Markup {
    html! {
        div class="stack" role="status" {
            span class="sr" { (view.say("loading")) }
            span class="bone bone-1" {} span class="bone" {} span class="bone bone-2" {} span class="bone bone-3" {}
        }
    }
}
