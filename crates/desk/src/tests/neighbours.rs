//! Two homes and one order: what the second of them sees and does.

use kernel::{
    Role,
    evidence::Kind as Proof,
    orders::{self, Message, NewReporter, State},
};
use serde_json::json;
use testing::Person;
use values::Id;

use super::{OrderId, Scene, code, does};

struct Two {
    scene: Scene,
    desk: Person,
    upstairs: Person,
    below: Person,
    id: OrderId,
}

fn said(text: &str, visible: bool) -> Message {
    Message { visible, text: text.into(), evidence: Vec::new() }
}

/// 王小华 reported from 3-1-1201, 李建国's own report from 3-1-1101 went on as hers.
async fn two() -> Two {
    let mut scene = Scene::new().await;
    let (upstairs, below) = (scene.owner("王小华", "3-1-1201").await, scene.owner("李建国", "3-1-1101").await);
    let desk = scene.desk().await;
    let first = orders::NewReport {
        text: "家里只有我一个人，钥匙在门垫下".into(),
        entry_note: Some("门禁码 4711".into()),
        evidence: vec![scene.proof(&upstairs, Proof::Photo).await],
        ..scene.report_of(&upstairs, "water.leak", "3-1-1201").await
    };
    let id = does!(scene, &upstairs, tx => orders::report(&mut tx, &first)).unwrap().id;
    does!(scene, &upstairs, tx => orders::message(&mut tx, id, &said("我丈夫不在家", true))).unwrap();
    does!(scene, &desk, tx => orders::message(&mut tx, id, &said("王女士，14:00 到 1201", true))).unwrap();
    scene.world.wait(values::MINUTE);
    let own =
        orders::NewReport { text: "楼下也漏了".into(), ..scene.report_of(&below, "water.leak", "3-1-1101").await };
    let second = does!(scene, &below, tx => orders::report(&mut tx, &own)).unwrap().id;
    does!(scene, &desk, tx => orders::merge(&mut tx, second, id)).unwrap();
    scene.world.wait(values::MINUTE);
    does!(scene, &desk, tx => orders::message(&mut tx, id, &said("师傅已出发", true))).unwrap();
    Two { scene, desk, upstairs, below, id }
}

const SECRETS: [&str; 7] = ["垫下", "4711", "丈夫", "1201", "王女士", "王小华", "13800"];

#[tokio::test]
async fn a_second_home_sees_how_it_goes_and_nothing_of_the_first_home() {
    let house = two().await;
    let (scene, id) = (&house.scene, house.id);
    let number = scene.sees(&house.desk, id).await.unwrap().order.number;
    let own = house.below.clone();
    let page = scene.world.get(&own, &format!("/r/orders/{number}")).await.is(200).text();
    let list = scene.world.get(&own, "/r/orders").await.is(200).text();
    let home = scene.world.get(&own, "/r").await.is(200).text();
    let machine = async |path: &str| scene.world.get(&own, &format!("/api/v1/orders{path}")).await.is(200).text();
    let mut shown = vec![page.clone(), list, home, machine("?site=GYHY").await];
    for path in ["", "/messages", "/reporters", "/evidence"] {
        shown.push(machine(&format!("/{id}{path}")).await);
    }
    let phone_of_own = scene.sees(&own, id).await.unwrap().reporters[0].phone.clone().unwrap();
    for (text, secret) in shown.iter().flat_map(|text| SECRETS.map(|secret| (text, secret))) {
        let text = text.replace(phone_of_own.dial(), "");
        assert!(!text.contains(secret), "{secret} is shown in {text}");
    }
    assert!(page.contains("楼下也漏了") && page.contains("师傅已出发") && page.contains("3-1-1101"), "{page}");
    let view = scene.sees(&own, id).await.unwrap();
    assert!(!view.promises.is_empty() && view.evidence.is_empty());
    let picture = scene.sees(&house.desk, id).await.unwrap().evidence[0].id;
    scene.world.get(&own, &format!("/api/v1/evidence/{picture}")).await.is(404);
    scene.world.get(&house.upstairs, &format!("/api/v1/evidence/{picture}")).await.is(200);
}

