//! What a site promises and when its desk is open, each from a day on.

mod versions;

pub use versions::{
    Versions, desk_hours_of, promises_of, set_desk_hours, set_promises, withdraw_desk_hours, withdraw_promises,
};

use db::{DbError, FromRow, Row};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value as Json, json};
use values::{Day, Moment, Zone};

use crate::{
    Error, Read, SiteId, Tx,
    calendar::{self, Calendar, DeskDays, DeskHours, Timetable},
    orders::unreadable,
    promises::{Limit, Policy},
    sites,
};

const PROMISES: &str = "promises";
const DESK_HOURS: &str = "desk_hours";

/// Everything a deadline of one site is counted with.
#[derive(Debug, Clone)]
pub struct Terms {
    pub zone: Zone,
    policies: Vec<(Day, Policy)>,
    hours: Vec<(Day, DeskHours)>,
    calendar: Calendar,
    usual: (Policy, DeskHours),
}

impl Terms {
    /// The promises that hold for what is reported at `at`.
    pub fn policy(&self, at: Moment) -> &Policy {
        holding(&self.policies, self.zone.day(at)).unwrap_or(&self.usual.0)
    }
    /// The timetable with the desk hours of the day of `at`.
    pub fn timetable(&self, at: Moment) -> Timetable<'_> {
        let desk = holding(&self.hours, self.zone.day(at)).unwrap_or(&self.usual.1);
        Timetable { calendar: &self.calendar, desk, zone: &self.zone }
    }
    /// When the desk opens next, by the hours of that day; `None` while it is open.
    pub fn desk_opens(&self, now: Moment) -> Option<Moment> {
        if self.timetable(now).is_open(now) {
            return None;
        }
        let days = std::iter::successors(Some(now), |from| Some(self.zone.start(self.zone.day(*from).plus_days(1))));
        let opens = |from: Moment| {
            Some(self.timetable(from).next_open(from)).filter(|at| self.zone.day(*at) == self.zone.day(from))
        };
        days.take(MOST_DAYS_CLOSED).find_map(opens)
    }
}

/// Longer than any holiday: a desk that does not open within these days says nothing.
const MOST_DAYS_CLOSED: usize = 60;

fn holding<T>(dated: &[(Day, T)], day: Day) -> Option<&T> {
    dated.iter().filter(|(from, _)| *from <= day).max_by_key(|(from, _)| *from).map(|(_, value)| value)
}

impl Terms {
    /// CAL-04: a limit of this kind runs out earlier or later when the calendar of working days changes.
    pub fn hangs_on_calendar(&self, limit: Limit, at: Moment) -> bool {
        match limit {
            Limit::WorkingDays(_) => true,
            Limit::DeskHours(_) => self.timetable(at).desk.days() == DeskDays::WorkingDays,
            Limit::Clock(_)
            | Limit::DeskElse { .. }
            | Limit::AppointmentElse(_)
            | Limit::Complexity { .. }
            | Limit::None => false,
        }
    }
}

struct Dated {
    kind: String,
    from: Day,
    data: String,
}
impl FromRow for Dated {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        Ok(Self { kind: row.get("kind")?, from: row.get("from_day")?, data: row.get("data")? })
    }
}

/// The terms of a site, all days of them: one query for its policies, one for the calendar.
pub async fn terms(read: &mut Read, site: SiteId) -> Result<Terms, Error> {
    let zone = sites::by_id(read, site).await?.zone;
    let sql = "SELECT kind, from_day, data FROM policies WHERE site = $1 AND {scope} ORDER BY kind, from_day";
    let rows: Vec<Dated> = read.all(sql, (site,)).await?;
    let calendar = calendar::store::known(read).await?;
    let usual = (Policy::default(), DeskHours::default());
    Ok(Terms { zone, policies: of_kind(&rows, PROMISES)?, hours: of_kind(&rows, DESK_HOURS)?, calendar, usual })
}

fn of_kind<T: DeserializeOwned>(rows: &[Dated], kind: &str) -> Result<Vec<(Day, T)>, Error> {
    let parsed = |row: &Dated| serde_json::from_str(&row.data).map(|value| (row.from, value));
    let all: Result<Vec<_>, _> = rows.iter().filter(|row| row.kind == kind).map(parsed).collect();
    all.map_err(|cause| Error::Db(unreadable("policies", "data", &cause.to_string())))
}

/// CSV-06 and the rest: what the site promises from `from` on. Promises that were made keep their terms.
pub async fn promise(tx: &mut Tx, site: SiteId, from: Day, policy: &Policy) -> Result<(), Error> {
    keep(tx, site, PROMISES, from, policy).await
}

/// When the desk is open from `from` on.
pub async fn open_desk(tx: &mut Tx, site: SiteId, from: Day, hours: &DeskHours) -> Result<(), Error> {
    keep(tx, site, DESK_HOURS, from, hours).await
}

async fn keep(tx: &mut Tx, site: SiteId, kind: &'static str, from: Day, value: &impl Serialize) -> Result<(), Error> {
    if !tx.caller().scope.holds(site) {
        return Err(Error::Missing);
    }
    let (data, now) = (serde_json::to_value(value)?, tx.now());
    let sql = "INSERT INTO policies (site, kind, from_day, data, made) VALUES ($1, $2, $3, $4, $5) \
               ON CONFLICT (site, kind, from_day) DO UPDATE SET data = $4, made = $5";
    tx.run(sql, (site, kind, from, data.to_string(), now)).await?;
    tx.note(
        site,
        "policy.set",
        format!("policy/{kind}"),
        Json::Null,
        json!({ "kind": kind, "from": from, "data": data }),
    );
    Ok(())
}
