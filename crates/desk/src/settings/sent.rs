//! A form of the settings as it was sent.

use kernel::Error;
use web::Ask;

pub struct Sent(Vec<(String, String)>);

impl Sent {
    pub fn of(ask: &Ask) -> Result<Self, Error> {
        Ok(Self(ask.pairs()?))
    }
    /// The first field of this name, without the space around it; empty when there is none.
    pub fn text(&self, name: &str) -> &str {
        self.0.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.trim())
    }
    pub fn optional(&self, name: &str) -> Option<String> {
        Some(self.text(name).to_string()).filter(|text| !text.is_empty())
    }
    /// Every field of this name, as several boxes send it.
    pub fn all(&self, name: &str) -> Vec<&str> {
        self.0.iter().filter(|(key, _)| key == name).map(|(_, value)| value.as_str()).collect()
    }
    pub fn is_on(&self, name: &str) -> bool {
        self.text(name) == "on"
    }
}
