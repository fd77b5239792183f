//! What a file would do at a site, and running it: a short list in the caller's transaction, a large one as `written`
//! says. All or nothing either way; files are read and checked before the writer is taken.

use kernel::{
    Caller, Error, House, PartyId, Site, SiteId, Tx, audit,
    jobs::{self, Job},
    parties, search,
};
use serde_json::{Value as Json, json};

use super::{
    known::Known,
    model::{Import, ImportId, Mode, State, Summary, Undo},
    progress::Progress,
    reading::Rows,
    refusal::Refused,
    rules::{self, HomesPlan},
    staff, store, written,
};

/// What a file would do at a site as it is now.
pub enum Planned {
    Homes(HomesPlan),
    Staff(staff::StaffPlan),
}

impl Planned {
    pub fn summary(&self) -> &Summary {
        match self {
            Self::Homes(plan) => &plan.summary,
            Self::Staff(plan) => &plan.summary,
        }
    }
}

/// A handful of statements, however long the file is.
pub async fn look(read: &mut kernel::Read, site: &Site, rows: &Rows) -> Result<Planned, Error> {
    let today = site.today(read.now());
    match rows {
        Rows::Homes(sheets) => {
            let places = store::places(read, site.id).await?;
            let members = parties::known(read, site.id).await?;
            let known = Known::new(places, members, store::identities(read, site.id).await?);
            let house = read.house().clone();
            let blind = |number: &str| house.keys().blind(&store::plain_identity(number));
            Ok(Planned::Homes(rules::plan(&known, sheets, today, &blind)))
        }
        Rows::Staff(sheets) => Ok(Planned::Staff(staff::look(read, site, sheets, today).await?)),
    }
}

/// Errors: rows with errors when all or nothing was asked, no good row.
pub fn refuse(summary: &Summary, mode: Mode) -> Result<(), Error> {
    let bad = summary.bad_rows();
    match mode {
        Mode::AllOrNothing if bad > 0 => Err(Refused::HasErrors { rows: bad }.into()),
        Mode::GoodRows if bad > 0 && bad >= summary.rows => Err(Refused::NothingGood.into()),
        Mode::AllOrNothing | Mode::GoodRows => Ok(()),
    }
}

/// One import of a site at a time: they decide by what is there. Errors: `NotDraft` for one that is done or cancelled.
pub async fn lock(tx: &mut Tx, site: &Site, import: &Import) -> Result<(), Error> {
    store::lock_site(tx, site.id).await?;
    hold(tx, import.id).await
}

/// As `lock`, for what may be done beside others.
pub async fn hold(tx: &mut Tx, import: ImportId) -> Result<(), Error> {
    match store::held(tx, import).await?.state {
        State::Draft | State::Running => Ok(()),
        State::Cancelled => Err(Refused::Cancelled.into()),
        State::Done | State::Undone => Err(Refused::NotDraft.into()),
    }
}

/// Runs an import that is a draft or waits, in one transaction. Errors: those of `refuse`, cancelled meanwhile.
pub async fn run(
    tx: &mut Tx,
    site: &Site,
    import: &Import,
    rows: Rows,
    mode: Mode,
    progress: &Progress,
) -> Result<Summary, Error> {
    lock(tx, site, import).await?;
    let planned = look(tx, site, &rows).await?;
    drop(rows);
    let summary = planned.summary().clone();
    refuse(&summary, mode)?;
    progress.begin(summary.written());
    let undo = match planned {
        Planned::Homes(plan) => written::write(tx, site.id, import.id, plan, progress).await?,
        Planned::Staff(plan) => staff::write(tx, site, &plan, progress).await?,
    };
    finish(tx, site, import, mode, &summary, &undo).await?;
    Ok(summary)
}

/// The import is done, and says what it did. Errors: cancelled meanwhile.
pub async fn finish(
    tx: &mut Tx,
    site: &Site,
    import: &Import,
    mode: Mode,
    summary: &Summary,
    undo: &Undo,
) -> Result<(), Error> {
    for sheet in import.reading.sheets.iter().filter(|sheet| sheet.used) {
        store::remember(tx, site.id, import.kind, &sheet.mapping).await?;
    }
    if !store::finish(tx, site.id, import.id, summary, undo).await? {
        return Err(Refused::Cancelled.into());
    }
    let after = json!({ "kind": super::kind_word(import.kind), "mode": mode, "rows": summary.rows, "create": summary.create, "change": summary.change, "errors": summary.bad_rows() });
    tx.note(site.id, "import.run", format!("import/{}", import.id), Json::Null, after);
    tx.changed(site.id, "places", import.id.uuid());
    Ok(())
}

/// Plans made again because the register changed meanwhile; after that others have to wait for the whole.
const TRIES: usize = 3;

/// A large import: who asks for it, which one, how.
pub struct Large<'a> {
    pub house: &'a House,
    pub caller: &'a Caller,
    pub site: &'a Site,
    pub mode: Mode,
}

impl Large<'_> {
    /// The plan of a list of homes, and what it was made from; nothing for a list of staff, which is never long. Errors:
    /// those of `refuse`.
    pub async fn plan(&self, rows: Rows) -> Result<Option<written::Ready>, Error> {
        let mut read = self.house.read(self.caller).await?;
        let stand = audit::stand(&mut read, self.site.id).await?;
        let planned = look(&mut read, self.site, &rows).await?;
        drop((read, rows));
        refuse(planned.summary(), self.mode)?;
        Ok(match planned {
            Planned::Homes(plan) => Some(written::Ready { plan, stand }),
            Planned::Staff(_) => None,
        })
    }
    /// Writes what was planned; plans again when somebody changed the register meanwhile. `job` is done with it. Errors: as
    /// of `run`.
    pub async fn run(
        &self,
        import: &Import,
        first: Option<written::Ready>,
        progress: &Progress,
        job: Option<&Job>,
    ) -> Result<Summary, Error> {
        let mut ready = first;
        for _ in 0..TRIES {
            let Some(plan) = ready.take() else { break };
            progress.begin(plan.plan.summary.written());
            if let Some(summary) = written::stage_and_show(self, import, plan, progress, job).await? {
                return Ok(summary);
            }
            ready = self.plan(super::load(self.house, self.site, import).await?.1).await?;
        }
        let (_, rows) = super::load(self.house, self.site, import).await?;
        let mut tx = self.house.begin(self.caller).await?;
        if let Some(job) = job {
            jobs::renew(&mut tx, job).await?;
        }
        let summary = run(&mut tx, self.site, import, rows, self.mode, progress).await?;
        if let Some(job) = job {
            jobs::done(&mut tx, job.id).await?;
        }
        tx.commit().await?;
        Ok(summary)
    }
}

/// People who got phones are found by them too.
pub async fn reindex(tx: &mut Tx, site: SiteId, ids: &[PartyId]) -> Result<(), Error> {
    let named = store::names(tx, ids).await?;
    let terms = named.iter().map(|(id, name, phones)| (id.uuid(), search::party_terms(name, phones)));
    search::index_more(tx, site, search::Kind::Party, &terms.collect::<Vec<_>>()).await
}
