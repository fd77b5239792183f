use serde_json::{Value as Json, json};
use values::{Day, Id};

use crate::{Error, PartyId, Refuse, Role, SiteId, Tx, access};

#[derive(Debug, thiserror::Error)]
pub enum GrantRefused {
    #[error("system, security and audit administrator are three people")]
    TwoAdministrators,
    #[error("the person holds this role already")]
    Held,
}
impl Refuse for GrantRefused {
    fn code(&self) -> &'static str {
        match self {
            Self::TwoAdministrators => "two_administrators",
            Self::Held => "role_held",
        }
    }
    fn field(&self) -> Option<&'static str> {
        Some("role")
    }
}

/// Grants a role from `from` on; `site` none is the whole company. R01: sessions of the person end, so that the next one
/// is of the new rights. Errors: `GrantRefused` (R18: nobody holds two of the three administrators' roles).
pub async fn grant(
    tx: &mut Tx,
    party: PartyId,
    role: Role,
    site: Option<SiteId>,
    department: Option<&str>,
    from: Day,
) -> Result<(), Error> {
    let held = "SELECT role AS value FROM grants WHERE party = $1 AND (to_day IS NULL OR to_day > $2)";
    let held: Vec<String> = tx.all(held, (party, from)).await?;
    let held: Vec<Role> = held.iter().filter_map(|role| role.parse().ok()).collect();
    if role.needs_second_factor() && held.iter().any(|other| other.needs_second_factor() && *other != role) {
        return Err(GrantRefused::TwoAdministrators.into());
    }
    let same = "SELECT id AS value FROM grants WHERE party = $1 AND role = $2 AND (site = $3 OR (site IS NULL AND $4 = 1)) \
                AND (department = $5 OR (department IS NULL AND $6 = 1)) AND (to_day IS NULL OR to_day > $7)";
    let values = (party, role.as_str(), site, site.is_none(), department, department.is_none(), from);
    if tx.opt::<Id<Grant>>(same, values).await?.is_some() {
        return Err(GrantRefused::Held.into());
    }
    let (id, now): (Id<Grant>, _) = (tx.id(), tx.now());
    let sql =
        "INSERT INTO grants (id, party, role, site, department, from_day, made) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    tx.run(sql, (id, party, role.as_str(), site, department, from, now)).await?;
    access::end_sessions_of(tx, party, None).await?;
    tx.note(
        site,
        "grant.given",
        format!("party/{party}"),
        Json::Null,
        json!({ "role": role.as_str(), "department": department, "from": from }),
    );
    Ok(())
}

/// Ends a grant on the day `to`; R01: every session of the person ends now.
pub async fn end_grant(tx: &mut Tx, party: PartyId, id: Id<Grant>, to: Day) -> Result<(), Error> {
    let sql = "UPDATE grants SET to_day = $3 WHERE id = $1 AND party = $2 AND (to_day IS NULL OR to_day > $3)";
    let ended = tx.run(sql, (id, party, to)).await?;
    access::end_sessions_of(tx, party, None).await?;
    let site: Option<Option<SiteId>> = tx.opt("SELECT site AS value FROM grants WHERE id = $1", (id,)).await?;
    tx.note(site.flatten(), "grant.ended", format!("party/{party}"), Json::Null, json!({ "grant": id, "to": to }));
    if ended == 0 { Err(Error::Missing) } else { Ok(()) }
}

pub struct Grant;
