use serde::{Deserialize, Serialize};
use uuid::Uuid;
use values::Id;

use super::{Noun, Order};
use crate::{PartyId, SiteId, facts, promises::Level};

/// Which order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    pub site: SiteId,
    pub order: Id<Order>,
}

/// What happened to an order. No personal data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "fact", rename_all = "snake_case")]
pub enum Fact {
    Reported(Mark),
    Accepted(Mark),
    Answered(Mark),
    Corrected(Mark),
    Merged {
        site: SiteId,
        order: Id<Order>,
        into: Id<Order>,
    },
    /// `to`: the person, none for a department.
    Assigned {
        site: SiteId,
        order: Id<Order>,
        to: Option<PartyId>,
    },
    Taken(Mark),
    Arrived(Mark),
    Suspended(Mark),
    Resumed(Mark),
    Completed(Mark),
    /// The customer's verdict, or its time-out.
    Verified(Mark),
    Rated(Mark),
    Closed(Mark),
    Reopened(Mark),
    Cancelled(Mark),
    Returned(Mark),
    Chased(Mark),
    Supervised(Mark),
    Said(Mark),
    Escalated {
        site: SiteId,
        order: Id<Order>,
        level: Level,
    },
}

impl Fact {
    const fn mark(&self) -> Mark {
        match self {
            Self::Reported(mark)
            | Self::Accepted(mark)
            | Self::Answered(mark)
            | Self::Corrected(mark)
            | Self::Taken(mark)
            | Self::Arrived(mark)
            | Self::Suspended(mark)
            | Self::Resumed(mark)
            | Self::Completed(mark)
            | Self::Verified(mark)
            | Self::Rated(mark)
            | Self::Closed(mark)
            | Self::Reopened(mark)
            | Self::Cancelled(mark)
            | Self::Returned(mark)
            | Self::Chased(mark)
            | Self::Supervised(mark)
            | Self::Said(mark) => *mark,
            Self::Merged { site, order, .. }
            | Self::Assigned { site, order, .. }
            | Self::Escalated { site, order, .. } => Mark { site: *site, order: *order },
        }
    }

    /// The fact that an act tells when it has nothing of its own to say.
    pub(super) const fn of(noun: Noun, mark: Mark) -> Self {
        match noun {
            Noun::Acceptance => Self::Accepted(mark),
            Noun::Answer => Self::Answered(mark),
            Noun::Classification | Noun::Legs | Noun::Appointment | Noun::Merge => Self::Corrected(mark),
            Noun::Assignment | Noun::Transfer => Self::Assigned { site: mark.site, order: mark.order, to: None },
            Noun::Grab | Noun::Taking => Self::Taken(mark),
            Noun::Arrival | Noun::Start => Self::Arrived(mark),
            Noun::Suspension | Noun::Quote => Self::Suspended(mark),
            Noun::Resumption | Noun::QuoteAnswer => Self::Resumed(mark),
            Noun::Completion => Self::Completed(mark),
            Noun::Verdict => Self::Verified(mark),
            Noun::FollowUp | Noun::Closure => Self::Closed(mark),
            Noun::Rating => Self::Rated(mark),
            Noun::Reopening => Self::Reopened(mark),
            Noun::Cancellation => Self::Cancelled(mark),
            Noun::Return => Self::Returned(mark),
            Noun::Chase => Self::Chased(mark),
            Noun::Supervision => Self::Supervised(mark),
            Noun::Messages | Noun::Materials => Self::Said(mark),
        }
    }
}

impl facts::Fact for Fact {
    const CRATE: &'static str = "orders";
    fn site(&self) -> SiteId {
        self.mark().site
    }
    fn subject(&self) -> Uuid {
        self.mark().order.uuid()
    }
}

/// The audit event of an act.
pub(super) const fn audit_event(noun: Noun) -> &'static str {
    match noun {
        Noun::Acceptance => "order.accepted",
        Noun::Answer => "order.answered",
        Noun::Classification => "order.corrected",
        Noun::Merge => "order.merged",
        Noun::Legs => "order.split",
        Noun::Assignment => "order.assigned",
        Noun::Grab => "order.grabbed",
        Noun::Taking => "order.taken",
        Noun::Arrival => "order.arrived",
        Noun::Start => "order.started",
        Noun::Suspension => "order.suspended",
        Noun::Resumption => "order.resumed",
        Noun::Quote => "order.quoted",
        Noun::QuoteAnswer => "order.quote_answered",
        Noun::Materials => "order.materials",
        Noun::Completion => "order.completed",
        Noun::Verdict => "order.verified",
        Noun::FollowUp => "order.followed_up",
        Noun::Rating => "order.rated",
        Noun::Closure => "order.closed",
        Noun::Reopening => "order.reopened",
        Noun::Cancellation => "order.cancelled",
        Noun::Transfer => "order.transferred",
        Noun::Return => "order.returned",
        Noun::Chase => "order.chased",
        Noun::Supervision => "order.supervised",
        Noun::Appointment => "order.appointed",
        Noun::Messages => "order.said",
    }
}
