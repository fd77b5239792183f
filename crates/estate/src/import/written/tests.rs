use std::sync::Arc;

use kernel::{access, jobs, sites};
use sheets::Kind;
use testing::World;
use values::HOUR;

use super::{Prepared, staged::stage};
use crate::import::{self, Import, Mode, progress::Progress, reading::Rows, run::Large, store, tests::world::*};

const LIST: &str = "房号,业主,电话\n1-1-101,张三、李四,13800000001\n1-1-102,王五,13800000002\n";

/// A draft of a list, and its rows.
async fn draft(world: &World, caller: &kernel::Caller) -> (kernel::Site, Import, Rows) {
    let mut read = world.house.read(caller).await.unwrap();
    let site = sites::by_id(&mut read, world.site).await.unwrap();
    drop(read);
    let taken =
        import::take(&world.house, caller, &site, Kind::Homes, "homes.csv", LIST.as_bytes().to_vec()).await.unwrap();
    let mut tx = world.house.begin(caller).await.unwrap();
    let id = import::draft(&mut tx, &site, Kind::Homes, &taken).await.unwrap();
    let import = store::by_id(&mut tx, id).await.unwrap();
    tx.commit().await.unwrap();
    let (_, rows) = import::load(&world.house, &site, &import).await.unwrap();
    (site, import, rows)
}

#[tokio::test]
async fn what_an_ended_process_left_is_reached_by_nobody_and_cleared_later() {
    let world = world().await;
    let caller = access::system(world.site, "test");
    let empty = register(&world).await;
    let (site, import, rows) = draft(&world, &caller).await;
    let large = Large { house: &world.house, caller: &caller, site: &site, mode: Mode::AllOrNothing };
    let ready = large.plan(rows).await.unwrap().expect("homes");
    let read = world.house.read(&caller).await.unwrap();
    let all = Arc::new(Prepared::new(&read, site.id, ready.plan));
    drop(read);
    stage(&large, &import, &all, &Progress::default()).await.unwrap();
    assert_eq!(register(&world).await[1], empty[1] + 3, "the people are written");
    assert_eq!((found(&world, "张三").await, found(&world, "101").await), (0, 0));
    assert!(world.house.db().all::<i64>("SELECT COUNT(*) AS value FROM places", ()).await.unwrap() == [empty[0]]);

    // The same list, while that lies there.
    homes(&world, LIST).await;
    assert_eq!(people_of(&world, "1-1-102").await, ["王五 13800000002 owner 2026-08-12"]);
    let done = register(&world).await;
    world.wait(HOUR + 1000);
    let job = jobs::claim(&world.house).await.unwrap().expect("it is seen to");
    import::perform(&world.house, &job).await.unwrap();
    let gone: Vec<i64> = register(&world).await.iter().zip(&done).map(|(now, then)| then - now).collect();
    assert_eq!(gone[..4], [0, 3, 2, 0], "people and phones that nobody reached");
    assert_eq!((found(&world, "张三").await, found(&world, "王五").await), (1, 1));
}

#[tokio::test]
async fn a_plan_is_made_again_when_somebody_changed_the_register_meanwhile() {
    let world = world().await;
    let caller = access::system(world.site, "test");
    let (site, import, rows) = draft(&world, &caller).await;
    let large = Large { house: &world.house, caller: &caller, site: &site, mode: Mode::AllOrNothing };
    let ready = large.plan(rows).await.unwrap();
    homes(&world, "房号,业主,电话\n1-1-101,张三,13800000001\n").await;
    let summary = large.run(&import, ready, &Progress::default(), None).await.unwrap();
    assert_eq!((summary.create["units"], summary.create["parties"], summary.create["occupancies"]), (1, 2, 2));
    assert_eq!(people_of(&world, "1-1-101").await.len(), 2);
    assert_eq!(found(&world, "张三").await, 1);
}
