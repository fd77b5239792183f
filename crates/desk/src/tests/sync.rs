//! R22: what phones kept while they were offline.

use serde_json::{Value as Json, json};
use testing::Person;

use super::{OrderId, Scene, does};
use kernel::orders;

const DEVICE: &str = "phone-1";

fn id_of(number: u32) -> String {
    format!("018f0000-0000-7000-8000-{number:012}")
}

/// One operation as a phone writes it.
fn operation(seq: u32, verb: &str, subject: OrderId, base: Option<i64>, fields: Json) -> Json {
    json!({
        "op_id": id_of(seq), "device": DEVICE, "seq": seq, "device_time": "2026-08-12T10:30:00+08:00", "verb": verb,
        "subject": subject.to_string(), "base_version": base, "fields": fields,
    })
}

struct Offline {
    scene: Scene,
    desk: Person,
    technician: Person,
    token: String,
}

async fn offline() -> Offline {
    let mut scene = Scene::new().await;
    let (desk, technician) = (scene.desk().await, scene.technician("周强").await);
    let token = scene.world.token(&technician).await;
    Offline { scene, desk, technician, token }
}

impl Offline {
    async fn dispatched(&self, category: &str) -> OrderId {
        let id = self.scene.reports(&self.desk, category, "3-1-1201").await;
        self.scene.assigns(&self.desk, id, &self.technician).await;
        id
    }
    async fn sends(&self, token: &str, operations: &[Json]) -> Vec<(String, Json)> {
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
