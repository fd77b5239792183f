//! An order and its legs as rows.

use db::{Column, DbError, FromRow, Row, ToValue, Value};
use uuid::Uuid;
use values::{Id, Moment, Phone};

use super::{Channel, Kind, Leg, LegColumns, LegState, Number, Order, Own, Progress, Stage, State, Urgency, WorkerId};
use crate::{PartyId, PlaceId, SiteId, promises::Reason};

/// Stands in `next_due` where no clock runs, so that lists sort such orders last and page through one index.
pub const NEVER: i64 = 9_000_000_000_000_000;

/// An order as it is kept. Its state is what `progress` says.
#[derive(Debug, Clone)]
pub struct Record {
    pub id: Id<Order>,
    pub site: SiteId,
    pub number: Number,
    pub kind: Kind,
    pub category: String,
    pub urgency: Urgency,
    pub channel: Channel,
    pub own: Own,
    pub place: Option<PlaceId>,
    pub building: Option<PlaceId>,
    pub stair: Option<PlaceId>,
    pub riser: Option<String>,
    pub title: String,
    pub body: String,
    pub reporter: Option<PartyId>,
    pub reporter_name: Option<String>,
    pub reporter_phone: Option<Phone>,
    /// What a technician must know at the door, level 2.
    pub entry_note: Option<String>,
    /// `ENG`
    pub department: String,
    pub merged_into: Option<Id<Order>>,
    /// CSV-22: has a plan and more time.
    pub complex: bool,
    /// 1, and one more with every reopening.
    pub round: u32,
    /// The report, later the reopening.
    pub began: Moment,
    pub reported: Moment,
    pub accepted: Option<Moment>,
    pub replied: Option<Moment>,
    pub answered: Option<Moment>,
    /// The last completion.
    pub completed: Option<Moment>,
    pub verdict: Option<Moment>,
    pub followed_up: Option<Moment>,
    pub closed: Option<Moment>,
    pub close_reason: Option<String>,
    pub stars: Option<i64>,
    pub satisfied: Option<bool>,
    /// `customer` or `time`
    pub verdict_by: Option<String>,
    pub verdict_words: Option<String>,
    /// How often the customer chased it.
    pub chased: i64,
    pub outage: Option<Uuid>,
    pub made_by: Option<PartyId>,
    /// The limit of the most urgent running promise.
    pub next_due: Option<Moment>,
    pub touched: Moment,
    pub version: i64,
    /// In their order; filled by `store`.
    pub legs: Vec<LegRecord>,
}

/// One leg: a department or outside party, a person, where the work stands.
#[derive(Debug, Clone)]
pub struct LegRecord {
    pub id: Id<Leg>,
    pub order: Id<Order>,
    pub round: u32,
    pub department: String,
    pub outside: Option<String>,
    pub stage: Stage,
    pub assigned: Option<Moment>,
    pub taken: Option<Moment>,
    pub arrived: Option<Moment>,
    pub completed: Option<Moment>,
    pub result: Option<String>,
    pub sort: i64,
}

impl LegRecord {
    /// Who has it, or had it last.
    pub fn worker(&self) -> Option<PartyId> {
        self.stage.worker().map(WorkerId::of)
    }
}

impl Record {
    pub fn progress(&self) -> Progress {
        Progress { own: self.own, legs: self.legs.iter().map(|leg| leg.stage.clone()).collect() }
    }
    pub fn state(&self) -> State {
        self.progress().state()
    }
    /// The leg that an act means when it names none.
    pub fn leg(&self) -> Option<&LegRecord> {
        self.legs.get(self.progress().current_leg())
    }
    /// Who has the work now.
    pub fn assignee(&self) -> Option<PartyId> {
        match self.leg() {
            Some(leg) if !matches!(leg.stage, Stage::Returned { .. }) => leg.worker(),
            _ => None,
        }
    }
}

impl ToValue for Number {
    fn to_value(&self) -> Value {
        self.to_string().to_value()
    }
    fn null() -> Value {
        Value::Text(None)
    }
}
impl Column for Number {
    fn read_option(row: &Row, name: &str) -> Result<Option<Self>, DbError> {
        let text: Option<String> = row.get(name)?;
        text.map(|text| text.parse().map_err(|_| unreadable("orders", name, &text))).transpose()
    }
}

pub(crate) fn unreadable(table: &'static str, column: &str, why: &str) -> DbError {
    DbError::Unreadable { table, column: column.to_string(), why: why.to_string() }
}

impl FromRow for Record {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        let own: String = row.get("own")?;
        let next_due: i64 = row.get("next_due")?;
        Ok(Self {
            id: row.get("id")?,
            site: row.get("site")?,
            number: row.get("number")?,
            kind: row.get("kind")?,
            category: row.get("category")?,
            urgency: row.get("urgency")?,
            channel: row.get("channel")?,
            own: serde_json::from_str(&own).map_err(|_| unreadable("orders", "own", &own))?,
            place: row.get("place")?,
            building: row.get("building")?,
            stair: row.get("stair")?,
            riser: row.get("riser")?,
            title: row.get("title")?,
            body: row.get("body")?,
            reporter: row.get("reporter")?,
            reporter_name: row.get("reporter_name")?,
            reporter_phone: row.get("reporter_phone")?,
            entry_note: row.get("entry_note")?,
            department: row.get("department")?,
            merged_into: row.get("merged_into")?,
            complex: row.get("complex")?,
            round: row.get("round")?,
            began: row.get("began")?,
            reported: row.get("reported")?,
            accepted: row.get("accepted")?,
            replied: row.get("replied")?,
            answered: row.get("answered")?,
            completed: row.get("completed")?,
            verdict: row.get("verdict")?,
            followed_up: row.get("followed_up")?,
            closed: row.get("closed")?,
            close_reason: row.get("close_reason")?,
            stars: row.get("stars")?,
            satisfied: row.get("satisfied")?,
            verdict_by: row.get("verdict_by")?,
            verdict_words: row.get("verdict_words")?,
            chased: row.get("chased")?,
            outage: row.get("outage")?,
            made_by: row.get("made_by")?,
            next_due: (next_due < NEVER).then(|| Moment::from_millis(next_due)),
            touched: row.get("touched")?,
            version: row.get("version")?,
            legs: Vec::new(),
        })
    }
}

impl FromRow for LegRecord {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        let state: LegState = row.get("state")?;
        let worker: Option<PartyId> = row.get("assignee")?;
        let reason: Option<Reason> = row.get("reason")?;
        let columns = LegColumns {
            state,
            worker: worker.map(PartyId::of),
            at: row.get("at")?,
            reason,
            begun: row.get("begun")?,
            why: row.get("why")?,
        };
        Ok(Self {
            id: row.get("id")?,
            order: row.get("order_id")?,
            round: row.get("round")?,
            department: row.get("department")?,
            outside: row.get("outside")?,
            stage: columns.stage().ok_or_else(|| unreadable("legs", "state", state.as_str()))?,
            assigned: row.get("assigned")?,
            taken: row.get("taken")?,
            arrived: row.get("arrived")?,
            completed: row.get("completed")?,
            result: row.get("result")?,
            sort: row.get("sort")?,
        })
    }
}
