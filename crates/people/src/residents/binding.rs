//! First binding (never the phone alone): a code from a slip or a link, or a request that the desk approves.

use db::{DbError, FromRow, Row};
use kernel::{
    Caller, Error, FieldError, House, PartyId, PlaceId, Read, RefusalKind, Refuse, SiteId, Tx,
    access::{self, attempts, attempts::Patience},
    messages::{self, Sms},
    parties::{self, HomeRole, NewOccupancy, PartyKind},
    sites, staff,
};
use serde_json::{Value as Json, json};
use values::{DAY, Id, MINUTE, Moment, Phone};

pub use super::request::{Claim, approve, at_site, of_phone, refuse, request};
use super::{Proof, one_person};
use crate::second_factor::{plain_code, recovery_code};

/// A slip is good for this long, a link for a week; milliseconds.
pub const SLIP_LIFE: i64 = 30 * DAY;
const LINK_LIFE: i64 = 7 * DAY;
/// Guessing slips: five tries for nothing, then waiting.
const SLIPS: Patience = Patience { free: 5, first: MINUTE, longest: 60 * MINUTE, forget: DAY };

#[derive(Debug, thiserror::Error)]
pub enum BindingRefused {
    #[error("no such slip, or it was used or is too old")]
    Code,
    #[error("the next try is possible later")]
    Wait { minutes: i64 },
    #[error("no such home at this site")]
    Home,
    #[error("too many requests from this phone today")]
    TooMany,
    #[error("the request was settled already")]
    Settled,
    #[error("this phone opens that home already")]
    Bound,
    #[error("the phone is the log-in of somebody else who is registered")]
    Elsewhere,
}
impl Refuse for BindingRefused {
    fn code(&self) -> &'static str {
        match self {
            Self::Code => "binding_code",
            Self::Wait { .. } => "binding_wait",
            Self::Home => "binding_home",
            Self::TooMany => "binding_too_many",
            Self::Settled => "binding_settled",
            Self::Bound => "binding_bound",
            Self::Elsewhere => "binding_elsewhere",
        }
    }
    fn field(&self) -> Option<&'static str> {
        match self {
            Self::Code | Self::Wait { .. } | Self::Bound | Self::Elsewhere => Some("code"),
            Self::Home | Self::TooMany => Some("home"),
            Self::Settled => None,
        }
    }
    fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Wait { minutes } => vec![("n", minutes.to_string())],
            _ => Vec::new(),
        }
    }
    fn kind(&self) -> RefusalKind {
        match self {
            Self::Wait { .. } | Self::TooMany => RefusalKind::Later,
            Self::Settled | Self::Elsewhere => RefusalKind::Conflict,
            Self::Code | Self::Home | Self::Bound => RefusalKind::Invalid,
        }
    }
}

/// A slip, a link or a request.
#[derive(Clone, Debug)]
pub struct Binding {
    pub id: Id<Binding>,
    pub site: SiteId,
    pub place: PlaceId,
    /// The home as registered.
    pub home: String,
    /// Of a slip made for somebody registered there.
    pub party: Option<PartyId>,
    /// `slip`, `link`, `request`
    pub kind: String,
    pub name: Option<String>,
    pub phone: Option<Phone>,
    pub role: HomeRole,
    /// `open`, `used`, `waiting`, `approved`, `refused`
    pub state: String,
    pub made: Moment,
    pub ends: Moment,
    pub settled: Option<Moment>,
}

impl FromRow for Binding {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        let phone: Option<String> = row.get("phone")?;
        Ok(Self {
            id: row.get("id")?,
            site: row.get("site")?,
            place: row.get("place")?,
            home: row.get("home")?,
            party: row.get("party")?,
            kind: row.get("kind")?,
            name: row.get("name")?,
            phone: phone.and_then(|phone| phone.parse().ok()),
            role: row.get("role")?,
            state: row.get("state")?,
            made: row.get("made")?,
            ends: row.get("ends")?,
            settled: row.get("settled")?,
        })
    }
}

pub(super) const COLUMNS: &str = "SELECT b.id, b.site, b.place, l.code AS home, b.party, b.kind, b.name, b.phone, b.role, b.state, b.made, b.ends, b.settled \
                       FROM bindings b JOIN places l ON l.id = b.place WHERE ";

fn blind(house: &House, code: &str) -> Vec<u8> {
    house.keys().blind(&format!("binding/{}", plain_code(code)))
}

/// What a slip is made for: somebody registered in the home, or anybody of a role there.
#[derive(Clone, Debug)]
pub struct NewSlip {
    pub place: PlaceId,
    pub party: Option<PartyId>,
    pub role: HomeRole,
}

