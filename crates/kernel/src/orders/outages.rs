//! Orders that hang on an outage notice: its end is told to everybody who reported it, and to people who are still waiting.

use serde_json::{Value as Json, json};
use uuid::Uuid;
use values::Id;

use super::{Order, store::values, thread::Entry};
use crate::{Error, SiteId, Tx, notices::NoticeId};

/// Writes "it works again" into the thread of every open order of the outage. Returns how many there were; running it
/// again for the same outage tells nobody twice.
pub async fn tell_outage_ended(tx: &mut Tx, site: SiteId, notice: NoticeId) -> Result<usize, Error> {
    let open = "SELECT o.id AS value FROM orders o WHERE o.outage = $1 AND o.site = $2 AND {scope:o} AND o.open = 1 \
                AND NOT EXISTS (SELECT 1 FROM thread t WHERE t.order_id = o.id AND t.act = 'outage_ended') ORDER BY o.id";
    let orders: Vec<Id<Order>> = tx.all(open, (notice.of::<()>(), site)).await?;
    if orders.is_empty() {
        return Ok(0);
    }
    let (now, name) = (tx.now(), tx.caller().name.clone());
    let data = json!({ "notice": notice }).to_string();
    let rows = orders.iter().map(|order| {
        let id: Id<Entry> = tx.id();
        values![id, site, *order, now, name.clone(), "program", "outage_ended", true, data.clone()]
    });
    let rows = rows.collect();
    let head = "INSERT INTO thread (id, site, order_id, at, actor_name, actor_role, act, visible, data)";
    tx.insert_all(head, rows).await?;
    tx.note(site, "outage.told", format!("notice/{notice}"), Json::Null, json!({ "orders": orders.len() }));
    for order in &orders {
        tx.changed(site, "orders", order.uuid());
    }
    Ok(orders.len())
}

/// How many orders hang on an outage.
pub async fn count_of_outage(read: &mut crate::Read, notice: Uuid) -> Result<i64, Error> {
    read.one("SELECT count(*) AS value FROM orders WHERE outage = $1 AND {scope}", (notice,)).await
}
