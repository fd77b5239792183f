//! Coming, going, buying, renting. Rows are ended, never rewritten.

use serde_json::{Value as Json, json};
use values::Day;

use super::{
    HomeRole, NewOccupancy, Occupancy, OccupancyId, rows,
    rules::{self, MoveRefusal, Wish},
    store,
};
use crate::{Error, PartyId, PlaceId, SiteId, Tx, places, search, sites};

/// The rows of a home of `site` where people can be registered, locked. Errors: `Missing`, a place nobody lives in.
async fn open(tx: &mut Tx, site: SiteId, place: PlaceId) -> Result<Vec<Occupancy>, Error> {
    sites::hold_register(tx, site).await?;
    let found = places::by_id(tx, place).await?;
    if found.site != site {
        return Err(Error::Missing);
    }
    if !found.kind.is_exclusive() || found.closed.is_some() {
        return Err(MoveRefusal::NotAHome.into());
    }
    store::locked(tx, place).await
}

/// Registers a party in a home. Errors: the dates, the role taken, `Missing` place.
pub async fn move_in(tx: &mut Tx, site: SiteId, new: NewOccupancy) -> Result<OccupancyId, Error> {
    let there = open(tx, site, new.place).await?;
    rules::join(&there, Wish { party: new.party, role: new.role, from: new.from, to: new.to })?;
    let id = rows::insert_occupancies(tx, site, std::slice::from_ref(&new)).await?[0];
    reindex(tx, site, &[new.party]).await?;
    noted(
        tx,
        site,
        new.place,
        "occupancy.moved_in",
        &json!({ "party": new.party, "role": new.role, "from": new.from, "to": new.to }),
    );
    Ok(id)
}

/// Many at once, from an import that checked them: no rule is asked here, the unique index holds. The caller leaves one
/// audit row for the batch.
pub async fn move_in_all(tx: &mut Tx, site: SiteId, new: &[NewOccupancy]) -> Result<Vec<OccupancyId>, Error> {
    let ids = rows::insert_occupancies(tx, site, new).await?;
    let mut parties: Vec<PartyId> = new.iter().map(|one| one.party).collect();
    parties.sort_unstable();
    parties.dedup();
    reindex(tx, site, &parties).await?;
    Ok(ids)
}

/// Lets a home to a tenant from a day, until a day or on.
pub async fn let_to(
    tx: &mut Tx,
    site: SiteId,
    place: PlaceId,
    tenant: PartyId,
    from: Day,
    to: Option<Day>,
) -> Result<OccupancyId, Error> {
    move_in(tx, site, NewOccupancy { place, party: tenant, role: HomeRole::Tenant, from, to, let_in_by: None }).await
}

/// Ends one occupancy: `day` is the first day on which it is no more. When the owner leaves and co-owners stay, the
/// first of them becomes the owner that day. Errors: ended already, before its first day, `Missing`.
pub async fn move_out(tx: &mut Tx, site: SiteId, id: OccupancyId, day: Day) -> Result<(), Error> {
    sites::hold_register(tx, site).await?;
    let row = store::occupancy(tx, id).await?;
    if row.site != site {
        return Err(Error::Missing);
    }
    let there = store::locked(tx, row.place).await?;
    let row = there.iter().find(|other| other.id == id).ok_or(Error::Missing)?;
    rules::leave(row, day)?;
    store::end(tx, id, day).await?;
    if let Some(heir) = rules::heir(&there, row, day) {
        let to = heir.to;
        store::end(tx, heir.id, day).await?;
        let new =
            NewOccupancy { place: row.place, party: heir.party, role: HomeRole::Owner, from: day, to, let_in_by: None };
        rows::insert_occupancies(tx, site, &[new]).await?;
    }
    // Whoever this person let in goes too.
    for guest in there
        .iter()
        .filter(|guest| guest.let_in_by == Some(row.party) && guest.to.is_none_or(|to| to > day) && guest.from < day)
    {
        store::end(tx, guest.id, day).await?;
    }
    noted(tx, site, row.place, "occupancy.moved_out", &json!({ "party": row.party, "role": row.role, "to": day }));
    Ok(())
}

/// Resale on `day`: the owners' rows end, the first buyer becomes owner, the others co-owners; tenants stay.
/// Errors: no buyer, an owner who came on that day or later, `Missing`.
pub async fn sell(
    tx: &mut Tx,
    site: SiteId,
    place: PlaceId,
    day: Day,
    buyers: &[PartyId],
) -> Result<Vec<OccupancyId>, Error> {
    if buyers.is_empty() {
        return Err(MoveRefusal::BuyerMissing.into());
    }
    let there = open(tx, site, place).await?;
    for row in rules::sale(&there, day)? {
        store::end(tx, row.id, day).await?;
    }
    let role = |index: usize| if index == 0 { HomeRole::Owner } else { HomeRole::CoOwner };
    let new: Vec<NewOccupancy> = buyers
        .iter()
        .enumerate()
        .map(|(index, party)| NewOccupancy {
            place,
            party: *party,
            role: role(index),
            from: day,
            to: None,
            let_in_by: None,
        })
        .collect();
    let ids = rows::insert_occupancies(tx, site, &new).await?;
    reindex(tx, site, buyers).await?;
    noted(tx, site, place, "occupancy.sold", &json!({ "buyers": buyers, "from": day }));
    Ok(ids)
}

fn noted(tx: &mut Tx, site: SiteId, place: PlaceId, act: &'static str, after: &Json) {
    tx.note(site, act, format!("place/{place}"), Json::Null, after.clone());
    tx.changed(site, "places", place.uuid());
}

/// People are found at the sites where they have a home.
async fn reindex(tx: &mut Tx, site: SiteId, parties: &[PartyId]) -> Result<(), Error> {
    let names = store::names(tx, parties).await?;
    let terms = names.iter().map(|party| (party.id.uuid(), search::party_terms(&party.name, &party.phones)));
    search::index_more(tx, site, search::Kind::Party, &terms.collect::<Vec<_>>()).await
}
