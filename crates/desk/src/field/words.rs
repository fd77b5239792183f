//! The words of orders in the field: those of the trade.

use kernel::{
    orders::{Kind, Line, Number, State, Urgency},
    promises::{ClockState, clock},
};
use maud::{Markup, html};
use web::{
    View,
    parts::{self, BadgeState},
};

use crate::case;

pub(super) fn state(view: &View, state: State) -> String {
    view.say(&format!("desk-field-state-{}", state.as_str().replace('_', "-")))
}
pub(super) fn kind(view: &View, kind: Kind) -> String {
    view.say(&format!("desk-portal-kind-{}", kind.as_str()))
}
pub(super) fn number(view: &View, number: Number) -> String {
    number.on_screen(view.formats.today())
}

/// The shape beside the word of a state.
pub(super) const fn shape(state: State) -> BadgeState {
    match state {
        State::New | State::Accepted | State::Returned | State::Reopened => BadgeState::Todo,
        State::Dispatched | State::Taken => BadgeState::Half,
        State::Working => BadgeState::Run,
        State::Suspended => BadgeState::Stop,
        State::ToVerify | State::ToFollowUp | State::Closed => BadgeState::Done,
        State::Cancelled => BadgeState::Miss,
    }
}

pub(super) const fn clock_shape(state: ClockState) -> BadgeState {
    match state {
        ClockState::Running => BadgeState::Run,
        ClockState::Soon => BadgeState::Soon,
        ClockState::Late | ClockState::Missed | ClockState::KeptLate => BadgeState::Late,
        ClockState::Paused | ClockState::Excused => BadgeState::Stop,
        ClockState::Kept => BadgeState::Done,
    }
}

/// How long is left, as a badge; the state where no clock runs.
pub(super) fn badge(view: &View, line: &Line) -> Markup {
    match &line.promise {
        Some(promise) => {
            let clock = clock(promise, view.formats.now);
            parts::badge_fill(clock_shape(clock.state), &case::left(view, &clock))
        }
        None => parts::badge_fill(shape(line.state), &state(view, line.state)),
    }
}

/// `急修·3-1-1201·B-0812-017`
pub(super) fn below(view: &View, line: &Line) -> Markup {
    html! {
        @if line.urgency == Urgency::Urgent { b { (view.say("desk-field-urgent")) } " · " }
        @match &line.place_name { Some(place) => (place), None => span class="num" { (number(view, line.number)) } }
    }
}
