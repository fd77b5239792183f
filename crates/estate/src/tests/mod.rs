//! What the estate promises: verbs on the database, pages, the API, the wall between sites.

mod api;
mod finding;
mod pages;
mod people;
mod places;
mod walls;
mod words;
