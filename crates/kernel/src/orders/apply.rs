//! What an act does to an order: who may do it, where the order must stand for it, what it needs.

use values::Moment;

use super::{
    Act, Actor, HowClosed, LegState, Noun, Own, Progress, Refusal, Role, Stage, State, rules, steps, verdict_due,
};
use crate::promises::Reason;

/// What the rules must know beyond the order itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facts {
    /// An arrival is promised, so that work begins with it.
    pub arrival_promised: bool,
    /// The technician may grab orders of this category.
    pub entitled: bool,
    /// A certificate that the category demands and the person who gets the work lacks now (CRT-90).
    pub lacks_certificate: Option<String>,
    /// What the category demands at completion and is not there: codes of demands.
    pub missing: Vec<String>,
    /// CSV-25: a follow-up is owed after the verdict.
    pub followed_up: bool,
    /// Words can settle it: a complaint, a question, nothing that is mended.
    pub is_talk: bool,
}

/// Somebody asks for an act. `leg` is an index; acts on the order as a whole do not look at it.
#[derive(Debug, Clone, Copy)]
pub struct Ask<'a> {
    pub act: &'a Act,
    pub leg: usize,
    pub actor: &'a Actor,
    pub facts: &'a Facts,
    pub now: Moment,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transition {
    pub progress: Progress,
    pub from: State,
    pub to: State,
    /// Reopened: promises of the next round begin, on the leg that was added last.
    pub reopened: bool,
    /// The customer was not satisfied: a leg that was done works again, and its completion is promised again.
    pub sent_back: bool,
}

/// Decides an act: the order as it stands afterwards, or why not.
pub fn apply(progress: &Progress, ask: &Ask<'_>) -> Result<Transition, Refusal> {
    permit(progress, ask.act.noun(), ask)?;
    check_needs(progress, ask)?;
    let after = steps::step(progress, ask);
    let reopened = matches!(after.own, Own::Open { reopened: true, .. })
        && after.legs.len() > progress.legs.len()
        && !matches!(ask.act, Act::Split);
    let sent_back = matches!(ask.act, Act::Verdict { satisfied: false });
    Ok(Transition { from: progress.state(), to: after.state(), reopened, sent_back, progress: after })
}

/// What may be pressed next, by the same rules. What an act itself brings (a reason, photos, a person with the
/// certificate) is asked for when it is done.
pub fn allowed(progress: &Progress, leg: usize, actor: &Actor, facts: &Facts, now: Moment) -> Vec<Noun> {
    let ask = Ask { act: &Act::Message, leg, actor, facts, now };
    Noun::ALL.iter().copied().filter(|noun| permit(progress, *noun, &ask).is_ok()).collect()
}

fn permit(progress: &Progress, noun: Noun, ask: &Ask<'_>) -> Result<(), Refusal> {
    if !noun.roles().iter().any(|role| ask.actor.is(*role)) {
        return Err(Refusal::NotYourRole);
    }
    check_place(progress, noun, ask.leg)?;
    check_holder(progress, noun, ask)?;
    match (noun, progress.own) {
        (Noun::Grab, _) if !ask.facts.entitled => Err(Refusal::NotEntitled),
        (Noun::Grab, own) if own.answered().is_some() => Err(Refusal::of_state(State::ToVerify)),
        (Noun::Start, _) if ask.facts.arrival_promised => Err(Refusal::ArrivalNeeded),
        (Noun::FollowUp, _) if has_worked(progress, ask.actor) => Err(Refusal::OwnWork),
        (Noun::Reopening, Own::Closed { at, .. })
            if !ask.actor.is(Role::Desk) && !rules::may_customer_reopen(at, ask.now) =>
        {
            Err(Refusal::TooLate)
        }
        _ => Ok(()),
    }
}

/// The order, or the leg, stands where the act begins (contract of acts, from → to).
fn check_place(progress: &Progress, noun: Noun, leg: usize) -> Result<(), Refusal> {
    if let Some(stages) = leg_stages(noun) {
        return check_leg(progress, noun, leg, stages);
    }
    let state = progress.state();
    let merged = matches!(progress.own, Own::Closed { how: HowClosed::Merged { .. }, .. });
    match (noun, state) {
        (Noun::Messages, _) => Ok(()),
        _ if merged => Err(Refusal::Merged),
        (Noun::Acceptance, State::New) => Ok(()),
        (Noun::Acceptance, _) if matches!(progress.own, Own::Open { .. }) => Err(Refusal::AlreadyAccepted),
        (Noun::Reopening, State::Closed) => Ok(()),
        (Noun::Reopening, _) if state.is_open() => Err(Refusal::StillOpen),
        (Noun::Cancellation, _) if is_begun(progress) => Err(Refusal::WorkBegun),
        _ if order_states(noun).contains(&state) => Ok(()),
        _ => Err(Refusal::of_state(state)),
    }
}

fn check_leg(progress: &Progress, noun: Noun, leg: usize, stages: &[LegState]) -> Result<(), Refusal> {
    let Own::Open { .. } = progress.own else {
        return Err(closed_or(progress));
    };
    let stage = progress.legs.get(leg).ok_or(Refusal::NoSuchLeg)?;
    match stage {
        Stage::Suspended { reason, .. } if noun == Noun::QuoteAnswer && *reason != Reason::Appointment => {
            Err(Refusal::Suspended)
        }
        _ if stages.contains(&stage.state()) => Ok(()),
        _ => Err(Refusal::of_leg(stage.state())),
    }
}

