//! A phone that logs somebody in already, and a home that has somebody else registered for it: two records of one person.
//! Nobody becomes a second owner by it.

use kernel::{
    Error, PartyId, SiteId, Tx,
    parties::{self, NewOccupancy, Occupancy},
    sites,
};
use serde_json::{Value as Json, json};
use values::Day;

use super::{
    Proof,
    binding::{Binding, BindingRefused, open_with},
};

/// Settles it for the log-in `own` and the registered `other`. A slip or link moves the log-in to the registered person, when
/// `own` is only somebody's guest here; what the desk approves hands the home over to `own`. Returns whom the phone opens.
/// Errors: `BindingRefused::Elsewhere` where only the desk can tell.
pub(super) async fn settle(
    tx: &mut Tx,
    binding: &Binding,
    proof: &Proof,
    own: PartyId,
    other: PartyId,
) -> Result<PartyId, Error> {
    let today = sites::by_id(tx, binding.site).await?.today(tx.now());
    if binding.kind == "request" {
        hand_over(tx, binding, today, other, own).await?;
        return Ok(own);
    }
    if !only_guest(tx, binding.site, own, today).await? {
        return Err(BindingRefused::Elsewhere.into());
    }
    move_stays(tx, binding.site, today, own, other).await?;
    open_with(tx, binding.site, other, &proof.phone).await?;
    Ok(other)
}

/// Lives here and nowhere else, and only by the leave of others.
async fn only_guest(tx: &mut Tx, site: SiteId, party: PartyId, today: Day) -> Result<bool, Error> {
    let sql = "SELECT id AS value FROM occupancies WHERE party = $1 AND (to_day IS NULL OR to_day > $2) \
               AND (let_in_by IS NULL OR site <> $3) ORDER BY id LIMIT 1";
    Ok(tx.opt::<parties::OccupancyId>(sql, (party, today, site)).await?.is_none())
}

async fn move_stays(tx: &mut Tx, site: SiteId, today: Day, from: PartyId, to: PartyId) -> Result<(), Error> {
    let stays = parties::occupancies_of(tx, from).await?;
    for stay in stays.iter().filter(|stay| stay.is_on(today)) {
        end(tx, site, stay, today).await?;
        let there = parties::household(tx, stay.place).await?;
        if !there.iter().any(|member| member.occupancy.party == to && member.occupancy.is_on(today)) {
            let Occupancy { place, role, to: until, let_in_by, .. } = *stay;
            parties::move_in(tx, site, NewOccupancy { place, party: to, role, from: today, to: until, let_in_by })
                .await?;
        }
    }
    let after = json!({ "from": from, "to": to });
    tx.note(site, "binding.log_in_moved", format!("party/{to}"), Json::Null, after);
    Ok(())
}

/// `to` holds the home from today on as `from` did, in the role that the desk found to be right.
async fn hand_over(tx: &mut Tx, binding: &Binding, today: Day, from: PartyId, to: PartyId) -> Result<(), Error> {
    let there = parties::household(tx, binding.place).await?;
    let on = |party: PartyId| {
        there.iter().map(|member| &member.occupancy).find(|stay| stay.party == party && stay.is_on(today))
    };
    if on(to).is_some_and(|stay| stay.role == binding.role) {
        return Err(BindingRefused::Bound.into());
    }
    for stay in [from, to].into_iter().filter_map(on) {
        end(tx, binding.site, stay, today).await?;
    }
    let (place, role) = (binding.place, binding.role);
    let new = NewOccupancy { place, party: to, role, from: today, to: None, let_in_by: None };
    parties::move_in(tx, binding.site, new).await?;
    tx.note(
        binding.site,
        "binding.handed_over",
        format!("place/{place}"),
        json!({ "party": from }),
        json!({ "party": to, "role": role }),
    );
    Ok(())
}

async fn end(tx: &mut Tx, site: SiteId, stay: &Occupancy, today: Day) -> Result<(), Error> {
    let sql = "UPDATE occupancies SET to_day = $3, version = version + 1 WHERE id = $1 AND site = $2";
    tx.run(sql, (stay.id, site, today.max(stay.from))).await?;
    Ok(())
}
