use db::{DbError, FromRow, Row, Sql};
use kernel::{
    Error, PartyId, Read, SiteId, Tx,
    orders::{Number, Order, State, parse_typed},
    promises::store::Row as PromiseRow,
};
use values::{Day, Id, Moment, Phone, SECOND, Zone};

use super::{
    filter::{Cursor, Filter, Sort, States},
    model::{Choice, Line, Person, SavedView, Totals},
};

/// What a filter needs beside itself to become conditions.
#[derive(Clone)]
pub struct Sight {
    pub site: SiteId,
    pub me: Option<PartyId>,
    pub now: Moment,
    pub zone: Zone,
}

impl Sight {
    fn today(&self) -> Day {
        self.zone.day(self.now)
    }
    /// Limits are inside to the second: what is due in this very second is not late.
    fn second(&self) -> Moment {
        Moment::from_millis(self.now.millis().div_euclid(SECOND) * SECOND)
    }
    fn since(&self, word: &str) -> Option<Moment> {
        let today = self.today();
        match word {
            "today" => Some(self.zone.start(today)),
            "week" => Some(self.zone.start(today.plus_days(1 - i64::from(today.weekday())))),
            _ => None,
        }
    }
}

const LINES: &str = "SELECT o.id, o.number, o.kind, o.urgency, o.channel, o.state, o.title, o.department, o.reporter_name, o.next_due, o.reported, \
     o.touched, c.zh, c.en, p.code AS place_code, p.name AS place_name, p.kind AS place_kind, a.name AS assignee_name \
     FROM orders o LEFT JOIN places p ON p.id = o.place LEFT JOIN parties a ON a.id = o.assignee \
     LEFT JOIN categories c ON c.site = o.site AND c.code = o.category WHERE {scope:o}";
const TOTALS: &str = "SELECT COUNT(*) AS all_rows, CAST(COALESCE(SUM(late), 0) AS BIGINT) AS late, \
     CAST(COALESCE(SUM(paused), 0) AS BIGINT) AS paused FROM (SELECT CASE WHEN o.open = 1 AND o.next_due < ";
const TOTALS_OF: &str = " THEN 1 ELSE 0 END AS late, CASE WHEN o.state = 'suspended' THEN 1 ELSE 0 END AS paused \
     FROM orders o LEFT JOIN places p ON p.id = o.place WHERE {scope:o}";

/// The page of `filter` after its cursor: one row more than its size when there is a next page.
pub async fn lines(read: &mut Read, sight: &Sight, filter: &Filter, size: u32) -> Result<Vec<Line>, Error> {
    let sql = conditions(Sql::new(LINES), sight, filter);
    let sql = filter.cursor().into_iter().fold(sql, |sql, cursor| after(sql, filter.sort(), cursor));
    let sql = sql.push(match filter.sort() {
        Sort::Urgent => " ORDER BY o.next_due, o.id LIMIT ",
        Sort::Newest => " ORDER BY o.reported DESC, o.id DESC LIMIT ",
    });
    read.all_of(sql.bind(i64::from(size) + 1)).await
}

/// What no clock runs for stands far in the future, so one comparison pages through all of it.
fn after(sql: Sql, sort: Sort, cursor: Cursor) -> Sql {
    let Cursor { key, id } = cursor;
    let sql = sql.push(match sort {
        Sort::Urgent => " AND (o.next_due, o.id) > (",
        Sort::Newest => " AND (o.reported, o.id) < (",
    });
    sql.bind(key).push(", ").bind(id).push(")")
}

/// Counts what `filter` finds, up to 10,000 rows.
pub async fn totals(read: &mut Read, sight: &Sight, filter: &Filter) -> Result<Totals, Error> {
    let sql = Sql::new(TOTALS).bind(sight.second()).push(TOTALS_OF);
    let sql = conditions(sql, sight, filter).push(" LIMIT 10000) counted");
    Ok(read.all_of::<Totals>(sql).await?.pop().unwrap_or_default())
}

/// Columns of one pass of counting.
const COUNTS: [&str; 8] = ["c0", "c1", "c2", "c3", "c4", "c5", "c6", "c7"];

struct Counted(Vec<i64>);
impl FromRow for Counted {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        Ok(Self(COUNTS.iter().map_while(|name| row.get(name).ok()).collect()))
    }
}

