use std::sync::{Arc, Mutex};

use axum::{Router, body::Bytes, extract::State, http::HeaderMap, http::StatusCode, routing::post};
use hmac::{Hmac, KeyInit, Mac};
use kernel::{access, codes, messages::Sms, parties::HomeRole};
use sha2::Sha256;
use values::MINUTE;

use super::*;
use crate::world_words::{Browser, homes, registered, world};

const KEY: &[u8] = b"0123456789abcdef0123456789abcdef";

/// What a gateway saw: whether the signature held, and the body.
#[derive(Default)]
struct Seen {
    good: Vec<(bool, serde_json::Value)>,
    refuse: usize,
}
type Shared = Arc<Mutex<Seen>>;

async fn take(State(seen): State<Shared>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or("").to_string();
    let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(KEY).unwrap();
    mac.update(format!("{}.", text("x-anju-timestamp")).as_bytes());
    mac.update(&body);
    let expected = format!("sha256={}", hex(&mac.finalize().into_bytes()));
    let mut seen = seen.lock().unwrap();
    if seen.refuse > 0 {
        seen.refuse -= 1;
        return StatusCode::BAD_GATEWAY;
    }
    let good = text("x-anju-signature") == expected && text("x-anju-timestamp").parse::<i64>().is_ok();
    seen.good.push((good, serde_json::from_slice(&body).unwrap()));
    StatusCode::OK
}

/// A gateway on this machine that checks the signature.
async fn stand_in() -> (String, Shared) {
    let seen = Shared::default();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/sms", listener.local_addr().unwrap());
    let router = Router::new().route("/sms", post(take)).with_state(Arc::clone(&seen));
    tokio::spawn(async move { axum::serve(listener, router).await });
    (url, seen)
}

