//! The orders of the person who asks.

use kernel::{
    Error, PartyId, Read,
    orders::{Number, Order},
};
use values::Id;

/// The id behind a number, if this person reported it, alone or with others. Another one's order is missing.
pub(super) async fn own(read: &mut Read, party: PartyId, number: Number) -> Result<Id<Order>, Error> {
    let sql = "SELECT o.id AS value FROM orders o WHERE o.number = $1 AND {scope:o} AND EXISTS (SELECT 1 FROM reporters r \
               WHERE r.order_id = o.id AND r.party = $2) ORDER BY o.reported DESC, o.id LIMIT 1";
    read.opt(sql, (number, party)).await?.ok_or(Error::Missing)
}
