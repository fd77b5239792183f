//! Forms as a whole: the hidden fields each one carries, what was typed and what is wrong with it.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::Field;
use crate::{
    i18n::Words,
    look::{CSRF_FIELD, ONCE_FIELD, VERSION_FIELD, View},
};

/// The name under which a problem concerns the form as a whole, not one field.
const WHOLE_FORM: &str = "form";

/// One thing to mend: what is wrong, how to mend it, an example — in the reader's language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mend {
    /// The name of the field.
    pub field: String,
    pub text: String,
}

/// What was typed and what is wrong with it; an untouched form is `FormState::default()`.
#[derive(Clone, Debug, Default)]
pub struct FormState {
    values: BTreeMap<String, String>,
    problems: Vec<Mend>,
}

impl FormState {
    /// The form as a person sent it, so that nothing typed is lost.
    pub fn typed(values: impl IntoIterator<Item = (String, String)>) -> Self {
        Self { values: values.into_iter().collect(), problems: Vec::new() }
    }

    /// Sets what a field shows at first.
    #[must_use]
    pub fn value(mut self, field: &str, value: impl Into<String>) -> Self {
        self.values.insert(field.to_owned(), value.into());
        self
    }

    pub fn wrong(&mut self, field: &str, text: impl Into<String>) {
        self.problems.push(Mend { field: field.to_owned(), text: text.into() });
    }

    /// Everything a refusal names: (field, text) pairs.
    #[must_use]
    pub fn refused(mut self, fields: impl IntoIterator<Item = (String, String)>) -> Self {
        self.problems.extend(fields.into_iter().map(|(field, text)| Mend { field, text }));
        self
    }

    pub fn problems(&self) -> &[Mend] {
        &self.problems
    }

    pub fn get(&self, field: &str) -> &str {
        self.values.get(field).map_or("", String::as_str)
    }

    /// The field with what was typed into it and what is wrong with it.
    pub fn field(&self, name: &'static str, label: impl Into<String>) -> Field {
        let problem = self.problems.iter().find(|problem| problem.field == name);
        Field::new(name, label).value(self.get(name)).error(problem.map(|problem| problem.text.clone()))
    }
}

/// The forgery token of the session.
pub fn csrf(view: &View) -> Markup {
    html! { @if !view.csrf.is_empty() { input type="hidden" name=(CSRF_FIELD) value=(view.csrf); } }
}

/// The idempotency key: a double click or a retry does the act once.
pub fn once(key: &str) -> Markup {
    html! { input type="hidden" name=(ONCE_FIELD) value=(key); }
}

/// The version a person saw; a later one means that somebody saved meanwhile.
pub fn version(version: i64) -> Markup {
    html! { input type="hidden" name=(VERSION_FIELD) value=(version); }
}

/// A form that changes something, with its tokens, the summary of errors above and `fields` inside.
pub fn post_form(view: &View, action: &str, once_key: &str, state: &FormState, fields: Markup) -> Markup {
    html! {
        form method="post" action=(action) novalidate data-main {
            (error_summary(&view.words, state.problems()))
            (csrf(view)) (once(once_key))
            (fields)
        }
    }
}

/// "有 2 处要改", each a link to its field. The script puts the focus here.
pub fn error_summary(words: &Words, problems: &[Mend]) -> Markup {
    html! {
        @if !problems.is_empty() {
            div class="errors mb-4" role="alert" tabindex="-1" autofocus {
                b { (words.with("form-problems", &[("n", problems.len().into())])) }
                ul { @for problem in problems { li { (mend(problem)) } } }
            }
        }
    }
}

fn mend(mend: &Mend) -> Markup {
    html! {
        @if mend.field == WHOLE_FORM { span { (mend.text) } } @else { a href={ "#f-" (mend.field) } { (mend.text) } }
    }
}
