//! The words everything else is written in: ids, time, money, areas, phones. Depends on no other crate of ours.
//! The only place that may ask the machine for the time or for chance; everybody else gets them as arguments.

mod area;
mod chance;
mod clock;
mod id;
mod mask;
mod money;
mod phone;
mod secret;
#[cfg(test)]
mod tests;
mod time;

pub use area::{Area, AreaError};
pub use chance::Chance;
pub use clock::Clock;
pub use id::{Id, IdError};
pub use mask::{mask_identity, mask_name};
pub use money::Money;
pub use phone::{Phone, PhoneError};
pub use secret::Secret;
pub use time::{DAY, Day, HOUR, MINUTE, Moment, SECOND, TimeError, Zone};
