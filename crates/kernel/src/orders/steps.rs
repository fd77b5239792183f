use values::Moment;

use super::{Act, Ask, HowClosed, LegState, Own, Progress, Role, Stage, rules};
use crate::promises::Reason;

/// What comes of a permitted act.
pub(super) fn step(progress: &Progress, ask: &Ask<'_>) -> Progress {
    let at = ask.now;
    match ask.act {
        Act::Acceptance => Progress { own: Own::ACCEPTED, ..progress.clone() },
        Act::Answer { close: true } => end(progress, Own::Closed { at, how: HowClosed::Answered }, at),
        Act::Answer { close: false } => answered(progress, ask),
        Act::Closure { .. } => end(progress, Own::Closed { at, how: HowClosed::WithoutWork }, at),
        Act::Merge { into } => end(progress, Own::Closed { at, how: HowClosed::Merged { into: *into } }, at),
        Act::Cancellation => {
            let by_customer = ask.actor.is(Role::Customer);
            end(progress, Own::Cancelled { at, by_customer }, at)
        }
        Act::Verdict { satisfied: false } => redo(progress, at),
        Act::Verdict { satisfied: true } => verify(progress, ask, false),
        Act::VerdictByTime => verify(progress, ask, true),
        Act::FollowUp { satisfied: true } => end(progress, Own::Closed { at, how: HowClosed::FollowedUp }, at),
        Act::FollowUp { satisfied: false } | Act::Reopening => reopen(progress),
        Act::Split => with_leg(progress),
        _ => step_leg(progress, ask),
    }
}

fn end(progress: &Progress, own: Own, at: Moment) -> Progress {
    let ended = |leg: &Stage| match leg {
        Stage::Done { .. } | Stage::Ended { .. } => leg.clone(),
        _ => Stage::Ended { at },
    };
    Progress { own, legs: progress.legs.iter().map(ended).collect() }
}

fn verify(progress: &Progress, ask: &Ask<'_>, by_time: bool) -> Progress {
    let own = match ask.facts.followed_up {
        true => Own::ToFollowUp { since: ask.now },
        false => Own::Closed { at: ask.now, how: HowClosed::Verdict { by_time } },
    };
    end(progress, own, ask.now)
}

/// A complaint to which nobody was sent is settled by words: its customer is asked for the verdict.
fn answered(progress: &Progress, ask: &Ask<'_>) -> Progress {
    let settles = ask.facts.is_talk && rules::nobody_has_it(&progress.legs);
    let own = if settles { progress.own.with_answer(progress.own.answered().or(Some(ask.now))) } else { progress.own };
    Progress { own, ..progress.clone() }
}

/// An unsatisfied customer sends back the words, or the leg that was completed last.
fn redo(progress: &Progress, now: Moment) -> Progress {
    let mut after = progress.clone();
    if rules::nobody_has_it(&progress.legs) {
        after.own = progress.own.with_answer(None);
        return after;
    }
    let last = after.legs.iter_mut().filter(|leg| leg.state() == LegState::Done).max_by_key(|leg| leg.at());
    if let Some(leg) = last
        && let Some(by) = leg.worker()
    {
        *leg = Stage::Working { by, since: now };
    }
    after
}

/// A new round begins on a new leg; who did the earlier ones stays on record.
fn reopen(progress: &Progress) -> Progress {
    Progress { own: Own::Open { reopened: true, answered: None }, ..with_leg(progress) }
}

fn with_leg(progress: &Progress) -> Progress {
    let mut after = progress.clone();
    after.own = after.own.with_answer(None);
    after.legs.push(Stage::Waiting);
    after
}

fn step_leg(progress: &Progress, ask: &Ask<'_>) -> Progress {
    let mut after = progress.clone();
    if let Some(leg) = after.legs.get_mut(ask.leg)
        && let Some(stage) = next_stage(leg, ask)
    {
        *leg = stage;
        after.own = after.own.with_answer(None);
    }
    after
}

/// The leg's next stage; none when the act leaves it as it is.
fn next_stage(leg: &Stage, ask: &Ask<'_>) -> Option<Stage> {
    let at = ask.now;
    let holder = leg.worker();
    match ask.act {
        Act::Assignment { to } | Act::Transfer { to, .. } => Some(Stage::Dispatched { to: *to, at }),
        Act::Grab => ask.actor.worker.map(|by| Stage::Taken { by, at }),
        Act::Taking => holder.map(|by| Stage::Taken { by, at }),
        Act::Arrival | Act::Start => holder.map(|by| Stage::Working { by, since: at }),
        Act::Suspension { reason } => suspended(leg, *reason, at),
        Act::Quote => suspended(leg, Reason::Appointment, at),
        Act::Resumption | Act::QuoteAnswer { agreed: true } => resumed(leg, at),
        Act::Completion => holder.map(|by| Stage::Done { by, at }),
        Act::Return { why } => holder.map(|by| Stage::Returned { by, at, why: why.clone() }),
        _ => None,
    }
}

fn suspended(leg: &Stage, reason: Reason, since: Moment) -> Option<Stage> {
    let begun = leg.is_begun();
    leg.worker().map(|by| Stage::Suspended { by, since, reason, begun })
}

fn resumed(leg: &Stage, at: Moment) -> Option<Stage> {
    match leg {
        Stage::Suspended { by, begun: true, .. } => Some(Stage::Working { by: *by, since: at }),
        Stage::Suspended { by, begun: false, .. } => Some(Stage::Taken { by: *by, at }),
        _ => None,
    }
}
