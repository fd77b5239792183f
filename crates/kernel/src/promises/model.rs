use serde::{Deserialize, Serialize};
use values::{Id, Moment};

use super::words;
use crate::orders::Leg;

words! {
    /// What is promised about an order.
    pub enum Name {
        Response = "response",
        /// Inside the house only.
        Dispatch = "dispatch",
        Arrival = "arrival",
        Completion = "completion",
        FirstReply = "first_reply",
        Answer = "answer",
        Closure = "closure",
        FollowUp = "follow_up",
    }
}

/// The act from which a promise runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opening {
    Creation,
    Acceptance,
    Verdict,
}

impl Name {
    pub const fn opening(self) -> Opening {
        match self {
            Self::Response | Self::FirstReply | Self::Answer | Self::Closure => Opening::Creation,
            Self::Dispatch | Self::Arrival | Self::Completion => Opening::Acceptance,
            Self::FollowUp => Opening::Verdict,
        }
    }

    /// Hangs on a leg of the order, not on the order.
    pub const fn is_of_leg(self) -> bool {
        matches!(self, Self::Arrival | Self::Completion)
    }

    /// Not shown to the customer.
    pub const fn is_internal(self) -> bool {
        matches!(self, Self::Dispatch)
    }
}

words! {
    /// Why a clock may stand still: the closed list. Nothing else stops one.
    pub enum Reason {
        Parts = "parts",
        Appointment = "appointment",
        ThirdParty = "third_party",
        Weather = "weather",
    }
}

/// A suspension; `to` is absent while it lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Pause {
    #[schema(value_type = String, format = DateTime)]
    pub from: Moment,
    #[schema(value_type = Option<String>, format = DateTime)]
    pub to: Option<Moment>,
    pub reason: Reason,
}

words! {
    /// Why a promise counts in no denominator.
    pub enum Excuse {
        /// The customer withdrew before it was due.
        Withdrawn = "withdrawn",
        /// The order went on as another one before it was due.
        Merged = "merged",
        /// The order was answered at once, so that nobody had to come or call again.
        Answered = "answered",
        /// A new row took its place when the order was corrected or moved to another time.
        Superseded = "superseded",
        /// Somebody with the right to do so approved it.
        Approved = "approved",
    }
}

words! {
    /// How the subject of a promise came to its end.
    pub enum Ending {
        Closed = "closed",
        Withdrawn = "withdrawn",
        Merged = "merged",
        Answered = "answered",
    }
}

/// The order, duty or other thing that a promise is about, as far as its outcome depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    Open,
    Ended { at: Moment, how: Ending },
}

words! {
    /// The word for an outcome in the database and in the API.
    pub enum Standing {
        Pending = "pending",
        Kept = "kept",
        Late = "late",
        Missed = "missed",
        Excused = "excused",
    }
}

/// How a promise stands. All but `Pending` are final.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Outcome {
    Pending { overdue: bool },
    Kept { at: Moment },
    Late { at: Moment },
    Missed,
    Excused { reason: Excuse },
}

impl Outcome {
    pub const fn standing(self) -> Standing {
        match self {
            Self::Pending { .. } => Standing::Pending,
            Self::Kept { .. } => Standing::Kept,
            Self::Late { .. } => Standing::Late,
            Self::Missed => Standing::Missed,
            Self::Excused { .. } => Standing::Excused,
        }
    }

    pub const fn as_str(self) -> &'static str {
        self.standing().as_str()
    }

    pub const fn is_settled(self) -> bool {
        !matches!(self, Self::Pending { .. })
    }

    /// The final outcome that a row's columns tell, or none when they tell `pending` or do not fit each other.
    pub const fn restore(standing: Standing, fulfilled_at: Option<Moment>, excuse: Option<Excuse>) -> Option<Self> {
        match (standing, fulfilled_at, excuse) {
            (Standing::Kept, Some(at), _) => Some(Self::Kept { at }),
            (Standing::Late, Some(at), _) => Some(Self::Late { at }),
            (Standing::Missed, _, _) => Some(Self::Missed),
            (Standing::Excused, _, Some(reason)) => Some(Self::Excused { reason }),
            _ => None,
        }
    }
}

