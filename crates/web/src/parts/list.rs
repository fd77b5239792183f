//! Around a list: saved views above, the bar for chosen rows, totals and the next page below.

use maud::{Markup, html};

use super::{count, count_late, csrf, once};
use crate::{look::View, shell::icon};

/// A saved view: a named query with its count, red with ▲ only for overdue.
#[derive(Clone, Debug, Default)]
pub struct ViewTab {
    pub label: String,
    pub href: String,
    pub count: Option<i64>,
    pub late: bool,
    pub current: bool,
}

/// `save` is where the present filter becomes a view.
pub fn views(view: &View, tabs: &[ViewTab], save: Option<&str>) -> Markup {
    html! {
        nav class="views" aria-label=(view.say("list-views")) {
            @for tab in tabs {
                a href=(tab.href) aria-current=[tab.current.then_some("page")] {
                    (tab.label)
                    @if let Some(number) = tab.count {
                        @let number = view.formats.count(number);
                        @if tab.late { (count_late(&view.words, &number)) } @else { (count(&number)) }
                    }
                }
            }
            @if let Some(href) = save { a class="muted" href=(href) { (icon("plus")) (view.say("list-save-view")) } }
        }
    }
}

/// Totals of the whole result, and where this page stands in it.
#[derive(Clone, Debug, Default)]
pub struct Foot {
    /// `共 47 条，超时 3，暂停 2`.
    pub totals: Option<Markup>,
    /// `1–20`.
    pub range: String,
    pub previous: Option<String>,
    pub next: Option<String>,
}

pub fn foot(view: &View, foot: &Foot) -> Markup {
    html! {
        nav class="foot bottom" aria-label=(view.say("list-pages")) {
            span { @if let Some(totals) = &foot.totals { (totals) } }
            span class="push num" { (foot.range) }
            @if let Some(href) = &foot.previous { a href=(href) rel="prev" { (view.say("list-previous")) } }
            @if let Some(href) = &foot.next { a href=(href) rel="next" { (view.say("list-next")) } }
        }
    }
}

/// The dark bar that comes up when rows are chosen. `acts` are submit buttons with `formaction`; the boxes of the table
/// with `bulk = id` belong to its form.
pub fn bulk_bar(view: &View, id: &str, once_key: &str, acts: Markup) -> Markup {
    html! {
        form class="bulk no-print" id=(id) hidden aria-label=(view.say("list-bulk")) method="post" {
            (csrf(view)) (once(once_key))
            span { (view.say("list-chosen")) " " b class="inherit" data-bulk-count { "0" } }
            (acts)
            button type="button" class="btn btn-sm" data-bulk-none aria-label=(view.say("list-choose-none")) { (icon("cross")) }
        }
    }
}
