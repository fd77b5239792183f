//! Taking away what an import wrote and nobody can reach: after it was stopped, after its process ended, and what is left
//! when a large one was taken back.

use kernel::{Caller, Error, House, SiteId, Tx, jobs, search};
use serde_json::{Value as Json, json};
use values::HOUR;

use super::store::{self, Part};
use crate::import::{
    JOB,
    model::{ImportId, State},
    store as imports,
};

/// An import whose process ended is cleared after this long, milliseconds: no import takes as long as that.
const LATER: i64 = HOUR;

/// Sees to it that an import that ends without saying so is cleared all the same.
pub async fn later(tx: &mut Tx, site: SiteId, import: ImportId) -> Result<(), Error> {
    let due = tx.now().plus_millis(LATER);
    jobs::plan(tx, site, JOB, &json!({ "clear": import }), due).await
}

/// Takes away all that an import wrote ahead, one part in each transaction, unless the import is done. May be called again,
/// and by two at once: an import that loses its parts on its way begins again.
pub async fn clear(house: &House, caller: &Caller, import: ImportId) -> Result<(), Error> {
    loop {
        let mut tx = house.begin(caller).await?;
        let known = imports::by_id(&mut tx, import).await?;
        if known.state == State::Done {
            return Ok(());
        }
        let Some((number, part)) = store::last(&mut tx, import).await? else { return Ok(()) };
        take_away(&mut tx, known.site, &part).await?;
        store::drop_part(&mut tx, import, number).await?;
        tx.note(known.site, "import.cleared", format!("import/{import}"), json!({ "part": number }), Json::Null);
        tx.commit().await?;
    }
}

async fn take_away(tx: &mut Tx, site: SiteId, part: &Part) -> Result<(), Error> {
    match part {
        Part::Parties(ids) => {
            let named = imports::names(tx, ids).await?;
            let terms = named.iter().map(|(id, name, phones)| (id.uuid(), search::party_terms(name, phones)));
            search::forget_all(tx, site, search::Kind::Party, &terms.collect::<Vec<_>>()).await?;
            store::delete_parties(tx, ids).await
        }
        Part::Homes(homes) => {
            let terms = homes.iter().map(|(id, kind, code)| (id.uuid(), search::place_terms(*kind, code, code)));
            search::forget_all(tx, site, search::Kind::Place, &terms.collect::<Vec<_>>()).await
        }
        Part::Occupancies(_) => Ok(()),
    }
}
