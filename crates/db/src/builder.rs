use std::fmt::Write;

use uuid::Uuid;

use crate::value::{ToValue, Value};

/// A statement put together from fixed pieces, for lists whose filters vary. Only `&'static str` and bound values go
/// in, so nothing that a person typed can become SQL.
#[derive(Clone, Debug, Default)]
pub struct Sql {
    text: String,
    values: Vec<Value>,
}

impl Sql {
    pub fn new(text: &'static str) -> Self {
        Self { text: text.to_string(), values: Vec::new() }
    }
    pub fn push(mut self, text: &'static str) -> Self {
        self.text.push_str(text);
        self
    }
    /// The next `$n` with its value.
    pub fn bind(mut self, value: impl ToValue) -> Self {
        self.take(value.to_value());
        self
    }
    fn take(&mut self, value: Value) {
        self.values.push(value);
        // Writing into a text never fails.
        let _ = write!(self.text, "${}", self.values.len());
    }
    /// `($1, $2, …)` of values that are given away: the rows of a large insert are not copied.
    pub fn row(mut self, values: Vec<Value>) -> Self {
        self.text.push('(');
        for (index, value) in values.into_iter().enumerate() {
            self.text.push_str(if index == 0 { "" } else { ", " });
            self.take(value);
        }
        self.text.push(')');
        self
    }
    /// `($1, $2, …)`; an empty list matches nothing.
    pub fn list<T: ToValue>(mut self, items: &[T]) -> Self {
        if items.is_empty() {
            self.text.push_str("(NULL)");
            return self;
        }
        for (index, item) in items.iter().enumerate() {
            self.text.push_str(if index == 0 { "(" } else { ", " });
            self = self.bind(item.to_value());
        }
        self.text.push(')');
        self
    }
    /// Adds `piece` when `value` is there, with the value in place of its end.
    pub fn when<T: ToValue>(self, piece: &'static str, value: Option<T>) -> Self {
        match value {
            Some(value) => self.push(piece).bind(value),
            None => self,
        }
    }
    /// For the test language, which makes schemas with names of its own.
    #[doc(hidden)]
    pub const fn test_only(text: String) -> Self {
        Self::owned(text)
    }
    pub fn into_parts(self) -> (String, Vec<Value>) {
        (self.text, self.values)
    }
    pub fn text(&self) -> &str {
        &self.text
    }
    /// A statement of a migration: made from `&'static str` by `migrate`, never from what a person typed.
    pub(crate) const fn owned(text: String) -> Self {
        Self { text, values: Vec::new() }
    }
    /// A statement that was sent before, once more.
    pub(crate) const fn bound(text: String, values: Vec<Value>) -> Self {
        Self { text, values }
    }
    pub fn from_parts(text: &'static str, values: Vec<Value>) -> Self {
        Self { text: text.to_string(), values }
    }
    /// Puts the caller's sites in place of each `{scope}` (`site IN (…)`) and `{scope:o}` (`o.site IN (…)`);
    /// `None` is the whole company.
    pub fn within(mut self, sites: Option<&[Uuid]>) -> Self {
        while let Some(start) = self.text.find("{scope") {
            let Some(length) = self.text[start..].find('}') else { return self };
            let word = self.text[start + 6..start + length].trim_start_matches(':').to_string();
            let rest = self.text.split_off(start).split_off(length + 1);
            self = match sites {
                None => self.push("1 = 1"),
                Some(sites) => {
                    self.text.push_str(&word);
                    self.push(if word.is_empty() { "site IN " } else { ".site IN " }).list(sites)
                }
            };
            self.text.push_str(&rest);
        }
        self
    }
}
