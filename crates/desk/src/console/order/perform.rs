//! From what a form sent to the verb of its act.

use kernel::{
    Checks, Error, FieldError, PartyId, Tx, categories,
    orders::{self, Correction, Done, Message, NewReporter, Noun, To},
    promises::Reason,
};
use values::Phone;

use super::{acts::Sent, model::Case};
use crate::console::intake;

pub async fn carry_out(tx: &mut Tx, case: &Case, noun: Noun, sent: &Sent) -> Result<Done, Error> {
    let id = case.order().id;
    match noun {
        Noun::Acceptance => orders::accept(tx, id).await,
        Noun::Answer => orders::answer(tx, id, &sent.text, sent.close == "on").await,
        Noun::Classification => correct(tx, case, sent, Some(sent.version)).await,
        Noun::Merge => merge(tx, case, sent).await,
        Noun::Assignment => orders::assign(tx, id, &To::Person(person(sent)?)).await,
        Noun::Transfer => orders::transfer(tx, id, person(sent)?, &sent.why).await,
        Noun::Taking => orders::take(tx, id).await,
        Noun::Arrival => orders::arrive(tx, id, None).await,
        Noun::Start => orders::start(tx, id).await,
        Noun::Suspension => orders::suspend(tx, id, reason(sent)?, &sent.text).await,
        Noun::Resumption => orders::resume(tx, id).await,
        Noun::Completion => {
            orders::complete(tx, id, &orders::Completion { result: sent.result.clone(), ..Default::default() }).await
        }
        Noun::Verdict => orders::verdict(tx, id, satisfied(sent)?, &sent.words).await,
        Noun::Closure => orders::close(tx, id, &sent.why).await,
        Noun::Reopening => orders::reopen(tx, id, &sent.why).await,
        Noun::Cancellation => orders::cancel(tx, id, &sent.why, true).await,
        Noun::Return => orders::return_order(tx, id, &sent.why).await,
        Noun::Chase => orders::chase(tx, id, &sent.text).await,
        Noun::Supervision => orders::supervise(tx, id, &sent.text).await,
        Noun::Messages => {
            orders::message(
                tx,
                id,
                &Message { visible: sent.visible == "on", text: sent.text.clone(), evidence: Vec::new() },
            )
            .await
        }
        _ => Err(Error::Missing),
    }
}

fn refuse<T>(field: &str, code: &'static str) -> Result<T, Error> {
    Err(Error::Invalid(vec![FieldError { field: field.into(), code, args: Vec::new() }]))
}

fn person(sent: &Sent) -> Result<PartyId, Error> {
    sent.to.parse().map_err(|_| Error::Invalid(vec![FieldError::new("to", "person_missing")]))
}

fn reason(sent: &Sent) -> Result<Reason, Error> {
    sent.reason.parse().map_err(|_| Error::Invalid(vec![FieldError::new("reason", "reason_choice")]))
}

fn satisfied(sent: &Sent) -> Result<bool, Error> {
    match sent.satisfied.as_str() {
        "yes" => Ok(true),
        "no" => Ok(false),
        _ => refuse("satisfied", "verdict_missing"),
    }
}

/// A number that was typed goes before one that was chosen.
async fn merge(tx: &mut Tx, case: &Case, sent: &Sent) -> Result<Done, Error> {
    let typed = Some(sent.number.trim()).filter(|number| !number.is_empty()).unwrap_or(sent.into.trim());
    if typed.is_empty() {
        return Err(Error::Invalid(vec![FieldError::new("number", "target_missing")]));
    }
    let order = case.order();
    let target = match orders::by_number(tx, order.site, typed).await {
        Err(Error::Missing) => return Err(Error::Invalid(vec![FieldError::new("number", "target_missing")])),
        found => found?,
    };
    orders::merge(tx, order.id, target).await
}

/// What the form of a correction changes; what it leaves as it was is not touched.
pub async fn correct(tx: &mut Tx, case: &Case, sent: &Sent, version: Option<i64>) -> Result<Done, Error> {
    let order = case.order();
    let kind = sent.kind.parse().ok();
    let all = categories::all(tx, order.site).await?;
    let category = intake::resolve(&all, &sent.category, kind)?.code.clone();
    let place = place(tx, case, sent).await?;
    let to = Correction {
        kind: kind.filter(|kind| *kind != order.kind),
        category: Some(category).filter(|code| *code != order.category),
        urgency: sent.urgency.parse().ok(),
        place: place.filter(|place| Some(*place) != order.place),
        reporter: reporter(case, sent)?,
        complex: None,
    };
    orders::classify(tx, order.id, &to, version).await
}

async fn place(tx: &mut Tx, case: &Case, sent: &Sent) -> Result<Option<kernel::PlaceId>, Error> {
    let typed = sent.place.trim();
    if typed.is_empty() || case.spot.as_ref().is_some_and(|spot| spot.code == typed) {
        return Ok(None);
    }
    let found = intake::store::spots(tx, case.order().site, typed).await?;
    let mut checks = Checks::default();
    match found.as_slice() {
        [] => checks.refuse("place", "place_unknown"),
        [_] => {}
        _ => checks.refuse("place", "place_several"),
    }
    checks.done()?;
    Ok(found.first().map(|spot| spot.id))
}

/// An empty phone stays as it is.
pub fn reporter(case: &Case, sent: &Sent) -> Result<Option<NewReporter>, Error> {
    let (order, name) = (case.order(), sent.name.trim());
    let phone = phone(&sent.phone)?;
    let same = phone.is_none() && (name.is_empty() || order.reporter_name.as_deref() == Some(name));
    if same {
        return Ok(None);
    }
    let renamed = !name.is_empty() && order.reporter_name.as_deref() != Some(name);
    Ok(Some(NewReporter {
        party: order.reporter.filter(|_| !renamed),
        name: if name.is_empty() { order.reporter_name.clone() } else { Some(name.to_string()) },
        phone: phone.or_else(|| order.reporter_phone.clone()),
        place: None,
    }))
}

pub fn phone(typed: &str) -> Result<Option<Phone>, Error> {
    match typed.trim() {
        "" => Ok(None),
        typed => typed.parse().map(Some).map_err(|_| Error::Invalid(vec![FieldError::new("phone", "phone_shape")])),
    }
}
