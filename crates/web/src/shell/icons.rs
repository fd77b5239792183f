//! Icons: a page names them, the shell puts the drawings of those it used into one sprite.

use std::collections::BTreeSet;

use maud::{Markup, PreEscaped, html};

const MARK: &str = "href=\"#i-";

/// An icon by its name in `icons.json`. Decoration only: the word stands beside it, or in the label of its button.
pub fn icon(name: &str) -> Markup {
    html! { svg class="i" aria-hidden="true" { use href={ "#i-" (name) } {} } }
}

/// The drawings of all icons used in `body`.
pub(super) fn sprite(body: &str) -> Markup {
    html! {
        svg class="sr" width="0" height="0" aria-hidden="true" focusable="false" {
            @for name in used(body) {
                symbol id={ "i-" (name) } viewBox="0 0 24 24" { (PreEscaped(web_assets::icon(name))) }
            }
        }
    }
}

fn used(body: &str) -> BTreeSet<&str> {
    body.split(MARK).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}
