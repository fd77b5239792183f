//! The clock's own work.

use kernel::{
    Role,
    orders::{self, State},
    promises::Name,
};
use values::{HOUR, MINUTE};

use super::{Scene, does};

async fn levels(scene: &Scene, person: &testing::Person, id: super::OrderId, promise: &str) -> Vec<String> {
    let view = scene.sees(person, id).await.unwrap();
    let calls = view.thread.into_iter().filter(|entry| entry.act == "escalation" && entry.data["promise"] == promise);
    calls.map(|entry| entry.data["level"].as_str().unwrap().to_string()).collect()
}

#[tokio::test]
async fn csv_24_a_30_minute_promise_calls_the_person_then_supervisor_manager_and_company() {
    let mut scene = Scene::new().await;
    let (desk, technician) = (scene.desk().await, scene.technician("周强").await);
    let site = scene.world.site;
    let supervisor = scene.world.staff_at(site, "郑刚", Role::Supervisor, "ENG").await;
    let manager = scene.manager().await;
    let leader = scene.world.staff("钱总", Role::CompanyLeader).await;
    let id = scene.reports(&desk, "water.leak", "3-1-1201").await;
    scene.assigns(&desk, id, &technician).await;
    let mut heard = Vec::new();
    // 75 % · due · +15 · +30 · +60 minutes, and a second before each of them nothing new.
    for minutes in [22 * 60 + 30, 30 * 60, 45 * 60, 60 * 60, 90 * 60] {
        scene.world.at("2026-08-12T10:24:00+08:00");
        scene.world.wait(minutes * 1000 - 1);
        scene.clock_works().await;
        heard.push(levels(&scene, &desk, id, "arrival").await.len());
        scene.world.wait(1);
        scene.clock_works().await;
        heard.push(levels(&scene, &desk, id, "arrival").await.len());
    }
    assert_eq!(heard, [0, 1, 1, 2, 2, 3, 3, 4, 4, 5]);
    assert_eq!(
        levels(&scene, &desk, id, "arrival").await,
        ["reminder", "due", "supervisor", "site_manager", "company"]
    );
    assert_eq!(scene.inbox(&technician).await, ["order_assigned", "promise_soon", "promise_late"]);
    for person in [&supervisor, &manager, &leader] {
        assert_eq!(scene.inbox(person).await, ["promise_late"], "{}", person.name);
    }
    scene.is_sound().await;
}

#[tokio::test]
async fn a_paused_clock_calls_nobody_and_goes_on_where_it_stood() {
    let mut scene = Scene::new().await;
    let (desk, technician) = (scene.desk().await, scene.technician("周强").await);
    let id = scene.reports(&desk, "water.leak", "3-1-1201").await;
    scene.assigns(&desk, id, &technician).await;
    does!(scene, &technician, tx => orders::take(&mut tx, id)).unwrap();
    does!(scene, &technician, tx => orders::arrive(&mut tx, id, None)).unwrap();
    scene.world.wait(6 * HOUR);
    does!(scene, &technician, tx => orders::suspend(&mut tx, id, kernel::promises::Reason::Parts, "")).unwrap();
    scene.world.wait(48 * HOUR);
    scene.clock_works().await;
    assert_eq!(levels(&scene, &desk, id, "completion").await, Vec::<String>::new());
    assert_eq!(scene.sees(&desk, id).await.unwrap().order.next_due, None);
    does!(scene, &technician, tx => orders::resume(&mut tx, id)).unwrap();
    scene.world.wait(12 * HOUR - 1);
    scene.clock_works().await;
    assert_eq!(levels(&scene, &desk, id, "completion").await, Vec::<String>::new());
    scene.world.wait(1);
    scene.clock_works().await;
    assert_eq!(levels(&scene, &desk, id, "completion").await, ["reminder"]);
}

#[tokio::test]
async fn after_72_hours_of_silence_time_gives_the_verdict() {
    let mut scene = Scene::new().await;
    let (desk, technician) = (scene.desk().await, scene.technician("周强").await);
    let owner = scene.owner("王小华", "3-1-1201").await;
    let id = scene.reports(&owner, "water.leak", "3-1-1201").await;
    does!(scene, &desk, tx => orders::accept(&mut tx, id)).unwrap();
    scene.works_off(&desk, &technician, id).await;
    scene.world.wait(72 * HOUR - 1);
    scene.clock_works().await;
    assert_eq!(scene.state(&desk, id).await, State::ToVerify);
    scene.world.wait(1);
    scene.clock_works().await;
    let order = scene.sees(&desk, id).await.unwrap().order;
    assert_eq!((order.state(), order.verdict_by.as_deref(), order.satisfied), (State::Closed, Some("time"), None));
    does!(scene, &owner, tx => orders::rate(&mut tx, id, 4, "")).unwrap();
    scene.is_sound().await;
}

#[tokio::test]
async fn a_report_at_night_runs_from_the_desks_opening_and_an_urgent_one_at_once() {
    let scene = Scene::new().await;
    scene.world.at("2026-08-12T22:00:00+08:00");
    let owner = scene.owner("王小华", "3-1-1201").await;
    let calm = scene.reports(&owner, "water.seep", "3-1-1201").await;
    let urgent = scene.reports(&owner, "water.leak", "3-1-1201").await;
    assert_eq!(scene.promise(&owner, calm, Name::Response).await, "pending due 2026-08-13T08:10:00+08:00");
    assert_eq!(scene.promise(&owner, urgent, Name::Response).await, "pending due 2026-08-12T22:10:00+08:00");
}

#[tokio::test]
async fn check_finds_an_outcome_that_somebody_wrote_by_hand() {
    let mut scene = Scene::new().await;
    let (desk, technician) = (scene.desk().await, scene.technician("周强").await);
    let id = scene.reports(&desk, "water.leak", "3-1-1201").await;
    scene.world.wait(31 * MINUTE);
    scene.assigns(&desk, id, &technician).await;
    does!(scene, &technician, tx => orders::take(&mut tx, id)).unwrap();
    does!(scene, &technician, tx => orders::arrive(&mut tx, id, None)).unwrap();
    scene.is_sound().await;
    let caller = kernel::access::system(scene.world.site, "forger");
    let mut tx = scene.world.house.begin(&caller).await.unwrap();
    tx.raw("UPDATE promises SET outcome = 'kept' WHERE order_id = $1 AND name = 'arrival'", (id,)).await.unwrap();
    tx.commit().await.unwrap();
    let mut read = scene.world.house.read(&kernel::access::system_company("check")).await.unwrap();
    let found = kernel::promises::recompute(&mut read).await.unwrap();
    assert_eq!(found.iter().map(|one| one.order).collect::<Vec<_>>(), [id]);
}
