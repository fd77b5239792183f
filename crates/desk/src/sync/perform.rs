//! From the verb of an operation to the verb of an order.

use kernel::{
    Error, FieldError, SiteId, Tx,
    orders::{self, Channel, Completion, Message, NewReport, NewReporter, Order},
    sites,
};
use values::Id;

use super::{Operation, fields::Fields};
use crate::api::typed_place;

/// The site and the present version, when the order has moved on since the phone saw it. Errors: `Missing`.
pub async fn moved_on(tx: &mut Tx, operation: &Operation) -> Result<Option<(SiteId, i64)>, Error> {
    let (Some(subject), Some(base)) = (operation.subject, operation.base_version) else { return Ok(None) };
    let order = orders::load(tx, Id::<Order>::from_uuid(subject)).await?.order;
    Ok((order.version != base).then_some((order.site, order.version)))
}

/// Errors: those of the verb; `verb_unknown`.
pub async fn perform(tx: &mut Tx, operation: &Operation) -> Result<(), Error> {
    let fields = Fields(&operation.fields);
    if operation.verb == "report" {
        return report(tx, operation, &fields).await;
    }
    let id: Id<Order> = Id::from_uuid(operation.subject.ok_or(Error::Missing)?);
    let device_at = Some(operation.device_time);
    match operation.verb.as_str() {
        "acceptance" => orders::accept(tx, id).await?,
        "grab" => orders::grab(tx, id).await?,
        "taking" => orders::take(tx, id).await?,
        "arrival" => orders::arrive(tx, id, device_at).await?,
        "start" => orders::start(tx, id).await?,
        "suspension" => orders::suspend(tx, id, fields.read("reason")?, &fields.text("note")).await?,
        "resumption" => orders::resume(tx, id).await?,
        "completion" => orders::complete(tx, id, &completion(operation, &fields)?).await?,
        "transfer" => orders::transfer(tx, id, fields.read("person")?, &fields.text("reason")).await?,
        "return" => orders::return_order(tx, id, &fields.text("reason")).await?,
        "message" | "messages" => orders::message(tx, id, &message(&fields)?).await?,
        _ => return Err(Error::Invalid(vec![FieldError::new("verb", "verb_unknown")])),
    };
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

/// A steward reports on behalf of somebody.
async fn report(tx: &mut Tx, operation: &Operation, fields: &Fields<'_>) -> Result<(), Error> {
    let site = sites::by_code(tx, &fields.text("site")).await?;
    let place = match fields.optional("place") {
        Some(code) => Some(typed_place(tx, site.id, "place", &code).await?),
        None => None,
    };
    let new = NewReport {
        site: site.id,
        kind: fields.read("kind")?,
        category: fields.text("category"),
        urgency: fields.read_optional("urgency")?,
        place,
        channel: fields.read_optional("channel")?.unwrap_or(Channel::Steward),
        text: fields.text("text"),
        reporter: NewReporter {
            party: fields.read_optional("party")?,
            name: fields.optional("name"),
            phone: fields.read_optional("phone")?,
        },
        entry_note: fields.optional("entry_note"),
        outage: None,
        evidence: fields.list("photos")?,
        device_at: Some(operation.device_time),
    };
    orders::report(tx, &new).await?;
    Ok(())
}
