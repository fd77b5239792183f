//! Dialogs: they name the object, the sum, the audience; their buttons repeat the verb.

use maud::{Markup, html};

use super::{Button, button, csrf, once};
use crate::look::View;

/// A question before an act that cannot be undone. Without scripts `opener` leads to a page with the same question.
#[derive(Clone, Debug)]
pub struct Dialog<'a> {
    pub id: &'a str,
    /// `作废 3 张账单？`
    pub title: String,
    /// What it means for whom.
    pub text: String,
    pub action: String,
    pub once: &'a str,
    /// Such as the reason.
    pub fields: Option<Markup>,
    /// `不作废`.
    pub back: String,
    pub act: Button<'a>,
}

pub fn dialog(view: &View, dialog: &Dialog<'_>) -> Markup {
    let title = format!("{}-title", dialog.id);
    html! {
        dialog class="dialog" id=(dialog.id) aria-labelledby=(title) {
            form method="post" action=(dialog.action) {
                (csrf(view)) (once(dialog.once))
                h2 id=(title) { (dialog.title) }
                p { (dialog.text) }
                @if let Some(fields) = &dialog.fields { div class="mt-3" { (fields) } }
                div class="dialog-acts" {
                    button type="button" class="btn" data-close { (dialog.back) }
                    (button(&dialog.act))
                }
            }
        }
    }
}

/// The button that opens a dialog; `href` is its page for browsers without scripts.
pub fn opener(id: &str, label: &str, class: &str, href: &str) -> Markup {
    html! { a class=(class) href=(href) data-open=(id) { (label) } }
}
