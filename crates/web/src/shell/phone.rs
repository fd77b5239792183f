//! The two faces on phones: the resident portal (业主端) and the field face (现场端).

use maud::{Markup, html};

use super::{
    Page,
    console::{log_out, unread},
    document::document,
    icon, prefs,
};
use crate::{
    look::{NavItem, View},
    parts::count,
};

/// The resident portal: plate, 大字版, one thing after another, four tabs or one docked act.
pub fn portal(view: &View, page: &Page, body: Markup) -> Markup {
    let content = html! {
        div class={ "phone" @if page.dock.is_some() { " phone-dock" } } {
            (top(view, page, html! { @if page.crumbs.is_empty() { (prefs::size_button(view)) } @if let Some(acts) = &page.acts { (acts) } @if page.crumbs.is_empty() { (menu(view)) } }))
            main class="pad" id="main" tabindex="-1" { (hidden_title(page)) (body) }
        }
        (bottom(view, page, "tabs"))
    };
    document(view, &page.title, content)
}

/// The field face: the strip that tells the truth about the network, then the work.
pub fn field(view: &View, page: &Page, body: Markup) -> Markup {
    let content = html! {
        div class={ "phone" @if page.dock.is_some() { " phone-dock" } } {
            (network_strip())
            (top(view, page, html! { (bell(view)) @if let Some(acts) = &page.acts { (acts) } @if page.crumbs.is_empty() { (menu(view)) } }))
            main class="pad" id="main" tabindex="-1" { (hidden_title(page)) (body) }
        }
        (bottom(view, page, if view.nav.len() == 3 { "tabs tabs-3" } else { "tabs" }))
    };
    document(view, &page.title, content)
}

/// 消息; the number stands on the bell.
fn bell(view: &View) -> Markup {
    html! {
        @if let Some(inbox) = view.inbox.as_ref().filter(|inbox| !inbox.current) {
            @let label = view.words.with("shell-inbox-bell", &[("n", inbox.unread.into())]);
            a class="iconbtn bell" href=(inbox.href) aria-label=(label) title=(label) {
                (icon("bell"))
                @if inbox.unread > 0 { span class="count" aria-hidden="true" { (unread(inbox)) } }
            }
        }
    }
}

/// Empty and hidden while the network is well; the script fills it.
fn network_strip() -> Markup {
    html! {
        div class="net no-print" id="net" role="status" hidden {
            (icon("nonet")) span class="clip" data-net-text {} a href="#main" data-net-link hidden {}
        }
    }
}

fn top(view: &View, page: &Page, right: Markup) -> Markup {
    html! {
        header class={ "bar-top" @if page.quiet_title { " wrap" } } {
            @if let Some(last) = page.crumbs.last() {
                a class="iconbtn solid" href=(last.href) aria-label=(view.words.with("shell-back", &[("page", last.label.as_str().into())])) { (icon("back")) }
            }
            @if let Some(plate) = &page.plate { (plate) }
            @if !page.quiet_title { h1 class="clip" { (page.title) } }
            @if let Some(badge) = &page.badge { (badge) }
            span class="push row solid" { (right) }
        }
    }
}

fn hidden_title(page: &Page) -> Markup {
    html! { @if page.quiet_title { h1 class="sr" { (page.title) } } }
}

/// Language, theme, size and the way out.
fn menu(view: &View) -> Markup {
    html! {
        details class="menu menu-end" data-menu id="me" {
            summary class="iconbtn" aria-label=(view.say("shell-more")) { (icon("more")) }
            div class="menu-box" { (prefs::menu_lines(view)) @if view.who.is_some() { (log_out(view)) } }
        }
    }
}

fn bottom(view: &View, page: &Page, class: &str) -> Markup {
    if let Some(dock) = &page.dock {
        return html! { section class="dock" aria-label=(view.say("shell-acts")) { (dock) } };
    }
    html! {
        @if !view.nav.is_empty() {
            nav class=(class) aria-label=(view.say("shell-nav")) { @for item in &view.nav { (tab(view, item)) } }
        }
    }
}

/// The tab with the scan icon is the big one in the middle of the field face and opens the camera.
fn tab(view: &View, item: &NavItem) -> Markup {
    let scan = item.icon == "qr";
    let worker = scan.then(|| web_assets::url("scan-worker.js"));
    html! {
        a href=(item.href) class=[scan.then_some("scan")] data-scan[scan] data-worker=[worker] aria-current=[item.current.then_some("page")] {
            (icon(item.icon)) (item.label)
            @if let Some(tally) = item.tally { (count(&view.formats.count(tally.count))) }
        }
    }
}
