//! The progress line of an order: 受理 派单 接单 到场 完工 回访.

use maud::{Markup, html};

/// How far a step is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepState {
    Done,
    Now,
    Ahead,
}

/// One step; `time` is when it was done, or its limit.
#[derive(Clone, Debug)]
pub struct Step {
    pub label: String,
    pub time: Option<String>,
    pub state: StepState,
}

pub fn steps(label: &str, steps: &[Step]) -> Markup {
    html! { ol class="steps" aria-label=(label) { @for step in steps { (one(step)) } } }
}

fn one(step: &Step) -> Markup {
    let done = (step.state == StepState::Done).then_some("done");
    let now = (step.state == StepState::Now).then_some("step");
    html! {
        li data-s=[done] aria-current=[now] {
            (step.label)
            @if let Some(time) = &step.time { time { (time) } }
        }
    }
}
