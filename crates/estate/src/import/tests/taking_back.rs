use kernel::{Error, access, parties, places};
use sheets::Kind;
use testing::World;

use super::world::*;
use crate::import::{Import, ImportId, store, undo};

const LIST: &str = "房号,业主,电话,建筑面积\n1-1-101,张三、李四,13800000001,89.37\n1-1-102,王五,13800000002,90\n";

async fn latest(world: &World, kind: Kind) -> Import {
    let mut read = world.house.read(&access::system(world.site, "test")).await.unwrap();
    store::latest(&mut read, world.site, kind, 1).await.unwrap().remove(0)
}

pub async fn take_back(world: &World, kind: Kind) -> Result<(), Error> {
    let import = latest(world, kind).await;
    let mut tx = world.house.begin(&access::system(world.site, "test")).await.unwrap();
    let site = kernel::sites::by_id(&mut tx, world.site).await.unwrap();
    undo::undo(&mut tx, &site, &import).await?;
    tx.commit().await
}

fn why(result: Result<(), Error>) -> String {
    match result.unwrap_err() {
        Error::Refused(why) => format!(
            "{} {}",
            why.code(),
            why.args().iter().map(|(_, value)| value.clone()).collect::<Vec<_>>().join(" ")
        ),
        other => panic!("{other}"),
    }
}

#[tokio::test]
async fn an_import_is_taken_back_to_the_last_row() {
    let world = world().await;
    let empty = register(&world).await;
    homes(&world, LIST).await;
    let first = register(&world).await;
    world.wait(1000);
    homes(
        &world,
        "房号,业主,电话,建筑面积,交付日期\n1-1-101,张三,13900000009,99,2023-05-01\n2-1-101,王五,13800000002,\n",
    )
    .await;
    assert_eq!(people_of(&world, "1-1-101").await[0], "张三 13800000001 13900000009 owner 2026-08-12");
    take_back(&world, Kind::Homes).await.unwrap();
    assert_eq!(register(&world).await, first);
    assert_eq!(people_of(&world, "1-1-101").await[0], "张三 13800000001 owner 2026-08-12");
    let mut read = world.house.read(&access::system(world.site, "test")).await.unwrap();
    let home = places::by_code(&mut read, world.site, "1-1-101").await.unwrap();
    assert_eq!((home.area.map(|area| area.to_string()).as_deref(), home.delivered), (Some("89.37"), None));
    drop(read);
    // The second is gone, so the first can go too.
    take_back(&world, Kind::Homes).await.unwrap_err();
    let undone = undo_first(&world).await;
    assert!(undone.is_ok(), "{undone:?}");
    assert_eq!(register(&world).await, empty);
    assert!(world.audit().await.contains(&"import.undone".to_string()));
}

/// The oldest import of homes.
async fn undo_first(world: &World) -> Result<(), Error> {
    let mut tx = world.house.begin(&access::system(world.site, "test")).await.unwrap();
    let import = store::latest(&mut tx, world.site, Kind::Homes, 50).await.unwrap().pop().unwrap();
    let site = kernel::sites::by_id(&mut tx, world.site).await.unwrap();
    undo::undo(&mut tx, &site, &import).await?;
    tx.commit().await
}

#[tokio::test]
async fn a_later_import_must_go_first() {
    let world = world().await;
    homes(&world, LIST).await;
    world.wait(1000);
    homes(&world, "房号,业主\n3-1-101,赵六\n").await;
    assert_eq!(why(undo_first(&world).await), "import_later ");
}

#[tokio::test]
async fn what_others_entered_since_keeps_an_import() {
    let world = world().await;
    homes(&world, LIST).await;
    let before = register(&world).await;
    let caller = access::system(world.site, "test");
    let mut tx = world.house.begin(&caller).await.unwrap();
    let place = places::by_code(&mut tx, world.site, "1-1-101").await.unwrap();
    let new = parties::add(&mut tx, Some(world.site), parties::PartyKind::Person, "赵六", &[]).await.unwrap();
    parties::let_to(&mut tx, world.site, place.id, new, "2026-08-12".parse().unwrap(), None).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(why(take_back(&world, Kind::Homes).await), "import_depends people 1");
    assert_eq!(register(&world).await[0], before[0]);
}

#[tokio::test]
async fn a_home_that_was_corrected_since_keeps_an_import() {
    let world = world().await;
    homes(&world, LIST).await;
    let mut tx = world.house.begin(&access::system(world.site, "test")).await.unwrap();
    let place = places::by_code(&mut tx, world.site, "1-1-102").await.unwrap();
    let change = places::Change { area: Some("91".parse().unwrap()), ..places::Change::of(&place) };
    places::change(&mut tx, world.site, place.id, place.version, &change).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(why(take_back(&world, Kind::Homes).await), "import_depends changes 1");
}

#[tokio::test]
async fn an_import_of_another_site_is_missing() {
    let world = world().await;
    homes(&world, LIST).await;
    let import = latest(&world, Kind::Homes).await;
    let elsewhere = world.another_site("LDGG", "绿地公馆").await;
    let mut read = world.house.read(&access::system(elsewhere, "test")).await.unwrap();
    assert!(matches!(store::by_id(&mut read, import.id).await, Err(Error::Missing)));
    assert!(matches!(store::by_id(&mut read, ImportId::named("nothing")).await, Err(Error::Missing)));
}
