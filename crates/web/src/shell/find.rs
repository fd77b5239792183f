//! Find anywhere (⌘K): the button in the side and the box it opens.

use maud::{Markup, html};

use super::icon;
use crate::{look::View, parts::kbd};

/// A link, so that it works without scripts; with them it opens the box.
pub(super) fn button(view: &View, url: &str) -> Markup {
    html! {
        a class="side-find inherit" href=(url) data-find data-key="/" {
            (icon("search")) span class="grow clip" { (view.say("find-short")) } (kbd("⌘K"))
        }
    }
}

pub(super) fn dialog(view: &View, url: &str) -> Markup {
    html! {
        dialog id="find" class="palette no-print" data-find-url=(url) aria-label=(view.say("find-title")) {
            div class="palette-in" {
                (icon("search"))
                input type="text" role="combobox" autocomplete="off" spellcheck="false" aria-expanded="false"
                    aria-controls="find-list" aria-autocomplete="list" aria-label=(view.say("find-title")) placeholder=(view.say("find-long"));
                (kbd("Esc"))
            }
            div id="find-list" class="palette-list" role="listbox" aria-label=(view.say("find-results")) {}
            p class="palette-tip" { (view.say("find-tip")) }
        }
    }
}
