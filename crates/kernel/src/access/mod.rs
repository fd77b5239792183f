//! Who asks, and what they may see and do. The only place where a `Scope` is made: from the grants behind a session or
//! a token, valid today, or for the program itself (`system`: timers, jobs, commands, tests).

pub mod attempts;
mod devices;
mod model;
mod roles;
mod scope;
mod store;

pub use devices::{
    DEVICE_PREFIX, DeviceLine, DeviceToken, Seal, by_device, by_seal, devices_of, end_device, end_devices_of,
    is_anothers_device, new_device_token,
};
pub use model::{Caller, Grant, Home, SessionLine, Who};
pub use roles::{Right, Role};
pub use scope::Scope;
pub use store::{
    NewSession, TokenLine, by_open_session, by_session, by_token, end_session, end_sessions_of, end_token, hash_token,
    new_session, new_token, open_grants, open_session, raise_session, sessions_of, tokens_of,
};

use crate::SiteId;

/// The program itself at one site.
pub fn system(site: SiteId, what: &'static str) -> Caller {
    Caller::program(Scope::one(site), what)
}

/// The program itself for the company: migrations, commands at the box, jobs that belong to no site.
pub fn system_company(what: &'static str) -> Caller {
    Caller::program(Scope::company(), what)
}

/// Nobody yet: log-in pages and the public face.
pub fn anonymous(origin: Option<String>) -> Caller {
    Caller { origin, ..Caller::program(Scope::nothing(), "anonymous") }.without_name()
}

/// Somebody on the public page of `site` (a scanned code, notices): sees that site's public things only.
pub fn visitor(site: SiteId, origin: Option<String>) -> Caller {
    Caller { origin, ..Caller::program(Scope::one(site), "visitor") }.without_name()
}
