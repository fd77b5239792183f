//! What several forms of this crate share: refusals beside their fields, what was typed, keys.

use kernel::{Checks, Error};
use values::Chance;
use web::{Ask, Verdict, View, parts::FormState};

/// The form with what is wrong beside each field.
pub fn refused(view: &View, state: FormState, error: &Error) -> FormState {
    let verdict = Verdict::of(error);
    if verdict.fields.is_empty() {
        return state.refused([("form".to_string(), verdict.say(&view.words))]);
    }
    state.refused(verdict.fields.iter().map(|field| (field.field.clone(), Verdict::field_say(&view.words, field))))
}

/// What a person typed, without passwords and tokens.
pub fn typed(ask: &Ask) -> Result<FormState, Error> {
    let secret = ["password", "again", "old", "csrf", "idempotency_key", "code"];
    Ok(FormState::typed(ask.pairs()?.into_iter().filter(|(name, _)| !secret.contains(&name.as_str()))))
}

/// An address with a query.
pub fn path(base: &str, query: &[(&str, &str)]) -> String {
    format!("{base}?{}", serde_urlencoded::to_string(query).unwrap_or_default())
}

/// A fresh idempotency key for a form.
pub fn once_key() -> String {
    kernel::audit::hex(&Chance::system().bytes::<16>())
}

/// The second typing catches the slip of the first.
pub fn same_twice(first: &str, second: &str) -> Result<(), Error> {
    let mut checks = Checks::default();
    if first != second {
        checks.refuse("again", "password_differs");
    }
    checks.done()
}
