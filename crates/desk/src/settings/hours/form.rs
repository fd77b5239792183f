//! Desk hours to and from the fields of their form; a day without times is a day on which the desk is closed.

use kernel::{
    Checks, FieldError,
    calendar::{CalendarError, DeskDays, DeskHours, Hours},
};
use web::parts::FormState;

use crate::settings::sent::Sent;

/// Monday first.
pub const WEEKDAYS: [usize; 7] = [1, 2, 3, 4, 5, 6, 7];

pub fn opens(weekday: usize) -> String {
    format!("opens{weekday}")
}
pub fn closes(weekday: usize) -> String {
    format!("closes{weekday}")
}

/// `08:00`; the end of the day is `24:00`.
pub fn clock(minutes: u16) -> String {
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

pub fn state_of(hours: &DeskHours) -> FormState {
    let days = if hours.days() == DeskDays::WorkingDays { "working_days" } else { "every_day" };
    WEEKDAYS.iter().zip(hours.week()).fold(FormState::default().value("days", days), |state, (weekday, of_day)| {
        let shown = |minutes| if of_day.is_closed() { String::new() } else { clock(minutes) };
        state.value(&opens(*weekday), shown(of_day.opens)).value(&closes(*weekday), shown(of_day.closes))
    })
}

/// Errors: `set_hours` at the weekday; `set_hours_never` when the desk would never be open.
pub fn read(sent: &Sent, checks: &mut Checks) -> Option<DeskHours> {
    let week: Vec<Option<Hours>> = WEEKDAYS.iter().map(|weekday| of_day(sent, *weekday, checks)).collect();
    let week: Vec<Hours> = week.into_iter().collect::<Option<_>>()?;
    let days = if sent.text("days") == "working_days" { DeskDays::WorkingDays } else { DeskDays::EveryDay };
    match DeskHours::new(days, week.try_into().ok()?) {
        Ok(hours) => Some(hours),
        Err(CalendarError::NeverOpen) => {
            checks.refuse("opens1", "set_hours_never");
            None
        }
        Err(_) => {
            checks.refuse("opens1", "set_hours");
            None
        }
    }
}

fn of_day(sent: &Sent, weekday: usize, checks: &mut Checks) -> Option<Hours> {
    let (from, to) = (opens(weekday), closes(weekday));
    match (sent.text(&from), sent.text(&to)) {
        ("", "") => Some(Hours::CLOSED),
        (first, last) => {
            let hours = minutes(first).zip(minutes(last)).filter(|(opens, closes)| opens < closes);
            if hours.is_none() {
                checks.add(FieldError::new(&from, "set_hours"));
            }
            hours.map(|(opens, closes)| Hours { opens, closes })
        }
    }
}

/// Minutes after midnight of `8:00`, `08：00` or `24:00`.
fn minutes(text: &str) -> Option<u16> {
    let text = text.replace('：', ":");
    let (hour, minute) = text.split_once(':').unwrap_or((&text, "0"));
    let (hour, minute): (u16, u16) = (hour.trim().parse().ok()?, minute.trim().parse().ok()?);
    Some(hour.checked_mul(60)? + minute).filter(|total| minute < 60 && *total <= 1440)
}
