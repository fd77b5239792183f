use kernel::{Error, PartyId, Read, SiteId};
use values::Phone;

/// The phone that a member of this site's staff is called on.
pub async fn phone_of(read: &mut Read, site: SiteId, person: PartyId) -> Result<Option<Phone>, Error> {
    let sql = "SELECT f.phone AS value FROM phones f WHERE f.party = $1 AND EXISTS (SELECT 1 FROM staff s WHERE s.party = f.party AND s.site = $2 AND {scope:s}) \
               ORDER BY f.rank, f.phone LIMIT 1";
    let phone: Option<String> = read.opt(sql, (person, site)).await?;
    Ok(phone.and_then(|phone| phone.parse().ok()))
}
