//! Facts beside the content, and figures that can be opened.

use maud::{Markup, html};

/// Pairs of a short name and its value.
pub fn facts(pairs: &[(String, Markup)]) -> Markup {
    html! { dl class="facts" { @for (name, value) in pairs { dt { (name) } dd { (value) } } } }
}

/// A row of figures.
pub fn figures(figures: &[Markup]) -> Markup {
    html! { div class="kpis" { @for figure in figures { (figure) } } }
}

/// A number with its name and what it was made of; it always leads to its parts.
pub fn figure(name: &str, value: &str, unit: &str, below: &str, href: &str) -> Markup {
    html! {
        a class="kpi" href=(href) {
            div class="kpi-name" { (name) }
            div class="kpi-val" { (value) @if !unit.is_empty() { " " small { (unit) } } }
            div class="kpi-sub" { (below) }
        }
    }
}

/// A line of a card on phones that leads somewhere.
pub fn item(title: &str, below: &str, href: &str) -> Markup {
    html! {
        a class="item" href=(href) {
            span class="grow" { span class="item-t clip block" { (title) } span class="small muted block" { (below) } }
            svg class="i i-go" aria-hidden="true" { use href="#i-go" {} }
        }
    }
}
