use super::{LegState, State};

/// Why an act is refused. The code names the text that people read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("this is for another role to do")]
    NotYourRole,
    #[error("this work belongs to somebody else")]
    NotYours,
    #[error("nobody has accepted this order")]
    NotAccepted,
    #[error("the order is accepted already")]
    AlreadyAccepted,
    #[error("nobody is assigned")]
    NotAssigned,
    #[error("the work is dispatched and waits to be taken")]
    NotTaken,
    #[error("the work is taken and has not begun")]
    NotStarted,
    #[error("the work has begun")]
    WorkBegun,
    #[error("the work is suspended")]
    Suspended,
    #[error("the work was returned and waits for somebody else")]
    Returned,
    #[error("the work is done and waits for the customer's verdict")]
    WaitsForVerdict,
    #[error("the order waits for its follow-up")]
    WaitsForFollowUp,
    #[error("the order is closed")]
    Closed,
    #[error("the order is cancelled")]
    Cancelled,
    #[error("the order goes on as another one")]
    Merged,
    #[error("the order is open")]
    StillOpen,
    #[error("this leg has ended")]
    LegEnded,
    #[error("the order has no such leg")]
    NoSuchLeg,
    #[error("the arrival is promised, so it must be recorded")]
    ArrivalNeeded,
    #[error("the technician is not entitled to grab this order")]
    NotEntitled,
    #[error("the certificate {certificate} is missing or not valid")]
    CertificateMissing { certificate: String },
    #[error("still missing before completion: {}", what.join(", "))]
    ProofMissing { what: Vec<String> },
    #[error("who did the work does not follow it up")]
    OwnWork,
    #[error("the customer's days for reopening are over; the desk may still do it")]
    TooLate,
    #[error("nobody answered in 72 hours: only time may say so, and only then")]
    NotYetTime,
    #[error("an order is not merged into itself")]
    IntoItself,
    #[error("a reason is needed")]
    ReasonMissing,
    #[error("an appointment ends after it begins, and in the future")]
    BadSlot,
}

impl Refusal {
    /// Stable: problem documents and message files use it.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotYourRole => "not_your_role",
            Self::NotYours => "not_yours",
            Self::NotAccepted => "not_accepted",
            Self::AlreadyAccepted => "already_accepted",
            Self::NotAssigned => "not_assigned",
            Self::NotTaken => "not_taken",
            Self::NotStarted => "not_started",
            Self::WorkBegun => "work_begun",
            Self::Suspended => "suspended",
            Self::Returned => "returned",
            Self::WaitsForVerdict => "waits_for_verdict",
            Self::WaitsForFollowUp => "waits_for_follow_up",
            Self::Closed => "closed",
            Self::Cancelled => "cancelled",
            Self::Merged => "merged",
            Self::StillOpen => "still_open",
            Self::LegEnded => "leg_ended",
            Self::NoSuchLeg => "no_such_leg",
            Self::ArrivalNeeded => "arrival_needed",
            Self::NotEntitled => "not_entitled",
            Self::CertificateMissing { .. } => "certificate_missing",
            Self::ProofMissing { .. } => "proof_missing",
            Self::OwnWork => "own_work",
            Self::TooLate => "too_late",
            Self::NotYetTime => "not_yet_time",
            Self::IntoItself => "into_itself",
            Self::ReasonMissing => "reason_missing",
            Self::BadSlot => "bad_slot",
        }
    }

    /// What stands in the way when an order is in the wrong state for an act.
    pub(super) const fn of_state(state: State) -> Self {
        match state {
            State::New => Self::NotAccepted,
            State::Accepted | State::Reopened => Self::NotAssigned,
            State::Dispatched => Self::NotTaken,
            State::Taken => Self::NotStarted,
            State::Working => Self::WorkBegun,
            State::Suspended => Self::Suspended,
            State::Returned => Self::Returned,
            State::ToVerify => Self::WaitsForVerdict,
            State::ToFollowUp => Self::WaitsForFollowUp,
            State::Closed => Self::Closed,
            State::Cancelled => Self::Cancelled,
        }
    }

    /// The same for a leg.
    pub(super) const fn of_leg(state: LegState) -> Self {
        match state {
            LegState::Waiting => Self::NotAssigned,
            LegState::Dispatched => Self::NotTaken,
            LegState::Taken => Self::NotStarted,
            LegState::Working => Self::WorkBegun,
            LegState::Suspended => Self::Suspended,
            LegState::Returned => Self::Returned,
            LegState::Done => Self::WaitsForVerdict,
            LegState::Ended => Self::LegEnded,
        }
    }
}
