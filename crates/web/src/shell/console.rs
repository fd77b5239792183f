//! The console (管理后台): side with project, find and navigation; white work area with crumbs and title row.

use maud::{Markup, html};

use super::{Page, document::document, find, icon, prefs};
use crate::{
    look::{Face, Inbox, LOGOUT_PATH, NavItem, RESIDENT_LOGOUT_PATH, SiteMark, Tally, View},
    parts::{count, count_late, csrf, face},
};

/// The whole page. `body` follows the title row: lists bring their own full width, other content stands in
/// [`crate::parts::padded`] or [`crate::parts::split`].
pub fn console(view: &View, page: &Page, body: Markup) -> Markup {
    let content = html! {
        div class="shell" {
            (side(view))
            main class="work" id="main" tabindex="-1" { (crumbs(view, page)) (title_row(page)) (body) }
        }
        @if let Some(url) = &view.find { (find::dialog(view, url)) }
    };
    document(view, &page.title, content)
}

fn side(view: &View) -> Markup {
    html! {
        header class="side" {
            (project(view))
            @if let Some(url) = &view.find { (find::button(view, url)) }
            nav class="nav" id="nav" data-live-part aria-label=(view.say("shell-nav")) {
                ul { @for item in &view.nav { (nav_line(view, item)) } @if let Some(inbox) = &view.inbox { (bell(view, inbox)) } }
            }
            (person(view))
        }
    }
}

fn project(view: &View) -> Markup {
    let Some(site) = &view.site else {
        return html! { div class="side-project" { (mark(&view.company)) span class="grow" { b class="clip block tight" { (view.company) } } } };
    };
    let name = html! {
        (mark(&site.name))
        span class="grow" {
            b class="clip block tight" { (site.name) }
            span class="tiny muted clip block tight" { (view.company) }
        }
    };
    if view.sites.is_empty() {
        return html! { div class="side-project" { (name) } };
    }
    html! {
        details class="menu" data-menu id="sites" {
            summary class="side-project" { (name) (icon("down")) }
            div class="menu-box" { @for other in &view.sites { (site_line(other)) } }
        }
    }
}

fn site_line(site: &SiteMark) -> Markup {
    html! { a class="menu-it" href=(site.href) { (mark(&site.name)) span class="clip" { (site.name) } } }
}

fn mark(name: &str) -> Markup {
    html! { span class="side-mark" aria-hidden="true" { (name.chars().take(1).collect::<String>()) } }
}

fn nav_line(view: &View, item: &NavItem) -> Markup {
    let deeper = item.under.iter().any(|link| link.current);
    let current = item.current.then_some(if deeper { "true" } else { "page" });
    html! {
        li {
            a href=(item.href) aria-current=[current] data-key=[item.key] data-key-label=[item.key.map(|_| &item.label)] {
                (icon(item.icon)) (item.label)
                @if let Some(tally) = item.tally { (nav_count(view, tally)) }
            }
            @if item.current && !item.under.is_empty() {
                ul class="sub" {
                    @for link in &item.under { li { a href=(link.href) aria-current=[link.current.then_some("page")] { (link.label) } } }
                }
            }
        }
    }
}

/// 消息, with how many are unread.
fn bell(view: &View, inbox: &Inbox) -> Markup {
    html! {
        li {
            a href=(inbox.href) aria-current=[inbox.current.then_some("page")] data-key="g m" data-key-label=(view.say("shell-inbox")) {
                (icon("bell")) (view.say("shell-inbox"))
                @if inbox.unread > 0 { span class="sr" { (view.words.with("shell-inbox-unread", &[("n", inbox.unread.into())])) } span aria-hidden="true" { (count(&unread(inbox))) } }
            }
        }
    }
}

/// From a hundred on nobody counts.
pub(super) fn unread(inbox: &Inbox) -> String {
    if inbox.unread >= 100 { "99+".to_owned() } else { inbox.unread.to_string() }
}

fn nav_count(view: &View, tally: Tally) -> Markup {
    let number = view.formats.count(tally.count);
    if tally.late { count_late(&view.words, &number) } else { count(&number) }
}

/// Name and post; behind them the switches, the list of keys and the way out.
fn person(view: &View) -> Markup {
    html! {
        details class="side-user menu menu-up" data-menu id="me" {
            summary class="side-project" {
                @if let Some(who) = &view.who {
                    (face(&who.name))
                    span class="grow clip small" { (view.words.with("shell-who", &[("name", who.name.as_str().into()), ("post", who.post.as_str().into())])) }
                } @else {
                    (icon("person")) span class="grow clip small" { (view.say("shell-prefs")) }
                }
            }
            div class="menu-box" {
                @if let (Some(site), Some(_)) = (&view.site, &view.who) { a class="menu-it" href={ "/c/" (site.code) "/me" } { (icon("person")) (view.say("shell-me")) } }
                (prefs::menu_lines(view))
                button type="button" class="menu-it" data-keys-help { (icon("keyboard")) (view.say("shell-keys")) }
                @if view.who.is_some() { (log_out(view)) }
            }
        }
    }
}

pub(super) fn log_out(view: &View) -> Markup {
    html! {
        form method="post" action=(if view.face == Face::Portal { RESIDENT_LOGOUT_PATH } else { LOGOUT_PATH }) data-logout {
            (csrf(view))
            button class="menu-it" { (icon("out")) (view.say("shell-log-out")) }
        }
    }
}

fn crumbs(view: &View, page: &Page) -> Markup {
    html! {
        @if !page.crumbs.is_empty() || page.beside.is_some() {
            div class="head head-crumb" {
                nav class="crumb" aria-label=(view.say("shell-crumbs")) {
                    @for (index, crumb) in page.crumbs.iter().enumerate() {
                        @if index > 0 { span aria-hidden="true" { "/" } }
                        a href=(crumb.href) { (crumb.label) }
                    }
                }
                @if let Some(beside) = &page.beside { span class="push row small muted" { (beside) } }
            }
        }
    }
}

fn title_row(page: &Page) -> Markup {
    html! {
        div class="head head-1" {
            @if let Some(plate) = &page.plate { (plate) }
            h1 class="clip" { (page.title) }
            @if let Some(badge) = &page.badge { (badge) }
            @if let Some(acts) = &page.acts { span class="push" {} (acts) }
        }
    }
}
