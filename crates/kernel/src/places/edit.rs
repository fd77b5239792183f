//! Changing and closing places.

use serde_json::{Value as Json, json};
use values::{Area, Day};

use super::{Place, PlaceRefusal, code, make, store};
use crate::{Error, PlaceId, SiteId, Tx, search, sites};

/// What a person may correct about a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Another way of writing the same code, or another code.
    pub code: String,
    pub name: String,
    pub area: Option<Area>,
    pub inside_area: Option<Area>,
    pub use_kind: Option<String>,
    pub delivered: Option<Day>,
}

impl Change {
    /// What stands now: the start of an edit.
    pub fn of(place: &Place) -> Self {
        Self {
            code: place.code.clone(),
            name: place.name.clone(),
            area: place.area,
            inside_area: place.inside_area,
            use_kind: place.use_kind.clone(),
            delivered: place.delivered,
        }
    }
    fn json(&self) -> Json {
        json!({ "code": self.code, "name": self.name, "area": self.area, "inside_area": self.inside_area, "use": self.use_kind,
                "delivered": self.delivered })
    }
}

/// Corrects a place that somebody saw in `version`. Errors: `Stale`, code taken, `Missing`.
pub async fn change(tx: &mut Tx, site: SiteId, id: PlaceId, version: i64, to: &Change) -> Result<(), Error> {
    sites::hold_register(tx, site).await?;
    let place = make::within(tx, site, id).await?;
    if place.version != version {
        return Err(Error::Stale { current: place.version });
    }
    let (new_code, new_key) = (to.code.trim(), code::key(&to.code));
    if new_key.is_empty() || new_code.chars().count() > 40 {
        return Err(PlaceRefusal::CodeShape { code: to.code.clone() }.into());
    }
    if new_key != place.key && !store::taken(tx, site, std::slice::from_ref(&new_key)).await?.is_empty() {
        return Err(PlaceRefusal::CodeTaken { code: to.code.clone() }.into());
    }
    let name = if to.name.trim().is_empty() || to.name == place.code { new_code } else { to.name.trim() };
    let sql = "UPDATE places SET code = $3, key = $4, name = $5, area = $6, inside_area = $7, use_kind = $8, delivered = $9, \
               version = version + 1 WHERE id = $1 AND version = $2 AND {scope}";
    let values = (id, version, new_code, new_key, name, to.area, to.inside_area, to.use_kind.clone(), to.delivered);
    if tx.run(sql, values).await? == 0 {
        let now = store::by_id(tx, id).await?;
        return Err(Error::Stale { current: now.version });
    }
    let terms = search::place_terms(place.kind, new_code, name);
    search::index(tx, site, search::Kind::Place, id.uuid(), &terms_of(&place), &terms).await?;
    tx.note(site, "place.changed", format!("place/{id}"), Change::of(&place).json(), to.json());
    tx.changed(site, "places", id.uuid());
    Ok(())
}

/// A place that is no more, from `day` on. Its history stays. Errors: somebody lives there, open orders, places below.
pub async fn close(tx: &mut Tx, site: SiteId, id: PlaceId, day: Day) -> Result<(), Error> {
    sites::hold_register(tx, site).await?;
    let place = make::within(tx, site, id).await?;
    if place.closed.is_some() {
        return Err(PlaceRefusal::Closed.into());
    }
    match store::burdens(tx, id, day).await? {
        (true, _, _) => return Err(PlaceRefusal::Lived.into()),
        (_, true, _) => return Err(PlaceRefusal::OpenOrders.into()),
        (_, _, true) => return Err(PlaceRefusal::HasChildren.into()),
        _ => {}
    }
    tx.run(
        "UPDATE places SET closed = $2, version = version + 1 WHERE id = $1 AND closed IS NULL AND {scope}",
        (id, day),
    )
    .await?;
    search::index(tx, site, search::Kind::Place, id.uuid(), &terms_of(&place), &[]).await?;
    tx.note(site, "place.closed", format!("place/{id}"), Json::Null, json!({ "code": place.code, "from": day }));
    Ok(())
}

fn terms_of(place: &Place) -> Vec<search::Term> {
    search::place_terms(place.kind, &place.code, &place.name)
}
