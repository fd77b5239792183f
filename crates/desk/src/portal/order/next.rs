//! The one sentence that matters: who does what next, and until when.

use kernel::{
    orders::{Stage, State, verdict_due},
    promises::{Name, Promise, Reason},
};
use values::Moment;
use web::View;

use super::Case;

/// `李建国师傅正在路上，最晚 10:54 到。`
pub(super) fn sentence(view: &View, case: &Case) -> String {
    let state = case.record.state();
    if state == State::Suspended {
        return suspended(view, case);
    }
    let key = format!("desk-portal-next-{}", state.as_str().replace('_', "-"));
    let promise = awaited(state).iter().find_map(|name| case.open_promise(*name));
    let due = promise.map(|promise| case.due(promise, view.formats.now)).or_else(|| verdict_due(&case.record.progress()));
    let who = case.assignee.as_deref().unwrap_or("");
    let key = match (due, who) {
        (None, _) => format!("{key}-open"),
        (Some(_), "") if matches!(state, State::Dispatched | State::Taken | State::Working) => format!("{key}-open"),
        _ => key,
    };
    let at = due.map(|at| view.formats.moment(at)).unwrap_or_default();
    view.words.with(&key, &[("who", who.into()), ("at", at.into())])
}

/// The promises that the customer waits for in this state, the nearest first.
const fn awaited(state: State) -> &'static [Name] {
    match state {
        State::New => &[Name::Response],
        State::Accepted | State::Returned | State::Reopened | State::Dispatched | State::Taken => &[Name::Arrival, Name::FirstReply, Name::Answer],
        State::Working => &[Name::Completion, Name::Answer],
        _ => &[],
    }
}

fn suspended(view: &View, case: &Case) -> String {
    let held = case.record.legs.iter().find_map(|leg| match leg.stage {
        Stage::Suspended { reason, since, .. } => Some((reason, since)),
        _ => None,
    });
    let (reason, since) = held.unwrap_or((Reason::ThirdParty, case.record.touched));
    let key = format!("desk-portal-waits-{}", reason.as_str().replace('_', "-"));
    view.words.with(&key, &[("since", view.formats.moment(since).into())])
}

/// We own our faults: by how much we are later than we promised; nothing while we are in time.
pub(super) fn apology(view: &View, case: &Case) -> Option<String> {
    let now = view.formats.now;
    let late = |promise: &&Promise| promise.fulfilled_at.is_none() && promise.settled.is_none() && case.due(promise, now) < now;
    let worst: Option<Moment> = case.visible_promises().filter(late).map(|promise| case.due(promise, now)).min();
    worst.map(|due| view.words.with("desk-portal-late", &[("span", view.formats.duration(now.since(due)).into())]))
}
