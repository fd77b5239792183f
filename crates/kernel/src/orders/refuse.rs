//! How refusals of acts are told to people.

use super::Refusal;
use crate::{RefusalKind, Refuse, certificates::Gap};

impl Refuse for Refusal {
    fn code(&self) -> &'static str {
        Self::code(self)
    }
    fn field(&self) -> Option<&'static str> {
        match self {
            Self::ReasonMissing => Some("reason"),
            Self::ProofMissing { .. } => Some("evidence"),
            Self::CertificateMissing { .. } => Some("to"),
            Self::IntoItself => Some("into"),
            Self::BadSlot => Some("from"),
            _ => None,
        }
    }
    fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::ProofMissing { what } => vec![
                ("photo", what.iter().any(|one| one == "photo").to_string()),
                ("signature", what.iter().any(|one| one == "signature").to_string()),
            ],
            Self::CertificateMissing { certificate } => vec![("kind", certificate.clone())],
            _ => Vec::new(),
        }
    }
    fn kind(&self) -> RefusalKind {
        match self {
            Self::NotYourRole | Self::NotYours | Self::NotEntitled | Self::OwnWork => RefusalKind::Denied,
            Self::ReasonMissing
            | Self::ProofMissing { .. }
            | Self::CertificateMissing { .. }
            | Self::IntoItself
            | Self::BadSlot => RefusalKind::Invalid,
            _ => RefusalKind::Conflict,
        }
    }
}

/// CRT-90: the certificate that stands in the way, by name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{person} has no valid {kind} ({why}, {number}, {date})")]
pub struct Lacking {
    pub person: String,
    /// `CRT-05`
    pub kind: String,
    /// `none` when there is none.
    pub number: String,
    /// Its last day, `none` when there is none.
    pub date: String,
    /// `none`, `not_yet`, `expired`, `review_missed`
    pub why: &'static str,
}

impl Lacking {
    pub(super) fn new(person: String, gap: &Gap) -> Self {
        let none = || "none".to_string();
        Self {
            person,
            kind: gap.kind.to_string(),
            number: gap.number.clone().unwrap_or_else(none),
            date: gap.ended_on.map_or_else(none, |day| day.to_string()),
            why: gap.why.as_str(),
        }
    }
}

impl Refuse for Lacking {
    fn code(&self) -> &'static str {
        "certificate_missing"
    }
    fn field(&self) -> Option<&'static str> {
        Some("to")
    }
    fn args(&self) -> Vec<(&'static str, String)> {
        vec![
            ("person", self.person.clone()),
            ("kind", self.kind.clone()),
            ("number", self.number.clone()),
            ("date", self.date.clone()),
            ("why", self.why.replace('_', "-")),
        ]
    }
}