/// How many orders each of these filters finds. What asks for open orders alone is counted in one pass over those of the
/// site, whatever the number of filters.
pub async fn counts(read: &mut Read, sight: &Sight, filters: &[Filter]) -> Result<Vec<i64>, Error> {
    let in_one_pass: Vec<&Filter> = filters.iter().filter(|filter| is_of_open(filter)).collect();
    let mut counted = Vec::with_capacity(in_one_pass.len());
    for some in in_one_pass.chunks(COUNTS.len()) {
        counted.extend(count_open(read, sight, some).await?);
    }
    let (mut counted, mut counts) = (counted.into_iter(), Vec::with_capacity(filters.len()));
    for filter in filters {
        counts.push(match is_of_open(filter) {
            true => counted.next().unwrap_or_default(),
            false => totals(read, sight, filter).await?.all,
        });
    }
    Ok(counts)
}

/// Needs no more than the row of an open order.
fn is_of_open(filter: &Filter) -> bool {
    let open = match filter.states() {
        States::Open | States::Undispatched => true,
        States::One(state) => state.is_open(),
        States::Any => false,
    };
    open && filter.q.trim().is_empty()
}

async fn count_open(read: &mut Read, sight: &Sight, filters: &[&Filter]) -> Result<Vec<i64>, Error> {
    let mut sql = Sql::new("SELECT ");
    for (filter, name) in filters.iter().zip(COUNTS) {
        let begun = sql.push("CAST(COALESCE(SUM(CASE WHEN 1 = 1");
        sql = narrowed(begun, sight, filter).push(" THEN 1 ELSE 0 END), 0) AS BIGINT) AS ").push(name).push(", ");
    }
    let sql = sql.push("1 AS one FROM orders o WHERE {scope:o} AND o.open = 1 AND o.site = ").bind(sight.site);
    Ok(read.all_of::<Counted>(sql).await?.pop().map(|counted| counted.0).unwrap_or_default())
}

fn conditions(sql: Sql, sight: &Sight, filter: &Filter) -> Sql {
    narrowed(sql.push(" AND o.site = ").bind(sight.site), sight, filter)
}

fn narrowed(sql: Sql, sight: &Sight, filter: &Filter) -> Sql {
    let sql = states(sql, filter.states());
    let sql = sql.when(" AND o.kind = ", filter.kind().map(|kind| kind.as_str()));
    let sql = sql.when(" AND o.channel = ", filter.channel().map(|channel| channel.as_str()));
    let sql = sql.when(" AND o.reported >= ", sight.since(&filter.since));
    let sql = due(who(sql, sight, &filter.who), sight, &filter.due);
    let sql = branch(sql, &filter.cat);
    let sql = building(sql, sight.site, &filter.bldg);
    words(sql, sight, filter.q.trim())
}

fn states(sql: Sql, states: States) -> Sql {
    match states {
        States::Open => sql.push(" AND o.open = 1"),
        States::Any => sql,
        States::Undispatched => {
            let waiting = [State::Accepted, State::Reopened, State::Returned].map(State::as_str);
            sql.push(" AND o.open = 1 AND o.kind IN ('repair', 'help') AND o.state IN ").list(&waiting)
        }
        States::One(state) => sql.push(" AND o.state = ").bind(state.as_str()),
    }
}

fn who(sql: Sql, sight: &Sight, who: &str) -> Sql {
    match (who, sight.me, who.parse::<PartyId>()) {
        ("", ..) => sql,
        ("none", ..) => sql.push(" AND o.assignee IS NULL"),
        ("me", Some(me), _) => sql.push(" AND o.assignee = ").bind(me),
        (_, _, Ok(person)) => sql.push(" AND o.assignee = ").bind(person),
        _ => sql.push(" AND 1 = 0"),
    }
}

/// Soon: in the last quarter of its time.
fn due(sql: Sql, sight: &Sight, due: &str) -> Sql {
    match due {
        "late" => sql.push(" AND o.open = 1 AND o.next_due < ").bind(sight.second()),
        "soon" => sql
            .push(" AND o.open = 1 AND o.next_soon <= ")
            .bind(sight.now)
            .push(" AND o.next_due >= ")
            .bind(sight.second()),
        _ => sql,
    }
}

fn branch(sql: Sql, category: &str) -> Sql {
    if category.is_empty() {
        return sql;
    }
    sql.push(" AND (o.category = ")
        .bind(category)
        .push(" OR o.category LIKE ")
        .bind(format!("{}.%", escaped(category)))
        .push(" ESCAPE '!')")
}

fn building(sql: Sql, site: SiteId, code: &str) -> Sql {
    if code.is_empty() {
        return sql;
    }
    let sql =
        sql.push(" AND o.building IN (SELECT b.id FROM places b WHERE b.kind = 'building' AND b.site = ").bind(site);
    sql.push(" AND b.code = ").bind(code).push(")")
}

