//! Addresses of the field face; links come from here.

use kernel::orders::Number;

pub(super) const TODAY: &str = "/f";
pub(super) const QUEUE: &str = "/f/queue";
pub(super) const SCAN: &str = "/f/scan";
pub(super) const HOMES: &str = "/f/homes";
pub(super) const MINE: &str = "/f/mine";
pub(super) const REPORT: &str = "/f/report";
pub(super) const OFFLINE: &str = "/f/offline";

pub(super) fn order(number: Number) -> String {
    format!("/f/orders/{number}")
}
pub(super) fn act(number: Number, noun: &str) -> String {
    format!("/f/orders/{number}/{noun}")
}
/// One home or common part; codes hold letters, digits and dashes, names of common parts anything.
pub(super) fn home(code: &str) -> String {
    format!("{HOMES}/{}", encode(code))
}
pub(super) fn report_at(code: &str) -> String {
    format!("{REPORT}?place={}", encode(code))
}

fn encode(text: &str) -> String {
    serde_urlencoded::to_string([("", text)]).unwrap_or_default().trim_start_matches('=').replace('+', "%20")
}
