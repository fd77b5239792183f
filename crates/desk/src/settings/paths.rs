//! Addresses of the desk's settings; links come from here.

use values::Day;

pub fn categories(site: &str) -> String {
    format!("/c/{site}/settings/categories")
}
pub fn category(site: &str, code: &str) -> String {
    format!("/c/{site}/settings/categories/{code}")
}
pub fn new_leaf(site: &str, branch: &str) -> String {
    format!("/c/{site}/settings/categories/new?parent={branch}")
}
pub fn new_branch(site: &str) -> String {
    format!("/c/{site}/settings/categories/new")
}
pub fn promises(site: &str) -> String {
    format!("/c/{site}/settings/promises")
}
pub fn hours(site: &str) -> String {
    format!("/c/{site}/settings/desk-hours")
}
pub fn calendar(site: &str, year: i16) -> String {
    format!("/c/{site}/settings/calendar?year={year}")
}
/// The form of a new version of `things`.
pub fn new_version(things: &str) -> String {
    format!("{things}/new")
}
pub fn version(things: &str, from: Day) -> String {
    format!("{things}/{from}")
}
pub fn withdrawal(things: &str, from: Day) -> String {
    format!("{things}/{from}/withdrawal")
}
