//! Who may be what in a home, and when. Pure: the rows that are there, the wish, the answer.

use values::Day;

use super::{HomeRole, Occupancy};
use crate::{PartyId, RefusalKind, Refuse};

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MoveRefusal {
    #[error("the last day is before the first")]
    Dates,
    #[error("this person is that already at this time")]
    Already,
    #[error("there is an owner at this time")]
    OwnerThere,
    #[error("there is no owner at this time")]
    OwnerMissing,
    #[error("this ended on {day}")]
    Ended { day: Day },
    #[error("an owner came after that day")]
    SoldLater,
    #[error("a sale needs a buyer")]
    BuyerMissing,
    #[error("nobody lives in a place of this kind")]
    NotAHome,
    #[error("a reason is needed")]
    ReasonMissing,
    #[error("there is nothing to show")]
    NothingSealed,
}

impl Refuse for MoveRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::Dates => "occupancy_dates",
            Self::Already => "occupancy_already",
            Self::OwnerThere => "occupancy_owner_there",
            Self::OwnerMissing => "occupancy_owner_missing",
            Self::Ended { .. } => "occupancy_ended",
            Self::SoldLater => "occupancy_sold_later",
            Self::BuyerMissing => "occupancy_buyer_missing",
            Self::NotAHome => "occupancy_not_a_home",
            Self::ReasonMissing => "reveal_reason_missing",
            Self::NothingSealed => "reveal_nothing",
        }
    }
    fn field(&self) -> Option<&'static str> {
        match self {
            Self::Dates | Self::Ended { .. } | Self::SoldLater => Some("day"),
            Self::Already | Self::OwnerThere | Self::OwnerMissing => Some("role"),
            Self::BuyerMissing => Some("name"),
            Self::ReasonMissing => Some("reason"),
            Self::NotAHome | Self::NothingSealed => None,
        }
    }
    fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Ended { day } => vec![("day", day.to_string())],
            _ => Vec::new(),
        }
    }
    fn kind(&self) -> RefusalKind {
        match self {
            Self::Ended { .. } | Self::NothingSealed => RefusalKind::Conflict,
            _ => RefusalKind::Invalid,
        }
    }
}

/// Somebody who is to come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wish {
    pub party: PartyId,
    pub role: HomeRole,
    pub from: Day,
    pub to: Option<Day>,
}

fn overlap(a: (Day, Option<Day>), b: (Day, Option<Day>)) -> bool {
    b.1.is_none_or(|to| a.0 < to) && a.1.is_none_or(|to| b.0 < to)
}

/// May `wish` come to a home with these rows? One owner at a time; others who own it are co-owners of that one.
pub fn join(there: &[Occupancy], wish: Wish) -> Result<(), MoveRefusal> {
    if wish.to.is_some_and(|to| to <= wish.from) {
        return Err(MoveRefusal::Dates);
    }
    let during = || there.iter().filter(|row| overlap((row.from, row.to), (wish.from, wish.to)));
    let owning = |role: HomeRole| role.owns() && wish.role.owns();
    if during().any(|row| row.party == wish.party && (row.role == wish.role || owning(row.role))) {
        return Err(MoveRefusal::Already);
    }
    match wish.role {
        HomeRole::Owner if during().any(|row| row.role == HomeRole::Owner) => Err(MoveRefusal::OwnerThere),
        HomeRole::CoOwner if !during().any(|row| row.role == HomeRole::Owner && row.is_on(wish.from)) => {
            Err(MoveRefusal::OwnerMissing)
        }
        HomeRole::Owner | HomeRole::CoOwner | HomeRole::Tenant | HomeRole::Family | HomeRole::User => Ok(()),
    }
}

/// May this row end on `day`? It counts up to the day before.
pub fn leave(row: &Occupancy, day: Day) -> Result<(), MoveRefusal> {
    match row.to {
        Some(to) if to <= day => Err(MoveRefusal::Ended { day: to }),
        _ if day <= row.from => Err(MoveRefusal::Dates),
        _ => Ok(()),
    }
}

/// When the owner leaves and co-owners stay, the one who came first becomes the owner.
pub fn heir<'a>(there: &'a [Occupancy], leaving: &Occupancy, day: Day) -> Option<&'a Occupancy> {
    let heirs =
        there.iter().filter(|row| row.role == HomeRole::CoOwner && row.is_on(day) && row.party != leaving.party);
    (leaving.role == HomeRole::Owner).then(|| heirs.min_by_key(|row| (row.from, row.id))).flatten()
}

/// Resale on `day`: which rows end. Owners, co-owners and the family they let in go; a tenancy outlives the sale
/// (Civil Code 725), and so do those whom the tenant let in.
pub fn sale(there: &[Occupancy], day: Day) -> Result<Vec<&Occupancy>, MoveRefusal> {
    if there.iter().any(|row| row.role.owns() && row.from >= day) {
        return Err(MoveRefusal::SoldLater);
    }
    let tenants: Vec<PartyId> =
        there.iter().filter(|row| row.role == HomeRole::Tenant && row.is_on(day)).map(|row| row.party).collect();
    let goes = |row: &&Occupancy| match row.role {
        HomeRole::Owner | HomeRole::CoOwner => true,
        HomeRole::Family => row.let_in_by.is_none_or(|by| !tenants.contains(&by)),
        HomeRole::Tenant | HomeRole::User => false,
    };
    Ok(there.iter().filter(|row| row.to.is_none_or(|to| to > day) && row.from < day).filter(goes).collect())
}
