use serde::{Deserialize, Serialize};
use values::Moment;

use super::WorkerId;
use crate::promises::{Reason, words};

words! {
    /// The word for a leg's stage in the database.
    pub enum LegState {
        Waiting = "waiting",
        Dispatched = "dispatched",
        Taken = "taken",
        Working = "working",
        Suspended = "suspended",
        Returned = "returned",
        Done = "done",
        Ended = "ended",
    }
}

/// Where a leg stands, with what that needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Stage {
    /// Nobody has it.
    Waiting,
    Dispatched {
        to: WorkerId,
        at: Moment,
    },
    Taken {
        by: WorkerId,
        at: Moment,
    },
    Working {
        by: WorkerId,
        since: Moment,
    },
    /// `begun`: work had begun, so that it goes on with work.
    Suspended {
        by: WorkerId,
        since: Moment,
        reason: Reason,
        begun: bool,
    },
    /// Given back with a reason; waits for somebody else.
    Returned {
        by: WorkerId,
        at: Moment,
        why: String,
    },
    Done {
        by: WorkerId,
        at: Moment,
    },
    /// Ended with its order, without work of its own to verify.
    Ended {
        at: Moment,
    },
}

impl Stage {
    pub const fn state(&self) -> LegState {
        match self {
            Self::Waiting => LegState::Waiting,
            Self::Dispatched { .. } => LegState::Dispatched,
            Self::Taken { .. } => LegState::Taken,
            Self::Working { .. } => LegState::Working,
            Self::Suspended { .. } => LegState::Suspended,
            Self::Returned { .. } => LegState::Returned,
            Self::Done { .. } => LegState::Done,
            Self::Ended { .. } => LegState::Ended,
        }
    }

    /// Who has it, or had it last.
    pub const fn worker(&self) -> Option<WorkerId> {
        match self {
            Self::Dispatched { to: by, .. }
            | Self::Taken { by, .. }
            | Self::Working { by, .. }
            | Self::Suspended { by, .. }
            | Self::Returned { by, .. }
            | Self::Done { by, .. } => Some(*by),
            Self::Waiting | Self::Ended { .. } => None,
        }
    }

    pub const fn at(&self) -> Option<Moment> {
        match self {
            Self::Dispatched { at, .. }
            | Self::Taken { at, .. }
            | Self::Working { since: at, .. }
            | Self::Suspended { since: at, .. }
            | Self::Returned { at, .. }
            | Self::Done { at, .. }
            | Self::Ended { at } => Some(*at),
            Self::Waiting => None,
        }
    }

    /// Somebody has worked on it.
    pub const fn is_begun(&self) -> bool {
        matches!(self, Self::Working { .. } | Self::Done { .. } | Self::Suspended { begun: true, .. })
    }
}

/// A stage as columns of one row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LegColumns {
    pub state: LegState,
    pub worker: Option<WorkerId>,
    pub at: Option<Moment>,
    pub reason: Option<Reason>,
    pub begun: bool,
    pub why: Option<String>,
}

impl From<&Stage> for LegColumns {
    fn from(stage: &Stage) -> Self {
        let (reason, why) = match stage {
            Stage::Suspended { reason, .. } => (Some(*reason), None),
            Stage::Returned { why, .. } => (None, Some(why.clone())),
            _ => (None, None),
        };
        Self { state: stage.state(), worker: stage.worker(), at: stage.at(), reason, begun: stage.is_begun(), why }
    }
}

impl LegColumns {
    /// None when the columns do not make a stage.
    pub fn stage(self) -> Option<Stage> {
        Some(match (self.state, self.worker, self.at) {
            (LegState::Waiting, _, _) => Stage::Waiting,
            (LegState::Dispatched, Some(to), Some(at)) => Stage::Dispatched { to, at },
            (LegState::Taken, Some(by), Some(at)) => Stage::Taken { by, at },
            (LegState::Working, Some(by), Some(since)) => Stage::Working { by, since },
            (LegState::Suspended, Some(by), Some(since)) => {
                Stage::Suspended { by, since, reason: self.reason?, begun: self.begun }
            }
            (LegState::Returned, Some(by), Some(at)) => Stage::Returned { by, at, why: self.why? },
            (LegState::Done, Some(by), Some(at)) => Stage::Done { by, at },
            (LegState::Ended, _, Some(at)) => Stage::Ended { at },
            _ => return None,
        })
    }
}
