//! The owner lets in family and tenants by name and phone, until a day or on, and ends it: access ends at once.

use kernel::{
    Caller, Error, FieldError, House, PartyId, PlaceId, RefusalKind, Refuse, SiteId, Tx,
    messages::{self, Sms},
    parties::{self, HomeRole, NewOccupancy, OccupancyId, PartyKind},
    sites, staff,
};
use serde_json::{Value as Json, json};
use values::{DAY, Day, Phone};

#[derive(Debug, thiserror::Error)]
pub enum LetInRefused {
    #[error("only an owner lets people into the home")]
    NotOwner,
    #[error("owners are not ended here")]
    Owner,
    #[error("the last day is over")]
    Dates,
}
impl Refuse for LetInRefused {
    fn code(&self) -> &'static str {
        match self {
            Self::NotOwner => "let_in_not_owner",
            Self::Owner => "let_in_owner",
            Self::Dates => "let_in_dates",
        }
    }
    fn field(&self) -> Option<&'static str> {
        matches!(self, Self::Dates).then_some("to")
    }
    fn kind(&self) -> RefusalKind {
        match self {
            Self::NotOwner | Self::Owner => RefusalKind::Denied,
            Self::Dates => RefusalKind::Invalid,
        }
    }
}

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

/// The site of a home that the caller owns today. Errors: `Missing` for a foreign home, `NotOwner`.
pub(super) fn owned(caller: &Caller, place: PlaceId) -> Result<SiteId, Error> {
    let home = caller.homes.iter().filter(|home| home.place == place);
    let mut home = home.map(|home| (home.site, home.role.parse::<HomeRole>().is_ok_and(HomeRole::owns)));
    let first = home.clone().next().ok_or(Error::Missing)?;
    if home.any(|(_, owns)| owns) { Ok(first.0) } else { Err(LetInRefused::NotOwner.into()) }
}

/// Lets somebody into a home from today on: their phone opens it at once. Errors: `LetInRefused`, no name, in it already.
pub async fn let_in(house: &House, caller: &Caller, new: &LetIn<'_>) -> Result<PartyId, Error> {
    let site = owned(caller, new.place)?;
    let mut tx = house.begin(caller).await?;
    let today = sites::by_id(&mut tx, site).await?.today(tx.now());
    if new.role.owns() {
        return Err(LetInRefused::Owner.into());
    }
    if new.last.is_some_and(|last| last < today) {
        return Err(LetInRefused::Dates.into());
    }
    let party = guest(&mut tx, site, new).await?;
    let to = new.last.map(|last| last.plus_days(1));
    if !again(&mut tx, new, party, today, to).await? {
        let come = NewOccupancy { place: new.place, party, role: new.role, from: today, to, let_in_by: caller.party() };
        parties::move_in(&mut tx, site, come).await?;
    }
    staff::bind_phone(&mut tx, party, &new.phone).await?;
    let ends = tx.now().plus_millis(DAY);
    messages::queue(
        &mut tx,
        &Sms { site: Some(site), party: Some(party), phone: &new.phone, purpose: "let_in", text: new.told, ends },
    )
    .await?;
    tx.note(
        site,
        "home.let_in",
        format!("place/{}", new.place),
        Json::Null,
        json!({ "party": party, "role": new.role, "last": new.last }),
    );
    tx.commit().await?;
    Ok(party)
}

/// Whose phone this is: the account it opens, somebody of the home with that name and phone, or a new party.
async fn guest(tx: &mut Tx, site: SiteId, new: &LetIn<'_>) -> Result<PartyId, Error> {
    let name = new.name.trim();
    if name.is_empty() || name.chars().count() > 80 {
        return Err(Error::Invalid(vec![FieldError::new("name", "party_name_missing")]));
    }
    if let Some(party) = staff::by_phone(tx, &new.phone).await? {
        return Ok(party);
    }
    let there = parties::household(tx, new.place).await?;
    let known = there.iter().find(|member| member.name == name && member.phones.contains(&new.phone));
    match known {
        Some(member) => Ok(member.occupancy.party),
        None => parties::add(tx, Some(site), PartyKind::Person, name, std::slice::from_ref(&new.phone)).await,
    }
}

/// Let in, ended and let in again on one day is one stay.
async fn again(tx: &mut Tx, new: &LetIn<'_>, party: PartyId, today: Day, to: Option<Day>) -> Result<bool, Error> {
    let sql = "UPDATE occupancies SET to_day = $5, version = version + 1 WHERE place = $1 AND party = $2 AND role = $3 AND from_day = $4 \
               AND to_day = from_day";
    Ok(tx.run(sql, (new.place, party, new.role.as_str(), today, to)).await? > 0)
}

/// Ends what an owner allowed, or what another owner did before. Access ends with the transaction. Errors: `Missing`,
/// `LetInRefused`.
pub async fn end_let_in(house: &House, caller: &Caller, place: PlaceId, id: OccupancyId) -> Result<(), Error> {
    let site = owned(caller, place)?;
    let mut tx = house.begin(caller).await?;
    let row = parties::occupancy(&mut tx, id).await?;
    if row.place != place {
        return Err(Error::Missing);
    }
    if row.role.owns() {
        return Err(LetInRefused::Owner.into());
    }
    let today = sites::by_id(&mut tx, site).await?.today(tx.now());
    let to = today.max(row.from);
    let sql =
        "UPDATE occupancies SET to_day = $2, version = version + 1 WHERE id = $1 AND (to_day IS NULL OR to_day > $2)";
    tx.run(sql, (id, to)).await?;
    // Whoever this person let in goes too.
    let guests = "UPDATE occupancies SET to_day = $3, version = version + 1 WHERE place = $1 AND let_in_by = $2 AND from_day <= $3 \
                  AND (to_day IS NULL OR to_day > $3)";
    tx.run(guests, (place, row.party, to)).await?;
    tx.note(
        site,
        "home.let_in_ended",
        format!("place/{place}"),
        Json::Null,
        json!({ "party": row.party, "role": row.role }),
    );
    tx.commit().await
}
