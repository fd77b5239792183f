use axum::http::StatusCode;
use kernel::{
    Error, Read, Site, Tx,
    orders::{self, NewReport, Order},
    sites,
};
use values::Id;
use web::{Answer, Ask};

use super::{
    bodies::{Report, ids, refuse},
    shapes::OrderOut,
    typed_place,
};

/// The site that a body or a query names. Errors: `Missing` for a foreign one too.
pub async fn site(read: &mut Read, code: Option<&str>) -> Result<Site, Error> {
    match code {
        Some(code) => sites::by_code(read, code).await,
        None => match sites::visible(read).await?.as_slice() {
            [only] => Ok(only.clone()),
            _ => Err(refuse("site", "site_missing")),
        },
    }
}

pub async fn report(ask: Ask) -> Answer {
    let body: Report = ask.json()?;
    let (out, replayed) = web::once!(ask, tx => {
        let new = read_report(&mut tx, &body).await?;
        let done = orders::report(&mut tx, &new).await?;
        OrderOut::load(&mut tx, done.id).await?
    });
    Ok(answer(StatusCode::CREATED, &out, replayed))
}

/// Words of a body as what they name.
async fn read_report(tx: &mut Tx, body: &Report) -> Result<NewReport, Error> {
    let site = site(tx, Some(&body.site)).await?;
    let place = match &body.place {
        Some(code) => Some(typed_place(tx, site.id, "place", code).await?),
        None => None,
    };
    Ok(NewReport {
        site: site.id,
        kind: body.kind,
        category: body.category.clone(),
        urgency: body.urgency,
        place,
        channel: body.channel,
        text: body.text.clone(),
        reporter: body.reporter.as_ref().map(super::bodies::Reporter::read).transpose()?.unwrap_or_default(),
        entry_note: body.entry_note.clone(),
        outage: None,
        evidence: ids(&body.evidence)?,
        device_at: None,
    })
}

pub async fn one(ask: Ask) -> Answer {
    let id: Id<Order> = ask.param("id")?;
    let out = OrderOut::load(&mut ask.read().await?, id).await?;
    Ok(web::json(StatusCode::OK, &out, Some(out.version)))
}

/// R10: a repeated call gets the first answer and says so.
pub fn answer(status: StatusCode, out: &OrderOut, replayed: bool) -> axum::response::Response {
    let mut response = web::json(status, out, Some(out.version));
    if replayed {
        response.headers_mut().insert("idempotency-replayed", axum::http::HeaderValue::from_static("true"));
    }
    response
}
