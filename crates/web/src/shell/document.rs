//! The document around every page: head, words for the scripts, banner, toasts, sprite.

use std::fmt::Write as _;

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::{icons::sprite, strips};
use crate::{
    look::{Face, Size, Theme, View},
    parts::escape,
};

/// The whole document; `content` is everything visible, with its landmarks.
pub(super) fn document(view: &View, title: &str, content: Markup) -> Markup {
    let body = html! {
        a class="skip" href="#main" { (view.say("shell-skip")) }
        (strips::banners(view))
        (content)
        (strips::toasts(view))
    };
    html! {
        (DOCTYPE)
        html lang=(view.words.lang().tag()) class=[class(view.face)] data-theme=[theme(view.theme)] data-size=[size(view.size)] {
            (head(view, title))
            body data-user=[view.who.as_ref().map(|who| &who.id)] data-live=[view.live.as_ref()] data-login=(view.login)
                data-keys=[(!view.keys).then_some("off")] {
                (sprite(&body.0))
                (body)
                (script_words(view))
            }
        }
    }
}

fn head(view: &View, title: &str) -> Markup {
    let manifest = if view.words.lang().tag() == "en" { "manifest.en.webmanifest" } else { "manifest.webmanifest" };
    html! {
        head {
            meta charset="utf-8";
            meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover";
            meta name="format-detection" content="telephone=no";
            @if !view.csrf.is_empty() { meta name="csrf" content=(view.csrf); }
            title { (full_title(view, title)) }
            link rel="stylesheet" href=(web_assets::url("app.css"));
            link rel="icon" type="image/svg+xml" href=(web_assets::url("favicon.svg"));
            link rel="apple-touch-icon" href=(web_assets::url("icon-180.png"));
            @if view.face == Face::Field { link rel="manifest" href=(web_assets::url(manifest)); }
            script type="module" src=(web_assets::url(&format!("{}.js", view.face.name()))) {}
        }
    }
}

fn full_title(view: &View, title: &str) -> String {
    let place = view.site.as_ref().map_or(view.company.as_str(), |site| site.name.as_str());
    match (title, place) {
        (title, "") => view.words.with("shell-title", &[("page", title.into())]),
        (title, place) if title == place => view.words.with("shell-title", &[("page", title.into())]),
        (title, place) => view.words.with("shell-title-place", &[("page", title.into()), ("place", place.into())]),
    }
}

fn class(face: Face) -> Option<&'static str> {
    match face {
        Face::Console => None,
        // Public pages are read on phones too, often by residents: the portal's sizes.
        Face::Portal | Face::Public => Some("portal"),
        Face::Field => Some("field"),
    }
}

/// No attribute follows the system.
fn theme(theme: Theme) -> Option<&'static str> {
    (theme != Theme::Auto).then(|| theme.name())
}

fn size(size: Size) -> Option<&'static str> {
    (size != Size::Normal).then(|| size.name())
}

/// The words the face's script needs, as `data-…` of one hidden element; maud has no attributes with computed names.
fn script_words(view: &View) -> Markup {
    let mut attributes = String::new();
    for key in web_assets::texts(view.face.name()) {
        let text = view.words.template(&format!("js-{key}"));
        let _ = write!(attributes, " data-say-{key}=\"{}\"", escape(&text));
    }
    PreEscaped(format!("<div id=\"say\" hidden{attributes}></div>"))
}
