//! The one sentence that matters: who does what next, and until when.

use kernel::{
    orders::{OrderView, PromiseView, Stage, State},
    promises::{Name, Outcome, Reason},
};
use web::View;

/// `李建国师傅正在路上，最晚 10:54 到。`
pub(super) fn sentence(view: &View, case: &OrderView) -> String {
    let state = case.state;
    if state == State::Suspended {
        return suspended(view, case);
    }
    let open = |name: &Name| case.promises.iter().find(|one| one.promise.name == *name && !one.outcome.is_settled());
    let awaits = awaited(state).iter().find_map(open);
    let due = awaits.map(|one| one.clock.due).or(case.verdict_due);
    let who = case.assignee_name.as_deref().unwrap_or("");
    let at = due.map(|at| view.formats.moment(at)).unwrap_or_default();
    let key = match state {
        State::ToVerify if case.order.own.answered().is_some() => "desk-portal-next-answered".to_string(),
        State::ToVerify if is_talk(case) => "desk-portal-next-to-verify-talk".to_string(),
        _ => key(state, awaits.map(|one| one.promise.name), due.is_some(), who),
    };
    view.words.with(&key, &[("who", who.into()), ("at", at.into())])
}

/// Something to be told rather than something to be mended.
pub(super) fn is_talk(case: &OrderView) -> bool {
    case.order.kind.is_talk()
}

/// Words are awaited as words, whatever the state: `最晚 10:54 先回复您`. Work is called by its state.
fn key(state: State, awaits: Option<Name>, dated: bool, who: &str) -> String {
    let by = if who.is_empty() { "" } else { "-by" };
    let key = format!("desk-portal-next-{}", state.as_str().replace('_', "-"));
    match awaits {
        Some(Name::FirstReply) => format!("desk-portal-next-first-reply{by}"),
        Some(Name::Answer) => format!("desk-portal-next-answer{by}"),
        _ if !dated => format!("{key}-open"),
        _ if who.is_empty() && matches!(state, State::Dispatched | State::Taken | State::Working) => {
            format!("{key}-open")
        }
        _ => key,
    }
}

/// The promises that the customer waits for in this state, the nearest first.
const fn awaited(state: State) -> &'static [Name] {
    match state {
        State::New => &[Name::Response],
        State::Accepted | State::Returned | State::Reopened | State::Dispatched | State::Taken => {
            &[Name::Arrival, Name::FirstReply, Name::Answer]
        }
        State::Working => &[Name::Completion, Name::FirstReply, Name::Answer],
        _ => &[],
    }
}

fn suspended(view: &View, case: &OrderView) -> String {
    let held = case.order.legs.iter().find_map(|leg| match leg.stage {
        Stage::Suspended { reason, since, .. } => Some((reason, since)),
        _ => None,
    });
    let (reason, since) = held.unwrap_or((Reason::ThirdParty, case.order.touched));
    let key = format!("desk-portal-waits-{}", reason.as_str().replace('_', "-"));
    view.words.with(&key, &[("since", view.formats.moment(since).into())])
}

/// We own our faults: by how much we are later than we promised; nothing while we are in time.
pub(super) fn apology(view: &View, case: &OrderView) -> Option<String> {
    let late = |one: &&PromiseView| matches!(one.outcome, Outcome::Pending { overdue: true });
    let worst = case.promises.iter().filter(late).map(|one| one.clock.left).min();
    worst.map(|left| view.words.with("desk-portal-late", &[("span", view.formats.duration(left).into())]))
}
