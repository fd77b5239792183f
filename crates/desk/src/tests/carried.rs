//! Unsent work in a file, brought by somebody else's phone: it is its author's, exactly as their phone wrote it, and whoever
//! holds the file can do nothing else with it.

use axum::{
    body::Body,
    http::{Request, header},
};
use hmac::{Hmac, KeyInit, Mac};
use kernel::{audit::hex, orders};
use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};
use testing::{Person, Reply};

use super::{
    OrderId, does,
    sync::{DEVICE, Offline, by_page, id_of, offline, operation},
    uploads::noisy,
};

/// What a phone got while its person was logged in: with this it seals.
struct Phone {
    id: String,
    key: Vec<u8>,
    token: String,
}

async fn phone(house: &Offline, person: &Person) -> Phone {
    let asked = by_page(house, person, "/api/v1/sync/devices", json!({ "device": DEVICE }).to_string()).await;
    let given = house.scene.world.send(asked).await.is(201).json();
    let key = given["seal"]["key"].as_str().unwrap();
    let key = (0..key.len()).step_by(2).map(|at| u8::from_str_radix(&key[at..at + 2], 16).unwrap()).collect();
    let text = |value: &Json| value.as_str().unwrap().to_string();
    Phone { id: text(&given["seal"]["id"]), key, token: text(&given["token"]) }
}

impl Phone {
    fn seal(&self, what: &Json) -> Json {
        let text = what.to_string();
        let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(&self.key).unwrap();
        mac.update(text.as_bytes());
        json!({ "by": self.id, "text": text, "mac": hex(&mac.finalize().into_bytes()) })
    }
    /// The seal of a picture that was taken for this field of the act.
    fn taken(&self, op: &str, field: &str, file: &[u8]) -> Json {
        let at = "2026-08-12T10:29:00+08:00";
        self.seal(&json!({ "op_id": op, "sha256": hash(file), "field": field, "taken_at": at, "site": null }))
    }
    /// The act as the file carries it.
    fn sealed(&self, act: &Json, photos: &[(&str, &[u8])]) -> Json {
        let mut act = act.clone();
        let photos: Vec<Json> =
            photos.iter().map(|(field, file)| json!({ "field": field, "sha256": hash(file) })).collect();
        act["seal"] = self.seal(&json!({ "operation": act, "photos": photos }));
        act
    }
}

fn hash(file: &[u8]) -> String {
    hex(&Sha256::digest(file))
}

struct Carried {
    house: Offline,
    phone: Phone,
    foreman: String,
}

async fn carried() -> Carried {
    let mut house = offline().await;
    let foreman = house.scene.technician("赵强").await;
    let foreman = house.scene.world.token(&foreman).await;
    let phone = phone(&house, &house.technician).await;
    Carried { house, phone, foreman }
}

async fn picture(carried: &Carried, seal: Option<&Json>, op: &str, field: &str, file: &[u8]) -> Reply {
    let mut body = Vec::new();
    for (name, value) in [("op_id", op), ("field", field)] {
        body.extend_from_slice(
            format!("--b\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").as_bytes(),
        );
    }
    body.extend_from_slice(b"--b\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a.png\"\r\n\r\n");
    body.extend_from_slice(file);
    body.extend_from_slice(b"\r\n--b--\r\n");
    let mut request = Request::post("/api/v1/evidence")
        .header(header::AUTHORIZATION, format!("Bearer {}", carried.foreman))
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=b")
        .header("idempotency-key", hex(&Sha256::digest(&body)));
    if let Some(seal) = seal {
        request = request.header("x-anju-seal", seal.to_string());
    }
    carried.house.scene.world.send(request.body(Body::from(body)).unwrap()).await
}

/// Taken and arrived, as far as a completion.
async fn begun(house: &Offline) -> OrderId {
    let id = house.dispatched("water.leak").await;
    does!(house.scene, &house.technician, tx => orders::take(&mut tx, id)).unwrap();
    does!(house.scene, &house.technician, tx => orders::arrive(&mut tx, id, None)).unwrap();
    id
}

#[tokio::test]
async fn what_another_phone_brings_is_its_authors_and_done_once() {
    let carried = carried().await;
    let (house, phone) = (&carried.house, &carried.phone);
    let id = house.dispatched("water.leak").await;
    let taking = operation(1, "taking", id, Some(2), json!({}));
    let sent = house.sends(&carried.foreman, &[phone.sealed(&taking, &[])]).await.remove(0);
    assert_eq!(sent.0, "done", "{sent:?}");
    let thread = house.scene.sees(&house.desk, id).await.unwrap().thread;
    assert_eq!(thread.last().unwrap().actor, Some(house.technician.party));
    assert!(house.scene.world.audit().await.contains(&"operation.carried".to_string()));
    assert_eq!(house.sends(&phone.token, &[taking]).await[0].0, "replayed", "the author's phone sends it too");
}

