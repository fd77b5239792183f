//! How an order is kept.

use db::{ToValue, Value};
use values::{Day, Id};

use super::{
    Kind, LegColumns, LegState, Number, Order, Refusal, State,
    record::{LegRecord, NEVER, Record},
};
use crate::{Error, PartyId, Read, SiteId, Tx, promises::Urgent};

/// A list of values of different types, in the order of their columns.
macro_rules! values {
    ($($value:expr),+ $(,)?) => { vec![$(db::ToValue::to_value(&$value)),+] };
}
pub(super) use values;

macro_rules! order_columns {
    () => {
        "id, site, number, kind, category, urgency, channel, own, place, building, stair, riser, title, body, reporter, \
         reporter_name, reporter_phone, entry_note, department, merged_into, complex, round, began, reported, accepted, replied, \
         answered, completed, verdict, followed_up, closed, close_reason, stars, satisfied, verdict_by, verdict_words, chased, \
         outage, made_by, next_due, touched, version"
    };
}

const LEGS: &str = "SELECT id, order_id, round, department, outside, assignee, state, at, reason, begun, why, assigned, taken, \
                    arrived, completed, result, sort FROM legs WHERE order_id = $1 AND {scope} ORDER BY sort, id";

/// The order, if it is of a site in scope; who may see it is told by `standing`.
pub(super) async fn find(read: &mut Read, id: Id<Order>) -> Result<Record, Error> {
    let order: Record =
        read.one(concat!("SELECT ", order_columns!(), " FROM orders WHERE id = $1 AND {scope}"), (id,)).await?;
    with_legs(read, order).await
}

/// The same, held until the transaction ends: every act on an order waits here for the one before it (R12).
pub(crate) async fn lock(tx: &mut Tx, id: Id<Order>) -> Result<Record, Error> {
    let sql = concat!("SELECT ", order_columns!(), " FROM orders WHERE id = $1 AND {scope} {lock}");
    let order: Record = tx.one(sql, (id,)).await?;
    with_legs(tx, order).await
}

async fn with_legs(read: &mut Read, mut order: Record) -> Result<Record, Error> {
    order.legs = read.all(LEGS, (order.id,)).await?;
    Ok(order)
}

/// The id behind a number in the form with the year.
pub(super) async fn id_of(read: &mut Read, site: SiteId, number: Number) -> Result<Option<Id<Order>>, Error> {
    read.opt("SELECT id AS value FROM orders WHERE site = $1 AND number = $2 AND {scope}", (site, number)).await
}

/// The next number of this kind on this day; the row is held, so two reports never get the same one.
pub(super) async fn next_number(tx: &mut Tx, site: SiteId, kind: Kind, day: Day) -> Result<Number, Error> {
    let sql = "INSERT INTO numbers (site, kind, day, last) VALUES ($1, $2, $3, 1) \
               ON CONFLICT (site, kind, day) DO UPDATE SET last = numbers.last + 1 RETURNING last AS value";
    let last: i64 = tx.one(sql, (site, kind.letter().to_string(), day)).await?;
    let sequence = u32::try_from(last).map_err(|_| Error::Broken("the numbers of a day ran out".into()))?;
    Ok(Number { kind, day, sequence })
}

/// Writes a new order with its legs.
pub(super) async fn insert(tx: &mut Tx, order: &Record) -> Result<(), Error> {
    let head = "INSERT INTO orders (id, site, number, channel, reported, made_by, outage, kind, category, urgency, state, open, own, \
                place, building, stair, riser, title, body, reporter, reporter_name, reporter_phone, entry_note, department, assignee, \
                merged_into, complex, round, began, next_due, next_soon, accepted, replied, answered, completed, verdict, \
                followed_up, closed, close_reason, stars, satisfied, verdict_by, verdict_words, chased, touched, verdict_due, version)";
    let mut row =
        values![order.id, order.site, order.number, order.channel, order.reported, order.made_by, order.outage];
    row.extend(changing(order)?);
    row.push(1i64.to_value());
    tx.insert_all(head, vec![row]).await?;
    for leg in &order.legs {
        save_leg(tx, order, leg).await?;
    }
    Ok(())
}

/// Writes an order back under a new version.
pub(super) async fn save(tx: &mut Tx, order: &mut Record) -> Result<(), Error> {
    let sql = "UPDATE orders SET kind = $1, category = $2, urgency = $3, state = $4, open = $5, own = $6, place = $7, building = $8, \
               stair = $9, riser = $10, title = $11, body = $12, reporter = $13, reporter_name = $14, reporter_phone = $15, \
               entry_note = $16, department = $17, assignee = $18, merged_into = $19, complex = $20, round = $21, began = $22, \
               next_due = $23, next_soon = $24, accepted = $25, replied = $26, answered = $27, completed = $28, verdict = $29, \
               followed_up = $30, closed = $31, close_reason = $32, stars = $33, satisfied = $34, verdict_by = $35, \
               verdict_words = $36, chased = $37, touched = $38, verdict_due = $39, version = $40 WHERE id = $41 AND {scope}";
    order.version += 1;
    order.touched = tx.now();
    let mut row = changing(order)?;
    row.extend(values![order.version, order.id]);
    tx.run(sql, row).await?;
    for leg in &order.legs {
        save_leg(tx, order, leg).await?;
    }
    Ok(())
}

