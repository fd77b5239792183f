//! Pages without a log-in: log-in itself, notices, service promises, scan-to-report.

use maud::{Markup, html};

use super::{Page, document::document, icon, prefs};
use crate::{look::View, parts::phone_link};

/// `page.alone` puts the body, a card, into the middle of an empty page.
pub fn public(view: &View, page: &Page, body: Markup) -> Markup {
    if page.alone {
        return document(view, &page.title, alone(view, page, body));
    }
    let content = html! {
        div class="phone" {
            header class="bar-top" {
                @if let Some(last) = page.crumbs.last() {
                    a class="iconbtn solid" href=(last.href) aria-label=(view.words.with("shell-back", &[("page", last.label.as_str().into())])) { (icon("back")) }
                }
                @if let Some(plate) = &page.plate { (plate) }
                h1 class="clip" { (page.title) }
                span class="push row solid" { (prefs::language_button(view)) (prefs::size_button(view)) }
            }
            main class="pad" id="main" tabindex="-1" { (body) }
            footer class="pad" { (duty_phone(view)) }
        }
    };
    document(view, &page.title, content)
}

fn alone(view: &View, page: &Page, body: Markup) -> Markup {
    html! {
        div class="alone" {
            main class="card" id="main" tabindex="-1" {
                p class="row mb-3" { span class="side-mark" aria-hidden="true" { (view.say("shell-name").chars().take(1).collect::<String>()) } b { (view.say("shell-name")) } span class="muted small clip" { (view.company) } }
                h1 class="mb-3" { (page.title) }
                (body)
                div class="row wrap mt-4 ruled" { (prefs::language_button(view)) (prefs::size_button(view)) }
                (duty_phone(view))
            }
        }
    }
}

/// A phone number beside every page.
fn duty_phone(view: &View) -> Markup {
    html! {
        @if let Some(phone) = &view.duty_phone {
            p class="small muted mt-4" { (view.say("shell-duty-phone")) " " (phone_link(phone)) }
        }
    }
}
