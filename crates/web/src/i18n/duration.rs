//! Lengths of time in words.

use values::{DAY, HOUR, MINUTE};

use super::Words;

/// A length of time as people say it: minutes under an hour, hours and minutes under a day, hours under two days, then days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Duration {
    Moments,
    Minutes(i64),
    Hours { hours: i64, minutes: i64 },
    Days(i64),
}

impl Duration {
    pub(super) fn of(millis: i64) -> Self {
        let millis = millis.saturating_abs();
        match millis {
            _ if millis < MINUTE => Self::Moments,
            _ if millis < HOUR => Self::Minutes(millis / MINUTE),
            _ if millis < DAY => Self::Hours { hours: millis / HOUR, minutes: millis % HOUR / MINUTE },
            _ if millis < 2 * DAY => Self::Hours { hours: millis / HOUR, minutes: 0 },
            _ => Self::Days(millis / DAY),
        }
    }

    pub(super) fn say(self, words: &Words) -> String {
        match self {
            Self::Moments => words.say("span-moments"),
            Self::Minutes(minutes) => words.with("span-minutes", &[("n", minutes.into())]),
            Self::Hours { hours, minutes: 0 } => words.with("span-hours", &[("n", hours.into())]),
            Self::Hours { hours, minutes } => {
                words.with("span-hours-minutes", &[("hours", hours.into()), ("minutes", minutes.into())])
            }
            Self::Days(days) => words.with("span-days", &[("n", days.into())]),
        }
    }
}
