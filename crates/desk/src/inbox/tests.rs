//! 消息 of staff: who gets work and who loses it, what runs out, and that everybody sees their own only.

use kernel::{Role, access, certificates, orders};
use values::{DAY, Day, MINUTE};

use crate::tests::{Scene, does};

#[tokio::test]
async fn t12_a_reassignment_is_told_to_both_people() {
    let mut scene = Scene::new().await;
    let (desk, manager) = (scene.desk().await, scene.manager().await);
    let (first, second) = (scene.technician("李建国").await, scene.technician("王磊").await);
    let id = scene.reports(&desk, "water.tap", "3-1-1101").await;
    scene.assigns(&desk, id, &first).await;
    let bell = scene.world.get(&first, "/f").await.is(200).text();
    assert!(bell.contains("消息，1 条未读"), "{bell}");
    scene.world.wait(MINUTE);
    does!(scene, &first, tx => orders::take(&mut tx, id)).unwrap();
    does!(scene, &manager, tx => orders::transfer(&mut tx, id, second.party, "人手调整")).unwrap();
    assert_eq!(scene.inbox(&first).await, ["order_assigned", "order_reassigned"]);
    assert_eq!(scene.inbox(&second).await, ["order_assigned"]);
    let lost = scene.world.get(&first, "/f/messages").await.is(200).text();
    assert!(lost.contains("已改派给 王磊，您不用再去") && !lost.contains("/f/orders/"), "{lost}");
    assert!(scene.world.get(&second, "/f/messages").await.text().contains("/f/orders/"));
}

#[tokio::test]
async fn a_person_reads_their_own_messages_and_nobody_elses() {
    let mut scene = Scene::new().await;
    let (desk, worker) = (scene.desk().await, scene.technician("李建国").await);
    let id = scene.reports(&desk, "water.tap", "3-1-1101").await;
    scene.assigns(&desk, id, &worker).await;
    let token = scene.world.token(&worker).await;
    let listed = scene.world.api(&token, "GET", "/api/v1/messages", None).await.is(200).json();
    assert_eq!((listed["unread"].as_i64(), listed["items"][0]["subject"].as_str()), (Some(1), Some("order_assigned")));
    let message = listed["items"][0]["id"].as_str().unwrap().to_string();
    scene.world.post(&desk, &format!("/c/GYHY/messages/{message}/reading"), &[]).await.is(404);
    scene.world.post(&worker, &format!("/f/messages/{message}/reading"), &[]).await.is(303);
    let after = scene.world.api(&token, "GET", "/api/v1/messages", None).await.json();
    assert_eq!(after["unread"], 0);
    assert!(scene.world.get(&worker, "/f").await.text().contains("aria-label=\"消息\""));
}

#[tokio::test]
async fn an_escalation_reaches_the_manager_with_the_order_it_is_about() {
    let mut scene = Scene::new().await;
    let (desk, manager) = (scene.desk().await, scene.manager().await);
    scene.reports(&desk, "water.leak", "3-1-1101").await;
    scene.world.wait(DAY / 2);
    scene.clock_works().await;
    let page = scene.world.get(&manager, "/c/GYHY/messages").await.is(200).text();
    assert!(
        page.contains("到场超时") && page.contains("需处理") && page.contains("/c/GYHY/orders/B-260812-001"),
        "{page}"
    );
    scene.world.post(&manager, "/c/GYHY/messages/reading", &[]).await.is(303);
    let page = scene.world.get(&manager, "/c/GYHY/messages").await.is(200).text();
    assert!(!page.contains("全部标为已读"));
}

#[tokio::test]
async fn crt_91_a_certificate_that_runs_out_is_told_once_at_each_step() {
    let mut scene = Scene::new().await;
    let (manager, worker) = (scene.manager().await, scene.technician("李建国").await);
    let personnel = scene.world.staff("何静", Role::Personnel).await;
    let mut tx = scene.world.house.begin(&access::system(scene.world.site, "world")).await.unwrap();
    let new = certificates::NewCertificate {
        kind: certificates::Kind::Crt08,
        trade: None,
        number: "JK-1".into(),
        issued: None,
        valid_until: Some(Day::new(2026, 10, 11).unwrap()),
        review_due: None,
    };
    certificates::add(&mut tx, scene.world.site, worker.party, &new).await.unwrap();
    tx.commit().await.unwrap();
    let told = async |scene: &Scene| certificates::remind(&scene.world.house).await.unwrap();
    assert_eq!(told(&scene).await, 3, "sixty days before: the holder, personnel, the manager");
    assert_eq!(told(&scene).await, 0, "once each");
    for (days, count) in [(29, 0), (1, 3), (22, 0), (1, 3), (7, 3), (1, 3), (30, 0)] {
        scene.world.wait(days * DAY);
        assert_eq!(told(&scene).await, count, "{}", values::Zone::default().rfc3339(scene.world.now()));
    }
    assert_eq!(scene.inbox(&worker).await.last().unwrap(), "certificate_lapsed");
    assert_eq!(scene.inbox(&personnel).await.len(), 5);
    let manager = scene.world.sign_in(manager.party, &manager.name, false).await;
    let page = scene.world.get(&manager, "/c/GYHY/messages").await.is(200).text();
    assert!(page.contains("李建国的健康证已过期（10-11）") && page.contains("李建国的健康证今天到期"), "{page}");
}
