//! Single fields: label above, hint below, unit inside the box, error beside the field.

use maud::{Markup, html};

use crate::i18n::Words;

/// One field of a form. `FormState::field` fills in what was typed and what is wrong.
#[derive(Clone, Debug, Default)]
pub struct Field {
    pub name: &'static str,
    pub label: String,
    pub value: String,
    pub error: Option<String>,
    pub hint: Option<String>,
    pub placeholder: Option<String>,
    /// Inside the box at the right: 元/m²·月.
    pub unit: Option<String>,
    /// How many characters to expect: the width tells it. One of 4, 8, 11, 20, 40.
    pub length: Option<u8>,
    /// The browser's `autocomplete` word, such as `name` or `tel`.
    pub autocomplete: Option<&'static str>,
    pub optional: bool,
    pub autofocus: bool,
    /// Never kept as a draft.
    pub secret: bool,
    pub rows: u8,
}

impl Field {
    pub fn new(name: &'static str, label: impl Into<String>) -> Self {
        Self { name, label: label.into(), rows: 3, ..Self::default() }
    }
    #[must_use]
    pub fn value(self, value: impl Into<String>) -> Self {
        Self { value: value.into(), ..self }
    }
    #[must_use]
    pub fn error(self, error: Option<String>) -> Self {
        Self { error, ..self }
    }
    #[must_use]
    pub fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }
    #[must_use]
    pub fn placeholder(self, text: impl Into<String>) -> Self {
        Self { placeholder: Some(text.into()), ..self }
    }
    #[must_use]
    pub fn unit(self, unit: impl Into<String>) -> Self {
        Self { unit: Some(unit.into()), ..self }
    }
    #[must_use]
    pub fn length(self, characters: u8) -> Self {
        Self { length: Some(characters), ..self }
    }
    #[must_use]
    pub fn autocomplete(self, word: &'static str) -> Self {
        Self { autocomplete: Some(word), ..self }
    }
    /// 可不填.
    #[must_use]
    pub fn optional(self) -> Self {
        Self { optional: true, ..self }
    }
    #[must_use]
    pub fn autofocus(self) -> Self {
        Self { autofocus: true, ..self }
    }
    #[must_use]
    pub fn secret(self) -> Self {
        Self { secret: true, ..self }
    }
    #[must_use]
    pub fn rows(self, rows: u8) -> Self {
        Self { rows, ..self }
    }

    pub(super) fn id(&self) -> String {
        format!("f-{}", self.name)
    }

    /// The ids of hint and error, for `aria-describedby`.
    pub(super) fn described(&self) -> Option<String> {
        let ids: Vec<String> = [(self.hint.is_some(), "hint"), (self.error.is_some(), "error")]
            .into_iter()
            .filter(|(shown, _)| *shown)
            .map(|(_, part)| format!("{}-{part}", self.id()))
            .collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }

    pub(super) fn invalid(&self) -> Option<&'static str> {
        self.error.is_some().then_some("true")
    }

    fn length_class(&self) -> Option<String> {
        self.length.map(|length| format!("len-{length}"))
    }
}

/// Label, the control, hint and error.
pub(super) fn frame(words: &Words, field: &Field, control: Markup) -> Markup {
    html! {
        div class="field-f" {
            label class="label" for=(field.id()) { (field.label) (optional_mark(words, field)) }
            div class=[field.length_class()] { (control) }
            (below(field))
        }
    }
}

pub(super) fn optional_mark(words: &Words, field: &Field) -> Markup {
    html! { @if field.optional { small { (words.say("form-optional")) } } }
}

pub(super) fn below(field: &Field) -> Markup {
    html! {
        @if let Some(hint) = &field.hint { p class="hint" id={ (field.id()) "-hint" } { (hint) } }
        @if let Some(error) = &field.error { p class="error" id={ (field.id()) "-error" } { (error) } }
    }
}

struct Kind {
    input: &'static str,
    mode: Option<&'static str>,
    list: Option<String>,
}

