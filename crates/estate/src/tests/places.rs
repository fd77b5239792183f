use kernel::{
    Error,
    parties::HomeRole,
    places::{self, Change, NewPlace, PlaceKind, UnitSpec, UnitState},
};

use super::words::{Estate, day, refused};

#[tokio::test]
async fn a_rule_makes_a_building_with_stairs_and_homes_in_order() {
    let estate = Estate::new().await;
    let (site, home) = (estate.world.site, estate.home("3-2-0302").await);
    assert_eq!(
        (home.code.as_str(), home.key.as_str(), home.floor, home.position),
        ("3-2-0302", "3-2-302", Some(3), Some(2))
    );
    assert_eq!(home.area.unwrap().to_string(), "120.15");
    assert_eq!(home.delivered, Some(day("2022-06-30")));
    let mut read = estate.read(site).await;
    let stair = places::by_id(&mut read, home.stair.unwrap()).await.unwrap();
    assert_eq!((stair.code.as_str(), stair.parent), ("3-2", home.building));
    let units = places::units(&mut read, site, home.building.unwrap()).await.unwrap();
    let codes: Vec<&str> = units.iter().map(|unit| unit.code.as_str()).collect();
    assert_eq!((codes.len(), codes[0], codes[4], codes[143]), (144, "3-1-0101", "3-1-0201", "3-2-1804"));
    let above = estate.home("3-2-0402").await;
    assert_eq!(home.riser(), above.riser());
    assert_ne!(home.riser(), estate.home("3-1-0302").await.riser());
}

#[tokio::test]
async fn a_code_is_taken_however_its_zeros_are_written() {
    let estate = Estate::new().await;
    let site = estate.world.site;
    let stair = estate.home("3-1").await.id;
    let mut tx = estate.tx(site).await;
    assert_eq!(
        refused(places::add(&mut tx, site, Some(stair), NewPlace::new(PlaceKind::Unit, "03-1-101")).await),
        "place_code_taken"
    );
    let again = kernel::places::BuildingRule::parse("03栋 1单元 2层 每层1户").unwrap();
    assert_eq!(refused(places::add_building(&mut tx, site, &again, None).await), "place_code_taken");
}

#[tokio::test]
async fn places_stand_only_where_they_can() {
    let estate = Estate::new().await;
    let site = estate.world.site;
    let (building, home) = (estate.home("3").await.id, estate.home("3-1-101").await.id);
    let mut tx = estate.tx(site).await;
    assert_eq!(
        refused(places::add(&mut tx, site, None, NewPlace::new(PlaceKind::Unit, "9-101")).await),
        "place_parent"
    );
    assert_eq!(
        refused(places::add(&mut tx, site, Some(home), NewPlace::new(PlaceKind::Common, "x")).await),
        "place_parent"
    );
    assert_eq!(
        refused(places::add(&mut tx, site, Some(building), NewPlace::new(PlaceKind::Common, "  ")).await),
        "place_code_shape"
    );
    let lobby = NewPlace { name: "大堂".into(), ..NewPlace::new(PlaceKind::Common, "3-大堂") };
    let id = places::add(&mut tx, site, Some(building), lobby).await.unwrap();
    tx.commit().await.unwrap();
    let lobby = estate.home("3-大堂").await;
    assert_eq!((lobby.id, lobby.parent, lobby.building), (id, Some(building), Some(building)));
}

#[tokio::test]
async fn a_typed_code_finds_every_home_it_may_mean() {
    let estate = Estate::new().await;
    estate.building(estate.world.site, "1栋 1单元 3层 每层2户").await;
    let mut read = estate.read(estate.world.site).await;
    for (typed, expected) in [
        ("3-1-0101", vec!["3-1-0101"]),
        ("3-01-101", vec!["3-1-0101"]),
        ("3栋1单元101室", vec!["3-1-0101"]),
        ("3#-1-0101", vec!["3-1-0101"]),
        ("3栋101", vec!["3-1-0101", "3-2-0101"]),
        ("101", vec!["1-1-101", "3-1-0101", "3-2-0101"]),
        ("1号楼101", vec!["1-1-101"]),
        ("9-1-101", vec![]),
        ("王桂华", vec![]),
    ] {
        let found = places::resolve(&mut read, estate.world.site, typed).await.unwrap();
        assert_eq!(found.iter().map(|place| place.code.as_str()).collect::<Vec<_>>(), expected, "{typed}");
    }
}