async fn insert(
    tx: &mut Tx,
    site: SiteId,
    new: &NewSlip,
    kind: &'static str,
    code: &str,
    phone: Option<&Phone>,
    life: i64,
) -> Result<Id<Binding>, Error> {
    tx.one::<PlaceId>("SELECT id AS value FROM places WHERE id = $1 AND site = $2", (new.place, site)).await?;
    let (id, now): (Id<Binding>, _) = (tx.id(), tx.now());
    let code = blind(tx.house(), code);
    let values =
        (id, site, new.place, new.party, kind, code, phone.cloned(), new.role.as_str(), now, now.plus_millis(life));
    let sql = "INSERT INTO bindings (id, site, place, party, kind, code, phone, role, state, tries, made, ends) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'open', 0, $9, $10)";
    tx.run(sql, values).await?;
    Ok(id)
}

/// A code for a paper slip. Earlier open slips for the same person or role of that home die.
pub async fn new_slip(tx: &mut Tx, site: SiteId, new: &NewSlip) -> Result<String, Error> {
    let code = recovery_code();
    let old = "UPDATE bindings SET state = 'used', code = NULL WHERE site = $1 AND place = $2 AND kind = 'slip' AND state = 'open' AND role = $3";
    tx.run(old, (site, new.place, new.role.as_str())).await?;
    let id = insert(tx, site, new, "slip", &code, None, SLIP_LIFE).await?;
    tx.note(
        site,
        "binding.slip_made",
        format!("binding/{id}"),
        Json::Null,
        json!({ "place": new.place, "role": new.role }),
    );
    Ok(code)
}

/// Sends a link to a phone that is registered for somebody of the home. `words` makes the message from the address.
pub async fn send_link(
    tx: &mut Tx,
    site: SiteId,
    new: &NewSlip,
    phone: &Phone,
    words: impl Fn(&str) -> String,
) -> Result<(), Error> {
    let code = format!("{}{}{}", recovery_code(), recovery_code(), recovery_code()).replace('-', "");
    let id = insert(tx, site, new, "link", &code, Some(phone), LINK_LIFE).await?;
    let ends = tx.now().plus_millis(LINK_LIFE);
    messages::queue(
        tx,
        &Sms { site: Some(site), party: new.party, phone, purpose: "binding", text: &words(&code), ends },
    )
    .await?;
    tx.note(
        site,
        "binding.link_sent",
        format!("binding/{id}"),
        Json::Null,
        json!({ "place": new.place, "phone": phone.masked() }),
    );
    Ok(())
}

/// Counts the try before the slip is looked for (R03); 40 bits are not guessed by five tries a phone.
async fn knock(house: &House, asker: &Caller, proof: &Proof) -> Result<(), Error> {
    let mut tx = house.begin(asker).await?;
    let gate = attempts::count(&mut tx, "slip", proof.phone.dial(), &SLIPS).await?;
    let network = attempts::network(asker.origin.as_deref());
    let address = attempts::within(&mut tx, "slip-address", &network, 60, 60 * MINUTE).await?;
    tx.note(None, "binding.tried", "binding", Json::Null, json!({ "phone": proof.phone.masked() }));
    let now = tx.now();
    tx.commit().await?;
    match gate {
        attempts::Gate::Closed { until } => {
            Err(BindingRefused::Wait { minutes: (until.since(now) + MINUTE - 1) / MINUTE }.into())
        }
        attempts::Gate::Open { .. } if !address => Err(BindingRefused::Wait { minutes: 60 }.into()),
        attempts::Gate::Open { .. } => Ok(()),
    }
}

/// As the program at one site, from where the asker came.
pub(super) fn at(site: SiteId, asker: &Caller) -> Caller {
    Caller { origin: asker.origin.clone(), session: asker.session, ..access::system(site, "binding") }
}

/// Ties the shown phone to the home of the slip or link. Returns whose account it opens now. Errors: `BindingRefused`, a
/// name is missing, what the home refuses.
pub async fn use_code(house: &House, asker: &Caller, proof: &Proof, code: &str, name: &str) -> Result<PartyId, Error> {
    knock(house, asker, proof).await?;
    let mut read = house.read(&access::system_company("binding")).await?;
    let site: Option<SiteId> =
        read.opt("SELECT site AS value FROM bindings WHERE code = $1", (blind(house, code),)).await?;
    drop(read);
    let site = site.ok_or(BindingRefused::Code)?;
    let mut tx = house.begin(&at(site, asker)).await?;
    let binding = open_binding(&mut tx, code).await?;
    if binding.phone.as_ref().is_some_and(|phone| *phone != proof.phone) {
        return Err(BindingRefused::Code.into());
    }
    let party = settle(&mut tx, &binding, proof, name).await?;
    let now = tx.now();
    let used = "UPDATE bindings SET state = 'used', code = NULL, settled = $2, settled_by = $3 WHERE id = $1";
    tx.run(used, (binding.id, now, party)).await?;
    attempts::forgive(&mut tx, "slip", proof.phone.dial()).await?;
    tx.note(
        site,
        "binding.used",
        format!("binding/{}", binding.id),
        Json::Null,
        json!({ "party": party, "place": binding.place }),
    );
    tx.commit().await?;
    Ok(party)
}

