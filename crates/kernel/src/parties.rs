//! A person or an organisation, once per company, whatever its roles.

use serde_json::{Value as Json, json};
use values::Phone;

use crate::{Error, PartyId, SiteId, Tx};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartyKind {
    Person,
    Company,
}
impl PartyKind {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Company => "company",
        }
    }
}

/// A new party, with its phones in order of use. `site` owns the audit row.
pub async fn add(tx: &mut Tx, site: Option<SiteId>, kind: PartyKind, name: &str, phones: &[Phone]) -> Result<PartyId, Error> {
    let (id, now): (PartyId, _) = (tx.id(), tx.now());
    tx.run("INSERT INTO parties (id, kind, name, made, version) VALUES ($1, $2, $3, $4, 1)", (id, kind.as_str(), name, now)).await?;
    for (rank, phone) in (0i64..).zip(phones) {
        tx.run("INSERT INTO phones (party, phone, rank) VALUES ($1, $2, $3)", (id, phone.clone(), rank)).await?;
    }
    tx.note(site, "party.added", format!("party/{id}"), Json::Null, json!({ "kind": kind.as_str(), "phones": phones.len() }));
    Ok(id)
}
