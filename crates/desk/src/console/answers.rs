//! How the console's forms answer: keys for doing things once, refusals beside their fields with everything typed kept.

use kernel::{Error, orders::Number};
use values::Id;
use web::{Ask, Verdict, View, parts::FormState};

/// Marks the random part of an idempotency key.
struct Key;

/// A fresh idempotency key for a form.
pub fn once(ask: &Ask) -> String {
    Id::<Key>::fresh(ask.house().now(), ask.house().chance()).to_string()
}

/// The form as it was sent, with what is wrong in it. A refusal that names no field is put at `field`. Errors: whatever
/// no form can mend.
pub fn refused_at(ask: &Ask, view: &View, error: Error, field: &str) -> Result<FormState, Error> {
    if !matches!(error, Error::Invalid(_) | Error::Refused(_)) {
        return Err(error);
    }
    let verdict = Verdict::of(&error);
    let mut mends: Vec<(String, String)> =
        verdict.fields.iter().map(|wrong| (wrong.field.clone(), Verdict::field_say(&view.words, wrong))).collect();
    if mends.is_empty() {
        mends.push((field.to_string(), verdict.say(&view.words)));
    }
    Ok(FormState::typed(ask.pairs()?).refused(mends))
}

/// As `refused_at`, for forms of one field.
pub fn refused(ask: &Ask, view: &View, error: Error) -> Result<FormState, Error> {
    refused_at(ask, view, error, "name")
}

/// What was done to an order, said once on the next page.
pub fn said(ask: &Ask, key: &str, number: Number) -> String {
    let today = ask.zone().day(ask.house().now());
    ask.words().with(key, &[("number", number.on_screen(today).into())])
}
