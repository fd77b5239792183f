//! Calendar days as companies write them; always `YYYY-MM-DD` afterwards.

use jiff::civil::Date;

use crate::codes::Fault;
use crate::sheet::Cell;
use crate::text::{is_nothing, squeezed};

/// `2023年5月1日`, `2023.5.1`, `2023/05/01`, `20230501`, a date cell, or a serial number in the sheet's date system →
/// `2023-05-01`. `Ok(None)` where nothing is written, or that it has not happened yet.
pub fn day(cell: Cell<'_>, date_1904: bool) -> Result<Option<String>, Fault> {
    let found = match cell {
        Cell::Empty => return Ok(None),
        Cell::Bool(_) => return Err(Fault::DateUnreadable),
        Cell::Date(date) => date,
        Cell::Number(number) => numbered(number, date_1904)?,
        Cell::Text(text) if is_unknown(text) => return Err(Fault::DateUnknown),
        Cell::Text(text) if is_nothing(text) || is_not_yet(text) => return Ok(None),
        Cell::Text(text) => written(&squeezed(text), date_1904)?,
    };
    if (1949..=2100).contains(&found.year()) { Ok(Some(found.to_string())) } else { Err(Fault::DateOutOfRange) }
}

/// Somebody wrote that nobody knows: told apart from an empty cell, so that somebody may ask.
fn is_unknown(text: &str) -> bool {
    ["不详", "未知", "不明", "不清楚", "不清", "待查", "待核实"].contains(&text.trim())
}

fn is_not_yet(text: &str) -> bool {
    ["未交付", "未交房", "未收房", "未入伙", "未领取", "待定", "待交付", "长期", "永久"].contains(&text.trim())
}

/// 1 is 1900-01-01 and day 60 never was (1900 system); 0 is 1904-01-01 (1904 system).
pub fn serial_day(serial: i64, date_1904: bool) -> Option<Date> {
    let (origin, days) = match (date_1904, serial) {
        (true, 0..) => (Date::new(1904, 1, 1), serial),
        (false, 61..) => (Date::new(1899, 12, 30), serial),
        (false, 1..=59) => (Date::new(1899, 12, 31), serial),
        _ => return None,
    };
    let days = i32::try_from(days).ok().filter(|days| *days < 3_000_000)?;
    origin.ok()?.checked_add(jiff::Span::new().days(days)).ok()
}

fn numbered(number: f64, date_1904: bool) -> Result<Date, Fault> {
    let whole = number.trunc() as i64;
    if (1949..=2100).contains(&whole) {
        return Err(Fault::DateIncomplete);
    }
    if (19_000_000..30_000_000).contains(&whole) && number.fract() == 0.0 {
        return compact(&whole.to_string());
    }
    serial_day(whole, date_1904).filter(|_| whole > 366).ok_or(Fault::DateUnreadable)
}

fn compact(digits: &str) -> Result<Date, Fault> {
    ymd(&digits[..4], &digits[4..6], &digits[6..])
}

fn written(text: &str, date_1904: bool) -> Result<Date, Fault> {
    let text = without_time(text);
    let digits = text.len();
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        return match digits {
            8 => compact(text),
            4..=5 => numbered(text.parse().unwrap_or_default(), date_1904),
            6 => Err(Fault::DateIncomplete),
            _ => Err(Fault::DateUnreadable),
        };
    }
    let parts: Vec<&str> =
        text.split(['年', '月', '日', '号', '.', '/', '-', '\\', ',']).filter(|part| !part.is_empty()).collect();
    if parts.iter().any(|part| part.len() > 4 || !part.bytes().all(|byte| byte.is_ascii_digit())) {
        return Err(Fault::DateUnreadable);
    }
    match parts[..] {
        [year, month, day] if year.len() == 4 => ymd(year, month, day),
        [_, _, year] if year.len() == 4 => Err(Fault::DateAmbiguous),
        [year] | [year, _] if year.len() == 4 => Err(Fault::DateIncomplete),
        [_, _, _] => Err(Fault::DateAmbiguous),
        [_, _] => Err(Fault::DateIncomplete),
        _ => Err(Fault::DateUnreadable),
    }
}

/// `2023-05-0110:00:00` (white space is gone already) and `2023-05-01T10:00` lose their time.
fn without_time(text: &str) -> &str {
    let text = text.split('T').next().unwrap_or(text);
    let Some(colon) = text.find(':') else { return text };
    let hour = text[..colon].bytes().rev().take(2).take_while(u8::is_ascii_digit).count();
    let date = &text[..colon - hour];
    let one_digit_day = date.rsplit(['-', '/', '.']).next().is_some_and(str::is_empty);
    if one_digit_day && hour == 2 { &text[..colon - 1] } else { date }
}

fn ymd(year: &str, month: &str, day: &str) -> Result<Date, Fault> {
    let number = |text: &str| text.parse::<i16>().map_err(|_| Fault::DateUnreadable);
    let (month, day) = (number(month)?, number(day)?);
    let small = |value: i16| i8::try_from(value).map_err(|_| Fault::DateUnreadable);
    Date::new(number(year)?, small(month)?, small(day)?).map_err(|_| Fault::DateUnreadable)
}
