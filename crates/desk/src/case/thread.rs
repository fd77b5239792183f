//! What happened, newest first, with the photos of each moment.

use kernel::{
    evidence::Evidence,
    orders::{Entry, OrderView},
};
use maud::{Markup, html};
use values::Id;
use web::{
    View,
    parts::{self, Event, EventKind},
};

/// The lines of the thread. `names`: the reader may know who reported it.
pub(crate) fn thread(view: &View, case: &OrderView, names: bool) -> Markup {
    let events: Vec<Event> = case.thread.iter().rev().map(|entry| event(view, case, entry, names)).collect();
    parts::thread(&events)
}

fn event(view: &View, case: &OrderView, entry: &Entry, names: bool) -> Event {
    let shown = shown_in(case, entry);
    Event {
        who: who(view, case, entry, names),
        what: html! { (did(view, entry)) },
        when: view.formats.when(entry.at),
        kind: kind(entry),
        said: entry.body.clone(),
        photos: (!shown.is_empty()).then(|| photos(view, &shown)),
    }
}

/// Staff are called by name, oneself 您, the program by its own name; a neighbour who reported the same stays unnamed.
fn who(view: &View, case: &OrderView, entry: &Entry, names: bool) -> String {
    let mine = case.for_customer && entry.actor.is_some() && case.reporters.iter().any(|one| one.party == entry.actor);
    match entry.actor_role.as_str() {
        _ if mine => view.say("desk-portal-you"),
        "program" => view.say("desk-portal-program"),
        "customer" if case.for_customer => view.say("desk-portal-neighbour"),
        "customer" if !names => values::mask_name(&entry.actor_name),
        _ if entry.actor_name.is_empty() => view.say("desk-portal-somebody"),
        _ => entry.actor_name.clone(),
    }
}

/// The acts that have words of their own.
const KNOWN: [&str; 26] = [
    "report",
    "acceptance",
    "answer",
    "classification",
    "merge",
    "assignment",
    "grab",
    "taking",
    "arrival",
    "start",
    "suspension",
    "resumption",
    "completion",
    "verdict",
    "rating",
    "closure",
    "reopening",
    "cancellation",
    "transfer",
    "return",
    "chase",
    "supervision",
    "message",
    "reporter",
    "escalation",
    "outage-ended",
];

/// What was done, with the reason or the verdict where it has one.
fn did(view: &View, entry: &Entry) -> String {
    let word = |name: &str| entry.data.get(name).and_then(|value| value.as_str());
    let yes = |name: &str| entry.data.get(name).and_then(serde_json::Value::as_bool);
    let act = entry.act.replace('_', "-");
    let key = match (act.as_str(), yes("satisfied"), yes("by_time"), word("reason")) {
        ("verdict", Some(false), ..) => "desk-portal-did-verdict-no".to_string(),
        ("verdict", _, Some(true), _) => "desk-portal-did-verdict-by-time".to_string(),
        ("suspension", _, _, Some(reason)) => format!("desk-portal-did-suspension-{}", reason.replace('_', "-")),
        _ => format!("desk-portal-did-{act}"),
    };
    let stars = entry.data.get("stars").and_then(serde_json::Value::as_i64).unwrap_or(0);
    let key = if KNOWN.contains(&act.as_str()) { key } else { "desk-portal-did-other".to_string() };
    view.words.with(&key, &[("name", word("name").unwrap_or("").into()), ("stars", stars.into())])
}

fn kind(entry: &Entry) -> EventKind {
    match entry.act.as_str() {
        "suspension" => EventKind::Stop,
        "escalation" | "return" => EventKind::Late,
        "completion" | "arrival" => EventKind::Now,
        _ => EventKind::Plain,
    }
}

/// The pictures that this line brought; those of the report came before its line.
pub(crate) fn shown_in<'a>(case: &'a OrderView, entry: &Entry) -> Vec<&'a Evidence> {
    let named: Vec<Id<Evidence>> =
        entry.data.get("evidence").and_then(|list| serde_json::from_value(list.clone()).ok()).unwrap_or_default();
    let elsewhere: Vec<Id<Evidence>> = case
        .thread
        .iter()
        .filter_map(|one| serde_json::from_value::<Vec<Id<Evidence>>>(one.data.get("evidence")?.clone()).ok())
        .flatten()
        .collect();
    let belongs =
        |one: &&Evidence| if entry.act == "report" { !elsewhere.contains(&one.id) } else { named.contains(&one.id) };
    case.evidence.iter().filter(belongs).collect()
}

/// Thumbnails that open the pictures.
pub(crate) fn photos(view: &View, shown: &[&Evidence]) -> Markup {
    html! {
        @for (index, one) in (1i64..).zip(shown) {
            @let alt = view.words.with(&format!("desk-portal-picture-{}", one.kind), &[("n", index.into())]);
            (parts::thumbnail(&format!("/api/v1/evidence/{}/thumbnail", one.id), &format!("/api/v1/evidence/{}", one.id), &alt, &view.formats.time(one.device_at.unwrap_or(one.at))))
        }
    }
}
