//! Copies of the demo's orders, each with an id, a number and times of its own. Only the measured site's have promises.

use db::{Db, Sql, ToValue};
use uuid::Uuid;

use super::{drop_indexes, remake, run};
use crate::{Outcome, product};

/// One of so many copies is made of an order that is open: a desk's open orders are few.
const OPEN: u64 = 10;
/// Copies of one statement.
const STEP: u64 = 500;
/// Copies of the measured site's orders that bring their promises; those of open orders always do.
const PROMISED: u64 = 130;

/// `total` orders over `sites` sites; the measured site has its share.
pub async fn orders(db: &Db, total: u64, sites: u64) -> Outcome<()> {
    let site = product::site(db).await?;
    run(db, "DROP TABLE IF EXISTS bench_orders".into()).await?;
    run(db, "DROP TABLE IF EXISTS bench_promises".into()).await?;
    run(db, "CREATE TABLE bench_orders AS SELECT * FROM orders".into()).await?;
    run(db, "CREATE TABLE bench_promises AS SELECT * FROM promises WHERE leg IS NULL OR round >= 1".into()).await?;
    let written: i64 = db.one("SELECT count(*) AS value FROM bench_orders", ()).await?;
    let copies = total / sites / u64::try_from(written)?.max(1);
    drop_indexes(db, "orders").await?;
    drop_indexes(db, "promises").await?;
    for index in 1..sites {
        let other = Uuid::from_u128(u128::from(index) << 64 | 0x7000_8000_0000_0000_0000);
        add_site(db, other, index).await?;
        copy(db, other, index, copies, &Columns::elsewhere()).await?;
    }
    copy(db, site, 0, copies, &Columns::here()).await?;
    promises(db, copies).await?;
    remake(db).await?;
    run(db, "DROP TABLE bench_orders".into()).await?;
    run(db, "DROP TABLE bench_promises".into()).await?;
    run(db, "ANALYZE".into()).await
}

async fn add_site(db: &Db, id: Uuid, index: u64) -> Outcome<()> {
    let mut tx = db.begin().await?;
    let sql = "INSERT INTO sites (id, code, name, zone, building_word, made, version) SELECT ";
    let sql = Sql::new(sql).bind(id).push(", ").bind(format!("Z{index:04}").as_str());
    tx.run(sql.push(", name, zone, building_word, made, version FROM sites WHERE code = 'GYHY'")).await?;
    Ok(tx.commit().await?)
}

/// Columns that a copy does not take over; `c.k` is the number of the copy, `$1` the site, `$2` its number.
struct Columns(Vec<(&'static str, &'static str)>);

/// Copies of a number lie within the three digits before the last three of its sequence, then two hundred days earlier.
const NUMBER: &str = "substr(o.number, 1, 2) || substr(strftime('%Y%m%d', '20' || substr(o.number, 3, 2) || '-' || \
    substr(o.number, 5, 2) || '-' || substr(o.number, 7, 2), '-' || (c.k / 900 * 200) || ' days'), 3) || '-' || \
    printf('%03d', c.k % 900 * 1000 + CAST(substr(o.number, 10) AS INTEGER))";
const EARLIER: &str = "(c.k / 900 * 17280000000 + c.k % 900 * 40000)";

impl Columns {
    fn here() -> Self {
        Self(vec![("site", "$1"), ("number", NUMBER), ("verdict_due", "NULL"), ("merged_into", "NULL")])
    }
    fn elsewhere() -> Self {
        let mut columns = Self::here().0;
        columns.extend(
            ["place", "building", "stair", "reporter", "assignee", "outage", "made_by"].map(|name| (name, "NULL")),
        );
        Self(columns)
    }
}

/// Rewrites an id: the time of the copy first, so that ids append, then part of the old one and the copy's number.
fn id(column: &str, time: &str) -> String {
    format!(
        "unhex(printf('%012x', {time} - {EARLIER}) || substr(hex({column}), 13, 12) || printf('%08x', c.k * 1024 + $2))"
    )
}

async fn copy(db: &Db, site: Uuid, index: u64, copies: u64, columns: &Columns) -> Outcome<()> {
    let names = names(db, "orders").await?;
    let order_id = id("o.id", "o.reported");
    let value = |name: &String| match columns.0.iter().find(|(known, _)| known == name) {
        Some((_, text)) => (*text).to_string(),
        None if name == "id" => order_id.clone(),
        None if name == "reported" => format!("o.reported - {EARLIER}"),
        None if name == "next_due" => "CASE WHEN o.open = 1 THEN o.next_due - c.k * 40000 ELSE o.next_due END".into(),
        None => format!("o.{name}"),
    };
    let values: Vec<String> = names.iter().map(value).collect();
    let text = format!(
        "WITH RECURSIVE c(k) AS (SELECT $3 UNION ALL SELECT k + 1 FROM c WHERE k + 1 < $4) \
         INSERT INTO orders ({}) SELECT {} FROM c CROSS JOIN bench_orders o WHERE o.open = 0 OR c.k % {OPEN} = 1",
        names.join(", "),
        values.join(", ")
    );
    copies_of(db, &text, site, index, copies).await
}

async fn promises(db: &Db, copies: u64) -> Outcome<()> {
    let site = product::site(db).await?;
    let names = names(db, "promises").await?;
    let (promise_id, order_id) = (id("p.id", "p.opens"), id("o.id", "o.reported"));
    let value = |name: &String| match name.as_str() {
        "id" => promise_id.clone(),
        "order_id" => order_id.clone(),
        "site" => "$1".into(),
        "leg" | "next_step" => "NULL".into(),
        name => format!("p.{name}"),
    };
    let values: Vec<String> = names.iter().map(value).collect();
    let text = format!(
        "WITH RECURSIVE c(k) AS (SELECT $3 UNION ALL SELECT k + 1 FROM c WHERE k + 1 < $4) \
         INSERT INTO promises ({}) SELECT {} FROM c CROSS JOIN bench_orders o JOIN bench_promises p ON p.order_id = o.id \
         WHERE (o.open = 0 AND c.k < {PROMISED}) OR (o.open = 1 AND c.k % {OPEN} = 1)",
        names.join(", "),
        values.join(", ")
    );
    copies_of(db, &text, site, 0, copies).await
}

async fn copies_of(db: &Db, text: &str, site: Uuid, index: u64, copies: u64) -> Outcome<()> {
    let mut first = 1;
    while first < copies {
        let end = (first + STEP).min(copies);
        let part = text
            .replace("$1", &format!("x'{}'", site.simple()))
            .replace("$2", &index.to_string())
            .replace("$3", &first.to_string())
            .replace("$4", &end.to_string());
        run(db, part).await?;
        first = end;
    }
    Ok(())
}

async fn names(db: &Db, table: &str) -> Outcome<Vec<String>> {
    Ok(db.all("SELECT name AS value FROM pragma_table_info($1)", (table.to_value(),)).await?)
}
