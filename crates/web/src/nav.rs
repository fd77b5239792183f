//! The lines of the console's navigation. Each department names its own; `app` puts them in one order.

use kernel::{Caller, Right, Site};

use crate::{
    Door,
    i18n::Words,
    look::{NavItem, NavLink, Tally},
};

/// The tabs of the resident face: word, address, drawing.
const PORTAL_TABS: [(&str, &str, &str); 4] = [
    ("nav-portal-home", "/r", "home"),
    ("nav-portal-services", "/r/orders", "inbox"),
    ("nav-portal-notices", "/r/notices", "horn"),
    ("nav-portal-me", "/r/me", "person"),
];
/// The tabs of the field face; the one with the scan icon is the big one.
const FIELD_TABS: [(&str, &str, &str); 3] = [
    ("nav-field-today", "/f", "list"),
    ("nav-field-scan", "/f/scan", "qr"),
    ("nav-field-report", "/f/report", "camera"),
];

/// The tabs at the bottom of a phone; none on the other faces.
pub(crate) fn phone(door: Door, caller: &Caller, words: &Words, path: &str) -> Vec<NavItem> {
    let tabs: &[(&str, &str, &'static str)] = match door {
        Door::Resident => &PORTAL_TABS,
        Door::Field if caller.may_somewhere(Right::OrderReport) || caller.may_somewhere(Right::OrderWork) => {
            &FIELD_TABS
        }
        Door::Field => &[],
        Door::Console | Door::Public | Door::Machine => &[],
    };
    let here = |href: &str| path == href || (href.matches('/').count() > 1 && path.starts_with(&format!("{href}/")));
    let item = |(word, href, icon): &(&str, &str, &'static str)| NavItem {
        current: here(href),
        ..NavItem::new(words.say(word), *href, icon)
    };
    tabs.iter().map(item).collect()
}

/// A first-level line; shown when the caller holds one of its lines' rights.
#[derive(Clone, Copy, Debug)]
pub struct NavGroup {
    /// Key of the words.
    pub word: &'static str,
    pub icon: &'static str,
    /// `h`: pressed after `g`.
    pub key: Option<&'static str>,
    /// What is counted beside it, where somebody must act.
    pub tally: Option<Counted>,
    pub lines: &'static [NavLine],
}

/// What a number of the navigation counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    /// Open orders past their limit.
    OverdueOrders,
}

/// The numbers of one page.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Counts {
    pub overdue_orders: i64,
}

impl Counts {
    /// Nothing to do needs no number.
    fn tally(self, counted: Counted) -> Option<Tally> {
        let (count, late) = match counted {
            Counted::OverdueOrders => (self.overdue_orders, true),
        };
        (count > 0).then_some(Tally { count, late })
    }
}

/// A second-level line: a page below `/c/{site}`.
#[derive(Clone, Copy, Debug)]
pub struct NavLine {
    pub word: &'static str,
    /// Below the site: `/orders`.
    pub path: &'static str,
    pub right: Right,
}

pub(crate) fn build(
    groups: &[NavGroup],
    counts: Counts,
    words: &Words,
    site: &Site,
    caller: &Caller,
    path: &str,
) -> Vec<NavItem> {
    let tallied = |group: &NavGroup| {
        let tally = group.tally.and_then(|counted| counts.tally(counted));
        item(group, words, site, caller, path).map(|item| NavItem { tally, ..item })
    };
    groups.iter().filter_map(tallied).collect()
}

fn item(group: &NavGroup, words: &Words, site: &Site, caller: &Caller, path: &str) -> Option<NavItem> {
    let lines: Vec<&NavLine> = group.lines.iter().filter(|line| caller.may(line.right, site.id)).collect();
    let first = lines.first()?;
    let href = |line: &NavLine| format!("/c/{}{}", site.code, line.path);
    let here =
        |line: &NavLine| !line.path.is_empty() && (path == href(line) || path.starts_with(&format!("{}/", href(line))));
    let at_home = |line: &NavLine| line.path.is_empty() && path.trim_end_matches('/') == href(line);
    let current = lines.iter().any(|line| here(line) || at_home(line));
    // The longest path that fits is the page one is on.
    let best = lines.iter().filter(|line| here(line)).map(|line| line.path.len()).max();
    let under = lines.iter().map(|line| NavLink {
        label: words.say(line.word),
        href: href(line),
        current: here(line) && Some(line.path.len()) == best,
    });
    Some(NavItem {
        key: group.key,
        current,
        under: if lines.len() > 1 { under.collect() } else { Vec::new() },
        ..NavItem::new(words.say(group.word), href(first), group.icon)
    })
}
