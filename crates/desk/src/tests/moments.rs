//! Promises carry the moments of what happened, whoever looked when, and follow an order that is corrected or merged.

use kernel::{
    orders::{self, Correction, Kind, State, Urgency},
    promises::{Name, Reason},
};
use values::{HOUR, MINUTE};

use super::{Scene, does};

fn as_kind(kind: Kind, category: &str) -> Correction {
    Correction { kind: Some(kind), category: Some(category.into()), ..Correction::default() }
}

#[tokio::test]
async fn times_own_verdict_is_of_the_72nd_hour_even_when_the_program_was_down() {
    let mut scene = Scene::new().await;
    let (desk, technician) = (scene.desk().await, scene.technician("周强").await);
    let owner = scene.owner("王小华", "3-1-1201").await;
    let id = scene.reports(&owner, "water.leak", "3-1-1201").await;
    does!(scene, &desk, tx => orders::accept(&mut tx, id)).unwrap();
    scene.works_off(&desk, &technician, id).await;
    let due = scene.world.now().plus_millis(72 * HOUR);
    scene.world.wait(200 * HOUR);
    scene.clock_works().await;
    let order = scene.sees(&desk, id).await.unwrap().order;
    assert_eq!((order.state(), order.verdict, order.closed), (State::Closed, Some(due), Some(due)));
    scene.is_sound().await;
}

#[tokio::test]
async fn correcting_there_and_back_keeps_the_pauses() {
    let mut scene = Scene::new().await;
    let (desk, technician) = (scene.desk().await, scene.technician("周强").await);
    let id = scene.reports(&desk, "water.seep", "3-1-1201").await;
    scene.assigns(&desk, id, &technician).await;
    does!(scene, &technician, tx => orders::take(&mut tx, id)).unwrap();
    does!(scene, &technician, tx => orders::arrive(&mut tx, id, None)).unwrap();
    does!(scene, &technician, tx => orders::suspend(&mut tx, id, Reason::Parts, "")).unwrap();
    scene.world.wait(2 * HOUR);
    does!(scene, &technician, tx => orders::resume(&mut tx, id)).unwrap();
    let before = scene.promise(&desk, id, Name::Completion).await;
    assert_eq!(before, "pending due 2026-08-15T12:24:00+08:00");
    for to in [as_kind(Kind::Enquiry, "ask.works"), as_kind(Kind::Repair, "water.seep")] {
        does!(scene, &desk, tx => orders::classify(&mut tx, id, &to, None)).unwrap();
    }
    assert_eq!(scene.promise(&desk, id, Name::Completion).await, before);
    scene.is_sound().await;
}

#[tokio::test]
async fn lateness_stays_with_whom_held_it_at_the_limit_through_transfer_and_correction() {
    let mut scene = Scene::new().await;
    let (desk, first, second) = (scene.desk().await, scene.technician("周强").await, scene.technician("吴磊").await);
    let id = scene.reports(&desk, "water.leak", "3-1-1201").await;
    scene.assigns(&desk, id, &first).await;
    scene.world.wait(40 * MINUTE);
    scene.clock_works().await;
    does!(scene, &first, tx => orders::take(&mut tx, id)).unwrap();
    let to = second.party;
    does!(scene, &first, tx => orders::transfer(&mut tx, id, to, "不顺路")).unwrap();
    for urgency in [Urgency::Normal, Urgency::Urgent] {
        let to = Correction { urgency: Some(urgency), ..Correction::default() };
        does!(scene, &desk, tx => orders::classify(&mut tx, id, &to, None)).unwrap();
    }
    let sql = "SELECT person AS value FROM promises WHERE order_id = $1 AND name = 'arrival' AND outcome = 'pending'";
    let holders: Vec<kernel::PartyId> = scene.world.house.db().all(sql, (id,)).await.unwrap();
    assert_eq!(holders, [first.party]);
    let told = scene.inbox(&second).await;
    assert!(!told.contains(&"promise_late".to_string()), "nobody is called for another's lateness: {told:?}");
}

#[tokio::test]
async fn a_merged_order_hands_its_earlier_limits_on() {
    let mut scene = Scene::new().await;
    let desk = scene.desk().await;
    let older = scene.reports(&desk, "water.leak", "3-1-1201").await;
    scene.world.wait(29 * MINUTE);
    let newer = scene.reports(&desk, "water.leak", "3-1-1101").await;
    assert_eq!(scene.promise(&desk, newer, Name::Arrival).await, "pending due 2026-08-12T11:23:00+08:00");
    does!(scene, &desk, tx => orders::merge(&mut tx, older, newer)).unwrap();
    assert_eq!(scene.promise(&desk, newer, Name::Arrival).await, "pending due 2026-08-12T10:54:00+08:00");
    scene.world.wait(2 * MINUTE);
    assert_eq!(scene.promise(&desk, newer, Name::Arrival).await, "pending overdue due 2026-08-12T10:54:00+08:00");
    scene.is_sound().await;
}

#[tokio::test]
async fn merging_a_newer_order_into_an_older_one_changes_no_limit() {
    let mut scene = Scene::new().await;
    let desk = scene.desk().await;
    let older = scene.reports(&desk, "water.leak", "3-1-1201").await;
    let before = scene.promise(&desk, older, Name::Arrival).await;
    scene.world.wait(10 * MINUTE);
    let newer = scene.reports(&desk, "water.leak", "3-1-1101").await;
    does!(scene, &desk, tx => orders::merge(&mut tx, newer, older)).unwrap();
    assert_eq!(scene.promise(&desk, older, Name::Arrival).await, before);
    scene.is_sound().await;
}
