//! The shared words of the business and the machinery under every verb: who asks (`access`), how a write happens
//! (`House`, `Tx`), what follows from it (`facts`, `jobs`), who did what (`audit`). Departments meet here and only here.

pub mod access;
pub mod audit;
pub mod batch;
pub mod calendar;
pub mod categories;
pub mod certificates;
pub mod codes;
pub mod error;
pub mod evidence;
pub mod facts;
pub mod files;
mod house;
pub mod inbox;
pub mod jobs;
mod kept;
pub mod keys;
pub mod live;
pub mod messages;
pub mod notices;
pub mod once;
pub mod orders;
pub mod parties;
pub mod places;
pub mod policies;
pub mod promises;
pub mod schema;
pub mod search;
pub mod setup;
pub mod sites;
pub mod staff;
mod tx;

pub use access::{Caller, Right, Role, Who};
pub use batch::Batch;
pub use error::{Checks, Error, FieldError, RefusalKind, Refuse};
pub use facts::Fact;
pub use house::{House, Parts};
pub use sites::Site;
pub use tx::{Read, Tx};
use values::Id;

pub type SiteId = Id<Site>;
/// A place of the tree: building, stair, unit, common part …
pub struct PlaceMark;
pub type PlaceId = Id<PlaceMark>;
/// A person or an organisation.
pub struct PartyMark;
pub type PartyId = Id<PartyMark>;
pub struct SessionMark;
pub type SessionId = Id<SessionMark>;
