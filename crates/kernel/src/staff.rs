//! Staff: a party on a post of a department of a site, between two days; and the roles granted to it.

use serde_json::{Value as Json, json};
use values::Day;

use crate::{Error, PartyId, Role, SiteId, Tx, sites::Department};
use values::Id;

/// Who is taken on, where.
pub struct NewStaff<'a> {
    pub site: SiteId,
    pub party: PartyId,
    /// `ENG`
    pub department: &'a str,
    pub post: &'a str,
    pub from: Day,
}

/// Puts a party on a post; the post is made when the department has none of that name.
pub async fn hire(tx: &mut Tx, new: &NewStaff<'_>) -> Result<Id<Staff>, Error> {
    let department = "SELECT id AS value FROM departments WHERE site = $1 AND code = $2";
    let department: Id<Department> = tx.one(department, (new.site, new.department)).await?;
    let post = post(tx, new.site, department, new.post).await?;
    let (id, now): (Id<Staff>, _) = (tx.id(), tx.now());
    let sql = "INSERT INTO staff (id, site, party, department, post, from_day, made, version) VALUES ($1, $2, $3, $4, $5, $6, $7, 1)";
    tx.run(sql, (id, new.site, new.party, department, post, new.from, now)).await?;
    tx.note(new.site, "staff.hired", format!("party/{}", new.party), Json::Null, json!({ "department": new.department, "post": new.post }));
    Ok(id)
}

async fn post(tx: &mut Tx, site: SiteId, department: Id<Department>, name: &str) -> Result<Id<Post>, Error> {
    let known = "SELECT id AS value FROM posts WHERE site = $1 AND department = $2 AND name = $3";
    if let Some(id) = tx.opt(known, (site, department, name)).await? {
        return Ok(id);
    }
    let id: Id<Post> = tx.id();
    tx.run("INSERT INTO posts (id, site, department, name) VALUES ($1, $2, $3, $4)", (id, site, department, name)).await?;
    Ok(id)
}

/// Grants a role from `from` on; `site` none is the whole company.
pub async fn grant(tx: &mut Tx, party: PartyId, role: Role, site: Option<SiteId>, department: Option<&str>, from: Day) -> Result<(), Error> {
    let (id, now): (Id<Staff>, _) = (tx.id(), tx.now());
    let sql = "INSERT INTO grants (id, party, role, site, department, from_day, made) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    tx.run(sql, (id, party, role.as_str(), site, department, from, now)).await?;
    tx.note(site, "grant.given", format!("party/{party}"), Json::Null, json!({ "role": role.as_str() }));
    Ok(())
}

/// An account without a password: its owner sets one by a link, or logs in by phone.
pub async fn open_account(tx: &mut Tx, party: PartyId, login: Option<&str>) -> Result<(), Error> {
    let now = tx.now();
    let sql = "INSERT INTO accounts (party, login, totp_on, totp_step, failures, locked_until, disabled, made, version) \
               VALUES ($1, $2, 0, 0, 0, 0, 0, $3, 1)";
    tx.run(sql, (party, login, now)).await?;
    tx.note(None, "account.opened", format!("party/{party}"), Json::Null, json!({ "login": login }));
    Ok(())
}

pub struct Staff;
pub struct Post;
