use db::Sql;
use kernel::{
    access,
    orders::{self, Channel, Kind, NewReport, NewReporter},
    places::{self, PlaceKind, UnitSpec},
};
use testing::World;

use crate::{
    p01, p06,
    pairs::{Bar, Series, median},
    seed,
};

#[test]
fn a_pair_counts_only_while_its_two_limits_agree() {
    let series = Series { limits: vec![100.0, 110.0, 140.0], products: vec![50.0, 60.0] };
    // 110 and 140 are further apart than 15 %.
    assert_eq!(series.ratios(), vec![100.0 / 210.0]);
}

#[test]
fn a_figure_without_a_pair_that_counts_is_not_met() {
    let series = Series { limits: vec![100.0, 200.0], products: vec![1_000.0] };
    assert!(!series.judge("nothing", "/s", Bar::AtLeast(0.1)));
}

#[test]
fn the_bar_is_held_against_the_median() {
    let series = Series { limits: vec![100.0; 4], products: vec![20.0, 40.0, 90.0] };
    assert!(series.judge("rate", "/s", Bar::AtLeast(0.4)));
    assert!(!series.judge("rate", "/s", Bar::AtLeast(0.5)));
    assert!(series.judge("time", "ms", Bar::AtMost(0.4)));
    assert!(!series.judge("time", "ms", Bar::AtMost(0.39)));
}

#[test]
fn the_median_of_an_even_number_lies_between_the_two_in_the_middle() {
    assert_eq!(median(&mut [4.0, 1.0, 3.0, 2.0]), 2.5);
}

#[test]
fn made_up_homes_have_codes_and_names_of_their_own() {
    let codes: std::collections::BTreeSet<String> = (0..5_000).map(seed::code).collect();
    assert_eq!(codes.len(), 5_000);
    assert_eq!(seed::code(0), "101-1-0101");
    assert!((0..20_000).all(|number| (2..=3).contains(&seed::name(number).chars().count())));
}

/// The rows that are made by hand belong to SQLite and to the schema as it is now.
async fn world() -> Option<World> {
    let on_postgres = std::env::var("TEST_DB").is_ok_and(|server| !server.is_empty());
    if on_postgres { None } else { Some(World::new(Vec::new(), &[web::i18n::WEB]).await) }
}

#[tokio::test]
async fn a_made_up_home_is_found_by_everything_that_the_measure_types() {
    let Some(world) = world().await else { return };
    seed::homes(world.house.db(), 200).await.unwrap();
    let mut read = world.house.read(&access::system(world.site, "test")).await.unwrap();
    for number in 0..8 {
        let (typed, _) = p06::typed(number, 200);
        let found = kernel::search::find(&mut read, &typed, 8).await.unwrap();
        assert!(!found.homes.is_empty() || !found.people.is_empty(), "{typed}");
    }
}

#[tokio::test]
async fn copies_of_orders_are_orders_with_promises_and_the_pages_asked_for_are_whole() {
    let Some(world) = world().await else { return };
    let caller = access::system(world.site, "test");
    let mut tx = world.house.begin(&caller).await.unwrap();
    desk::ship(&mut tx, world.site).await.unwrap();
    let unit = UnitSpec {
        kind: PlaceKind::Unit,
        phase: None,
        building: "3".into(),
        stair: Some("1".into()),
        room: "1101".into(),
        area: None,
        inside_area: None,
        use_kind: None,
        delivered: None,
    };
    let home = places::add_units(&mut tx, world.site, &[unit]).await.unwrap()[0];
    let report = NewReport {
        site: world.site,
        kind: Kind::Repair,
        category: "water.leak".into(),
        urgency: None,
        place: Some(home),
        channel: Channel::Phone,
        text: "厨房漏水".into(),
        reporter: NewReporter::default(),
        entry_note: None,
        outage: None,
        evidence: Vec::new(),
        device_at: None,
    };
    orders::report(&mut tx, &report).await.unwrap();
    tx.commit().await.unwrap();
    let db = world.house.db();
    seed::orders(db, 4_000, 2).await.unwrap();
    let count = |sql: &'static str| async move { db.one::<i64>(sql, ()).await.unwrap() };
    assert_eq!(count("SELECT count(*) AS value FROM sites").await, 2);
    assert!(count("SELECT count(*) AS value FROM orders").await > 300);
    assert_eq!(count("SELECT count(*) - count(DISTINCT site || number) AS value FROM orders").await, 0);
    let orphans =
        "SELECT count(*) AS value FROM promises p WHERE NOT EXISTS (SELECT 1 FROM orders o WHERE o.id = p.order_id)";
    assert_eq!(count(orphans).await, 0);
    assert_eq!(count("SELECT count(*) AS value FROM sqlite_master WHERE name = 'orders_urgent'").await, 1);
    let (ours, bare) = p01::pages(db).await.unwrap();
    assert_eq!(ours.len(), bare.len());
    let mut read = world.house.read(&caller).await.unwrap();
    let sql = Sql::new("SELECT number AS value FROM orders WHERE {scope} AND open = 1 LIMIT ").bind(5_i64);
    for number in read.all_of::<String>(sql).await.unwrap() {
        let id = orders::by_number(&mut read, world.site, &number).await.unwrap();
        assert_eq!(orders::load(&mut read, id).await.unwrap().order.number.to_string(), number);
    }
}
