use std::{collections::BTreeMap, fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use values::Day;

/// CAL-05: statutory holidays themselves are paid at 300 %, days merely off are not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DayKind {
    Working,
    Off,
    Statutory,
}

impl DayKind {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Working => "working",
            Self::Off => "off",
            Self::Statutory => "statutory",
        }
    }
}

impl fmt::Display for DayKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for DayKind {
    type Err = CalendarError;
    fn from_str(word: &str) -> Result<Self, CalendarError> {
        let known = [Self::Working, Self::Off, Self::Statutory].into_iter().find(|kind| kind.as_str() == word);
        known.ok_or(CalendarError::UnknownKind)
    }
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CalendarError {
    #[error("{0} does not belong to the year of this calendar")]
    OtherYear(Day),
    #[error("{0} cannot be both a working day and a day off")]
    Contradiction(Day),
    #[error("a day is working, off or statutory")]
    UnknownKind,
    #[error("not a calendar: {0}")]
    Unreadable(String),
    #[error("a desk opens before it closes, within one day")]
    BadHours,
    #[error("a desk is open at least once a week, on Monday to Friday where it opens on working days only")]
    NeverOpen,
}

/// The official arrangement of one year, as an administrator loads it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Year {
    pub year: i16,
    /// Days of holidays that are merely off; weekends need not be listed.
    #[schema(value_type = Vec<String>)]
    pub off: Vec<Day>,
    /// The statutory holidays themselves.
    #[schema(value_type = Vec<String>)]
    pub statutory: Vec<Day>,
    /// Weekend days that are worked.
    #[schema(value_type = Vec<String>)]
    pub working: Vec<Day>,
}

impl Year {
    /// `{"year":2026,"off":[…],"statutory":[…],"working":[…]}`; refused when a day is of another year or contradicts
    /// itself.
    pub fn from_json(text: &str) -> Result<Self, CalendarError> {
        let year: Self = serde_json::from_str(text).map_err(|cause| CalendarError::Unreadable(cause.to_string()))?;
        year.checked()
    }

    /// Errors: a day of another year, or one that is both working and off.
    pub fn checked(self) -> Result<Self, CalendarError> {
        let mut days = self.off.iter().chain(&self.statutory).chain(&self.working);
        if let Some(stray) = days.find(|day| day.year() != self.year) {
            return Err(CalendarError::OtherYear(*stray));
        }
        match self.working.iter().find(|day| self.off.contains(day) || self.statutory.contains(day)) {
            Some(both) => Err(CalendarError::Contradiction(*both)),
            None => Ok(self),
        }
    }
}

/// The years that are loaded. Empty, it knows weekends alone.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Calendar {
    days: BTreeMap<Day, DayKind>,
    years: Vec<i16>,
}

impl Calendar {
    /// The arrangements that come with the program: 2026.
    pub fn shipped() -> Self {
        let year = Year::from_json(include_str!("cn-2026.json")).expect("the shipped calendar is read by a test");
        Self::of([year]).expect("the shipped calendar is read by a test")
    }

    /// A later year of the same number replaces an earlier one.
    pub fn of(years: impl IntoIterator<Item = Year>) -> Result<Self, CalendarError> {
        let mut calendar = Self::default();
        for year in years {
            calendar.load(year)?;
        }
        Ok(calendar)
    }

    pub fn load(&mut self, year: Year) -> Result<(), CalendarError> {
        let year = year.checked()?;
        self.days.retain(|day, _| day.year() != year.year);
        self.days.extend(year.off.iter().map(|day| (*day, DayKind::Off)));
        self.days.extend(year.statutory.iter().map(|day| (*day, DayKind::Statutory)));
        self.days.extend(year.working.iter().map(|day| (*day, DayKind::Working)));
        if !self.years.contains(&year.year) {
            self.years.push(year.year);
        }
        Ok(())
    }

