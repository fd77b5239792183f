use std::collections::HashMap;

use db::{DbError, FromRow, Row, Sql, ToValue, Value};
use kernel::{
    Error, PartyId, Read, SiteId, Tx,
    certificates::Certificate,
    sites::Department,
    staff::{Post, Staff},
};
use values::{Day, Id, Phone};

use super::rules::{CertificateChange, KnownDepartment, KnownStaff, NewCertificate, NewStaff, PartyRef};

struct StaffLine(KnownStaff, Id<Staff>, Option<Phone>);
impl FromRow for StaffLine {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        let known = KnownStaff {
            party: row.get("party")?,
            name: row.get("name")?,
            number: row.get("number")?,
            department: row.get("department")?,
            post: row.get("post")?,
            phones: Vec::new(),
        };
        Ok(Self(known, row.get("id")?, row.get("phone")?))
    }
}

/// Who is on the staff of a site today, each post a line.
pub async fn staff(read: &mut Read, site: SiteId, today: Day) -> Result<Vec<KnownStaff>, Error> {
    let sql = "SELECT s.id, s.party, y.name, s.number, s.department, o.name AS post, f.phone FROM staff s JOIN parties y ON y.id = s.party \
               LEFT JOIN posts o ON o.id = s.post LEFT JOIN phones f ON f.party = s.party \
               WHERE s.site = $1 AND {scope:s} AND (s.to_day IS NULL OR s.to_day > $2) ORDER BY s.id, f.rank, f.phone";
    let mut all: Vec<(Id<Staff>, KnownStaff)> = Vec::new();
    for StaffLine(known, id, phone) in read.all::<StaffLine>(sql, (site, today)).await? {
        if all.last().is_none_or(|(last, _)| *last != id) {
            all.push((id, known));
        }
        all.last_mut().expect("one was pushed just now").1.phones.extend(phone);
    }
    Ok(all.into_iter().map(|(_, known)| known).collect())
}

impl FromRow for KnownDepartment {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        Ok(Self { id: row.get("id")?, code: row.get("code")?, name: row.get("name")? })
    }
}

pub async fn departments(read: &mut Read, site: SiteId) -> Result<Vec<KnownDepartment>, Error> {
    read.all("SELECT id, code, name FROM departments WHERE site = $1 AND {scope} ORDER BY sort, code", (site,)).await
}

/// The certificates of everybody at the site.
pub async fn certificates(read: &mut Read, site: SiteId) -> Result<Vec<Certificate>, Error> {
    let sql = "SELECT c.id, c.party, c.kind, c.trade, c.number, c.issued, c.valid_until, c.review_due, c.version FROM certificates c \
               WHERE EXISTS (SELECT 1 FROM staff s WHERE s.party = c.party AND s.site = $1 AND {scope:s}) ORDER BY c.party, c.id";
    read.all(sql, (site,)).await
}

struct Account(PartyId, Option<String>);
impl FromRow for Account {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        Ok(Self(row.get("party")?, row.get("login")?))
    }
}

/// Accounts of everybody at the site, and those that hold one of `logins` anywhere in the company.
pub async fn accounts(
    read: &mut Read,
    site: SiteId,
    logins: &[String],
) -> Result<Vec<(PartyId, Option<String>)>, Error> {
    let sql = Sql::new("SELECT a.party, a.login FROM accounts a WHERE EXISTS (SELECT 1 FROM staff s WHERE s.party = a.party AND s.site = ").bind(site);
    let sql = sql.push(") OR EXISTS (SELECT 1 FROM occupancies o WHERE o.party = a.party AND o.site = ").bind(site);
    let sql = sql.push(") OR a.login IN ").list(logins).push(" ORDER BY a.party");
    Ok(read.all_of::<Account>(sql).await?.into_iter().map(|row| (row.0, row.1)).collect())
}

struct PostRow(Id<Post>, Id<Department>, String);
impl FromRow for PostRow {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        Ok(Self(row.get("id")?, row.get("department")?, row.get("name")?))
    }
}

pub type Posts = HashMap<(Id<Department>, String), Id<Post>>;