#[tokio::test]
async fn a_search_finds_nothing_by_what_only_the_other_home_may_read() {
    let house = two().await;
    let number = house.scene.sees(&house.desk, house.id).await.unwrap().order.number.to_string();
    let found = async |person: &Person, condition: &str, text: &str| {
        let text = serde_urlencoded::to_string([(condition, text)]).unwrap();
        let page = house.scene.world.get(person, &format!("/api/v1/orders?site=GYHY&state=all&{text}")).await;
        let page = page.is(200).json();
        let numbers = page["items"].as_array().unwrap().iter().map(|line| line["number"].as_str().unwrap().to_string());
        assert_eq!(page["total"], page["items"].as_array().unwrap().len(), "the count tells no more than the list");
        numbers.collect::<Vec<_>>()
    };
    let phone = house.scene.sees(&house.desk, house.id).await.unwrap().reporters[0].phone.clone().unwrap();
    let secrets = [("q", "垫下"), ("q", "王小华"), ("q", phone.dial()), ("place", "3-1-1201")];
    for (condition, text) in secrets {
        assert_eq!(found(&house.below, condition, text).await, Vec::<String>::new(), "{text}");
        assert_eq!(found(&house.upstairs, condition, text).await, std::slice::from_ref(&number), "{text}");
        assert_eq!(found(&house.desk, condition, text).await, std::slice::from_ref(&number), "{text}");
    }
    assert_eq!(found(&house.below, "q", &number).await, [number]);
    assert_eq!(found(&house.below, "q", "楼下也漏了").await.len(), 1, "their own words");
}

#[tokio::test]
async fn the_first_home_reads_no_entry_note_from_the_api_and_its_own_words_as_before() {
    let house = two().await;
    let path = format!("/api/v1/orders/{}", house.id);
    let first = house.scene.world.get(&house.upstairs, &path).await.is(200).json();
    assert_eq!((&first["entry_note"], first["place"].as_str()), (&serde_json::Value::Null, Some("3-1-1201")));
    assert!(first["text"].as_str().unwrap().contains("钥匙"));
    let messages = house.scene.world.get(&house.upstairs, &format!("{path}/messages")).await.is(200).text();
    assert!(messages.contains("丈夫") && !messages.contains("李建国"));
}

#[tokio::test]
async fn one_of_several_who_cancels_takes_out_only_themselves() {
    let house = two().await;
    let (scene, id) = (&house.scene, house.id);
    does!(scene, &house.below, tx => orders::cancel(&mut tx, id, "不漏了", true)).unwrap();
    assert_eq!(scene.state(&house.upstairs, id).await, State::New);
    assert_eq!(scene.sees(&house.below, id).await.unwrap().allowed, []);
    assert_eq!(code(does!(scene, &house.below, tx => orders::cancel(&mut tx, id, "", true))), "not_your_role");
    let told = scene.inbox(&house.below).await.len();
    does!(scene, &house.desk, tx => orders::message(&mut tx, id, &said("到了", true))).unwrap();
    assert_eq!(scene.inbox(&house.below).await.len(), told, "who stepped back hears no more of it");
    // Now it is hers alone.
    does!(scene, &house.upstairs, tx => orders::cancel(&mut tx, id, "", true)).unwrap();
    assert_eq!(scene.state(&house.upstairs, id).await, State::Cancelled);
}

