//! What somebody does to an order from its page: the form of an act, and the act.

use axum::http::StatusCode;
use kernel::{
    Checks, Error, FieldError, PartyId, Read, Right, Tx, categories,
    orders::{self, Correction, Done, Message, NewReporter, Noun, To},
    promises::Reason,
};
use serde::Deserialize;
use values::Phone;
use web::{Answer, Ask, Verdict, html, parts::FormState};

use super::{
    conflict,
    forms::{self, Extra, Frame},
    load,
    model::Case,
    preview,
};
use crate::console::{answers, intake, paths, words};

/// Every field that a form of an act may send.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Sent {
    pub version: i64,
    pub text: String,
    pub close: String,
    pub visible: String,
    pub to: String,
    pub why: String,
    pub reason: String,
    pub into: String,
    pub number: String,
    pub kind: String,
    pub category: String,
    pub urgency: String,
    pub place: String,
    pub name: String,
    pub phone: String,
    pub result: String,
    pub satisfied: String,
    pub words: String,
}

/// The act of an address: its last part.
fn noun(ask: &Ask) -> Result<Noun, Error> {
    ask.uri.path().rsplit('/').next().and_then(|word| word.parse().ok()).ok_or(Error::Missing)
}

/// The page that asks for what the act needs. For a correction with its fields in the address it shows what would change.
pub async fn form(ask: Ask) -> Answer {
    let (noun, case) = (noun(&ask)?, load::case(&ask).await?);
    if !case.may(noun) {
        return Ok(web::see_other(&paths::order(&ask.site()?.code, case.order().number)));
    }
    if noun == Noun::Classification && !ask.query_text().is_empty() {
        return preview_page(&ask, &case).await;
    }
    let view = ask.view().await?;
    show(&ask, &case, noun, first_state(&view, &case, noun), Vec::new(), StatusCode::OK).await
}

async fn preview_page(ask: &Ask, case: &Case) -> Answer {
    let sent: Sent = ask.query()?;
    let state = FormState::typed(ask.query::<Vec<(String, String)>>()?);
    match preview::changes(ask, case, &sent).await {
        Ok(changes) => show(ask, case, Noun::Classification, state, changes, StatusCode::OK).await,
        Err(error) => {
            let view = ask.view().await?;
            let mends = mends(&view, error, "kind")?;
            show(ask, case, Noun::Classification, state.refused(mends), Vec::new(), StatusCode::UNPROCESSABLE_ENTITY)
                .await
        }
    }
}

/// What an untouched form shows.
fn first_state(view: &web::View, case: &Case, noun: Noun) -> FormState {
    let (state, order) = (FormState::default(), case.order());
    match noun {
        Noun::Classification => state
            .value("kind", order.kind.as_str())
            .value("category", words::category(view, &case.view.category.zh, &case.view.category.en))
            .value("urgency", order.urgency.as_str())
            .value("place", case.spot.as_ref().map_or("", |spot| &spot.code))
            .value("name", order.reporter_name.as_deref().unwrap_or_default()),
        _ => state,
    }
}

async fn show(
    ask: &Ask,
    case: &Case,
    noun: Noun,
    state: FormState,
    changes: Vec<preview::Change>,
    status: StatusCode,
) -> Answer {
    let (site, view) = (ask.site()?, ask.view().await?);
    let mut extra = Extra { changes, ..extra(ask, &view, case, noun).await? };
    extra.certificate = extra.certificate.filter(|_| !extra.candidates.is_empty());
    Ok(html(status, forms::act(&Frame { view: &view, site, case, once: &answers::once(ask) }, noun, &extra, &state)))
}

