//! What only the whole table of routes can show: walls that hold on every route, an index for every list.

mod bodies;
mod links;
mod lists;
mod panics;
mod plans;
mod seed;
mod walls;

use kernel::{PartyId, Role, SiteId, access};
use testing::{Person, World};

use crate::{own::State, wiring};

/// A world with everything that a real house serves, in two sites: GYHY, where our people work, and LAKE.
async fn world() -> (World, SiteId) {
    let world = World::new(wiring::routes(&State::new(false, true)), wiring::MESSAGES).await;
    let other = world.another_site("LAKE", "湖畔").await;
    for site in [world.site, other] {
        let mut tx = world.house.begin(&access::system(site, "world")).await.expect("a transaction begins");
        wiring::furnish(&mut tx, site).await.expect("a site is furnished");
        tx.commit().await.expect("it commits");
    }
    (world, other)
}

/// Somebody who may do everything at `site` and nothing elsewhere, past the second factor.
async fn chief(world: &mut World, site: SiteId, name: &str) -> Person {
    let chief = world.staff_at(site, name, Role::SiteManager, "CS").await;
    let mut tx = world.house.begin(&access::system(site, "world")).await.expect("a transaction begins");
    let from = "2020-01-01".parse().expect("a day");
    for role in [Role::SystemAdmin, Role::Technician, Role::Steward] {
        kernel::staff::grant(&mut tx, chief.party, role, Some(site), None, from).await.expect("a role is granted");
    }
    tx.commit().await.expect("it commits");
    // More rights end the sessions of before (R01).
    let chief = world.sign_in(chief.party, name, false).await;
    let mut tx = world.house.begin(&access::system(site, "world")).await.expect("a transaction begins");
    enrolled(&mut tx, chief.party).await;
    tx.commit().await.expect("it commits");
    chief
}

async fn enrolled(tx: &mut kernel::Tx, party: PartyId) {
    tx.raw("UPDATE accounts SET totp_on = 1 WHERE party = $1", (party,)).await.expect("the account is there");
    tx.raw("UPDATE sessions SET second_factor = 1 WHERE party = $1", (party,)).await.expect("the session is there");
}
