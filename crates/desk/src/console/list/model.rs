use db::{DbError, FromRow, Row};
use kernel::{
    PartyId,
    orders::{Channel, Kind, Number, Order, State, Urgency},
    promises::Promise,
};
use values::{Id, Moment};

/// One row of the list.
#[derive(Clone, Debug)]
pub struct Line {
    pub id: Id<Order>,
    pub number: Number,
    pub kind: Kind,
    pub category_zh: Option<String>,
    pub category_en: Option<String>,
    pub urgency: Urgency,
    pub channel: Channel,
    pub state: State,
    pub title: String,
    /// The door code; none for orders about no place.
    pub place: Option<String>,
    /// A common part has no reporter of its own home.
    pub place_name: Option<String>,
    pub common: bool,
    pub reporter: Option<String>,
    pub assignee: Option<String>,
    /// `ENG`
    pub department: String,
    /// Far in the future when no clock runs.
    pub next_due: Moment,
    pub reported: Moment,
    pub touched: Moment,
    /// The open promise that is due next, or the one that was fulfilled last.
    pub promise: Option<Promise>,
}

impl Line {
    /// What the door plate says: a common part is called by its name.
    pub fn plate(&self) -> Option<&str> {
        let name = self.place_name.as_deref().filter(|name| self.common && !name.is_empty());
        name.or(self.place.as_deref())
    }
}

impl FromRow for Line {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        let place_kind: Option<String> = row.get("place_kind")?;
        Ok(Self {
            id: row.get("id")?,
            number: row.get("number")?,
            kind: row.get("kind")?,
            category_zh: row.get("zh")?,
            category_en: row.get("en")?,
            urgency: row.get("urgency")?,
            channel: row.get("channel")?,
            state: row.get("state")?,
            title: row.get("title")?,
            place: row.get("place_code")?,
            place_name: row.get("place_name")?,
            common: place_kind.is_some_and(|kind| !matches!(kind.as_str(), "unit" | "shop" | "parking" | "storage")),
            reporter: row.get("reporter_name")?,
            assignee: row.get("assignee_name")?,
            department: row.get("department")?,
            next_due: row.get("next_due")?,
            reported: row.get("reported")?,
            touched: row.get("touched")?,
            promise: None,
        })
    }
}

/// How many orders a list holds: of the whole result, never of the page. Exact to 10,000.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    pub all: i64,
    pub late: i64,
    pub paused: i64,
}

impl FromRow for Totals {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        Ok(Self { all: row.get("all_rows")?, late: row.get("late")?, paused: row.get("paused")? })
    }
}

/// A view that somebody saved: a name for an address.
#[derive(Clone, Debug)]
pub struct SavedView {
    pub id: Id<SavedView>,
    pub name: String,
    pub query: String,
}

impl FromRow for SavedView {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        Ok(Self { id: row.get("id")?, name: row.get("name")?, query: row.get("query")? })
    }
}

/// A value that a condition may take: what stands in the address, and its name.
#[derive(Clone, Debug)]
pub struct Choice {
    pub value: String,
    pub name: String,
}

impl FromRow for Choice {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        Ok(Self { value: row.get("code")?, name: row.get("name")? })
    }
}

/// Somebody who may be named in a condition.
#[derive(Clone, Debug)]
pub struct Person {
    pub id: PartyId,
    pub name: String,
}

impl FromRow for Person {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        Ok(Self { id: row.get("id")?, name: row.get("name")? })
    }
}