async fn extra(ask: &Ask, view: &web::View, case: &Case, noun: Noun) -> Result<Extra, Error> {
    let (site, mut read) = (ask.site()?, ask.read().await?);
    Ok(match noun {
        Noun::Assignment | Noun::Transfer => Extra {
            candidates: load::candidates(&mut read, view, site, case).await?,
            certificate: case
                .view
                .category
                .certificate
                .as_ref()
                .map(|word| certificate(view, word, case.view.category.trade.as_deref())),
            ..Extra::default()
        },
        Noun::Merge => Extra { targets: targets(&mut read, site, case).await?, ..Extra::default() },
        Noun::Classification => Extra { categories: categories::all(&mut read, site.id).await?, ..Extra::default() },
        _ => Extra::default(),
    })
}

/// The name of a certificate, with its trade.
fn certificate(view: &web::View, word: &str, trade: Option<&str>) -> String {
    let name = view.words.find(&format!("desk-{}", word.to_lowercase())).unwrap_or_else(|| word.to_string());
    let trade = trade.and_then(|trade| view.words.find(&format!("desk-trade-{}", trade.replace('_', "-"))));
    trade.map_or(name.clone(), |trade| format!("{name}·{trade}"))
}

/// Orders that this one may be the same as: reported within a day about the same thing, then open at the same place.
async fn targets(read: &mut Read, site: &kernel::Site, case: &Case) -> Result<Vec<intake::model::Neighbour>, Error> {
    let order = case.order();
    let mut ids = Vec::new();
    if let Some(place) = order.place {
        let probe = orders::Probe { category: order.category.clone(), place };
        ids = orders::duplicates_of(read, site.id, &probe).await?.into_iter().map(|line| line.id).collect();
        ids.extend(case.open.iter().map(|other| other.id));
    }
    ids.retain(|id| *id != order.id);
    intake::store::of_ids(read, &ids).await
}

/// Does the act, once for its key; then the order again, saying what was done.
pub async fn act(ask: Ask) -> Answer {
    let (noun, case, sent): (Noun, Case, Sent) = (noun(&ask)?, load::case(&ask).await?, ask.form()?);
    match once(&ask, &case, noun, &sent).await {
        Ok(done) => {
            let number = if noun == Noun::Merge { merged_into(&ask, &done).await? } else { done.number };
            let said = answers::said(&ask, &format!("desk-done-{}", noun.as_str()), done.number);
            Ok(web::done(&paths::order(&ask.site()?.code, number), &said))
        }
        Err(Error::Stale { current }) if noun == Noun::Classification => {
            conflict::page(&ask, &case, &sent, current).await
        }
        Err(error) => refused(&ask, &case, noun, error).await,
    }
}

async fn merged_into(ask: &Ask, done: &Done) -> Result<orders::Number, Error> {
    let mut read = ask.read().await?;
    Ok(orders::load(&mut read, done.id).await?.merged_number.unwrap_or(done.number))
}

async fn once(ask: &Ask, case: &Case, noun: Noun, sent: &Sent) -> Result<Done, Error> {
    let (done, _) = web::once!(ask, tx => carry_out(&mut tx, case, noun, sent).await?);
    Ok(done)
}

/// A page with the refusal beside its field; acts without a form are answered by the problem page.
async fn refused(ask: &Ask, case: &Case, noun: Noun, error: Error) -> Answer {
    if !case.may(noun)
        || matches!(
            noun,
            Noun::Acceptance | Noun::Taking | Noun::Arrival | Noun::Start | Noun::Resumption | Noun::Messages
        )
    {
        return Err(error);
    }
    let (view, status) = (ask.view().await?, Verdict::of(&error).status);
    let state = FormState::typed(ask.pairs()?).refused(mends(&view, error, first_field(noun))?);
    show(ask, case, noun, state, Vec::new(), status).await
}

/// Field errors in words; a refusal without a field stands at `field`. Errors: what no form can mend.
fn mends(view: &web::View, error: Error, field: &str) -> Result<Vec<(String, String)>, Error> {
    if !matches!(error, Error::Invalid(_) | Error::Refused(_)) {
        return Err(error);
    }
    let verdict = Verdict::of(&error);
    let mut mends: Vec<(String, String)> = verdict
        .fields
        .iter()
        .map(|wrong| (form_field(&wrong.field, field), Verdict::field_say(&view.words, wrong)))
        .collect();
    if mends.is_empty() {
        mends.push((field.to_string(), verdict.say(&view.words)));
    }
    Ok(mends)
}

