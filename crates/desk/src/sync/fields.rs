//! The fields of an operation are those of a form: texts, or lists of texts.

use kernel::{Error, FieldError};
use serde_json::Value as Json;

pub struct Fields<'a>(pub &'a Json);

impl Fields<'_> {
    pub fn text(&self, name: &str) -> String {
        self.optional(name).unwrap_or_default()
    }
    pub fn optional(&self, name: &str) -> Option<String> {
        match self.0.get(name)? {
            Json::String(text) if !text.trim().is_empty() => Some(text.clone()),
            Json::Number(number) => Some(number.to_string()),
            Json::Array(all) => all.first().and_then(Json::as_str).map(Into::into),
            _ => None,
        }
    }
    /// Errors: `field_unreadable` beside the field.
    pub fn read<T: std::str::FromStr>(&self, name: &str) -> Result<T, Error> {
        self.text(name).parse().map_err(|_| unreadable(name))
    }
    pub fn read_optional<T: std::str::FromStr>(&self, name: &str) -> Result<Option<T>, Error> {
        self.optional(name).map(|text| text.parse().map_err(|_| unreadable(name))).transpose()
    }
    pub fn is_set(&self, name: &str) -> bool {
        match self.0.get(name) {
            Some(Json::Bool(set)) => *set,
            Some(Json::String(text)) => matches!(text.as_str(), "true" | "1" | "on" | "yes"),
            _ => false,
        }
    }
    pub fn list<T: std::str::FromStr>(&self, name: &str) -> Result<Vec<T>, Error> {
        let texts: Vec<&str> = match self.0.get(name) {
            Some(Json::Array(all)) => all.iter().filter_map(Json::as_str).collect(),
            Some(Json::String(text)) if !text.is_empty() => vec![text],
            _ => Vec::new(),
        };
        texts.into_iter().map(|text| text.parse().map_err(|_| unreadable(name))).collect()
    }
}

fn unreadable(name: &str) -> Error {
    Error::Invalid(vec![FieldError::new(name, "field_unreadable")])
}
