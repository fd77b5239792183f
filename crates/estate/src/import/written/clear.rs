//! Taking away what an import wrote and nobody can reach: after it was stopped, after its process ended, and what is left
//! when a large one was taken back.

use kernel::{Caller, Error, House, SiteId, Tx, jobs, search};
use serde_json::{Value as Json, json};
use values::HOUR;

use super::{
    staged::AttemptId,
    store::{self, Part},
};
use crate::import::{
    JOB,
    model::{ImportId, State},
    store as imports,
};

/// An import whose process ended is cleared after this long, milliseconds: no import takes as long as that.
const LATER: i64 = HOUR;

/// Sees to it that an attempt that ends without saying so is cleared all the same.
pub async fn later(tx: &mut Tx, site: SiteId, import: ImportId, attempt: AttemptId) -> Result<(), Error> {
    let due = tx.now().plus_millis(LATER);
    jobs::plan(tx, site, JOB, &json!({ "clear": import, "attempt": attempt }), due).await
}

/// Takes away what an attempt at an import wrote ahead, or all attempts, one part in each transaction, unless the import is
/// done. May be called again, and by two at once: an attempt that loses its parts on its way begins again.
pub async fn clear(house: &House, caller: &Caller, import: ImportId, attempt: Option<AttemptId>) -> Result<(), Error> {
    loop {
        let mut tx = house.begin(caller).await?;
        // Held: an import that is just being shown is waited for, and is done then.
        let known = imports::held(&mut tx, import).await?;
        if known.state == State::Done || !clear_one(&mut tx, known.site, import, attempt).await? {
            return Ok(());
        }
        tx.commit().await?;
    }
}

/// The same within the transaction of who holds the import.
pub async fn clear_within(tx: &mut Tx, site: SiteId, import: ImportId) -> Result<(), Error> {
    while clear_one(tx, site, import, None).await? {}
    Ok(())
}

/// What imports from the command line left whose process ended: all, when the caller is alone; else those that began longer
/// ago than a lease. One that is still at work after all begins again.
pub async fn clear_ended(house: &House, caller: &Caller, site: SiteId, alone: bool) -> Result<(), Error> {
    let mut read = house.read(caller).await?;
    let age = if alone { -1 } else { jobs::LEASE };
    let before = read.now().plus_millis(-age);
    let ended = store::begun(&mut read, site, before).await?;
    drop(read);
    for import in ended {
        clear(house, caller, import, None).await?;
    }
    Ok(())
}

/// The last part that is left; false when nothing is.
async fn clear_one(tx: &mut Tx, site: SiteId, import: ImportId, attempt: Option<AttemptId>) -> Result<bool, Error> {
    let Some((number, part)) = store::last(tx, import, attempt).await? else { return Ok(false) };
    take_away(tx, site, &part).await?;
    store::drop_part(tx, import, number).await?;
    tx.note(site, "import.cleared", format!("import/{import}"), json!({ "part": number.1 }), Json::Null);
    Ok(true)
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
