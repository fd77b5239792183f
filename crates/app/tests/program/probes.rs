//! `/healthz`, `/readyz`, `/metrics`: what a machine asks, without a log-in and without a name in the answers.

use crate::installed::{Installed, PASSWORD, Serving, client};

async fn get(serving: &Serving, path: &str, from: &str) -> (u16, String) {
    let request = client().get(serving.url(path)).header("x-forwarded-for", from);
    let reply = request.send().await.expect("the program answers");
    (reply.status().as_u16(), reply.text().await.expect("it is text"))
}

/// Somebody tries to log in, is known by name, and asks for a thing by its address.
async fn traffic(house: &Installed, serving: &Serving) {
    let form = [("login", "zhoumin-canary"), ("password", PASSWORD)];
    let login = client().post(serving.url("/login")).header("sec-fetch-site", "same-origin").form(&form);
    assert_eq!(login.send().await.expect("an answer").status(), 422);
    let token = house.token().await;
    let party = client().post(serving.url("/api/v1/parties")).bearer_auth(&token);
    let body = serde_json::json!({ "site": "GYHY", "name": "金丝雀", "kind": "person", "phones": ["13800009999"] });
    assert!(!party.json(&body).send().await.expect("an answer").status().is_server_error());
    let find = client().get(serving.url("/api/v1/search?site=GYHY&q=13800009999")).bearer_auth(&token);
    assert!(!find.send().await.expect("an answer").status().is_server_error());
    assert_eq!(client().get(serving.url("/r/orders/canary-number")).send().await.expect("an answer").status(), 200);
}

#[tokio::test]
async fn metrics_are_for_a_collector_on_this_machine_and_hold_no_names() {
    let house = Installed::new().await;
    let serving = house.serve(&["--behind-proxy"]).await;
    traffic(&house, &serving).await;
    assert_eq!(get(&serving, "/metrics", "203.0.113.7").await.0, 404, "seen from outside it is not there");
    let (status, text) = get(&serving, "/metrics", "127.0.0.1").await;
    assert_eq!(status, 200);
    assert!(text.contains("anju_requests_total{route=\"/login\",status=\"422\"} 1"), "{text}");
    for canary in ["canary", "金丝雀", "13800009999", "GYHY", "桂语", "root", "anju_re\""] {
        assert!(!text.contains(canary), "{canary} in {text}");
    }
}

#[tokio::test]
async fn the_probes_need_no_log_in_and_say_one_word() {
    let house = Installed::new().await;
    let serving = house.serve(&["--behind-proxy"]).await;
    assert_eq!(get(&serving, "/healthz", "203.0.113.7").await, (200, "ok".into()));
    assert_eq!(get(&serving, "/readyz", "203.0.113.7").await, (200, "ready".into()));
}
