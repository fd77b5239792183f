use kernel::Role;
use testing::{Person, World};
use values::MINUTE;
use web::guard::STAFF_COOKIE;

use super::*;
use crate::world_words::{browser, employee, logged_in, world};

fn between<'a>(text: &'a str, start: &str, end: &str) -> &'a str {
    text.split_once(start).and_then(|(_, rest)| rest.split_once(end)).expect("the page has it").0
}

struct Phone(Vec<u8>);
impl Phone {
    fn code(&self, world: &World) -> String {
        let seconds = u64::try_from(world.now().millis() / SECOND).unwrap();
        totp(self.0.clone()).unwrap().generate(seconds).to_string()
    }
}

/// An administrator who has enrolled; gives the browser, the phone and the recovery codes.
async fn enrolled(world: &World) -> (Person, Phone, Vec<String>) {
    let party = employee(world, "周明", "zhouming", Role::SystemAdmin).await;
    let first = logged_in(world, party, "zhouming").await;
    let page = world.get(&first, "/login/second-factor").await.is(200).text();
    let sealed = between(&page, "name=\"offer\" value=\"", "\"").to_string();
    let caller =
        access::by_session(&world.house, first.cookie.split_once('=').unwrap().1, None).await.unwrap().unwrap();
    let phone = Phone(unseal(&world.house, caller.session.unwrap(), &sealed).unwrap());
    let fields = [("offer", sealed.as_str()), ("code", &phone.code(world)), ("to", "/c/GYHY/me")];
    let reply = world.post(&first, "/login/second-factor", &fields).await.is(200);
    let text = reply.text();
    let codes: Vec<String> = text
        .split("<li>")
        .skip(1)
        .filter_map(|rest| rest.split_once("</li>"))
        .map(|found| found.0.to_string())
        .collect();
    let now = browser(&reply, party, STAFF_COOKIE);
    world.get(&first, "/api/v1/sessions").await.is(401);
    (now, phone, codes)
}

#[tokio::test]
async fn r02_an_administrator_without_a_second_factor_sees_the_enrolment_page_only() {
    let world = world().await;
    let party = employee(&world, "周明", "zhouming", Role::SystemAdmin).await;
    let admin = logged_in(&world, party, "zhouming").await;
    for route in crate::routes() {
        if route.auth == web::Auth::Public || route.door == web::Door::Resident || route.before_second_factor {
            continue;
        }
        let path = route
            .path
            .replace("{site}", "GYHY")
            .replace("{person}", &party.to_string())
            .replace("{id}", &party.to_string());
        let reply =
            if route.is_unsafe() { world.post(&admin, &path, &[]).await } else { world.get(&admin, &path).await };
        let turned_away = reply.status == 403 || (reply.status == 303 && reply.location() == "/login/second-factor");
        assert!(turned_away, "{} {path} answered {}", route.method, reply.status);
    }
    world.get(&admin, "/login/second-factor").await.is(200);
}

#[tokio::test]
async fn r02_enrolling_gives_ten_recovery_codes_and_a_new_session() {
    let world = world().await;
    let (admin, _, codes) = enrolled(&world).await;
    assert_eq!(codes.len(), 10, "{codes:?}");
    world.get(&admin, "/c/GYHY/me").await.is(200);
    let kept: Vec<String> =
        world.house.db().all("SELECT recovery AS value FROM accounts WHERE recovery IS NOT NULL", ()).await.unwrap();
    assert!(codes.iter().all(|code| !kept[0].contains(code.as_str())), "only hashes are kept");
}

#[tokio::test]
async fn r02_a_code_works_once_and_only_near_its_time() {
    let world = world().await;
    let (admin, phone, _) = enrolled(&world).await;
    world.wait(MINUTE);
    let code = phone.code(&world);
    let half = logged_in(&world, admin.party, "zhouming").await;
    world.get(&half, "/api/v1/sessions").await.is(403);
    let give = |person: Person, code: String| {
        let world = &world;
        async move { world.post(&person, "/login/second-factor", &[("code", &code), ("to", "/c/GYHY/me")]).await }
    };
    give(half.clone(), "000000".into()).await.is(422);
    let reply = give(half.clone(), code.clone()).await.is(303);
    assert_eq!(reply.location(), "/c/GYHY/me");
    world.get(&half, "/api/v1/sessions").await.is(401);
    world.get(&browser(&reply, admin.party, STAFF_COOKIE), "/api/v1/sessions").await.is(200);
    // Somebody who saw it types the same code.
    let thief = logged_in(&world, admin.party, "zhouming").await;
    give(thief.clone(), code.clone()).await.is(422);
    world.wait(2 * MINUTE);
    give(thief.clone(), code).await.is(422);
    give(thief, phone.code(&world)).await.is(303);
}

#[tokio::test]
async fn r02_a_recovery_code_works_once() {
    let world = world().await;
    let (admin, _, codes) = enrolled(&world).await;
    let half = logged_in(&world, admin.party, "zhouming").await;
    let typed = codes[3].replace('-', " ").to_lowercase();
    let reply = world.post(&half, "/login/second-factor", &[("code", &typed)]).await.is(303);
    world.get(&browser(&reply, admin.party, STAFF_COOKIE), "/api/v1/sessions").await.is(200);
    let half = logged_in(&world, admin.party, "zhouming").await;
    world.post(&half, "/login/second-factor", &[("code", &typed)]).await.is(422);
    world.post(&half, "/login/second-factor", &[("code", &codes[4])]).await.is(303);
}

#[tokio::test]
async fn r03_guessing_the_second_factor_waits_too() {
    let world = world().await;
    let (admin, phone, _) = enrolled(&world).await;
    let half = logged_in(&world, admin.party, "zhouming").await;
    for _ in 0..4 {
        world.post(&half, "/login/second-factor", &[("code", "123456")]).await.is(422);
    }
    world.wait(SECOND / 2);
    world.post(&half, "/login/second-factor", &[("code", &phone.code(&world))]).await.is(429);
}
