//! Taking an import back, while nothing depends on it. The last one first: what a later one did stands on it.

use kernel::{Error, Site, Tx};
use serde_json::{Value as Json, json};

use super::{
    model::{Import, State, Undo},
    refusal::{Dependence, Refused},
    store,
    undoing::{self, dependents},
};

/// What would be taken back. Errors: `NotDraft` when it is not done, `Later`, `Depends` with what does.
pub async fn takeable(tx: &mut Tx, site: &Site, import: &Import) -> Result<Undo, Error> {
    if import.state != State::Done {
        return Err(Refused::NotDraft.into());
    }
    store::lock_site(tx, site.id).await?;
    if store::has_later(tx, import).await? {
        return Err(Refused::Later.into());
    }
    let made = store::undo_of(tx, site.id, import.id).await?;
    refuse_dependents(tx, site, &made).await?;
    Ok(made)
}

/// Errors: as of `takeable`.
pub async fn undo(tx: &mut Tx, site: &Site, import: &Import) -> Result<(), Error> {
    let made = takeable(tx, site, import).await?;
    take_back(tx, site, &made).await?;
    store::mark_undone(tx, site.id, import.id).await?;
    let counts = json!({ "units": made.units.len(), "parties": made.parties.len(), "occupancies": made.occupancies.len(), "staff": made.staff.len() });
    tx.note(site.id, "import.undone", format!("import/{}", import.id), counts, Json::Null);
    tx.changed(site.id, "places", import.id.uuid());
    Ok(())
}

async fn refuse_dependents(tx: &mut Tx, site: &Site, made: &Undo) -> Result<(), Error> {
    for what in Dependence::ALL {
        let count = dependents(tx, site.id, made, what).await?;
        if count > 0 {
            return Err(Refused::Depends { what, count }.into());
        }
    }
    Ok(())
}

async fn take_back(tx: &mut Tx, site: &Site, made: &Undo) -> Result<(), Error> {
    undoing::remove_staff(tx, site.id, made).await?;
    undoing::remove_people(tx, site.id, made).await?;
    undoing::remove_places(tx, site.id, made).await?;
    let before: Vec<_> =
        made.changed_units.iter().map(|unit| (unit.id, unit.before.clone(), unit.version - 1)).collect();
    store::save_facts(tx, site.id, &before).await?;
    undoing::restore_certificates(tx, made).await
}
