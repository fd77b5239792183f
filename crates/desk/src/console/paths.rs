//! Addresses of the console's desk; links come from here.

use kernel::{orders::Number, sites::Site};

pub fn orders(site: &str) -> String {
    format!("/c/{site}/orders")
}
/// The list under the conditions of `query`.
pub fn list(site: &str, query: &str) -> String {
    if query.is_empty() { orders(site) } else { format!("/c/{site}/orders?{query}") }
}
pub fn intake(site: &str) -> String {
    format!("/c/{site}/orders/new")
}
pub fn order(site: &str, number: Number) -> String {
    format!("/c/{site}/orders/{number}")
}
/// The page of an act, and where its form goes.
pub fn act(site: &str, number: Number, noun: &str) -> String {
    format!("/c/{site}/orders/{number}/{noun}")
}
/// One household or common part.
pub fn place(site: &Site, code: &str) -> String {
    format!("/c/{}/{}", site.code, encode(code))
}

/// One part of a path or a value of a query.
pub fn encode(text: &str) -> String {
    serde_urlencoded::to_string([("", text)]).unwrap_or_default().trim_start_matches('=').replace('+', "%20")
}