/// The columns that acts change, in one order for `insert` and `save`. The clocks are `keep_urgent`'s.
fn changing(order: &Record) -> Result<Vec<Value>, Error> {
    let (state, next_due) = (order.state(), order.next_due.map_or(NEVER, values::Moment::millis));
    let own = serde_json::to_string(&order.own)?;
    Ok(values![
        order.kind,
        order.category,
        order.urgency,
        state,
        state.is_open(),
        own,
        order.place,
        order.building,
        order.stair,
        order.riser,
        order.title,
        order.body,
        order.reporter,
        order.reporter_name,
        order.reporter_phone,
        order.entry_note,
        order.department,
        order.assignee(),
        order.merged_into,
        order.complex,
        order.round,
        order.began,
        next_due,
        next_due,
        order.accepted,
        order.replied,
        order.answered,
        order.completed,
        order.verdict,
        order.followed_up,
        order.closed,
        order.close_reason,
        order.stars,
        order.satisfied,
        order.verdict_by,
        order.verdict_words,
        order.chased,
        order.touched,
        super::verdict_due(&order.progress()),
    ])
}

async fn save_leg(tx: &mut Tx, order: &Record, leg: &LegRecord) -> Result<(), Error> {
    let columns = LegColumns::from(&leg.stage);
    let sql = "INSERT INTO legs (id, site, order_id, round, department, outside, assignee, state, at, reason, begun, why, assigned, \
               taken, arrived, completed, result, sort, version) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, 1) \
               ON CONFLICT (id) DO UPDATE SET round = $4, department = $5, outside = $6, assignee = $7, state = $8, at = $9, reason = $10, \
               begun = $11, why = $12, assigned = $13, taken = $14, arrived = $15, completed = $16, result = $17, \
               version = legs.version + 1";
    let row = values![
        leg.id,
        order.site,
        order.id,
        leg.round,
        leg.department,
        leg.outside,
        leg.worker(),
        columns.state,
        columns.at,
        columns.reason,
        columns.begun,
        columns.why,
        leg.assigned,
        leg.taken,
        leg.arrived,
        leg.completed,
        leg.result,
        leg.sort,
    ];
    tx.run(sql, row).await?;
    Ok(())
}

/// Denormalised from the promises, so that lists sort and filter by the clock without reading them.
pub(super) async fn keep_urgent(tx: &mut Tx, order: &mut Record, urgent: Option<Urgent>) -> Result<(), Error> {
    order.next_due = urgent.map(|urgent| urgent.due);
    let due = urgent.map_or(NEVER, |urgent| urgent.due.millis());
    let soon = urgent.map_or(NEVER, |urgent| urgent.soon.millis());
    tx.run("UPDATE orders SET next_due = $2, next_soon = $3 WHERE id = $1 AND {scope}", (order.id, due, soon)).await?;
    Ok(())
}

/// Follows a merged order to the one it goes on as.
pub(super) async fn open_target(tx: &mut Tx, order: &Record, into: Id<Order>) -> Result<Record, Error> {
    let target = lock(tx, into).await?;
    if target.site != order.site {
        return Err(Error::Missing);
    }
    super::check_merge(order.id, into, target.state()).map_err(merge_refusal)?;
    Ok(target)
}

fn merge_refusal(why: Refusal) -> Error {
    why.into()
}

/// Work that is open in somebody's hands: the fewest is the least loaded.
pub(super) async fn open_work(read: &mut Read, site: SiteId, worker: PartyId) -> Result<i64, Error> {
    let states = [LegState::Dispatched, LegState::Taken, LegState::Working, LegState::Suspended];
    let sql = db::Sql::new("SELECT CAST(count(*) AS BIGINT) AS value FROM legs WHERE {scope} AND site = ").bind(site);
    let sql = sql.push(" AND assignee = ").bind(worker).push(" AND state IN ").list(&states);
    Ok(read.all_of::<i64>(sql).await?.into_iter().next().unwrap_or(0))
}

/// Open orders whose customer has not answered within 72 hours, the longest wait first.
pub(crate) async fn verdict_overdue(read: &mut Read) -> Result<Option<(SiteId, Id<Order>)>, Error> {
    struct Due(SiteId, Id<Order>);
    impl db::FromRow for Due {
        fn from_row(row: &db::Row) -> Result<Self, db::DbError> {
            Ok(Self(row.get("site")?, row.get("id")?))
        }
    }
    let now = read.now();
    let sql = "SELECT site, id FROM orders WHERE verdict_due <= $1 AND state = $2 AND {scope} ORDER BY verdict_due, id LIMIT 1";
    Ok(read.opt::<Due>(sql, (now, State::ToVerify)).await?.map(|due| (due.0, due.1)))
}
