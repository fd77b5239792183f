use db::{DbError, FromRow, Row};
use kernel::{Error, PlaceId, Read, Site, SiteId};
use web::View;

/// A building or a stair that a notice can be for.
#[derive(Clone, Debug)]
pub struct Spot {
    pub id: PlaceId,
    pub code: String,
    pub name: String,
    pub is_stair: bool,
}

impl Spot {
    /// `3 栋`, `3 栋 1 单元`, or the name that the site gave it.
    pub fn label(&self, view: &View, site: &Site) -> String {
        let word = ("word", site.building_word.as_str().into());
        match self.code.rsplit_once('-') {
            _ if self.name != self.code => self.name.clone(),
            Some((building, stair)) if self.is_stair => {
                view.words.with("desk-stair-named", &[("building", building.into()), ("stair", stair.into()), word])
            }
            _ => view.words.with("desk-building-named", &[("building", self.code.as_str().into()), word]),
        }
    }
}

impl FromRow for Spot {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        let kind: String = row.get("kind")?;
        Ok(Self { id: row.get("id")?, code: row.get("code")?, name: row.get("name")?, is_stair: kind == "stair" })
    }
}

pub async fn spots(read: &mut Read, site: SiteId) -> Result<Vec<Spot>, Error> {
    let sql = "SELECT id, kind, code, name FROM places WHERE site = $1 AND {scope} AND kind IN ('building', 'stair') AND closed IS NULL \
               ORDER BY kind, sort, code";
    read.all(sql, (site,)).await
}
