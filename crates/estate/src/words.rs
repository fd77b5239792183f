//! The screen words of places and people.

use kernel::{
    Site,
    parties::{HomeRole, PartyKind},
    places::{PlaceKind, UnitState},
};
use web::{View, i18n::Words, parts::BadgeState};

fn key(of: &str, word: &str) -> String {
    format!("estate-{of}-{}", word.replace('_', "-"))
}

pub fn kind(words: &Words, kind: PlaceKind) -> String {
    words.say(&key("kind", kind.as_str()))
}
pub fn role(words: &Words, role: HomeRole) -> String {
    words.say(&key("role", role.as_str()))
}
pub fn party_kind(words: &Words, kind: PartyKind) -> String {
    words.say(&key("party", kind.as_str()))
}
pub fn state(words: &Words, state: UnitState) -> String {
    words.say(&key("state", state.as_str()))
}

/// `3 栋`, in English `Building 3`.
pub fn building(view: &View, site: &Site, code: &str) -> String {
    view.words.with("estate-building-named", &[("code", code.into()), ("word", site.building_word.as_str().into())])
}

/// The state of an order: the desk's own word where it is there.
pub fn order_state(words: &Words, state: &str, open: bool) -> String {
    let own = words.find(&format!("desk-state-{}", state.replace('_', "-")));
    own.unwrap_or_else(|| words.say(if open { "estate-order-open" } else { "estate-order-closed" }))
}
pub const fn order_badge(open: bool) -> BadgeState {
    if open { BadgeState::Half } else { BadgeState::Done }
}
