use std::sync::Arc;

use kernel::{Error, access, jobs, parties, places, sites};
use sheets::Kind;
use testing::World;
use values::{Day, HOUR, MINUTE};

use super::{
    Prepared, clear,
    staged::{Attempt, REGISTER, Seen, last, stage},
};
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
    stage(&mut Attempt::new(&large, &import, None), &all, &Progress::default()).await.unwrap();
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

/// A draft with its plan, and how far the audit went before it.
async fn planned(large: &Large<'_>, rows: Rows) -> (Arc<Prepared>, i64) {
    let ready = large.plan(rows).await.unwrap().expect("homes");
    let read = large.house.read(large.caller).await.unwrap();
    (Arc::new(Prepared::new(&read, large.site.id, ready.plan)), ready.stand)
}

async fn parts(world: &World, import: &Import) -> i64 {
    let sql = "SELECT COUNT(*) AS value FROM import_parts WHERE import = $1";
    world.house.db().one(sql, (import.id,)).await.unwrap()
}

#[tokio::test]
async fn clearing_beside_the_last_transaction_takes_all_or_nothing() {
    for _ in 0..4 {
        let world = world().await;
        let caller = access::system(world.site, "test");
        let (site, import, rows) = draft(&world, &caller).await;
        let large = Large { house: &world.house, caller: &caller, site: &site, mode: Mode::AllOrNothing };
        let (all, stand) = planned(&large, rows).await;
        let mut attempt = Attempt::new(&large, &import, None);
        let progress = Progress::default();
        let number = stage(&mut attempt, &all, &progress).await.unwrap();
        let seen = Seen { stand, parts: number };
        let (shown, cleared) =
            tokio::join!(last(&attempt, &all, seen, &progress), clear(&world.house, &caller, import.id, None));
        cleared.unwrap();
        if shown.unwrap().is_some() {
            assert_eq!((parts(&world, &import).await, found(&world, "张三").await), (number, 1));
            assert_eq!(people_of(&world, "1-1-102").await.len(), 1);
            // What is done stays.
            clear(&world.house, &caller, import.id, None).await.unwrap();
            assert_eq!((parts(&world, &import).await, found(&world, "王五").await), (number, 1));
        } else {
            clear(&world.house, &caller, import.id, None).await.unwrap();
            assert_eq!((parts(&world, &import).await, register(&world).await[0]), (0, 0));
        }
    }
}

#[tokio::test]
async fn an_attempt_shows_its_own_parts_only_and_writes_nothing_once_the_import_is_done() {
    let world = world().await;
    let caller = access::system(world.site, "test");
    let (site, import, rows) = draft(&world, &caller).await;
    let large = Large { house: &world.house, caller: &caller, site: &site, mode: Mode::AllOrNothing };
    let (first, stand) = planned(&large, rows).await;
    let progress = Progress::default();
    let mut slow = Attempt::new(&large, &import, None);
    let number = stage(&mut slow, &first, &progress).await.unwrap();
    // A second holder clears what it finds, and stages as many parts.
    clear(&world.house, &caller, import.id, None).await.unwrap();
    let (_, rows) = import::load(&world.house, &site, &import).await.unwrap();
    let (second, again) = planned(&large, rows).await;
    let mut quick = Attempt::new(&large, &import, None);
    assert_eq!(stage(&mut quick, &second, &progress).await.unwrap(), number);
    assert!(last(&slow, &first, Seen { stand, parts: number }, &progress).await.unwrap().is_none());
    // The slow one takes away nothing but its own.
    clear(&world.house, &caller, import.id, Some(slow.id)).await.unwrap();
    assert_eq!(parts(&world, &import).await, number);
    let seen = Seen { stand: again, parts: number };
    assert!(last(&quick, &second, seen, &progress).await.unwrap().is_some());
    assert!(matches!(slow.begin().await, Err(Error::Refused(why)) if why.code() == "import_not_draft"));
    assert_eq!(people_of(&world, "1-1-101").await.len(), 2);
    assert_eq!(register(&world).await[3], 3);
}

#[tokio::test]
async fn a_job_is_kept_while_its_import_works_and_lost_when_it_does_not() {
    let world = world().await;
    let caller = access::system(world.site, "test");
    let (site, import, _) = draft(&world, &caller).await;
    let mut tx = world.house.begin(&caller).await.unwrap();
    let now = tx.now();
    jobs::plan(&mut tx, site.id, import::JOB, &serde_json::json!({ "import": import.id }), now).await.unwrap();
    tx.commit().await.unwrap();
    let job = jobs::claim(&world.house).await.unwrap().expect("it is due");
    let large = Large { house: &world.house, caller: &caller, site: &site, mode: Mode::AllOrNothing };
    let mut attempt = Attempt::new(&large, &import, Some(&job));
    for _ in 0..3 {
        world.wait(4 * MINUTE);
        attempt.begin().await.unwrap().commit().await.unwrap();
        assert!(jobs::claim(&world.house).await.unwrap().is_none(), "it is held");
    }
    world.wait(6 * MINUTE);
    let taken = jobs::claim(&world.house).await.unwrap().expect("its holder is gone");
    assert_eq!((taken.id, taken.attempts), (job.id, 2));
    assert!(matches!(attempt.begin().await, Err(Error::Broken(_))));
    // And what the first says of its end does not matter any more.
    jobs::failed(&world.house, &job, "too slow").await.unwrap();
    world.wait(2 * MINUTE);
    assert!(jobs::claim(&world.house).await.unwrap().is_none());
}

