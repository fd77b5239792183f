//! What is known while somebody speaks: the place, its people, outages, orders not yet done, and the same report before.

use kernel::{
    Error, Read, Site,
    categories::Category,
    notices::{Notice, outage_for},
    orders::{Kind, Probe, duplicates_of},
};

use super::{
    category,
    model::{Neighbour, Occupant, Spot},
    store,
};

#[derive(Default)]
pub struct Looked {
    /// None, one, or several that fit what was typed.
    pub spots: Vec<Spot>,
    pub occupants: Vec<Occupant>,
    pub outage: Option<Notice>,
    pub open: Vec<Neighbour>,
    pub duplicates: Vec<Neighbour>,
    /// What the typed category is taken for.
    pub category: Option<Category>,
}

impl Looked {
    /// The one place that is meant.
    pub fn spot(&self) -> Option<&Spot> {
        match self.spots.as_slice() {
            [one] => Some(one),
            _ => None,
        }
    }
}

/// Looks up what `place` and `category`, as typed, mean at `site`.
pub async fn look(
    read: &mut Read,
    site: &Site,
    categories: &[Category],
    place: &str,
    typed: &str,
    kind: Option<Kind>,
) -> Result<Looked, Error> {
    let category = category::resolve(categories, typed, kind).ok().cloned();
    if place.trim().is_empty() {
        return Ok(Looked { category, ..Looked::default() });
    }
    let spots = store::spots(read, site.id, place).await?;
    let [spot] = spots.as_slice() else { return Ok(Looked { spots, category, ..Looked::default() }) };
    let today = site.today(read.now());
    let (occupants, id) = (store::occupants(read, spot.id, today).await?, spot.id);
    let code = category.as_ref().map(|category| category.code.as_str());
    let outage = outage_for(read, site.id, Some(id), code).await?;
    let mut duplicates = Vec::new();
    if let Some(code) = code {
        let same = duplicates_of(read, site.id, &Probe { category: code.to_string(), place: id }).await?;
        let ids: Vec<_> = same.iter().map(|line| line.id).collect();
        duplicates = store::of_ids(read, &ids).await?;
    }
    let mut open = store::open_at(read, id, None).await?;
    open.retain(|other| duplicates.iter().all(|known| known.id != other.id));
    Ok(Looked { spots, occupants, outage, open, duplicates, category })
}