/// The posts of these names, made where they are missing.
pub async fn posts(tx: &mut Tx, site: SiteId, wanted: &[(Id<Department>, String)]) -> Result<Posts, Error> {
    let known: Vec<PostRow> =
        tx.all("SELECT id, department, name FROM posts WHERE site = $1 ORDER BY id", (site,)).await?;
    let mut posts: Posts = known.into_iter().map(|post| ((post.1, post.2), post.0)).collect();
    let mut rows = Vec::new();
    for (department, name) in wanted {
        let id: Id<Post> = tx.id();
        if posts.contains_key(&(*department, name.clone())) {
            continue;
        }
        posts.insert((*department, name.clone()), id);
        rows.push(vec![id.to_value(), site.to_value(), department.to_value(), name.to_value()]);
    }
    tx.insert_all("INSERT INTO posts (id, site, department, name)", rows).await?;
    Ok(posts)
}

pub async fn hire(
    tx: &mut Tx,
    site: SiteId,
    new: &[NewStaff],
    posts: &Posts,
    party: &(impl Fn(PartyRef) -> PartyId + Sync),
) -> Result<Vec<Id<Staff>>, Error> {
    let (mut ids, mut rows): (Vec<Id<Staff>>, Vec<Vec<Value>>) = (Vec::new(), Vec::new());
    for one in new {
        let id: Id<Staff> = tx.id();
        let post = one.post.as_ref().and_then(|name| posts.get(&(one.department, name.clone())).copied());
        let who = [
            id.to_value(),
            site.to_value(),
            party(one.party).to_value(),
            one.department.to_value(),
            post.to_value(),
            one.number.to_value(),
        ];
        rows.push([who.as_slice(), &[one.from.to_value(), tx.now().to_value(), 1i64.to_value()]].concat());
        ids.push(id);
    }
    tx.insert_all("INSERT INTO staff (id, site, party, department, post, number, from_day, made, version)", rows)
        .await?;
    Ok(ids)
}

/// Accounts without a password: their owners set one by a link.
pub async fn open_accounts(
    tx: &mut Tx,
    new: &[(PartyRef, String)],
    party: &(impl Fn(PartyRef) -> PartyId + Sync),
) -> Result<Vec<PartyId>, Error> {
    let ids: Vec<PartyId> = new.iter().map(|(of, _)| party(*of)).collect();
    let zero = || 0i64.to_value();
    let row = |(id, (_, login)): (&PartyId, &(PartyRef, String))| {
        vec![id.to_value(), login.to_value(), zero(), zero(), zero(), tx.now().to_value(), 1i64.to_value()]
    };
    let rows = ids.iter().zip(new).map(row).collect();
    tx.insert_all("INSERT INTO accounts (party, login, totp_on, totp_step, disabled, made, version)", rows).await?;
    Ok(ids)
}

pub async fn add_certificates(
    tx: &mut Tx,
    new: &[NewCertificate],
    party: &(impl Fn(PartyRef) -> PartyId + Sync),
) -> Result<Vec<Id<Certificate>>, Error> {
    let (mut ids, mut rows): (Vec<Id<Certificate>>, Vec<Vec<Value>>) = (Vec::new(), Vec::new());
    for one in new {
        let id: Id<Certificate> = tx.id();
        let what = [
            id.to_value(),
            party(one.party).to_value(),
            one.kind.as_str().to_value(),
            one.trade.map(ToString::to_string).to_value(),
            one.number.to_value(),
        ];
        rows.push(
            [
                what.as_slice(),
                &[one.valid_until.to_value(), one.review_due.to_value(), tx.now().to_value(), 1i64.to_value()],
            ]
            .concat(),
        );
        ids.push(id);
    }
    tx.insert_all(
        "INSERT INTO certificates (id, party, kind, trade, number, valid_until, review_due, made, version)",
        rows,
    )
    .await?;
    Ok(ids)
}

pub async fn change_certificate(tx: &mut Tx, change: &CertificateChange) -> Result<(), Error> {
    let sql = "UPDATE certificates SET valid_until = $2, review_due = $3, version = version + 1 WHERE id = $1 AND version = $4";
    tx.run(sql, (change.id, change.after.0, change.after.1, change.version)).await?;
    Ok(())
}
