//! Staff: a party on a post of a department of a site, between two days; the roles granted to it; the account it logs
//! in with; and the homes a steward holds.

mod accounts;
mod grants;
mod lists;
mod stewards;

use serde_json::{Value as Json, json};
use values::{Day, Id};

pub use accounts::{bind_phone, by_phone, disable, enable, new_setup_link, open_account, set_password};
pub use grants::{Grant, GrantRefused, end_grant, grant};
pub use lists::{Worker, holders, workers};
pub use stewards::{hold, homes_of, release, stewards_of};

use crate::{Error, PartyId, SiteId, Tx, access, sites::Department};

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
    tx.note(
        new.site,
        "staff.hired",
        format!("party/{}", new.party),
        Json::Null,
        json!({ "department": new.department, "post": new.post }),
    );
    Ok(id)
}

async fn post(tx: &mut Tx, site: SiteId, department: Id<Department>, name: &str) -> Result<Id<Post>, Error> {
    let known = "SELECT id AS value FROM posts WHERE site = $1 AND department = $2 AND name = $3";
    if let Some(id) = tx.opt(known, (site, department, name)).await? {
        return Ok(id);
    }
    let id: Id<Post> = tx.id();
    tx.run("INSERT INTO posts (id, site, department, name) VALUES ($1, $2, $3, $4)", (id, site, department, name))
        .await?;
    Ok(id)
}

/// The last day of a person at a site: posts and grants there end with it, and every session ends now. `to` is the first
/// day on which they are gone. Errors: `Missing` when they are not on the staff there.
pub async fn end(tx: &mut Tx, site: SiteId, party: PartyId, to: Day) -> Result<(), Error> {
    let open = "UPDATE staff SET to_day = $3, version = version + 1 WHERE site = $1 AND party = $2 AND (to_day IS NULL OR to_day > $3)";
    let ended = tx.run(open, (site, party, to)).await?;
    let grants = "UPDATE grants SET to_day = $3 WHERE site = $1 AND party = $2 AND (to_day IS NULL OR to_day > $3)";
    tx.run(grants, (site, party, to)).await?;
    let homes =
        "UPDATE steward_homes SET to_day = $3 WHERE site = $1 AND party = $2 AND (to_day IS NULL OR to_day > $3)";
    tx.run(homes, (site, party, to)).await?;
    access::end_sessions_of(tx, party, None).await?;
    tx.note(site, "staff.ended", format!("party/{party}"), Json::Null, json!({ "to": to }));
    if ended == 0 { Err(Error::Missing) } else { Ok(()) }
}

/// Ends one post of a person: they move to another one or leave it.
pub async fn end_post(tx: &mut Tx, site: SiteId, id: Id<Staff>, to: Day) -> Result<(), Error> {
    let sql = "UPDATE staff SET to_day = $3, version = version + 1 WHERE site = $1 AND id = $2 AND (to_day IS NULL OR to_day > $3)";
    let ended = tx.run(sql, (site, id, to)).await?;
    tx.note(site, "staff.post_ended", format!("staff/{id}"), Json::Null, json!({ "to": to }));
    if ended == 0 { Err(Error::Missing) } else { Ok(()) }
}

pub struct Staff;
pub struct Post;
