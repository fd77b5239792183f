use kernel::Role;

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