#[tokio::test]
async fn a_change_keeps_its_code_unique_and_its_version_seen() {
    let estate = Estate::new().await;
    let (site, home) = (estate.world.site, estate.home("3-1-101").await);
    let mut tx = estate.tx(site).await;
    let taken = Change { code: "3-1-102".into(), ..Change::of(&home) };
    assert_eq!(refused(places::change(&mut tx, site, home.id, home.version, &taken).await), "place_code_taken");
    let renamed = Change { code: "3-1-101".into(), use_kind: Some("自用".into()), ..Change::of(&home) };
    places::change(&mut tx, site, home.id, home.version, &renamed).await.unwrap();
    assert!(matches!(
        places::change(&mut tx, site, home.id, home.version, &renamed).await,
        Err(Error::Stale { current: 2 })
    ));
    tx.commit().await.unwrap();
    assert_eq!(estate.home("3-1-0101").await.code, "3-1-101");
    assert!(estate.world.audit().await.contains(&"place.changed".to_string()));
}

#[tokio::test]
async fn a_place_is_closed_only_when_nobody_and_nothing_is_left() {
    let estate = Estate::new().await;
    let (site, home) = (estate.world.site, estate.home("3-1-101").await);
    estate.lives("3-1-101", "王华", &[], HomeRole::Owner, "2022-07-01").await;
    let mut tx = estate.tx(site).await;
    assert_eq!(refused(places::close(&mut tx, site, home.id, day("2026-08-12")).await), "place_lived");
    let stair = estate.home("3-1").await.id;
    assert_eq!(refused(places::close(&mut tx, site, stair, day("2026-08-12")).await), "place_has_children");
    let empty = estate.home("3-1-102").await.id;
    places::close(&mut tx, site, empty, day("2026-08-12")).await.unwrap();
    assert_eq!(refused(places::close(&mut tx, site, empty, day("2026-08-12")).await), "place_closed");
    tx.commit().await.unwrap();
    let found = places::resolve(&mut estate.read(site).await, site, "3-1-102").await.unwrap();
    assert!(found.is_empty());
}

#[tokio::test]
async fn an_import_makes_the_buildings_and_stairs_its_homes_need() {
    let estate = Estate::new().await;
    let site = estate.world.site;
    let spec = |building: &str, stair: Option<&str>, room: &str| UnitSpec {
        kind: PlaceKind::Unit,
        phase: Some("2".into()),
        building: building.into(),
        stair: stair.map(Into::into),
        room: room.into(),
        area: "89.37".parse().ok(),
        inside_area: None,
        use_kind: None,
        delivered: None,
    };
    let mut tx = estate.tx(site).await;
    let specs = [
        spec("5", Some("1"), "0101"),
        spec("5", Some("1"), "0201"),
        spec("5", Some("2"), "0101"),
        spec("6", None, "101"),
    ];
    let ids = places::add_units(&mut tx, site, &specs).await.unwrap();
    tx.note(site, "import.done", "import/test", serde_json::Value::Null, serde_json::Value::Null);
    tx.commit().await.unwrap();
    assert_eq!(ids.len(), 4);
    let home = estate.home("2期5-1-101").await;
    assert_eq!((home.id, home.code.as_str(), home.floor, home.position), (ids[0], "2期5-1-0101", Some(1), Some(1)));
    assert_eq!(estate.home("2期5").await.parent, Some(estate.home("2期").await.id));
    let mut tx = estate.tx(site).await;
    assert_eq!(refused(places::add_units(&mut tx, site, &specs[..1]).await), "place_code_taken");
    let twice = [spec("7", None, "101"), spec("7", None, "0101")];
    assert_eq!(refused(places::add_units(&mut tx, site, &twice).await), "place_code_taken");
}

#[tokio::test]
async fn a_building_of_1200_homes_is_one_chart() {
    let estate = Estate::new().await;
    let site = estate.world.site;
    let tower = estate.building(site, "8栋 1单元 60层 每层20户").await;
    estate.lives("8-1-6020", "王华", &[], HomeRole::Owner, "2022-07-01").await;
    estate.lives("8-1-0101", "李明", &[], HomeRole::Tenant, "2026-08-12").await;
    estate.lives("8-1-0102", "赵六", &[], HomeRole::Tenant, "2026-08-13").await;
    let lines = places::matrix(&mut estate.read(site).await, site, tower, day("2026-08-12")).await.unwrap();
    assert_eq!(lines.len(), 1_200);
    let state = |code: &str| lines.iter().find(|line| line.code == code).unwrap().state;
    assert_eq!(state("8-1-6020"), UnitState::OwnerOccupied);
    assert_eq!((state("8-1-0101"), state("8-1-0102")), (UnitState::Let, UnitState::Vacant));
    let page = estate.world.get(&estate.manager, "/c/GYHY/matrix?building=8").await.is(200).text();
    assert_eq!(page.matches("<a class=\"unit\"").count(), 1_200);
    assert!(page.matches('<').count() / 2 < 1_700, "{} elements", page.matches('<').count() / 2);
}
