//! An owner lets in family and tenants by name and phone, until a day or on. It is an invitation: whoever holds the phone
//! accepts or declines it after logging in, and until then it opens nothing and says nothing about that phone.

use db::{DbError, FromRow, Row, Sql};
use kernel::{
    Caller, Error, FieldError, House, PartyId, PlaceId, Read, SiteId, Tx,
    access::{self, attempts},
    messages::{self, Sms},
    parties::{self, HomeRole, NewOccupancy, PartyKind},
    sites, staff,
};
use serde_json::{Value as Json, json};
use values::{DAY, Day, Id, Phone, Zone};

use super::{
    Proof,
    binding::{Binding, at},
    household::{LetInRefused, owned},
};

/// An invitation waits this long, milliseconds.
const LIFE: i64 = 7 * DAY;
const A_DAY: i64 = 10;

/// Somebody whom the owner lets in.
pub struct LetIn<'a> {
    pub place: PlaceId,
    pub name: &'a str,
    pub phone: Phone,
    /// Family, tenant or user.
    pub role: HomeRole,
    /// The last day; `None` until it is ended.
    pub last: Option<Day>,
    /// What the message to them says.
    pub told: &'a str,
}

/// One that waits.
#[derive(Clone, Debug)]
pub struct Invitation {
    pub id: Id<Binding>,
    pub site: SiteId,
    pub place: PlaceId,
    /// The home as registered.
    pub home: String,
    /// Who invites.
    pub owner: String,
    pub invited_by: PartyId,
    /// Who is invited, as the owner typed it.
    pub name: String,
    pub phone: Phone,
    pub role: HomeRole,
    pub last: Option<Day>,
}

impl FromRow for Invitation {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        Ok(Self {
            id: row.get("id")?,
            site: row.get("site")?,
            place: row.get("place")?,
            home: row.get("home")?,
            owner: row.get("owner")?,
            invited_by: row.get("invited_by")?,
            name: row.get("name")?,
            phone: row.get("phone")?,
            role: row.get("role")?,
            last: row.get("last_day")?,
        })
    }
}

/// Those that still stand: not settled, not over, and whoever made them still owns the home.
fn standing(read: &Read) -> Sql {
    let (now, today) = (read.now(), Zone::default().day(read.now()));
    let sql = Sql::new(
        "SELECT b.id, b.site, b.place, l.code AS home, p.name AS owner, b.invited_by, b.name, b.phone, b.role, b.last_day FROM bindings b \
         JOIN places l ON l.id = b.place JOIN parties p ON p.id = b.invited_by WHERE {scope:b} AND b.kind = 'invitation' AND b.state = 'open' \
         AND EXISTS (SELECT 1 FROM occupancies o WHERE o.place = b.place AND o.party = b.invited_by AND o.role IN ('owner', 'co_owner') AND o.from_day <= ",
    );
    let sql = sql.bind(today).push(" AND (o.to_day IS NULL OR o.to_day > ").bind(today);
    sql.push(")) AND b.ends >= ").bind(now)
}

/// Invites somebody into a home. Errors: `LetInRefused`, no name, `Missing` for a foreign home.
pub async fn invite(house: &House, caller: &Caller, new: &LetIn<'_>) -> Result<Id<Binding>, Error> {
    let (site, owner) = (owned(caller, new.place)?, caller.party().ok_or(Error::Missing)?);
    let mut tx = house.begin(caller).await?;
    check(new, sites::by_id(&mut tx, site).await?.today(tx.now()))?;
    if !attempts::within(&mut tx, "invitation", &owner.to_string(), A_DAY, DAY).await? {
        return Err(LetInRefused::TooMany.into());
    }
    let (id, now): (Id<Binding>, _) = (tx.id(), tx.now());
    let earlier = "UPDATE bindings SET state = 'refused', settled = $4 WHERE site = $1 AND place = $2 AND phone = $3 \
                   AND kind = 'invitation' AND state = 'open'";
    tx.run(earlier, (site, new.place, new.phone.clone(), now)).await?;
    let (name, role, ends) = (new.name.trim(), new.role.as_str(), now.plus_millis(LIFE));
    let sql = "INSERT INTO bindings (id, site, place, kind, name, phone, role, state, tries, made, ends, invited_by, last_day) \
               VALUES ($1, $2, $3, 'invitation', $4, $5, $6, 'open', 0, $7, $8, $9, $10)";
    tx.run(sql, (id, site, new.place, name, new.phone.clone(), role, now, ends, owner, new.last)).await?;
    let sms = Sms { site: Some(site), party: None, phone: &new.phone, purpose: "let_in", text: new.told, ends };
    messages::queue(&mut tx, &sms).await?;
    let after = json!({ "role": new.role, "last": new.last, "phone": new.phone.masked() });
    tx.note(site, "home.invited", format!("place/{}", new.place), Json::Null, after);
    tx.commit().await?;
    Ok(id)
}

fn check(new: &LetIn<'_>, today: Day) -> Result<(), Error> {
    if new.role.owns() {
        return Err(LetInRefused::Owner.into());
    }
    if !(1..=80).contains(&new.name.trim().chars().count()) {
        return Err(Error::Invalid(vec![FieldError::new("name", "party_name_missing")]));
    }
    if new.last.is_some_and(|last| last < today) { Err(LetInRefused::Dates.into()) } else { Ok(()) }
}

