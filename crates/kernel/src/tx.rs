use db::{FromRow, Link, Params, Sql};
use serde_json::Value as Json;
use uuid::Uuid;
use values::{Id, Moment};

use crate::{
    Caller, Error, House, PartyId, SiteId,
    audit::{self, Note},
    facts,
    live::{self, Change},
};

/// A place to read from, bound to a caller and to what this caller may see. In every statement the word `{scope}`
/// becomes `site IN (the caller's sites)`, `{scope:o}` the same for the table `o`.
pub struct Read {
    link: Link,
    house: House,
    caller: Caller,
    now: Moment,
}

impl Read {
    pub(crate) const fn new(link: Link, house: House, caller: Caller, now: Moment) -> Self {
        Self { link, house, caller, now }
    }
    pub const fn now(&self) -> Moment {
        self.now
    }
    pub const fn caller(&self) -> &Caller {
        &self.caller
    }
    pub const fn house(&self) -> &House {
        &self.house
    }
    fn within(&self, sql: Sql) -> Sql {
        sql.within(self.caller.scope.sites())
    }
    pub async fn all<T: FromRow>(&mut self, sql: &'static str, params: impl Params) -> Result<Vec<T>, Error> {
        self.all_of(Sql::from_parts(sql, params.values())).await
    }
    pub async fn opt<T: FromRow>(&mut self, sql: &'static str, params: impl Params) -> Result<Option<T>, Error> {
        let sql = self.within(Sql::from_parts(sql, params.values()));
        Ok(self.link.opt(sql).await?)
    }
    /// Errors: `Missing` when there is none.
    pub async fn one<T: FromRow>(&mut self, sql: &'static str, params: impl Params) -> Result<T, Error> {
        self.opt(sql, params).await?.ok_or(Error::Missing)
    }
    /// For lists whose conditions vary.
    pub async fn all_of<T: FromRow>(&mut self, sql: Sql) -> Result<Vec<T>, Error> {
        let sql = self.within(sql);
        Ok(self.link.all(sql).await?)
    }
}

/// One writing transaction: who asks, what they may touch, when; what it changed, told and noted.
pub struct Tx {
    read: Read,
    notes: Vec<Note>,
    changes: Vec<Change>,
    wrote: bool,
}

impl std::ops::Deref for Tx {
    type Target = Read;
    fn deref(&self) -> &Read {
        &self.read
    }
}
impl std::ops::DerefMut for Tx {
    fn deref_mut(&mut self) -> &mut Read {
        &mut self.read
    }
}

impl Tx {
    pub(crate) const fn new(read: Read) -> Self {
        Self { read, notes: Vec::new(), changes: Vec::new(), wrote: false }
    }
    /// New ids in their order, so that the rows of a batch append to their index.
    pub fn ids<T>(&self, count: usize) -> Vec<Id<T>> {
        Id::several(self.now, self.house.chance(), count)
    }
    /// A new id, from the house's clock and chance.
    pub fn id<T>(&self) -> Id<T> {
        Id::fresh(self.now, self.house.chance())
    }
    /// Changes rows; returns how many. The transaction must say what it did by `note`.
    pub async fn run(&mut self, sql: &'static str, params: impl Params) -> Result<u64, Error> {
        self.wrote = true;
        self.raw(sql, params).await
    }
    pub async fn run_of(&mut self, sql: Sql) -> Result<u64, Error> {
        self.wrote = true;
        let sql = self.read.within(sql);
        Ok(self.read.link.run(sql).await?)
    }
    /// As `run`, for the bookkeeping that itself needs no audit row (audit, facts, jobs, answers, sessions seen).
    pub async fn raw(&mut self, sql: &'static str, params: impl Params) -> Result<u64, Error> {
        let sql = self.read.within(Sql::from_parts(sql, params.values()));
        Ok(self.read.link.run(sql).await?)
    }
    /// Many rows in few statements: `head` is `INSERT INTO t (a, b)`; every row has as many values as columns.
    pub async fn insert_all(&mut self, head: &'static str, rows: Vec<Vec<db::Value>>) -> Result<(), Error> {
        self.wrote = true;
        Ok(self.read.link.insert(head, rows).await?)
    }
    /// As `insert_all`, for rows that nobody can reach before a later transaction, which notes them, leads there.
    pub(crate) async fn insert_unnoted(&mut self, head: &'static str, rows: Vec<Vec<db::Value>>) -> Result<(), Error> {
        Ok(self.read.link.insert(head, rows).await?)
    }
    /// The audit row of this change.
    pub fn note(
        &mut self,
        site: impl Into<Option<SiteId>>,
        act: &'static str,
        subject: impl ToString,
        before: Json,
        after: Json,
    ) {
        self.notes.push(Note { site: site.into(), act, subject: subject.to_string(), before, after });
    }
    /// Tells a fact: it and one job for each reaction are rows of this transaction.
    pub async fn tell<F: facts::Fact>(&mut self, fact: F) -> Result<(), Error> {
        facts::write(self, &fact).await
    }
    /// Open pages of `site` are told after the commit.
    pub fn changed(&mut self, site: SiteId, what: &'static str, id: Uuid) {
        self.changes.push(Change { site: site.uuid(), what: what.into(), id });
    }
    /// What `party` may see is less or other than before: streams that are open for them look again after the commit.
    pub fn access_changed(&mut self, party: PartyId) {
        self.changes.push(Change { site: live::NO_SITE, what: live::ACCESS.into(), id: party.uuid() });
    }
    /// Makes the transaction durable. A write that left no audit note is a mistake of ours and is taken back.
    pub async fn commit(mut self) -> Result<(), Error> {
        let notes = std::mem::take(&mut self.notes);
        if self.wrote && notes.is_empty() {
            return Err(Error::Broken("a write without an audit note was rolled back".into()));
        }
        audit::write(&mut self, notes).await?;
        self.read.house.live().tell_nodes(&mut self.read.link, &self.changes).await?;
        let house = self.read.house.clone();
        db::Tx::from_link(self.read.link).commit().await?;
        for change in self.changes {
            house.live().tell(change);
        }
        Ok(())
    }
}
