//! 房态图: one cell a home, its state in colour and outline, signs for what needs somebody.

use maud::{Markup, html};

/// 自住、出租、空置、装修; unknown is plain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnitState {
    Unknown,
    Owner,
    Let,
    Empty,
    Renovation,
}

/// What needs somebody here: ▲ 欠费, ● 在办, ♥ 关怀.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    Debt,
    Case,
    Care,
}

/// One cell. `sentence` says everything the cell shows: `3-1-1201，自住，1 件在办，欠费`.
#[derive(Clone, Debug)]
pub struct Unit {
    pub label: String,
    pub href: String,
    pub state: UnitState,
    pub marks: Vec<Mark>,
    pub sentence: String,
    /// Does not fit the filter; stays readable.
    pub dim: bool,
    pub current: bool,
}

pub fn unit(unit: &Unit) -> Markup {
    let state = match unit.state {
        UnitState::Unknown => None,
        UnitState::Owner => Some("own"),
        UnitState::Let => Some("let"),
        UnitState::Empty => Some("empty"),
        UnitState::Renovation => Some("reno"),
    };
    html! {
        a class="unit" href=(unit.href) data-s=[state] data-dim[unit.dim] aria-current=[unit.current.then_some("true")] aria-label=(unit.sentence) title=(unit.sentence) {
            (unit.label)
            @if !unit.marks.is_empty() { u { @for mark in &unit.marks { i class=(class(*mark)) {} } } }
        }
    }
}

fn class(mark: Mark) -> &'static str {
    match mark {
        Mark::Debt => "m-debt",
        Mark::Case => "m-case",
        Mark::Care => "m-care",
    }
}
