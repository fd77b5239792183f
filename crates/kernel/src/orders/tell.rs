//! Messages inside Anju to the people an act concerns: the body is data, its words are found when it is read.

use serde_json::json;
use values::Id;

use super::{Order, record::Record};
use crate::{
    Error, PartyId, Read, Role, Tx,
    inbox::{self, NewMessage, Weight},
    promises::Level,
    staff,
};

/// One message of the inbox.
pub struct Note<'a> {
    /// `order_closed`: names the words.
    pub subject: &'static str,
    pub order: &'a Record,
    /// Beyond number and category.
    pub detail: Option<String>,
    /// `must`: an alarm; `see`: worth knowing.
    pub weight: &'static str,
}

pub(crate) async fn tell(tx: &mut Tx, note: &Note<'_>, parties: &[PartyId]) -> Result<(), Error> {
    let Record { site, id: order, number, category, .. } = note.order;
    let data = json!({ "order": order, "number": number, "category": category, "detail": note.detail });
    let weight = if note.weight == "must" { Weight::Must } else { Weight::See };
    let new = NewMessage { site: *site, subject: note.subject, data: &data, about: order.to_string(), weight };
    inbox::put(tx, &new, parties).await
}

/// Everybody who reported it, once each.
pub(super) async fn reporters(read: &mut Read, order: Id<Order>) -> Result<Vec<PartyId>, Error> {
    read.all("SELECT DISTINCT party AS value FROM reporters WHERE order_id = $1 AND party IS NOT NULL AND left_at IS NULL AND {scope} ORDER BY party", (order,)).await
}

/// CSV-24: whom a level of escalation calls.
pub(crate) async fn called(read: &mut Read, order: &Record, level: Level) -> Result<Vec<PartyId>, Error> {
    match (level, order.assignee()) {
        (Level::Reminder | Level::Due, Some(person)) => Ok(vec![person]),
        (Level::Reminder | Level::Due, None) => staff::holders(read, order.site, Role::Desk, None).await,
        (Level::Supervisor, _) => staff::holders(read, order.site, Role::Supervisor, Some(&order.department)).await,
        (Level::SiteManager, _) => staff::holders(read, order.site, Role::SiteManager, None).await,
        (Level::Company, _) => staff::holders(read, order.site, Role::CompanyLeader, None).await,
    }
}
