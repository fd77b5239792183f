//! How promises are kept. `outcome` and `settled_at` are written by `verbs::settle_row` alone.

use db::{DbError, FromRow, Row as DbRow, ToValue};
use serde::de::DeserializeOwned;
use values::{Id, Moment};

use super::{Draft, Ending, Excuse, Outcome, Promise, Settlement, Standing};
use crate::{
    Error, PartyId, Read, SiteId, Tx,
    orders::{Leg, Order, unreadable},
};

/// A promise with what is kept beside it.
#[derive(Debug, Clone)]
pub struct Row {
    pub promise: Promise,
    pub site: SiteId,
    pub order: Id<Order>,
    /// Who held it last, or held it at its limit: lateness is theirs.
    pub department: String,
    pub person: Option<PartyId>,
    /// How its subject ended, when that settled it.
    pub ended: Option<Ending>,
    /// Steps of escalation that were taken.
    pub step: usize,
    pub next_step: Option<Moment>,
    /// CAL-04
    pub provisional: bool,
}

fn json<T: DeserializeOwned>(row: &DbRow, column: &'static str) -> Result<T, DbError> {
    let text: String = row.get(column)?;
    serde_json::from_str(&text).map_err(|cause| unreadable("promises", column, &cause.to_string()))
}

impl FromRow for Row {
    fn from_row(row: &DbRow) -> Result<Self, DbError> {
        let (fulfilled_at, excuse): (Option<Moment>, Option<Excuse>) = (row.get("fulfilled_at")?, row.get("excuse")?);
        let promise = Promise {
            id: row.get("id")?,
            name: row.get("name")?,
            rule: row.get("rule")?,
            leg: row.get("leg")?,
            round: row.get("round")?,
            opens: row.get("opens")?,
            promised_due: row.get("promised_due")?,
            due: row.get("due")?,
            span: row.get("span")?,
            gone_at: row.get("gone_at")?,
            pausable: json(row, "pausable")?,
            pauses: json(row, "pauses")?,
            fulfilled_at,
            excuse,
            settled: settlement(row, fulfilled_at, excuse)?,
        };
        Ok(Self {
            promise,
            site: row.get("site")?,
            order: row.get("order_id")?,
            department: row.get("department")?,
            person: row.get("person")?,
            ended: row.get("ended")?,
            step: usize::try_from(row.get::<u32>("step")?).unwrap_or(usize::MAX),
            next_step: row.get("next_step")?,
            provisional: row.get("provisional")?,
        })
    }
}

fn settlement(
    row: &DbRow,
    fulfilled_at: Option<Moment>,
    excuse: Option<Excuse>,
) -> Result<Option<Settlement>, DbError> {
    let standing: Standing = row.get("outcome")?;
    let Some(at) = row.get::<Option<Moment>>("settled_at")? else { return Ok(None) };
    let outcome = Outcome::restore(standing, fulfilled_at, excuse);
    let outcome = outcome.ok_or_else(|| unreadable("promises", "outcome", standing.as_str()))?;
    Ok(Some(Settlement { outcome, at }))
}

macro_rules! columns {
    () => {
        "id, site, order_id, name, rule, leg, round, department, person, opens, promised_due, due, span, gone_at, pausable, pauses, \
         fulfilled_at, excuse, ended, outcome, settled_at, next_step, step, provisional"
    };
}

/// The promises of an order, all rounds, in the order they opened.
pub async fn of_order(read: &mut Read, order: Id<Order>) -> Result<Vec<Row>, Error> {
    let sql =
        concat!("SELECT ", columns!(), " FROM promises WHERE order_id = $1 AND {scope} ORDER BY round, opens, id");
    let mut rows: Vec<Row> = read.all(sql, (order,)).await?;
    rows.sort_by_key(|row| (row.promise.round, row.promise.opens, row.promise.name));
    Ok(rows)
}

/// Open promises of several orders, for lists.
pub async fn open_of(read: &mut Read, orders: &[Id<Order>]) -> Result<Vec<Row>, Error> {
    let sql = db::Sql::new(concat!(
        "SELECT ",
        columns!(),
        " FROM promises WHERE settled_at IS NULL AND {scope} AND order_id IN "
    ));
    read.all_of(sql.list(orders).push(" ORDER BY due, id")).await
}

/// The promise whose next step of escalation has come, the longest overdue first.
pub(super) async fn next_due_step(read: &mut Read) -> Result<Option<Row>, Error> {
    let now = read.now();
    let sql = concat!(
        "SELECT ",
        columns!(),
        " FROM promises WHERE next_step <= $1 AND {scope} ORDER BY next_step, id LIMIT 1"
    );
    read.opt(sql, (now,)).await
}

