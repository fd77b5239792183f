use std::{fmt, str::FromStr};

/// A phone number as people dial it: eleven digits of a mobile, or a landline with its area code (`0571-88886666`).
/// Prints masked; `dial` is the only way to the whole number.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Phone(String);

#[derive(Debug, thiserror::Error)]
#[error("not a phone number: eleven digits, or a landline with its area code")]
pub struct PhoneError;

impl Phone {
    pub fn dial(&self) -> &str {
        &self.0
    }
    /// The last four digits, by which people are looked for.
    pub fn tail(&self) -> &str {
        &self.0[self.0.len().saturating_sub(4)..]
    }
    pub fn is_mobile(&self) -> bool {
        self.0.len() == 11 && self.0.starts_with('1')
    }
    /// `138 **** 5678`; a landline keeps its area code: `0571-****6666`.
    pub fn masked(&self) -> String {
        match self.0.split_once('-') {
            Some((code, _)) => format!("{code}-****{}", self.tail()),
            None => format!("{} **** {}", &self.0[..3], self.tail()),
        }
    }
    /// `138 1234 5678`.
    pub fn spaced(&self) -> String {
        if self.is_mobile() { format!("{} {} {}", &self.0[..3], &self.0[3..7], &self.0[7..]) } else { self.0.clone() }
    }
}

impl FromStr for Phone {
    type Err = PhoneError;
    /// Accepts spaces, dashes, full width digits and `+86`.
    fn from_str(text: &str) -> Result<Self, PhoneError> {
        let mut digits = String::new();
        for letter in text.chars() {
            match letter {
                '0'..='9' => digits.push(letter),
                '０'..='９' => digits.push(char::from(b'0' + u8::try_from(u32::from(letter) - 0xFF10).unwrap_or(0))),
                ' ' | '-' | '\u{3000}' | '(' | ')' | '（' | '）' | '+' | '\u{a0}' | '－' | '—' | '–' => {}
                _ => return Err(PhoneError),
            }
        }
        let bare = digits.strip_prefix("0086").or_else(|| digits.strip_prefix("86").filter(|rest| rest.len() == 11));
        mobile_or_landline(bare.unwrap_or(&digits)).map(Self).ok_or(PhoneError)
    }
}

fn mobile_or_landline(digits: &str) -> Option<String> {
    let mobile = digits.len() == 11 && digits.starts_with('1') && digits.as_bytes()[1] >= b'3';
    let area = if digits.starts_with("01") || digits.starts_with("02") { 3 } else { 4 };
    let landline = digits.starts_with('0') && !digits.starts_with("00") && (10..=12).contains(&digits.len());
    let local = digits.len().saturating_sub(area);
    match (mobile, landline) {
        (true, _) => Some(digits.to_string()),
        (_, true) if (7..=8).contains(&local) => Some(format!("{}-{}", &digits[..area], &digits[area..])),
        _ => None,
    }
}

impl fmt::Debug for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.masked())
    }
}
impl fmt::Display for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.masked())
    }
}
