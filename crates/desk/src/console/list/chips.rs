//! The conditions of the list as chips: what is set can be taken away, what is not can be added.

use kernel::{
    Site,
    orders::{Channel, Kind, State},
};
use maud::{Markup, html};
use web::{
    View,
    parts::{self, Chip, Filters},
};

use super::{
    filter::{Sort, States},
    load::Shown,
    pages::saved_now,
};
use crate::console::{paths, words};

pub fn row(view: &View, site: &Site, shown: &Shown) -> Markup {
    let filter = &shown.filter;
    let plain = filter.query().is_empty();
    html! {
        (parts::filters(view, &Filters {
            action: paths::orders(&site.code),
            query: filter.q.clone(),
            placeholder: view.say("desk-search"),
            keep: filter.kept(),
            chips: chips(view, site, shown),
            reset: (!plain).then(|| paths::orders(&site.code)),
            order: None,
        }))
        @if let Some(saved) = saved_now(shown) { (forget(view, site, saved)) }
    }
}

/// One's own view can be taken off the list again.
fn forget(view: &View, site: &Site, saved: &super::model::SavedView) -> Markup {
    html! {
        form class="forget small" method="post" action={ "/c/" (site.code) "/orders/views/" (saved.id) "/deletion" } {
            (parts::csrf(view))
            (parts::button(&parts::Button::quiet(&view.words.with("desk-view-forget", &[("name", saved.name.as_str().into())]))))
        }
    }
}

fn chips(view: &View, site: &Site, shown: &Shown) -> Vec<Chip> {
    let f = &shown.filter;
    let own = |word: &str, values: Vec<(String, String)>| (view.say(word), values);
    let kinds = Kind::ALL.iter().map(|kind| (kind.as_str().to_string(), words::kind(view, *kind))).collect();
    let channels =
        Channel::ALL.iter().map(|channel| (channel.as_str().to_string(), words::channel(view, *channel))).collect();
    let building = |one: &super::model::Choice| {
        let named = [("building", one.name.as_str().into()), ("word", site.building_word.as_str().into())];
        let name =
            if one.name == one.value { view.words.with("desk-building-named", &named) } else { one.name.clone() };
        (one.value.clone(), name)
    };
    let buildings = shown.buildings.iter().map(building).collect();
    let branches = shown.branches.iter().map(|branch| (branch.value.clone(), branch.name.clone())).collect();
    let named = |words: [&str; 2], key: &str| {
        words.iter().map(|word| ((*word).to_string(), view.say(&format!("desk-{key}-{word}")))).collect::<Vec<_>>()
    };
    let all = [
        ("state", f.state.as_str(), own("desk-filter-state", states(view))),
        ("kind", f.kind.as_str(), own("desk-filter-kind", kinds)),
        ("bldg", f.bldg.as_str(), own("desk-filter-building", buildings)),
        ("who", f.who.as_str(), own("desk-filter-assignee", people(view, shown))),
        ("channel", f.channel.as_str(), own("desk-filter-channel", channels)),
        ("cat", f.cat.as_str(), own("desk-filter-category", branches)),
        ("due", f.due.as_str(), own("desk-filter-due", named(["late", "soon"], "due"))),
        ("since", f.since.as_str(), own("desk-filter-since", named(["today", "week"], "since"))),
        ("sort", f.sort.as_str(), (order(view, shown), named(["due", "new"], "sort"))),
    ];
    all.into_iter()
        .filter(|(.., (_, values))| !values.is_empty())
        .map(|(name, value, (label, values))| chip(view, site, shown, name, value, label, values))
        .collect()
}

/// The order of now; a press offers the others.
fn order(view: &View, shown: &Shown) -> String {
    if !shown.filter.sort.is_empty() {
        return view.say("desk-filter-sort");
    }
    view.say(if shown.filter.sort() == Sort::Urgent { "desk-order-urgent" } else { "desk-order-newest" })
}

fn chip(
    view: &View,
    site: &Site,
    shown: &Shown,
    name: &str,
    value: &str,
    label: String,
    values: Vec<(String, String)>,
) -> Chip {
    let address = |value: &str| paths::list(&site.code, &shown.filter.with(name, value).query());
    if value.is_empty() {
        return Chip::Off {
            label,
            values: values.iter().map(|(value, name)| (name.clone(), address(value))).collect(),
        };
    }
    let reads = values.iter().find(|(known, _)| known == value).map_or(value, |(_, reads)| reads);
    Chip::On {
        label: view.words.with("desk-filter-on", &[("name", label.into()), ("value", reads.to_string().into())]),
        remove: address(""),
    }
}

fn states(view: &View) -> Vec<(String, String)> {
    let of = |states: States, word: &str| {
        let reads = match states {
            States::One(state) => words::state(view, state),
            States::Open | States::Any | States::Undispatched => view.say(&format!("desk-states-{word}")),
        };
        (word.to_string(), reads)
    };
    let single = State::ALL.iter().map(|state| of(States::One(*state), state.as_str()));
    [of(States::Undispatched, "undispatched"), of(States::Any, "any")].into_iter().chain(single).collect()
}

fn people(view: &View, shown: &Shown) -> Vec<(String, String)> {
    let fixed = ["me", "none"].map(|word| (word.to_string(), view.say(&format!("desk-who-{word}"))));
    fixed.into_iter().chain(shown.assignees.iter().map(|person| (person.id.to_string(), person.name.clone()))).collect()
}
