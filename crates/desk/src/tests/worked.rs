//! The worked examples of the handbook's chapter on customer service, §9, by verbs and clock.

use kernel::{
    access,
    orders::{self, Probe, State},
    policies,
    promises::{Limit, Name, Policy, Reason},
};
use values::{Day, HOUR, MINUTE};

use super::{Scene, code, does};

#[tokio::test]
async fn csv_example_1_an_arrival_in_the_last_second_is_kept_and_a_second_later_it_is_late() {
    let mut scene = Scene::new().await;
    scene.world.at("2026-03-14T22:47:10+08:00");
    let (desk, technician) = (scene.desk().await, scene.technician("周强").await);
    let (first, second) =
        (scene.reports(&desk, "water.leak", "3-1-1201").await, scene.reports(&desk, "water.burst", "3-1-1101").await);
    for id in [first, second] {
        assert_eq!(scene.promise(&desk, id, Name::Arrival).await, "pending due 2026-03-14T23:17:10+08:00");
        scene.assigns(&desk, id, &technician).await;
        does!(scene, &technician, tx => orders::take(&mut tx, id)).unwrap();
    }
    scene.world.at("2026-03-14T23:17:10+08:00");
    does!(scene, &technician, tx => orders::arrive(&mut tx, first, None)).unwrap();
    scene.world.at("2026-03-14T23:17:11+08:00");
    does!(scene, &technician, tx => orders::arrive(&mut tx, second, None)).unwrap();
    assert_eq!(scene.promise(&desk, first, Name::Arrival).await, "kept due 2026-03-14T23:17:10+08:00");
    assert_eq!(scene.promise(&desk, second, Name::Arrival).await, "late due 2026-03-14T23:17:10+08:00");
    scene.is_sound().await;
}

/// A site that promises complainants an answer within three working days.
async fn promises_three_working_days(scene: &Scene) {
    let mut policy = Policy::default();
    let answer = |line: &&mut kernel::promises::Line| line.kind == orders::Kind::Complaint && line.name == Name::Answer;
    policy.lines.iter_mut().find(answer).unwrap().limit = Limit::WorkingDays(3);
    let site = scene.world.site;
    let mut tx = scene.world.house.begin(&access::system(site, "world")).await.unwrap();
    policies::promise(&mut tx, site, Day::new(2026, 1, 1).unwrap(), &policy).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn csv_example_2_three_working_days_over_the_may_holidays_end_on_the_8th_at_24() {
    let mut scene = Scene::new().await;
    scene.world.at("2026-04-30T10:00:00+08:00");
    let desk = scene.desk().await;
    promises_three_working_days(&scene).await;
    let id = scene.reports(&desk, COMPLAINT, "3-1-1201").await;
    assert_eq!(scene.promise(&desk, id, Name::Answer).await, "pending due 2026-05-09T00:00:00+08:00");
    scene.world.at("2026-05-09T00:00:00+08:00");
    does!(scene, &desk, tx => orders::answer(&mut tx, id, "已与楼上业主约定", false)).unwrap();
    assert_eq!(scene.promise(&desk, id, Name::Answer).await, "kept due 2026-05-09T00:00:00+08:00");
}

pub const COMPLAINT: &str = "neighbour.noise";

#[tokio::test]
async fn csv_example_3_listed_pauses_move_a_72_hour_completion_to_88_hours() {
    let mut scene = Scene::new().await;
    let (desk, technician) = (scene.desk().await, scene.technician("周强").await);
    let id = scene.reports(&desk, "water.seep", "3-1-1201").await;
    assert_eq!(scene.promise(&desk, id, Name::Completion).await, "pending due 2026-08-15T10:24:00+08:00");
    scene.assigns(&desk, id, &technician).await;
    does!(scene, &technician, tx => orders::take(&mut tx, id)).unwrap();
    does!(scene, &technician, tx => orders::arrive(&mut tx, id, None)).unwrap();
    for (reason, hours) in [(Reason::Parts, 10), (Reason::Appointment, 6)] {
        does!(scene, &technician, tx => orders::suspend(&mut tx, id, reason, "")).unwrap();
        scene.world.wait(hours * HOUR);
        does!(scene, &technician, tx => orders::resume(&mut tx, id)).unwrap();
        scene.world.wait(HOUR);
    }
    // 88 hours after 10:24 of the 12th.
    assert_eq!(scene.promise(&desk, id, Name::Completion).await, "pending due 2026-08-16T02:24:00+08:00");
    scene.world.at("2026-08-16T02:24:00+08:00");
    scene.completes(&technician, id).await;
    assert_eq!(scene.promise(&desk, id, Name::Completion).await, "kept due 2026-08-16T02:24:00+08:00");
    scene.is_sound().await;
}

#[tokio::test]
async fn csv_example_5_two_homes_on_one_leaking_riser_become_one_order_and_both_hear_and_rate() {
    let mut scene = Scene::new().await;
    let (desk, technician) = (scene.desk().await, scene.technician("周强").await);
    let (above, below) = (scene.owner("王小华", "3-1-1201").await, scene.owner("李建国", "3-1-1101").await);
    let first = scene.reports(&above, "water.leak", "3-1-1201").await;
    scene.world.wait(20 * MINUTE);
    let probe = Probe { category: "water.leak".into(), place: scene.place("3-1-1101").await };
    let mut read = scene.world.house.read(&scene.caller(&desk).await).await.unwrap();
    let offered = orders::duplicates_of(&mut read, scene.world.site, &probe).await.unwrap();
    drop(read);
    assert_eq!(offered.iter().map(|line| line.id).collect::<Vec<_>>(), [first]);
    let second = scene.reports(&below, "water.leak", "3-1-1101").await;
    let merged = does!(scene, &desk, tx => orders::merge(&mut tx, second, first)).unwrap();
    assert_eq!(merged.state, State::Closed);
    assert_eq!(scene.sees(&below, second).await.unwrap().order.merged_into, Some(first));
    does!(scene, &desk, tx => orders::accept(&mut tx, first)).unwrap();
    scene.works_off(&desk, &technician, first).await;
    does!(scene, &above, tx => orders::verdict(&mut tx, first, true, "")).unwrap();
    for person in [&above, &below] {
        assert!(scene.inbox(person).await.contains(&"order_closed".to_string()), "{}", person.name);
        does!(scene, person, tx => orders::rate(&mut tx, first, 5, "师傅很快")).unwrap();
    }
    assert_eq!(code(does!(scene, &below, tx => orders::rate(&mut tx, second, 5, ""))), "merged");
    scene.is_sound().await;
}

#[tokio::test]
async fn a_duplicate_is_not_offered_after_24_hours_nor_for_another_category() {
    let mut scene = Scene::new().await;
    let desk = scene.desk().await;
    scene.reports(&desk, "water.leak", "3-1-1201").await;
    let place = scene.place("3-1-1101").await;
    let mut offered = Vec::new();
    for (category, wait) in [("water.seep", 0), ("water.leak", 24 * HOUR), ("water.leak", 1000)] {
        scene.world.wait(wait);
        let mut read = scene.world.house.read(&scene.caller(&desk).await).await.unwrap();
        let probe = Probe { category: category.into(), place };
        offered.push(orders::duplicates_of(&mut read, scene.world.site, &probe).await.unwrap().len());
    }
    assert_eq!(offered, [0, 1, 0]);
}
