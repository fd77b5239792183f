//! Areas in m² as integer hundredths, read from their decimal digits and never from a float's bits.

use crate::codes::Fault;
use crate::sheet::Cell;
use crate::text::{is_nothing, squeezed};

/// `89.37`, `89.37㎡`, `89.37平米`, `1,089.37` → hundredths of m²; digits beyond two are rounded half up.
/// `Ok(None)` where nothing is written.
pub fn area(cell: Cell<'_>) -> Result<Option<i64>, Fault> {
    let text = match cell {
        Cell::Empty => return Ok(None),
        Cell::Date(_) | Cell::Bool(_) => return Err(Fault::AreaUnreadable),
        other => other.text(),
    };
    if is_nothing(&text) {
        return Ok(None);
    }
    hundredths(&without_unit(&squeezed(&text))).map(Some).ok_or(Fault::AreaUnreadable)
}

/// `8937` → `89.37`.
pub fn area_text(hundredths: i64) -> String {
    let sign = if hundredths < 0 { "-" } else { "" };
    let size = hundredths.unsigned_abs();
    format!("{sign}{}.{:02}", size / 100, size % 100)
}

/// The text is upper case and half width, so ㎡ has become M2.
fn without_unit(text: &str) -> String {
    const UNITS: &[&str] = &["平方米", "平米", "平方", "平", "M2", "M^2", "SQM", "SQ.M", "M"];
    let bare = UNITS.iter().find_map(|unit| text.strip_suffix(unit)).unwrap_or(text);
    bare.trim_start_matches('约').to_owned()
}

/// A decimal string to hundredths, exactly.
fn hundredths(text: &str) -> Option<i64> {
    let (sign, digits) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let whole = ungrouped(whole)?;
    let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.len() > 12 || !all_digits(&whole) || !all_digits(part) || whole.is_empty() {
        return None;
    }
    let digit = |at: usize| part.as_bytes().get(at).map_or(0, |byte| i64::from(byte - b'0'));
    let round = i64::from(digit(2) >= 5);
    Some(sign * (whole.parse::<i64>().ok()? * 100 + digit(0) * 10 + digit(1) + round))
}

/// Commas only where thousands end: `1,089` yes, `10,89` no.
fn ungrouped(whole: &str) -> Option<String> {
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or_default();
    let rest: Vec<&str> = groups.collect();
    let fits = rest.iter().all(|group| group.len() == 3) && (rest.is_empty() || (1..=3).contains(&first.len()));
    fits.then(|| format!("{first}{}", rest.concat()))
}
