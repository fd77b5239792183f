//! A person or an organisation, once per company, whatever its roles; and who owns, rents or lives in which home, from
//! which day to which. Owner ≠ user ≠ unit. Invariants: history is never rewritten; one owner of a home at a time; an
//! identity number is kept sealed and shown only with a reason that the audit keeps.

mod model;
mod moves;
mod rows;
mod rules;
mod store;
#[cfg(test)]
mod tests;

use serde_json::{Value as Json, json};
use values::{Day, Phone, Secret};

pub use model::{HomeRole, Member, Occupancy, OccupancyId, OccupancyMark, Party, PartyKind, RosterLine};
pub use moves::{let_to, move_in, move_in_all, move_out, sell};
pub use rows::{occupancy_rows, party_rows};
pub use rules::MoveRefusal;
pub use store::{
    KnownMember, RosterFilter, at_site, by_id, by_identity, household, known, occupancies_of, occupancy, recognise,
    roster, roster_count,
};

use crate::{Error, FieldError, PartyId, PlaceId, SiteId, Tx, search, sites};

/// A party to be made.
#[derive(Clone, Debug)]
pub struct NewParty {
    pub kind: PartyKind,
    pub name: String,
    pub phones: Vec<Phone>,
    pub identity: Option<Secret<String>>,
    pub note: Option<String>,
}

impl NewParty {
    pub fn person(name: impl Into<String>, phones: Vec<Phone>) -> Self {
        Self { kind: PartyKind::Person, name: name.into(), phones, identity: None, note: None }
    }
}

/// Somebody to be registered in a home.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewOccupancy {
    pub place: PlaceId,
    pub party: PartyId,
    pub role: HomeRole,
    pub from: Day,
    /// The first day on which it is no more.
    pub to: Option<Day>,
    pub let_in_by: Option<PartyId>,
}

/// An identity number as it is compared: capitals, no spaces.
fn identity_plain(number: &str) -> String {
    number.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_uppercase).collect()
}

fn check_name(name: &str) -> Result<&str, Error> {
    let name = name.trim();
    let error = |code| Err(Error::Invalid(vec![FieldError::new("name", code)]));
    match name.chars().count() {
        0 => error("party_name_missing"),
        1..=80 => Ok(name),
        _ => error("party_name_long"),
    }
}

/// A new party, with its phones in order of use. `site` owns the audit row.
pub async fn add(
    tx: &mut Tx,
    site: Option<SiteId>,
    kind: PartyKind,
    name: &str,
    phones: &[Phone],
) -> Result<PartyId, Error> {
    let new = NewParty { kind, ..NewParty::person(name, phones.to_vec()) };
    add_party(tx, site, new).await
}

/// A new party with everything known of it. Errors: no name.
pub async fn add_party(tx: &mut Tx, site: Option<SiteId>, mut new: NewParty) -> Result<PartyId, Error> {
    new.name = check_name(&new.name)?.to_string();
    let id = rows::insert_parties(tx, std::slice::from_ref(&new)).await?[0];
    tx.note(
        site,
        "party.added",
        format!("party/{id}"),
        Json::Null,
        json!({ "kind": new.kind, "phones": new.phones.len(), "identity": new.identity.is_some() }),
    );
    Ok(id)
}

/// The party that this is at `site` already, or a new one. Phones that are new are added behind those that are known.
pub async fn find_or_add(
    tx: &mut Tx,
    site: SiteId,
    place: Option<PlaceId>,
    mut new: NewParty,
) -> Result<PartyId, Error> {
    new.name = check_name(&new.name)?.to_string();
    sites::hold_register(tx, site).await?;
    match store::recognise(tx, site, place, &new.name, &new.phones).await? {
        Some(known) => {
            add_phones(tx, site, known, &new.phones).await?;
            Ok(known)
        }
        None => add_party(tx, Some(site), new).await,
    }
}

