use uuid::Uuid;

use crate::SiteId;

/// The sites a caller may see. There is no public way to make one: see `access`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope(Option<Vec<Uuid>>);

impl Scope {
    pub(super) const fn company() -> Self {
        Self(None)
    }
    pub(super) const fn nothing() -> Self {
        Self(Some(Vec::new()))
    }
    pub(super) fn one(site: SiteId) -> Self {
        Self(Some(vec![site.uuid()]))
    }
    pub(super) fn of(mut sites: Vec<Uuid>) -> Self {
        sites.sort_unstable();
        sites.dedup();
        Self(Some(sites))
    }
    /// `None` is every site of the company.
    pub fn sites(&self) -> Option<&[Uuid]> {
        self.0.as_deref()
    }
    pub fn holds(&self, site: SiteId) -> bool {
        self.0.as_ref().is_none_or(|sites| sites.contains(&site.uuid()))
    }
}
