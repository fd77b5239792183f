//! 往来: what happened and what was said, newest first.

use kernel::{evidence::Evidence, orders::Entry};
use maud::{Markup, html};
use web::{
    View,
    parts::{self, Event, EventKind},
};

use super::model::Case;
use crate::{case::shown_in, console::paths};

pub fn thread(view: &View, site: &str, case: &Case, once: &str) -> Markup {
    let beside = html! { span class="small muted" { (view.say("desk-newest-first")) } };
    parts::section(
        &view.say("desk-thread"),
        beside,
        html! {
            (write(view, site, case, once))
            @if case.view.thread.is_empty() { p class="muted small" { (view.say("desk-thread-none")) } }
            @else { (parts::thread(&events(view, site, case))) }
        },
    )
}

/// A note to colleagues, or with the box ticked a message to the customer.
fn write(view: &View, site: &str, case: &Case, once: &str) -> Markup {
    html! {
        form class="say-form row mb-4" method="post" action=(paths::act(site, case.order().number, "messages")) {
            (parts::csrf(view)) (parts::once(once))
            label class="sr" for="say-text" { (view.say("desk-say")) }
            input class="input grow" id="say-text" name="text" autocomplete="off" maxlength="2000" placeholder=(view.say("desk-say-example")) required;
            label class="boxed small solid" { input class="check" type="checkbox" name="visible" value="on"; " " (view.say("desk-say-visible")) }
            button class="btn" { (view.say("desk-say-send")) }
        }
    }
}

fn events(view: &View, site: &str, case: &Case) -> Vec<Event> {
    let newest = case.view.thread.last().map(|entry| entry.id);
    let oldest = case.view.thread.first().map(|entry| entry.id);
    case.view
        .thread
        .iter()
        .rev()
        .map(|entry| event(view, site, case, entry, Some(entry.id) == newest, Some(entry.id) == oldest))
        .collect()
}

fn event(view: &View, site: &str, case: &Case, entry: &Entry, newest: bool, oldest: bool) -> Event {
    let kind = match entry.act.as_str() {
        "escalation" => EventKind::Late,
        "suspension" => EventKind::Stop,
        _ if newest => EventKind::Now,
        _ => EventKind::Plain,
    };
    // The report stands at the bottom with its own words.
    let said = entry.body.clone().or_else(|| oldest.then(|| case.order().body.clone()).filter(|body| !body.is_empty()));
    let photos = pictures(view, site, &shown_in(&case.view, entry));
    Event { who: who(view, entry), what: what(view, entry), when: view.formats.when(entry.at), kind, said, photos }
}

fn who(view: &View, entry: &Entry) -> String {
    if entry.actor_role == "program" { view.say("desk-who-program") } else { entry.actor_name.clone() }
}

fn what(view: &View, entry: &Entry) -> Markup {
    let text = sentence(view, entry);
    html! {
        (text)
        @if entry.act == "message" && entry.visible { " " span class="tag" { (view.say("desk-visible")) } }
    }
}

/// `desk-did-assignment`, with the names and reasons that the line carries.
pub fn sentence(view: &View, entry: &Entry) -> String {
    let named = entry.data.get("name").and_then(|name| name.as_str()).is_some();
    let key = match (entry.act.as_str(), entry.actor_role.as_str()) {
        ("report", "customer") => "desk-did-reported".to_string(),
        ("verdict", _) if entry.data.get("by_time").is_some() => "desk-did-verdict-by-time".to_string(),
        (act, _) => format!("desk-did-{}{}", act.replace('_', "-"), if named { "-to" } else { "" }),
    };
    let args: Vec<(String, String)> = entry
        .data
        .as_object()
        .into_iter()
        .flatten()
        .map(|(name, value)| (name.clone(), reads(view, name, value)))
        .collect();
    let args: Vec<_> = args.iter().map(|(name, value)| (name.as_str(), value.as_str().into())).collect();
    match view.words.find(&key) {
        Some(_) => view.words.with(&key, &args),
        None => view.say("desk-did-something"),
    }
}

/// A value in the reader's words: reasons and levels are words of closed lists.
fn reads(view: &View, name: &str, value: &serde_json::Value) -> String {
    let text = value
        .as_str()
        .map_or_else(|| if value.is_null() { String::new() } else { value.to_string() }, ToString::to_string);
    let word =
        |of: &str| view.words.find(&format!("desk-{of}-{}", text.replace('_', "-"))).unwrap_or_else(|| text.clone());
    match name {
        "reason" => word("reason"),
        "level" => word("level"),
        "promise" => word("promise"),
        "at" | "from" | "to" => text.parse().map_or(text.clone(), |at| view.formats.moment(at)),
        _ => text,
    }
}

fn pictures(view: &View, site: &str, photos: &[&Evidence]) -> Option<Markup> {
    let picture = |photo: &Evidence| {
        let file = format!("/c/{site}/evidence/{}", photo.id);
        let alt = photo
            .note
            .clone()
            .unwrap_or_else(|| view.words.with("desk-photo", &[("at", view.formats.moment(photo.at).into())]));
        parts::thumbnail(&format!("{file}/thumbnail"), &file, &alt, &view.formats.moment(photo.at))
    };
    (!photos.is_empty()).then(|| html! { @for photo in photos { (picture(photo)) } })
}
