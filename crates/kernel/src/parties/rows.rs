//! Rows of new parties, phones and occupancies, finished before they are written.

use db::{ToValue, Value};
use values::{Moment, Phone};

use super::{NewOccupancy, NewParty, OccupancyId};
use crate::{Batch, Error, House, PartyId, SiteId, Tx};

const INSERT_PHONE: &str = "INSERT INTO phones (party, phone, rank)";
const INSERT_OCCUPANCY: &str =
    "INSERT INTO occupancies (id, site, place, party, role, from_day, to_day, let_in_by, made, version)";
const INSERT_PARTY: &str = "INSERT INTO parties (id, kind, name, identity_sealed, identity_index, note, made, version)";

pub(super) async fn insert_parties(tx: &mut Tx, new: &[NewParty]) -> Result<Vec<PartyId>, Error> {
    let ids = tx.ids(new.len());
    party_rows(tx.house(), tx.now(), &ids, new).write(tx).await?;
    Ok(ids)
}

/// Rows of new parties and their phones.
pub fn party_rows(house: &House, now: Moment, ids: &[PartyId], new: &[NewParty]) -> Batch {
    let (mut rows, mut phones) = (Vec::with_capacity(new.len()), Vec::with_capacity(new.len()));
    for (id, party) in ids.iter().zip(new) {
        let (sealed, index) = sealing(house, *id, party.identity.as_ref().map(|number| number.reveal().as_str()));
        rows.push(vec![
            id.to_value(),
            party.kind.as_str().to_value(),
            party.name.to_value(),
            sealed.to_value(),
            index.to_value(),
            party.note.to_value(),
            now.to_value(),
            1i64.to_value(),
        ]);
        phones.extend(phone_rows(*id, &party.phones));
    }
    let mut batch = Batch::default();
    batch.add(INSERT_PARTY, rows);
    batch.add(INSERT_PHONE, phones);
    batch
}

pub(super) fn sealing(house: &House, id: PartyId, identity: Option<&str>) -> (Option<Vec<u8>>, Option<Vec<u8>>) {
    let plain = identity.map(super::identity_plain).filter(|plain| !plain.is_empty());
    (
        plain.as_ref().map(|plain| house.keys().seal(id.uuid(), plain, house.chance())),
        plain.as_ref().map(|plain| house.keys().blind(plain)),
    )
}

fn phone_rows(id: PartyId, phones: &[Phone]) -> Vec<Vec<Value>> {
    let mut seen: Vec<&Phone> = Vec::new();
    for phone in phones {
        if !seen.contains(&phone) {
            seen.push(phone);
        }
    }
    (0i64..).zip(seen).map(|(rank, phone)| vec![id.to_value(), phone.to_value(), rank.to_value()]).collect()
}

pub(super) async fn set_phones(tx: &mut Tx, id: PartyId, phones: &[Phone]) -> Result<(), Error> {
    tx.run("DELETE FROM phones WHERE party = $1", (id,)).await?;
    tx.insert_all(INSERT_PHONE, phone_rows(id, phones)).await
}

pub(super) async fn insert_occupancies(
    tx: &mut Tx,
    site: SiteId,
    new: &[NewOccupancy],
) -> Result<Vec<OccupancyId>, Error> {
    let ids = tx.ids(new.len());
    occupancy_rows(tx.now(), site, &ids, new).write(tx).await?;
    Ok(ids)
}

/// Rows of people who come into homes.
pub fn occupancy_rows(now: Moment, site: SiteId, ids: &[OccupancyId], new: &[NewOccupancy]) -> Batch {
    let row = |(id, one): (&OccupancyId, &NewOccupancy)| {
        vec![
            id.to_value(),
            site.to_value(),
            one.place.to_value(),
            one.party.to_value(),
            one.role.as_str().to_value(),
            one.from.to_value(),
            one.to.to_value(),
            one.let_in_by.to_value(),
            now.to_value(),
            1i64.to_value(),
        ]
    };
    let mut batch = Batch::default();
    batch.add(INSERT_OCCUPANCY, ids.iter().zip(new).map(row).collect());
    batch
}