/// A final outcome and when it was settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settlement {
    pub outcome: Outcome,
    pub at: Moment,
}

/// A promise as it is kept. Moments of acts, never of the timer that looked at them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Promise {
    pub id: Id<Promise>,
    pub name: Name,
    /// The rule it follows: `CSV-06`.
    pub rule: String,
    pub leg: Option<Id<Leg>>,
    /// 1, and one more with every reopening.
    pub round: u32,
    pub opens: Moment,
    /// What was promised first; stays when an appointment moves `due`.
    pub promised_due: Moment,
    /// The limit before pauses; part of the promise.
    pub due: Moment,
    /// Milliseconds that were promised, in the kind of time they were promised in: ten minutes of desk hours are ten
    /// minutes, even when a night lies between. Shares (reminder, escalation) are shares of it.
    pub span: i64,
    /// From here on it can no longer be fulfilled: the end of the slot, or the next one due.
    pub gone_at: Option<Moment>,
    /// The reasons that stop this clock; empty unless it was promised in clock time.
    pub pausable: Vec<Reason>,
    pub pauses: Vec<Pause>,
    pub fulfilled_at: Option<Moment>,
    pub excuse: Option<Excuse>,
    pub settled: Option<Settlement>,
}

/// A promise to be written down: the columns that rules decide. Its `promised_due` is `due`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    pub name: Name,
    pub rule: String,
    pub round: u32,
    pub opens: Moment,
    pub due: Moment,
    pub span: i64,
    pub pausable: Vec<Reason>,
    pub pauses: Vec<Pause>,
    /// Already done when the row is made, as acceptance is for a report taken at the desk.
    pub fulfilled_at: Option<Moment>,
    /// CAL-04: counted on weekends alone, to be counted again when the calendar is loaded.
    pub provisional: bool,
}

impl Draft {
    /// The row of it.
    pub fn into_promise(self, id: Id<Promise>, leg: Option<Id<Leg>>) -> Promise {
        Promise {
            id,
            name: self.name,
            rule: self.rule,
            leg,
            round: self.round,
            opens: self.opens,
            promised_due: self.due,
            due: self.due,
            span: self.span,
            gone_at: None,
            pausable: self.pausable,
            pauses: self.pauses,
            fulfilled_at: self.fulfilled_at,
            excuse: None,
            settled: None,
        }
    }
}

/// When the acts happened that open and fulfil the promises of one round of an order (and of one leg of it).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timeline {
    pub round: u32,
    /// The report; for later rounds the reopening.
    pub created: Moment,
    pub accepted: Option<Moment>,
    pub assigned: Option<Moment>,
    pub arrived: Option<Moment>,
    pub completed: Option<Moment>,
    /// The first message to the customer.
    pub replied: Option<Moment>,
    pub answered: Option<Moment>,
    /// The customer's verdict or its time-out.
    pub verdict: Option<Moment>,
    pub followed_up: Option<Moment>,
}

impl Timeline {
    pub const fn reported(at: Moment) -> Self {
        Self {
            round: 1,
            created: at,
            accepted: None,
            assigned: None,
            arrived: None,
            completed: None,
            replied: None,
            answered: None,
            verdict: None,
            followed_up: None,
        }
    }

    /// The first acts of a later round: a reopened order needs no acceptance of its own.
    pub const fn reopened(round: u32, at: Moment) -> Self {
        Self { round, accepted: Some(at), ..Self::reported(at) }
    }

    pub const fn opened(&self, name: Name) -> Option<Moment> {
        match name.opening() {
            Opening::Creation => Some(self.created),
            Opening::Acceptance => self.accepted,
            Opening::Verdict => self.verdict,
        }
    }

    pub const fn fulfilled(&self, name: Name) -> Option<Moment> {
        match name {
            Name::Response => self.accepted,
            Name::Dispatch => self.assigned,
            Name::Arrival => self.arrived,
            Name::Completion => self.completed,
            Name::FirstReply => self.replied,
            Name::Answer => self.answered,
            Name::Closure => self.verdict,
            Name::FollowUp => self.followed_up,
        }
    }
}
