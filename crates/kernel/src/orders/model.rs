use serde::{Deserialize, Serialize};
use values::{Id, Moment};

use super::Stage;
use crate::promises::words;

/// Marks the ids of orders, of their legs and of the staff who work on them.
#[derive(Debug)]
pub struct Order;
#[derive(Debug)]
pub struct Leg;
#[derive(Debug)]
pub struct Worker;
/// The same id as that of the member of staff.
pub type WorkerId = Id<Worker>;

words! {
    /// What somebody wants. 信息发布, the seventh kind of the desk, is a notice and no order.
    pub enum Kind {
        Repair = "repair",
        Complaint = "complaint",
        Enquiry = "enquiry",
        Suggestion = "suggestion",
        Praise = "praise",
        Help = "help",
    }
}

impl Kind {
    /// Something to be told rather than something to be mended.
    pub const fn is_talk(self) -> bool {
        !matches!(self, Self::Repair | Self::Help)
    }
    /// First letter of the numbers of this kind.
    pub const fn letter(self) -> char {
        match self {
            Self::Repair => 'B',
            Self::Complaint => 'T',
            Self::Enquiry => 'Z',
            Self::Suggestion => 'J',
            Self::Praise => 'P',
            Self::Help => 'Q',
        }
    }

    pub fn of_letter(letter: char) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.letter() == letter.to_ascii_uppercase())
    }
}

words! {
    pub enum Urgency {
        Urgent = "urgent",
        Normal = "normal",
    }
}

words! {
    /// The way a report came.
    pub enum Channel {
        Desk = "desk",
        Phone = "phone",
        App = "app",
        Steward = "steward",
        Patrol = "patrol",
        Device = "device",
        /// The government hotline.
        Hotline = "12345",
        Qr = "qr",
    }
}

impl Channel {
    /// Taken down by staff, so that the order starts accepted.
    pub const fn is_of_staff(self) -> bool {
        matches!(self, Self::Desk | Self::Phone | Self::Steward | Self::Patrol)
    }
}

words! {
    /// How an order stands, as lists and the API say it.
    pub enum State {
        New = "new",
        Accepted = "accepted",
        Dispatched = "dispatched",
        Taken = "taken",
        Working = "working",
        Suspended = "suspended",
        ToVerify = "to_verify",
        ToFollowUp = "to_follow_up",
        Closed = "closed",
        Cancelled = "cancelled",
        Returned = "returned",
        Reopened = "reopened",
    }
}

impl State {
    pub const fn is_open(self) -> bool {
        !matches!(self, Self::Closed | Self::Cancelled)
    }
}

/// How an order came to be closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "how", rename_all = "snake_case")]
pub enum HowClosed {
    /// Answered at once, at the desk.
    Answered,
    /// The customer's verdict; `by_time` when it stood for one after 72 hours.
    Verdict {
        by_time: bool,
    },
    FollowedUp,
    /// By the desk or a leader, with a reason.
    WithoutWork,
    /// It goes on as another order.
    Merged {
        into: Id<Order>,
    },
}

/// What has happened to the order itself, its legs aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "own", rename_all = "snake_case")]
pub enum Own {
    /// Nobody has accepted it.
    New,
    /// Accepted: its legs say how it stands.
    Open {
        reopened: bool,
        /// When words answered what nobody was sent to do: the customer's verdict is awaited since then.
        #[serde(default)]
        answered: Option<Moment>,
    },
    ToFollowUp {
        since: Moment,
    },
    Closed {
        at: Moment,
        how: HowClosed,
    },
    Cancelled {
        at: Moment,
        by_customer: bool,
    },
}

impl Own {
    pub const ACCEPTED: Self = Self::Open { reopened: false, answered: None };

    /// Answered by words alone, and not sent to anybody or sent back since.
    pub const fn answered(self) -> Option<Moment> {
        match self {
            Self::Open { answered, .. } => answered,
            _ => None,
        }
    }

    /// Open work as before, with this answer or with none.
    pub(super) const fn with_answer(self, answered: Option<Moment>) -> Self {
        match self {
            Self::Open { reopened, .. } => Self::Open { reopened, answered },
            other => other,
        }
    }
}

/// All that decides what may happen to an order next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    pub own: Own,
    pub legs: Vec<Stage>,
}

impl Progress {
    /// A new order: what staff took down is accepted already.
    pub fn reported(channel: Channel) -> Self {
        let own = if channel.is_of_staff() { Own::ACCEPTED } else { Own::New };
        Self { own, legs: vec![Stage::Waiting] }
    }

    /// The leg that an act means when it names none: the first that is neither done nor ended, else the last.
    pub fn current_leg(&self) -> usize {
        let live = |stage: &Stage| !matches!(stage, Stage::Done { .. } | Stage::Ended { .. });
        self.legs.iter().position(live).unwrap_or(self.legs.len().saturating_sub(1))
    }
}