#[tokio::test]
async fn a_file_of_work_opens_nothing_else() {
    let carried = carried().await;
    let (house, phone) = (&carried.house, &carried.phone);
    let (id, other) = (house.dispatched("water.leak").await, house.dispatched("water.burst").await);
    let whole = phone.sealed(&operation(1, "taking", id, Some(2), json!({})), &[]);
    let seal = |change: &dyn Fn(&mut Json)| {
        let mut changed = whole.clone();
        change(&mut changed["seal"]);
        changed
    };
    let elsewhere = whole["seal"]["text"].as_str().unwrap().replace(&id.to_string(), &other.to_string());
    let mut another_id = whole.clone();
    another_id["op_id"] = id_of(9).into();
    let forged = [
        seal(&|seal| seal["text"] = elsewhere.clone().into()),
        seal(&|seal| seal["mac"] = "00".repeat(32).into()),
        seal(&|seal| seal["mac"] = "".into()),
        seal(&|seal| seal["by"] = id_of(8).into()),
        another_id,
    ];
    for act in &forged {
        let refused = house.sends(&carried.foreman, std::slice::from_ref(act)).await.remove(0);
        assert_eq!((refused.0.as_str(), refused.1["code"].as_str()), ("refused", Some("seal_broken")), "{act}");
    }
    // What stands outside of the seal counts for nothing.
    let mut outside = whole.clone();
    outside["verb"] = "return".into();
    outside["subject"] = other.to_string().into();
    assert_eq!(house.sends(&carried.foreman, &[outside]).await[0].0, "done");
    assert_eq!(house.scene.story(&house.desk, id).await, ["report", "assignment", "taking"]);
    assert_eq!(house.scene.story(&house.desk, other).await, ["report", "assignment"]);
    for piece in ["by", "mac"] {
        let piece = format!("anju_device_{}", whole["seal"][piece].as_str().unwrap());
        let body = json!({ "device": DEVICE, "operations": [] });
        house.scene.world.api(&piece, "POST", "/api/v1/sync", Some(body)).await.is(401);
    }
}

#[tokio::test]
async fn a_phone_that_may_send_no_more_seals_no_more() {
    let carried = carried().await;
    let (house, phone) = (&carried.house, &carried.phone);
    let id = house.dispatched("water.leak").await;
    let mut tx = house.scene.world.house.begin(&kernel::access::system_company("test")).await.unwrap();
    kernel::access::end_devices_of(&mut tx, house.technician.party).await.unwrap();
    tx.note(None, "device.ended", "test", Json::Null, Json::Null);
    tx.commit().await.unwrap();
    let taking = phone.sealed(&operation(1, "taking", id, Some(2), json!({})), &[]);
    let refused = house.sends(&carried.foreman, &[taking]).await.remove(0);
    assert_eq!((refused.0.as_str(), refused.1["code"].as_str()), ("refused", Some("seal_broken")));
    assert!(refused.1["message"].as_str().unwrap().contains("本人"), "{refused:?}");
}

#[tokio::test]
async fn carried_pictures_are_their_authors_and_no_others_take_their_place() {
    let carried = carried().await;
    let (house, phone) = (&carried.house, &carried.phone);
    let id = begun(house).await;
    let (file, op) = (noisy(40, 30), id_of(1));
    let seal = phone.taken(&op, "photos", &file);
    let another = noisy(41, 30);
    let refused = picture(&carried, Some(&seal), &op, "photos", &another).await.is(422).json();
    assert_eq!(refused["errors"][0]["code"], "seal_broken");
    let thin = phone.seal(&json!({ "op_id": op, "sha256": hash(&file) }));
    let refused = picture(&carried, Some(&thin), &op, "photos", &file).await.is(422).json();
    assert_eq!(refused["errors"][0]["code"], "seal_broken", "which field it is for is sealed too");
    let received = picture(&carried, Some(&seal), &op, "photos", &file).await.is(201).json()["id"].clone();
    let foremans = picture(&carried, None, &op, "photos", &file).await.is(201).json()["id"].clone();
    let signature = house.scene.proof(&house.technician, kernel::evidence::Kind::Signature).await.to_string();
    let act = operation(1, "completion", id, None, json!({ "result": "好了", "signature": signature }));
    let sealed = phone.sealed(&act, &[("photos", &file)]);
    for photos in [json!([]), json!([foremans]), json!([received, foremans]), json!([signature]), json!([received, 1])]
    {
        let mut filled = sealed.clone();
        filled["fields"]["photos"] = photos;
        assert_eq!(house.sends(&carried.foreman, &[filled]).await[0].1["code"], "seal_broken");
    }
    let mut filled = sealed;
    filled["fields"]["photos"] = json!([received]);
    let sent = house.sends(&carried.foreman, &[filled]).await.remove(0);
    assert_eq!(sent.0, "done", "{sent:?}");
    assert_eq!(house.scene.state(&house.desk, id).await, orders::State::ToVerify);
}

