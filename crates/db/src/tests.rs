use std::sync::Arc;

use super::*;

const STEPS: &[Migration] = &[Migration {
    number: 1,
    name: "things",
    sql: "CREATE TABLE things (id {id} PRIMARY KEY, name {text} UNIQUE, size {int} NOT NULL) {strict};\n",
}];

struct Fresh {
    db: Db,
    _folder: tempdir::Folder,
}

mod tempdir {
    pub struct Folder(pub std::path::PathBuf);
    impl Folder {
        pub fn new() -> Self {
            let chance: [u8; 8] = values::Chance::system().bytes();
            let path = std::env::temp_dir().join(format!("anju-db-{}", u64::from_le_bytes(chance)));
            std::fs::create_dir_all(&path).unwrap();
            Self(path)
        }
    }
    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = std::fs::remove_dir_all(&self.0);
        }
    }
}

async fn fresh() -> Fresh {
    let folder = tempdir::Folder::new();
    let db = Db::open_sqlite(&folder.0.join("a.db")).await.unwrap();
    db.migrate(STEPS).await.unwrap();
    Fresh { db, _folder: folder }
}

fn insert(name: &str, size: i64) -> Sql {
    let id: [u8; 16] = values::Chance::system().bytes();
    Sql::from_parts(
        "INSERT INTO things (id, name, size) VALUES ($1, $2, $3)",
        (uuid::Uuid::from_bytes(id), name, size).values(),
    )
}

#[tokio::test]
async fn the_engine_and_its_safety_switches_are_as_promised() {
    let fresh = fresh().await;
    for (sql, expected) in [
        ("SELECT synchronous AS value FROM pragma_synchronous", 2),
        ("SELECT foreign_keys AS value FROM pragma_foreign_keys", 1),
        ("SELECT secure_delete AS value FROM pragma_secure_delete", 1),
        ("SELECT trusted_schema AS value FROM pragma_trusted_schema", 0),
        ("SELECT cell_size_check AS value FROM pragma_cell_size_check", 1),
    ] {
        assert_eq!(fresh.db.one::<i64>(sql, ()).await.unwrap(), expected, "reader: {sql}");
        let mut tx = fresh.db.begin().await.unwrap();
        assert_eq!(tx.one::<i64>(Sql::new(sql)).await.unwrap(), expected, "writer: {sql}");
    }
    assert_eq!(
        fresh.db.one::<String>("SELECT journal_mode AS value FROM pragma_journal_mode", ()).await.unwrap(),
        "wal"
    );
}

#[tokio::test]
async fn a_transaction_that_is_dropped_leaves_nothing() {
    let fresh = fresh().await;
    let mut tx = fresh.db.begin().await.unwrap();
    tx.run(insert("lost", 1)).await.unwrap();
    std::mem::drop(tx);
    let mut tx = fresh.db.begin().await.unwrap();
    tx.run(insert("kept", 1)).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(fresh.db.all::<String>("SELECT name AS value FROM things ORDER BY name", ()).await.unwrap(), ["kept"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn writers_that_share_a_commit_keep_their_own_refusals() {
    let fresh = fresh().await;
    let db = Arc::new(fresh.db.clone());
    let tasks: Vec<_> = (0..200)
        .map(|number| {
            let db = Arc::clone(&db);
            tokio::spawn(async move {
                let mut tx = db.begin().await?;
                tx.run(insert(&format!("n{}", number % 100), number)).await?;
                tx.commit().await
            })
        })
        .collect();
    let mut kept = 0;
    for task in tasks {
        match task.await.unwrap() {
            Ok(()) => kept += 1,
            Err(DbError::Taken(what)) => assert_eq!(what, "things.name"),
            Err(other) => panic!("{other}"),
        }
    }
    assert_eq!(kept, 100);
    assert_eq!(fresh.db.one::<i64>("SELECT count(*) AS value FROM things", ()).await.unwrap(), 100);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_request_given_up_half_way_does_not_hold_up_the_others() {
    let fresh = fresh().await;
    let db = Arc::new(fresh.db.clone());
    let mut tasks = Vec::new();
    for number in 0..100 {
        let db = Arc::clone(&db);
        let task = tokio::spawn(async move {
            let mut tx = db.begin().await?;
            tx.run(insert(&format!("n{number}"), number)).await?;
            tx.commit().await
        });
        if number % 3 == 0 {
            task.abort();
        } else {
            tasks.push(task);
        }
    }
    for task in tasks {
        task.await.unwrap().unwrap();
    }
    assert!(fresh.db.one::<i64>("SELECT count(*) AS value FROM things", ()).await.unwrap() >= 66);
}

#[tokio::test]
async fn a_database_newer_than_the_program_is_left_alone() {
    let fresh = fresh().await;
    assert!(matches!(fresh.db.migrate(&[]).await, Err(DbError::Newer(1))));
}

#[test]
fn an_empty_list_matches_nothing_and_values_never_become_sql() {
    let sql = Sql::new("SELECT 1 FROM t WHERE a IN ").list::<i64>(&[]).push(" AND b = ").bind("x' OR 1=1");
    assert_eq!(sql.text(), "SELECT 1 FROM t WHERE a IN (NULL) AND b = $1");
}

#[tokio::test]
async fn what_postgresql_refuses_is_told_by_the_same_names() {
    let Some(server) = std::env::var("TEST_DB").ok().filter(|server| !server.is_empty()) else { return };
    let db = Db::open_postgres(&server, 1).await.unwrap();
    for (code, expected) in
        [("53100", "the disk is full"), ("40001", "overtaken"), ("40P01", "overtaken"), ("23514", "constraint")]
    {
        let sql = format!("DO $$ BEGIN RAISE EXCEPTION 'on purpose' USING ERRCODE = '{code}'; END $$");
        let refused = db.link().await.unwrap().run(Sql::test_only(sql)).await.unwrap_err().to_string();
        assert!(refused.contains(expected), "{code}: {refused}");
    }
    db.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn when_the_file_may_not_grow_everybody_who_shares_the_commit_is_told_that_the_disk_is_full() {
    let fresh = fresh().await;
    let mut tx = fresh.db.begin().await.unwrap();
    let pages: i64 = tx.one(Sql::new("SELECT page_count AS value FROM pragma_page_count")).await.unwrap();
    tx.run(Sql::test_only(format!("PRAGMA max_page_count = {}", pages + 2))).await.unwrap();
    tx.commit().await.unwrap();
    let long = "x".repeat(3_000);
    let tasks: Vec<_> = (0..60)
        .map(|number| {
            let (db, name) = (fresh.db.clone(), format!("{long}{number}"));
            tokio::spawn(async move {
                let mut tx = db.begin().await?;
                tx.run(insert(&name, number)).await?;
                tx.commit().await
            })
        })
        .collect();
    let mut kept = 0;
    for task in tasks {
        match task.await.unwrap() {
            Ok(()) => kept += 1,
            Err(cause) => assert!(matches!(cause, DbError::Full), "{cause}"),
        }
    }
    assert_eq!(fresh.db.one::<i64>("SELECT count(*) AS value FROM things", ()).await.unwrap(), kept);
    assert!(kept < 60 && !fresh.db.is_broken());
}