    /// The arrangement of a year, as it was loaded.
    pub fn year(&self, year: i16) -> Option<Year> {
        let of =
            |kind| self.days.iter().filter(move |(day, is)| day.year() == year && **is == kind).map(|(day, _)| *day);
        self.years.contains(&year).then(|| Year {
            year,
            off: of(DayKind::Off).collect(),
            statutory: of(DayKind::Statutory).collect(),
            working: of(DayKind::Working).collect(),
        })
    }

    /// The years that are known, the earliest first.
    pub fn years(&self) -> Vec<i16> {
        let mut years = self.years.clone();
        years.sort_unstable();
        years
    }

    pub fn kind(&self, day: Day) -> DayKind {
        let usual = if day.is_weekend() { DayKind::Off } else { DayKind::Working };
        self.days.get(&day).copied().unwrap_or(usual)
    }

    pub fn is_working(&self, day: Day) -> bool {
        self.kind(day) == DayKind::Working
    }

    /// CAL-04: nobody has loaded this day's year, so weekends alone were counted.
    pub fn is_provisional(&self, day: Day) -> bool {
        !self.years.contains(&day.year())
    }

    /// CAL-04: a deadline that was counted from `first` to `last` touches a year that nobody has loaded.
    pub fn is_provisional_between(&self, first: Day, last: Day) -> bool {
        (first.year()..=last.year()).any(|year| !self.years.contains(&year))
    }
}

/// Opening hours of one day in minutes after midnight, `closes` not included; equal means closed, 0 to 1440 means 24 h.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Hours {
    pub opens: u16,
    pub closes: u16,
}

impl Hours {
    pub const CLOSED: Self = Self { opens: 0, closes: 0 };
    pub const WHOLE_DAY: Self = Self { opens: 0, closes: 1440 };

    pub const fn is_closed(self) -> bool {
        self.opens == self.closes
    }
}

/// On which days the desk keeps its hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DeskDays {
    EveryDay,
    /// Closed on days off; a working weekend day keeps Monday's hours.
    WorkingDays,
}

/// When the desk is open. By default every day from 08:00 to 20:00.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(try_from = "RawDeskHours")]
pub struct DeskHours {
    days: DeskDays,
    /// Monday first.
    week: [Hours; 7],
}

impl DeskHours {
    /// `week` begins on Monday. Refused when a day closes before it opens, or when the desk would never open.
    pub fn new(days: DeskDays, week: [Hours; 7]) -> Result<Self, CalendarError> {
        if week.iter().any(|hours| hours.opens > hours.closes || hours.closes > 1440) {
            return Err(CalendarError::BadHours);
        }
        let counted = if days == DeskDays::EveryDay { &week[..] } else { &week[..5] };
        match counted.iter().all(|hours| hours.is_closed()) {
            true => Err(CalendarError::NeverOpen),
            false => Ok(Self { days, week }),
        }
    }

    /// Open day and night.
    pub const fn always() -> Self {
        Self { days: DeskDays::EveryDay, week: [Hours::WHOLE_DAY; 7] }
    }

    pub const fn days(&self) -> DeskDays {
        self.days
    }

    pub const fn week(&self) -> &[Hours; 7] {
        &self.week
    }

    /// The hours that count on `day`.
    pub fn on(&self, day: Day, calendar: &Calendar) -> Hours {
        let weekday = usize::try_from(day.weekday() - 1).unwrap_or(0);
        match (self.days, calendar.is_working(day)) {
            (DeskDays::EveryDay, _) => self.week[weekday],
            (DeskDays::WorkingDays, false) => Hours::CLOSED,
            (DeskDays::WorkingDays, true) => self.week[if day.is_weekend() { 0 } else { weekday }],
        }
    }
}

impl Default for DeskHours {
    fn default() -> Self {
        Self { days: DeskDays::EveryDay, week: [Hours { opens: 8 * 60, closes: 20 * 60 }; 7] }
    }
}

#[derive(Deserialize)]
struct RawDeskHours {
    days: DeskDays,
    week: [Hours; 7],
}

impl TryFrom<RawDeskHours> for DeskHours {
    type Error = CalendarError;
    fn try_from(raw: RawDeskHours) -> Result<Self, CalendarError> {
        Self::new(raw.days, raw.week)
    }
}
