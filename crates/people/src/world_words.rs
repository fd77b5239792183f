//! What the tests of this crate say beside the words of `World`.

use kernel::{PartyId, Role, access, parties, staff};
use testing::{Person, Reply, World};
use values::Day;

pub const PASSWORD: &str = "four quiet herons at dusk";

pub async fn world() -> World {
    World::new([crate::routes(), crate::test_routes()].concat(), &[web::i18n::WEB, crate::MESSAGES]).await
}

/// Staff with an account and a password, not signed in.
pub async fn employee(world: &World, name: &str, login: &str, role: Role) -> PartyId {
    let mut tx = world.house.begin(&access::system_company("world")).await.unwrap();
    let party = parties::add(&mut tx, Some(world.site), parties::PartyKind::Person, name, &[]).await.unwrap();
    let from = Day::new(2020, 1, 1).unwrap();
    let new = staff::NewStaff { site: world.site, party, department: "CS", post: "前台接待", from };
    staff::hire(&mut tx, &new).await.unwrap();
    staff::open_account(&mut tx, party, Some(login)).await.unwrap();
    let site = (role != Role::SystemAdmin).then_some(world.site);
    staff::grant(&mut tx, party, role, site, None, from).await.unwrap();
    tx.commit().await.unwrap();
    crate::login::set_unchecked_password(&world.house, party, PASSWORD).await.unwrap();
    party
}

pub async fn try_password(world: &World, login: &str, password: &str) -> Reply {
    world.post_public("/login", &[("login", login), ("password", password), ("to", "")]).await
}

/// A browser that holds what `reply` gave it.
pub fn browser(reply: &Reply, party: PartyId, cookie: &str) -> Person {
    let value = reply.cookie(cookie).expect("a cookie was given");
    Person { party, name: String::new(), cookie: format!("{cookie}={value}"), resident: cookie == web::guard::RESIDENT_COOKIE }
}

pub async fn logged_in(world: &World, party: PartyId, login: &str) -> Person {
    let reply = try_password(world, login, PASSWORD).await.is(303);
    browser(&reply, party, web::guard::STAFF_COOKIE)
}
