use db::{DbError, FromRow, Row};
use values::Day;

use crate::{Error, Read, SiteId};

/// Is there any of these?
pub struct There {
    pub buildings: bool,
    pub homes: bool,
    pub staff: bool,
    pub desk_hours: bool,
    pub categories: bool,
}

impl FromRow for There {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        Ok(Self {
            buildings: row.get("buildings")?,
            homes: row.get("homes")?,
            staff: row.get("staff")?,
            desk_hours: row.get("desk_hours")?,
            categories: row.get("categories")?,
        })
    }
}

/// One statement that stops at the first of each.
pub async fn there(read: &mut Read, site: SiteId, today: Day) -> Result<There, Error> {
    let sql = "SELECT \
        CAST(CASE WHEN EXISTS (SELECT 1 FROM places b WHERE b.site = $1 AND b.kind = 'building') THEN 1 ELSE 0 END AS BIGINT) AS buildings, \
        CAST(CASE WHEN EXISTS (SELECT 1 FROM places u WHERE u.site = $1 AND u.kind IN ('unit', 'shop')) THEN 1 ELSE 0 END AS BIGINT) AS homes, \
        CAST(CASE WHEN EXISTS (SELECT 1 FROM staff f WHERE f.site = $1 AND (f.to_day IS NULL OR f.to_day > $2)) THEN 1 ELSE 0 END AS BIGINT) AS staff, \
        CAST(CASE WHEN EXISTS (SELECT 1 FROM policies p WHERE p.site = $1 AND p.kind = 'desk_hours') THEN 1 ELSE 0 END AS BIGINT) AS desk_hours, \
        CAST(CASE WHEN EXISTS (SELECT 1 FROM categories c WHERE c.site = $1 AND c.closed = 0) THEN 1 ELSE 0 END AS BIGINT) AS categories \
        FROM sites s WHERE s.id = $1";
    read.one(sql, (site, today)).await
}

pub struct Counts {
    pub roles: i64,
    pub promises: i64,
    pub stewards: i64,
    pub without_owner: i64,
    pub without_phone: i64,
    pub without_area: i64,
    pub without_delivery: i64,
}

impl FromRow for Counts {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        Ok(Self {
            roles: row.get("roles")?,
            promises: row.get("promises")?,
            stewards: row.get("stewards")?,
            without_owner: row.get("without_owner")?,
            without_phone: row.get("without_phone")?,
            without_area: row.get("without_area")?,
            without_delivery: row.get("without_delivery")?,
        })
    }
}

/// All in one statement. Areas, owners and delivery are those of homes and shops.
pub async fn counts(read: &mut Read, site: SiteId, today: Day) -> Result<Counts, Error> {
    let sql = "SELECT \
        (SELECT COUNT(*) FROM grants g WHERE g.site = $1 AND (g.to_day IS NULL OR g.to_day > $2)) AS roles, \
        (SELECT COUNT(*) FROM policies p WHERE p.site = $1 AND p.kind = 'promises') AS promises, \
        (SELECT COUNT(*) FROM steward_homes h WHERE h.site = $1 AND (h.to_day IS NULL OR h.to_day > $2)) AS stewards, \
        COUNT(CASE WHEN u.area IS NULL THEN 1 END) AS without_area, \
        COUNT(CASE WHEN u.delivered IS NULL THEN 1 END) AS without_delivery, \
        COUNT(CASE WHEN NOT EXISTS (SELECT 1 FROM occupancies o WHERE o.place = u.id AND o.role = 'owner' AND (o.to_day IS NULL OR o.to_day > $2)) THEN 1 END) AS without_owner, \
        COUNT(CASE WHEN EXISTS (SELECT 1 FROM occupancies o WHERE o.place = u.id AND (o.to_day IS NULL OR o.to_day > $2)) AND NOT EXISTS \
            (SELECT 1 FROM occupancies o JOIN phones f ON f.party = o.party WHERE o.place = u.id AND (o.to_day IS NULL OR o.to_day > $2)) THEN 1 END) AS without_phone \
        FROM places u WHERE u.site = $1 AND {scope:u} AND u.kind IN ('unit', 'shop') AND u.closed IS NULL";
    read.one(sql, (site, today)).await
}
