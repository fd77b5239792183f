//! The clocks of promises as phones show them.

use kernel::{
    orders::PromiseView,
    promises::{ClockState as State, ClockView},
};
use maud::Markup;
use values::{DAY, HOUR, MINUTE};
use web::{
    View,
    parts::{self, ClockLine, ClockState, Part},
};

/// One promise: its name, what was promised, how far the clock has run.
pub(crate) fn promise(view: &View, promise: &PromiseView) -> Markup {
    let name = view.say(&format!("desk-portal-clock-name-{}", promise.promise.name.as_str().replace('_', "-")));
    let promised = view.words.with("desk-portal-clock-promised", &[("span", span(view, promise.promise.span).into())]);
    parts::promise_clock(&view.words, &name, &promised, &line(view, &promise.clock, &promise.promise))
}

/// `还剩 22 分`, `超 12 分`: the clock in a few words.
pub(crate) fn left(view: &View, clock: &ClockView) -> String {
    let (word, millis) = match clock.state {
        State::Running | State::Soon => ("left", clock.left),
        State::Late => ("late", clock.left),
        State::Paused => ("paused", clock.left),
        State::Kept => ("kept", clock.elapsed),
        State::KeptLate => ("kept-late", clock.left),
        State::Missed => ("missed", clock.left),
        State::Excused => ("excused", clock.left),
    };
    view.words.with(&format!("desk-portal-clock-{word}"), &[("span", view.formats.duration(millis).into())])
}

fn line(view: &View, clock: &ClockView, promise: &kernel::promises::Promise) -> ClockLine {
    let due = match promise.fulfilled_at {
        Some(at) => view.words.with("desk-portal-clock-done", &[("at", view.formats.moment(at).into())]),
        None => view.formats.limit(clock.due),
    };
    let state = match clock.state {
        State::Running => ClockState::Run,
        State::Soon => ClockState::Soon,
        State::Late | State::KeptLate | State::Missed => ClockState::Late,
        State::Paused | State::Excused => ClockState::Stop,
        State::Kept => ClockState::Kept,
    };
    let parts = clock.bar.iter().map(|stretch| Part {
        permille: (stretch.percent * 10.0).round().clamp(0.0, 1000.0) as u16,
        paused: stretch.paused,
    });
    ClockLine { say: left(view, clock), due, state, parts: parts.collect() }
}

/// `30 分钟`, `24 小时`, `3 天`: in whole units, as promises are made.
pub(crate) fn span(view: &View, millis: i64) -> String {
    let (key, n) = match millis {
        _ if millis % DAY == 0 && millis > DAY => ("desk-portal-days", millis / DAY),
        _ if millis % HOUR == 0 && millis > 0 => ("desk-portal-hours", millis / HOUR),
        _ if millis > 2 * DAY => ("desk-portal-days", millis / DAY),
        _ => ("desk-portal-minutes", millis / MINUTE),
    };
    view.words.with(key, &[("n", n.into())])
}
