//! How far an order is: the line of steps with times, and the promises as clocks.

use kernel::{
    orders::{Kind, State},
    promises::{Name, Promise, clock},
};
use maud::{Markup, html};
use values::Moment;
use web::{
    View,
    parts::{self, Step, StepState},
};

use super::model::Case;
use crate::console::{clocks, words};

struct Stop {
    word: &'static str,
    done: Option<Moment>,
    promise: Option<Name>,
}

pub fn steps(view: &View, case: &Case) -> Markup {
    let stops = stops(case);
    let ended = !case.state().is_open();
    let now = if ended { None } else { stops.iter().position(|stop| stop.done.is_none()) };
    let steps: Vec<Step> =
        stops.iter().enumerate().map(|(index, stop)| step(view, case, stop, Some(index) == now)).collect();
    html! { div class="steps-row" { (parts::steps(&view.say("desk-steps"), &steps)) } }
}

fn stops(case: &Case) -> Vec<Stop> {
    let order = case.order();
    let stop = |word, done, promise| Stop { word, done, promise };
    let accepted = stop("desk-step-acceptance", order.accepted, Some(Name::Response));
    let leg = order.legs.last();
    let verdict = stop("desk-step-verdict", order.verdict.or(order.closed), None);
    if matches!(order.kind, Kind::Repair | Kind::Help) {
        return vec![
            accepted,
            stop("desk-step-assignment", leg.and_then(|leg| leg.assigned.or(leg.taken)), Some(Name::Dispatch)),
            stop("desk-step-taking", leg.and_then(|leg| leg.taken), None),
            stop("desk-step-arrival", leg.and_then(|leg| leg.arrived), Some(Name::Arrival)),
            stop("desk-step-completion", leg.and_then(|leg| leg.completed), Some(Name::Completion)),
            verdict,
        ];
    }
    vec![
        accepted,
        stop("desk-step-reply", order.replied.or(order.answered), Some(Name::FirstReply)),
        stop("desk-step-answer", order.answered, Some(Name::Answer)),
        stop("desk-step-closed", order.closed, Some(Name::Closure)),
    ]
}

fn step(view: &View, case: &Case, stop: &Stop, now: bool) -> Step {
    let promise = stop.promise.and_then(|name| case.promise(name)).filter(|promise| promise.fulfilled_at.is_none());
    let limit = promise.map(|promise| view.formats.limit(clock(promise, view.formats.now).due));
    let state = match (stop.done, now) {
        (Some(_), _) => StepState::Done,
        (None, true) => StepState::Now,
        (None, false) => StepState::Ahead,
    };
    Step { label: view.say(stop.word), time: stop.done.map(|at| view.formats.moment(at)).or(limit), state }
}

/// What was promised in every round, how much of it is used, why it stands still.
pub fn promises(view: &View, case: &Case) -> Markup {
    let open = case.state().is_open();
    let mut shown: Vec<&Promise> =
        case.view.promises.iter().map(|one| &one.promise).filter(|promise| is_shown(promise, open)).collect();
    shown.sort_by_key(|promise| (promise.round, promise.name));
    html! {
        @if !shown.is_empty() {
            div class="well clocks" {
                @for promise in &shown { (one(view, case, promise)) }
            }
        }
        @if case.state() == State::Suspended { (why_paused(view, &shown)) }
    }
}

/// Inside the house only while it runs.
fn is_shown(promise: &Promise, open: bool) -> bool {
    promise.name != Name::Dispatch || open && promise.fulfilled_at.is_none()
}

fn one(view: &View, case: &Case, promise: &Promise) -> Markup {
    let urgency = words::urgency(view, case.order().urgency);
    let span = view.formats.duration(promise.span);
    let promised = view.words.with(
        "desk-promised",
        &[("urgency", urgency.into()), ("span", span.into()), ("rule", promise.rule.clone().into())],
    );
    parts::promise_clock(
        &view.words,
        &words::promise(view, promise.name),
        &promised,
        &clocks::under_name(view, promise),
    )
}

fn why_paused(view: &View, promises: &[&Promise]) -> Markup {
    let pause = promises.iter().flat_map(|promise| &promise.pauses).find(|pause| pause.to.is_none());
    html! {
        @if let Some(pause) = pause {
            p class="small mt-2" {
                (view.words.with("desk-paused-since", &[("reason", words::reason(view, pause.reason).into()), ("at", view.formats.moment(pause.from).into())]))
            }
        }
    }
}
