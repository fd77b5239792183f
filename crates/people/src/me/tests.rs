use kernel::{Role, access};

use crate::world_words::{PASSWORD, employee, logged_in, try_password, world};

#[tokio::test]
async fn changing_ones_password_ends_the_other_sessions_and_keeps_this_one() {
    let world = world().await;
    let party = employee(&world, "陈芳", "chenfang", Role::Desk).await;
    let (home, work) = (logged_in(&world, party, "chenfang").await, logged_in(&world, party, "chenfang").await);
    let change = async |old: &str, new: &str| {
        let fields = [("old", old), ("password", new), ("again", new)];
        world.post(&work, "/c/GYHY/me/password", &fields).await
    };
    assert!(change("wrong", "a long and quiet river").await.is(422).text().contains("现在的密码不对"));
    assert!(change(PASSWORD, "桂语花园桂语花园桂语花园桂语花园").await.is(422).text().contains("f-password"));
    change(PASSWORD, "a long and quiet river").await.is(303);
    world.get(&work, "/api/v1/sessions").await.is(200);
    world.get(&home, "/api/v1/sessions").await.is(401);
    try_password(&world, "chenfang", PASSWORD).await.is(422);
    try_password(&world, "chenfang", "a long and quiet river").await.is(303);
}

#[tokio::test]
async fn one_ends_ones_own_sessions_only() {
    let world = world().await;
    let party = employee(&world, "陈芳", "chenfang", Role::Desk).await;
    let (home, work) = (logged_in(&world, party, "chenfang").await, logged_in(&world, party, "chenfang").await);
    let other = employee(&world, "李建国", "lijianguo", Role::Technician).await;
    let other = logged_in(&world, other, "lijianguo").await;
    let list = world.get(&work, "/api/v1/sessions").await.is(200).json();
    let sessions = list["items"].as_array().unwrap();
    assert_eq!(sessions.len(), 2);
    let home_id = sessions.iter().find(|session| session["this"] == false).unwrap()["id"].as_str().unwrap().to_string();
    world.post(&other, &format!("/c/GYHY/me/sessions/{home_id}/end"), &[]).await.is(404);
    world.get(&home, "/api/v1/sessions").await.is(200);
    world.post(&work, &format!("/c/GYHY/me/sessions/{home_id}/end"), &[]).await.is(303);
    world.get(&home, "/api/v1/sessions").await.is(401);
}

#[tokio::test]
async fn a_token_is_shown_once_has_an_end_and_can_be_ended() {
    let world = world().await;
    let party = employee(&world, "陈芳", "chenfang", Role::Desk).await;
    let desk = logged_in(&world, party, "chenfang").await;
    let make = async |until: &str, rights: &str| {
        world.post(&desk, "/c/GYHY/me/tokens", &[("name", "门岗屏"), ("rights", rights), ("until", until)]).await
    };
    make("2028-08-12", "*").await.is(422);
    make("2026-08-20", "anything").await.is(422);
    let page = make("2026-08-20", "order_read").await.is(200).text();
    let token = page.split_once("anju_").map(|(_, rest)| format!("anju_{}", &rest[..64])).unwrap();
    assert_eq!(world.api(&token, "GET", "/api/v1/sessions", None).await.status, 200);
    assert_eq!(world.api(&token, "GET", "/api/v1/staff", None).await.status, 403, "a token holds the rights it names");
    assert!(!world.get(&desk, "/c/GYHY/me").await.text().contains(&token));
    let page = world.get(&desk, "/c/GYHY/me").await.text();
    let id = page.split_once("/me/tokens/").unwrap().1.split_once("/end").unwrap().0.to_string();
    world.post(&desk, &format!("/c/GYHY/me/tokens/{id}/end"), &[]).await.is(303);
    assert_eq!(world.api(&token, "GET", "/api/v1/sessions", None).await.status, 401);
}

/// A phone's token for `party`, from a session of its own.
async fn trusted(world: &testing::World, party: kernel::PartyId, login: &str, device: &str) -> String {
    let phone = logged_in(world, party, login).await;
    let (_, secret) = phone.cookie.split_once('=').unwrap();
    let caller = access::by_session(&world.house, secret, None).await.unwrap().unwrap();
    let mut tx = world.house.begin(&caller).await.unwrap();
    let token = access::new_device_token(&mut tx, device).await.unwrap();
    tx.commit().await.unwrap();
    token.secret
}

async fn speaks(world: &testing::World, token: &str) -> bool {
    access::by_device(&world.house, token, None).await.unwrap().is_some()
}

#[tokio::test]
async fn phones_are_listed_and_ended_one_by_one_and_with_all_other_log_ins() {
    let world = world().await;
    let party = employee(&world, "李建国", "lijianguo", Role::Technician).await;
    let (first, again) =
        (trusted(&world, party, "lijianguo", "phone-a").await, trusted(&world, party, "lijianguo", "phone-a").await);
    let second = trusted(&world, party, "lijianguo", "phone-b").await;
    let work = logged_in(&world, party, "lijianguo").await;
    let page = world.get(&work, "/c/GYHY/me").await.is(200).text();
    assert_eq!(page.matches("/me/devices/").count(), 2, "a phone stands once in the list");
    let before = page.split_once("phone-a").unwrap().1;
    let id = before.split_once("/me/devices/").unwrap().1[..36].to_string();
    let other = employee(&world, "陈芳", "chenfang", Role::Desk).await;
    let other = logged_in(&world, other, "chenfang").await;
    world.post(&other, &format!("/c/GYHY/me/devices/{id}/end"), &[]).await.is(404);
    assert!(speaks(&world, &first).await);
    world.post(&work, &format!("/c/GYHY/me/devices/{id}/end"), &[]).await.is(303);
    assert_eq!((speaks(&world, &first).await, speaks(&world, &again).await), (false, false));
    assert!(speaks(&world, &second).await);
    let elsewhere = logged_in(&world, party, "lijianguo").await;
    world.post(&work, "/c/GYHY/me/sessions/end", &[]).await.is(303);
    assert!(!speaks(&world, &second).await);
    world.get(&elsewhere, "/api/v1/sessions").await.is(401);
    world.get(&work, "/api/v1/sessions").await.is(200);
}

#[tokio::test]
async fn a_phones_token_ends_with_a_new_password_a_disabled_account_and_a_lost_second_factor() {
    let world = world().await;
    let party = employee(&world, "李建国", "lijianguo", Role::Technician).await;
    let token = trusted(&world, party, "lijianguo", "phone-a").await;
    let work = logged_in(&world, party, "lijianguo").await;
    let new = "a long and quiet river";
    let fields = [("old", PASSWORD), ("password", new), ("again", new)];
    world.post(&work, "/c/GYHY/me/password", &fields).await.is(303);
    assert!(!speaks(&world, &token).await, "new password");
    crate::login::set_unchecked_password(&world.house, party, PASSWORD).await.unwrap();
    for what in ["second factor", "disabled"] {
        let token = trusted(&world, party, "lijianguo", "phone-a").await;
        let mut tx = world.house.begin(&access::system(world.site, "test")).await.unwrap();
        match what {
            "disabled" => {
                kernel::staff::disable(&mut tx, Some(world.site), party).await.unwrap();
                kernel::staff::enable(&mut tx, Some(world.site), party).await.unwrap();
            }
            _ => crate::second_factor::reset(&mut tx, party).await.unwrap(),
        }
        tx.commit().await.unwrap();
        assert!(!speaks(&world, &token).await, "{what}");
    }
}
