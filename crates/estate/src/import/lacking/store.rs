use db::{DbError, FromRow, Row};
use kernel::{Error, Read, SiteId};
use values::Day;

pub struct Counts {
    pub staff: i64,
    pub roles: i64,
    pub categories: i64,
    pub promises: i64,
    pub desk_hours: i64,
    pub stewards: i64,
    pub homes: i64,
    pub without_owner: i64,
    pub without_phone: i64,
    pub without_area: i64,
    pub without_delivery: i64,
}

impl FromRow for Counts {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        Ok(Self {
            staff: row.get("staff")?,
            roles: row.get("roles")?,
            categories: row.get("categories")?,
            promises: row.get("promises")?,
            desk_hours: row.get("desk_hours")?,
            stewards: row.get("stewards")?,
            homes: row.get("homes")?,
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
        (SELECT COUNT(*) FROM staff s WHERE s.site = $1 AND (s.to_day IS NULL OR s.to_day > $2)) AS staff, \
        (SELECT COUNT(*) FROM grants g WHERE g.site = $1 AND (g.to_day IS NULL OR g.to_day > $2)) AS roles, \
        (SELECT COUNT(*) FROM categories c WHERE c.site = $1 AND c.closed = 0) AS categories, \
        (SELECT COUNT(*) FROM policies p WHERE p.site = $1 AND p.kind = 'promises') AS promises, \
        (SELECT COUNT(*) FROM policies p WHERE p.site = $1 AND p.kind = 'desk_hours') AS desk_hours, \
        (SELECT COUNT(*) FROM steward_homes h WHERE h.site = $1 AND (h.to_day IS NULL OR h.to_day > $2)) AS stewards, \
        COUNT(u.id) AS homes, COUNT(CASE WHEN u.area IS NULL THEN 1 END) AS without_area, \
        COUNT(CASE WHEN u.delivered IS NULL THEN 1 END) AS without_delivery, \
        COUNT(CASE WHEN NOT EXISTS (SELECT 1 FROM occupancies o WHERE o.place = u.id AND o.role = 'owner' AND (o.to_day IS NULL OR o.to_day > $2)) THEN 1 END) AS without_owner, \
        COUNT(CASE WHEN EXISTS (SELECT 1 FROM occupancies o WHERE o.place = u.id AND (o.to_day IS NULL OR o.to_day > $2)) AND NOT EXISTS \
            (SELECT 1 FROM occupancies o JOIN phones f ON f.party = o.party WHERE o.place = u.id AND (o.to_day IS NULL OR o.to_day > $2)) THEN 1 END) AS without_phone \
        FROM places u WHERE u.site = $1 AND {scope:u} AND u.kind IN ('unit', 'shop') AND u.closed IS NULL";
    read.one(sql, (site, today)).await
}
