//! Peers that are slow, greedy or excessive (R15), over raw TCP against the real program.

use std::time::Duration;

use serde_json::json;

use crate::{
    installed::{Installed, client, word},
    raw::{Raw, status},
};

const QUICK: &[&str] = &["--head-timeout", "300", "--body-timeout", "300"];
const MOMENT: Duration = Duration::from_millis(40);

#[tokio::test]
async fn who_sends_a_head_slowly_or_nothing_at_all_is_cut_and_others_are_served() {
    let house = Installed::new().await;
    let serving = house.serve(QUICK).await;
    let mut slow = Vec::new();
    for said in ["", "GET / HTT", "PRI * HTTP/2.0\r\n\r\nS", "GET /healthz HTTP/1.1\r\nhost: a\r\nx: "] {
        let mut raw = Raw::to(&serving).await;
        raw.say(said).await;
        slow.push(raw);
    }
    let mut second = Raw::to(&serving).await;
    assert_eq!(status(&second.get("/healthz").await.unwrap()), 200);
    second.say("GET /healthz HTTP/1.1\r\n").await;
    slow.push(second);
    for raw in slow {
        let last = raw.rest().await;
        assert!(matches!(status(&last), 0 | 408), "{last}");
    }
    assert_eq!(status(&Raw::to(&serving).await.get("/healthz").await.unwrap()), 200);
}

#[tokio::test]
async fn a_body_that_stops_or_trickles_is_cut_with_a_page_that_says_so() {
    let house = Installed::new().await;
    let serving = house.serve(QUICK).await;
    let head = "POST /login HTTP/1.1\r\nhost: a\r\nsec-fetch-site: same-origin\r\naccept-language: en\r\n\
        content-type: application/x-www-form-urlencoded\r\ncontent-length: 100000\r\n\r\nlogin=a";
    let mut silent = Raw::to(&serving).await;
    silent.say(head).await;
    let said = silent.rest().await;
    assert_eq!(status(&said), 408, "{said}");
    assert!(said.contains("arrived too slowly"), "{said}");
    let mut trickle = Raw::to(&serving).await;
    trickle.say(head).await;
    let said = loop {
        match trickle.glance(MOMENT).await {
            Some(said) => break said,
            None => drop(trickle.say("a").await),
        }
    };
    assert_eq!(status(&said), 408, "{said}");
}

#[tokio::test]
async fn an_upload_that_stops_is_cut_too() {
    let house = Installed::new().await;
    let (token, serving) = (house.token().await, house.serve(QUICK).await);
    let mut raw = Raw::to(&serving).await;
    let head = format!(
        "POST /api/v1/evidence HTTP/1.1\r\nhost: a\r\nauthorization: Bearer {token}\r\n\
         content-type: multipart/form-data; boundary=b\r\ncontent-length: 100000\r\n\r\n\
         --b\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a.jpg\"\r\n\r\nabc"
    );
    raw.say(head).await;
    let said = raw.rest().await;
    assert_eq!(status(&said), 408, "{said}");
    assert!(said.contains("body_too_slow"), "{said}");
}

#[tokio::test]
async fn one_address_holds_so_many_connections_and_no_more() {
    let house = Installed::new().await;
    let serving = house.serve(&["--peer-connections", "3"]).await;
    let mut open = Vec::new();
    for _ in 0..3 {
        let mut raw = Raw::to(&serving).await;
        assert_eq!(status(&raw.get("/healthz").await.unwrap()), 200);
        open.push(raw);
    }
    for _ in 0..20 {
        assert_eq!(Raw::to(&serving).await.get("/healthz").await, None, "the fourth is turned away");
    }
    open.pop();
    while Raw::to(&serving).await.get("/healthz").await.is_none() {}
    assert_eq!(status(&open[0].get("/healthz").await.unwrap()), 200, "the others never noticed");
}

#[tokio::test]
async fn a_head_has_its_bounds() {
    let house = Installed::new().await;
    let serving = house.serve(&[]).await;
    let ask = async |headers: String| {
        let mut raw = Raw::to(&serving).await;
        raw.say(format!("GET /healthz HTTP/1.1\r\nhost: a\r\nconnection: close\r\n{headers}\r\n")).await;
        status(&raw.rest().await)
    };
    assert_eq!(ask(String::new()).await, 200);
    assert_eq!(ask((0..62).map(|n| format!("x{n}: a\r\n")).collect()).await, 200);
    assert_eq!(ask((0..63).map(|n| format!("x{n}: a\r\n")).collect()).await, 431);
    assert_eq!(ask(format!("x: {}\r\n", "a".repeat(40 * 1024))).await, 431);
}

#[tokio::test]
async fn a_body_has_its_bounds() {
    let house = Installed::new().await;
    let (token, serving) = (house.token().await, house.serve(&[]).await);
    let send = async |body: String| {
        let request = client()
            .post(serving.url("/api/v1/orders"))
            .bearer_auth(&token)
            .header("idempotency-key", word())
            .body(body);
        let reply = request.header("content-type", "application/json").send().await.unwrap();
        (reply.status().as_u16(), reply.json::<serde_json::Value>().await.unwrap()["errors"][0]["code"].clone())
    };
    let deep = |levels: usize| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
    assert_eq!(send(deep(33)).await, (400, json!("json_too_deep")));
    assert_eq!(send(deep(32)).await, (400, json!("json_unreadable")));
    assert_eq!(send(format!("[{}]", vec!["0"; 1_001].join(","))).await, (400, json!("json_list_too_long")));
    let large = format!("{{\"text\":\"{}\"}}", "a".repeat(1024 * 1024));
    assert_eq!(send(large).await.0, 413);
}
