//! Work that is sent back, outages that reports hang on, second callers: what they owe and who hears of it.

use kernel::{
    notices::{self, Audience, NoticeKind},
    orders::{self, NewReporter, State},
    promises::Name,
};
use serde_json::json;
use testing::Person;
use values::{DAY, HOUR};

use super::{OrderId, Scene, does};

#[tokio::test]
async fn an_unsatisfied_customer_is_promised_the_work_again_from_the_verdict() {
    let mut scene = Scene::new().await;
    let (desk, technician) = (scene.desk().await, scene.technician("李建国").await);
    let owner = scene.owner("王雅华", "3-1-1201").await;
    let id = scene.reports(&owner, "water.tap", "3-1-1201").await;
    does!(scene, &desk, tx => orders::accept(&mut tx, id)).unwrap();
    scene.works_off(&desk, &technician, id).await;
    assert!(scene.promise(&desk, id, Name::Completion).await.starts_with("kept"));
    scene.world.wait(HOUR);
    does!(scene, &owner, tx => orders::verdict(&mut tx, id, false, "还在滴")).unwrap();
    let view = scene.sees(&desk, id).await.unwrap();
    assert_eq!((view.state, view.order.round), (orders::State::Working, 2));
    let second: Vec<Name> =
        view.promises.iter().map(|one| &one.promise).filter(|one| one.round == 2).map(|one| one.name).collect();
    assert_eq!(second, [Name::Completion], "arrival and dispatch are not owed twice");
    assert_eq!(scene.promise(&desk, id, Name::Completion).await, "pending due 2026-08-15T11:24:00+08:00");
    assert!(view.order.next_due.is_some(), "it stands in the lists with its clock");
    scene.world.wait(4 * DAY);
    scene.completes(&technician, id).await;
    assert!(scene.promise(&desk, id, Name::Completion).await.starts_with("late"));
    does!(scene, &owner, tx => orders::verdict(&mut tx, id, true, "")).unwrap();
    scene.is_sound().await;
}

#[tokio::test]
async fn what_was_still_owed_before_work_is_sent_back_is_owed_once_and_can_still_be_kept() {
    let mut scene = Scene::new().await;
    let (desk, technician) = (scene.desk().await, scene.technician("李建国").await);
    let owner = scene.owner("王雅华", "3-1-1201").await;
    let id = scene.reports(&owner, "neighbour.noise", "3-1-1201").await;
    does!(scene, &desk, tx => orders::accept(&mut tx, id)).unwrap();
    scene.assigns(&desk, id, &technician).await;
    does!(scene, &technician, tx => orders::take(&mut tx, id)).unwrap();
    does!(scene, &technician, tx => orders::start(&mut tx, id)).unwrap();
    scene.completes(&technician, id).await;
    scene.world.wait(HOUR);
    does!(scene, &owner, tx => orders::verdict(&mut tx, id, false, "还吵")).unwrap();
    let answers = async |scene: &Scene| {
        let view = scene.sees(&desk, id).await.unwrap();
        let answers: Vec<String> = view
            .promises
            .iter()
            .filter(|one| one.promise.name == Name::Answer)
            .map(|one| one.outcome.as_str().to_string())
            .collect();
        answers
    };
    assert_eq!(answers(&scene).await, ["pending"]);
    does!(scene, &desk, tx => orders::answer(&mut tx, id, "已约双方到前台", false)).unwrap();
    assert_eq!(answers(&scene).await, ["kept"]);
    scene.is_sound().await;
}

/// A complaint of 王雅华 that the desk has accepted and answered, and to which nobody was sent.
async fn answered_complaint(scene: &mut Scene, desk: &Person, owner: &Person) -> OrderId {
    let id = scene.reports(owner, "neighbour.noise", "3-1-1201").await;
    does!(scene, desk, tx => orders::accept(&mut tx, id)).unwrap();
    scene.world.wait(HOUR);
    let done = does!(scene, desk, tx => orders::answer(&mut tx, id, "已约双方到前台", false)).unwrap();
    assert_eq!(done.state, State::ToVerify);
    id
}

#[tokio::test]
async fn a_complaint_answered_without_anybody_being_sent_is_closed_by_its_customers_verdict() {
    let mut scene = Scene::new().await;
    let (desk, owner) = (scene.desk().await, scene.owner("王雅华", "3-1-1201").await);
    let id = answered_complaint(&mut scene, &desk, &owner).await;
    let page = format!("/r/orders/{}", scene.sees(&owner, id).await.unwrap().order.number);
    let asked = scene.world.get(&owner, &page).await.is(200).text();
    assert!(asked.contains("已答复您") && asked.contains("8-15 11:24 前没有回音就算满意"), "{asked}");
    scene.world.post(&owner, &format!("{page}/verdict"), &[("satisfied", "yes")]).await.is(303);
    assert!(!matches!(scene.state(&desk, id).await, State::Accepted | State::ToVerify));
    assert_eq!(scene.promise(&desk, id, Name::Closure).await, "kept due 2026-08-19T10:24:00+08:00");
    scene.is_sound().await;
}

