//! An order from the report to the rating, and the ways in which it turns out otherwise.

use kernel::{
    orders::{self, Channel, Correction, Kind, Noun, State, To, Urgency},
    promises::{Name, Outcome},
};
use values::{DAY, HOUR, MINUTE};

use super::{Scene, code, does, worked::COMPLAINT};

#[tokio::test]
async fn a_leak_goes_from_the_owners_phone_to_five_stars() {
    let mut scene = Scene::new().await;
    let (desk, technician) = (scene.desk().await, scene.technician("周强").await);
    let owner = scene.owner("王小华", "3-1-1201").await;
    let id = scene.reports(&owner, "water.leak", "3-1-1201").await;
    assert_eq!(scene.state(&owner, id).await, State::New);
    scene.world.wait(4 * MINUTE);
    does!(scene, &desk, tx => orders::accept(&mut tx, id)).unwrap();
    assert_eq!(scene.promise(&desk, id, Name::Response).await, "kept due 2026-08-12T10:34:00+08:00");
    scene.works_off(&desk, &technician, id).await;
    assert_eq!(scene.state(&owner, id).await, State::ToVerify);
    does!(scene, &owner, tx => orders::verdict(&mut tx, id, true, "不漏了")).unwrap();
    let done = does!(scene, &owner, tx => orders::rate(&mut tx, id, 5, "")).unwrap();
    assert_eq!((done.state, done.number.to_string().as_str()), (State::Closed, "B-260812-001"));
    let story = scene.story(&owner, id).await;
    assert_eq!(story, ["report", "acceptance", "assignment", "taking", "arrival", "completion", "verdict", "rating"]);
    let view = scene.sees(&desk, id).await.unwrap();
    assert!(view.promises.iter().all(|one| matches!(one.outcome, Outcome::Kept { .. })), "{:?}", view.promises);
    assert_eq!((view.order.stars, view.order.next_due), (Some(5), None));
    scene.is_sound().await;
}

#[tokio::test]
async fn a_question_is_answered_at_once_and_owes_nothing_more() {
    let mut scene = Scene::new().await;
    let desk = scene.desk().await;
    let new = orders::NewReport { kind: Kind::Enquiry, ..scene.report_of(&desk, "ask.fee", "3-1-1201").await };
    let mut tx = scene.begin(&desk).await;
    let id = orders::report(&mut tx, &new).await.unwrap().id;
    let done = orders::answer(&mut tx, id, "物业费每季度 5 日前收", true).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(done.state, State::Closed);
    assert_eq!(done.number.to_string(), "Z-260812-001");
    let view = scene.sees(&desk, id).await.unwrap();
    let outcomes: Vec<_> = view.promises.iter().map(|one| (one.promise.name, one.outcome.as_str())).collect();
    assert_eq!(outcomes, [(Name::Response, "kept"), (Name::Answer, "kept")]);
    scene.is_sound().await;
}

#[tokio::test]
async fn a_mistake_is_corrected_and_promises_run_anew_from_the_report() {
    let mut scene = Scene::new().await;
    let desk = scene.desk().await;
    let id = scene.reports(&desk, "water.leak", "3-1-1201").await;
    assert_eq!(scene.promise(&desk, id, Name::Arrival).await, "pending due 2026-08-12T10:54:00+08:00");
    scene.world.wait(HOUR);
    let version = scene.sees(&desk, id).await.unwrap().order.version;
    let to = Correction { kind: Some(Kind::Complaint), category: Some(COMPLAINT.into()), ..Correction::default() };
    let done = does!(scene, &desk, tx => orders::classify(&mut tx, id, &to, Some(version))).unwrap();
    assert_eq!(done.number.to_string(), "B-260812-001");
    assert_eq!(scene.promise(&desk, id, Name::FirstReply).await, "pending overdue due 2026-08-12T10:54:00+08:00");
    assert_eq!(scene.promise(&desk, id, Name::Answer).await, "pending due 2026-08-14T10:24:00+08:00");
    let view = scene.sees(&desk, id).await.unwrap();
    assert!(!view.promises.iter().any(|one| one.promise.name == Name::Arrival));
    let stale = does!(scene, &desk, tx => orders::classify(&mut tx, id, &to, Some(version)));
    assert_eq!(code(stale), "stale");
    scene.is_sound().await;
}

