//! 时限: elapsed time against the promise, pauses hatched. The second of our three signs.

use std::fmt::Write as _;

use maud::{Markup, html};

use crate::i18n::Words;

/// How a clock stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClockState {
    Run,
    Soon,
    Late,
    Kept,
    Stop,
}

impl ClockState {
    const fn name(self) -> &'static str {
        match self {
            Self::Run => "run",
            Self::Soon => "soon",
            Self::Late => "late",
            Self::Kept => "kept",
            Self::Stop => "stop",
        }
    }
}

/// One stretch of a clock, in thousandths of the promised time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    pub permille: u16,
    pub paused: bool,
}

/// A clock, ready to draw.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClockLine {
    /// `到场超 12 分`.
    pub say: String,
    /// The absolute limit always stands beside it: `限 10:12`.
    pub due: String,
    pub state: ClockState,
    /// From the left, in order; together at most 1000 are drawn.
    pub parts: Vec<Part>,
}

/// The clock of one promise. Screen readers get one sentence instead of the drawing.
pub fn clock(words: &Words, line: &ClockLine) -> Markup {
    html! {
        span class="clock" data-s=(line.state.name()) data-clock role="img" aria-label=(sentence(words, line)) {
            span class="clock-say" { (line.say) }
            span class="clock-due num" { (line.due) }
            (bar(&line.parts))
        }
    }
}

/// With the name of the step and what was promised above it: 到场 / 急修 30 分钟·合同附件二第 3 条.
pub fn promise_clock(words: &Words, step: &str, promise: &str, line: &ClockLine) -> Markup {
    html! {
        div {
            div class="small strong" { (step) }
            div class="tiny muted mb-1" { (promise) }
            (clock(words, line))
        }
    }
}

fn bar(parts: &[Part]) -> Markup {
    html! {
        svg class="clock-bar" viewBox="0 0 1000 4" preserveAspectRatio="none" aria-hidden="true" {
            @for (from, to, paused) in stretches(parts) { path class=[paused.then_some("stop")] d=(line_path(from, to)) {} }
        }
    }
}

fn line_path(from: u16, to: u16) -> String {
    let mut path = String::new();
    let _ = write!(path, "M{from} 2H{to}");
    path
}

/// (from, to, paused) along the bar, cut off at its end.
fn stretches(parts: &[Part]) -> Vec<(u16, u16, bool)> {
    let mut at = 0;
    let mut stretches = Vec::new();
    for part in parts {
        let to = (at + part.permille).min(1000);
        if to > at {
            stretches.push((at, to, part.paused));
        }
        at = to;
    }
    stretches
}

fn sentence(words: &Words, line: &ClockLine) -> String {
    let share = |paused: bool| {
        let permille: u16 =
            stretches(&line.parts).iter().filter(|part| part.2 == paused).map(|(from, to, _)| to - from).sum();
        (f64::from(permille) / 10.0).round() as i64
    };
    let key = if share(true) > 0 { "clock-sentence-paused" } else { "clock-sentence" };
    words.with(
        key,
        &[
            ("say", line.say.as_str().into()),
            ("due", line.due.as_str().into()),
            ("used", share(false).into()),
            ("paused", share(true).into()),
        ],
    )
}
