use std::collections::HashMap;

use db::{DbError, FromRow, Row, Sql};
use kernel::{
    Error, PartyId, Read,
    inbox::Message,
    orders::{Number, Order},
};
use values::Id;

/// The order of a message, as far as its line shows it.
#[derive(Clone, Debug)]
pub struct About {
    pub order: Id<Order>,
    /// Code of the site.
    pub site: String,
    pub number: Number,
    pub title: String,
    pub place: Option<String>,
    pub assignee: Option<PartyId>,
}

impl FromRow for About {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        Ok(Self {
            order: row.get("id")?,
            site: row.get("site_code")?,
            number: row.get("number")?,
            title: row.get("title")?,
            place: row.get("place_code")?,
            assignee: row.get("assignee")?,
        })
    }
}

pub fn order_of(message: &Message) -> Option<Id<Order>> {
    message.data.get("order")?.as_str()?.parse().ok()
}

/// What the messages are about; orders out of scope are not among it.
pub async fn about(read: &mut Read, messages: &[Message]) -> Result<HashMap<Id<Order>, About>, Error> {
    let ids: Vec<Id<Order>> = messages.iter().filter_map(order_of).collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let sql = Sql::new(
        "SELECT o.id, s.code AS site_code, o.number, o.title, p.code AS place_code, o.assignee FROM orders o JOIN sites s ON s.id = o.site \
         LEFT JOIN places p ON p.id = o.place WHERE {scope:o} AND o.id IN ",
    );
    let found: Vec<About> = read.all_of(sql.list(&ids).push(" ORDER BY o.id")).await?;
    Ok(found.into_iter().map(|about| (about.order, about)).collect())
}
