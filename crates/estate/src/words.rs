//! The screen words of places and people.

use kernel::{
    Site,
    parties::{HomeRole, PartyKind},
    places::{BuildingLine, PlaceKind, UnitState},
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

/// `3 栋`, in English `Building 3`; a building with a name (`商铺`, `东区会所`) is called by it.
pub fn building(view: &View, site: &Site, code: &str) -> String {
    if !code.is_empty() && !code.contains(|c: char| c.is_ascii_alphanumeric()) {
        return code.to_string();
    }
    view.words.with("estate-building-named", &[("code", code.into()), ("word", site.building_word.as_str().into())])
}

/// A line of the buildings by its name; a garage without one is `地库 B1`, not a building B1.
pub fn building_line(view: &View, site: &Site, line: &BuildingLine) -> String {
    match line.kind {
        _ if line.name != line.code => line.name.clone(),
        PlaceKind::Garage => format!("{} {}", kind(&view.words, line.kind), line.code),
        _ => building(view, site, &line.code),
    }
}

/// The state of an order: the desk's own word where it is there.
pub fn order_state(words: &Words, state: &str, open: bool) -> String {
    let own = words.find(&format!("desk-state-{}", state.replace('_', "-")));
    own.unwrap_or_else(|| words.say(if open { "estate-order-open" } else { "estate-order-closed" }))
}
pub const fn order_badge(open: bool) -> BadgeState {
    if open { BadgeState::Half } else { BadgeState::Done }
}