#[tokio::test]
async fn when_the_first_home_steps_back_the_next_one_speaks_for_the_order_at_its_own_home() {
    let house = two().await;
    let (scene, id) = (&house.scene, house.id);
    does!(scene, &house.upstairs, tx => orders::cancel(&mut tx, id, "", true)).unwrap();
    let order = scene.sees(&house.desk, id).await.unwrap().order;
    assert_eq!((order.reporter, order.place), (Some(house.below.party), Some(scene.place("3-1-1101").await)));
    assert_eq!((order.state(), order.entry_note), (State::New, None));
    does!(scene, &house.below, tx => orders::cancel(&mut tx, id, "", true)).unwrap();
    assert_eq!(scene.state(&house.below, id).await, State::Cancelled);
}

#[tokio::test]
async fn verdict_and_reopening_are_the_first_homes_and_each_home_rates() {
    let mut house = two().await;
    let technician = house.scene.technician("周强").await;
    let (scene, id) = (&house.scene, house.id);
    does!(scene, &house.desk, tx => orders::accept(&mut tx, id)).unwrap();
    scene.works_off(&house.desk, &technician, id).await;
    assert_eq!(code(does!(scene, &house.below, tx => orders::verdict(&mut tx, id, true, ""))), "not_your_role");
    does!(scene, &house.upstairs, tx => orders::verdict(&mut tx, id, true, "")).unwrap();
    does!(scene, &house.below, tx => orders::rate(&mut tx, id, 2, "")).unwrap();
    does!(scene, &house.upstairs, tx => orders::rate(&mut tx, id, 5, "")).unwrap();
    assert_eq!(scene.sees(&house.below, id).await.unwrap().order.stars, Some(2));
    assert_eq!(scene.sees(&house.desk, id).await.unwrap().order.stars, Some(5));
    assert_eq!(code(does!(scene, &house.below, tx => orders::reopen(&mut tx, id, "又漏"))), "not_your_role");
    does!(scene, &house.upstairs, tx => orders::reopen(&mut tx, id, "又漏")).unwrap();
}

#[tokio::test]
async fn a_correction_names_nobody_whom_this_site_does_not_know() {
    let mut house = two().await;
    let far = house.scene.world.another_site("YLXY", "云栖雅苑").await;
    let stranger = house.scene.world.staff_at(far, "孙外人", Role::Desk, "CS").await;
    let (scene, id) = (&house.scene, house.id);
    let token = scene.world.token(&house.desk).await;
    let path = format!("/api/v1/orders/{id}/classification");
    for party in [stranger.party.to_string(), Id::<()>::named("nobody").to_string()] {
        let body = json!({ "reporter": { "party": party } });
        let answer = scene.world.api(&token, "POST", &path, Some(body)).await.is(422).json();
        assert_eq!(answer["errors"][0]["code"], "reporter_unknown");
    }
    let to = orders::Correction {
        reporter: Some(NewReporter { party: Some(house.below.party), ..NewReporter::default() }),
        ..orders::Correction::default()
    };
    does!(scene, &house.desk, tx => orders::classify(&mut tx, id, &to, None)).unwrap();
    let order = scene.sees(&house.desk, id).await.unwrap().order;
    assert_eq!(order.reporter_name.as_deref(), Some("李建国"), "known by the person alone");
}

#[tokio::test]
async fn a_technician_reads_the_callers_name_in_the_api_only_while_the_order_is_theirs_and_open() {
    let mut house = two().await;
    let (worker, other) = (house.scene.technician("周强").await, house.scene.technician("钱多").await);
    let (scene, id) = (&house.scene, house.id);
    let path = format!("/api/v1/orders/{id}");
    let reads = async |who: &Person| {
        let token = scene.world.token(who).await;
        let whole = |text: String| text.contains("王小华");
        let order = scene.world.api(&token, "GET", &path, None).await.is(200).text();
        let others = ["/messages", "/reporters"];
        let mut answers = vec![whole(order)];
        for more in others {
            let text = scene.world.api(&token, "GET", &format!("{path}{more}"), None).await.is(200).text();
            answers.push(whole(text.replace("王小华上门", "")));
        }
        answers
    };
    does!(scene, &house.desk, tx => orders::accept(&mut tx, id)).unwrap();
    assert_eq!(reads(&other).await, [false; 3]);
    scene.assigns(&house.desk, id, &worker).await;
    assert_eq!(reads(&worker).await, [true; 3]);
    assert_eq!(reads(&other).await, [false; 3]);
    does!(scene, &worker, tx => orders::take(&mut tx, id)).unwrap();
    does!(scene, &worker, tx => orders::arrive(&mut tx, id, None)).unwrap();
    scene.completes(&worker, id).await;
    does!(scene, &house.upstairs, tx => orders::verdict(&mut tx, id, true, "")).unwrap();
    assert_eq!(reads(&worker).await, [false; 3]);
    assert_eq!(reads(&house.desk).await, [true; 3]);
}

