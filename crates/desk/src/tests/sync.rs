//! R22: what phones kept while they were offline.

use serde_json::{Value as Json, json};
use testing::Person;

use super::{OrderId, Scene, does};
use kernel::orders;

pub(super) const DEVICE: &str = "phone-1";

pub(super) fn id_of(number: u32) -> String {
    format!("018f0000-0000-7000-8000-{number:012}")
}

/// One operation as a phone writes it.
pub(super) fn operation(seq: u32, verb: &str, subject: OrderId, base: Option<i64>, fields: Json) -> Json {
    json!({
        "op_id": id_of(seq), "device": DEVICE, "seq": seq, "device_time": "2026-08-12T10:30:00+08:00", "verb": verb,
        "subject": subject.to_string(), "base_version": base, "fields": fields,
    })
}

pub(super) struct Offline {
    pub scene: Scene,
    pub desk: Person,
    pub technician: Person,
    token: String,
}

pub(super) async fn offline() -> Offline {
    let mut scene = Scene::new().await;
    let (desk, technician) = (scene.desk().await, scene.technician("周强").await);
    let token = scene.world.token(&technician).await;
    Offline { scene, desk, technician, token }
}

impl Offline {
    pub async fn dispatched(&self, category: &str) -> OrderId {
        let id = self.scene.reports(&self.desk, category, "3-1-1201").await;
        self.scene.assigns(&self.desk, id, &self.technician).await;
        id
    }
    pub async fn sends(&self, token: &str, operations: &[Json]) -> Vec<(String, Json)> {
        let body = json!({ "device": DEVICE, "operations": operations });
        let reply = self.scene.world.api(token, "POST", "/api/v1/sync", Some(body)).await.is(200).json();
        let results = reply["results"].as_array().unwrap().clone();
        results.into_iter().map(|one| (one["outcome"].as_str().unwrap().to_string(), one)).collect()
    }
    async fn outcomes(&self, operations: &[Json]) -> Vec<String> {
        self.sends(&self.token, operations).await.into_iter().map(|(outcome, _)| outcome).collect()
    }
}

#[tokio::test]
async fn r22_a_queue_that_comes_shuffled_and_twice_has_each_effect_once() {
    let house = offline().await;
    let id = house.dispatched("water.leak").await;
    let taking = operation(1, "taking", id, Some(2), json!({}));
    let arrival = operation(2, "arrival", id, Some(2), json!({}));
    let waiting = operation(3, "suspension", id, Some(2), json!({ "reason": "parts", "note": "缺阀芯" }));
    assert_eq!(house.outcomes(&[waiting.clone(), arrival.clone(), taking.clone()]).await, ["done", "done", "done"]);
    assert_eq!(house.outcomes(&[taking.clone(), arrival, waiting]).await, ["replayed", "replayed", "replayed"]);
    assert_eq!(house.scene.story(&house.desk, id).await, ["report", "assignment", "taking", "arrival", "suspension"]);
    let arrived =
        house.scene.sees(&house.desk, id).await.unwrap().thread.into_iter().find(|one| one.act == "arrival").unwrap();
    assert_eq!(arrived.device_at, Some("2026-08-12T10:30:00+08:00".parse().unwrap()));
    let changed = json!({ "op_id": id_of(1), "device": DEVICE, "seq": 1, "device_time": "2026-08-12T10:30:00+08:00", "verb": "return", "subject": id.to_string(), "fields": {} });
    let results = house.sends(&house.token, &[changed]).await;
    assert_eq!((results[0].0.as_str(), results[0].1["code"].as_str()), ("refused", Some("key_reused")));
}

#[tokio::test]
async fn r22_a_refusal_stops_later_acts_on_its_order_only_and_is_kept_for_its_author() {
    let house = offline().await;
    let (first, second) = (house.dispatched("water.leak").await, house.dispatched("water.burst").await);
    let early = operation(1, "arrival", first, Some(2), json!({}));
    let after = operation(2, "taking", first, Some(2), json!({}));
    let other = operation(3, "taking", second, Some(2), json!({}));
    let results = house.sends(&house.token, &[early.clone(), after.clone(), other]).await;
    assert_eq!(results.iter().map(|one| one.0.as_str()).collect::<Vec<_>>(), ["refused", "held", "done"]);
    assert_eq!(results[0].1["code"], "not_taken");
    assert!(results[0].1["message"].as_str().unwrap().chars().count() > 5);
    assert_eq!(house.outcomes(&[early]).await, ["refused"]);
    assert_eq!(house.outcomes(&[after]).await, ["done"]);
}

