//! How content stands on a page.

use maud::{Markup, html};

/// Console content with the page's side padding; lists do without.
pub fn padded(content: Markup) -> Markup {
    html! { div class="body" { (content) } }
}

/// Content left, facts right.
pub fn split(content: Markup, facts: Markup) -> Markup {
    html! { div class="body" { div class="split" { div { (content) } aside { (facts) } } } }
}

/// A titled part of a page; `beside` stands after the title.
pub fn section(title: &str, beside: Markup, content: Markup) -> Markup {
    html! { section class="sect" { div class="sect-h" { h2 { (title) } (beside) } (content) } }
}

/// A titled part of the facts; `more` is (label, href).
pub fn aside_section(title: &str, more: Option<(&str, &str)>, content: Markup) -> Markup {
    html! {
        section class="sect" {
            div class="sect-h" { h2 class="t-md" { (title) } @if let Some((label, href)) = more { a class="push" href=(href) { (label) } } }
            (content)
        }
    }
}

pub fn card(content: Markup) -> Markup {
    html! { section class="card" { (content) } }
}

/// A card with a title, for phones.
pub fn phone_section(title: &str, more: Option<(&str, &str)>, content: Markup) -> Markup {
    html! {
        section class="card" {
            div class="row-b" { h2 { (title) } @if let Some((label, href)) = more { a class="push small" href=(href) { (label) } } }
            (content)
        }
    }
}
