//! What somebody does to an order from its page: the form of an act, and the act.

use axum::http::StatusCode;
use kernel::{
    Error, FieldError, PlaceId, Read, Right, categories,
    orders::{self, Done, NewReporter, Noun},
};
use serde::Deserialize;
use web::{Answer, Ask, Verdict, html, parts::FormState};

use super::{
    conflict,
    forms::{self, Extra, Frame},
    load,
    model::Case,
    perform::{carry_out, phone},
    preview,
};
use crate::{
    api::typed_place,
    console::{answers, intake, paths, words},
};

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

/// Whom the list of people is narrowed to.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Narrowed {
    q: String,
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
    let typed = ask.query::<Narrowed>()?.q.trim().to_string();
    Ok(match noun {
        Noun::Assignment | Noun::Transfer => Extra {
            candidates: load::candidates(&mut read, view, site, case, &typed).await?,
            typed,
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
    let who = NewReporter { party: None, name, phone: phone(&sent.phone)?, place: calls_from(ask, sent).await? };
    let (done, _) = web::once!(ask, tx => orders::add_reporter(&mut tx, case.order().id, &who).await?);
    Ok(done)
}

/// The second caller's own home, when it is another one. Errors: `place_unknown`, `place_several`.
async fn calls_from(ask: &Ask, sent: &Sent) -> Result<Option<PlaceId>, Error> {
    match sent.place.trim() {
        "" => Ok(None),
        typed => typed_place(&mut ask.read().await?, ask.site()?.id, "place", typed).await.map(Some),
    }
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
