//! From the verb of an operation to the verb of an order.

use kernel::{
    Error, FieldError, SiteId, Tx,
    evidence::Evidence,
    orders::{self, Completion, Message, Number, Order},
    promises::Reason,
};
use serde_json::{Value as Json, json};
use values::Id;
use web::i18n::Words;

use super::{Operation, fields::Fields};
use crate::field::Sent;

/// The site and the present version, when the order has moved on since the phone saw it. Errors: `Missing`.
pub async fn moved_on(tx: &mut Tx, operation: &Operation) -> Result<Option<(SiteId, i64)>, Error> {
    let (Some(subject), Some(base)) = (operation.subject, operation.base_version) else { return Ok(None) };
    if operation.verb == "report" {
        return Ok(None);
    }
    let order = orders::load(tx, Id::<Order>::from_uuid(subject)).await?.order;
    Ok((order.version != base).then_some((order.site, order.version)))
}

/// The number of a new order. Errors: those of the verb; `verb_unknown`.
pub async fn perform(tx: &mut Tx, operation: &Operation, words: &Words) -> Result<Option<Number>, Error> {
    let fields = Fields(&operation.fields);
    if operation.verb == "report" {
        return report(tx, operation, &fields).await.map(Some);
    }
    let id: Id<Order> = Id::from_uuid(operation.subject.ok_or(Error::Missing)?);
    if fields.is_set("keep_both") {
        beside(tx, id, operation, words).await?;
    } else {
        act(tx, id, operation, &fields).await?;
    }
    Ok(None)
}

async fn act(tx: &mut Tx, id: Id<Order>, operation: &Operation, fields: &Fields<'_>) -> Result<(), Error> {
    let device_at = Some(operation.device_time);
    match operation.verb.as_str() {
        "acceptance" => orders::accept(tx, id).await?,
        "grab" => orders::grab(tx, id).await?,
        "taking" => orders::take(tx, id).await?,
        "arrival" => orders::arrive(tx, id, device_at).await?,
        "start" => orders::start(tx, id).await?,
        "suspension" => orders::suspend(tx, id, fields.read("reason")?, &fields.text("note")).await?,
        "resumption" => orders::resume(tx, id).await?,
        "completion" => orders::complete(tx, id, &completion(operation, fields)?).await?,
        "transfer" => orders::transfer(tx, id, fields.read("person")?, &fields.text("reason")).await?,
        "return" => orders::return_order(tx, id, &fields.text("reason")).await?,
        "message" | "messages" => orders::message_of_device(tx, id, &message(fields)?, device_at).await?,
        _ => return Err(Error::Invalid(vec![FieldError::new("verb", "verb_unknown")])),
    };
    Ok(())
}

/// Both are kept: what was done stands in the thread with its words, pictures and the device's time, beside the work of
/// the one who has the order now.
async fn beside(tx: &mut Tx, id: Id<Order>, operation: &Operation, words: &Words) -> Result<(), Error> {
    const ACTS: [&str; 8] = ["grab", "taking", "arrival", "start", "suspension", "resumption", "completion", "return"];
    let fields = Fields(&operation.fields);
    let verb = operation.verb.as_str();
    if !ACTS.contains(&verb) {
        return Err(Error::Invalid(vec![FieldError::new("verb", "verb_unknown")]));
    }
    let did = words.say(&format!("desk-field-do-{verb}"));
    let reason = match verb {
        "suspension" => {
            words.say(&format!("desk-field-reason-{}", fields.read::<Reason>("reason")?.as_str().replace('_', "-")))
        }
        _ => fields.text("reason"),
    };
    let said = [fields.text("result"), reason, fields.text("note")].join(" ");
    let text = words.with("desk-sync-beside", &[("act", did.into()), ("said", said.trim().into())]);
    let mut evidence: Vec<Id<Evidence>> = fields.list("photos")?;
    evidence.extend(fields.read_optional::<Id<Evidence>>("signature")?);
    let message = Message { visible: false, text, evidence };
    orders::message_of_device(tx, id, &message, Some(operation.device_time)).await?;
    let site = orders::load(tx, id).await?.order.site;
    let after = json!({ "verb": verb, "version": operation.base_version });
    tx.note(site, "operation.kept_both", format!("operation/{}", operation.op_id), Json::Null, after);
    Ok(())
}

fn completion(operation: &Operation, fields: &Fields<'_>) -> Result<Completion, Error> {
    Ok(Completion {
        result: fields.text("result"),
        photos: fields.list("photos")?,
        signature: fields.read_optional("signature")?,
        device_at: Some(operation.device_time),
    })
}

fn message(fields: &Fields<'_>) -> Result<Message, Error> {
    Ok(Message { visible: fields.is_set("visible"), text: fields.text("text"), evidence: fields.list("photos")? })
}

/// What somebody saw, or reports on behalf of another; with the id that the phone made, so that later acts can name it.
async fn report(tx: &mut Tx, operation: &Operation, fields: &Fields<'_>) -> Result<Number, Error> {
    let sent = Sent {
        site: fields.text("site"),
        place: fields.text("place"),
        kind: fields.text("kind"),
        category: fields.text("category"),
        text: fields.text("text"),
        urgent: fields.is_set("urgent"),
        name: fields.text("name"),
        phone: fields.text("phone"),
        entry_note: fields.text("entry_note"),
        photos: fields.list("photos")?,
    };
    let new = sent.new_report(tx, Some(operation.device_time)).await?;
    let id = operation.subject.map_or_else(|| tx.id(), Id::from_uuid);
    Ok(orders::report_as(tx, id, &new).await?.number)
}
