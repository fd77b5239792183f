//! kill -9 while a large list is taken in: none of it can be seen, and the same list is taken in afterwards as if nothing had
//! been (decision 8). `IMPORT_KILLS=20` for a real run; `SEED` repeats one.

use std::fmt::Write;

use db::Db;
use tokio::process::Child;
use values::Chance;

use crate::{
    installed::Installed,
    kills::{number, seed},
};

/// More than are written in one transaction.
const HOMES: usize = 4_000;
/// How many parts such a list has written before it is shown, at least.
const PARTS: u64 = 5;

fn list() -> String {
    let mut list = String::from("房号,业主,联系电话,建筑面积\n");
    for home in 0..HOMES {
        let (building, floor, door) = (home / 400 + 1, home % 400 / 4 + 1, home % 4 + 1);
        // Writing into a text never fails.
        let _ = writeln!(list, "{building}-1-{floor:02}{door:02},业主{home},139{home:08},89.37");
    }
    list
}

async fn count(db: &Db, sql: &'static str) -> i64 {
    db.one(sql, ()).await.expect("rows are counted")
}

/// Parts of the latest import, once there are more imports than `$1`.
const PARTS_OF_LATEST: &str = "SELECT CASE WHEN (SELECT count(*) FROM imports) > $1 THEN (SELECT count(*) FROM import_parts WHERE import = \
     (SELECT id FROM imports ORDER BY made DESC, id DESC LIMIT 1)) ELSE 0 END AS value";

/// Kills the import once it has written `goal` parts; false when it was quicker.
async fn killed(import: &mut Child, db: &Db, before: i64, goal: i64) -> bool {
    while db.one::<i64>(PARTS_OF_LATEST, (before,)).await.expect("rows are counted") < goal {
        if import.try_wait().expect("it can be asked").is_some() {
            return false;
        }
        tokio::task::yield_now().await;
    }
    import.kill().await.is_ok()
}

#[tokio::test]
async fn a_large_import_that_is_killed_shows_nothing_and_the_same_list_is_taken_in_afterwards() {
    let chance = Chance::seeded(seed());
    let house = Installed::new().await;
    let file = house.file("homes.csv", &list());
    let import = ["import", "homes", file.as_str(), "--site", "GYHY"];
    let db = house.open().await;
    let mut hit = 0;
    for _ in 0..number("IMPORT_KILLS", 3) {
        let before = count(&db, "SELECT count(*) AS value FROM imports").await;
        let mut running = house.start(&import);
        let goal = 1 + i64::try_from(chance.below(PARTS)).expect("a few");
        if !killed(&mut running, &db, before, goal).await {
            break;
        }
        hit += 1;
        assert_eq!(count(&db, "SELECT count(*) AS value FROM places WHERE kind = 'unit'").await, 0);
        assert_eq!(count(&db, "SELECT count(*) AS value FROM occupancies").await, 0);
    }
    assert!(hit > 0, "no import was killed in its middle");
    house.anju(&import).await.is(0);
    let homes = i64::try_from(HOMES).expect("a few");
    assert_eq!(count(&db, "SELECT count(*) AS value FROM places WHERE kind = 'unit'").await, homes);
    let owned = "SELECT count(DISTINCT o.party) AS value FROM occupancies o JOIN parties p ON p.id = o.party";
    assert_eq!(count(&db, owned).await, homes);
    if house.database_url.is_none() {
        // Another process may hold a server's import: there its remains are cleared when its lease is over.
        let left =
            "SELECT count(*) AS value FROM import_parts p JOIN imports i ON i.id = p.import WHERE i.state <> 'done'";
        assert_eq!(count(&db, left).await, 0, "what was killed is cleared by the next one");
    }
    db.close().await;
    house.anju(&["check"]).await.is(0);
}
