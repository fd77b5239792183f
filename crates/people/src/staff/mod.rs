//! The register of staff: posts with dates, roles, certificates with their reminders, accounts, and the homes that
//! stewards hold. Whoever manages staff may not rise by it: nobody manages an account or grants a role that can do more than
//! they can themselves.

mod acts;
mod api;
mod export;
mod forms;
mod labels;
mod list;
mod model;
mod person;
mod roles;
mod store;
#[cfg(test)]
mod tests;

use kernel::{
    Error, PartyId, RefusalKind, Refuse, Site, Tx,
    parties::{self, PartyKind},
    staff,
};
use values::{Day, Phone};
use web::Route;

pub use model::{Filter, Person};
pub use roles::{may_end, may_grant, may_manage};
pub use store::{people, person};

pub fn routes() -> Vec<Route> {
    [list::routes(), person::routes(), forms::routes(), acts::routes(), api::routes(), roles::routes()].concat()
}

#[derive(Debug, thiserror::Error)]
pub enum StaffRefused {
    #[error("an administrator's account is managed by those who grant roles for the company")]
    Administrator,
    #[error("the person holds rights that the one who asks does not")]
    Higher,
    #[error("nobody grants a role to themselves")]
    Self_,
    #[error("a department of that code is not known")]
    Department,
}
impl Refuse for StaffRefused {
    fn code(&self) -> &'static str {
        match self {
            Self::Administrator => "staff_administrator",
            Self::Higher => "staff_higher",
            Self::Self_ => "grant_to_self",
            Self::Department => "department_unknown",
        }
    }
    fn field(&self) -> Option<&'static str> {
        match self {
            Self::Department => Some("department"),
            Self::Self_ => Some("role"),
            Self::Administrator | Self::Higher => None,
        }
    }
    fn kind(&self) -> RefusalKind {
        match self {
            Self::Department => RefusalKind::Invalid,
            _ => RefusalKind::Denied,
        }
    }
}

/// Somebody to be taken on.
pub struct NewPerson<'a> {
    pub name: &'a str,
    pub phone: Option<Phone>,
    pub login: Option<&'a str>,
    pub department: &'a str,
    pub post: &'a str,
    pub from: Day,
}

/// Takes somebody on: party, post and account. Errors: no name or post, unknown department, log-in name taken.
pub async fn take_on(tx: &mut Tx, site: &Site, new: &NewPerson<'_>) -> Result<PartyId, Error> {
    let mut checks = kernel::Checks::default();
    if new.post.trim().is_empty() {
        checks.refuse("post", "post_missing");
    }
    if new.login.is_some_and(|login| !login_fits(login)) {
        checks.refuse("login", "login_shape");
    }
    if new.name.trim().is_empty() {
        checks.refuse("name", "staff_name_missing");
    }
    checks.done()?;
    known_department(tx, site, new.department).await?;
    let phones: Vec<Phone> = new.phone.iter().cloned().collect();
    let party = parties::add(tx, Some(site.id), PartyKind::Person, new.name.trim(), &phones).await?;
    add_post(tx, site, party, new.department, new.post, new.from).await?;
    staff::open_account(tx, party, new.login).await?;
    Ok(party)
}

fn login_fits(login: &str) -> bool {
    (2..=40).contains(&login.chars().count())
        && login.chars().all(|letter| letter.is_alphanumeric() || "._-".contains(letter))
}

async fn known_department(tx: &mut Tx, site: &Site, code: &str) -> Result<(), Error> {
    let known = store::departments(tx, site.id).await?.iter().any(|(known, _)| known == code);
    if known { Ok(()) } else { Err(StaffRefused::Department.into()) }
}

/// One more post for somebody of the staff.
pub async fn add_post(
    tx: &mut Tx,
    site: &Site,
    party: PartyId,
    department: &str,
    post: &str,
    from: Day,
) -> Result<(), Error> {
    known_department(tx, site, department).await?;
    if post.trim().is_empty() {
        return Err(Error::Invalid(vec![kernel::FieldError::new("post", "post_missing")]));
    }
    staff::hire(tx, &staff::NewStaff { site: site.id, party, department, post: post.trim(), from }).await?;
    Ok(())
}
