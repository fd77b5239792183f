//! Asking the desk to tie a phone to a home, and the desk's answer.

use kernel::{
    Caller, Error, FieldError, House, PartyId, Read, SiteId, Tx,
    access::{self, attempts},
    messages::{self, Sms},
    parties::HomeRole,
    places, sites, staff,
};
use serde_json::{Value as Json, json};
use values::{DAY, Id};

use super::{
    Proof,
    binding::{Binding, BindingRefused, COLUMNS, at, by_id, settle},
};

/// A request waits for the desk this long; milliseconds.
const REQUEST_LIFE: i64 = 30 * DAY;
const REQUESTS_A_DAY: i64 = 5;

/// What somebody says who has no slip.
pub struct Claim<'a> {
    pub site: &'a str,
    pub home: &'a str,
    pub name: &'a str,
    pub role: HomeRole,
}

/// Asks the desk. Whether the home exists is told, since doors carry their numbers; who lives there never is.
pub async fn request(house: &House, asker: &Caller, proof: &Proof, claim: &Claim<'_>) -> Result<Id<Binding>, Error> {
    if claim.name.trim().is_empty() || claim.name.chars().count() > 80 {
        return Err(Error::Invalid(vec![FieldError::new("name", "party_name_missing")]));
    }
    let mut read = house.read(&access::system_company("binding")).await?;
    let site = sites::by_code(&mut read, claim.site).await.map_err(|_| BindingRefused::Home)?;
    drop(read);
    let mut tx = house.begin(&at(site.id, asker)).await?;
    if !attempts::within(&mut tx, "binding-request", proof.phone.dial(), REQUESTS_A_DAY, DAY).await? {
        return Err(BindingRefused::TooMany.into());
    }
    let found = places::resolve(&mut tx, site.id, claim.home).await?;
    let [place] = found.as_slice() else { return Err(BindingRefused::Home.into()) };
    let (id, now): (Id<Binding>, _) = (tx.id(), tx.now());
    let same = "UPDATE bindings SET state = 'refused', settled = $3 WHERE place = $1 AND phone = $2 AND kind = 'request' AND state = 'waiting'";
    tx.run(same, (place.id, proof.phone.clone(), now)).await?;
    let values = (
        id,
        site.id,
        place.id,
        proof.party,
        claim.name.trim(),
        proof.phone.clone(),
        claim.role.as_str(),
        now,
        now.plus_millis(REQUEST_LIFE),
    );
    let sql = "INSERT INTO bindings (id, site, place, party, kind, name, phone, role, state, tries, made, ends) \
               VALUES ($1, $2, $3, $4, 'request', $5, $6, $7, 'waiting', 0, $8, $9)";
    tx.run(sql, values).await?;
    tx.note(
        site.id,
        "binding.requested",
        format!("binding/{id}"),
        Json::Null,
        json!({ "place": place.id, "phone": proof.phone.masked() }),
    );
    tx.changed(site.id, "bindings", id.uuid());
    tx.commit().await?;
    Ok(id)
}

/// Requests of a phone, newest first, for the one who shows it.
pub async fn of_phone(house: &House, proof: &Proof) -> Result<Vec<Binding>, Error> {
    let mut read = house.read(&access::system_company("binding")).await?;
    let sql = db::Sql::new(COLUMNS)
        .push("b.kind = 'request' AND b.phone = ")
        .bind(proof.phone.clone())
        .push(" ORDER BY b.made DESC, b.id LIMIT 10");
    read.all_of(sql).await
}

/// What the desk sees: requests that wait, oldest first; or those settled, newest first.
pub async fn at_site(read: &mut Read, site: SiteId, waiting: bool) -> Result<Vec<Binding>, Error> {
    let sql = db::Sql::new(COLUMNS).push("b.kind = 'request' AND b.site = ").bind(site).push(" AND {scope:b}");
    let sql = if waiting {
        sql.push(" AND b.state = 'waiting' ORDER BY b.made, b.id LIMIT 200")
    } else {
        sql.push(" AND b.state <> 'waiting' ORDER BY b.settled DESC, b.id LIMIT 200")
    };
    read.all_of(sql).await
}

async fn waiting(tx: &mut Tx, site: SiteId, id: Id<Binding>) -> Result<Binding, Error> {
    tx.one::<Id<Binding>>("SELECT id AS value FROM bindings WHERE id = $1 AND site = $2 {lock}", (id, site)).await?;
    let binding = by_id(tx, id).await?;
    if binding.state == "waiting" { Ok(binding) } else { Err(BindingRefused::Settled.into()) }
}

/// The desk ties the phone of a request to the home, in the role it found to be right.
pub async fn approve(
    tx: &mut Tx,
    site: SiteId,
    id: Id<Binding>,
    role: HomeRole,
    note: &str,
    told: &str,
) -> Result<PartyId, Error> {
    let request = waiting(tx, site, id).await?;
    let phone = request.phone.clone().ok_or(Error::Missing)?;
    let account = staff::by_phone(tx, &phone).await?;
    let proof = Proof { phone: phone.clone(), party: account };
    let binding = Binding { role, party: None, ..request };
    let name = binding.name.clone().unwrap_or_default();
    let party = settle(tx, &binding, &proof, &name).await?;
    let (now, by) = (tx.now(), tx.caller().party());
    tx.run(
        "UPDATE bindings SET state = 'approved', role = $2, settled = $3, settled_by = $4 WHERE id = $1",
        (id, role.as_str(), now, by),
    )
    .await?;
    let ends = now.plus_millis(DAY);
    messages::queue(
        tx,
        &Sms { site: Some(site), party: Some(party), phone: &phone, purpose: "binding", text: told, ends },
    )
    .await?;
    tx.note(
        site,
        "binding.approved",
        format!("binding/{id}"),
        Json::Null,
        json!({ "party": party, "role": role, "note": note }),
    );
    tx.changed(site, "bindings", id.uuid());
    Ok(party)
}

/// Errors: no note; settled already.
pub async fn refuse(tx: &mut Tx, site: SiteId, id: Id<Binding>, note: &str, told: &str) -> Result<(), Error> {
    if note.trim().is_empty() {
        return Err(Error::Invalid(vec![FieldError::new("note", "binding_note")]));
    }
    let request = waiting(tx, site, id).await?;
    let (now, by) = (tx.now(), tx.caller().party());
    tx.run("UPDATE bindings SET state = 'refused', settled = $2, settled_by = $3 WHERE id = $1", (id, now, by)).await?;
    if let Some(phone) = &request.phone {
        let ends = now.plus_millis(DAY);
        messages::queue(tx, &Sms { site: Some(site), party: None, phone, purpose: "binding", text: told, ends })
            .await?;
    }
    tx.note(site, "binding.refused", format!("binding/{id}"), Json::Null, json!({ "note": note }));
    tx.changed(site, "bindings", id.uuid());
    Ok(())
}
