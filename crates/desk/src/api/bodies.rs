//! What machines send.

use kernel::{
    Error, FieldError, PartyId,
    orders::{Channel, Kind, NewReporter, Urgency},
    promises::Reason,
};
use serde::Deserialize;
use utoipa::ToSchema;
use values::{Id, Phone};

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Report {
    /// `GYHY`
    pub site: String,
    pub kind: Kind,
    /// `water.leak`
    pub category: String,
    /// Left out: as the category says.
    pub urgency: Option<Urgency>,
    /// `1-2-301`
    pub place: Option<String>,
    pub channel: Channel,
    #[serde(default)]
    pub text: String,
    pub reporter: Option<Reporter>,
    /// What a technician must know at the door.
    pub entry_note: Option<String>,
    /// Ids of pictures that were sent before.
    #[serde(default)]
    pub evidence: Vec<String>,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Reporter {
    pub party: Option<String>,
    pub name: Option<String>,
    pub phone: Option<String>,
}

/// Somebody else who reports the same, perhaps from another home.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SecondReporter {
    pub party: Option<String>,
    pub name: Option<String>,
    pub phone: Option<String>,
    /// Code of where they call from; left out, the place of the order.
    pub place: Option<String>,
}

impl SecondReporter {
    /// Errors: as `Reporter::read`.
    pub fn read(&self) -> Result<NewReporter, Error> {
        let (party, name, phone) = (self.party.clone(), self.name.clone(), self.phone.clone());
        Reporter { party, name, phone }.read()
    }
}

impl Reporter {
    /// Errors: `phone_shape`, `reporter_unknown`.
    pub fn read(&self) -> Result<NewReporter, Error> {
        let phone = self.phone.as_deref().filter(|phone| !phone.trim().is_empty());
        let phone: Option<Phone> = phone.map(str::parse).transpose().map_err(|_| refuse("phone", "phone_shape"))?;
        let party: Option<PartyId> =
            self.party.as_deref().map(str::parse).transpose().map_err(|_| refuse("reporter", "reporter_unknown"))?;
        Ok(NewReporter { party, name: self.name.clone(), phone, place: None })
    }
}

pub fn refuse(field: &str, code: &'static str) -> Error {
    Error::Invalid(vec![FieldError::new(field, code)])
}

/// Errors: `evidence_unknown` for what is no id.
pub fn ids<T>(texts: &[String]) -> Result<Vec<Id<T>>, Error> {
    texts.iter().map(|text| text.parse().map_err(|_| refuse("evidence", "evidence_unknown"))).collect()
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Nothing {}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    pub text: String,
    /// Answered at once: nothing is left to do.
    #[serde(default)]
    pub close: bool,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Classification {
    pub kind: Option<Kind>,
    pub category: Option<String>,
    pub urgency: Option<Urgency>,
    pub place: Option<String>,
    pub reporter: Option<Reporter>,
    /// CSV-22
    pub complex: Option<bool>,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Merge {
    /// The id of the order that goes on.
    pub into: String,
}

/// Exactly one of the three.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Assignment {
    /// The id of a member of staff.
    pub person: Option<String>,
    /// `ENG`
    pub department: Option<String>,
    #[serde(default)]
    pub auto: bool,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Suspension {
    pub reason: Reason,
    #[serde(default)]
    pub note: String,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Completion {
    #[serde(default)]
    pub result: String,
    /// Ids of pictures that were sent before.
    #[serde(default)]
    pub evidence: Vec<String>,
    pub signature: Option<String>,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Verdict {
    pub satisfied: bool,
    #[serde(default)]
    pub text: String,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Rating {
    #[schema(minimum = 1, maximum = 5)]
    pub stars: i64,
    #[serde(default)]
    pub text: String,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Why {
    #[serde(default)]
    pub reason: String,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Cancellation {
    #[serde(default)]
    pub reason: String,
    /// The customer asked for it.
    #[serde(default)]
    pub withdrawn: bool,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Transfer {
    pub person: String,
    #[serde(default)]
    pub reason: String,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Words {
    #[serde(default)]
    pub text: String,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewMessage {
    pub text: String,
    /// The customer sees it.
    #[serde(default)]
    pub visible: bool,
    #[serde(default)]
    pub evidence: Vec<String>,
}
