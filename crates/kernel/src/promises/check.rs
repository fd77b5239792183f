//! What `anju check` asks of promises: every outcome that was written is the one that the rules give today.

use db::Sql;
use values::Id;

use super::{
    Ending, Promise, Subject, settle,
    store::{self, Row},
};
use crate::{Error, Read, orders::Order};

const PAGE: i64 = 2_000;

/// A row that the rules do not agree with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    pub order: Id<Order>,
    pub promise: Option<Id<Promise>>,
    pub kept: String,
    pub computed: String,
}

/// Recomputes every promise, and every order's most urgent clock. Empty when all is well.
pub async fn recompute(read: &mut Read) -> Result<Vec<Difference>, Error> {
    let (mut found, mut after) = (Vec::new(), None);
    loop {
        let rows = store::page(read, after, PAGE).await?;
        let Some(last) = rows.last() else { break };
        after = Some(last.promise.id);
        found.extend(rows.iter().filter_map(difference));
    }
    found.extend(orphans(read).await?);
    Ok(found)
}

fn difference(row: &Row) -> Option<Difference> {
    let settled = row.promise.settled?;
    let subject = row.ended.map_or(Subject::Open, |how| Subject::Ended { at: settled.at, how });
    let excuse = row.promise.excuse.filter(|_| !is_of_ending(row.ended));
    let bare = Promise { settled: None, excuse, ..row.promise.clone() };
    let computed = settle(&bare, settled.at, subject);
    let differs = computed != settled.outcome;
    differs.then(|| Difference {
        order: row.order,
        promise: Some(row.promise.id),
        kept: format!("{:?}", settled.outcome),
        computed: format!("{computed:?}"),
    })
}

/// The excuse followed from the ending, so it must follow again.
fn is_of_ending(ended: Option<Ending>) -> bool {
    matches!(ended, Some(Ending::Withdrawn | Ending::Merged | Ending::Answered))
}

/// Closed orders whose promises are still open.
async fn orphans(read: &mut Read) -> Result<Vec<Difference>, Error> {
    let sql = Sql::new(
        "SELECT p.order_id AS value FROM promises p JOIN orders o ON o.id = p.order_id WHERE p.settled_at IS NULL AND o.open = 0 AND {scope:p}",
    );
    let orders: Vec<Id<Order>> = read.all_of(sql.push(" ORDER BY p.order_id")).await?;
    let pending =
        |order| Difference { order, promise: None, kept: "pending".into(), computed: "settled with its order".into() };
    Ok(orders.into_iter().map(pending).collect())
}
