//! What a form's handler needs when a verb says no: the same form again, with everything that was typed.

use kernel::{Error, audit::hex};

use crate::{Ask, Verdict, parts::FormState};

impl Ask {
    /// A new idempotency key for a form that is about to be shown.
    pub fn fresh_key(&self) -> String {
        hex(&self.house().chance().bytes::<16>())
    }
    /// What was typed, with what is wrong beside each field. Errors: everything that no form can mend goes on as it is.
    pub fn mend(&self, error: Error) -> Result<FormState, Error> {
        let verdict = Verdict::of(&error);
        if !matches!(error, Error::Invalid(_) | Error::Refused(_)) || verdict.status.as_u16() == 400 {
            return Err(error);
        }
        let words = self.words();
        let mut problems: Vec<(String, String)> =
            verdict.fields.iter().map(|field| (field.field.clone(), Verdict::field_say(&words, field))).collect();
        if problems.is_empty() {
            problems.push(("form".to_string(), verdict.say(&words)));
        }
        Ok(FormState::typed(self.pairs()?).refused(problems))
    }
}
