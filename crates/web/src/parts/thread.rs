//! What happened to a thing, newest first: who, what, when, what they said.

use maud::{Markup, html};

/// How an event weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventKind {
    Plain,
    Now,
    Late,
    Stop,
}

/// One event. `body` carries said words and photos.
#[derive(Clone, Debug)]
pub struct Event {
    pub who: String,
    pub what: Markup,
    pub when: String,
    pub kind: EventKind,
    pub said: Option<String>,
    pub photos: Option<Markup>,
}

pub fn thread(events: &[Event]) -> Markup {
    html! { ol class="line" { @for event in events { (line(event)) } } }
}

fn line(event: &Event) -> Markup {
    let state = match event.kind {
        EventKind::Plain => None,
        EventKind::Now => Some("now"),
        EventKind::Late => Some("late"),
        EventKind::Stop => Some("stop"),
    };
    html! {
        li data-s=[state] {
            div class="row-b" {
                span { b { (event.who) } " " (event.what) }
                span class="when push" { (event.when) }
            }
            @if let Some(said) = &event.said { p class="say" { (said) } }
            @if let Some(photos) = &event.photos { div class="row wrap mt-2" { (photos) } }
        }
    }
}
