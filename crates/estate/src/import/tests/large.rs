use kernel::{Role, access, jobs};
use sheets::Kind;

use super::world::*;
use crate::import::{JOB, State, perform, progress::Running, store};

fn many(homes: usize) -> Vec<u8> {
    let mut list = String::from("房号,业主,电话,建筑面积\n");
    for index in 0..homes {
        let (building, floor, position) = (index / 400 + 1, index % 400 / 10 + 1, index % 10 + 1);
        list.push_str(&format!("{building}-1-{floor}{position:02},业主{index},138{index:08},89.37\n"));
    }
    list.into_bytes()
}

async fn state(world: &testing::World) -> State {
    let mut read = world.house.read(&access::system(world.site, "test")).await.unwrap();
    store::latest(&mut read, world.site, Kind::Homes, 1).await.unwrap()[0].state
}

#[tokio::test]
async fn a_large_file_runs_as_a_job_and_can_be_dropped_before_anything_is_kept() {
    let mut world = world().await;
    let manager = world.staff("周经理", Role::SiteManager).await;
    let before = register(&world).await;
    let bytes = many(3_200);
    let page = send(&world, &manager, "/c/GYHY/import", "many.csv", &bytes).await.is(303).location();
    world.post(&manager, &format!("{page}/run"), &[("mode", "all_or_nothing")]).await.is(303);
    assert_eq!(state(&world).await, State::Running);
    let running = world.get(&manager, &page).await.is(200);
    assert_eq!(running.header("refresh"), "3");
    world.post(&manager, &format!("{page}/cancel"), &[]).await.is(303);
    assert_eq!(state(&world).await, State::Cancelled);
    let job = jobs::claim(&world.house).await.unwrap().expect("the job is there");
    assert_eq!(job.reaction, JOB);
    perform(&world.house, &job).await.unwrap();
    assert!(jobs::claim(&world.house).await.unwrap().is_none());
    assert_eq!(register(&world).await, before);

    world.wait(1000);
    let page = send(&world, &manager, "/c/GYHY/import", "many.csv", &bytes).await.is(303).location();
    world.post(&manager, &format!("{page}/run"), &[("mode", "all_or_nothing")]).await.is(303);
    let job = jobs::claim(&world.house).await.unwrap().expect("the job is there");
    perform(&world.house, &job).await.unwrap();
    assert_eq!(state(&world).await, State::Done);
    assert_eq!(register(&world).await[1], before[1] + 3_200);
    // One audit row for the batch.
    let runs = world.audit().await.iter().filter(|act| *act == "import.run").count();
    assert_eq!(runs, 1);
    // A job that comes back after its process was killed does nothing again.
    perform(&world.house, &job).await.unwrap();
    assert_eq!(state(&world).await, State::Done);
}

#[tokio::test]
async fn a_run_that_is_stopped_on_its_way_keeps_nothing() {
    let world = world().await;
    let running = Running::new(crate::import::ImportId::named("any"));
    running.progress.begin(10);
    assert!(running.progress.step(4).is_ok());
    crate::import::progress::running(crate::import::ImportId::named("any")).unwrap().stop();
    assert!(matches!(running.progress.step(1), Err(kernel::Error::Refused(why)) if why.code() == "import_cancelled"));
    assert_eq!(running.progress.stand(), (5, 10));
    drop(running);
    assert!(crate::import::progress::running(crate::import::ImportId::named("any")).is_none());
    assert_eq!(register(&world).await[0], 0);
}
