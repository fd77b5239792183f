//! Contract §2 and §3 over HTTP.

use axum::{
    body::Body,
    http::{Request, header},
};
use serde_json::{Value as Json, json};
use testing::Person;

use super::Scene;

struct Machine {
    scene: Scene,
    desk: Person,
    token: String,
}

async fn machine() -> Machine {
    let mut scene = Scene::new().await;
    let desk = scene.desk().await;
    let token = scene.world.token(&desk).await;
    Machine { scene, desk, token }
}

fn leak() -> Json {
    json!({
        "site": "GYHY", "kind": "repair", "category": "water.leak", "urgency": "urgent", "place": "3-01-1201", "channel": "phone",
        "text": "厨房顶上滴水", "reporter": { "name": "王小华", "phone": "13812345678" },
    })
}

impl Machine {
    async fn post(&self, path: &str, body: Json) -> testing::Reply {
        self.scene.world.api(&self.token, "POST", path, Some(body)).await
    }
    async fn get(&self, path: &str) -> testing::Reply {
        self.scene.world.api(&self.token, "GET", path, None).await
    }
    async fn reported(&self) -> Json {
        self.post("/api/v1/orders", leak()).await.is(201).json()
    }
}

#[tokio::test]
async fn a_report_is_answered_with_number_state_promises_and_legs() {
    let machine = machine().await;
    let order = machine.reported().await;
    assert_eq!((order["number"].as_str(), order["state"].as_str()), (Some("B-260812-001"), Some("accepted")));
    assert_eq!(
        (order["place"].as_str(), order["reported"].as_str()),
        (Some("3-1-1201"), Some("2026-08-12T10:24:00+08:00"))
    );
    let arrival = order["promises"].as_array().unwrap().iter().find(|one| one["name"] == "arrival").unwrap();
    assert_eq!(arrival["due"], "2026-08-12T10:54:00+08:00");
    assert_eq!(
        (arrival["rule"].as_str(), arrival["outcome"].as_str(), arrival["overdue"].as_bool()),
        (Some("CSV-06"), Some("pending"), Some(false))
    );
    assert_eq!(arrival["leg"], order["legs"][0]["id"]);
    let id = order["id"].as_str().unwrap();
    let reply = machine.get(&format!("/api/v1/orders/{id}")).await.is(200);
    assert_eq!((reply.header("etag").as_str(), reply.json()), ("\"1\"", order));
}

