//! Whom an owner let into the home, and how that ends: access ends at once.

use kernel::{
    Caller, Error, House, PlaceId, RefusalKind, Refuse, SiteId,
    parties::{self, HomeRole, OccupancyId},
    sites,
};
use serde_json::{Value as Json, json};

#[derive(Debug, thiserror::Error)]
pub enum LetInRefused {
    #[error("only an owner lets people into the home")]
    NotOwner,
    #[error("owners are not ended here")]
    Owner,
    #[error("the last day is over")]
    Dates,
    #[error("the desk registered this person, no owner let them in")]
    Registered,
    #[error("too many invitations today")]
    TooMany,
    #[error("the invitation is over")]
    Over,
}
impl Refuse for LetInRefused {
    fn code(&self) -> &'static str {
        match self {
            Self::NotOwner => "let_in_not_owner",
            Self::Owner => "let_in_owner",
            Self::Dates => "let_in_dates",
            Self::Registered => "let_in_registered",
            Self::TooMany => "let_in_too_many",
            Self::Over => "let_in_over",
        }
    }
    fn field(&self) -> Option<&'static str> {
        match self {
            Self::Dates => Some("to"),
            Self::TooMany => Some("phone"),
            Self::NotOwner | Self::Owner | Self::Registered | Self::Over => None,
        }
    }
    fn kind(&self) -> RefusalKind {
        match self {
            Self::NotOwner | Self::Owner | Self::Registered => RefusalKind::Denied,
            Self::Dates => RefusalKind::Invalid,
            Self::TooMany => RefusalKind::Later,
            Self::Over => RefusalKind::Conflict,
        }
    }
}

/// The site of a home that the caller owns today. Errors: `Missing` for a foreign home, `NotOwner`.
pub(super) fn owned(caller: &Caller, place: PlaceId) -> Result<SiteId, Error> {
    let home = caller.homes.iter().filter(|home| home.place == place);
    let mut home = home.map(|home| (home.site, home.role.parse::<HomeRole>().is_ok_and(HomeRole::owns)));
    let first = home.clone().next().ok_or(Error::Missing)?;
    if home.any(|(_, owns)| owns) { Ok(first.0) } else { Err(LetInRefused::NotOwner.into()) }
}

/// Ends what an owner allowed, or what another owner did before. Access ends with the transaction. Errors: `Missing`,
/// `LetInRefused`.
pub async fn end_let_in(house: &House, caller: &Caller, place: PlaceId, id: OccupancyId) -> Result<(), Error> {
    let site = owned(caller, place)?;
    let mut tx = house.begin(caller).await?;
    sites::hold_register(&mut tx, site).await?;
    let row = parties::occupancy(&mut tx, id).await?;
    if row.place != place {
        return Err(Error::Missing);
    }
    if row.role.owns() {
        return Err(LetInRefused::Owner.into());
    }
    if row.let_in_by.is_none() {
        return Err(LetInRefused::Registered.into());
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
