//! Buttons. They say the act (派单, 作废 3 张), never 确定; a page has one main button.

use maud::{Markup, html};

use super::kbd;
use crate::{
    look::View,
    parts::{csrf, once},
    shell::icon,
};

/// How a button looks and which key presses it.
#[derive(Clone, Debug, Default)]
pub struct Button<'a> {
    pub label: &'a str,
    pub icon: Option<&'static str>,
    /// The key of the keyboard, such as `c` or `F2`; it is shown on the button.
    pub key: Option<&'static str>,
    class: &'static str,
    block: bool,
}

impl<'a> Button<'a> {
    pub fn new(label: &'a str) -> Self {
        Self { label, class: "btn", ..Self::default() }
    }
    /// The one main act of a page.
    pub fn main(label: &'a str) -> Self {
        Self { class: "btn btn-main", ..Self::new(label) }
    }
    /// What takes something away.
    pub fn danger(label: &'a str) -> Self {
        Self { class: "btn btn-danger", ..Self::new(label) }
    }
    pub fn quiet(label: &'a str) -> Self {
        Self { class: "btn btn-quiet", ..Self::new(label) }
    }
    /// In rows and beside values.
    pub fn small(label: &'a str) -> Self {
        Self { class: "btn btn-sm", ..Self::new(label) }
    }
    #[must_use]
    pub fn icon(self, icon: &'static str) -> Self {
        Self { icon: Some(icon), ..self }
    }
    #[must_use]
    pub fn key(self, key: &'static str) -> Self {
        Self { key: Some(key), ..self }
    }
    /// As wide as its place; phones.
    #[must_use]
    pub fn block(self) -> Self {
        Self { block: true, ..self }
    }

    fn class(&self) -> String {
        if self.block { format!("{} btn-block", self.class) } else { self.class.to_owned() }
    }

    fn inside(&self) -> Markup {
        html! {
            @if let Some(name) = self.icon { (icon(name)) }
            (self.label)
            @if let Some(key) = self.key.filter(|key| *key != MAIN_KEY) { " " span aria-hidden="true" { (kbd(&shown(key))) } }
        }
    }
}

/// Presses the main act of any page; one that is the same everywhere is not shown on each button.
const MAIN_KEY: &str = ".";

fn shown(key: &str) -> String {
    if key.len() == 1 { key.to_uppercase() } else { key.to_owned() }
}

/// Leads somewhere.
pub fn link_button(button: &Button<'_>, href: &str) -> Markup {
    html! { a class=(button.class()) href=(href) data-key=[button.key] data-key-label=[button.key.map(|_| button.label)] { (button.inside()) } }
}

/// Sends the form it stands in.
pub fn button(button: &Button<'_>) -> Markup {
    html! { button class=(button.class()) type="submit" data-key=[button.key] data-key-label=[button.key.map(|_| button.label)] { (button.inside()) } }
}

/// An act that needs no words of its own: a form with nothing but its button.
pub fn act_form(view: &View, action: &str, once_key: &str, act: &Button<'_>) -> Markup {
    html! { form class="row" method="post" action=(action) { (csrf(view)) (once(once_key)) (button(act)) } }
}

/// A picture only where there is no room for the word; the word is its name.
pub fn icon_link(label: &str, name: &str, href: &str) -> Markup {
    html! { a class="iconbtn" href=(href) aria-label=(label) title=(label) { (icon(name)) } }
}

/// Prints this page (`print`) — the only act of a page that the browser does alone.
pub fn icon_button(label: &str, name: &str) -> Markup {
    html! { button type="button" class="iconbtn" aria-label=(label) title=(label) data-print[name == "print"] { (icon(name)) } }
}

/// A number to call, whole on one line.
pub fn phone_link(number: &str) -> Markup {
    html! { a class="num" href={ "tel:" (number.replace([' ', '-'], "")) } { (number) } }
}
