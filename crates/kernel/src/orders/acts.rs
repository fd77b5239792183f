use values::{Id, Moment};

use super::{Order, WorkerId};
use crate::promises::{Reason, words};

words! {
    /// An act by the noun of its address: `POST /orders/{id}/acceptance`.
    pub enum Noun {
        Acceptance = "acceptance",
        Answer = "answer",
        Classification = "classification",
        Merge = "merge",
        Legs = "legs",
        Assignment = "assignment",
        Grab = "grab",
        Taking = "taking",
        Arrival = "arrival",
        Start = "start",
        Suspension = "suspension",
        Resumption = "resumption",
        Quote = "quote",
        QuoteAnswer = "quote-answer",
        Materials = "materials",
        Completion = "completion",
        Verdict = "verdict",
        FollowUp = "follow-up",
        Rating = "rating",
        Closure = "closure",
        Reopening = "reopening",
        Cancellation = "cancellation",
        Transfer = "transfer",
        Return = "return",
        Chase = "chase",
        Supervision = "supervision",
        Appointment = "appointment",
        Messages = "messages",
    }
}

/// What somebody does to an order, with what the rules need of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    Acceptance,
    /// `close`: answered at once, nothing is left to do.
    Answer {
        close: bool,
    },
    Classification,
    Merge {
        into: Id<Order>,
    },
    /// Adds a leg.
    Split,
    Assignment {
        to: WorkerId,
    },
    Grab,
    Taking,
    Arrival,
    Start,
    Suspension {
        reason: Reason,
    },
    Resumption,
    Quote,
    QuoteAnswer {
        agreed: bool,
    },
    Materials,
    Completion,
    Verdict {
        satisfied: bool,
    },
    /// Nobody answered for 72 hours, which counts as satisfied.
    VerdictByTime,
    FollowUp {
        satisfied: bool,
    },
    Rating,
    Closure {
        why: String,
    },
    Reopening,
    Cancellation,
    Transfer {
        to: WorkerId,
        why: String,
    },
    Return {
        why: String,
    },
    Chase,
    Supervision,
    Appointment {
        from: Moment,
        to: Moment,
    },
    Message,
}

impl Act {
    pub const fn noun(&self) -> Noun {
        match self {
            Self::Acceptance => Noun::Acceptance,
            Self::Answer { .. } => Noun::Answer,
            Self::Classification => Noun::Classification,
            Self::Merge { .. } => Noun::Merge,
            Self::Split => Noun::Legs,
            Self::Assignment { .. } => Noun::Assignment,
            Self::Grab => Noun::Grab,
            Self::Taking => Noun::Taking,
            Self::Arrival => Noun::Arrival,
            Self::Start => Noun::Start,
            Self::Suspension { .. } => Noun::Suspension,
            Self::Resumption => Noun::Resumption,
            Self::Quote => Noun::Quote,
            Self::QuoteAnswer { .. } => Noun::QuoteAnswer,
            Self::Materials => Noun::Materials,
            Self::Completion => Noun::Completion,
            Self::Verdict { .. } | Self::VerdictByTime => Noun::Verdict,
            Self::FollowUp { .. } => Noun::FollowUp,
            Self::Rating => Noun::Rating,
            Self::Closure { .. } => Noun::Closure,
            Self::Reopening => Noun::Reopening,
            Self::Cancellation => Noun::Cancellation,
            Self::Transfer { .. } => Noun::Transfer,
            Self::Return { .. } => Noun::Return,
            Self::Chase => Noun::Chase,
            Self::Supervision => Noun::Supervision,
            Self::Appointment { .. } => Noun::Appointment,
            Self::Message => Noun::Messages,
        }
    }
}

words! {
    /// As whom somebody acts on an order.
    pub enum Role {
        Desk = "desk",
        Steward = "steward",
        /// Leads the technicians.
        Leader = "leader",
        /// Manages the site.
        Manager = "manager",
        Technician = "technician",
        Customer = "customer",
        /// Reported it after somebody else, perhaps from another home.
        Neighbour = "neighbour",
        /// Anju itself: automatic dispatch, time-outs.
        Program = "program",
    }
}

impl Noun {
    /// Who may do it at all.
    pub const fn roles(self) -> &'static [Role] {
        use Role::{Customer, Desk, Leader, Manager, Neighbour, Program, Steward, Technician};
        match self {
            Self::Acceptance | Self::FollowUp => &[Desk, Steward],
            Self::Answer | Self::Classification | Self::Merge => &[Desk],
            Self::Legs | Self::Closure => &[Desk, Leader],
            Self::Assignment => &[Desk, Leader, Program],
            Self::Grab | Self::Taking | Self::Arrival | Self::Start => &[Technician],
            Self::Quote | Self::Materials | Self::Completion => &[Technician],
            Self::Suspension | Self::Resumption => &[Technician, Desk],
            Self::QuoteAnswer => &[Customer],
            Self::Rating | Self::Chase => &[Customer, Neighbour],
            Self::Verdict => &[Customer, Program],
            Self::Reopening => &[Customer, Desk],
            Self::Cancellation => &[Customer, Neighbour, Desk],
            Self::Transfer | Self::Return => &[Technician, Leader],
            Self::Supervision => &[Manager],
            Self::Appointment => &[Customer, Desk, Technician],
            Self::Messages => &[Customer, Neighbour, Desk, Steward, Technician, Leader, Manager, Program],
        }
    }
}

/// Who asks. Roles come from grants, or from being a reporter of the order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    pub roles: Vec<Role>,
    /// The member of staff, when it is one.
    pub worker: Option<WorkerId>,
}

impl Actor {
    pub fn customer() -> Self {
        Self { roles: vec![Role::Customer], worker: None }
    }

    /// Speaks for their own home only: no verdict, no reopening, and no cancelling for the others.
    pub fn neighbour() -> Self {
        Self { roles: vec![Role::Neighbour], worker: None }
    }

    /// May look on.
    pub fn onlooker() -> Self {
        Self { roles: Vec::new(), worker: None }
    }

    pub fn program() -> Self {
        Self { roles: vec![Role::Program], worker: None }
    }

    pub fn staff(worker: WorkerId, roles: &[Role]) -> Self {
        Self { roles: roles.to_vec(), worker: Some(worker) }
    }

    pub fn is(&self, role: Role) -> bool {
        self.roles.contains(&role)
    }

    /// May do `noun` as something other than a technician, so that the leg need not be theirs.
    pub(super) fn is_above(&self, noun: Noun) -> bool {
        noun.roles().iter().any(|role| *role != Role::Technician && self.is(*role))
    }
}
