use std::sync::Arc;

use db::Db;
use values::{Chance, Clock, Moment};

use crate::{Caller, Error, Read, Tx, facts::Reactions, files::Files, keys::Keys, live::Live};

/// Everything a running installation stands on. Cheap to clone.
#[derive(Clone)]
pub struct House(Arc<Parts>);

pub struct Parts {
    pub db: Db,
    pub clock: Clock,
    pub chance: Chance,
    pub keys: Keys,
    pub files: Files,
    pub live: Live,
    /// Which jobs follow from a fact: the list is in `app`.
    pub reactions: Reactions,
}

impl House {
    pub fn new(parts: Parts) -> Self {
        Self(Arc::new(parts))
    }
    pub fn db(&self) -> &Db {
        &self.0.db
    }
    pub fn keys(&self) -> &Keys {
        &self.0.keys
    }
    pub fn files(&self) -> &Files {
        &self.0.files
    }
    pub fn live(&self) -> &Live {
        &self.0.live
    }
    pub fn chance(&self) -> &Chance {
        &self.0.chance
    }
    pub fn clock(&self) -> &Clock {
        &self.0.clock
    }
    pub fn now(&self) -> Moment {
        self.0.clock.now()
    }
    pub(crate) fn reactions(&self) -> Reactions {
        self.0.reactions
    }
    /// A connection to read with, bound to what `caller` may see.
    pub async fn read(&self, caller: &Caller) -> Result<Read, Error> {
        Ok(Read::new(self.0.db.link().await?, self.clone(), caller.clone(), self.now()))
    }
    /// Begins one transaction: its change, its audit rows, its facts and jobs are all there after `commit`, or none.
    /// A verb takes the `Tx`, awaits SQL only and may be run again when another transaction won (`DbError::Overtaken`).
    pub async fn begin(&self, caller: &Caller) -> Result<Tx, Error> {
        let read = Read::new(self.0.db.begin().await?.into_link(), self.clone(), caller.clone(), self.now());
        Ok(Tx::new(read))
    }
}