#[tokio::test]
async fn a_picture_of_a_neighbour_or_of_the_desk_proves_no_work() {
    let mut house = two().await;
    let technician = house.scene.technician("周强").await;
    let (scene, id) = (&house.scene, house.id);
    does!(scene, &house.desk, tx => orders::accept(&mut tx, id)).unwrap();
    scene.assigns(&house.desk, id, &technician).await;
    does!(scene, &technician, tx => orders::take(&mut tx, id)).unwrap();
    does!(scene, &technician, tx => orders::arrive(&mut tx, id, None)).unwrap();
    for who in [&house.below, &house.desk] {
        let evidence = vec![scene.proof(who, Proof::Photo).await, scene.proof(who, Proof::Signature).await];
        let shown = Message { visible: true, text: "看".into(), evidence };
        does!(scene, who, tx => orders::message(&mut tx, id, &shown)).unwrap();
    }
    let empty = orders::Completion { result: "好了".into(), ..orders::Completion::default() };
    assert_eq!(code(does!(scene, &technician, tx => orders::complete(&mut tx, id, &empty))), "proof_missing");
    let photo = scene.proof(&technician, Proof::Photo).await;
    let on_the_way = Message { visible: true, text: "修前".into(), evidence: vec![photo] };
    does!(scene, &technician, tx => orders::message(&mut tx, id, &on_the_way)).unwrap();
    let signed = orders::Completion { signature: Some(scene.proof(&technician, Proof::Signature).await), ..empty };
    does!(scene, &technician, tx => orders::complete(&mut tx, id, &signed)).unwrap();
}

#[tokio::test]
async fn residents_are_turned_away_before_anything_is_loaded_from_routes_not_made_for_them() {
    let house = two().await;
    let world = &house.scene.world;
    let notice = [("kind", "outage"), ("title", "停水"), ("body", "检修"), ("planned_end", "2026-08-12 16:00")];
    let steps = [("step", "publish"), ("counted", "2")];
    let there =
        world.post(&house.desk, "/c/GYHY/notices", &[notice.as_slice(), &steps].concat()).await.is(303).location();
    let known = there.rsplit('/').next().unwrap().to_string();
    let token = world.form_token(&house.below).await;
    let mut seen = 0;
    let closed = |route: &&web::Route| route.door == web::Door::Machine && !route.for_residents();
    for route in crate::routes().iter().filter(closed) {
        for id in [known.clone(), house.id.to_string(), Id::<()>::named("nobody").to_string()] {
            let path = route.path.replace("{id}", &id).replace("{code}", "water.leak").replace("{year}", "2026");
            let request = axum::http::Request::builder().method(route.method.clone()).uri(format!("{path}?site=GYHY"));
            let request = request
                .header("cookie", &house.below.cookie)
                .header("sec-fetch-site", "same-origin")
                .header("x-csrf-token", &token)
                .header("content-type", "application/json");
            let reply = world.send(request.body(axum::body::Body::from("{}")).unwrap()).await;
            assert_eq!(reply.status, 403, "{} {path}", route.method);
            seen += 1;
        }
    }
    assert!(seen >= 12, "{seen}");
}
