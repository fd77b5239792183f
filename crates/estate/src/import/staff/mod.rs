//! Staff from a list: name, phone, department, post, first day, log-in, certificates. Roles are not given by a list:
//! that is a right of its own.

mod rules;
mod store;

use kernel::{Error, PartyId, Read, Site, SiteId, Tx, parties};
use serde_json::{Value as Json, json};
use sheets::{Mapping, Parsed, StaffRow};
use values::Day;

pub use rules::StaffPlan;
use rules::{Known, PartyRef};

use super::{
    model::{CertificateBefore, Undo},
    progress::Progress,
    run,
};

/// What a list of staff would do at a site as it is now.
pub async fn look(
    read: &mut Read,
    site: &Site,
    sheets: &[(Mapping, Parsed<StaffRow>)],
    today: Day,
) -> Result<StaffPlan, Error> {
    let logins: Vec<String> = sheets
        .iter()
        .flat_map(|(_, parsed)| parsed.rows.iter().filter_map(|row| row.login.as_deref().map(rules::login)))
        .collect();
    let known = Known {
        staff: store::staff(read, site.id, today).await?,
        departments: store::departments(read, site.id).await?,
        certificates: store::certificates(read, site.id).await?,
        accounts: store::accounts(read, site.id, &logins).await?,
        residents: parties::known(read, site.id).await?,
    };
    Ok(rules::plan(&known, sheets, today))
}

/// Writes the plan.
pub async fn write(tx: &mut Tx, site: &Site, plan: &StaffPlan, progress: &Progress) -> Result<Undo, Error> {
    let mut undo = Undo { parties: parties::add_all(tx, &plan.parties).await?, ..Undo::default() };
    progress.step(plan.parties.len())?;
    let made = undo.parties.clone();
    let party = move |of: PartyRef| -> PartyId {
        match of {
            PartyRef::Known(id) => id,
            PartyRef::New(index) => made[index],
        }
    };
    let posts = store::posts(tx, site.id, &plan.posts).await?;
    undo.staff = store::hire(tx, site.id, &plan.staff, &posts, &party).await?;
    undo.accounts = store::open_accounts(tx, &plan.accounts, &party).await?;
    undo.certificates = store::add_certificates(tx, &plan.certificates, &party).await?;
    for change in &plan.changed_certificates {
        store::change_certificate(tx, change).await?;
        undo.changed_certificates.push(CertificateBefore {
            id: change.id,
            valid_until: change.before.0,
            review_due: change.before.1,
            version: change.version + 1,
        });
    }
    super::store::add_phones(tx, &plan.phones).await?;
    undo.phones = plan
        .phones
        .iter()
        .flat_map(|(party, _, phones)| phones.iter().map(|phone| (*party, phone.dial().to_string())))
        .collect();
    run::reindex(tx, site.id, &plan.phones.iter().map(|(party, _, _)| *party).collect::<Vec<_>>()).await?;
    note(tx, site.id, plan);
    progress.step(plan.staff.len())?;
    Ok(undo)
}

/// Log-ins are the company's affair, and its audit says so; one row for the batch.
fn note(tx: &mut Tx, site: SiteId, plan: &StaffPlan) {
    if !plan.accounts.is_empty() {
        tx.note(
            None,
            "account.opened",
            format!("site/{site}"),
            Json::Null,
            json!({ "logins": plan.accounts.len(), "by": "import" }),
        );
    }
}