#[tokio::test]
async fn a_change_that_is_under_way_is_waited_for_and_the_plan_made_again() {
    let world = world().await;
    homes(&world, "房号,业主,电话\n1-1-101,张三,13800000001\n").await;
    let caller = access::system(world.site, "test");
    let (site, import, rows) = draft(&world, &caller).await;
    let large = Large { house: &world.house, caller: &caller, site: &site, mode: Mode::AllOrNothing };
    let (all, stand) = planned(&large, rows).await;
    let progress = Progress::default();
    let mut attempt = Attempt::new(&large, &import, None);
    let parts = stage(&mut attempt, &all, &progress).await.unwrap();

    let mut tx = world.house.begin(&caller).await.unwrap();
    let home = places::by_code(&mut tx, site.id, "1-1-101").await.unwrap();
    let owner = parties::household(&mut tx, home.id).await.unwrap()[0].occupancy.id;
    parties::move_out(&mut tx, site.id, owner, Day::new(2026, 8, 20).unwrap()).await.unwrap();
    let edit = async {
        for _ in 0..200 {
            places::by_code(&mut tx, site.id, "1-1-101").await.unwrap();
            tokio::task::yield_now().await;
        }
        tx.commit().await.unwrap();
    };
    let (shown, ()) = tokio::join!(last(&attempt, &all, Seen { stand, parts }, &progress), edit);
    assert!(shown.unwrap().is_none());
}

#[tokio::test]
async fn what_an_ended_command_left_is_cleared_by_the_next_one() {
    for (alone, waits) in [(true, 0), (false, jobs::LEASE + 1000)] {
        let world = world().await;
        let caller = access::system(world.site, "test");
        let (site, import, rows) = draft(&world, &caller).await;
        let large = Large { house: &world.house, caller: &caller, site: &site, mode: Mode::AllOrNothing };
        let (all, _) = planned(&large, rows).await;
        stage(&mut Attempt::new(&large, &import, None), &all, &Progress::default()).await.unwrap();
        let left = parts(&world, &import).await;
        super::clear_ended(&world.house, &caller, site.id, false).await.unwrap();
        assert_eq!(parts(&world, &import).await, left, "it may be at work");
        world.wait(waits);
        import_as(&world, Kind::Homes, "homes.csv", LIST.as_bytes(), import::Way { alone, ..GOOD }).await.unwrap();
        assert_eq!(parts(&world, &import).await, 0);
        let owners = "SELECT COUNT(DISTINCT party) AS value FROM occupancies";
        let owners: i64 = world.house.db().one(owners, ()).await.unwrap();
        let people = "SELECT COUNT(*) AS value FROM parties";
        assert_eq!(world.house.db().one::<i64>(people, ()).await.unwrap(), owners);
    }
}

/// Statements and verbs that change homes, people, their phones or who lives where.
const CHANGES: &[&str] = &[
    "UPDATE places ",
    "INTO places ",
    "FROM places WHERE {scope} AND id",
    "UPDATE occupancies ",
    "INTO occupancies ",
    "UPDATE parties ",
    "INTO parties ",
    "DELETE FROM phones",
    "INTO phones ",
    "parties::move_",
    "parties::sell",
    "parties::correct",
    "parties::find_or_add",
    "parties::add_phones",
    "places::add",
    "places::change",
    "places::close",
    "rows::insert_",
    "store::end(",
    "store::insert(tx, site, ",
];
/// Acts noted in the same files that leave the register as it is.
const OTHERS: &[&str] = &["import.cleared", "staff.", "grant.", "world.", "account.", "sessions."];

fn sources(folder: &std::path::Path, all: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() && !matches!(name.as_str(), "tests" | "testing" | "target") {
            sources(&path, all);
        } else if name.ends_with(".rs") && name != "tests.rs" {
            all.push(std::fs::read_to_string(&path).unwrap());
        }
    }
}

#[test]
fn every_act_that_may_change_the_register_makes_a_plan_be_made_again() {
    let mut all = Vec::new();
    sources(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(".."), &mut all);
    let mut seen = Vec::new();
    for source in all.iter().filter(|source| CHANGES.iter().any(|change| source.contains(change))) {
        for call in source.split(".note(").skip(1).chain(source.split("noted(").skip(1)) {
            let words = call.split(';').next().unwrap_or_default().split('"').skip(1).step_by(2);
            seen.extend(words.filter(|word| word.contains('.') && !word.contains(['/', ' ', '{'])).map(str::to_string));
        }
    }
    seen.sort();
    seen.dedup();
    for act in ["home.let_in", "home.let_in_ended", "occupancy.moved_out", "party.corrected", "place.closed"] {
        assert!(seen.iter().any(|one| one == act), "{act} is among {seen:?}");
    }
    let known = |act: &&String| REGISTER.iter().chain(OTHERS).any(|start| act.starts_with(start));
    let unknown: Vec<_> = seen.iter().filter(|act| !known(act)).collect();
    assert!(unknown.is_empty(), "is the register changed by {unknown:?}? then REGISTER names them, else OTHERS");
}
