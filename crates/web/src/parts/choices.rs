//! Choosing one of a few: real radio buttons in the dress of cards, tiles, segments, chips or big answers.

use maud::{Markup, html};

use super::{Field, fields};
use crate::{i18n::Words, shell::icon};

/// One possible answer.
#[derive(Clone, Debug, Default)]
pub struct Choice {
    pub value: String,
    pub label: String,
    /// What it means, in small letters; cards only.
    pub detail: Option<String>,
    /// Tiles only.
    pub icon: Option<&'static str>,
}

impl Choice {
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into(), ..Self::default() }
    }
    #[must_use]
    pub fn detail(self, detail: impl Into<String>) -> Self {
        Self { detail: Some(detail.into()), ..self }
    }
    #[must_use]
    pub fn icon(self, icon: &'static str) -> Self {
        Self { icon: Some(icon), ..self }
    }
}

/// The group around the answers: its question is the legend, the link of an error summary lands on the first answer.
fn group(words: &Words, field: &Field, class: &str, choices: &[Choice], face: impl Fn(&Choice) -> Markup) -> Markup {
    html! {
        fieldset class="field-f" aria-describedby=[field.described()] aria-invalid=[field.invalid()] role="radiogroup" {
            legend class="label" { (field.label) (fields::optional_mark(words, field)) }
            div class=(class) { @for (index, choice) in choices.iter().enumerate() { (answer(field, index, choice, &face)) } }
            (fields::below(field))
        }
    }
}

fn answer(field: &Field, index: usize, choice: &Choice, face: &impl Fn(&Choice) -> Markup) -> Markup {
    let id = if index == 0 { field.id() } else { format!("{}-{}", field.id(), index + 1) };
    html! {
        label class="pick" {
            input type="radio" id=(id) name=(field.name) value=(choice.value) checked[choice.value == field.value];
            (face(choice))
        }
    }
}

/// Side by side in one box: 一般 / 急修 / 有人受困.
pub fn segments(words: &Words, field: &Field, choices: &[Choice]) -> Markup {
    group(words, field, "seg", choices, |choice| html! { span { (choice.label) } })
}

/// Rounded, wrapping: 厨房 卫生间 阳台.
pub fn chips(words: &Words, field: &Field, choices: &[Choice]) -> Markup {
    group(words, field, "row wrap", choices, |choice| html! { span class="chip" { (choice.label) } })
}

/// Big squares with a picture; the first question of a report.
pub fn tiles(words: &Words, field: &Field, choices: &[Choice]) -> Markup {
    group(words, field, "tiles", choices, |choice| {
        html! { span class="tile" { @if let Some(name) = choice.icon { (icon(name)) } (choice.label) } }
    })
}

/// One below the other, with a line of explanation each.
pub fn radio_cards(words: &Words, field: &Field, choices: &[Choice]) -> Markup {
    group(words, field, "stack", choices, |choice| {
        html! {
            span class="chip w-full fill loose" {
                span class="grow" { b { (choice.label) } @if let Some(detail) = &choice.detail { span class="small muted block" { (detail) } } }
            }
        }
    })
}

/// 合格 / 不行 in words, for gloved hands. The first choice is the good one.
pub fn yes_no(question: &str, field: &Field, yes: &Choice, no: &Choice) -> Markup {
    let big = |choice: &Choice, class: &str, id: String| {
        html! {
            label class="pick" {
                input type="radio" id=(id) name=(field.name) value=(choice.value) checked[choice.value == field.value];
                span class=(class) { (choice.label) }
            }
        }
    };
    html! {
        fieldset class="tick" role="radiogroup" aria-label=(question) {
            span { (question) }
            span class="pf" { (big(yes, "yes", field.id())) (big(no, "no", format!("{}-2", field.id()))) }
        }
    }
}