/// A page of all promises by id, for `check`.
pub(super) async fn page(read: &mut Read, after: Option<Id<Promise>>, size: i64) -> Result<Vec<Row>, Error> {
    let sql = db::Sql::new(concat!("SELECT ", columns!(), " FROM promises WHERE {scope}")).when(" AND id > ", after);
    read.all_of(sql.push(" ORDER BY id LIMIT ").bind(size)).await
}

/// A new row; pending until it is settled.
pub(super) async fn insert(tx: &mut Tx, row: &Row) -> Result<(), Error> {
    let promise = &row.promise;
    let sql = "INSERT INTO promises (id, site, order_id, name, rule, leg, round, department, person, opens, promised_due, due, span, \
               gone_at, pausable, pauses, fulfilled_at, outcome, step, provisional, version) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, 'pending', 0, $18, 1)";
    let values = vec![
        promise.id.to_value(),
        row.site.to_value(),
        row.order.to_value(),
        promise.name.to_value(),
        promise.rule.to_value(),
        promise.leg.to_value(),
        promise.round.to_value(),
        row.department.to_value(),
        row.person.to_value(),
        promise.opens.to_value(),
        promise.promised_due.to_value(),
        promise.due.to_value(),
        promise.span.to_value(),
        promise.gone_at.to_value(),
        serde_json::to_string(&promise.pausable)?.to_value(),
        serde_json::to_string(&promise.pauses)?.to_value(),
        promise.fulfilled_at.to_value(),
        row.provisional.to_value(),
    ];
    tx.run(sql, values).await?;
    Ok(())
}

/// What may change while a promise is open.
pub(super) async fn save(tx: &mut Tx, row: &Row) -> Result<(), Error> {
    let promise = &row.promise;
    let step = i64::try_from(row.step).unwrap_or(i64::MAX);
    let sql = "UPDATE promises SET pauses = $2, fulfilled_at = $3, excuse = $4, department = $5, person = $6, step = $7, \
               next_step = $8, version = version + 1 WHERE id = $1 AND settled_at IS NULL AND {scope}";
    let pauses = serde_json::to_string(&promise.pauses)?;
    let values = (
        promise.id,
        pauses,
        promise.fulfilled_at,
        promise.excuse,
        row.department.clone(),
        row.person,
        step,
        row.next_step,
    );
    tx.run(sql, values).await?;
    Ok(())
}

/// CAL-04: an open promise counted again by another calendar; what was promised first stays.
pub(super) async fn move_due(tx: &mut Tx, row: &Row) -> Result<(), Error> {
    let sql = "UPDATE promises SET due = $2, span = $3, provisional = $4, version = version + 1 \
               WHERE id = $1 AND settled_at IS NULL AND {scope}";
    let promise = &row.promise;
    tx.run(sql, (promise.id, promise.due, promise.span, row.provisional)).await?;
    Ok(())
}

/// Orders with promises that are open, unfulfilled, and not in clock time.
pub(super) async fn not_by_the_clock(read: &mut Read) -> Result<Vec<Id<Order>>, Error> {
    let sql = "SELECT DISTINCT order_id AS value FROM promises WHERE settled_at IS NULL AND fulfilled_at IS NULL \
               AND pausable = '[]' AND {scope} ORDER BY order_id";
    read.all(sql, ()).await
}

/// Why a promise counts nowhere; written just before it is settled.
pub(super) async fn write_excuse(tx: &mut Tx, row: &Row) -> Result<(), Error> {
    let sql = "UPDATE promises SET excuse = $2 WHERE id = $1 AND settled_at IS NULL AND {scope}";
    tx.run(sql, (row.promise.id, row.promise.excuse)).await?;
    Ok(())
}

/// The only statement that writes an outcome.
pub(super) async fn write_outcome(
    tx: &mut Tx,
    id: Id<Promise>,
    outcome: Outcome,
    at: Moment,
    ended: Option<Ending>,
) -> Result<(), Error> {
    let sql = "UPDATE promises SET outcome = $2, settled_at = $3, ended = $4, next_step = NULL, version = version + 1 \
               WHERE id = $1 AND settled_at IS NULL AND {scope}";
    tx.run(sql, (id, outcome.standing(), at, ended)).await?;
    Ok(())
}

impl Row {
    pub(super) fn new(tx: &Tx, (site, order): (SiteId, Id<Order>), leg: Option<Id<Leg>>, draft: Draft) -> Self {
        let provisional = draft.provisional;
        Self {
            promise: draft.into_promise(tx.id(), leg),
            site,
            order,
            department: String::new(),
            person: None,
            ended: None,
            step: 0,
            next_step: None,
            provisional,
        }
    }
}
