//! Counts that every page of a list shows, kept until something changes at their site: a busy desk asks for the same ones many times
//! between two changes.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use uuid::Uuid;
use values::{Moment, SECOND};

use crate::SiteId;

/// Late and soon depend on the time, and another program may write to the same database: nothing is kept longer.
const LIFE: i64 = 2 * SECOND;

/// More than that is no longer the same few pages.
const MOST: usize = 2_000;

#[derive(Clone, Default)]
pub struct Kept(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    /// Changes of each site that this process knows of.
    changes: HashMap<Uuid, u64>,
    counts: HashMap<(Uuid, String), Counts>,
}

struct Counts {
    mark: Mark,
    counts: Arc<[i64]>,
}

/// Where a site stood before its rows were counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    changes: u64,
    at: Moment,
}

impl Kept {
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
    /// To be taken before counting, so that what changes meanwhile is seen.
    pub fn mark(&self, site: SiteId, now: Moment) -> Mark {
        Mark { changes: self.state().changes.get(&site.uuid()).copied().unwrap_or(0), at: now }
    }
    /// What was counted under `name`, if it still holds at `mark`.
    pub fn get(&self, site: SiteId, name: &str, mark: Mark) -> Option<Arc<[i64]>> {
        let state = self.state();
        let kept = state.counts.get(&(site.uuid(), name.to_string()))?;
        let age = mark.at.since(kept.mark.at);
        (kept.mark.changes == mark.changes && (0..LIFE).contains(&age)).then(|| Arc::clone(&kept.counts))
    }
    pub fn keep(&self, site: SiteId, name: String, mark: Mark, counts: Vec<i64>) {
        let mut state = self.state();
        if state.counts.len() >= MOST {
            state.counts.clear();
        }
        state.counts.insert((site.uuid(), name), Counts { mark, counts: counts.into() });
    }
    pub(crate) fn changed(&self, site: Uuid) {
        *self.state().changes.entry(site).or_default() += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_hold_until_their_site_changes_or_two_seconds_pass() {
        let (kept, site, other) = (Kept::default(), SiteId::from_uuid(Uuid::from_u128(1)), Uuid::from_u128(2));
        let noon = Moment::from_millis(1_000_000);
        let mark = kept.mark(site, noon);
        kept.keep(site, "open".into(), mark, vec![3]);
        let at =
            |millis| kept.get(site, "open", kept.mark(site, noon.plus_millis(millis))).map(|counts| counts.to_vec());
        assert_eq!(at(1_999), Some(vec![3]));
        assert_eq!(at(2_000), None);
        assert_eq!(at(-1), None, "a clock that was put back");
        assert_eq!(kept.get(site, "mine", mark), None);
        kept.changed(other);
        assert_eq!(at(0), Some(vec![3]));
        kept.changed(site.uuid());
        assert_eq!(at(0), None);
    }

    #[test]
    fn what_changed_while_it_was_counted_is_not_kept() {
        let (kept, site) = (Kept::default(), SiteId::from_uuid(Uuid::from_u128(1)));
        let noon = Moment::from_millis(1_000_000);
        let before = kept.mark(site, noon);
        kept.changed(site.uuid());
        kept.keep(site, "open".into(), before, vec![3]);
        assert_eq!(kept.get(site, "open", kept.mark(site, noon)), None);
    }
}
