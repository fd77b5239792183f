//! Strips and toasts that may stand on every page.

use maud::{Markup, html};

use crate::{
    look::{Banner, View},
    parts::{csrf, once},
};

/// A movable clock or caught messages must never be mistaken for the real thing.
pub(super) fn banners(view: &View) -> Markup {
    html! {
        @if !view.banners.is_empty() {
            aside class="banner" aria-label=(view.say("shell-banner")) { @for banner in &view.banners { span { (sentence(view, banner)) } } }
        }
    }
}

fn sentence(view: &View, banner: &Banner) -> String {
    match banner {
        Banner::TestClock(at) => view.words.with("shell-test-clock", &[("at", at.as_str().into())]),
        Banner::TestGateways => view.say("shell-test-gateways"),
    }
}

/// The polite live region with what the last act did.
pub(super) fn toasts(view: &View) -> Markup {
    html! {
        div class="toasts no-print" role="status" aria-live="polite" {
            @if let Some(flash) = &view.flash {
                div class="toast" data-closable {
                    span { (flash.text) }
                    @if let Some(undo) = &flash.undo {
                        form method="post" action=(undo.action) {
                            (csrf(view)) (once(&undo.once))
                            button class="btn btn-sm" { (view.say("act-undo")) }
                        }
                    }
                    button type="button" class="btn btn-sm btn-quiet inherit" data-close aria-label=(view.say("act-close")) { "✕" }
                }
            }
        }
    }
}
