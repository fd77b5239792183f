//! The same acts from a browser without scripts; with them they come through `POST /api/v1/sync`.

use axum::http::StatusCode;
use kernel::{
    Error, FieldError,
    evidence::{self, NewEvidence},
    orders::{self, Completion, Message, Number, Order},
    promises::Reason,
};
use values::Id;
use web::{Answer, Ask};

use super::page;
use crate::field::{paths, store};

/// What any of the forms may send.
#[derive(Debug, Default)]
struct Sent {
    reason: String,
    note: String,
    text: String,
    visible: String,
    result: String,
    to: String,
}

async fn order(ask: &Ask) -> Result<Id<Order>, Error> {
    let mut read = ask.read().await?;
    store::order(&mut read, ask.param("number")?, ask.caller.party()).await
}

/// Repeated and unknown names are welcome: a form holds photos, tokens and a signature as well.
fn sent(ask: &Ask) -> Result<Sent, Error> {
    let mut fields = Sent::default();
    for (name, value) in ask.pairs()? {
        match name.as_str() {
            "reason" => fields.reason = value,
            "note" => fields.note = value,
            "text" => fields.text = value,
            "visible" => fields.visible = value,
            "result" => fields.result = value,
            "to" => fields.to = value,
            _ => {}
        }
    }
    Ok(fields)
}

fn photos<T>(ask: &Ask) -> Result<Vec<Id<T>>, Error> {
    let pairs = ask.pairs()?;
    pairs
        .iter()
        .filter(|(name, id)| name == "photos" && !id.is_empty())
        .map(|(_, id)| id.parse().map_err(|_| Error::Missing))
        .collect()
}

async fn answer(ask: Ask, done: Result<(), Error>, said: &str) -> Answer {
    let number: Number = ask.param("number")?;
    match done {
        Ok(()) => Ok(web::done(&paths::order(number), &ask.words().say(said))),
        Err(error) => {
            let state = ask.mend(error)?;
            page::again(ask, StatusCode::UNPROCESSABLE_ENTITY, state).await
        }
    }
}

/// One act: looks the order up, runs the verb once, answers.
macro_rules! act {
    ($(#[$doc:meta])* $name:ident, $said:literal, |$tx:ident, $id:ident, $sent:ident, $ask:ident| $work:expr) => {
        $(#[$doc])*
        pub(in crate::field) async fn $name($ask: Ask) -> Answer {
            let $sent = sent(&$ask)?;
            let $id = order(&$ask).await?;
            let asked = &$ask;
            let done = async {
                web::once!(asked, $tx => $work.await.map(|_| ())?);
                Ok(())
            };
            let done = done.await;
            answer($ask, done, $said).await
        }
    };
}

act!(
    /// 抢单
    grab, "desk-field-said-grab", |tx, id, _sent, ask| orders::grab(&mut tx, id)
);
act!(
    /// 接单
    take, "desk-field-said-taking", |tx, id, _sent, ask| orders::take(&mut tx, id)
);
act!(
    /// 到场
    arrive, "desk-field-said-arrival", |tx, id, _sent, ask| orders::arrive(&mut tx, id, None)
);
act!(
    /// 开始
    start, "desk-field-said-start", |tx, id, _sent, ask| orders::start(&mut tx, id)
);
act!(
    /// 恢复
    resume, "desk-field-said-resumption", |tx, id, _sent, ask| orders::resume(&mut tx, id)
);
act!(
    /// 挂起
    suspend, "desk-field-said-suspension", |tx, id, sent, ask| async {
        let why: Reason = sent.reason.parse().map_err(|_| Error::Invalid(vec![FieldError::new("reason", "suspension_reason_missing")]))?;
        orders::suspend(&mut tx, id, why, &sent.note).await
    }
);
act!(
    /// 退单
    give_back, "desk-field-said-return", |tx, id, sent, ask| orders::return_order(&mut tx, id, &sent.reason)
);
act!(
    /// 转派
    transfer, "desk-field-said-transfer", |tx, id, sent, ask| async {
        let to = sent.to.parse().map_err(|_| Error::Invalid(vec![FieldError::new("to", "transfer_to_missing")]))?;
        orders::transfer(&mut tx, id, to, &sent.reason).await
    }
);
act!(
    /// 完工
    complete, "desk-field-said-completion", |tx, id, sent, ask| async {
        let signature = ask.form_field("signature").filter(|text| !text.is_empty()).and_then(|text| text.parse().ok());
        let with = Completion { result: sent.result.clone(), photos: photos(&ask)?, signature, device_at: None };
        orders::complete(&mut tx, id, &with).await
    }
);
act!(
    /// A word to colleagues, or to the customer when ticked.
    message, "desk-field-said-message", |tx, id, sent, ask| async {
        let message = Message { visible: sent.visible == "on", text: sent.text.clone(), evidence: photos(&ask)? };
        orders::message(&mut tx, id, &message).await
    }
);

/// A photo, or the photo of a signed slip, from a browser without scripts.
pub(in crate::field) async fn photograph(ask: Ask) -> Answer {
    let id = order(&ask).await?;
    let number: Number = ask.param("number")?;
    let mut read = ask.read().await?;
    let site = orders::load(&mut read, id).await?.order.site;
    drop(read);
    let upload = ask.upload().await?;
    let file = upload.files.first().ok_or_else(|| Error::Invalid(vec![FieldError::new("file", "photo_missing")]))?;
    let signed = upload.fields.get("kind").is_some_and(|kind| kind == "signature");
    let kind = if signed { evidence::Kind::Signature } else { evidence::Kind::Photo };
    let received = evidence::receive(ask.house(), &file.path).await?;
    let mut tx = ask.begin().await?;
    let new = NewEvidence { site, kind, subject: None, visible: true, device_at: None, note: None, operation: None };
    let photo = evidence::add(&mut tx, &received, &new).await?;
    orders::message(&mut tx, id, &Message { visible: true, text: String::new(), evidence: vec![photo] }).await?;
    tx.commit().await?;
    Ok(web::done(&paths::order(number), &ask.words().say("desk-field-said-photo")))
}