async fn open_binding(tx: &mut Tx, code: &str) -> Result<Binding, Error> {
    let now = tx.now();
    let code = blind(tx.house(), code);
    let sql = "SELECT id AS value FROM bindings WHERE code = $1 AND state = 'open' AND ends >= $2 {lock}";
    let id: Id<Binding> = tx.opt(sql, (code, now)).await?.ok_or(BindingRefused::Code)?;
    by_id(tx, id).await
}

/// One binding at the caller's sites.
pub async fn by_id(read: &mut Read, id: Id<Binding>) -> Result<Binding, Error> {
    let sql = db::Sql::new(COLUMNS).push("b.id = ").bind(id).push(" AND {scope:b} ORDER BY b.id");
    read.all_of(sql).await?.into_iter().next().ok_or(Error::Missing)
}

/// Finds or makes the party that the phone opens from now on, and puts it into the home.
pub(super) async fn settle(tx: &mut Tx, binding: &Binding, proof: &Proof, name: &str) -> Result<PartyId, Error> {
    sites::hold_register(tx, binding.site).await?;
    let registered = registered(tx, binding, proof, name).await?;
    let party = match (proof.party, registered) {
        (Some(own), Some(other)) if own != other => return one_person::settle(tx, binding, proof, own, other).await,
        (Some(own), Some(_)) => own,
        (Some(own), None) => {
            join(tx, binding, own, name).await?;
            return Ok(own);
        }
        (None, Some(other)) => other,
        (None, None) => {
            let party =
                parties::add(tx, Some(binding.site), PartyKind::Person, name, std::slice::from_ref(&proof.phone))
                    .await?;
            join(tx, binding, party, name).await?;
            party
        }
    };
    open_with(tx, binding.site, party, &proof.phone).await?;
    Ok(party)
}

/// From now on the shown phone opens `party`.
pub(super) async fn open_with(tx: &mut Tx, site: SiteId, party: PartyId, phone: &Phone) -> Result<(), Error> {
    parties::add_phones(tx, site, party, std::slice::from_ref(phone)).await?;
    staff::bind_phone(tx, party, phone).await
}

/// Who of the home this is: the one the slip was made for, else the only one with this phone, else with this name.
async fn registered(tx: &mut Tx, binding: &Binding, proof: &Proof, name: &str) -> Result<Option<PartyId>, Error> {
    let today = sites::by_id(tx, binding.site).await?.today(tx.now());
    let there = parties::household(tx, binding.place).await?;
    let there: Vec<_> = there.into_iter().filter(|member| member.occupancy.is_on(today)).collect();
    if let Some(party) = binding.party {
        let still = there.iter().any(|member| member.occupancy.party == party);
        return if still { Ok(Some(party)) } else { Err(BindingRefused::Code.into()) };
    }
    let with_phone: Vec<PartyId> = there
        .iter()
        .filter(|member| member.phones.contains(&proof.phone))
        .map(|member| member.occupancy.party)
        .collect();
    let with_name: Vec<PartyId> =
        there.iter().filter(|member| member.name == name.trim()).map(|member| member.occupancy.party).collect();
    Ok(match (with_phone.as_slice(), with_name.as_slice()) {
        ([one], _) => Some(*one),
        // A name is no secret: it counts only where a person of the desk looks at the request.
        (_, [one]) if binding.kind == "request" => Some(*one),
        _ => None,
    })
}

async fn join(tx: &mut Tx, binding: &Binding, party: PartyId, name: &str) -> Result<(), Error> {
    if name.trim().is_empty() && binding.party.is_none() {
        return Err(Error::Invalid(vec![FieldError::new("name", "party_name_missing")]));
    }
    let today = sites::by_id(tx, binding.site).await?.today(tx.now());
    let there = parties::household(tx, binding.place).await?;
    if there.iter().any(|member| member.occupancy.party == party && member.occupancy.is_on(today)) {
        return Err(BindingRefused::Bound.into());
    }
    let role = match (
        binding.role,
        there.iter().any(|member| member.occupancy.role == HomeRole::Owner && member.occupancy.is_on(today)),
    ) {
        (HomeRole::Owner, true) => HomeRole::CoOwner,
        (role, _) => role,
    };
    let new = NewOccupancy { place: binding.place, party, role, from: today, to: None, let_in_by: None };
    parties::move_in(tx, binding.site, new).await?;
    Ok(())
}
