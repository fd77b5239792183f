use db::{DbError, FromRow, Row};
use serde_json::{Value as Json, json};
use values::Day;

use crate::{Error, PartyId, PlaceId, Read, SiteId, Tx};

/// The buildings, stairs or homes that a steward holds on `day`; what is below them counts too.
pub async fn homes_of(read: &mut Read, site: SiteId, steward: PartyId, day: Day) -> Result<Vec<PlaceId>, Error> {
    let sql = "SELECT place AS value FROM steward_homes WHERE site = $1 AND party = $2 AND from_day <= $3 \
               AND (to_day IS NULL OR to_day > $3) AND {scope} ORDER BY place";
    read.all(sql, (site, steward, day)).await
}

struct Named(PartyId, String);
impl FromRow for Named {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        Ok(Self(row.get("party")?, row.get("name")?))
    }
}

/// Who holds `place` on `day`, itself or by its stair or building: the nearest hold first.
pub async fn stewards_of(read: &mut Read, place: PlaceId, day: Day) -> Result<Vec<(PartyId, String)>, Error> {
    let sql = "SELECT h.party, p.name FROM steward_homes h JOIN parties p ON p.id = h.party JOIN places l ON l.id = $1 AND l.site = h.site \
               WHERE (h.place = l.id OR h.place = l.parent OR h.place = l.stair OR h.place = l.building) AND h.from_day <= $2 \
               AND (h.to_day IS NULL OR h.to_day > $2) AND {scope:h} \
               ORDER BY CASE WHEN h.place = l.id THEN 0 WHEN h.place = l.stair THEN 1 ELSE 2 END, p.name, h.party";
    let mut found: Vec<Named> = read.all(sql, (place, day)).await?;
    found.dedup_by(|a, b| a.0 == b.0);
    Ok(found.into_iter().map(|named| (named.0, named.1)).collect())
}

/// From `from` on, `party` holds `place` (a building, a stair, a home) of `site`.
pub async fn hold(tx: &mut Tx, site: SiteId, party: PartyId, place: PlaceId, from: Day) -> Result<(), Error> {
    tx.one::<PlaceId>("SELECT id AS value FROM places WHERE id = $1 AND site = $2", (place, site)).await?;
    if homes_of(tx, site, party, from).await?.contains(&place) {
        return Ok(());
    }
    let sql = "INSERT INTO steward_homes (site, party, place, from_day) VALUES ($1, $2, $3, $4) \
               ON CONFLICT (site, party, place, from_day) DO UPDATE SET to_day = NULL";
    tx.run(sql, (site, party, place, from)).await?;
    tx.note(site, "steward.holds", format!("party/{party}"), Json::Null, json!({ "place": place, "from": from }));
    Ok(())
}

/// Ends what `hold` began, on the day `to`.
pub async fn release(tx: &mut Tx, site: SiteId, party: PartyId, place: PlaceId, to: Day) -> Result<(), Error> {
    let sql = "UPDATE steward_homes SET to_day = $4 WHERE site = $1 AND party = $2 AND place = $3 AND (to_day IS NULL OR to_day > $4)";
    let ended = tx.run(sql, (site, party, place, to)).await?;
    tx.note(site, "steward.released", format!("party/{party}"), json!({ "place": place }), json!({ "to": to }));
    if ended == 0 { Err(Error::Missing) } else { Ok(()) }
}