#[tokio::test]
async fn r22_an_order_that_went_to_somebody_else_becomes_a_card_for_a_person() {
    let mut house = offline().await;
    let other = house.scene.technician("吴磊").await;
    let id = house.dispatched("water.leak").await;
    let (technician, to) = (house.technician.clone(), other.party);
    does!(house.scene, &technician, tx => orders::transfer(&mut tx, id, to, "不顺路")).unwrap();
    let results = house.sends(&house.token, &[operation(1, "taking", id, Some(2), json!({}))]).await;
    assert_eq!((results[0].0.as_str(), results[0].1["code"].as_str()), ("conflict", Some("not_yours")));
    let current = &results[0].1["current"];
    assert_eq!((current["version"].as_i64(), current["fields"]["assignee"].as_str()), (Some(3), Some("吴磊")));
}

#[tokio::test]
async fn r22_an_act_on_an_older_version_that_still_fits_is_merged_and_audited() {
    let house = offline().await;
    let id = house.dispatched("water.leak").await;
    let words = orders::Message { visible: true, text: "师傅在路上".into(), evidence: Vec::new() };
    does!(house.scene, &house.desk, tx => orders::message(&mut tx, id, &words)).unwrap();
    assert_eq!(house.outcomes(&[operation(1, "taking", id, Some(2), json!({}))]).await, ["done"]);
    assert!(house.scene.world.audit().await.contains(&"operation.merged".to_string()));
}

#[tokio::test]
async fn r22_somebody_elses_operation_is_refused_and_nothing_is_told() {
    let mut house = offline().await;
    let other = house.scene.technician("吴磊").await;
    let id = house.dispatched("water.leak").await;
    let taking = operation(1, "taking", id, Some(2), json!({}));
    assert_eq!(house.outcomes(std::slice::from_ref(&taking)).await, ["done"]);
    let token = house.scene.world.token(&other).await;
    let result = house.sends(&token, &[taking]).await.remove(0);
    assert_eq!(
        (result.0.as_str(), result.1["code"].as_str(), &result.1["current"]),
        ("refused", Some("operation_refused"), &Json::Null)
    );
}

#[tokio::test]
async fn r22_a_role_that_was_taken_away_refuses_what_was_done_before() {
    let mut house = offline().await;
    let guard_site = house.scene.world.site;
    let guard = house.scene.world.staff_at(guard_site, "孙伟", kernel::Role::Technician, "SEC").await;
    let id = house.dispatched("water.leak").await;
    let token = house.scene.world.token(&guard).await;
    let result = house.sends(&token, &[operation(1, "grab", id, None, json!({}))]).await.remove(0);
    assert_eq!((result.0.as_str(), result.1["code"].as_str()), ("refused", Some("missing")));
}

#[tokio::test]
async fn a_completion_with_its_photos_comes_whole() {
    let house = offline().await;
    let id = house.dispatched("water.leak").await;
    does!(house.scene, &house.technician, tx => orders::take(&mut tx, id)).unwrap();
    does!(house.scene, &house.technician, tx => orders::arrive(&mut tx, id, None)).unwrap();
    let photo = house.scene.proof(&house.technician, kernel::evidence::Kind::Photo).await.to_string();
    let signature = house.scene.proof(&house.technician, kernel::evidence::Kind::Signature).await.to_string();
    let bare = operation(1, "completion", id, None, json!({ "result": "好了" }));
    let whole =
        operation(2, "completion", id, None, json!({ "result": "好了", "photos": [photo], "signature": signature }));
    assert_eq!(house.outcomes(&[bare]).await, ["refused"]);
    assert_eq!(house.outcomes(&[whole]).await, ["done"]);
    assert_eq!(house.scene.state(&house.desk, id).await, orders::State::ToVerify);
}

/// What a phone got while its person was logged in, and the person on it.
async fn trusted(house: &Offline, person: &Person) -> String {
    let body = serde_json::json!({ "device": DEVICE }).to_string();
    let reply = house.scene.world.send(by_page(house, person, "/api/v1/sync/devices", body).await).await.is(201).json();
    assert_eq!(reply["author"], person.party.to_string());
    reply["token"].as_str().unwrap().to_string()
}

