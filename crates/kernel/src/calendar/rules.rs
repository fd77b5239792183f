use values::{Day, Moment, Zone};

use super::{Calendar, DeskHours};

impl Calendar {
    /// CAL-01: the `n`-th working day after `day`, which itself is not counted; `day` when `n` is 0.
    pub fn working_days_after(&self, day: Day, n: u32) -> Day {
        (0..n).fold(day, |last, _| self.working_day_from(last.plus_days(1)))
    }

    /// `day`, or the next day that is no day off.
    pub fn working_day_from(&self, day: Day) -> Day {
        let mut day = day;
        while !self.is_working(day) {
            let next = day.plus_days(1);
            if next == day {
                break; // the end of the calendar, in the year 9999
            }
            day = next;
        }
        day
    }

    /// CAL-02, CAL-03: the last day of a legal period of `days` days after `event`, moved off days off (Civil Code 203).
    /// The period ends at 24:00 of it. Not for service promises, intervals, ages or periods counted backwards.
    pub fn legal_end(&self, event: Day, days: i64) -> Day {
        self.working_day_from(event.plus_days(days))
    }
}

/// What a deadline of a site is counted with.
#[derive(Debug, Clone, Copy)]
pub struct Timetable<'a> {
    pub calendar: &'a Calendar,
    pub desk: &'a DeskHours,
    pub zone: &'a Zone,
}

impl Timetable<'_> {
    /// CAL-01: 24:00 of the `n`-th working day after the day of `from`, as the next midnight.
    pub fn working_days_due(&self, from: Moment, n: u32) -> Moment {
        self.end_of(self.calendar.working_days_after(self.zone.day(from), n))
    }

    /// CAL-03: the moment at which a legal period of `days` days after `event` ends.
    pub fn legal_due(&self, event: Day, days: i64) -> Moment {
        self.end_of(self.calendar.legal_end(event, days))
    }

    /// 24:00 of `day`, as the next midnight.
    pub fn end_of(&self, day: Day) -> Moment {
        self.zone.start(day.plus_days(1))
    }

    /// The desk is open; its closing moment is not part of its hours.
    pub fn is_open(&self, at: Moment) -> bool {
        self.opening(self.zone.day(at)).is_some_and(|(opens, closes)| opens <= at && at < closes)
    }

    /// `from` when the desk is open, else its next opening.
    pub fn next_open(&self, from: Moment) -> Moment {
        self.openings(from).next().map_or(from, |(opens, _)| opens)
    }

    /// CAL-02: the moment at which `millis` of open desk have passed since `from`; `from` itself for none. Time that
    /// runs out with the day's hours ends at closing, not at the next opening.
    pub fn add_desk_time(&self, from: Moment, millis: i64) -> Moment {
        let mut left = millis;
        if left <= 0 {
            return from;
        }
        for (opens, closes) in self.openings(from) {
            let open_for = closes.since(opens);
            if left <= open_for {
                return opens.plus_millis(left);
            }
            left -= open_for;
        }
        from.plus_millis(millis)
    }

    /// Spans of open desk that end after `from`, the first one cut to begin there.
    fn openings(&self, from: Moment) -> impl Iterator<Item = (Moment, Moment)> {
        let first = self.zone.day(from);
        let days = std::iter::successors(Some(first), |day| Some(day.plus_days(1)).filter(|next| next != day));
        days.filter_map(|day| self.opening(day))
            .filter(move |(_, closes)| *closes > from)
            .map(move |(opens, closes)| (opens.max(from), closes))
    }

    fn opening(&self, day: Day) -> Option<(Moment, Moment)> {
        let hours = self.desk.on(day, self.calendar);
        let span = (self.minute_of(day, hours.opens), self.minute_of(day, hours.closes));
        (span.0 < span.1).then_some(span)
    }

    fn minute_of(&self, day: Day, minute: u16) -> Moment {
        match (i8::try_from(minute / 60), i8::try_from(minute % 60)) {
            (Ok(hour), Ok(minute)) if hour < 24 => self.zone.at(day, hour, minute),
            _ => self.end_of(day),
        }
    }
}
