//! Who may give which role, and whose account they may manage: nobody decides over more than they hold themselves.

use axum::http::StatusCode;
use kernel::{
    Caller, Error, FieldError, PartyId, Read, Right, Role, Site, Tx,
    access::{self, Grant},
    staff,
};
use serde::Deserialize;
use utoipa::ToSchema;
use values::{Day, Zone};
use web::{Answer, ApiDoc, Ask, Reach, Route, json};

use super::{Person, StaffRefused, api, known_department, store};

pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::post("/api/v1/staff/{party}/roles", post)
            .right(Right::GrantManage)
            .right(Right::StaffManage)
            .reach(Reach::Site)
            .idempotent()
            .audit("grant.given")
            .api(
                ApiDoc::new("Give somebody of the staff a role at a site, none that can do more than the caller")
                    .takes::<RoleIn>()
                    .gives::<api::StaffItem>(201),
            ),
    ]
}

/// Who sets a password for somebody, unlocks them or takes their second factor away can become them: so they must hold,
/// wherever the person holds a role, every right of it. Errors: `StaffRefused::Higher`.
pub async fn may_manage(read: &mut Read, party: PartyId) -> Result<(), Error> {
    let today = Zone::default().day(read.now());
    let grants = access::open_grants(read, party, today).await?;
    let covered = |grant: &Grant| read.caller().covers(grant.role, grant.site);
    if grants.iter().all(covered) { Ok(()) } else { Err(StaffRefused::Higher.into()) }
}

/// The last day of somebody is for whoever keeps the register, but that of an administrator or of a role for the company.
/// Errors: `StaffRefused::Administrator`.
pub fn may_end(caller: &Caller, person: &Person) -> Result<(), Error> {
    let high = person.grants.iter().any(|grant| grant.role.needs_second_factor() || grant.site.is_none());
    if high && !caller.may_company(Right::GrantManage) { Err(StaffRefused::Administrator.into()) } else { Ok(()) }
}

/// May this caller grant `role` at the site, or for the whole company? Errors: `StaffRefused`.
pub fn may_grant(caller: &Caller, site: &Site, party: PartyId, role: Role, company: bool) -> Result<(), Error> {
    if caller.party() == Some(party) {
        return Err(StaffRefused::Self_.into());
    }
    if company || role.needs_second_factor() {
        let allowed = caller.may_company(Right::GrantManage);
        return if allowed { Ok(()) } else { Err(StaffRefused::Administrator.into()) };
    }
    let keeps = caller.may(Right::GrantManage, site.id) || caller.may(Right::StaffManage, site.id);
    if keeps && caller.covers(role, Some(site.id)) { Ok(()) } else { Err(StaffRefused::Higher.into()) }
}

/// A role to be given.
pub(super) struct NewRole<'a> {
    pub party: PartyId,
    pub role: Role,
    pub company: bool,
    /// `ENG`; all of them when it is none.
    pub department: Option<&'a str>,
    pub from: Day,
}

/// Gives it. Errors: `StaffRefused`, what `staff::grant` refuses.
pub(super) async fn give(tx: &mut Tx, site: &Site, new: &NewRole<'_>) -> Result<(), Error> {
    may_grant(tx.caller(), site, new.party, new.role, new.company)?;
    if let Some(code) = new.department {
        known_department(tx, site, code).await?;
    }
    let at = (!new.company).then_some(site.id);
    staff::grant(tx, new.party, new.role, at, new.department, new.from).await
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RoleIn {
    /// Code of the site.
    site: String,
    /// `technician`
    role: String,
    /// `ENG`; all departments when left out.
    department: Option<String>,
    /// `2026-08-12`; today when left out.
    from: Option<String>,
}

async fn post(ask: Ask) -> Answer {
    let sent: RoleIn = ask.json()?;
    let wrong = |field: &str, code| Error::Invalid(vec![FieldError::new(field, code)]);
    let mut read = ask.read().await?;
    let site = api::named_site(&mut read, &sent.site).await?;
    let person = store::person(&mut read, site.id, ask.param("party")?).await?;
    drop(read);
    let today = site.today(ask.house().now());
    let from = sent.from.as_deref().map_or(Ok(today), str::parse).map_err(|_| wrong("from", "date_unreadable"))?;
    let role = sent.role.parse().map_err(|()| wrong("role", "role_missing"))?;
    let new = NewRole { party: person.party, role, company: false, department: sent.department.as_deref(), from };
    let (answer, _) = web::once!(&ask, tx => {
        give(&mut tx, &site, &new).await?;
        api::item(&store::person(&mut tx, site.id, new.party).await?, today)
    });
    Ok(json(StatusCode::CREATED, &answer, None))
}
