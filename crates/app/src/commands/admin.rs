//! `anju admin …`: acts of somebody who has the machine itself; each is audited as the program's.

use std::path::Path;

use kernel::{
    House, PartyId, Role, access,
    calendar::{self, Year},
    codes::{self, Payer},
    parties, sites, staff,
};
use people::password;
use serde_json::Value as Json;
use values::{DAY, Zone};

use super::{init, store};
use crate::{
    exit::{Done, Failure},
    ground,
    settings::{Admin, Place},
    wiring,
};

/// How the audit names these acts: `program/admin`.
const WHO: &str = "admin";
/// What `people` counts tries of log-in under.
const LOG_IN: &str = "log-in";

pub async fn run(act: Admin) -> Done {
    match act {
        Admin::AddSite { place, code, name, zone } => add_site(&place, &code, &name, &zone).await,
        Admin::AddStaff { place, site, name, department, post, login, password_file } => {
            let new = Newcomer { site: &site, name: &name, department: &department, post: &post, login: &login };
            add_staff(&place, &new, &password_file).await
        }
        Admin::Token { place, login, days } => token(&place, &login, days).await,
        Admin::ResetPassword { place, login, password_file } => reset_password(&place, &login, &password_file).await,
        Admin::Unlock { place, login } => unlock(&place, &login).await,
        Admin::Grant { place, login, role, site } => grant(&place, &login, &role, site.as_deref()).await,
        Admin::SmsBudget { place, site, strangers, most } => sms_budget(&place, site, strangers, most).await,
        Admin::Calendar { place, file } => load_calendar(&place, &file).await,
    }
}

async fn add_site(place: &Place, code: &str, name: &str, zone: &str) -> Done {
    let house = ground::beside(place).await?;
    let mut tx = house.begin(&access::system_company(WHO)).await?;
    let site = sites::add(&mut tx, code, name, zone).await?;
    wiring::furnish(&mut tx, site).await?;
    tx.commit().await?;
    house.db().close().await;
    println!("{code} {name}");
    Ok(())
}

struct Newcomer<'a> {
    site: &'a str,
    name: &'a str,
    department: &'a str,
    post: &'a str,
    login: &'a str,
}

async fn add_staff(place: &Place, new: &Newcomer<'_>, password_file: &Path) -> Done {
    let password = init::password_in(password_file)?;
    let house = ground::beside(place).await?;
    let words = words(&house, new).await?;
    init::check(&password, &words, false)?;
    let hash = password::hash(&password, password::COST).await?;
    let mut tx = house.begin(&access::system_company(WHO)).await?;
    let site = sites::by_code(&mut tx, new.site).await.map_err(|_| no_site(new.site))?.id;
    if !sites::DEPARTMENTS.iter().any(|(code, _)| *code == new.department) {
        return Err(Failure::input(format!(
            "there is no department {}: it is one of CS, ENG, SEC, CLN, GRN, OPS, FIN",
            new.department
        )));
    }
    let party = parties::add(&mut tx, Some(site), parties::PartyKind::Person, new.name, &[]).await?;
    let from = Zone::default().day(tx.now());
    staff::hire(&mut tx, &staff::NewStaff { site, party, department: new.department, post: new.post, from }).await?;
    staff::open_account(&mut tx, party, Some(new.login)).await?;
    staff::set_password(&mut tx, party, &hash, None).await?;
    tx.commit().await?;
    house.db().close().await;
    println!("{} {}: next, anju admin grant --login {} --role desk --site {}", new.post, new.name, new.login, new.site);
    Ok(())
}

/// What a password must not be made of.
async fn words(house: &House, new: &Newcomer<'_>) -> Result<Vec<String>, Failure> {
    let mut read = house.read(&access::system_company(WHO)).await?;
    let company = store::company(&mut read).await?;
    Ok(company.into_iter().chain([new.name.to_string(), new.login.to_string()]).collect())
}

fn no_site(code: &str) -> Failure {
    Failure::input(format!("there is no site {code}: add it with `anju admin add-site`"))
}

async fn sms_budget(place: &Place, site: Option<String>, strangers: bool, most: i64) -> Done {
    let (payer, whose) = match site {
        Some(code) => (Payer::Site(code.clone()), code),
        None if strangers => (Payer::Strangers, "numbers that no home knows".into()),
        None => (Payer::Company, "the company".into()),
    };
    let house = ground::beside(place).await?;
    let mut tx = house.begin(&access::system_company(WHO)).await?;
    codes::set_budget(&mut tx, &payer, most).await.map_err(|cause| match cause {
        kernel::Error::Missing => no_site(&whose),
        other => other.into(),
    })?;
    tx.commit().await?;
    house.db().close().await;
    println!("{whose}: {most} codes by text message in 24 hours");
    Ok(())
}