fn input(words: &Words, field: &Field, kind: &Kind) -> Markup {
    let control = html! {
        input class="input" type=(kind.input) id=(field.id()) name=(field.name) value=[(kind.input != "password").then_some(&field.value)]
            inputmode=[kind.mode] list=[kind.list.as_ref()] placeholder=[field.placeholder.as_ref()]
            autocomplete=(field.autocomplete.unwrap_or("off")) autofocus[field.autofocus] data-secret[field.secret]
            required[!field.optional] aria-invalid=[field.invalid()] aria-describedby=[field.described()];
    };
    frame(words, field, with_unit(field, control))
}

fn with_unit(field: &Field, control: Markup) -> Markup {
    html! {
        @if let Some(unit) = &field.unit { span class="affix" { (control) span { (unit) } } } @else { (control) }
    }
}

/// One line of text.
pub fn text(words: &Words, field: &Field) -> Markup {
    input(words, field, &Kind { input: "text", mode: None, list: None })
}

/// A number, typed freely (`1,234.5`); never a spinner, whose wheel changes amounts unseen.
pub fn number(words: &Words, field: &Field) -> Markup {
    input(words, field, &Kind { input: "text", mode: Some("decimal"), list: None })
}

/// A phone: spaces and landlines are welcome.
pub fn phone(words: &Words, field: &Field) -> Markup {
    input(words, field, &Kind { input: "tel", mode: Some("tel"), list: None })
}

pub fn date(words: &Words, field: &Field) -> Markup {
    input(words, field, &Kind { input: "date", mode: None, list: None })
}

pub fn time(words: &Words, field: &Field) -> Markup {
    input(words, field, &Kind { input: "time", mode: None, list: None })
}

/// A password is never shown again, not even to who typed it.
pub fn password(words: &Words, field: &Field) -> Markup {
    input(words, field, &Kind { input: "password", mode: None, list: None })
}

/// Free text with proposals.
pub fn combobox(words: &Words, field: &Field, proposals: &[String]) -> Markup {
    let list = format!("{}-list", field.id());
    html! {
        (input(words, field, &Kind { input: "text", mode: None, list: Some(list.clone()) }))
        datalist id=(list) { @for proposal in proposals { option value=(proposal) {} } }
    }
}

/// As `combobox`; each proposal has other words beside it by which browsers find it too, such as pinyin.
pub fn combobox_labelled(words: &Words, field: &Field, proposals: &[(String, String)]) -> Markup {
    let list = format!("{}-list", field.id());
    html! {
        (input(words, field, &Kind { input: "text", mode: None, list: Some(list.clone()) }))
        datalist id=(list) { @for (value, label) in proposals { option value=(value) label=(label) {} } }
    }
}

pub fn text_area(words: &Words, field: &Field) -> Markup {
    let control = html! {
        textarea class="input" id=(field.id()) name=(field.name) rows=(field.rows) placeholder=[field.placeholder.as_ref()] autofocus[field.autofocus]
            required[!field.optional] data-secret[field.secret] aria-invalid=[field.invalid()] aria-describedby=[field.described()] { (field.value) }
    };
    frame(words, field, control)
}

/// One of (value, label) pairs.
pub fn select(words: &Words, field: &Field, options: &[(String, String)]) -> Markup {
    let control = html! {
        select class="input" id=(field.id()) name=(field.name) required[!field.optional] aria-invalid=[field.invalid()] aria-describedby=[field.described()] {
            @for (value, label) in options { option value=(value) selected[*value == field.value] { (label) } }
        }
    };
    frame(words, field, control)
}

/// A yes that is sent as `name=on`; ticked when the value is `on`.
pub fn checkbox(field: &Field) -> Markup {
    html! {
        div class="field-f" {
            label class="boxed" {
                input class="check" type="checkbox" id=(field.id()) name=(field.name) value="on" checked[field.value == "on"] aria-invalid=[field.invalid()] aria-describedby=[field.described()];
                span { (field.label) }
            }
            (below(field))
        }
    }
}
