//! The columns of the list, once for the screen and for the file, so that both always say the same.

use kernel::orders::Urgency;
use maud::{Markup, html};
use values::mask_name;
use web::{View, parts};

use super::model::Line;
use crate::console::{clocks, words};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    Number,
    Kind,
    Title,
    Place,
    Reporter,
    State,
    Clock,
    Assignee,
    Channel,
    Touched,
}

impl Column {
    pub const ALL: [Self; 10] = [
        Self::Number,
        Self::Kind,
        Self::Title,
        Self::Place,
        Self::Reporter,
        Self::State,
        Self::Clock,
        Self::Assignee,
        Self::Channel,
        Self::Touched,
    ];
    const fn word(self) -> &'static str {
        match self {
            Self::Number => "desk-col-number",
            Self::Kind => "desk-col-kind",
            Self::Title => "desk-col-title",
            Self::Place => "desk-col-place",
            Self::Reporter => "desk-col-reporter",
            Self::State => "desk-col-state",
            Self::Clock => "desk-col-clock",
            Self::Assignee => "desk-col-assignee",
            Self::Channel => "desk-col-channel",
            Self::Touched => "desk-col-touched",
        }
    }
    /// Pixels on the screen; the title takes the rest.
    const fn width(self) -> Option<u16> {
        match self {
            Self::Title => None,
            Self::Number => Some(112),
            Self::Kind => Some(56),
            Self::Place => Some(112),
            Self::Reporter => Some(100),
            Self::State => Some(92),
            Self::Clock => Some(190),
            Self::Assignee => Some(112),
            Self::Channel | Self::Touched => Some(84),
        }
    }
    pub fn head(self, view: &View) -> String {
        view.say(self.word())
    }
    pub fn on_screen(self, view: &View, sorted: bool) -> parts::Column {
        let column = parts::Column::new(self.head(view));
        let column = self.width().map_or(column.clone(), |width| column.width(width));
        match self {
            Self::Title => column.wide(),
            Self::Touched => column.numeric(),
            Self::Clock if sorted => column.sorted(parts::Sort::Rising),
            _ => column,
        }
    }
    /// For the file.
    pub fn in_file(self, view: &View) -> sheets::Column {
        let width = self.width().map_or(40, |pixels| pixels / 7 + 2);
        sheets::Column { name: self.head(view), kind: sheets::ColumnKind::Text, width }
    }
}

/// What a row says in a column, in words.
pub fn text(view: &View, line: &Line, column: Column) -> String {
    match column {
        Column::Number => words::number(view, line.number),
        Column::Kind => words::kind(view, line.kind),
        Column::Title => [line.title.clone(), note(view, line)]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" "),
        Column::Place => line.plate().unwrap_or_default().to_string(),
        Column::Reporter => reporter(view, line),
        Column::State => words::state(view, line.state),
        Column::Clock => clock(view, line).map(|line| format!("{} {}", line.say, line.due)).unwrap_or_default(),
        Column::Assignee => line.assignee.clone().unwrap_or_default(),
        Column::Channel => words::channel(view, line.channel),
        Column::Touched => view.formats.when(line.touched),
    }
}

/// The grey words after the title: 急修·漏水.
pub fn note(view: &View, line: &Line) -> String {
    let urgent = (line.urgency == Urgency::Urgent).then(|| words::urgency(view, line.urgency));
    let category = line
        .category_zh
        .as_ref()
        .zip(line.category_en.as_ref())
        .map(|(zh, en)| words::category(view, zh, en).to_string());
    urgent.into_iter().chain(category).collect::<Vec<_>>().join("·")
}

/// Names are masked in lists; a common part is named instead of its reporter.
fn reporter(view: &View, line: &Line) -> String {
    match &line.reporter {
        Some(name) => mask_name(name),
        None if line.common => view.say("desk-common-part"),
        None => String::new(),
    }
}

pub fn clock(view: &View, line: &Line) -> Option<parts::ClockLine> {
    line.promise.as_ref().map(|promise| clocks::in_row(view, promise))
}

/// The clock, or the word that nothing is promised.
pub fn clock_cell(view: &View, line: &Line) -> Markup {
    match clock(view, line) {
        Some(drawn) => parts::clock(&view.words, &drawn),
        None => html! { span class="muted small" { (view.say("desk-no-limit")) } },
    }
}
