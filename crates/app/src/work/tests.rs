//! What the clock does by itself, through the whole program.

use kernel::{
    Role, access, certificates,
    notices::{self, Audience, NewNotice, NoticeKind},
    orders::{self, Channel, Kind, NewReport, NewReporter},
    places::{self, PlaceKind, UnitSpec},
};
use people::sms::Outlet;
use testing::World;
use values::HOUR;

use super::Work;
use crate::{own::State, reactions, wiring};

async fn world() -> World {
    let world = World::reacting(wiring::routes(&State::new(false, true)), wiring::MESSAGES, reactions::names).await;
    let mut tx = world.house.begin(&access::system(world.site, "world")).await.unwrap();
    wiring::furnish(&mut tx, world.site).await.unwrap();
    let unit = UnitSpec {
        kind: PlaceKind::Unit,
        phase: None,
        building: "2".into(),
        stair: Some("1".into()),
        room: "0101".into(),
        area: None,
        inside_area: None,
        use_kind: None,
        delivered: None,
    };
    places::add_units(&mut tx, world.site, &[unit]).await.unwrap();
    tx.commit().await.unwrap();
    world
}

#[tokio::test]
async fn the_end_of_an_outage_is_told_to_every_open_order_of_it_once() {
    let mut world = world().await;
    let desk = world.staff("陈芳", Role::Desk).await;
    let caller = access::by_session(&world.house, desk.cookie.split_once('=').unwrap().1, None).await.unwrap().unwrap();
    let mut tx = world.house.begin(&caller).await.unwrap();
    let outage = NewNotice {
        site: world.site,
        kind: NoticeKind::Outage,
        title: "2号楼停水".into(),
        body: "水泵检修".into(),
        audience: Audience::default(),
        starts: world.now(),
        planned_end: Some(world.now().plus_millis(4 * HOUR)),
        categories: vec!["water".into()],
    };
    let notice = notices::publish(&mut tx, &outage).await.unwrap();
    let place = places::by_code(&mut tx, world.site, "2-1-0101").await.unwrap().id;
    let report = NewReport {
        site: world.site,
        kind: Kind::Repair,
        category: "water.outage".into(),
        urgency: None,
        place: Some(place),
        channel: Channel::Phone,
        text: "没水".into(),
        reporter: NewReporter::default(),
        entry_note: None,
        outage: None,
        evidence: Vec::new(),
        device_at: None,
    };
    let order = orders::report(&mut tx, &report).await.unwrap().id;
    tx.commit().await.unwrap();
    let work = Work::new(world.house.clone(), Outlet::Test);
    work.pass().await.unwrap();
    let told = async |world: &World| {
        let mut read = world.house.read(&access::system(world.site, "world")).await.unwrap();
        let thread = orders::load(&mut read, order).await.unwrap().thread;
        thread.iter().filter(|entry| entry.act == "outage_ended" && entry.visible).count()
    };
    assert_eq!(told(&world).await, 0, "it still goes on");
    let mut tx = world.house.begin(&caller).await.unwrap();
    notices::end(&mut tx, notice).await.unwrap();
    tx.commit().await.unwrap();
    work.pass().await.unwrap();
    work.pass().await.unwrap();
    assert_eq!(told(&world).await, 1);
}

#[tokio::test]
async fn a_certificate_that_runs_out_is_told_by_the_clock() {
    let mut world = world().await;
    let worker = world.staff_at(world.site, "李建国", Role::Technician, "ENG").await;
    let mut tx = world.house.begin(&access::system(world.site, "world")).await.unwrap();
    let new = certificates::NewCertificate {
        kind: certificates::Kind::Crt08,
        trade: None,
        number: "JK-1".into(),
        issued: None,
        valid_until: Some("2026-08-19".parse().unwrap()),
        review_due: None,
    };
    certificates::add(&mut tx, world.site, worker.party, &new).await.unwrap();
    tx.commit().await.unwrap();
    let work = Work::new(world.house.clone(), Outlet::Test);
    work.pass().await.unwrap();
    assert!(world.get(&worker, "/f/messages").await.is(200).text().contains("健康证还有 7 天到期"));
}
