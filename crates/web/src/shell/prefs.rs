//! Language, theme and type size: one form whose buttons each send one choice.

use maud::{Markup, html};

use super::icon;
use crate::{
    i18n::Lang,
    look::{PREFS_PATH, Size, Theme, View},
    parts::csrf,
};

/// The form around `buttons`; it comes back to this page.
fn form(view: &View, buttons: Markup) -> Markup {
    html! {
        form method="post" action=(PREFS_PATH) {
            (csrf(view))
            input type="hidden" name="back" value=(view.path);
            (buttons)
        }
    }
}

/// All three switches as lines of a menu.
pub(super) fn menu_lines(view: &View) -> Markup {
    form(view, html! { (language_line(view)) (theme_lines(view)) (size_line(view)) })
}

fn language_line(view: &View) -> Markup {
    let other = other(view.words.lang());
    let label = view.words.in_lang(other).say("prefs-this-language");
    html! { button class="menu-it" name="lang" value=(other.tag()) lang=(other.tag()) { (icon("language")) (label) } }
}

fn theme_lines(view: &View) -> Markup {
    html! {
        @for theme in Theme::ALL.into_iter().filter(|theme| *theme != view.theme) {
            @let (drawing, key) = match theme {
                Theme::Auto => ("monitor", "prefs-theme-auto"),
                Theme::Light => ("sun", "prefs-theme-light"),
                Theme::Dark => ("moon", "prefs-theme-dark"),
            };
            button class="menu-it" name="theme" value=(theme.name()) { (icon(drawing)) (view.say(key)) }
        }
    }
}

fn size_line(view: &View) -> Markup {
    let (size, key) = other_size(view.size);
    html! { button class="menu-it" name="size" value=(size.name()) { (icon("size")) (view.say(key)) } }
}

/// 大字版 by one tap, for the head of phones.
pub(super) fn size_button(view: &View) -> Markup {
    let (size, key) = other_size(view.size);
    form(view, html! { button class="btn btn-quiet small" name="size" value=(size.name()) { (view.say(key)) } })
}

/// Language by one tap, for pages without a menu.
pub(super) fn language_button(view: &View) -> Markup {
    let other = other(view.words.lang());
    let label = view.words.in_lang(other).say("prefs-this-language");
    form(
        view,
        html! { button class="btn btn-quiet small" name="lang" value=(other.tag()) lang=(other.tag()) { (label) } },
    )
}

fn other(lang: Lang) -> Lang {
    match lang {
        Lang::Zh => Lang::En,
        Lang::En => Lang::Zh,
    }
}

fn other_size(size: Size) -> (Size, &'static str) {
    match size {
        Size::Normal => (Size::Xl, "prefs-size-xl"),
        Size::Xl => (Size::Normal, "prefs-size-normal"),
    }
}
