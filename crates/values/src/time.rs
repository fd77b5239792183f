use std::{fmt, str::FromStr};

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Milliseconds.
pub const SECOND: i64 = 1_000;
pub const MINUTE: i64 = 60 * SECOND;
pub const HOUR: i64 = 60 * MINUTE;
/// 24 hours, as a promise counts them; not a calendar day.
pub const DAY: i64 = 24 * HOUR;

#[derive(Debug, thiserror::Error)]
#[error("not a time that can be read")]
pub struct TimeError;

/// A point in time: milliseconds since 1970 UTC.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(i64);

impl Moment {
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }
    pub const fn millis(self) -> i64 {
        self.0
    }
    pub const fn plus_millis(self, millis: i64) -> Self {
        Self(self.0.saturating_add(millis))
    }
    pub const fn plus_seconds(self, seconds: i64) -> Self {
        self.plus_millis(seconds.saturating_mul(SECOND))
    }
    /// Milliseconds from `earlier` to here; negative when `earlier` is later.
    pub const fn since(self, earlier: Self) -> i64 {
        self.0 - earlier.0
    }
    fn timestamp(self) -> Timestamp {
        Timestamp::from_millisecond(self.0).unwrap_or(if self.0 < 0 { Timestamp::MIN } else { Timestamp::MAX })
    }
}

impl fmt::Debug for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.timestamp().fmt(f)
    }
}
impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.timestamp().fmt(f)
    }
}
impl FromStr for Moment {
    type Err = TimeError;
    /// RFC 3339 with an offset or Z.
    fn from_str(text: &str) -> Result<Self, TimeError> {
        text.parse::<Timestamp>().map(|at| Self(at.as_millisecond())).map_err(|_| TimeError)
    }
}
impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// A calendar day in the site's zone.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(Date);

impl Day {
    pub fn new(year: i16, month: i8, day: i8) -> Result<Self, TimeError> {
        Date::new(year, month, day).map(Self).map_err(|_| TimeError)
    }
    pub fn year(self) -> i16 {
        self.0.year()
    }
    pub fn month(self) -> i8 {
        self.0.month()
    }
    pub fn day(self) -> i8 {
        self.0.day()
    }
    pub fn is_weekend(self) -> bool {
        self.weekday() >= 6
    }
    /// 1 is Monday, 7 is Sunday.
    pub fn weekday(self) -> i8 {
        self.0.weekday().to_monday_one_offset()
    }
    pub fn plus_days(self, days: i64) -> Self {
        Self(self.0.saturating_add(jiff::Span::new().days(days.clamp(-3_000_000, 3_000_000))))
    }
    /// The same day `months` later; the last day of that month where it has no such day.
    pub fn plus_months(self, months: i64) -> Self {
        Self(self.0.saturating_add(jiff::Span::new().months(months.clamp(-100_000, 100_000))))
    }
    /// Whole days from `earlier` to here.
    pub fn since(self, earlier: Self) -> i64 {
        self.0.since(earlier.0).map(|span| i64::from(span.get_days())).unwrap_or(0)
    }
}

impl fmt::Debug for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
impl FromStr for Day {
    type Err = TimeError;
    fn from_str(text: &str) -> Result<Self, TimeError> {
        if text.len() != 10 {
            return Err(TimeError);
        }
        text.parse().map(Self).map_err(|_| TimeError)
    }
}
impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// The zone of a site: days, deadlines and periods are counted in it.
#[derive(Clone, Debug)]
pub struct Zone(TimeZone);

impl Zone {
    pub fn named(name: &str) -> Result<Self, TimeError> {
        TimeZone::get(name).map(Self).map_err(|_| TimeError)
    }
    pub fn name(&self) -> &str {
        self.0.iana_name().unwrap_or("UTC")
    }
    pub fn day(&self, at: Moment) -> Day {
        Day(at.timestamp().to_zoned_datetime(self.0.clone()).date())
    }
    /// The first moment of `day`; 24:00 of a day is `start(day.plus_days(1))`.
    pub fn start(&self, day: Day) -> Moment {
        self.at(day, 0, 0)
    }
    /// `hour:minute` of `day`; in a gap of summer time the moment after it.
    pub fn at(&self, day: Day, hour: i8, minute: i8) -> Moment {
        let clock = day.0.at(hour.clamp(0, 23), minute.clamp(0, 59), 0, 0);
        let zoned = clock.to_zoned_datetime(self.0.clone()).map(|zoned| zoned.timestamp().as_millisecond());
        Moment(zoned.unwrap_or(if day.0.year() < 0 { i64::MIN } else { i64::MAX }))
    }
    /// (hour, minute, second) on the wall.
    pub fn wall(&self, at: Moment) -> (i8, i8, i8) {
        let zoned = at.timestamp().to_zoned_datetime(self.0.clone());
        (zoned.hour(), zoned.minute(), zoned.second())
    }
    /// RFC 3339 with the zone's offset at that moment, to the second: `2026-03-14T22:47:10+08:00`.
    pub fn rfc3339(&self, at: Moment) -> String {
        at.timestamp().to_zoned_datetime(self.0.clone()).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
    }
}

impl Default for Zone {
    fn default() -> Self {
        Self::named("Asia/Shanghai").expect("the bundled zone data has Asia/Shanghai")
    }
}
