//! A year to and from its form: three lists of days, typed as people copy them from the announcement.

use kernel::{
    Checks, Error, FieldError,
    calendar::{Calendar, Year},
};
use values::Day;
use web::parts::FormState;

use crate::settings::sent::Sent;

pub fn state_of(known: &Calendar, year: i16) -> FormState {
    let Some(of) = known.year(year) else { return FormState::default() };
    let lists = [("off", of.off), ("statutory", of.statutory), ("working", of.working)];
    lists.into_iter().fold(FormState::default(), |state, (name, days)| {
        let days: Vec<String> = days.into_iter().map(|day| format!("{:02}-{:02}", day.month(), day.day())).collect();
        state.value(name, days.join(" "))
    })
}

/// Errors: `calendar_day` with what cannot be read, `calendar_both` for a day that is worked and off.
pub fn read(year: i16, sent: &Sent) -> Result<Year, Error> {
    let mut checks = Checks::default();
    let mut list = |name: &'static str| days(year, name, sent.text(name), &mut checks);
    let made = Year { year, off: list("off"), statutory: list("statutory"), working: list("working") };
    if made.clone().checked().is_err() {
        checks.refuse("working", "calendar_both");
    }
    if made.off.is_empty() && made.statutory.is_empty() {
        checks.refuse("off", "calendar_empty");
    }
    checks.done()?;
    Ok(made)
}

/// `10-01`, `2026-10-01`, `10-01…07`, `10-01~10-07`, split by spaces or commas.
fn days(year: i16, name: &str, text: &str, checks: &mut Checks) -> Vec<Day> {
    let mut found = Vec::new();
    for part in text.split([' ', ',', '，', '、', '\n', '\r', '\t', '·']).filter(|part| !part.trim().is_empty()) {
        match span(year, part.trim()) {
            Some(days) => found.extend(days),
            None => checks.add(FieldError::new(name, "calendar_day").with("text", part)),
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

fn span(year: i16, part: &str) -> Option<Vec<Day>> {
    let (first, last) = part.split_once(['…', '~', '～', '–', '—']).unwrap_or((part, ""));
    let first = day(year, first.trim())?;
    let last = match last.trim() {
        "" => first,
        of_month if !of_month.contains('-') => Day::new(year, first.month(), of_month.parse().ok()?).ok()?,
        whole => day(year, whole)?,
    };
    let length = last.since(first);
    (0..=31).contains(&length).then(|| (0..=length).map(|days| first.plus_days(days)).collect())
}

fn day(year: i16, text: &str) -> Option<Day> {
    let parts: Vec<&str> = text.split('-').collect();
    let (month, day) = match parts.as_slice() {
        [month, day] => (month, day),
        [of, month, day] if of.parse() == Ok(year) => (month, day),
        _ => return None,
    };
    Day::new(year, month.parse().ok()?, day.parse().ok()?).ok()
}