#[tokio::test]
async fn a_carried_picture_goes_where_and_is_of_when_its_authors_phone_says() {
    let carried = carried().await;
    let (house, phone) = (&carried.house, &carried.phone);
    let id = begun(house).await;
    let (file, pen, op) = (noisy(40, 30), noisy(42, 30), id_of(1));
    let (taken, signed) = (phone.taken(&op, "photos", &file), phone.taken(&op, "signature", &pen));
    // The bearer says the opposite outside of the seals.
    let shot = picture(&carried, Some(&taken), &id_of(2), "signature", &file).await.is(201).json()["id"].clone();
    let name = picture(&carried, Some(&signed), &id_of(2), "photos", &pen).await.is(201).json()["id"].clone();
    let sql = "SELECT kind AS value FROM evidence WHERE device_at IS NOT NULL AND operation IS NOT NULL ORDER BY kind";
    let kinds: Vec<String> = house.scene.world.house.db().all(sql, ()).await.unwrap();
    assert_eq!(kinds, ["photo", "signature"]);
    let sealed = phone.sealed(
        &operation(1, "completion", id, None, json!({ "result": "好了" })),
        &[("photos", &file), ("signature", &pen)],
    );
    let filled = |photo: &Json, signature: &Json| {
        let mut filled = sealed.clone();
        filled["fields"]["photos"] = json!([photo]);
        filled["fields"]["signature"] = signature.clone();
        filled
    };
    let swapped = house.sends(&carried.foreman, &[filled(&name, &shot)]).await.remove(0);
    assert_eq!(swapped.1["code"], "seal_broken", "{swapped:?}");
    let sent = house.sends(&carried.foreman, &[filled(&shot, &name)]).await.remove(0);
    assert_eq!(sent.0, "done", "{sent:?}");
}

#[tokio::test]
async fn one_broken_or_missing_seal_refuses_that_act_and_the_others_are_done() {
    let carried = carried().await;
    let (house, phone) = (&carried.house, &carried.phone);
    let (first, second, third) = (
        house.dispatched("water.leak").await,
        house.dispatched("water.burst").await,
        house.dispatched("water.leak").await,
    );
    let take = |seq, id| operation(seq, "taking", id, Some(2), json!({}));
    let mut broken = phone.sealed(&take(1, first), &[]);
    broken["seal"]["mac"] = "00".repeat(32).into();
    let sent = house.sends(&carried.foreman, &[broken, take(2, second), phone.sealed(&take(3, third), &[])]).await;
    let told: Vec<_> = sent.iter().map(|(outcome, one)| (outcome.as_str(), one["code"].as_str())).collect();
    assert_eq!(told, [("refused", Some("seal_broken")), ("refused", Some("seal_missing")), ("done", None)]);
    assert_eq!(house.sends(&phone.token, &[take(1, first)]).await[0].0, "done", "its author sends it all the same");
}

#[tokio::test]
async fn nobody_else_speaks_for_a_phone_without_its_seals() {
    let carried = carried().await;
    let (house, phone) = (&carried.house, &carried.phone);
    let id = house.dispatched("water.leak").await;
    let taking = operation(1, "taking", id, Some(2), json!({}));
    let world = &house.scene.world;
    let as_own = json!({ "device": DEVICE, "operations": [taking] });
    let refused = world.api(&carried.foreman, "POST", "/api/v1/sync", Some(as_own)).await.is(422).json();
    assert_eq!(refused["errors"][0]["code"], "device_bound", "{refused}");
    let as_carried = json!({ "device": DEVICE, "carried": true, "operations": [taking] });
    let refused = world.api(&phone.token, "POST", "/api/v1/sync", Some(as_carried)).await.is(200).json();
    assert_eq!(refused["results"][0]["code"], "seal_missing", "{refused}");
    let mut elsewhere = taking.clone();
    elsewhere["device"] = "phone-9".into();
    let refused = house.sends(&carried.foreman, &[phone.sealed(&elsewhere, &[])]).await.remove(0);
    assert_eq!(refused.1["code"], "seal_broken", "a key seals the work of its own phone");
    assert_eq!(house.scene.story(&house.desk, id).await, ["report", "assignment"]);
}
