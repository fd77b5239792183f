//! What a new site still lacks before it can work, each with where to mend it.

mod store;

use kernel::{Error, Read, Right, Site};

/// One thing that is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lack {
    /// `estate-import-lack-…`
    pub word: &'static str,
    /// How many, where it is a count.
    pub count: i64,
    /// Below the site.
    pub path: &'static str,
    /// Who can mend it.
    pub right: Right,
}

/// Everything that is missing, the most urgent first.
pub async fn lacking(read: &mut Read, site: &Site) -> Result<Vec<Lack>, Error> {
    let counts = store::counts(read, site.id, site.today(read.now())).await?;
    let lack = |word, count, path, right| Lack { word, count, path, right };
    let none = |there: i64| i64::from(there == 0);
    let all = [
        lack("staff", none(counts.staff), "/staff/import", Right::StaffManage),
        lack("duty-phone", i64::from(site.phone.is_none()), "/settings", Right::SettingsManage),
        lack("categories", none(counts.categories), "/settings/categories", Right::SettingsManage),
        lack("promises", none(counts.promises), "/settings/promises", Right::SettingsManage),
        lack("desk-hours", none(counts.desk_hours), "/settings/desk-hours", Right::SettingsManage),
        lack("stewards", none(counts.stewards), "/staff", Right::StaffManage),
        lack("roles", none(counts.roles), "/staff", Right::StaffManage),
        lack("homes", none(counts.homes), "/import", Right::EstateImport),
        lack("owners", counts.without_owner, "/homes", Right::EstateRead),
        lack("phones", counts.without_phone, "/owners", Right::PeopleRead),
        lack("areas", counts.without_area, "/homes", Right::EstateRead),
        lack("delivery", counts.without_delivery, "/homes", Right::EstateRead),
    ];
    Ok(all.into_iter().filter(|lack| lack.count > 0).collect())
}
