//! SIGTERM: what was accepted is answered, streams end, the program ends well (R15).

use std::time::Duration;

use serde_json::json;
use tokio::{sync::mpsc, task::JoinSet};

use crate::{
    installed::{Installed, word},
    live::{desk, log_in, stream},
    raw::{Raw, header, status},
};

const MOMENT: Duration = Duration::from_millis(900);

/// Reports orders over one connection until an answer says that the connection ends. Gives how many were answered.
async fn customer(mut raw: Raw, token: String, tell: mpsc::Sender<()>) -> usize {
    for answered in 1.. {
        let body = json!({ "site": "GYHY", "kind": "enquiry", "category": "ask.works", "urgency": "normal",
            "channel": "phone", "text": word(), "reporter": { "name": "周敏" } })
        .to_string();
        let head = format!(
            "POST /api/v1/orders HTTP/1.1\r\nhost: a\r\nauthorization: Bearer {token}\r\nidempotency-key: {}\r\n\
             content-type: application/json\r\ncontent-length: {}\r\n\r\n",
            word(),
            body.len()
        );
        raw.say(head + &body).await;
        let answer = raw.answer().await.expect("every request that was sent is answered");
        assert_eq!(status(&answer), 201, "{answer}");
        let _ = tell.send(()).await;
        if header(&answer, "connection") == Some("close") {
            return answered;
        }
    }
    unreachable!("the loop has no end of its own")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn told_to_end_under_load_it_answers_every_request_it_accepted() {
    let house = Installed::new().await;
    let (token, serving) = (house.token().await, house.serve(&[]).await);
    let (tell, mut told) = mpsc::channel(1_000);
    let mut customers = JoinSet::new();
    for _ in 0..8 {
        customers.spawn(customer(Raw::to(&serving).await, token.clone(), tell.clone()));
    }
    drop(tell);
    for _ in 0..100 {
        told.recv().await.expect("customers report");
    }
    let draining = tokio::spawn(async move { while told.recv().await.is_some() {} });
    assert_eq!(serving.stopped().await, 0);
    let answered: usize = customers.join_all().await.into_iter().sum();
    draining.await.expect("it only reads");
    let db = house.open().await;
    let there: i64 = db.one("SELECT count(*) AS value FROM orders", ()).await.expect("orders are counted");
    db.close().await;
    assert_eq!(usize::try_from(there), Ok(answered), "answered and there are the same");
    house.anju(&["check"]).await.is(0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_check_beside_a_server_under_load_finds_nothing_wrong() {
    let house = Installed::new().await;
    let (token, serving) = (house.token().await, house.serve(&[]).await);
    let (tell, mut told) = mpsc::channel(1_000);
    let mut customers = JoinSet::new();
    for _ in 0..4 {
        customers.spawn(customer(Raw::to(&serving).await, token.clone(), tell.clone()));
    }
    drop(tell);
    let draining = tokio::spawn(async move { while told.recv().await.is_some() {} });
    for _ in 0..6 {
        house.anju(&["check"]).await.is(0);
    }
    assert_eq!(serving.stopped().await, 0);
    customers.join_all().await;
    draining.await.expect("it only reads");
}

#[tokio::test]
async fn a_live_page_stays_open_past_every_limit_and_ends_at_sigterm() {
    let house = Installed::new().await;
    desk(&house).await;
    let serving = house.serve(&["--head-timeout", "200", "--body-timeout", "200"]).await;
    let mut live = stream(&serving, &log_in(&serving).await).await;
    while let Some(piece) = live.glance(MOMENT).await {
        assert!(!piece.is_empty(), "the stream was cut");
    }
    let (code, rest) = tokio::join!(serving.stopped(), live.rest());
    assert_eq!(code, 0);
    assert!(rest.ends_with("0\r\n\r\n"), "the stream ended as it should: {rest:?}");
}
