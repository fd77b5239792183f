//! CAL-04: when the calendar of working days is loaded or changed, what is still open is counted again.

use std::collections::{HashMap, hash_map::Entry};

use serde_json::json;

use super::{
    Draft,
    store::{self, Row},
    verbs::{belongs, wanted},
};
use crate::{
    Error, SiteId, Tx,
    orders::{self, Record, Say, matter},
    policies::{self, Terms},
};

/// Moves the limits that hang on working days, at every site of the caller; what was promised first stays on the row, and
/// what is fulfilled or settled is not touched. Gives the number of orders that changed.
pub async fn recount(tx: &mut Tx) -> Result<usize, Error> {
    let (mut moved, mut terms): (usize, HashMap<SiteId, Terms>) = (0, HashMap::new());
    for id in store::not_by_the_clock(tx).await? {
        let order = orders::lock(tx, id).await?;
        if let Entry::Vacant(unread) = terms.entry(order.site) {
            unread.insert(policies::terms(tx, order.site).await?);
        }
        moved += usize::from(recount_order(tx, &terms[&order.site], order).await?);
    }
    Ok(moved)
}

async fn recount_order(tx: &mut Tx, terms: &Terms, mut order: Record) -> Result<bool, Error> {
    let mut changed = false;
    for (row, draft) in differing(tx, terms, &order).await? {
        let mut row = row;
        let line = json!({ "promise": row.promise.name, "from": row.promise.due, "to": draft.due });
        let due_moved = row.promise.due != draft.due;
        (row.promise.due, row.promise.span, row.provisional) = (draft.due, draft.span, draft.provisional);
        store::move_due(tx, &row).await?;
        changed |= due_moved;
        if due_moved {
            orders::say(tx, order.site, order.id, Say::internal("recount").data(line)).await?;
        }
    }
    if changed {
        orders::follow(tx, &mut order, false).await?;
        tx.changed(order.site, "orders", order.id.uuid());
    }
    Ok(changed)
}

/// The open rows that the calendar counts otherwise now, each with what it says now.
async fn differing(tx: &mut Tx, terms: &Terms, order: &Record) -> Result<Vec<(Row, Draft)>, Error> {
    let matter = matter(order);
    let rows = store::of_order(tx, order.id).await?;
    let mut found = Vec::new();
    for level in matter.levels() {
        let drafts = wanted(terms, &matter, &level);
        for row in rows.iter().filter(|row| belongs(row, &level) && is_open(row)) {
            let counted =
                drafts.iter().find(|draft| draft.name == row.promise.name && draft.opens == row.promise.opens);
            let line = terms.policy(matter.reported).line(matter.case.kind, matter.case.urgency, row.promise.name);
            let hangs = line.is_some_and(|line| terms.hangs_on_calendar(line.limit, matter.reported));
            if let Some(draft) =
                counted.filter(|draft| hangs && (draft.due, draft.provisional) != (row.promise.due, row.provisional))
            {
                found.push((row.clone(), draft.clone()));
            }
        }
    }
    Ok(found)
}

fn is_open(row: &Row) -> bool {
    row.promise.settled.is_none() && row.promise.fulfilled_at.is_none()
}
