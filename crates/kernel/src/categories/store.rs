use db::{DbError, FromRow, Row, ToValue};
use serde_json::{Value as Json, json};

use super::{Category, Kept, Saved, Spot};
use crate::{
    Error, Read, SiteId, Tx,
    orders::{Kind, unreadable},
};

impl FromRow for Category {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        let (kinds, demands, spot): (String, String, String) =
            (row.get("kinds")?, row.get("demands")?, row.get("spot")?);
        let kinds: Result<Vec<Kind>, _> = kinds.split_whitespace().map(str::parse).collect();
        Ok(Self {
            code: row.get("code")?,
            parent: row.get("parent")?,
            leaf: row.get("leaf")?,
            kinds: kinds.map_err(|cause| unreadable("categories", "kinds", &cause.to_string()))?,
            zh: row.get("zh")?,
            en: row.get("en")?,
            urgency: row.get("urgency")?,
            department: row.get("department")?,
            urgent_list: row.get("urgent_list")?,
            certificate: row.get("certificate")?,
            trade: row.get("trade")?,
            spot: Spot::named(&spot).ok_or_else(|| unreadable("categories", "spot", &spot))?,
            demands: demands.split_whitespace().map(Into::into).collect(),
            front: row.get("front")?,
            icon: row.get("icon")?,
            hint_zh: row.get("hint_zh")?,
            hint_en: row.get("hint_en")?,
        })
    }
}

impl FromRow for Kept {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        let (closed, version, sort) = (row.get("closed")?, row.get("version")?, row.get("sort")?);
        Ok(Self { category: Category::from_row(row)?, closed, version, sort })
    }
}

impl FromRow for Saved {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        Ok(Self { by: row.get("name")?, at: row.get("saved")? })
    }
}

macro_rules! columns {
    () => {
        "code, parent, leaf, kinds, zh, en, urgency, department, urgent_list, certificate, trade, spot, demands, front, icon, hint_zh, hint_en"
    };
}

/// The tree of a site in its order, without what was closed.
pub async fn all(read: &mut Read, site: SiteId) -> Result<Vec<Category>, Error> {
    let sql = concat!(
        "SELECT ",
        columns!(),
        " FROM categories WHERE site = $1 AND closed = 0 AND {scope} ORDER BY sort, code"
    );
    read.all(sql, (site,)).await
}

/// The whole tree of a site in its order, with what was switched off.
pub async fn every(read: &mut Read, site: SiteId) -> Result<Vec<Kept>, Error> {
    let sql = concat!(
        "SELECT ",
        columns!(),
        ", closed, version, sort FROM categories WHERE site = $1 AND {scope} ORDER BY sort, code"
    );
    read.all(sql, (site,)).await
}

/// A leaf that can be reported now. Errors: `Missing` for branches and for what was switched off.
pub async fn offered(read: &mut Read, site: SiteId, code: &str) -> Result<Category, Error> {
    let sql = concat!(
        "SELECT ",
        columns!(),
        " FROM categories WHERE site = $1 AND code = $2 AND leaf = 1 AND closed = 0 AND {scope}"
    );
    read.one(sql, (site, code)).await
}

/// One category, closed ones too: old orders name them. Errors: `Missing`.
pub async fn one(read: &mut Read, site: SiteId, code: &str) -> Result<Category, Error> {
    read.one(concat!("SELECT ", columns!(), " FROM categories WHERE site = $1 AND code = $2 AND {scope}"), (site, code))
        .await
}

/// Errors: `Missing`.
pub async fn last_saved(read: &mut Read, site: SiteId, code: &str) -> Result<Saved, Error> {
    let sql = "SELECT p.name, c.saved FROM categories c LEFT JOIN parties p ON p.id = c.saved_by \
               WHERE c.site = $1 AND c.code = $2 AND {scope:c}";
    read.one(sql, (site, code)).await
}

/// The version of a category; whoever else saves it waits until this transaction is over.
pub(super) async fn hold(tx: &mut Tx, site: SiteId, code: &str) -> Result<Option<i64>, Error> {
    let sql = "SELECT version AS value FROM categories WHERE site = $1 AND code = $2 AND {scope} {lock}";
    tx.opt(sql, (site, code)).await
}

/// Puts a whole tree in place: new codes are added, known ones renewed, codes that are gone are closed.
pub async fn load(tx: &mut Tx, site: SiteId, tree: &[Category]) -> Result<(), Error> {
    if !tx.caller().scope.holds(site) {
        return Err(Error::Missing);
    }
    tx.run("UPDATE categories SET closed = 1 WHERE site = $1", (site,)).await?;
    for (sort, category) in (0i64..).zip(tree) {
        save(tx, site, &Kept { category: category.clone(), closed: false, version: 1, sort }).await?;
    }
    let leaves = tree.iter().filter(|category| category.leaf).count();
    tx.note(site, "categories.loaded", format!("site/{site}"), Json::Null, json!({ "leaves": leaves }));
    Ok(())
}

pub(super) async fn save(tx: &mut Tx, site: SiteId, kept: &Kept) -> Result<(), Error> {
    let row = &kept.category;
    let sql = "INSERT INTO categories (site, code, parent, leaf, kinds, zh, en, urgency, department, urgent_list, certificate, trade, \
               spot, demands, front, icon, hint_zh, hint_en, sort, closed, saved, saved_by, version) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, 1) \
               ON CONFLICT (site, code) DO UPDATE SET parent = $3, leaf = $4, kinds = $5, zh = $6, en = $7, urgency = $8, \
               department = $9, urgent_list = $10, certificate = $11, trade = $12, spot = $13, demands = $14, front = $15, \
               icon = $16, hint_zh = $17, hint_en = $18, sort = $19, closed = $20, saved = $21, saved_by = $22, \
               version = categories.version + 1";
    let kinds: Vec<&str> = row.kinds.iter().map(|kind| kind.as_str()).collect();
    let values = vec![
        site.to_value(),
        row.code.to_value(),
        row.parent.to_value(),
        row.leaf.to_value(),
        kinds.join(" ").to_value(),
        row.zh.to_value(),
        row.en.to_value(),
        row.urgency.to_value(),
        row.department.to_value(),
        row.urgent_list.to_value(),
        row.certificate.to_value(),
        row.trade.to_value(),
        row.spot.as_str().to_value(),
        row.demands.join(" ").to_value(),
        row.front.to_value(),
        row.icon.to_value(),
        row.hint_zh.to_value(),
        row.hint_en.to_value(),
        kept.sort.to_value(),
        kept.closed.to_value(),
        tx.now().to_value(),
        tx.caller().party().to_value(),
    ];
    tx.run(sql, values).await?;
    Ok(())
}
