//! Messages inside Anju to the people an act concerns: the body is data, its words are found when it is read.

use db::Sql;
use serde_json::json;
use uuid::Uuid;
use values::Id;

use super::{Order, record::Record};
use crate::{Error, PartyId, Read, Role, SiteId, Tx, promises::Level, sites};

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
    let now = tx.now();
    let Record { site, id: order, number, category, .. } = note.order;
    let body = json!({ "order": order, "number": number, "category": category, "detail": note.detail }).to_string();
    for party in parties {
        let id: Id<Uuid> = tx.id();
        let values = (id, *site, *party, note.subject, body.as_bytes(), order.to_string(), note.weight, now);
        let sql = "INSERT INTO messages (id, site, party, channel, subject, body, link, weight, made, sent, attempts, state, due) \
                   VALUES ($1, $2, $3, 'app', $4, $5, $6, $7, $8, $8, 0, 'sent', $8)";
        tx.run(sql, values).await?;
    }
    Ok(())
}

/// Everybody who reported it, once each.
pub(super) async fn reporters(read: &mut Read, order: Id<Order>) -> Result<Vec<PartyId>, Error> {
    read.all("SELECT DISTINCT party AS value FROM reporters WHERE order_id = $1 AND party IS NOT NULL AND {scope} ORDER BY party", (order,)).await
}

/// CSV-24: whom a level of escalation calls.
pub(crate) async fn called(read: &mut Read, order: &Record, level: Level) -> Result<Vec<PartyId>, Error> {
    match (level, order.assignee()) {
        (Level::Reminder | Level::Due, Some(person)) => Ok(vec![person]),
        (Level::Reminder | Level::Due, None) => holders(read, order.site, Role::Desk, None).await,
        (Level::Supervisor, _) => holders(read, order.site, Role::Supervisor, Some(&order.department)).await,
        (Level::SiteManager, _) => holders(read, order.site, Role::SiteManager, None).await,
        (Level::Company, _) => holders(read, order.site, Role::CompanyLeader, None).await,
    }
}

/// Who holds a role at the site today; with a department, its own holders before those of the whole site.
async fn holders(read: &mut Read, site: SiteId, role: Role, department: Option<&str>) -> Result<Vec<PartyId>, Error> {
    let today = sites::by_id(read, site).await?.today(read.now());
    let sql = Sql::new("SELECT DISTINCT party AS value FROM grants WHERE role = ").bind(role.as_str());
    let sql = sql.push(" AND (site IS NULL OR site = ").bind(site).push(") AND from_day <= ").bind(today);
    let sql = sql.push(" AND (to_day IS NULL OR to_day > ").bind(today).push(")");
    let sql = match department {
        Some(code) => sql.push(" AND (department IS NULL OR department = ").bind(code).push(")"),
        None => sql,
    };
    read.all_of(sql.push(" ORDER BY value")).await
}
