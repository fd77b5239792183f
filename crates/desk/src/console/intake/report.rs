use axum::response::Response;
use kernel::{
    Checks, Error, FieldError, PartyId, Tx, categories,
    orders::{self, Channel, Done, Kind, NewReport, NewReporter, Number, Urgency},
};
use serde::Deserialize;
use values::Phone;
use web::{Answer, Ask};

use super::{
    category::resolve,
    look::{Looked, look},
    refused,
};
use crate::console::{answers, paths};

/// The form as it is sent.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Sent {
    place: String,
    caller: String,
    name: String,
    phone: String,
    channel: String,
    kind: String,
    category: String,
    urgency: String,
    text: String,
    entry_note: String,
    answer: String,
    /// The number to merge into, or `none`.
    merge: String,
}

/// A form that can be saved, and what it becomes.
struct Ready {
    report: NewReport,
    answer: String,
    into: Option<Number>,
}

pub async fn save(ask: Ask) -> Answer {
    match saved(&ask).await {
        Ok(response) => Ok(response),
        Err(error) => refused(&ask, error).await,
    }
}

async fn saved(ask: &Ask) -> Result<Response, Error> {
    if let Some(done) = known(ask).await? {
        return Ok(web::see_other(&paths::order(&ask.site()?.code, done.number)));
    }
    let ready = ready(ask).await?;
    let site = ask.site()?;
    let (done, _) = web::once!(ask, tx => take(&mut tx, &ready).await?);
    let done: Done = done;
    let word = match (&ready.into, ready.answer.is_empty()) {
        (Some(_), _) => "desk-saved-merged",
        (None, false) => "desk-saved-closed",
        (None, true) => "desk-saved",
    };
    Ok(web::done(&paths::order(&site.code, done.number), &answers::said(ask, word, done.number)))
}

/// What this very form made before: a double click must not meet its own report as a duplicate.
async fn known(ask: &Ask) -> Result<Option<Done>, Error> {
    let Some(key) = ask.key()? else { return Ok(None) };
    let mut tx = ask.begin().await?;
    let known = tx.known(&key).await?;
    if known.is_some() {
        // What was found may still wait for its commit to reach the disk.
        tx.commit().await?;
    }
    Ok(known)
}

/// Takes the report in; answered at once it is closed, the same as another one it is merged.
async fn take(tx: &mut Tx, ready: &Ready) -> Result<Done, Error> {
    let done = orders::report(tx, &ready.report).await?;
    match ready.into {
        Some(number) => {
            let target = orders::by_number(tx, ready.report.site, &number.to_string()).await?;
            orders::merge(tx, done.id, target).await?;
            Ok(Done { number, ..done })
        }
        None if ready.answer.is_empty() => Ok(done),
        None => orders::answer(tx, done.id, &ready.answer, true).await,
    }
}

/// Reads the form against what is known. Errors: every field that must be mended, at once.
async fn ready(ask: &Ask) -> Result<Ready, Error> {
    let sent: Sent = ask.form()?;
    let (site, mut read) = (ask.site()?, ask.read().await?);
    let all = categories::all(&mut read, site.id).await?;
    let asked: Option<Kind> = sent.kind.parse().ok();
    let looked = look(&mut read, site, &all, &sent.place, &sent.category, asked).await?;
    let mut checks = Checks::default();
    let category = keep(&mut checks, resolve(&all, &sent.category, asked));
    check_place(&mut checks, &sent, &looked);
    if sent.text.trim().is_empty() {
        checks.refuse("text", "text_missing");
    }
    let phone = phone(&mut checks, &sent.phone);
    let into = decided(&mut checks, &sent.merge, &looked);
    checks.done()?;
    let category = category.ok_or(Error::Missing)?;
    let report = NewReport {
        site: site.id,
        kind: asked.or_else(|| category.kinds.first().copied()).unwrap_or(Kind::Repair),
        category: category.code.clone(),
        urgency: sent.urgency.parse::<Urgency>().ok(),
        place: looked.spot().map(|spot| spot.id),
        channel: sent.channel.parse().unwrap_or(Channel::Phone),
        text: sent.text.trim().to_string(),
        reporter: reporter(&sent, phone),
        entry_note: Some(sent.entry_note.trim().to_string()).filter(|note| !note.is_empty()),
        outage: looked.outage.as_ref().map(|outage| outage.id.uuid()),
        evidence: Vec::new(),
        device_at: None,
    };
    Ok(Ready { report, answer: sent.answer.trim().to_string(), into })
}

/// A value, or its complaint among the others.
fn keep<T>(checks: &mut Checks, value: Result<T, Error>) -> Option<T> {
    match value {
        Ok(value) => Some(value),
        Err(Error::Invalid(errors)) => {
            errors.into_iter().for_each(|error| checks.add(error));
            None
        }
        Err(_) => None,
    }
}

fn check_place(checks: &mut Checks, sent: &Sent, looked: &Looked) {
    match (sent.place.trim().is_empty(), looked.spots.len()) {
        (true, _) => checks.refuse("place", "place_missing"),
        (false, 0) => checks.refuse("place", "place_unknown"),
        (false, 1) => {}
        (false, _) => checks.refuse("place", "place_several"),
    }
}

fn phone(checks: &mut Checks, typed: &str) -> Option<Phone> {
    let typed = typed.trim();
    if typed.is_empty() {
        return None;
    }
    typed.parse().map_err(|_| checks.refuse("phone", "phone_shape")).ok()
}

/// T10: whoever sees the same report before decides whether it is the same.
fn decided(checks: &mut Checks, merge: &str, looked: &Looked) -> Option<Number> {
    match merge {
        "none" => None,
        "" if looked.duplicates.is_empty() => None,
        "" => {
            checks.add(FieldError::new("merge", "duplicate_undecided"));
            None
        }
        number => number.parse().ok(),
    }
}

/// Somebody of the home is chosen at first; a name that was typed is somebody else.
fn reporter(sent: &Sent, phone: Option<Phone>) -> NewReporter {
    let name = Some(sent.name.trim().to_string()).filter(|name| !name.is_empty());
    let party: Option<PartyId> = sent.caller.parse().ok();
    NewReporter { party: party.filter(|_| name.is_none()), name, phone, place: None }
}
