//! The desk's side of first binding: requests to settle, slips to print, links to send.

mod pages;
mod slip;
#[cfg(test)]
mod tests;

pub use pages::routes;