/// Many at once. The caller leaves one audit row for the batch; `move_in_all` makes them findable.
pub async fn add_all(tx: &mut Tx, new: &[NewParty]) -> Result<Vec<PartyId>, Error> {
    rows::insert_parties(tx, new).await
}

/// What a person may correct about a party.
#[derive(Clone, Debug)]
pub struct Correction {
    pub kind: PartyKind,
    pub name: String,
    pub phones: Vec<Phone>,
    pub note: Option<String>,
    /// `None` leaves the identity number as it is; an empty text takes it away.
    pub identity: Option<Secret<String>>,
}

/// Corrects a party that somebody saw in `version`. Errors: `Stale`, no name, `Missing` for a party without a home here.
pub async fn correct(tx: &mut Tx, site: SiteId, id: PartyId, version: i64, to: &Correction) -> Result<(), Error> {
    let name = check_name(&to.name)?;
    sites::hold_register(tx, site).await?;
    let before = at_site(tx, site, id).await?;
    if before.version != version || !store::save(tx, id, version, to.kind, name, to.note.as_deref()).await? {
        return Err(Error::Stale { current: store::version_of(tx, id).await? });
    }
    rows::set_phones(tx, id, &to.phones).await?;
    if let Some(identity) = &to.identity {
        store::save_identity(tx, id, Some(identity.reveal().trim()).filter(|text| !text.is_empty())).await?;
    }
    let (old, new) = (search::party_terms(&before.name, &before.phones), search::party_terms(name, &to.phones));
    for at in store::sites_of(tx, id).await? {
        search::index(tx, at, search::Kind::Party, id.uuid(), &old, &new).await?;
    }
    let masked = |name: &str, phones: &[Phone]| json!({ "name": values::mask_name(name), "phones": phones.iter().map(Phone::masked).collect::<Vec<_>>() });
    tx.note(
        site,
        "party.corrected",
        format!("party/{id}"),
        masked(&before.name, &before.phones),
        masked(name, &to.phones),
    );
    tx.changed(site, "parties", id.uuid());
    Ok(())
}

/// Adds phones that are not known yet, behind those that are: what an import may do without asking.
pub async fn add_phones(tx: &mut Tx, site: SiteId, id: PartyId, phones: &[Phone]) -> Result<(), Error> {
    sites::hold_register(tx, site).await?;
    let party = at_site(tx, site, id).await?;
    let all: Vec<Phone> = party.phones.iter().chain(phones).cloned().collect();
    rows::set_phones(tx, id, &all).await?;
    let (old, new) = (search::party_terms(&party.name, &party.phones), search::party_terms(&party.name, &all));
    search::index(tx, site, search::Kind::Party, id.uuid(), &old, &new).await
}

/// What of a party is shown in full for once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sealed {
    /// Level 2: the whole phones.
    Phones,
    /// Level 3: the identity number.
    Identity,
}

/// PRV §5: shows what is masked or sealed; who, whose, why are kept by the audit. Errors: no reason, nothing kept.
pub async fn reveal(tx: &mut Tx, site: SiteId, id: PartyId, what: Sealed, reason: &str) -> Result<Vec<String>, Error> {
    let reason = reason.trim();
    if reason.chars().count() < 2 {
        return Err(MoveRefusal::ReasonMissing.into());
    }
    let party = at_site(tx, site, id).await?;
    let (act, shown) = match what {
        Sealed::Phones => ("party.phones_revealed", party.phones.iter().map(Phone::spaced).collect()),
        Sealed::Identity => match store::sealed(tx, id).await? {
            Some(sealed) => ("party.identity_revealed", vec![tx.house().keys().open_sealed(id.uuid(), &sealed)?]),
            None => return Err(MoveRefusal::NothingSealed.into()),
        },
    };
    tx.note(
        site,
        act,
        format!("party/{id}"),
        Json::Null,
        json!({ "reason": reason.chars().take(200).collect::<String>() }),
    );
    Ok(shown)
}
