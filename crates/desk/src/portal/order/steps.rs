//! The progress line: five steps that a customer knows.

use kernel::orders::{OrderView, State};
use maud::Markup;
use web::{
    View,
    parts::{self, Step, StepState},
};

use super::next::is_talk;

/// Steps of work at a place; words without a visit have fewer.
const WORK: [&str; 5] = ["accepted", "assigned", "arrived", "done", "confirmed"];
const TALK: [&str; 3] = ["accepted", "answered", "confirmed"];

pub(super) fn steps(view: &View, case: &OrderView) -> Markup {
    let visits = !is_talk(case) || case.assignee_name.is_some();
    let (names, reached): (&[&str], usize) = if visits { (&WORK, work(case)) } else { (&TALK, talk(case)) };
    let steps: Vec<Step> = names
        .iter()
        .enumerate()
        .map(|(index, name)| Step {
            label: view
                .say(&format!("desk-portal-step-{}", if *name == "done" && is_talk(case) { "dealt" } else { name })),
            time: None,
            state: match index.cmp(&reached) {
                std::cmp::Ordering::Less => StepState::Done,
                std::cmp::Ordering::Equal => StepState::Now,
                std::cmp::Ordering::Greater => StepState::Ahead,
            },
        })
        .collect();
    parts::steps(&view.say("desk-portal-progress"), &steps)
}

/// How many steps are behind us.
fn work(case: &OrderView) -> usize {
    match case.state {
        State::New => 0,
        State::Accepted | State::Returned | State::Reopened => 1,
        State::Dispatched | State::Taken => 2,
        State::Working | State::Suspended => 3,
        State::ToVerify => 4,
        State::ToFollowUp | State::Closed | State::Cancelled => WORK.len(),
    }
}

fn talk(case: &OrderView) -> usize {
    match (case.state, case.order.answered) {
        (State::New, _) => 0,
        (State::ToFollowUp | State::Closed | State::Cancelled, _) => TALK.len(),
        (_, None) => 1,
        (_, Some(_)) => 2,
    }
}