/// Where the field of a verb stands on its form.
fn form_field(name: &str, first: &str) -> String {
    match (name, first) {
        ("reason" | "note", "why") => "why".to_string(),
        ("evidence", "result") => "result".to_string(),
        (name, _) => name.to_string(),
    }
}

const fn first_field(noun: Noun) -> &'static str {
    match noun {
        Noun::Assignment | Noun::Transfer => "to",
        Noun::Suspension => "reason",
        Noun::Merge => "number",
        Noun::Classification => "kind",
        Noun::Completion => "result",
        Noun::Verdict => "satisfied",
        Noun::Answer | Noun::Chase | Noun::Supervision => "text",
        _ => "why",
    }
}

async fn carry_out(tx: &mut Tx, case: &Case, noun: Noun, sent: &Sent) -> Result<Done, Error> {
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
fn reporter(case: &Case, sent: &Sent) -> Result<Option<NewReporter>, Error> {
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
    }))
}

pub fn phone(typed: &str) -> Result<Option<Phone>, Error> {
    match typed.trim() {
        "" => Ok(None),
        typed => typed.parse().map(Some).map_err(|_| Error::Invalid(vec![FieldError::new("phone", "phone_shape")])),
    }
}

/// The form for a second caller.
pub async fn reporter_form(ask: Ask) -> Answer {
    let case = load::case(&ask).await?;
    let view = ask.view().await?;
    Ok(html(
        StatusCode::OK,
        forms::reporter(
            &Frame { view: &view, site: ask.site()?, case: &case, once: &answers::once(&ask) },
            &FormState::default(),
        ),
    ))
}

pub async fn add_reporter(ask: Ask) -> Answer {
    let (case, sent): (Case, Sent) = (load::case(&ask).await?, ask.form()?);
    match added(&ask, &case, &sent).await {
        Ok(done) => {
            let said = answers::said(&ask, "desk-done-reporters", done.number);
            Ok(web::done(&paths::order(&ask.site()?.code, done.number), &said))
        }
        Err(error) => {
            let view = ask.view().await?;
            let state = answers::refused(&ask, &view, error)?;
            Ok(html(
                StatusCode::UNPROCESSABLE_ENTITY,
                forms::reporter(
                    &Frame { view: &view, site: ask.site()?, case: &case, once: &answers::once(&ask) },
                    &state,
                ),
            ))
        }
    }
}

async fn added(ask: &Ask, case: &Case, sent: &Sent) -> Result<Done, Error> {
    if sent.name.trim().is_empty() && sent.phone.trim().is_empty() {
        return Err(Error::Invalid(vec![FieldError::new("name", "reporter_nameless")]));
    }
    let name = Some(sent.name.trim().to_string()).filter(|name| !name.is_empty());
    let who = NewReporter { party: None, name, phone: phone(&sent.phone)? };
    let (done, _) = web::once!(ask, tx => orders::add_reporter(&mut tx, case.order().id, &who).await?);
    Ok(done)
}

/// The whole phone, once, on the record. Errors: `Denied` without the right to see people.
pub async fn reveal(ask: Ask) -> Answer {
    if !ask.may(Right::PeopleRead) {
        return Err(Error::Denied);
    }
    let case = load::case(&ask).await?;
    let order = case.order();
    let mut tx = ask.begin().await?;
    tx.note(
        order.site,
        "order.phone_shown",
        format!("order/{}", order.id),
        serde_json::Value::Null,
        serde_json::Value::Null,
    );
    tx.commit().await?;
    let phone = order.reporter_phone.as_ref().map(|phone| phone.spaced());
    let view = ask.view().await?;
    Ok(html(StatusCode::OK, super::pages::order(&view, ask.site()?, &case, &answers::once(&ask), phone.as_deref())))
}
