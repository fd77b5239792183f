//! Addresses of the resident face; links come from here.

use kernel::orders::{Kind, Number};

pub(super) const HOME: &str = "/r";
pub(super) const ORDERS: &str = "/r/orders";
pub(super) const ME: &str = "/r/me";

pub(super) fn report(kind: Kind) -> String {
    if kind == Kind::Repair { "/r/report".to_string() } else { format!("/r/report?kind={}", kind.as_str()) }
}
/// The form with its first question answered.
pub(super) fn report_on(kind: Kind, category: &str) -> String {
    format!("/r/report?kind={}&category={category}", kind.as_str())
}
pub(super) fn order(number: Number) -> String {
    format!("/r/orders/{number}")
}
pub(super) fn act(number: Number, noun: &str) -> String {
    format!("/r/orders/{number}/{noun}")
}
