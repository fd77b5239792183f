//! What a resident's lists show of orders: those this person reported, alone or with others.

use db::{DbError, FromRow, Row, Sql};
use kernel::{
    Error, PartyId, Read,
    orders::{Kind, Number, Order, State},
};
use values::{Id, Moment};

/// An order as its reporter sees it in a list.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub id: Id<Order>,
    pub number: Number,
    pub kind: Kind,
    pub title: String,
    pub category_zh: Option<String>,
    pub category_en: Option<String>,
    pub state: State,
    pub place: Option<String>,
    pub reported: Moment,
    pub stars: Option<i64>,
}

impl FromRow for Line {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        Ok(Self {
            id: row.get("id")?,
            number: row.get("number")?,
            kind: row.get("kind")?,
            title: row.get("title")?,
            category_zh: row.get("zh")?,
            category_en: row.get("en")?,
            state: row.get("state")?,
            place: row.get("place_name")?,
            reported: row.get("reported")?,
            stars: row.get("stars")?,
        })
    }
}

/// A page of the list; older ones come by the desk or by their number.
const MOST: i64 = 100;

/// What this person reported: open ones first, the newest first.
pub(super) async fn reported_by(read: &mut Read, party: PartyId, open_only: bool) -> Result<Vec<Line>, Error> {
    let sql = Sql::new(
        "SELECT o.id, o.number, o.kind, o.title, c.zh, c.en, o.state, p.name AS place_name, o.reported, o.stars FROM orders o \
         LEFT JOIN categories c ON c.site = o.site AND c.code = o.category LEFT JOIN places p ON p.id = o.place \
         WHERE {scope:o} AND EXISTS (SELECT 1 FROM reporters r WHERE r.order_id = o.id AND r.party = ",
    );
    let sql = sql.bind(party).push(")").when(" AND o.open = ", open_only.then_some(1i64));
    read.all_of(sql.push(" ORDER BY o.open DESC, o.reported DESC, o.id DESC LIMIT ").bind(MOST)).await
}