async fn queue(world: &testing::World, text: &str) {
    let mut tx = world.house.begin(&access::system_company("test")).await.unwrap();
    let phone = "13800002207".parse().unwrap();
    let ends = tx.now().plus_millis(5 * MINUTE);
    messages::queue(&mut tx, &Sms { site: None, party: None, phone: &phone, purpose: "code", text, ends })
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

async fn column(world: &testing::World, sql: &'static str) -> Vec<String> {
    world.house.db().all(sql, ()).await.unwrap()
}

#[tokio::test]
async fn a_message_reaches_the_gateway_signed_once_and_nothing_readable_stays() {
    let world = world().await;
    let (url, seen) = stand_in().await;
    queue(&world, "登录码 123456").await;
    let outlet = Outlet::from_settings(false, Some(&url), Some(KEY.to_vec())).unwrap();
    assert_eq!(send_due(&world.house, &outlet).await.unwrap(), 1);
    assert_eq!(send_due(&world.house, &outlet).await.unwrap(), 0);
    let (good, body) = seen.lock().unwrap().good[0].clone();
    assert!(good, "the signature covers timestamp and body");
    assert_eq!(
        (body["to"].as_str(), body["text"].as_str(), body["purpose"].as_str()),
        (Some("13800002207"), Some("登录码 123456"), Some("code"))
    );
    let bodies: Vec<Vec<u8>> = world.house.db().all("SELECT body AS value FROM messages", ()).await.unwrap();
    assert!(bodies[0].is_empty(), "erased when sent");
    assert_eq!(column(&world, "SELECT state AS value FROM messages WHERE address IS NULL").await, ["sent"]);
}

#[tokio::test]
async fn a_gateway_that_refuses_is_asked_again_later_with_the_same_id() {
    let world = world().await;
    let (url, seen) = stand_in().await;
    seen.lock().unwrap().refuse = 2;
    queue(&world, "登录码 123456").await;
    let outlet = Outlet::from_settings(false, Some(&url), Some(KEY.to_vec())).unwrap();
    send_due(&world.house, &outlet).await.unwrap();
    assert_eq!(send_due(&world.house, &outlet).await.unwrap(), 0, "not at once");
    for _ in 0..2 {
        world.wait(MINUTE);
        send_due(&world.house, &outlet).await.unwrap();
    }
    assert_eq!(seen.lock().unwrap().good.len(), 1);
    assert_eq!(column(&world, "SELECT state AS value FROM messages").await, ["sent"]);
}

#[tokio::test]
async fn a_message_that_is_too_old_is_erased_unsent() {
    let world = world().await;
    let (url, seen) = stand_in().await;
    queue(&world, "登录码 123456").await;
    world.wait(5 * MINUTE + 1);
    let outlet = Outlet::from_settings(false, Some(&url), Some(KEY.to_vec())).unwrap();
    assert_eq!(send_due(&world.house, &outlet).await.unwrap(), 0);
    assert!(seen.lock().unwrap().good.is_empty());
    assert_eq!(column(&world, "SELECT state AS value FROM messages WHERE address IS NULL").await, ["late"]);
}

#[tokio::test]
async fn test_gateways_send_nothing_and_keep_messages_readable_by_the_flags_route() {
    let world = world().await;
    queue(&world, "登录码 123456").await;
    send_due(&world.house, &Outlet::Test).await.unwrap();
    let list = world.get_public("/api/v1/test-messages").await.is(200).json();
    assert_eq!(list["items"][0]["text"], "登录码 123456");
    let without = testing::World::new(crate::routes(), &[web::i18n::WEB, crate::MESSAGES]).await;
    without.get_public("/api/v1/test-messages").await.is(404);
}

#[tokio::test]
async fn a_short_key_is_refused() {
    assert!(matches!(Gateway::new("https://sms.example/send", b"short".to_vec()), Err(GatewayError::ShortKey)));
    assert!(matches!(Gateway::new("ftp://sms.example", KEY.to_vec()), Err(GatewayError::Address)));
}

async fn set(world: &testing::World, payer: codes::Payer, most: i64) {
    let mut tx = world.house.begin(&access::system_company("test")).await.unwrap();
    codes::set_budget(&mut tx, &payer, most).await.unwrap();
    tx.commit().await.unwrap();
}

/// Asks for a code as somebody new; what the page says without the number, and whether a message left.
async fn asks(world: &testing::World, phone: &str) -> (u16, String, bool) {
    let before = column(world, "SELECT subject AS value FROM messages WHERE address IS NOT NULL").await.len();
    let reply = Browser::default().post(world, "/r/login", &[("phone", phone)]).await;
    let after = column(world, "SELECT subject AS value FROM messages WHERE address IS NOT NULL").await.len();
    let masked = phone.parse::<values::Phone>().unwrap().masked();
    let said = reply.text().split("<main").nth(1).unwrap().replace(phone, "").replace(&masked, "");
    (reply.status.as_u16(), said, after > before)
}

#[tokio::test]
async fn r04_who_tries_strange_numbers_uses_up_nothing_of_those_who_live_here() {
    let world = world().await;
    let (home, _) = homes(&world).await;
    registered(&world, home, "张明", Some("13800002207"), HomeRole::Owner).await;
    set(&world, codes::Payer::Strangers, 2).await;
    for phone in ["13900000001", "13900000002"] {
        assert!(asks(&world, phone).await.2);
    }
    let (status, said, left) = asks(&world, "13900000003").await;
    assert!(!left, "the strangers' budget is spent");
    let known = asks(&world, "13800002207").await;
    assert!(known.2, "a resident still gets a code");
    assert_eq!((status, known.0), (200, 200));
    assert_eq!(said, known.1, "the answer does not tell who lives here");
    let again = Browser::default().post(&world, "/r/login", &[("phone", "13900000003")]).await;
    again.is(429);
    assert!(world.audit().await.contains(&"sms.budget_spent".to_string()));
}

#[tokio::test]
async fn r04_a_site_that_spent_its_budget_leaves_that_of_the_other_sites() {
    let world = world().await;
    let (home, other) = homes(&world).await;
    registered(&world, home, "张明", Some("13800002207"), HomeRole::Owner).await;
    registered(&world, other, "王芳", Some("13800002208"), HomeRole::Owner).await;
    set(&world, codes::Payer::Site("GYHY".into()), 1).await;
    assert!(asks(&world, "13800002207").await.2);
    assert!(!asks(&world, "13800002208").await.2);
    assert!(asks(&world, "13900000001").await.2, "numbers of no home are counted by themselves");
    set(&world, codes::Payer::Site("GYHY".into()), 2).await;
    world.wait(MINUTE);
    assert!(asks(&world, "13800002208").await.2);
}

#[tokio::test]
async fn r04_the_companys_budget_holds_for_everybody_and_is_told() {
    let world = world().await;
    set(&world, codes::Payer::Company, 1).await;
    assert!(asks(&world, "13900000001").await.2);
    let (status, said, left) = asks(&world, "13900000002").await;
    assert!((status, left) == (429, false) && said.contains("今天的短信已发完"), "{status} {said}");
    world.wait(values::DAY);
    assert!(asks(&world, "13900000002").await.2, "a day later");
}

#[tokio::test]
async fn an_unknown_site_has_no_budget() {
    let world = world().await;
    let mut tx = world.house.begin(&access::system_company("test")).await.unwrap();
    let refused = codes::set_budget(&mut tx, &codes::Payer::Site("NONE".into()), 1).await;
    assert!(matches!(refused, Err(Error::Missing)));
}