#[tokio::test]
async fn urgency_alone_moves_the_arrival_but_not_the_moment_it_runs_from() {
    let mut scene = Scene::new().await;
    let desk = scene.desk().await;
    let id = scene.reports(&desk, "water.seep", "3-1-1201").await;
    scene.world.wait(10 * MINUTE);
    let to = Correction { urgency: Some(Urgency::Urgent), ..Correction::default() };
    does!(scene, &desk, tx => orders::classify(&mut tx, id, &to, None)).unwrap();
    assert_eq!(scene.promise(&desk, id, Name::Arrival).await, "pending due 2026-08-12T10:54:00+08:00");
}

#[tokio::test]
async fn an_unhappy_owner_sends_the_work_back_and_a_closed_order_reopens_in_a_new_round() {
    let mut scene = Scene::new().await;
    let (desk, technician) = (scene.desk().await, scene.technician("周强").await);
    let owner = scene.owner("王小华", "3-1-1201").await;
    let id = scene.reports(&owner, "water.leak", "3-1-1201").await;
    does!(scene, &desk, tx => orders::accept(&mut tx, id)).unwrap();
    scene.works_off(&desk, &technician, id).await;
    let done = does!(scene, &owner, tx => orders::verdict(&mut tx, id, false, "还在滴")).unwrap();
    assert_eq!(done.state, State::Working);
    scene.completes(&technician, id).await;
    does!(scene, &owner, tx => orders::verdict(&mut tx, id, true, "")).unwrap();
    scene.world.wait(7 * DAY);
    let done = does!(scene, &owner, tx => orders::reopen(&mut tx, id, "又漏了")).unwrap();
    assert_eq!(done.state, State::Reopened);
    let view = scene.sees(&desk, id).await.unwrap();
    let rounds: Vec<_> =
        view.promises.iter().filter(|one| one.promise.round == 2).map(|one| one.promise.name).collect();
    assert_eq!(rounds, [Name::Dispatch, Name::Arrival, Name::Completion]);
    assert_eq!(scene.promise(&desk, id, Name::Arrival).await, "pending due 2026-08-19T10:54:00+08:00");
    scene.works_off(&desk, &technician, id).await;
    does!(scene, &owner, tx => orders::verdict(&mut tx, id, true, "")).unwrap();
    scene.world.wait(7 * DAY + 1000);
    assert_eq!(code(does!(scene, &owner, tx => orders::reopen(&mut tx, id, "又漏了"))), "too_late");
    scene.is_sound().await;
}

#[tokio::test]
async fn who_withdraws_before_the_limit_leaves_no_broken_promise_and_after_it_one() {
    let mut scene = Scene::new().await;
    let (desk, owner) = (scene.desk().await, scene.owner("王小华", "3-1-1201").await);
    let (early, late) =
        (scene.reports(&owner, "water.leak", "3-1-1201").await, scene.reports(&owner, "water.leak", "3-1-1201").await);
    scene.world.wait(10 * MINUTE);
    does!(scene, &owner, tx => orders::cancel(&mut tx, early, "自己修好了", true)).unwrap();
    scene.world.wait(1000);
    does!(scene, &owner, tx => orders::cancel(&mut tx, late, "自己修好了", true)).unwrap();
    assert_eq!(scene.promise(&desk, early, Name::Response).await, "excused due 2026-08-12T10:34:00+08:00");
    assert_eq!(scene.promise(&desk, late, Name::Response).await, "missed due 2026-08-12T10:34:00+08:00");
    scene.is_sound().await;
}

