//! What a new site still lacks before it can work, each with where to mend it.

mod store;

use crate::{Error, Read, Right, Site};

/// One thing that is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lack {
    /// The end of the key of its words: `duty-phone`.
    pub word: &'static str,
    /// How many, where it is a count.
    pub count: i64,
    /// Below the site.
    pub path: &'static str,
    /// Who can mend it.
    pub right: Right,
}

const fn lack(word: &'static str, count: i64, path: &'static str, right: Right) -> Lack {
    Lack { word, count, path, right }
}

/// What nobody can work without, in the order in which it is best done. Cheap: it asks only whether anything is there.
pub async fn first_steps(read: &mut Read, site: &Site) -> Result<Vec<Lack>, Error> {
    let there = store::there(read, site.id, site.today(read.now())).await?;
    let none = |there: bool| i64::from(!there);
    let all = [
        lack("buildings", none(there.buildings), "/buildings/new", Right::EstateEdit),
        lack("homes", none(there.homes), "/import", Right::EstateImport),
        lack("staff", none(there.staff), "/staff/import", Right::StaffManage),
        lack("desk-hours", none(there.desk_hours), "/settings/desk-hours", Right::SettingsManage),
        lack("categories", none(there.categories), "/settings/categories", Right::SettingsManage),
        lack("duty-phone", none(site.phone.is_some()), "/settings", Right::SettingsManage),
    ];
    Ok(all.into_iter().filter(|lack| lack.count > 0).collect())
}

/// Everything that is missing: the first steps, then what the register lacks.
pub async fn lacking(read: &mut Read, site: &Site) -> Result<Vec<Lack>, Error> {
    let mut all = first_steps(read, site).await?;
    let counts = store::counts(read, site.id, site.today(read.now())).await?;
    let none = |there: i64| i64::from(there == 0);
    all.extend([
        lack("promises", none(counts.promises), "/settings/promises", Right::SettingsManage),
        lack("stewards", none(counts.stewards), "/staff", Right::StaffManage),
        lack("roles", none(counts.roles), "/staff", Right::StaffManage),
        lack("owners", counts.without_owner, "/homes", Right::EstateRead),
        lack("phones", counts.without_phone, "/owners", Right::PeopleRead),
        lack("areas", counts.without_area, "/homes", Right::EstateRead),
        lack("delivery", counts.without_delivery, "/homes", Right::EstateRead),
    ]);
    Ok(all.into_iter().filter(|lack| lack.count > 0).collect())
}
