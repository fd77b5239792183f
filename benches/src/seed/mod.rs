//! Rows in numbers that no demo has, in the product's own schema. Not by its verbs: five million of them would take a day.

mod homes;
mod orders;

use db::{Db, DbError, FromRow, Row, Sql};

use crate::Outcome;

pub use homes::{code, homes, initials, name, phone};
pub use orders::orders;

/// Rows of one transaction: so that the log beside the database stays short.
const CHUNK: usize = 20_000;

async fn run(db: &Db, text: String) -> Outcome<()> {
    let mut tx = db.begin().await?;
    tx.run(Sql::test_only(text)).await?;
    Ok(tx.commit().await?)
}

/// Rows by statements of a hundred.
async fn insert(db: &Db, head: &'static str, rows: &[Vec<db::Value>]) -> Outcome<()> {
    for part in rows.chunks(CHUNK) {
        let mut tx = db.begin().await?;
        for few in part.chunks(100) {
            let mut sql = Sql::new(head).push(" VALUES ");
            for (index, row) in few.iter().enumerate() {
                sql = sql.push(if index == 0 { "" } else { ", " }).list(row);
            }
            tx.run(sql).await?;
        }
        tx.commit().await?;
    }
    Ok(())
}

struct Made {
    name: String,
    sql: String,
}
impl FromRow for Made {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        Ok(Self { name: row.get("name")?, sql: row.get("sql")? })
    }
}

/// The indexes of a table that have a name of their own.
async fn indexes(db: &Db, table: &str) -> Outcome<Vec<Made>> {
    let sql = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = $1 AND sql IS NOT NULL";
    Ok(db.all(sql, (table,)).await?)
}

/// Loading goes faster without them. They are made again by [`remake`], also after a run that broke off.
async fn drop_indexes(db: &Db, table: &str) -> Outcome<()> {
    for index in indexes(db, table).await? {
        drop_index(db, &index.name).await?;
    }
    Ok(())
}

pub async fn drop_index(db: &Db, name: &str) -> Outcome<()> {
    run(db, "CREATE TABLE IF NOT EXISTS bench_dropped (name TEXT NOT NULL, sql TEXT NOT NULL)".into()).await?;
    run(
        db,
        format!(
            "INSERT INTO bench_dropped SELECT name, sql FROM sqlite_master WHERE type = 'index' AND name = '{name}'"
        ),
    )
    .await?;
    run(db, format!("DROP INDEX {name}")).await
}

/// Makes what was dropped.
pub async fn remake(db: &Db) -> Outcome<()> {
    let known: i64 = db.one("SELECT count(*) AS value FROM sqlite_master WHERE name = 'bench_dropped'", ()).await?;
    if known == 0 {
        return Ok(());
    }
    for index in db.all::<Made>("SELECT name, sql FROM bench_dropped", ()).await? {
        run(db, index.sql).await?;
        run(db, format!("DELETE FROM bench_dropped WHERE name = '{}'", index.name)).await?;
    }
    run(db, "DROP TABLE bench_dropped".into()).await
}
