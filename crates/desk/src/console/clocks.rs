//! Promises as the clocks that pages draw.

use kernel::promises::{ClockState as State, ClockView, Promise, clock};
use values::Moment;
use web::{
    View,
    parts::{ClockLine, ClockState, Part},
};

use super::words;

/// In a row: the step is part of the sentence (到场超 12 分).
pub fn in_row(view: &View, promise: &Promise) -> ClockLine {
    let clock = clock(promise, view.formats.now);
    let step = words::promise(view, promise.name);
    let say = sentence(view, "desk-clock", &clock, Some(&step));
    line(&clock, say, limit(view, &clock))
}

/// Under the name of its step (超 12 分).
pub fn under_name(view: &View, promise: &Promise) -> ClockLine {
    let clock = clock(promise, view.formats.now);
    let say = sentence(view, "desk-clock-own", &clock, None);
    let due = match promise.fulfilled_at {
        Some(at) => at_word(view, &clock, at),
        None => limit(view, &clock),
    };
    line(&clock, say, due)
}

fn at_word(view: &View, clock: &ClockView, at: Moment) -> String {
    let key = if clock.state == State::Kept { "desk-clock-kept-at" } else { "desk-clock-done-at" };
    view.words.with(key, &[("at", view.formats.moment(at).into())])
}

fn limit(view: &View, clock: &ClockView) -> String {
    let key = if clock.state == State::Paused { "desk-clock-first-limit" } else { "time-limit" };
    view.words.with(key, &[("at", view.formats.moment(clock.due).into())])
}

/// Which sentence, and the length of time in it.
fn sentence(view: &View, prefix: &str, clock: &ClockView, step: Option<&str>) -> String {
    let (word, millis) = match clock.state {
        State::Running | State::Soon => ("left", clock.left),
        State::Late => ("late", clock.left),
        State::Paused => ("paused", clock.left),
        State::Kept => ("kept", clock.elapsed),
        State::KeptLate => ("kept-late", clock.left),
        State::Missed => ("missed", clock.left),
        State::Excused => ("excused", clock.left),
    };
    let span = view.formats.duration(millis);
    view.words.with(&format!("{prefix}-{word}"), &[("step", step.unwrap_or_default().into()), ("span", span.into())])
}

fn line(clock: &ClockView, say: String, due: String) -> ClockLine {
    let state = match clock.state {
        State::Running => ClockState::Run,
        State::Soon => ClockState::Soon,
        State::Late | State::KeptLate | State::Missed => ClockState::Late,
        State::Paused | State::Excused => ClockState::Stop,
        State::Kept => ClockState::Kept,
    };
    let part = |stretch: &kernel::promises::Stretch| Part {
        permille: (stretch.percent * 10.0).round().clamp(0.0, 1000.0) as u16,
        paused: stretch.paused,
    };
    ClockLine { say, due, state, parts: clock.bar.iter().map(part).collect() }
}