#[tokio::test]
async fn what_is_wrong_with_a_report_is_said_field_by_field() {
    let machine = machine().await;
    let body = json!({ "site": "GYHY", "kind": "complaint", "category": "water.leak", "channel": "phone", "text": "漏".repeat(2001) });
    let problem = machine.post("/api/v1/orders", body).await.is(422).json();
    let codes: Vec<_> = problem["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|error| (error["field"].as_str().unwrap(), error["code"].as_str().unwrap()))
        .collect();
    assert_eq!(codes, [("kind", "kind_of_category"), ("text", "text_too_long")]);
    assert!(problem["errors"][0]["message"].as_str().unwrap().chars().count() > 5);
    let nowhere = json!({ "site": "NONE", "kind": "repair", "category": "water.leak", "channel": "phone" });
    machine.post("/api/v1/orders", nowhere).await.is(404);
}

#[tokio::test]
async fn another_sites_order_and_one_that_never_was_are_the_same_404() {
    let mut machine = machine().await;
    let order = machine.reported().await;
    let other = machine.scene.world.another_site("LYHY", "兰苑").await;
    let stranger = machine.scene.world.staff_at(other, "别家前台", kernel::Role::Desk, "CS").await;
    machine.token = machine.scene.world.token(&stranger).await;
    let known = order["id"].as_str().unwrap();
    let never = "018f0000-0000-7000-8000-000000000000";
    for (method, noun, body) in [
        ("GET", "", None),
        ("GET", "/messages", None),
        ("GET", "/reporters", None),
        ("GET", "/evidence", None),
        ("POST", "/acceptance", Some(json!({}))),
        ("POST", "/messages", Some(json!({ "text": "?" }))),
        ("POST", "/classification", Some(json!({ "place": "3-1-1201" }))),
        ("POST", "/merge", Some(json!({ "into": never }))),
        ("POST", "/rating", Some(json!({ "stars": 5 }))),
    ] {
        let mut answers = Vec::new();
        for id in [known, never] {
            let reply = machine
                .scene
                .world
                .api(&machine.token, method, &format!("/api/v1/orders/{id}{noun}"), body.clone())
                .await
                .is(404);
            let mut problem = reply.json();
            // The number to quote is new for each request; everything else is equal to the byte.
            problem.as_object_mut().unwrap().remove("request").unwrap();
            answers.push(problem.to_string());
        }
        assert_eq!(answers[0], answers[1], "{method} {noun}");
    }
}

#[tokio::test]
async fn a_stale_if_match_is_refused_with_the_present_version() {
    let machine = machine().await;
    let order = machine.reported().await;
    let path = format!("/api/v1/orders/{}/messages", order["id"].as_str().unwrap());
    machine.post(&path, json!({ "text": "已通知师傅" })).await.is(201);
    let path = format!("/api/v1/orders/{}/classification", order["id"].as_str().unwrap());
    let request = Request::post(&path).header(header::AUTHORIZATION, format!("Bearer {}", machine.token));
    let request = request
        .header(header::CONTENT_TYPE, "application/json")
        .header(header::IF_MATCH, "\"1\"")
        .header("idempotency-key", "mend");
    let reply = machine
        .scene
        .world
        .send(request.body(Body::from(json!({ "urgency": "normal" }).to_string())).unwrap())
        .await
        .is(409);
    assert_eq!(reply.header("etag"), "\"2\"");
}

#[tokio::test]
async fn the_list_filters_counts_and_pages() {
    let machine = machine().await;
    for _ in 0..3 {
        machine.reported().await;
    }
    let page =
        machine.get("/api/v1/orders?site=GYHY&size=2&kind=repair&building=3&category=water").await.is(200).json();
    assert_eq!((page["items"].as_array().unwrap().len(), page["total"].as_i64()), (2, Some(3)));
    let next = page["next"].as_str().unwrap();
    let rest = machine.get(&format!("/api/v1/orders?site=GYHY&size=2&kind=repair&cursor={next}")).await.is(200).json();
    assert_eq!((rest["items"].as_array().unwrap().len(), &rest["next"]), (1, &Json::Null));
    let mine = machine.get("/api/v1/orders?site=GYHY&mine=1&state=all").await.is(200).json();
    assert_eq!(mine["total"], 0);
    machine.get("/api/v1/orders?site=GYHY&kind=nonsense").await.is(422);
    machine.get("/api/v1/orders?site=GYHY&cursor=nonsense").await.is(422);
    let tree = machine.get("/api/v1/categories?site=GYHY").await.is(200).json();
    let leaves = tree["items"].as_array().unwrap().iter().filter(|one| one["leaf"] == true).count();
    assert_eq!(leaves, 92);
}

#[tokio::test]
async fn every_act_of_a_repair_goes_over_the_api() {
    let mut machine = machine().await;
    let technician = machine.scene.technician("周强").await;
    let (desk_token, worker_token) = (machine.token.clone(), machine.scene.world.token(&technician).await);
    let order = machine.reported().await;
    let base = format!("/api/v1/orders/{}", order["id"].as_str().unwrap());
    let person = json!({ "person": technician.party.to_string() });
    let photo = machine.scene.proof(&technician, kernel::evidence::Kind::Photo).await.to_string();
    let signature = machine.scene.proof(&technician, kernel::evidence::Kind::Signature).await.to_string();
    for (token, noun, body, state) in [
        (&desk_token, "assignment", person, "dispatched"),
        (&worker_token, "taking", json!({}), "taken"),
        (&worker_token, "arrival", json!({}), "working"),
        (&worker_token, "suspension", json!({ "reason": "parts" }), "suspended"),
        (&worker_token, "resumption", json!({}), "working"),
        (
            &worker_token,
            "completion",
            json!({ "result": "换了软管", "evidence": [photo], "signature": signature }),
            "to_verify",
        ),
    ] {
        let reply = machine.scene.world.api(token, "POST", &format!("{base}/{noun}"), Some(body)).await.is(200);
        assert_eq!(reply.json()["state"], state, "{noun}");
    }
    machine.post(&format!("{base}/assignment"), json!({})).await.is(422);
    let pictures = machine.get(&format!("{base}/evidence")).await.is(200).json();
    let href = pictures["items"][0]["href"].as_str().unwrap();
    let picture = machine.get(href).await.is(200);
    assert_eq!(picture.header("content-security-policy"), "default-src 'none'; sandbox");
    assert!(picture.header("content-disposition").starts_with("attachment"));
    assert_eq!(picture.header("x-content-type-options"), "nosniff");
    let thread = machine.get(&format!("{base}/messages")).await.is(200).json();
    assert_eq!(thread["total"], 7);
    assert_eq!(machine.desk.name, "陈芳");
}

#[tokio::test]
async fn a_neighbour_cannot_fetch_a_picture_by_its_id() {
    let machine = machine().await;
    let (owner, neighbour) =
        (machine.scene.owner("王小华", "3-1-1201").await, machine.scene.owner("李建国", "3-1-1101").await);
    let photo = machine.scene.proof(&owner, kernel::evidence::Kind::Photo).await;
    let new = kernel::orders::NewReport {
        evidence: vec![photo],
        ..machine.scene.report_of(&owner, "water.leak", "3-1-1201").await
    };
    super::does!(machine.scene, &owner, tx => kernel::orders::report(&mut tx, &new)).unwrap();
    let path = format!("/api/v1/evidence/{photo}");
    machine.scene.world.get(&owner, &path).await.is(200);
    machine.scene.world.get(&machine.desk, &format!("{path}/thumbnail")).await.is(200);
    machine.scene.world.get(&neighbour, &path).await.is(404);
}
