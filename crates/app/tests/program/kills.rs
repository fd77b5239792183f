//! kill -9 at any moment: nothing acknowledged is lost, nothing is there twice (G01). `KILLS=50 cargo test -p app --test
//! program kill` for a real run; `SEED` repeats one.

use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use serde_json::{Value as Json, json};
use tokio::{
    sync::{Notify, watch},
    task::JoinSet,
};
use values::Chance;

use crate::installed::{Installed, Serving, client, word};

const CLIENTS: usize = 8;

pub fn number(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}

/// Of this run; printed, so that it can be repeated.
pub fn seed() -> u64 {
    let seed = number("SEED", u64::from_le_bytes(Chance::system().bytes()));
    println!("SEED={seed}");
    seed
}

/// What the clients and the killer share.
struct Ring {
    token: String,
    /// Where the program listens now; empty at the end.
    address: watch::Receiver<Option<String>>,
    acked: AtomicU64,
    an_ack: Notify,
}

/// Sends one order until it gets an answer, across any number of kills. The key makes the repeats harmless.
async fn send(ring: &Ring, http: &reqwest::Client, key: &str) -> String {
    let mut address = ring.address.clone();
    let body = json!({ "site": "GYHY", "kind": "enquiry", "category": "ask.works", "urgency": "normal", "channel": "phone",
        "text": key, "reporter": { "name": "周敏" } });
    loop {
        let Some(now) = address.borrow_and_update().clone() else {
            panic!("the program ended for good while {key} was open")
        };
        let sent = http
            .post(format!("{now}/api/v1/orders"))
            .bearer_auth(&ring.token)
            .header("idempotency-key", key)
            .json(&body)
            .send()
            .await;
        match sent {
            Ok(reply) => {
                let status = reply.status().as_u16();
                if let Ok(json) = reply.json::<Json>().await {
                    assert_eq!(status, 201, "{json}");
                    return json["number"].as_str().expect("an order has a number").to_string();
                }
            }
            Err(cause) => assert!(!cause.is_timeout(), "{cause}"),
        }
        // Unknown: it was killed. Ask again when it is back.
        if *address.borrow() == Some(now) {
            address.changed().await.expect("the ring outlives its clients");
        }
    }
}

/// One client, who sends each order three times at once, as a phone with a bad line does, believes the first answer and
/// gives up the others: an answer to a repeated call must stand on the disk as firmly as that to the first. Gives its
/// keys with the numbers they were answered by.
async fn customer(ring: Arc<Ring>, mut stop: watch::Receiver<bool>) -> BTreeMap<String, String> {
    let http = client();
    let mut answered = BTreeMap::new();
    while !*stop.borrow_and_update() {
        let key = word();
        let calls = (0..3).map(|_| Box::pin(send(&ring, &http, &key)));
        let (number, ..) = futures::future::select_all(calls).await;
        answered.insert(key, number);
        ring.acked.fetch_add(1, Ordering::SeqCst);
        ring.an_ack.notify_waiters();
    }
    answered
}

async fn until_acked(ring: &Ring, goal: u64) {
    loop {
        let next = ring.an_ack.notified();
        if ring.acked.load(Ordering::SeqCst) >= goal {
            return;
        }
        next.await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_at_any_moment_nothing_acknowledged_is_lost_and_nothing_is_there_twice() {
    let kills = number("KILLS", 5);
    println!("KILLS={kills}");
    let (chance, house) = (Chance::seeded(seed()), Installed::new().await);
    let mut serving = house.serve(&[]).await;
    let (address, listen) = watch::channel(Some(serving.address.clone()));
    let (stop, stopped) = watch::channel(false);
    let ring =
        Arc::new(Ring { token: house.token().await, address: listen, acked: AtomicU64::new(0), an_ack: Notify::new() });
    let mut clients = JoinSet::new();
    (0..CLIENTS).for_each(|_| drop(clients.spawn(customer(Arc::clone(&ring), stopped.clone()))));
    for _ in 0..kills {
        let goal = ring.acked.load(Ordering::SeqCst) + 1 + chance.below(40);
        tokio::select! {
            () = until_acked(&ring, goal) => {}
            ended = clients.join_next() => panic!("a client gave up: {:?}", ended.map(|ended| ended.is_err())),
        }
        serving.killed().await;
        serving = house.serve(&[]).await;
        address.send_replace(Some(serving.address.clone()));
    }
    stop.send_replace(true);
    let mut answered = BTreeMap::new();
    while let Some(ended) = clients.join_next().await {
        answered.extend(ended.expect("a client ends well"));
    }
    said_again(&ring, &serving, &answered).await;
    assert_eq!(serving.stopped().await, 0);
    as_it_stands(&house, &answered).await;
}

/// A repeated request gets the first answer, also from another process.
async fn said_again(ring: &Ring, serving: &Serving, answered: &BTreeMap<String, String>) {
    let http = client();
    for (key, number) in answered.iter().take(20) {
        assert_eq!(send(ring, &http, key).await, *number, "{key} at {}", serving.address);
    }
}

async fn as_it_stands(house: &Installed, answered: &BTreeMap<String, String>) {
    let db = house.open().await;
    let there: Vec<String> =
        db.all("SELECT body AS value FROM orders ORDER BY body", ()).await.expect("orders are read");
    db.close().await;
    let sent: Vec<String> = answered.keys().cloned().collect();
    assert_eq!(there, sent, "every order once, none lost");
    let numbers: std::collections::BTreeSet<_> = answered.values().collect();
    assert_eq!(numbers.len(), answered.len(), "no number twice");
    house.anju(&["check"]).await.is(0);
    println!("{} orders, each once", there.len());
}