async fn party(read: &mut kernel::Read, login: &str) -> Result<PartyId, Failure> {
    store::party_of(read, login).await?.ok_or_else(|| Failure::input(format!("nobody logs in as {login}")))
}

/// Works before the second factor is enrolled: whoever runs this has the machine.
async fn token(place: &Place, login: &str, days: i64) -> Done {
    let house = ground::beside(place).await?;
    let mut tx = house.begin(&access::system_company(WHO)).await?;
    let party = party(&mut tx, login).await?;
    let ends = tx.now().plus_millis(days * DAY);
    let token = access::new_token(&mut tx, party, "anju admin", "*", ends).await?;
    tx.commit().await?;
    house.db().close().await;
    println!("{token}");
    Ok(())
}

/// For whoever forgot it; the second factor stays as it is. Every session, and what their phones may send, ends.
async fn reset_password(place: &Place, login: &str, password_file: &Path) -> Done {
    let password = init::password_in(password_file)?;
    let house = ground::beside(place).await?;
    let caller = access::system_company(WHO);
    let mut read = house.read(&caller).await?;
    let party = party(&mut read, login).await?;
    let second_factor = store::has_second_factor(&mut read, party).await?;
    drop(read);
    let words = people::login::own_words(&house, &caller, party).await?;
    init::check(&password, &words, second_factor)?;
    let hash = password::hash(&password, password::COST).await?;
    let mut tx = house.begin(&caller).await?;
    staff::set_password(&mut tx, party, &hash, None).await?;
    access::attempts::forgive(&mut tx, LOG_IN, login.trim()).await?;
    tx.commit().await?;
    house.db().close().await;
    println!("{login} has a new password, and is logged out everywhere");
    Ok(())
}

async fn unlock(place: &Place, login: &str) -> Done {
    let house = ground::beside(place).await?;
    let mut tx = house.begin(&access::system_company(WHO)).await?;
    let party = party(&mut tx, login).await?;
    let tries = access::attempts::forgive(&mut tx, LOG_IN, login.trim()).await?;
    tx.note(None, "log_in.unlocked", format!("party/{party}"), Json::Null, serde_json::json!({ "tries": tries }));
    tx.commit().await?;
    house.db().close().await;
    println!("{login} may try again now");
    Ok(())
}

async fn grant(place: &Place, login: &str, role: &str, site: Option<&str>) -> Done {
    let names = || Role::ALL.iter().map(|role| role.as_str()).collect::<Vec<_>>().join(", ");
    let role: Role =
        role.parse().map_err(|()| Failure::input(format!("there is no role {role}: it is one of {}", names())))?;
    let house = ground::beside(place).await?;
    let mut tx = house.begin(&access::system_company(WHO)).await?;
    let party = party(&mut tx, login).await?;
    let site = match site {
        Some(code) => Some(sites::by_code(&mut tx, code).await.map_err(|_| no_site(code))?),
        None => None,
    };
    if let Some(site) = &site
        && !store::is_on_staff(&mut tx, party, site.id).await?
    {
        return Err(Failure::input(format!(
            "{login} is not on the staff of {}: add them there first, or leave --site away for the whole company",
            site.code
        )));
    }
    let today = Zone::default().day(tx.now());
    staff::grant(&mut tx, party, role, site.map(|site| site.id), None, today).await?;
    tx.commit().await?;
    house.db().close().await;
    println!("{login} is {}", role.as_str());
    Ok(())
}

async fn load_calendar(place: &Place, file: &Path) -> Done {
    let text = std::fs::read_to_string(file)
        .map_err(|cause| Failure::input(format!("{} cannot be read: {cause}", file.display())))?;
    let year = Year::from_json(&text).map_err(|cause| Failure::input(format!("{}: {cause}", file.display())))?;
    let house = ground::beside(place).await?;
    let mut tx = house.begin(&access::system_company(WHO)).await?;
    calendar::load(&mut tx, &year).await?;
    tx.commit().await?;
    house.db().close().await;
    println!("{} is loaded", year.year);
    Ok(())
}