/// A call from a page of ours in this person's session.
pub(super) async fn by_page(
    house: &Offline,
    person: &Person,
    path: &str,
    body: String,
) -> axum::http::Request<axum::body::Body> {
    axum::http::Request::post(path)
        .header("cookie", &person.cookie)
        .header("sec-fetch-site", "same-origin")
        .header("content-type", "application/json")
        .header("x-csrf-token", house.scene.world.form_token(person).await)
        .body(axum::body::Body::from(body))
        .unwrap()
}

#[tokio::test]
async fn unsent_work_arrives_under_its_author_after_the_session_is_over() {
    let mut house = offline().await;
    let id = house.dispatched("water.leak").await;
    let token = trusted(&house, &house.technician).await;
    let mut tx = house.scene.world.house.begin(&kernel::access::system_company("test")).await.unwrap();
    kernel::access::end_sessions_of(&mut tx, house.technician.party, None).await.unwrap();
    tx.note(None, "session.ended", "test", Json::Null, Json::Null);
    tx.commit().await.unwrap();
    let body = json!({ "device": DEVICE, "operations": [] }).to_string();
    let over = by_page(&house, &house.technician, "/api/v1/sync", body).await;
    house.scene.world.send(over).await.is(401);
    // Somebody else is logged in on the phone meanwhile.
    let other = house.scene.technician("吴磊").await;
    let taking = operation(1, "taking", id, Some(2), json!({}));
    assert_eq!(house.sends(&token, std::slice::from_ref(&taking)).await[0].0, "done");
    let thread = house.scene.sees(&house.desk, id).await.unwrap().thread;
    let taken = thread.iter().find(|entry| entry.act == "taking").unwrap();
    assert_eq!((taken.actor, taken.actor_name.as_str()), (Some(house.technician.party), "周强"));
    let theirs = trusted(&house, &other).await;
    assert_eq!(house.sends(&theirs, &[taking]).await[0].1["code"], "operation_refused");
}

#[tokio::test]
async fn a_devices_token_is_good_for_that_devices_work_only_and_for_30_days() {
    let house = offline().await;
    let id = house.dispatched("water.leak").await;
    let token = trusted(&house, &house.technician).await;
    let world = &house.scene.world;
    for (method, path) in [
        ("GET", "/api/v1/orders"),
        ("POST", "/api/v1/orders"),
        ("POST", "/api/v1/sync/devices"),
        ("GET", "/api/v1/sessions"),
    ] {
        let body = (method == "POST").then(|| json!({ "device": DEVICE }));
        let status = world.api(&token, method, path, body).await.status;
        assert!(matches!(status.as_u16(), 401 | 404), "{method} {path}: {status}");
    }
    let elsewhere = json!({ "device": "phone-2", "operations": [] });
    let refused = world.api(&token, "POST", "/api/v1/sync", Some(elsewhere)).await.is(422).json();
    assert_eq!(refused["errors"][0]["code"], "device_other", "{refused}");
    let kept: Vec<Vec<u8>> = world.house.db().all("SELECT token AS value FROM device_tokens", ()).await.unwrap();
    assert!(kept.iter().all(|hash| hash.len() == 32));
    world.wait(30 * values::DAY - values::SECOND);
    assert_eq!(house.sends(&token, &[operation(1, "taking", id, Some(2), json!({}))]).await[0].0, "done");
    world.wait(values::SECOND);
    let body = json!({ "device": DEVICE, "operations": [] });
    assert_eq!(world.api(&token, "POST", "/api/v1/sync", Some(body)).await.is(401).json()["code"], "device_over");
}

#[tokio::test]
async fn work_of_somebody_who_was_removed_is_answered_and_nothing_of_it_is_done() {
    let house = offline().await;
    let id = house.dispatched("water.leak").await;
    let token = trusted(&house, &house.technician).await;
    let party = house.technician.party;
    let mut tx = house.scene.world.house.begin(&kernel::access::system_company("test")).await.unwrap();
    kernel::staff::disable(&mut tx, None, party).await.unwrap();
    tx.commit().await.unwrap();
    let body = json!({ "device": DEVICE, "operations": [operation(1, "taking", id, Some(2), json!({}))] });
    let answer = house.scene.world.api(&token, "POST", "/api/v1/sync", Some(body)).await.is(401).json();
    assert_eq!(answer["code"], "device_over");
    assert!(answer["detail"].as_str().unwrap().contains("以本人名义"), "{answer}");
    assert_eq!(house.scene.story(&house.desk, id).await, ["report", "assignment"]);
}

