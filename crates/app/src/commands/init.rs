//! `anju init`: the company and its system administrator.

use std::path::Path;

use kernel::{House, PartyId, Role, access, parties, staff};
use people::password::{self, Profile};
use serde_json::{Value as Json, json};
use values::{Clock, Zone};
use zeroize::Zeroizing;

use super::store;
use crate::{
    exit::{Done, Failure},
    ground,
    settings::Place,
};

pub async fn init(place: &Place, company: &str, admin: &str, password_file: &Path) -> Done {
    let password = password_in(password_file)?;
    place.make()?;
    let db = place.open_database().await?;
    ground::prepare(place, &db).await?;
    let house = ground::house(place, db, Clock::system()).await?;
    let words = [company.to_string(), admin.to_string()];
    // An administrator cannot do anything before the second factor is enrolled, so the shorter length holds.
    check(&password, &words, true)?;
    let hash = password::hash(&password, password::COST).await?;
    found(&house, company, admin, &hash).await?;
    house.db().close().await;
    println!(
        "{company} is ready. Next: anju admin add-site --code GYHY --name 桂语花园, then anju serve, and log in as {admin}"
    );
    Ok(())
}

/// The first line of a file.
pub fn password_in(file: &Path) -> Result<Zeroizing<String>, Failure> {
    let text = std::fs::read_to_string(file)
        .map_err(|cause| Failure::input(format!("the password file {} cannot be read: {cause}", file.display())))?;
    let text = Zeroizing::new(text);
    Ok(Zeroizing::new(text.lines().next().unwrap_or("").trim_end_matches('\r').to_string()))
}

/// R02.
pub fn check(password: &str, words: &[String], second_factor: bool) -> Done {
    let context = password::Context { words, second_factor };
    Ok(password::check(Profile::Nist, password, context).map_err(|field| kernel::Error::Invalid(vec![field]))?)
}

async fn found(house: &House, company: &str, admin: &str, hash: &str) -> Done {
    let company = company.trim();
    if company.is_empty() || admin.trim().is_empty() {
        return Err(Failure::input("the company and the administrator need a name"));
    }
    let mut tx = house.begin(&access::system_company("init")).await?;
    if !store::name_company(&mut tx, company).await? {
        return Err(Failure::input("this installation has its company already: use `anju admin`"));
    }
    tx.note(None, "company.founded", "company", Json::Null, json!({ "name": company }));
    let party: PartyId = parties::add(&mut tx, None, parties::PartyKind::Person, admin, &[]).await?;
    staff::open_account(&mut tx, party, Some(admin)).await?;
    staff::set_password(&mut tx, party, hash, None).await?;
    let today = Zone::default().day(tx.now());
    staff::grant(&mut tx, party, Role::SystemAdmin, None, None, today).await?;
    Ok(tx.commit().await?)
}