#[tokio::test]
async fn an_answer_that_does_not_satisfy_is_owed_again_and_silence_closes_a_complaint_after_72_hours() {
    let mut scene = Scene::new().await;
    let (desk, owner) = (scene.desk().await, scene.owner("王雅华", "3-1-1201").await);
    let id = answered_complaint(&mut scene, &desk, &owner).await;
    let done = does!(scene, &owner, tx => orders::verdict(&mut tx, id, false, "还吵")).unwrap();
    assert_eq!(done.state, State::Accepted);
    assert_eq!(scene.promise(&desk, id, Name::Answer).await, "pending due 2026-08-14T11:24:00+08:00");
    scene.is_sound().await;
    does!(scene, &desk, tx => orders::answer(&mut tx, id, "楼上已装隔音垫", false)).unwrap();
    scene.world.wait(72 * HOUR);
    scene.clock_works().await;
    assert!(!matches!(scene.state(&desk, id).await, State::Accepted | State::ToVerify));
    assert_eq!(scene.sees(&desk, id).await.unwrap().order.verdict_by.as_deref(), Some("time"));
    scene.is_sound().await;
}

#[tokio::test]
async fn a_report_from_where_water_is_off_hangs_on_the_outage_however_it_came_in() {
    let mut scene = Scene::new().await;
    let desk = scene.desk().await;
    let new = notices::NewNotice {
        site: scene.world.site,
        kind: NoticeKind::Outage,
        title: "全区停水".into(),
        body: "水泵检修".into(),
        audience: Audience::default(),
        starts: scene.world.now(),
        planned_end: Some(scene.world.now().plus_millis(4 * HOUR)),
        categories: vec!["water".into()],
    };
    let notice = does!(scene, &desk, tx => notices::publish(&mut tx, &new)).unwrap();
    let token = scene.world.token(&desk).await;
    let body = json!({ "site": "GYHY", "kind": "repair", "category": "water.outage", "place": "3-1-1101", "channel": "phone", "text": "没水" });
    let made = scene.world.api(&token, "POST", "/api/v1/orders", Some(body)).await.is(201).json();
    let called = made["id"].as_str().unwrap().parse().unwrap();
    let other = scene.reports(&desk, "power.light", "3-1-1101").await;
    assert_eq!(scene.sees(&desk, called).await.unwrap().order.outage, Some(notice.uuid()));
    assert_eq!(scene.sees(&desk, other).await.unwrap().order.outage, None, "another trouble");
    does!(scene, &desk, tx => notices::end(&mut tx, notice)).unwrap();
    let later = scene.reports(&desk, "water.outage", "3-1-1201").await;
    assert_eq!(scene.sees(&desk, later).await.unwrap().order.outage, None, "it is over");
}

#[tokio::test]
async fn a_second_caller_is_kept_with_the_home_they_call_from() {
    let mut scene = Scene::new().await;
    let desk = scene.desk().await;
    let owner = scene.owner("蒋桂兰", "3-1-1101").await;
    let id = scene.reports(&desk, "water.leak", "3-1-1201").await;
    let mut tx = scene.begin(&desk).await;
    let place = scene.place("3-1-1101").await;
    let phone = tx.one::<String>("SELECT phone AS value FROM phones WHERE party = $1", (owner.party,)).await.unwrap();
    drop(tx);
    let who = NewReporter { phone: phone.parse().ok(), place: Some(place), ..NewReporter::default() };
    does!(scene, &desk, tx => orders::add_reporter(&mut tx, id, &who)).unwrap();
    let view = scene.sees(&desk, id).await.unwrap();
    assert_eq!(view.reporters[1].place, Some(place));
    assert_eq!(view.reporters[1].party, Some(owner.party), "found by the phone at their own home");
    let token = scene.world.token(&desk).await;
    let body = json!({ "name": "张先生", "place": "3-1-1101" });
    scene.world.api(&token, "POST", &format!("/api/v1/orders/{id}/reporters"), Some(body)).await.is(201);
    let listed = scene.world.api(&token, "GET", &format!("/api/v1/orders/{id}/reporters"), None).await.is(200).json();
    assert_eq!(
        (listed["items"][2]["place"].as_str(), listed["items"][0]["place"].as_str()),
        (Some("3-1-1101"), Some("3-1-1201"))
    );
}