#[tokio::test]
async fn a_role_that_was_taken_away_makes_a_card_of_what_the_phone_still_holds() {
    let house = offline().await;
    let id = house.dispatched("water.leak").await;
    let token = trusted(&house, &house.technician).await;
    let party = house.technician.party;
    let grants: Vec<values::Id<_>> =
        house.scene.world.house.db().all("SELECT id AS value FROM grants WHERE party = $1", (party,)).await.unwrap();
    let mut tx = house.scene.world.house.begin(&kernel::access::system_company("test")).await.unwrap();
    kernel::staff::end_grant(&mut tx, party, grants[0], values::Day::new(2026, 8, 12).unwrap()).await.unwrap();
    tx.commit().await.unwrap();
    let result = house.sends(&token, &[operation(1, "taking", id, Some(2), json!({}))]).await.remove(0);
    assert_eq!(result.0, "refused");
    assert!(result.1["message"].as_str().unwrap().chars().count() > 5, "{result:?}");
}

#[tokio::test]
async fn a_report_made_without_a_network_gets_its_number_later_and_keeps_the_id_of_the_phone() {
    let mut house = offline().await;
    let steward = house.scene.world.staff("林晓燕", kernel::Role::Steward).await;
    let token = trusted(&house, &steward).await;
    let report = json!({
        "op_id": id_of(1), "device": DEVICE, "seq": 1, "device_time": "2026-08-12T10:20:00+08:00", "verb": "report",
        "subject": id_of(7), "fields": { "place": "3-1-1201", "kind": "repair", "category": "water.leak", "text": "厨房顶上滴水", "name": "王秀华" },
    });
    let first = house.sends(&token, std::slice::from_ref(&report)).await.remove(0);
    assert_eq!((first.0.as_str(), first.1["number"].as_str()), ("done", Some("B-260812-001")), "{first:?}");
    let again = house.sends(&token, &[report]).await.remove(0);
    assert_eq!((again.0.as_str(), again.1["number"].as_str()), ("replayed", Some("B-260812-001")));
    let order = house.scene.sees(&house.desk, id_of(7).parse().unwrap()).await.unwrap();
    assert_eq!(order.thread[0].device_at, Some("2026-08-12T10:20:00+08:00".parse().unwrap()));
    assert_eq!(order.order.channel, orders::Channel::Steward);
}

#[tokio::test]
async fn a_technician_reports_what_they_saw_and_not_for_others() {
    let house = offline().await;
    let report = |seq: u32, name: &str| {
        json!({
            "op_id": id_of(seq), "device": DEVICE, "seq": seq, "device_time": "2026-08-12T10:20:00+08:00", "verb": "report",
            "fields": { "place": "3-1-1201", "kind": "repair", "text": "门厅灯不亮", "name": name },
        })
    };
    assert_eq!(house.outcomes(&[report(1, ""), report(2, "王秀华")]).await, ["done", "refused"]);
}

#[tokio::test]
async fn both_are_kept_when_the_author_says_so_with_pictures_device_time_and_an_audit_line() {
    let mut house = offline().await;
    let other = house.scene.technician("吴磊").await;
    let id = house.dispatched("water.leak").await;
    let (technician, to) = (house.technician.clone(), other.party);
    does!(house.scene, &technician, tx => orders::transfer(&mut tx, id, to, "不顺路")).unwrap();
    let photo = house.scene.proof(&technician, kernel::evidence::Kind::Photo).await.to_string();
    let fields = json!({ "result": "换了软管", "photos": [photo] });
    let result = house.sends(&house.token, &[operation(1, "completion", id, Some(2), fields)]).await.remove(0);
    assert_eq!(result.0, "conflict");
    let said = result.1["message"].as_str().unwrap();
    assert!(said.contains("周强") && said.contains("吴磊"), "who gave it to whom: {said}");
    let fields = json!({ "result": "换了软管", "photos": [photo], "keep_both": true });
    assert_eq!(house.outcomes(&[operation(2, "completion", id, Some(3), fields)]).await, ["done"]);
    let order = house.scene.sees(&house.desk, id).await.unwrap();
    let line = order.thread.last().unwrap();
    assert_eq!(line.device_at, Some("2026-08-12T10:30:00+08:00".parse().unwrap()));
    assert!(line.body.as_ref().unwrap().contains("换了软管") && !line.visible);
    assert_eq!((order.assignee_name.as_deref(), order.evidence.len()), (Some("吴磊"), 1));
    assert!(house.scene.world.audit().await.contains(&"operation.kept_both".to_string()));
}
