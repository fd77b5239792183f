//! What a phone shows when somebody else was there meanwhile: how the order stands now, and who changed it when.

use kernel::{
    Error, RefusalKind,
    orders::{self, Order, OrderView},
};
use serde_json::{Value as Json, json};
use values::Id;
use web::{Ask, i18n::Words};

use super::Operation;

/// The order of an operation as its author may see it.
pub async fn subject(ask: &Ask, operation: &Operation) -> Result<Option<OrderView>, Error> {
    let Some(subject) = operation.subject else { return Ok(None) };
    let mut read = ask.read().await?;
    match orders::load(&mut read, Id::<Order>::from_uuid(subject)).await {
        Ok(case) => Ok(Some(case)),
        Err(Error::Missing) => Ok(None),
        Err(cause) => Err(cause),
    }
}

/// It was refused because the order moved on since the phone saw it: another state, or somebody else's hands.
pub fn moved(case: &OrderView, operation: &Operation, cause: &Error) -> bool {
    let about_state = match cause {
        Error::Refused(why) => why.kind() == RefusalKind::Conflict || why.code() == "not_yours",
        Error::Stale { .. } => true,
        _ => false,
    };
    about_state && operation.base_version.is_some_and(|base| base != case.order.version)
}

/// `这张工单已给了别人。赵强 08:52 改派给何翠；现在：已派单。`
pub fn message(ask: &Ask, case: &OrderView, why: &str) -> String {
    let words = ask.words();
    let state = state(&words, case);
    let given = case.thread.iter().rev().find(|entry| matches!(entry.act.as_str(), "assignment" | "transfer" | "grab"));
    let (Some(given), Some(who)) = (given, &case.assignee_name) else {
        return words.with("desk-sync-stands", &[("why", why.into()), ("state", state.into())]);
    };
    let time = web::i18n::Formats { words: words.clone(), zone: ask.zone(), now: ask.house().now() }.when(given.at);
    words.with(
        "desk-sync-given",
        &[
            ("why", why.into()),
            ("by", given.actor_name.as_str().into()),
            ("time", time.into()),
            ("who", who.as_str().into()),
            ("state", state.into()),
        ],
    )
}

/// The present version, under which "keep both" is sent again.
pub fn current(words: &Words, case: &OrderView) -> Json {
    json!({ "version": case.order.version, "fields": { "state": state(words, case), "assignee": case.assignee_name } })
}

fn state(words: &Words, case: &OrderView) -> String {
    words.say(&format!("desk-field-state-{}", case.state.as_str().replace('_', "-")))
}
