//! The clock's own work on promises: whom to call while one runs out, and the verdict that time gives.

use serde_json::json;

use super::{
    Level, Step, clock, steps,
    store::{self, Row},
    verbs::{next_step, settle_row},
};
use crate::{
    Error, House, SiteId, Tx, access,
    orders::{self, Fact, Note, Record, Say, matter},
};

/// Does the next thing that is due, in one transaction. True when there was one: call it again.
pub async fn tick(house: &House) -> Result<bool, Error> {
    Ok(escalate(house).await? || time_gives_verdict(house).await?)
}

async fn escalate(house: &House) -> Result<bool, Error> {
    let mut tx = house.begin(&access::system_company("promises")).await?;
    let Some(found) = store::next_due_step(&mut tx).await? else { return Ok(false) };
    let order = orders::lock(&mut tx, found.order).await?;
    let rows = store::of_order(&mut tx, order.id).await?;
    // Somebody may have acted while we waited for the lock.
    let still_due = |row: &Row| row.promise.id == found.promise.id && row.next_step.is_some_and(|at| at <= tx.now());
    if let Some(row) = rows.into_iter().find(still_due) {
        call(&mut tx, &order, row).await?;
        tx.commit().await?;
    }
    Ok(true)
}

/// Takes every step that has come, and sets the next.
async fn call(tx: &mut Tx, order: &Record, mut row: Row) -> Result<(), Error> {
    let now = tx.now();
    let due: Vec<Step> =
        steps(&row.promise, now).into_iter().skip(row.step).take_while(|step| step.at <= now).collect();
    for step in &due {
        announce(tx, order, &row, step).await?;
    }
    row.step += due.len();
    row.next_step = next_step(&row, now);
    store::save(tx, &row).await?;
    settle_row(tx, &mut row, matter(order).subject).await?;
    tx.note(
        order.site,
        "promise.escalated",
        format!("order/{}", order.id),
        json!(null),
        json!({ "promise": row.promise.name, "step": row.step }),
    );
    tx.changed(order.site, "orders", order.id.uuid());
    Ok(())
}

/// CSV-24: a line of the thread, a message to whoever this level calls, a fact.
async fn announce(tx: &mut Tx, order: &Record, row: &Row, step: &Step) -> Result<(), Error> {
    let view = clock(&row.promise, tx.now());
    let data = json!({ "promise": row.promise.name, "level": step.level, "at": step.at, "due": view.due });
    orders::say(tx, order.site, order.id, Say::internal("escalation").data(data)).await?;
    let people = orders::called(tx, order, step.level).await?;
    let subject = if step.level == Level::Reminder { "promise_soon" } else { "promise_late" };
    let weight = if step.level == Level::Reminder { "see" } else { "must" };
    orders::tell(tx, &Note { subject, order, detail: Some(row.promise.name.to_string()), weight }, &people).await?;
    tx.tell(Fact::Escalated { site: order.site, order: order.id, level: step.level }).await
}

/// Contract §2: 72 hours after completion the order verifies itself.
async fn time_gives_verdict(house: &House) -> Result<bool, Error> {
    let mut read = house.read(&access::system_company("promises")).await?;
    let due: Option<(SiteId, _)> = orders::verdict_overdue(&mut read).await?;
    drop(read);
    let Some((site, order)) = due else { return Ok(false) };
    let mut tx = house.begin(&access::system(site, "promises")).await?;
    orders::verdict_by_time(&mut tx, order).await?;
    tx.commit().await?;
    Ok(true)
}
