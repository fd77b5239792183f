use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Floor area in 0.01 m². Written as a decimal string in m² (`89.37`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Area(i64);

#[derive(Debug, thiserror::Error)]
#[error("not an area: write square metres with at most two decimals, such as 89.37")]
pub struct AreaError;

impl Area {
    pub const fn from_hundredths(hundredths: i64) -> Self {
        Self(hundredths)
    }
    pub const fn hundredths(self) -> i64 {
        self.0
    }
}

impl fmt::Display for Area {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:02}", self.0 / 100, self.0.unsigned_abs() % 100)
    }
}
impl FromStr for Area {
    type Err = AreaError;
    fn from_str(text: &str) -> Result<Self, AreaError> {
        let (whole, part) = text.trim().split_once('.').unwrap_or((text.trim(), ""));
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || whole.len() > 9 || part.len() > 2 || !digits(whole) || !digits(part) {
            return Err(AreaError);
        }
        let whole: i64 = whole.parse().map_err(|_| AreaError)?;
        let hundredths: i64 = format!("{part:0<2}").parse().map_err(|_| AreaError)?;
        Ok(Self(whole * 100 + hundredths))
    }
}
impl Serialize for Area {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
impl<'de> Deserialize<'de> for Area {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}
