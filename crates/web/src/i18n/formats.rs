//! How numbers, days and times are written (DESIGN "Formats"): this year without the year, 24 hours, the site's zone.

use values::{Area, Day, Moment, Money, Zone};

use super::{Lang, Words, duration::Duration};

/// Writes values for one reader at one moment. `now` decides what "this year" and "today" are.
#[derive(Clone, Debug)]
pub struct Formats {
    pub words: Words,
    pub zone: Zone,
    pub now: Moment,
}

impl Formats {
    pub fn today(&self) -> Day {
        self.zone.day(self.now)
    }

    /// `8-12`, in another year `2025-08-12`; English `12 Aug`, `12 Aug 2025`.
    pub fn date(&self, day: Day) -> String {
        let month = self.words.say(&format!("month-{}", day.month()));
        if day.year() == self.today().year() {
            return self.day_in("date-short", day, &month, 1);
        }
        // Chinese pads the whole date to ISO; names of months are longer than the padding.
        let digits = if self.words.lang() == Lang::Zh { 2 } else { 1 };
        self.day_in("date-year", day, &format!("{month:0>2}"), digits)
    }

    /// For forms, letters and print: `2026 年 8 月 12 日`, `12 August 2026`.
    pub fn long_date(&self, day: Day) -> String {
        self.day_in("date-long", day, &self.words.say(&format!("month-{}-long", day.month())), 1)
    }

    fn day_in(&self, key: &str, day: Day, month: &str, digits: usize) -> String {
        let (year, day) = (day.year().to_string(), format!("{:0digits$}", day.day()));
        self.words.with(key, &[("year", year.into()), ("month", month.into()), ("day", day.into())])
    }

    /// `6-01–6-30`.
    pub fn days(&self, from: Day, to: Day) -> String {
        format!("{}\u{2013}{}", self.date(from), self.date(to))
    }

    /// `10:12` on the wall of the site.
    pub fn time(&self, at: Moment) -> String {
        let (hour, minute, _) = self.zone.wall(at);
        format!("{hour:02}:{minute:02}")
    }

    /// `8-12 10:12`.
    pub fn date_time(&self, at: Moment) -> String {
        format!("{} {}", self.date(self.zone.day(at)), self.time(at))
    }

    /// The shortest that is still clear: `10:12` today, `昨天` yesterday, `8-10` before.
    pub fn when(&self, at: Moment) -> String {
        match self.today().since(self.zone.day(at)) {
            0 => self.time(at),
            1 => self.words.say("date-yesterday"),
            _ => self.date(self.zone.day(at)),
        }
    }

    /// `10:12` today, else `8-13 09:42`; for limits and for what stands alone.
    pub fn moment(&self, at: Moment) -> String {
        if self.zone.day(at) == self.today() { self.time(at) } else { self.date_time(at) }
    }

    /// `限 10:12`, `限 8-13 09:42`. A relative time always stands beside it.
    pub fn limit(&self, due: Moment) -> String {
        self.words.with("time-limit", &[("at", self.moment(due).into())])
    }

    /// `1 小时 5 分`, `26 小时`, `3 天`; milliseconds, rounded down, so that nobody is promised a minute too much.
    pub fn duration(&self, millis: i64) -> String {
        Duration::of(millis).say(&self.words)
    }

    /// `还剩 3 小时`.
    pub fn left(&self, millis: i64) -> String {
        self.words.with("time-left", &[("span", self.duration(millis).into())])
    }

    /// `超 12 分`.
    pub fn over(&self, millis: i64) -> String {
        self.words.with("time-over", &[("span", self.duration(millis).into())])
    }

    /// `¥1,501.44`, `−¥120.00`.
    pub fn money(&self, money: Money) -> String {
        money.to_string()
    }

    /// `1,501.44` for table columns that have 元 in their head.
    pub fn yuan(&self, money: Money) -> String {
        money.to_string().replace('¥', "")
    }

    /// `96.4%`, half up; `—` when nothing is counted.
    pub fn percent(&self, part: i64, whole: i64) -> String {
        if whole == 0 {
            return "—".to_owned();
        }
        let (part, whole) = (i128::from(part), i128::from(whole));
        let tenths = (part * 2000 + whole).div_euclid(whole * 2);
        let sign = if tenths < 0 { "\u{2212}" } else { "" };
        format!("{sign}{}.{}%", tenths.abs() / 10, tenths.abs() % 10)
    }

    /// `96.4%（27 / 28）`: a rate never stands without what it was made of.
    pub fn ratio(&self, part: i64, whole: i64) -> String {
        let rate = self.percent(part, whole);
        self.words
            .with("ratio", &[("rate", rate.into()), ("part", grouped(part).into()), ("whole", grouped(whole).into())])
    }

    /// `89.37 m²`.
    pub fn area(&self, area: Area) -> String {
        format!("{area} m²")
    }

    /// `1,152`.
    pub fn number(&self, number: i64) -> String {
        grouped(number)
    }

    /// `9,999`, then `10,000+`: lists stop counting there.
    pub fn count(&self, count: i64) -> String {
        if count >= 10_000 { "10,000+".to_owned() } else { grouped(count) }
    }
}

/// Thousands with commas, minus sign U+2212.
pub(super) fn grouped(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut text = String::from(if number < 0 { "\u{2212}" } else { "" });
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
