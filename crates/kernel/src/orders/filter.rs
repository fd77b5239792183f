//! Which orders a list shows: every filter of an address becomes a condition with a bound value.

use db::Sql;
use values::{Day, Moment, SECOND, Zone};

use super::{Channel, Kind, State, parse_typed};
use crate::{Caller, PartyId, PlaceId, SiteId, Who};

/// Open, closed or both.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Which {
    #[default]
    Open,
    Closed,
    All,
}

/// What a list is about; what is none or false does not narrow it.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    pub which: Which,
    pub state: Option<State>,
    pub kind: Option<Kind>,
    /// A leaf, or a branch with all below it.
    pub category: Option<String>,
    pub building: Option<PlaceId>,
    pub place: Option<PlaceId>,
    pub department: Option<String>,
    pub assignee: Option<PartyId>,
    pub reporter: Option<PartyId>,
    pub channel: Option<Channel>,
    /// Nobody has it.
    pub unassigned: bool,
    pub overdue: bool,
    /// In the last quarter of its most urgent promise.
    pub due_soon: bool,
    /// A number, the last digits of a phone, words of the report or a name.
    pub text: Option<String>,
    /// Reported from this day on.
    pub from: Option<Day>,
    /// Reported up to this day, with it.
    pub to: Option<Day>,
}

/// Whole seconds count (Civil Code 1259): what is due this second is not overdue.
pub(super) const fn this_second(now: Moment) -> Moment {
    Moment::from_millis(now.millis().div_euclid(SECOND) * SECOND)
}

pub(super) const OVERDUE: &str = " AND o.open = 1 AND o.next_due < ";
pub(super) const UNASSIGNED: &str =
    " AND o.open = 1 AND o.assignee IS NULL AND o.state IN ('new', 'accepted', 'returned', 'reopened')";

/// `WHERE …` for orders `o` of one site, as `reader` may find them at `now`.
pub(super) fn conditions(sql: Sql, site: SiteId, filter: &Filter, zone: &Zone, now: Moment, reader: &Caller) -> Sql {
    let sql = sql.push(" WHERE {scope:o} AND o.site = ").bind(site);
    let sql = match filter.which {
        _ if filter.state.is_some() => sql,
        Which::Open => sql.push(" AND o.open = 1"),
        Which::Closed => sql.push(" AND o.open = 0"),
        Which::All => sql,
    };
    let sql = sql
        .when(" AND o.state = ", filter.state)
        .when(" AND o.kind = ", filter.kind)
        .when(" AND o.building = ", filter.building)
        .when(" AND o.place = ", filter.place)
        .when(" AND o.department = ", filter.department.clone())
        .when(" AND o.assignee = ", filter.assignee)
        .when(" AND o.channel = ", filter.channel)
        .when(" AND o.reported >= ", filter.from.map(|day| zone.start(day)))
        .when(" AND o.reported < ", filter.to.map(|day| zone.start(day.plus_days(1))));
    let sql = clocks(sql, filter, now);
    let sql = category(sql, filter.category.as_deref());
    let sql = match filter.reporter {
        Some(party) => {
            sql.push(" AND o.id IN (SELECT r.order_id FROM reporters r WHERE r.party = ").bind(party).push(")")
        }
        None => sql,
    };
    let sql = if tells_content(filter, zone.day(now)) { readable(sql, reader) } else { sql };
    text(sql, filter.text.as_deref(), zone.day(now))
}

/// Does it tell, by what it finds, what an order says or where it is? A number or a state is known to all who reported it.
fn tells_content(filter: &Filter, today: Day) -> bool {
    let words = filter.text.as_deref().map(str::trim).filter(|text| !text.is_empty());
    filter.place.is_some() || filter.building.is_some() || words.is_some_and(|text| parse_typed(text, today).is_none())
}

/// What another home wrote is not found by a resident any more than shown to them: see `neighbour`.
fn readable(sql: Sql, reader: &Caller) -> Sql {
    let Who::Resident(party) = reader.who else { return sql };
    let homes: Vec<PlaceId> = reader.homes.iter().map(|home| home.place).collect();
    let sql = sql.push(" AND (o.place IN ").list(&homes);
    sql.push(" OR o.id IN (SELECT f.order_id FROM reporters f WHERE f.sort = 0 AND f.party = ").bind(party).push("))")
}

fn clocks(sql: Sql, filter: &Filter, now: Moment) -> Sql {
    let sql = if filter.unassigned { sql.push(UNASSIGNED) } else { sql };
    let sql = if filter.overdue { sql.push(OVERDUE).bind(this_second(now)) } else { sql };
    match filter.due_soon {
        true => {
            sql.push(" AND o.open = 1 AND o.next_soon <= ").bind(now).push(" AND o.next_due >= ").bind(this_second(now))
        }
        false => sql,
    }
}

fn category(sql: Sql, code: Option<&str>) -> Sql {
    let Some(code) = code else { return sql };
    let below = format!("{}.%", escaped(code));
    sql.push(" AND (o.category = ").bind(code).push(" OR o.category LIKE ").bind(below).push(" ESCAPE '!')")
}

fn text(sql: Sql, text: Option<&str>, today: Day) -> Sql {
    let Some(text) = text.map(str::trim).filter(|text| !text.is_empty()) else { return sql };
    if let Some(number) = parse_typed(text, today) {
        let kinds: Vec<Kind> = number.kind.map_or_else(|| Kind::ALL.to_vec(), |kind| vec![kind]);
        let named = |kind| super::Number { kind, day: number.day, sequence: number.sequence };
        let numbers: Vec<String> = kinds.into_iter().map(|kind| named(kind).to_string()).collect();
        return sql.push(" AND o.number IN ").list(&numbers);
    }
    if (4..=11).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return sql.push(" AND o.reporter_phone LIKE ").bind(format!("%{text}"));
    }
    let like = format!("%{}%", escaped(&text.to_lowercase()));
    let sql = sql
        .push(" AND (lower(o.body) LIKE ")
        .bind(like.clone())
        .push(" ESCAPE '!' OR lower(o.title) LIKE ")
        .bind(like.clone());
    sql.push(" ESCAPE '!' OR lower(o.reporter_name) LIKE ").bind(like).push(" ESCAPE '!')")
}

/// `%` and `_` are letters like others in what people type.
fn escaped(text: &str) -> String {
    text.chars()
        .flat_map(|letter| if matches!(letter, '%' | '_' | '!') { vec!['!', letter] } else { vec![letter] })
        .collect()
}
