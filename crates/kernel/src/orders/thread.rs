//! The thread of an order: one line for each act, seen by the customer or only inside the house.

use db::{DbError, FromRow, Row};
use serde_json::{Value as Json, json};
use values::{Id, Moment};

use super::{Order, record::unreadable, store::values};
use crate::{Caller, Error, PartyId, Read, SiteId, Tx, Who};

/// A line to be written.
#[derive(Debug, Clone)]
pub struct Say {
    /// The noun of the act: `acceptance`; `escalation` and `report` are no acts of people.
    pub act: &'static str,
    pub visible: bool,
    pub body: Option<String>,
    /// What the words of the line need: names, reasons, moments.
    pub data: Json,
    /// What the device said; shown beside the server's time, never trusted (R16).
    pub device_at: Option<Moment>,
}

impl Say {
    /// The customer sees it.
    pub fn visible(act: &'static str) -> Self {
        Self { act, visible: true, body: None, data: json!({}), device_at: None }
    }
    /// Inside the house only.
    pub fn internal(act: &'static str) -> Self {
        Self { visible: false, ..Self::visible(act) }
    }
    pub fn body(mut self, text: &str) -> Self {
        self.body = Some(text.trim().to_string()).filter(|text| !text.is_empty());
        self
    }
    pub fn data(mut self, data: Json) -> Self {
        self.data = data;
        self
    }
    pub fn device(mut self, at: Option<Moment>) -> Self {
        self.device_at = at;
        self
    }
}

/// A line as it was written.
#[derive(Debug, Clone)]
pub struct Entry {
    pub id: Id<Entry>,
    pub at: Moment,
    pub device_at: Option<Moment>,
    pub actor: Option<PartyId>,
    pub actor_name: String,
    /// `customer`, `program`, or the role of the member of staff.
    pub actor_role: String,
    pub act: String,
    pub visible: bool,
    pub body: Option<String>,
    pub data: Json,
}

impl FromRow for Entry {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        let data: String = row.get("data")?;
        Ok(Self {
            id: row.get("id")?,
            at: row.get("at")?,
            device_at: row.get("device_at")?,
            actor: row.get("actor")?,
            actor_name: row.get("actor_name")?,
            actor_role: row.get("actor_role")?,
            act: row.get("act")?,
            visible: row.get("visible")?,
            body: row.get("body")?,
            data: serde_json::from_str(&data).map_err(|cause| unreadable("thread", "data", &cause.to_string()))?,
        })
    }
}

/// Writes a line in the name of the caller. Lines of one moment keep the order they were written in.
pub(crate) async fn say(tx: &mut Tx, site: SiteId, order: Id<Order>, line: Say) -> Result<Id<Entry>, Error> {
    let (id, now): (Id<Entry>, _) = (tx.id(), tx.now());
    let caller = tx.caller();
    let (actor, name, role) = (caller.party(), caller.name.clone(), role_word(caller, site));
    let sql = "INSERT INTO thread (id, site, order_id, at, device_at, actor, actor_name, actor_role, act, visible, body, data, seq) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, \
               (SELECT coalesce(max(t.seq), 0) + 1 FROM thread t WHERE t.order_id = $3))";
    let data = line.data.to_string();
    tx.run(
        sql,
        values![id, site, order, now, line.device_at, actor, name, role, line.act, line.visible, line.body, data],
    )
    .await?;
    Ok(id)
}

fn role_word(caller: &Caller, site: SiteId) -> String {
    match caller.who {
        Who::Resident(_) | Who::Anonymous => "customer".into(),
        Who::Program(_) => "program".into(),
        Who::Staff(_) | Who::Token(_) => {
            let grant = caller.grants.iter().find(|grant| grant.site.is_none_or(|at| at == site));
            grant.map_or_else(|| "staff".into(), |grant| grant.role.as_str().into())
        }
    }
}

/// The lines of an order, oldest first.
pub(super) async fn of_order(read: &mut Read, order: Id<Order>, visible_only: bool) -> Result<Vec<Entry>, Error> {
    let sql = "SELECT id, at, device_at, actor, actor_name, actor_role, act, visible, body, data FROM thread \
               WHERE order_id = $1 AND {scope} AND (visible = 1 OR $2 = 0) ORDER BY at, seq, id";
    read.all(sql, (order, visible_only)).await
}
