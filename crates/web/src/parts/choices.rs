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
    /// Shown with its reason, but not to be chosen; cards only.
    pub barred: bool,
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
    pub fn barred(self) -> Self {
        Self { barred: true, ..self }
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
    html! { label class="pick" { (radio(field, index, choice, None)) (face(choice)) } }
}

/// The first answer carries the field's id.
fn radio(field: &Field, index: usize, choice: &Choice, class: Option<&str>) -> Markup {
    let id = if index == 0 { field.id() } else { format!("{}-{}", field.id(), index + 1) };
    html! { input class=[class] type="radio" id=(id) name=(field.name) value=(choice.value) checked[choice.value == field.value] disabled[choice.barred]; }
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

/// One below the other in boxes, with a line of explanation each.
pub fn radio_cards(words: &Words, field: &Field, choices: &[Choice]) -> Markup {
    html! {
        fieldset class="field-f" aria-describedby=[field.described()] aria-invalid=[field.invalid()] role="radiogroup" {
            legend class="label" { (field.label) (fields::optional_mark(words, field)) }
            div class="stack" { @for (index, choice) in choices.iter().enumerate() { (card(field, index, choice)) } }
            (fields::below(field))
        }
    }
}

/// Answers that belong together; folded ones wait behind their heading.
pub struct Group<'a> {
    pub heading: &'a str,
    pub choices: &'a [Choice],
    pub folded: bool,
}

/// As `radio_cards`, in groups: one question, and one answer of all of them. A chosen answer is never folded away.
pub fn grouped_cards(words: &Words, field: &Field, groups: &[Group<'_>]) -> Markup {
    let before = |at: usize| groups[..at].iter().map(|group| group.choices.len()).sum::<usize>();
    html! {
        fieldset class="field-f" aria-describedby=[field.described()] aria-invalid=[field.invalid()] role="radiogroup" {
            legend class="label" { (field.label) (fields::optional_mark(words, field)) }
            @for (at, group) in groups.iter().enumerate().filter(|(_, group)| !group.choices.is_empty()) {
                (grouped(field, group, before(at)))
            }
            (fields::below(field))
        }
    }
}

fn grouped(field: &Field, group: &Group<'_>, first: usize) -> Markup {
    let chosen = group.choices.iter().any(|choice| choice.value == field.value);
    let cards = html! { div class="stack" { @for (index, choice) in group.choices.iter().enumerate() { (card(field, first + index, choice)) } } };
    html! {
        @if group.folded {
            details class="mt-3" open[chosen] { summary class="small" { (group.heading) } div class="mt-2" { (cards) } }
        } @else { p class="small muted mt-2 mb-2" { (group.heading) } (cards) }
    }
}

fn card(field: &Field, index: usize, choice: &Choice) -> Markup {
    html! {
        label class="card row p-3" {
            (radio(field, index, choice, Some("check")))
            span class="grow" { b { (choice.label) } @if let Some(detail) = &choice.detail { span class="small muted block" { (detail) } } }
        }
    }
}

/// 合格 / 不行 in words, for gloved hands. The first choice is the good one.
pub fn yes_no(question: &str, field: &Field, yes: &Choice, no: &Choice) -> Markup {
    let big = |index: usize, choice: &Choice, class: &str| {
        html! { label class="pick" { (radio(field, index, choice, None)) span class=(class) { (choice.label) } } }
    };
    html! {
        fieldset class="tick" role="radiogroup" aria-label=(question) {
            span { (question) }
            span class="pf" { (big(0, yes, "yes")) (big(1, no, "no")) }
        }
    }
}
