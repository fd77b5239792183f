//! Addresses of the resident face; links come from here.

use kernel::orders::{Kind, Number};

pub(super) const HOME: &str = "/r";
pub(super) const ORDERS: &str = "/r/orders";
pub(super) const ME: &str = "/r/me";

pub(super) fn report(kind: Kind) -> String {
    if kind == Kind::Repair { "/r/report".to_string() } else { format!("/r/report?kind={}", kind.as_str()) }
}
/// The form with its first question answered; `at`: the mark of the label that was scanned.
pub(super) fn report_on(kind: Kind, category: &str, at: Option<&str>) -> String {
    let at = at.map(|at| format!("&at={at}")).unwrap_or_default();
    format!("/r/report?kind={}&category={category}{at}", kind.as_str())
}
/// The form with every category.
pub(super) fn report_more(at: Option<&str>) -> String {
    let at = at.map(|at| format!("&at={at}")).unwrap_or_default();
    format!("/r/report?more=1{at}")
}
pub(super) fn order(number: Number) -> String {
    format!("/r/orders/{number}")
}
pub(super) fn act(number: Number, noun: &str) -> String {
    format!("/r/orders/{number}/{noun}")
}
