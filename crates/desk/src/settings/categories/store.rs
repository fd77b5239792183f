use kernel::{Error, Read, SiteId};

/// The codes of the departments of a site, in their order.
pub async fn departments(read: &mut Read, site: SiteId) -> Result<Vec<String>, Error> {
    read.all("SELECT code AS value FROM departments WHERE site = $1 AND {scope} ORDER BY sort, code", (site,)).await
}
