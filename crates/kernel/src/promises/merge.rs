//! What merging does to the promises of the order that goes on.

use values::{Id, Moment};

use super::{
    Draft, Excuse, Matter, effective_due,
    store::{self, Row},
    verbs::keep,
};
use crate::{Error, Tx, orders::Order};

/// The customer whose order was merged keeps what was promised first: where an open promise of `from` has the earlier
/// limit, it takes the place of the same one of the order that goes on, which is superseded.
pub async fn keep_earlier(tx: &mut Tx, from: Id<Order>, into: &Matter) -> Result<(), Error> {
    let now = tx.now();
    let owed: Vec<Row> = store::of_order(tx, from).await?.into_iter().filter(is_open).collect();
    let mut rows: Vec<Row> = store::of_order(tx, into.order).await?.into_iter().filter(is_open).collect();
    for row in &mut rows {
        let earlier = |other: &&Row| {
            other.promise.name == row.promise.name
                && effective_due(&other.promise, now) < effective_due(&row.promise, now)
        };
        let Some(other) = owed.iter().find(earlier) else { continue };
        let mut next = Row::new(tx, (row.site, row.order), row.promise.leg, taken_over(row, other, now));
        next.department.clone_from(&row.department);
        next.person = row.person;
        row.promise.excuse = Some(Excuse::Superseded);
        keep(tx, row, into.subject).await?;
        store::insert(tx, &next).await?;
    }
    Ok(())
}

fn is_open(row: &Row) -> bool {
    row.promise.settled.is_none() && row.promise.excuse.is_none() && row.promise.fulfilled_at.is_none()
}

/// The limit of the other order as its pauses have moved it, in the round of this one.
fn taken_over(row: &Row, other: &Row, now: Moment) -> Draft {
    let promise = &other.promise;
    Draft {
        name: promise.name,
        rule: promise.rule.clone(),
        round: row.promise.round,
        opens: promise.opens,
        due: effective_due(promise, now),
        span: promise.span,
        pausable: promise.pausable.clone(),
        pauses: Vec::new(),
        fulfilled_at: None,
        provisional: other.provisional,
    }
}
