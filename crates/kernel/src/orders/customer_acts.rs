//! Acts of those who reported, and messages between both sides.

use serde_json::json;
use values::{Id, Moment};

use super::{
    Act, Noun, Order,
    held::{Done, checked, hold},
    rules::verdict_due,
    tell::{self, Note},
    thread::Say,
};
use crate::{
    Error, FieldError, PartyId, Tx,
    evidence::{self, Evidence},
    promises::Level,
};

const MOST_TEXT: usize = 2_000;

/// 验收: satisfied closes the order, unsatisfied sends the work back.
pub async fn verdict(tx: &mut Tx, id: Id<Order>, satisfied: bool, words: &str) -> Result<Done, Error> {
    let words = checked("text", words, MOST_TEXT)?;
    let mut held = hold(tx, id).await?;
    held.decide(tx, &Act::Verdict { satisfied })?;
    held.order.satisfied = Some(satisfied);
    held.order.verdict_words = Some(words.clone()).filter(|words| !words.is_empty());
    if satisfied {
        held.order.verdict = Some(tx.now());
        held.order.verdict_by = Some("customer".into());
    }
    held.finish(tx, Noun::Verdict, Say::visible("verdict").body(&words).data(json!({ "satisfied": satisfied }))).await
}

/// 72 hours after completion the order verifies itself, marked `by_time`. Only the program calls it. The verdict carries the
/// end of the 72 hours, never the moment of a timer that came late: a program that was down must not make a promise late.
pub async fn verdict_by_time(tx: &mut Tx, id: Id<Order>) -> Result<Done, Error> {
    let mut held = hold(tx, id).await?;
    let at = verdict_due(&held.order.progress()).map_or(tx.now(), |due| due.min(tx.now()));
    held.decide_at(tx, &Act::VerdictByTime, at)?;
    held.order.verdict = Some(at);
    held.order.verdict_by = Some("time".into());
    held.finish(tx, Noun::Verdict, Say::visible("verdict").data(json!({ "by_time": true }))).await
}

/// 评价, one to five stars; each reporter has their own, the order shows the first reporter's.
pub async fn rate(tx: &mut Tx, id: Id<Order>, stars: i64, words: &str) -> Result<Done, Error> {
    let words = checked("text", words, MOST_TEXT)?;
    if !(1..=5).contains(&stars) {
        return Err(Error::Invalid(vec![FieldError::new("stars", "stars_range")]));
    }
    let mut held = hold(tx, id).await?;
    held.decide(tx, &Act::Rating)?;
    let party = tx.caller().party();
    let sql = "UPDATE reporters SET stars = $3 WHERE order_id = $1 AND party = $2 AND {scope}";
    tx.run(sql, (id, party, stars)).await?;
    if held.order.stars.is_none() || held.order.reporter == party {
        held.order.stars = Some(stars);
    }
    held.finish(tx, Noun::Rating, Say::visible("rating").body(&words).data(json!({ "stars": stars }))).await
}

/// 催办
pub async fn chase(tx: &mut Tx, id: Id<Order>, words: &str) -> Result<Done, Error> {
    let words = checked("text", words, MOST_TEXT)?;
    let mut held = hold(tx, id).await?;
    held.decide(tx, &Act::Chase)?;
    held.order.chased += 1;
    let people: Vec<PartyId> = tell::called(tx, &held.order, Level::Reminder).await?;
    tell::tell(tx, &Note { subject: "order_chased", order: &held.order, detail: None, weight: "must" }, &people)
        .await?;
    held.finish(tx, Noun::Chase, Say::visible("chase").body(&words)).await
}

/// A message in the thread.
#[derive(Debug, Clone, Default)]
pub struct Message {
    /// The customer sees it; what a customer writes is always visible.
    pub visible: bool,
    pub text: String,
    pub evidence: Vec<Id<Evidence>>,
}

/// Says something. The first visible word of staff is the first reply (CSV-20). Errors: `text_missing`.
pub async fn message(tx: &mut Tx, id: Id<Order>, message: &Message) -> Result<Done, Error> {
    message_of_device(tx, id, message, None).await
}

/// As `message`, written on a phone at this time of its clock.
pub async fn message_of_device(
    tx: &mut Tx,
    id: Id<Order>,
    message: &Message,
    device_at: Option<Moment>,
) -> Result<Done, Error> {
    let text = checked("text", &message.text, MOST_TEXT)?;
    if text.is_empty() && message.evidence.is_empty() {
        return Err(Error::Invalid(vec![FieldError::new("text", "text_missing")]));
    }
    let mut held = hold(tx, id).await?;
    held.decide(tx, &Act::Message)?;
    let by_customer = tx.caller().is_resident();
    let visible = message.visible || by_customer;
    evidence::attach(tx, held.order.site, id.uuid(), &message.evidence, visible).await?;
    if visible && !by_customer && held.order.state().is_open() {
        held.order.replied.get_or_insert(tx.now());
        let people = tell::reporters(tx, id).await?;
        tell::tell(tx, &Note { subject: "order_message", order: &held.order, detail: None, weight: "see" }, &people)
            .await?;
    }
    let line = if visible { Say::visible("message") } else { Say::internal("message") };
    let line = line.body(&text).data(json!({ "evidence": message.evidence })).device(device_at);
    held.finish(tx, Noun::Messages, line).await
}
