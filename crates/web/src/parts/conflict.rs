//! Somebody saved meanwhile: both versions side by side, field by field, and nothing typed is lost.

use maud::{Markup, html};

use super::{Button, button, csrf, once, version};
use crate::look::View;

/// A field in which the two versions differ.
#[derive(Clone, Debug)]
pub struct Disputed {
    pub name: String,
    pub label: String,
    /// The value that would be sent, and how it reads.
    pub mine: (String, String),
    pub theirs: (String, String),
}

/// Two versions of one thing.
#[derive(Clone, Debug)]
pub struct Conflict<'a> {
    /// Who saved and when: 陈芳, 10:21.
    pub by: String,
    pub at: String,
    pub action: String,
    pub once: &'a str,
    /// The version that stands now; what is chosen here is saved on top of it.
    pub version: i64,
    pub disputed: Vec<Disputed>,
    /// Fields in which there is nothing to choose, sent along: name and value.
    pub agreed: Vec<(String, String)>,
    /// Where the present version can be read.
    pub current: String,
}

/// The choice as a form: one row a field, one's own words chosen at first.
pub fn conflict(view: &View, conflict: &Conflict<'_>) -> Markup {
    let title =
        view.words.with("conflict-title", &[("by", conflict.by.as_str().into()), ("at", conflict.at.as_str().into())]);
    html! {
        form method="post" action=(conflict.action) class="stack" {
            (csrf(view)) (once(conflict.once)) (version(conflict.version))
            @for (name, value) in &conflict.agreed { input type="hidden" name=(name) value=(value); }
            div class="errors" role="alert" tabindex="-1" { b { (title) } " " (view.say("conflict-safe")) }
            (choices(view, conflict))
            div class="form-acts" {
                (button(&Button::main(&view.say("conflict-save"))))
                a class="btn" href=(conflict.current) { (view.say("conflict-leave")) }
            }
        }
    }
}

fn choices(view: &View, conflict: &Conflict<'_>) -> Markup {
    html! {
        table class="table plain" {
            caption class="sr" { (view.say("conflict-caption")) }
            thead { tr {
                th scope="col" class="w-130" { (view.say("conflict-field")) }
                th scope="col" { (view.say("conflict-mine")) }
                th scope="col" { (view.words.with("conflict-theirs", &[("by", conflict.by.as_str().into())])) }
            } }
            tbody { @for field in &conflict.disputed { tr {
                th scope="row" { (field.label) }
                td { (side(field, &field.mine, true)) }
                td { (side(field, &field.theirs, false)) }
            } } }
        }
    }
}

fn side(field: &Disputed, (value, reads): &(String, String), chosen: bool) -> Markup {
    html! {
        label class="boxed" {
            input class="check" type="radio" name=(field.name) value=(value) checked[chosen];
            span { (reads) }
        }
    }
}
