//! Everything that was found of one sort, page by page: where the short lists of the box and of its page lead.

use std::str::FromStr;

use kernel::{
    Site,
    search::{self, Found},
};
use maud::{Markup, html};
use web::{
    Answer, Ask, Page, View,
    parts::{self, Foot, padded},
    shell::icon,
};

use super::{answer, find};
use crate::paths;

/// Lines of a page.
const LINES: usize = 50;

/// What is listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    Homes,
    People,
    Orders,
}

impl Group {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Homes => "homes",
            Self::People => "people",
            Self::Orders => "orders",
        }
    }
    const fn total(self, found: &Found) -> usize {
        match self {
            Self::Homes => found.totals.homes,
            Self::People => found.totals.people,
            Self::Orders => found.totals.orders,
        }
    }
    const fn shown(self, found: &Found) -> usize {
        match self {
            Self::Homes => found.homes.len(),
            Self::People => found.people.len(),
            Self::Orders => found.orders.len(),
        }
    }
}

impl FromStr for Group {
    type Err = ();
    fn from_str(word: &str) -> Result<Self, ()> {
        [Self::Homes, Self::People, Self::Orders].into_iter().find(|group| group.as_str() == word).ok_or(())
    }
}

/// The last line of a short list: how many more there are, leading to all of them.
pub fn more(view: &View, site: &Site, typed: &str, found: &Found, group: Group) -> Markup {
    let rest = group.total(found).saturating_sub(group.shown(found));
    if rest == 0 {
        return html! {};
    }
    let word = match found.totals.at_least {
        true => view.say("estate-find-more-open"),
        false => view.words.with("estate-find-more", &[("n", rest.into())]),
    };
    html! { a class="palette-it" role="option" aria-selected="false" href=(paths::found(&site.code, typed, group.as_str(), 1)) { (icon("go")) (word) } }
}

/// A page of one group.
pub struct Turned<'a> {
    pub typed: &'a str,
    pub group: Group,
    /// From one.
    pub page: usize,
}

pub async fn page(ask: &Ask, view: &View, site: &Site, turned: &Turned<'_>) -> Answer {
    let skip = (turned.page - 1).saturating_mul(LINES);
    let found = search::find_page(&mut ask.read().await?, site, turned.typed, skip, LINES).await?;
    let body = html! {
        (find::search_form(view, site, turned.typed))
        nav class="mt-3 small" { a href={ (paths::find_typed(&site.code, turned.typed)) } { (view.say("estate-find-all-groups")) } }
        @if turned.group.shown(&found) == 0 { p class="mt-4" { (view.words.with("estate-find-nothing", &[("q", turned.typed.into())])) } }
        @else { div class="mt-3 max-744" role="listbox" aria-label=(view.say("find-results")) { (lines(view, turned.group, &found)) } }
    };
    let title = view.say(&format!("estate-find-{}", turned.group.as_str()));
    answer(200, view, &Page::new(title), html! { (padded(body)) (foot(view, site, turned, &found)) })
}

fn lines(view: &View, group: Group, found: &Found) -> Markup {
    html! {
        @match group {
            Group::Homes => { @for hit in &found.homes { (find::home(view, hit)) } }
            Group::People => { @for hit in &found.people { (find::person(view, hit)) } }
            Group::Orders => { @for hit in &found.orders { (find::order(view, hit)) } }
        }
    }
}

fn foot(view: &View, site: &Site, turned: &Turned<'_>, found: &Found) -> Markup {
    let (total, shown) = (turned.group.total(found), turned.group.shown(found));
    let first = (turned.page - 1).saturating_mul(LINES);
    let count = format!(
        "{}{}",
        view.formats.number(i64::try_from(total).unwrap_or(i64::MAX)),
        if found.totals.at_least { "+" } else { "" }
    );
    let to = |page: usize| paths::found(&site.code, turned.typed, turned.group.as_str(), page);
    let range = if shown == 0 { String::new() } else { format!("{}\u{2013}{}", first + 1, first + shown) };
    let foot = Foot {
        totals: Some(html! { (view.words.with("estate-find-total", &[("n", count.into())])) }),
        range,
        previous: (turned.page > 1).then(|| to(turned.page - 1)),
        next: (first + shown < total).then(|| to(turned.page + 1)),
    };
    parts::foot(view, &foot)
}
