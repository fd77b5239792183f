//! `World`: the language our tests are written in. It opens a fresh house on a copy of a migrated SQLite file, or in a
//! schema of its own on PostgreSQL when `TEST_DB` names a server, and speaks through verbs and pages.
//!
//! ```text
//! let mut world = World::new(desk::routes(), &[web::i18n::WEB, desk::MESSAGES]).await;
//! let desk = world.staff("陈芳", Role::Desk).await;
//! let page = world.get(&desk, "/c/GYHY/orders").await;
//! ```

mod people;
mod place;
mod reply;
mod world;

pub use people::Person;
pub use reply::Reply;
pub use world::World;
