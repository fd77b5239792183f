//! Filters: the whole state is the address, so chips are links and the search box is a GET form.

use maud::{Markup, html};

use crate::{look::View, shell::icon};

/// One condition.
#[derive(Clone, Debug)]
pub enum Chip {
    /// Active; a press takes it away.
    On { label: String, remove: String },
    /// Can be added: (label, href) of its values.
    Off { label: String, values: Vec<(String, String)> },
}

/// The filter row of a list.
#[derive(Clone, Debug, Default)]
pub struct Filters {
    /// The list's own address; the search goes there.
    pub action: String,
    /// What is looked for now.
    pub query: String,
    /// What can be typed: 房号、姓名、手机后四位、单号.
    pub placeholder: String,
    /// Conditions that a search must keep: name and value.
    pub keep: Vec<(String, String)>,
    pub chips: Vec<Chip>,
    /// The view's own address.
    pub reset: Option<String>,
    /// `排序：最急在前`.
    pub order: Option<String>,
}

pub fn filters(view: &View, filters: &Filters) -> Markup {
    html! {
        div class="filters no-print" {
            (search(view, filters))
            @for (index, condition) in filters.chips.iter().enumerate() { (chip(view, index, condition)) }
            @if let Some(href) = &filters.reset { a class="small" href=(href) { (view.say("list-reset")) } }
            @if let Some(order) = &filters.order { span class="push small muted" { (order) } }
        }
    }
}

fn search(view: &View, filters: &Filters) -> Markup {
    html! {
        form class="row w-260" method="get" action=(filters.action) role="search" {
            label class="sr" for="list-q" { (view.say("list-search")) }
            input class="input" type="search" id="list-q" name="q" value=(filters.query) placeholder=(filters.placeholder) enterkeyhint="search";
            @for (name, value) in &filters.keep { input type="hidden" name=(name) value=(value); }
        }
    }
}

fn chip(view: &View, index: usize, chip: &Chip) -> Markup {
    match chip {
        Chip::On { label, remove } => html! {
            a class="chip" data-on href=(remove) {
                (label) span class="sr" { (view.say("list-remove-condition")) } (icon("cross"))
            }
        },
        Chip::Off { label, values } => html! {
            details class="menu" data-menu id={ "filter-" (index) } {
                summary class="chip" { (label) (icon("down")) }
                div class="menu-box" { @for (value, href) in values { a class="menu-it" href=(href) { (value) } } }
            }
        },
    }
}
