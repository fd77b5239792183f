//! A site (项目): one management area; the scope of nearly every row and of every permission.

use db::{DbError, FromRow, Row};
use serde_json::{Value as Json, json};
use values::{Day, Id, Moment, Zone};

use crate::{Checks, Error, FieldError, Read, SiteId, Tx};

#[derive(Clone, Debug)]
pub struct Site {
    pub id: SiteId,
    /// `GYHY`: what addresses begin with.
    pub code: String,
    pub name: String,
    pub zone: Zone,
    /// 栋, 幢 or 号楼: how people here call a building.
    pub building_word: String,
    /// The service phone, shown on every page that can fail.
    pub phone: Option<String>,
}

impl Site {
    pub fn today(&self, now: Moment) -> Day {
        self.zone.day(now)
    }
}

impl FromRow for Site {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        let zone: String = row.get("zone")?;
        let why = || DbError::Unreadable { table: "sites", column: "zone".into(), why: zone.clone() };
        Ok(Self {
            id: row.get("id")?,
            code: row.get("code")?,
            name: row.get("name")?,
            zone: Zone::named(&zone).map_err(|_| why())?,
            building_word: row.get("building_word")?,
            phone: row.get("phone")?,
        })
    }
}

/// ORG §1: the seven departments every site starts with (code, Chinese name).
pub const DEPARTMENTS: [(&str, &str); 7] = [
    ("CS", "客户服务部"),
    ("ENG", "工程维护部"),
    ("SEC", "秩序维护部"),
    ("CLN", "环境保洁部"),
    ("GRN", "绿化养护部"),
    ("OPS", "运营管理部"),
    ("FIN", "财务部"),
];

/// The site with this code, if the caller may see it. Errors: `Missing` for a foreign one too.
pub async fn by_code(read: &mut Read, code: &str) -> Result<Site, Error> {
    let site: Site =
        read.one("SELECT id, code, name, zone, building_word, phone FROM sites WHERE code = $1", (code,)).await?;
    if read.caller().scope.holds(site.id) { Ok(site) } else { Err(Error::Missing) }
}

pub async fn by_id(read: &mut Read, id: SiteId) -> Result<Site, Error> {
    let site: Site =
        read.one("SELECT id, code, name, zone, building_word, phone FROM sites WHERE id = $1", (id,)).await?;
    if read.caller().scope.holds(site.id) { Ok(site) } else { Err(Error::Missing) }
}

/// The sites the caller may see, by name.
pub async fn visible(read: &mut Read) -> Result<Vec<Site>, Error> {
    let sites: Vec<Site> =
        read.all("SELECT id, code, name, zone, building_word, phone FROM sites ORDER BY code", ()).await?;
    let scope = read.caller().scope.clone();
    Ok(sites.into_iter().filter(|site| scope.holds(site.id)).collect())
}

/// Makes a site with its seven departments. Errors: code taken or not `A-Z0-9`, unknown zone.
pub async fn add(tx: &mut Tx, code: &str, name: &str, zone: &str) -> Result<SiteId, Error> {
    let fits =
        (2..=12).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
    if !fits {
        return Err(Error::Invalid(vec![FieldError::new("code", "site_code_shape")]));
    }
    if Zone::named(zone).is_err() {
        return Err(Error::Invalid(vec![FieldError::new("zone", "zone_unknown")]));
    }
    if tx.opt::<SiteId>("SELECT id AS value FROM sites WHERE code = $1", (code,)).await?.is_some() {
        return Err(Error::Invalid(vec![FieldError::new("code", "site_code_taken")]));
    }
    let (id, now): (SiteId, _) = (tx.id(), tx.now());
    let sql =
        "INSERT INTO sites (id, code, name, zone, building_word, made, version) VALUES ($1, $2, $3, $4, '栋', $5, 1)";
    tx.run(sql, (id, code, name, zone, now)).await?;
    for (sort, (code, name)) in (0i64..).zip(DEPARTMENTS) {
        let department: Id<Department> = tx.id();
        tx.run(
            "INSERT INTO departments (id, site, code, name, sort) VALUES ($1, $2, $3, $4, $5)",
            (department, id, code, name, sort),
        )
        .await?;
    }
    tx.note(id, "site.added", format!("site/{id}"), Json::Null, json!({ "code": code, "name": name, "zone": zone }));
    Ok(id)
}

/// Whoever changes who lives where asks for this before their first change: one at a time at a site, and none beside an
/// import, which locks the row of the site and then asks the audit what was done.
pub async fn hold_register(tx: &mut Tx, site: SiteId) -> Result<(), Error> {
    // Writes what is there: that holds the row without keeping rows that refer to it waiting, as a lock would.
    tx.raw("UPDATE sites SET version = version WHERE id = $1", (site,)).await?;
    Ok(())
}

/// What the settings page of a site may change.
#[derive(Clone, Debug)]
pub struct SiteChange {
    pub name: String,
    pub building_word: String,
    /// As people dial it; a 400 number too.
    pub phone: Option<String>,
}

/// How people may call a building.
pub const BUILDING_WORDS: [&str; 3] = ["栋", "幢", "号楼"];

/// The version that stands now: what an edit is compared with.
pub async fn version(read: &mut Read, site: SiteId) -> Result<i64, Error> {
    let version = "SELECT version AS value FROM sites WHERE id = $1";
    if read.caller().scope.holds(site) { read.one(version, (site,)).await } else { Err(Error::Missing) }
}

/// Errors: no name, an unknown word for buildings, `Stale`.
pub async fn change(tx: &mut Tx, site: SiteId, seen: i64, to: &SiteChange) -> Result<(), Error> {
    let before = by_id(tx, site).await?;
    let mut checks = Checks::default();
    if to.name.trim().is_empty() || to.name.chars().count() > 40 {
        checks.refuse("name", "site_name_shape");
    }
    if !BUILDING_WORDS.contains(&to.building_word.as_str()) {
        checks.refuse("building_word", "site_building_word");
    }
    let dialled = |text: &String| {
        (3..=20).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit() || b" -+".contains(&byte))
    };
    if to.phone.as_ref().is_some_and(|text| !dialled(text)) {
        checks.refuse("phone", "site_phone_shape");
    }
    checks.done()?;
    let phone = &to.phone;
    let sql = "UPDATE sites SET name = $3, building_word = $4, phone = $5, version = version + 1 WHERE id = $1 AND version = $2";
    if tx.run(sql, (site, seen, to.name.trim(), to.building_word.as_str(), phone.clone())).await? == 0 {
        return Err(Error::Stale { current: version(tx, site).await? });
    }
    let was = json!({ "name": before.name, "building_word": before.building_word, "phone": before.phone });
    tx.note(
        site,
        "site.changed",
        format!("site/{site}"),
        was,
        json!({ "name": to.name, "building_word": to.building_word, "phone": phone }),
    );
    Ok(())
}

pub struct Department;