/// A number, a door code, a name, the end of a phone, or words of the title.
fn words(sql: Sql, sight: &Sight, typed: &str) -> Sql {
    if typed.is_empty() {
        return sql;
    }
    if let Some(number) = parse_typed(typed, sight.today()) {
        let kinds = kernel::orders::Kind::ALL.iter().filter(|kind| number.kind.is_none_or(|asked| asked == **kind));
        let numbers: Vec<String> =
            kinds.map(|kind| Number { kind: *kind, day: number.day, sequence: number.sequence }.to_string()).collect();
        return sql.push(" AND o.number IN ").list(&numbers);
    }
    let part = format!("%{}%", escaped(typed));
    let sql = sql
        .push(" AND (o.title LIKE ")
        .bind(part.clone())
        .push(" ESCAPE '!' OR o.reporter_name LIKE ")
        .bind(part.clone());
    let sql = sql.push(" ESCAPE '!' OR p.code LIKE ").bind(part).push(" ESCAPE '!'");
    let sql = match (typed.parse::<Phone>(), is_tail(typed)) {
        (Ok(phone), _) => sql.push(" OR o.reporter_phone = ").bind(phone),
        (_, true) => sql.push(" OR o.reporter_phone LIKE ").bind(format!("%{typed}")),
        _ => sql,
    };
    sql.push(")")
}

fn is_tail(typed: &str) -> bool {
    typed.len() == 4 && typed.bytes().all(|byte| byte.is_ascii_digit())
}

fn escaped(text: &str) -> String {
    text.replace('!', "!!").replace('%', "!%").replace('_', "!_")
}

/// The buildings of a site, as they stand on the list of conditions.
pub async fn buildings(read: &mut Read, site: SiteId) -> Result<Vec<Choice>, Error> {
    let sql = "SELECT code, name FROM places WHERE {scope} AND site = $1 AND kind = 'building' AND closed IS NULL ORDER BY sort, code LIMIT 200";
    read.all(sql, (site,)).await
}

/// Those who have open orders now.
pub async fn assignees(read: &mut Read, site: SiteId) -> Result<Vec<Person>, Error> {
    let sql = "SELECT a.id, a.name FROM parties a WHERE a.id IN (SELECT o.assignee FROM orders o \
               WHERE {scope:o} AND o.site = $1 AND o.open = 1) ORDER BY a.name, a.id LIMIT 100";
    read.all(sql, (site,)).await
}

/// The branches of the category tree.
pub async fn branches(read: &mut Read, site: SiteId, english: bool) -> Result<Vec<Choice>, Error> {
    let sql = "SELECT code, CASE WHEN $2 = 1 THEN en ELSE zh END AS name FROM categories WHERE site = $1 AND parent IS NULL AND closed = 0 ORDER BY sort, code";
    read.all(sql, (site, english)).await
}

/// One's own saved views of the list, in the order they were made.
pub async fn saved_views(read: &mut Read, site: SiteId, me: PartyId) -> Result<Vec<SavedView>, Error> {
    let sql = "SELECT id, name, query FROM saved_views WHERE {scope} AND site = $1 AND list = 'orders' AND party = $2 ORDER BY sort, made, id";
    read.all(sql, (site, me)).await
}

pub async fn save_view(
    tx: &mut Tx,
    site: SiteId,
    me: PartyId,
    id: Id<SavedView>,
    (name, query): (&str, &str),
) -> Result<(), Error> {
    let now = tx.now();
    let sql = "INSERT INTO saved_views (id, site, party, list, name, query, sort, made) VALUES ($1, $2, $3, 'orders', $4, $5, 0, $6)";
    tx.run(sql, (id, site, me, name, query, now)).await?;
    Ok(())
}

/// Only one's own; how many went.
pub async fn drop_view(tx: &mut Tx, site: SiteId, me: PartyId, id: Id<SavedView>) -> Result<u64, Error> {
    tx.run("DELETE FROM saved_views WHERE {scope} AND site = $1 AND party = $2 AND id = $3", (site, me, id)).await
}

/// The promises of these orders that were not replaced, of their last rounds.
pub async fn promises(read: &mut Read, orders: &[Id<Order>]) -> Result<Vec<PromiseRow>, Error> {
    let sql = Sql::new(
        "SELECT id, site, order_id, name, rule, leg, round, department, person, opens, promised_due, due, span, gone_at, pausable, pauses, \
         fulfilled_at, excuse, ended, outcome, settled_at, next_step, step, provisional FROM promises \
         WHERE {scope} AND (excuse IS NULL OR excuse <> 'superseded') AND order_id IN ",
    );
    read.all_of(sql.list(orders).push(" ORDER BY round, opens, id")).await
}
