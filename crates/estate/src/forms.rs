//! Reading the forms of this department: every field that is wrong is named, at once.

use kernel::{
    Checks, Error, FieldError,
    parties::{NewParty, PartyKind},
};
use values::{Area, Day, Phone, Secret};
use web::Ask;

/// The fields of a form, by name.
pub struct Fields {
    pairs: Vec<(String, String)>,
    pub checks: Checks,
}

impl Fields {
    pub fn of(ask: &Ask) -> Result<Self, Error> {
        Ok(Self { pairs: ask.pairs()?, checks: Checks::default() })
    }
    pub fn text(&self, name: &str) -> &str {
        self.pairs.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.trim())
    }
    pub fn optional(&self, name: &str) -> Option<String> {
        Some(self.text(name).to_string()).filter(|text| !text.is_empty())
    }
    pub fn parsed<T: std::str::FromStr>(&mut self, name: &str, code: &'static str) -> Option<T> {
        let text = self.text(name).to_string();
        let parsed = text.parse().ok();
        if parsed.is_none() && !text.is_empty() {
            self.checks.refuse(name, code);
        }
        parsed
    }
    /// Errors beside the field: empty or no day.
    pub fn day(&mut self, name: &str) -> Option<Day> {
        if self.text(name).is_empty() {
            self.checks.refuse(name, "estate_day_missing");
        }
        self.parsed(name, "estate_day_shape")
    }
    pub fn day_or_none(&mut self, name: &str) -> Option<Day> {
        self.parsed(name, "estate_day_shape")
    }
    pub fn area(&mut self, name: &str) -> Option<Area> {
        self.parsed(name, "estate_area_shape")
    }
    pub fn phones(&mut self, name: &str) -> Vec<Phone> {
        let text = self.text(name).to_string();
        let mut phones = Vec::new();
        for part in text.split([',', '，', '、', ';', '；', '\n']).map(str::trim).filter(|part| !part.is_empty()) {
            match part.parse() {
                Ok(phone) => phones.push(phone),
                Err(_) => self.checks.add(FieldError::new(name, "estate_phone_shape").with("text", part)),
            }
        }
        phones
    }
    /// An identity number, its check digit proven where it has one.
    pub fn identity(&mut self, name: &str) -> Option<Secret<String>> {
        let text = self.optional(name)?;
        match sheets::identity_number(sheets::Cell::Text(&text)) {
            Ok(numbers) if numbers.len() == 1 => numbers.into_iter().next().map(Secret::new),
            _ => {
                self.checks.refuse(name, "estate_identity_shape");
                None
            }
        }
    }
    /// A party from the fields `name`, `phones`, `identity`, `kind`, each with `suffix` behind it.
    pub fn party(&mut self, names: [&'static str; 3]) -> NewParty {
        let [name, phones, identity] = names;
        let text = self.text(name).to_string();
        if text.is_empty() {
            self.checks.refuse(name, "party_name_missing");
        }
        let kind = self.text("kind").parse().unwrap_or(PartyKind::Person);
        NewParty { kind, identity: self.identity(identity), note: None, ..NewParty::person(text, self.phones(phones)) }
    }
    pub fn done(self) -> Result<(), Error> {
        self.checks.done()
    }
    pub fn version(&self) -> i64 {
        self.text(web::look::VERSION_FIELD).parse().unwrap_or(0)
    }
}