/// What waits for whoever shows this phone.
pub(super) async fn of_phone(house: &House, phone: &Phone) -> Result<Vec<Invitation>, Error> {
    let mut read = house.read(&access::system_company("invitation")).await?;
    let sql = standing(&read).push(" AND b.phone = ").bind(phone.clone()).push(" ORDER BY b.made, b.id LIMIT 20");
    read.all_of(sql).await
}

/// What an owner of the home waits for.
pub(super) async fn of_home(read: &mut Read, place: PlaceId) -> Result<Vec<Invitation>, Error> {
    let sql = standing(read).push(" AND b.place = ").bind(place).push(" ORDER BY b.made, b.id LIMIT 20");
    read.all_of(sql).await
}

/// The one of this id for the shown phone, held. Errors: `LetInRefused::Over`.
async fn hold(house: &House, asker: &Caller, proof: &Proof, id: Id<Binding>) -> Result<(Tx, Invitation), Error> {
    let waiting = of_phone(house, &proof.phone).await?;
    let site = waiting.iter().find(|one| one.id == id).ok_or(LetInRefused::Over)?.site;
    let mut tx = house.begin(&at(site, asker)).await?;
    let locked = "SELECT id AS value FROM bindings WHERE id = $1 AND site = $2 {lock}";
    tx.one::<Id<Binding>>(locked, (id, site)).await?;
    let sql = standing(&tx).push(" AND b.id = ").bind(id).push(" AND b.phone = ").bind(proof.phone.clone());
    let found: Vec<Invitation> = tx.all_of(sql.push(" ORDER BY b.id")).await?;
    let one = found.into_iter().next().ok_or(LetInRefused::Over)?;
    Ok((tx, one))
}

async fn settled(tx: &mut Tx, one: &Invitation, state: &str, by: Option<PartyId>) -> Result<(), Error> {
    let now = tx.now();
    let sql = "UPDATE bindings SET state = $3, settled = $4, settled_by = $5 WHERE id = $1 AND site = $2";
    tx.run(sql, (one.id, one.site, state, now, by)).await?;
    Ok(())
}

/// The phone's holder comes in from today on. Returns whose account the phone opens. Errors: `LetInRefused::Over`.
pub async fn accept(house: &House, asker: &Caller, proof: &Proof, id: Id<Binding>) -> Result<PartyId, Error> {
    let (mut tx, one) = hold(house, asker, proof, id).await?;
    sites::hold_register(&mut tx, one.site).await?;
    let there = parties::household(&mut tx, one.place).await?;
    let today = sites::by_id(&mut tx, one.site).await?.today(tx.now());
    let known = there.iter().find(|member| member.name == one.name && member.phones.contains(&one.phone));
    let party = match (proof.party, known) {
        (Some(own), _) => own,
        (None, Some(member)) => member.occupancy.party,
        (None, None) => {
            parties::add(&mut tx, Some(one.site), PartyKind::Person, &one.name, std::slice::from_ref(&one.phone))
                .await?
        }
    };
    if !there.iter().any(|member| member.occupancy.party == party && member.occupancy.is_on(today)) {
        come(&mut tx, &one, party, today).await?;
    }
    staff::bind_phone(&mut tx, party, &one.phone).await?;
    settled(&mut tx, &one, "used", Some(party)).await?;
    let after = json!({ "party": party, "role": one.role, "last": one.last });
    tx.note(one.site, "home.let_in", format!("place/{}", one.place), Json::Null, after);
    tx.commit().await?;
    Ok(party)
}

/// Let in, ended and let in again on one day is one stay.
async fn come(tx: &mut Tx, one: &Invitation, party: PartyId, today: Day) -> Result<(), Error> {
    let to = one.last.map(|last| last.plus_days(1));
    let again = "UPDATE occupancies SET to_day = $5, version = version + 1 WHERE place = $1 AND party = $2 AND role = $3 AND from_day = $4 \
                 AND to_day = from_day";
    if tx.run(again, (one.place, party, one.role.as_str(), today, to)).await? > 0 {
        return Ok(());
    }
    let let_in_by = Some(one.invited_by);
    let new = NewOccupancy { place: one.place, party, role: one.role, from: today, to, let_in_by };
    parties::move_in(tx, one.site, new).await?;
    Ok(())
}

/// The phone's holder does not want to. Errors: `LetInRefused::Over`.
pub async fn decline(house: &House, asker: &Caller, proof: &Proof, id: Id<Binding>) -> Result<(), Error> {
    let (mut tx, one) = hold(house, asker, proof, id).await?;
    settled(&mut tx, &one, "refused", proof.party).await?;
    tx.note(one.site, "home.invitation_declined", format!("place/{}", one.place), Json::Null, Json::Null);
    tx.commit().await
}

/// An owner takes it back. Errors: `Missing`, `LetInRefused`.
pub async fn withdraw(house: &House, caller: &Caller, place: PlaceId, id: Id<Binding>) -> Result<(), Error> {
    owned(caller, place)?;
    let mut tx = house.begin(caller).await?;
    let waiting = of_home(&mut tx, place).await?;
    let one = waiting.iter().find(|one| one.id == id).ok_or(LetInRefused::Over)?;
    settled(&mut tx, one, "refused", caller.party()).await?;
    tx.note(one.site, "home.invitation_withdrawn", format!("place/{place}"), Json::Null, Json::Null);
    tx.commit().await
}
