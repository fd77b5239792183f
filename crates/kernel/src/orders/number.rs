use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use values::Day;

use super::Kind;

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not the number of an order")]
pub struct NumberError;

/// The number of an order, by its first kind and the site's day of its receipt; never changed later, gaps allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Number {
    pub kind: Kind,
    pub day: Day,
    pub sequence: u32,
}

impl Number {
    /// As screens say it within its year: `B-0812-017`.
    pub fn short(self) -> String {
        format!("{}-{:02}{:02}-{:03}", self.kind.letter(), self.day.month(), self.day.day(), self.sequence)
    }

    /// Short in the year of `today`, with its year in any other.
    pub fn on_screen(self, today: Day) -> String {
        if self.day.year() == today.year() { self.short() } else { self.to_string() }
    }
}

impl fmt::Display for Number {
    /// As addresses and QR codes say it: `B-260812-017`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (letter, year) = (self.kind.letter(), self.day.year().rem_euclid(100));
        write!(f, "{letter}-{year:02}{:02}{:02}-{:03}", self.day.month(), self.day.day(), self.sequence)
    }
}

impl FromStr for Number {
    type Err = NumberError;
    /// The form with the year, letter for letter.
    fn from_str(text: &str) -> Result<Self, NumberError> {
        let typed = typed(text, None).ok_or(NumberError)?;
        let kind = typed.kind.ok_or(NumberError)?;
        let number = Self { kind, day: typed.day, sequence: typed.sequence };
        if number.to_string() == text { Ok(number) } else { Err(NumberError) }
    }
}

impl From<Number> for String {
    fn from(number: Number) -> Self {
        number.to_string()
    }
}

impl TryFrom<String> for Number {
    type Error = NumberError;
    fn try_from(text: String) -> Result<Self, NumberError> {
        text.parse()
    }
}

impl utoipa::PartialSchema for Number {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
        use utoipa::openapi::{ObjectBuilder, Type};
        let pattern = Some("^[BTZJPQ]-[0-9]{6}-[0-9]{3,}$");
        ObjectBuilder::new().schema_type(Type::String).pattern(pattern).into()
    }
}
impl utoipa::ToSchema for Number {}

/// A number as somebody typed it; without its letter it may be one of several orders.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TypedNumber {
    pub kind: Option<Kind>,
    pub day: Day,
    pub sequence: u32,
}

/// Reads what people type: `B-260812-017`, `b0812017`, `B 0812 17`, `0812-017`, full width too. Without a year it is the
/// last such day up to `today`.
pub fn parse_typed(text: &str, today: Day) -> Option<TypedNumber> {
    typed(text, Some(today))
}

fn typed(text: &str, today: Option<Day>) -> Option<TypedNumber> {
    let plain: String = text.trim().chars().map(half_width).collect();
    let (kind, digits) = match plain.chars().next().filter(char::is_ascii_alphabetic) {
        Some(letter) => (Some(Kind::of_letter(letter)?), &plain[1..]),
        None => (None, plain.as_str()),
    };
    let mut parts = digits.split(['-', ' ', '.', '/']).filter(|part| !part.is_empty());
    let (day, sequence) = match (parts.next(), parts.next(), parts.next()) {
        (Some(day), Some(sequence), None) => (day, sequence),
        (Some(joined), None, None) => split_joined(joined)?,
        _ => return None,
    };
    let sequence = number(sequence).filter(|sequence| *sequence > 0)?;
    Some(TypedNumber { kind, day: day_of(day, today)?, sequence })
}

fn half_width(letter: char) -> char {
    match letter {
        '！'..='～' => char::from_u32(u32::from(letter) - 0xFEE0).unwrap_or(letter),
        '\u{3000}' | '\u{a0}' => ' ',
        '—' | '–' | '\u{2212}' => '-',
        _ => letter,
    }
}

/// Seven or eight digits have no year, nine or ten have one.
fn split_joined(digits: &str) -> Option<(&str, &str)> {
    match digits.len() {
        7 | 8 => digits.split_at_checked(4),
        9 | 10 => digits.split_at_checked(6),
        _ => None,
    }
}

fn number(digits: &str) -> Option<u32> {
    let all_digits = !digits.is_empty() && digits.len() <= 6 && digits.bytes().all(|byte| byte.is_ascii_digit());
    if all_digits { digits.parse().ok() } else { None }
}

fn day_of(digits: &str, today: Option<Day>) -> Option<Day> {
    let number = number(digits)?;
    let (month, day) = (i8::try_from(number / 100 % 100).ok()?, i8::try_from(number % 100).ok()?);
    match digits.len() {
        6 => Day::new(i16::try_from(2000 + number / 10_000).ok()?, month, day).ok(),
        4 => last_such_day(month, day, today?),
        _ => None,
    }
}

/// 02-29 may lie up to eight years back.
fn last_such_day(month: i8, day: i8, today: Day) -> Option<Day> {
    let years = (0..=8).map(|back| today.year() - back);
    years.filter_map(|year| Day::new(year, month, day).ok()).find(|found| *found <= today)
}