#[tokio::test]
async fn a_complaint_hears_first_and_is_answered_then_closed_by_its_customer() {
    let mut scene = Scene::new().await;
    let (desk, technician) = (scene.desk().await, scene.technician("周强").await);
    let owner = scene.owner("王小华", "3-1-1201").await;
    let new = orders::NewReport { kind: Kind::Complaint, ..scene.report_of(&owner, COMPLAINT, "3-1-1201").await };
    let id = does!(scene, &owner, tx => orders::report(&mut tx, &new)).unwrap().id;
    scene.world.wait(5 * MINUTE);
    does!(scene, &desk, tx => orders::accept(&mut tx, id)).unwrap();
    let words = orders::Message { visible: true, text: "已收到，半小时内回电".into(), evidence: Vec::new() };
    let note = orders::Message { visible: false, text: "楼上装修".into(), evidence: Vec::new() };
    does!(scene, &desk, tx => orders::message(&mut tx, id, &note)).unwrap();
    assert!(scene.promise(&desk, id, Name::FirstReply).await.starts_with("pending"));
    does!(scene, &desk, tx => orders::message(&mut tx, id, &words)).unwrap();
    assert_eq!(scene.promise(&desk, id, Name::FirstReply).await, "kept due 2026-08-12T10:54:00+08:00");
    does!(scene, &desk, tx => orders::answer(&mut tx, id, "楼上改到 9 点后施工", false)).unwrap();
    let to = To::Department("ENG".into());
    does!(scene, &desk, tx => orders::assign(&mut tx, id, &to)).unwrap();
    does!(scene, &technician, tx => orders::grab(&mut tx, id)).unwrap();
    does!(scene, &technician, tx => orders::start(&mut tx, id)).unwrap();
    scene.completes(&technician, id).await;
    does!(scene, &owner, tx => orders::verdict(&mut tx, id, true, "")).unwrap();
    assert_eq!(scene.promise(&desk, id, Name::Closure).await, "kept due 2026-08-19T10:24:00+08:00");
    // What staff said among themselves is none of the customer's business.
    assert!(scene.sees(&owner, id).await.unwrap().thread.iter().all(|entry| entry.body.as_deref() != Some("楼上装修")));
    scene.is_sound().await;
}

#[tokio::test]
async fn nobody_else_sees_or_touches_an_owners_order() {
    let mut scene = Scene::new().await;
    let (owner, neighbour) = (scene.owner("王小华", "3-1-1201").await, scene.owner("李建国", "3-1-1101").await);
    let guard_site = scene.world.site;
    let guard = scene.world.staff_at(guard_site, "孙伟", kernel::Role::Technician, "SEC").await;
    let other = scene.world.another_site("LYHY", "兰苑").await;
    let stranger = scene.world.staff_at(other, "别家前台", kernel::Role::Desk, "CS").await;
    let id = scene.reports(&owner, "water.leak", "3-1-1201").await;
    for person in [&neighbour, &guard, &stranger] {
        assert_eq!(code(scene.sees(person, id).await), "missing", "{}", person.name);
        let words = orders::Message { visible: true, text: "?".into(), evidence: Vec::new() };
        assert_eq!(code(does!(scene, person, tx => orders::message(&mut tx, id, &words))), "missing");
    }
    let theirs = scene.report_of(&neighbour, "water.leak", "3-1-1201").await;
    assert_eq!(code(does!(scene, &neighbour, tx => orders::report(&mut tx, &theirs))), "missing");
    let as_desk =
        orders::NewReport { channel: Channel::Phone, ..scene.report_of(&owner, "water.leak", "3-1-1201").await };
    assert_eq!(code(does!(scene, &owner, tx => orders::report(&mut tx, &as_desk))), "missing");
}

#[tokio::test]
async fn each_sees_the_acts_that_are_theirs() {
    let mut scene = Scene::new().await;
    let (desk, technician) = (scene.desk().await, scene.technician("周强").await);
    let owner = scene.owner("王小华", "3-1-1201").await;
    let id = scene.reports(&owner, "water.leak", "3-1-1201").await;
    let allowed = scene.sees(&owner, id).await.unwrap().allowed;
    assert_eq!(allowed, [Noun::Cancellation, Noun::Chase, Noun::Messages]);
    does!(scene, &desk, tx => orders::accept(&mut tx, id)).unwrap();
    let allowed = scene.sees(&technician, id).await.unwrap().allowed;
    assert_eq!(allowed, [Noun::Grab, Noun::Messages]);
    let desk_may = scene.sees(&desk, id).await.unwrap().allowed;
    assert!(
        desk_may.contains(&Noun::Assignment) && desk_may.contains(&Noun::Merge) && !desk_may.contains(&Noun::Taking)
    );
}

#[tokio::test]
async fn a_wrong_address_keeps_the_navigation_and_a_slash_too_many_is_forgiven() {
    let mut scene = Scene::new().await;
    let desk = scene.desk().await;
    let lost = scene.world.get(&desk, "/c/GYHY/9-9-999/nothing").await.is(404).text();
    assert!(lost.contains("金桥物业") && lost.contains("桂语花园"), "{lost}");
    scene.world.get_public("/c/GYHY/9-9-999/nothing").await.is(404);
    assert_eq!(
        scene.world.get(&desk, "/c/GYHY/orders/?state=all").await.is(303).location(),
        "/c/GYHY/orders?state=all"
    );
}
