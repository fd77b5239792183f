//! Acts that are refused, and what people read then.

use kernel::{
    Error, access,
    certificates::{self, NewCertificate},
    evidence::Kind as Proof,
    orders::{self, Completion, Filter, Page, To},
    promises::Reason,
};
use values::Day;
use web::Verdict;

use super::{Scene, code, does};

async fn certifies(scene: &Scene, person: &testing::Person, until: Day) {
    let new = NewCertificate {
        kind: certificates::Kind::Crt05,
        trade: Some("electric".into()),
        number: "T3301-0001".into(),
        issued: Some(Day::new(2020, 8, 12).unwrap()),
        valid_until: Some(until),
        review_due: None,
    };
    let mut tx = scene.world.house.begin(&access::system(scene.world.site, "world")).await.unwrap();
    certificates::add(&mut tx, scene.world.site, person.party, &new).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn crt_90_dispatch_names_the_certificate_that_the_technician_lacks() {
    let mut scene = Scene::new().await;
    let (desk, technician) = (scene.desk().await, scene.technician("周强").await);
    let id = scene.reports(&desk, "power.trip", "3-1-1201").await;
    let to = To::Person(technician.party);
    let refused = does!(scene, &desk, tx => orders::assign(&mut tx, id, &to)).unwrap_err();
    let words = scene.world.app.catalogue().words(web::i18n::Lang::Zh);
    assert_eq!(
        Verdict::of(&refused).say(&words).replace(['\u{2068}', '\u{2069}'], ""),
        "周强 没有特种作业操作证，不能接这张单。请改派持证的人，或先登记证书。"
    );
    certifies(&scene, &technician, Day::new(2026, 8, 11).unwrap()).await;
    let refused: Error = does!(scene, &desk, tx => orders::assign(&mut tx, id, &to)).unwrap_err();
    let said = Verdict::of(&refused).say(&words).replace(['\u{2068}', '\u{2069}'], "");
    assert!(said.contains("T3301-0001") && said.contains("2026-08-11 已到期"), "{said}");
    assert_eq!(code(does!(scene, &technician, tx => orders::grab(&mut tx, id))), "certificate_missing");
    certifies(&scene, &technician, Day::new(2026, 8, 12).unwrap()).await;
    does!(scene, &desk, tx => orders::assign(&mut tx, id, &to)).unwrap();
}

#[tokio::test]
async fn automatic_dispatch_takes_the_least_loaded_who_may_do_it() {
    let mut scene = Scene::new().await;
    let (desk, busy, free) = (scene.desk().await, scene.technician("周强").await, scene.technician("吴磊").await);
    certifies(&scene, &busy, Day::new(2027, 1, 1).unwrap()).await;
    let plain = scene.reports(&desk, "water.leak", "3-1-1201").await;
    scene.assigns(&desk, plain, &busy).await;
    let next = scene.reports(&desk, "water.burst", "3-1-1201").await;
    does!(scene, &desk, tx => orders::assign(&mut tx, next, &To::Auto)).unwrap();
    assert_eq!(scene.sees(&desk, next).await.unwrap().order.assignee(), Some(free.party));
    let electric = scene.reports(&desk, "power.trip", "3-1-1201").await;
    does!(scene, &desk, tx => orders::assign(&mut tx, electric, &To::Auto)).unwrap();
    assert_eq!(scene.sees(&desk, electric).await.unwrap().order.assignee(), Some(busy.party));
    let green = scene.reports(&desk, "clean.bin", "3-1-1201").await;
    assert_eq!(code(does!(scene, &desk, tx => orders::assign(&mut tx, green, &To::Auto))), "nobody_available");
}

#[tokio::test]
async fn work_is_not_done_without_what_its_category_demands() {
    let mut scene = Scene::new().await;
    let (desk, technician) = (scene.desk().await, scene.technician("周强").await);
    let owner = scene.owner("王小华", "3-1-1201").await;
    let theirs = scene.proof(&owner, Proof::Photo).await;
    let new = orders::NewReport { evidence: vec![theirs], ..scene.report_of(&owner, "water.leak", "3-1-1201").await };
    let id = does!(scene, &owner, tx => orders::report(&mut tx, &new)).unwrap().id;
    does!(scene, &desk, tx => orders::accept(&mut tx, id)).unwrap();
    scene.assigns(&desk, id, &technician).await;
    does!(scene, &technician, tx => orders::take(&mut tx, id)).unwrap();
    assert_eq!(code(does!(scene, &technician, tx => orders::start(&mut tx, id))), "arrival_needed");
    does!(scene, &technician, tx => orders::arrive(&mut tx, id, None)).unwrap();
    // The owner's photo shows the leak, not the repair.
    assert_eq!(
        code(does!(scene, &technician, tx => orders::complete(&mut tx, id, &Completion::default()))),
        "proof_missing"
    );
    let foreign = Completion { photos: vec![theirs], ..Completion::default() };
    assert_eq!(code(does!(scene, &technician, tx => orders::complete(&mut tx, id, &foreign))), "evidence_unknown");
    scene.completes(&technician, id).await;
}

#[tokio::test]
async fn a_technician_works_on_their_own_orders_only_and_gives_back_with_a_reason() {
    let mut scene = Scene::new().await;
    let (desk, technician, other) =
        (scene.desk().await, scene.technician("周强").await, scene.technician("吴磊").await);
    let id = scene.reports(&desk, "water.leak", "3-1-1201").await;
    scene.assigns(&desk, id, &technician).await;
    assert_eq!(code(does!(scene, &other, tx => orders::take(&mut tx, id))), "not_yours");
    assert_eq!(code(does!(scene, &technician, tx => orders::suspend(&mut tx, id, Reason::Parts, ""))), "not_taken");
    assert_eq!(code(does!(scene, &technician, tx => orders::return_order(&mut tx, id, " "))), "reason_missing");
    does!(scene, &technician, tx => orders::transfer(&mut tx, id, other.party, "不顺路")).unwrap();
    does!(scene, &other, tx => orders::take(&mut tx, id)).unwrap();
    does!(scene, &other, tx => orders::return_order(&mut tx, id, "没有工具")).unwrap();
    assert_eq!(scene.sees(&desk, id).await.unwrap().order.assignee(), None);
    assert_eq!(scene.inbox(&other).await, ["order_assigned"]);
}

#[tokio::test]
async fn the_queue_lists_the_most_urgent_first_page_by_page_and_counts_its_views() {
    let mut scene = Scene::new().await;
    let desk = scene.desk().await;
    let slow = scene.reports(&desk, "water.seep", "3-1-1201").await;
    let closed = scene.reports(&desk, "water.leak", "3-1-1201").await;
    does!(scene, &desk, tx => orders::close(&mut tx, closed, "误报")).unwrap();
    let urgent = scene.reports(&desk, "water.burst", "3-1-1101").await;
    let mut read = scene.world.house.read(&scene.caller(&desk).await).await.unwrap();
    let (site, mut page, mut seen) = (scene.world.site, Page { after: None, size: 1 }, Vec::new());
    loop {
        let found = orders::lines(&mut read, site, &Filter::default(), &page).await.unwrap();
        assert_eq!(found.total, Some(2));
        seen.extend(found.items.iter().map(|line| line.id));
        let Some(next) = found.next else { break };
        page.after = Some(next);
    }
    assert_eq!(seen, [urgent, slow]);
    drop(read);
    scene.world.wait(10 * values::MINUTE + 1000);
    let mut read = scene.world.house.read(&scene.caller(&desk).await).await.unwrap();
    let counts = orders::counts(&mut read, site, Some(desk.party)).await.unwrap();
    assert_eq!((counts.open, counts.overdue, counts.unassigned, counts.mine), (2, 1, 2, 0));
    for (text, expected) in [("B-0812-003", vec![urgent]), ("滴水", vec![urgent, slow]), ("100%", vec![])] {
        let filter = Filter { text: Some(text.into()), ..Filter::default() };
        let found = orders::lines(&mut read, site, &filter, &Page::default()).await.unwrap();
        assert_eq!(found.items.iter().map(|line| line.id).collect::<Vec<_>>(), expected, "{text}");
    }
}
