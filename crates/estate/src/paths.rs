//! Addresses of this department; links come from here.

use kernel::{PartyId, PlaceId, parties::OccupancyId, places::PlaceKind};

pub fn buildings(site: &str) -> String {
    format!("/c/{site}/buildings")
}
pub fn matrix(site: &str, building: &str, show: &str) -> String {
    with(&format!("/c/{site}/matrix"), &[("building", building), ("show", show)])
}
pub fn homes(site: &str) -> String {
    format!("/c/{site}/homes")
}
/// `owners` or `users`.
pub fn roster(site: &str, list: &str) -> String {
    format!("/c/{site}/{list}")
}
pub fn labels(site: &str) -> String {
    format!("/c/{site}/labels")
}
pub fn find(site: &str) -> String {
    format!("/c/{site}/find")
}
/// The results for what was typed.
pub fn find_typed(site: &str, typed: &str) -> String {
    with(&find(site), &[("q", typed)])
}
/// One page of everything of a group that was found.
pub fn found(site: &str, typed: &str, group: &str, page: usize) -> String {
    let page = if page > 1 { page.to_string() } else { String::new() };
    with(&find(site), &[("q", typed), ("all", group), ("page", &page)])
}
pub fn settings(site: &str) -> String {
    format!("/c/{site}/settings")
}
/// One home or common part, by its code.
pub fn home(site: &str, code: &str) -> String {
    format!("/c/{site}/{}", part(code))
}
pub fn new_building(site: &str) -> String {
    format!("/c/{site}/buildings/new")
}
pub fn new_place(site: &str, parent: Option<PlaceId>, kind: Option<PlaceKind>) -> String {
    let parent = parent.map(|id| id.to_string()).unwrap_or_default();
    with(&format!("/c/{site}/places/new"), &[("parent", &parent), ("kind", kind.map_or("", PlaceKind::as_str))])
}
pub fn place(site: &str, id: PlaceId, what: &str) -> String {
    format!("/c/{site}/places/{id}/{what}")
}
/// What is done at a home: `people`, `sale`, `tenancy`.
pub fn act(site: &str, code: &str, what: &str) -> String {
    format!("{}/{what}", home(site, code))
}
pub fn departure(site: &str, code: &str, occupancy: OccupancyId) -> String {
    act(site, code, &format!("departures/{occupancy}"))
}
/// `edit` or `reveal`.
pub fn person(site: &str, code: &str, party: PartyId, what: &str) -> String {
    act(site, code, &format!("people/{party}/{what}"))
}
pub fn new_order(site: &str, code: &str) -> String {
    with(&format!("/c/{site}/orders/new"), &[("place", code)])
}
pub fn order(site: &str, number: &str) -> String {
    format!("/c/{site}/orders/{}", part(number))
}
pub fn orders_at(site: &str, code: &str) -> String {
    with(&format!("/c/{site}/orders"), &[("place", code), ("state", "all")])
}

/// An address with those conditions that say something.
pub fn with(base: &str, query: &[(&str, &str)]) -> String {
    let said: Vec<&(&str, &str)> = query.iter().filter(|(_, value)| !value.is_empty()).collect();
    let query = serde_urlencoded::to_string(said).unwrap_or_default();
    if query.is_empty() { base.to_string() } else { format!("{base}?{query}") }
}

/// One part of a path.
pub fn part(text: &str) -> String {
    serde_urlencoded::to_string([("", text)]).unwrap_or_default().trim_start_matches('=').replace('+', "%20")
}