fn closed_or(progress: &Progress) -> Refusal {
    match progress.own {
        Own::Closed { how: HowClosed::Merged { .. }, .. } => Refusal::Merged,
        _ => Refusal::of_state(progress.state()),
    }
}

/// The stages of a leg in which an act on it begins; none for acts on the order.
const fn leg_stages(noun: Noun) -> Option<&'static [LegState]> {
    use LegState::{Dispatched, Returned, Suspended, Taken, Waiting, Working};
    Some(match noun {
        Noun::Assignment => &[Waiting, Returned],
        Noun::Grab => &[Waiting],
        Noun::Taking => &[Dispatched],
        Noun::Arrival | Noun::Start => &[Taken],
        Noun::Suspension | Noun::Quote => &[Taken, Working],
        Noun::Resumption | Noun::QuoteAnswer => &[Suspended],
        Noun::Materials => &[Working, Suspended],
        Noun::Completion => &[Working],
        Noun::Transfer | Noun::Return => &[Dispatched, Taken, Working],
        _ => return None,
    })
}

/// The states in which an act on the order begins.
const fn order_states(noun: Noun) -> &'static [State] {
    use State::{
        Accepted, Closed, Dispatched, New, Reopened, Returned, Suspended, Taken, ToFollowUp, ToVerify, Working,
    };
    match noun {
        Noun::Answer => &[Accepted, Dispatched, Taken, Working, Suspended, ToVerify, ToFollowUp, Returned, Reopened],
        Noun::Legs => &[Accepted, Dispatched, Taken, Working, Suspended, Returned, Reopened],
        Noun::Verdict => &[ToVerify],
        Noun::FollowUp => &[ToFollowUp],
        Noun::Rating => &[ToFollowUp, Closed],
        Noun::Closure => &[Accepted, Reopened, Returned, Working],
        Noun::Cancellation => &[New, Accepted, Dispatched, Taken, Suspended, Returned],
        Noun::Appointment => &[New, Accepted, Dispatched, Taken, Suspended, Returned, Reopened],
        Noun::Classification | Noun::Merge | Noun::Chase | Noun::Supervision => {
            &[New, Accepted, Dispatched, Taken, Working, Suspended, ToVerify, ToFollowUp, Returned, Reopened]
        }
        _ => &[],
    }
}

/// Somebody has worked on an order that is open, now or before it was reopened: it is closed, no longer cancelled.
fn is_begun(progress: &Progress) -> bool {
    match progress.own {
        Own::Open { reopened, .. } => {
            progress.state() != State::ToVerify && (reopened || progress.legs.iter().any(Stage::is_begun))
        }
        _ => false,
    }
}

/// A technician works on their own leg only.
fn check_holder(progress: &Progress, noun: Noun, ask: &Ask<'_>) -> Result<(), Refusal> {
    let is_technicians = noun.roles().contains(&Role::Technician) && !matches!(noun, Noun::Grab | Noun::Messages);
    if !is_technicians || ask.actor.is_above(noun) {
        return Ok(());
    }
    let holder = progress.legs.get(ask.leg).ok_or(Refusal::NoSuchLeg)?.worker();
    if holder.is_some() && holder == ask.actor.worker { Ok(()) } else { Err(Refusal::NotYours) }
}

fn has_worked(progress: &Progress, actor: &Actor) -> bool {
    actor.worker.is_some() && progress.legs.iter().any(|leg| leg.worker() == actor.worker)
}

/// What the act brings along.
fn check_needs(progress: &Progress, ask: &Ask<'_>) -> Result<(), Refusal> {
    match ask.act {
        Act::Assignment { .. } | Act::Grab | Act::Taking => check_certificate(ask.facts),
        Act::Transfer { why, .. } => check_reason(why).and_then(|()| check_certificate(ask.facts)),
        Act::Closure { why } | Act::Return { why } => check_reason(why),
        Act::Completion if !ask.facts.missing.is_empty() => {
            Err(Refusal::ProofMissing { what: ask.facts.missing.clone() })
        }
        Act::Answer { close: true } => match progress.state() {
            State::Accepted | State::Reopened => Ok(()),
            // The customer said on the phone that the answer will do.
            State::ToVerify if progress.own.answered().is_some() => Ok(()),
            state => Err(Refusal::of_state(state)),
        },
        Act::Verdict { .. } if !ask.actor.is(Role::Customer) => Err(Refusal::NotYourRole),
        Act::VerdictByTime if !ask.actor.is(Role::Program) => Err(Refusal::NotYourRole),
        Act::VerdictByTime if verdict_due(progress).is_none_or(|due| ask.now < due) => Err(Refusal::NotYetTime),
        Act::Appointment { from, to } if from >= to || *to <= ask.now => Err(Refusal::BadSlot),
        _ => Ok(()),
    }
}

fn check_reason(why: &str) -> Result<(), Refusal> {
    if why.trim().is_empty() { Err(Refusal::ReasonMissing) } else { Ok(()) }
}

fn check_certificate(facts: &Facts) -> Result<(), Refusal> {
    match &facts.lacks_certificate {
        Some(certificate) => Err(Refusal::CertificateMissing { certificate: certificate.clone() }),
        None => Ok(()),
    }
}
