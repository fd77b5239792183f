use axum::http::StatusCode;
use kernel::{
    Error, FieldError, Site,
    notices::{self, Audience, Notice, NoticeId, NoticeKind},
    sites,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use values::Moment;
use web::{Answer, Ask, json};

#[derive(Deserialize)]
struct Filter {
    site: Option<String>,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewNotice {
    pub site: String,
    pub kind: NoticeKind,
    pub title: String,
    pub body: String,
    #[serde(default)]
    pub audience: Audience,
    #[schema(value_type = Option<String>, format = DateTime)]
    pub starts: Option<Moment>,
    #[schema(value_type = Option<String>, format = DateTime)]
    pub planned_end: Option<Moment>,
    #[serde(default)]
    pub categories: Vec<String>,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Nothing {}

#[derive(Serialize, ToSchema)]
pub struct Notices {
    pub items: Vec<NoticeOut>,
}

/// Moments are RFC 3339 with the site's offset.
#[derive(Serialize, ToSchema)]
pub struct NoticeOut {
    pub id: String,
    pub site: String,
    pub kind: NoticeKind,
    pub title: String,
    pub body: String,
    pub audience: Audience,
    pub categories: Vec<String>,
    pub starts: String,
    pub planned_end: Option<String>,
    pub ended: Option<String>,
    pub published: String,
}

fn out(site: &Site, notice: Notice) -> NoticeOut {
    let said = |at| site.zone.rfc3339(at);
    NoticeOut {
        id: notice.id.to_string(),
        site: site.code.clone(),
        kind: notice.kind,
        title: notice.title,
        body: notice.body,
        audience: notice.audience,
        categories: notice.categories,
        starts: said(notice.starts),
        planned_end: notice.planned_end.map(said),
        ended: notice.ended.map(said),
        published: said(notice.published),
    }
}

pub(super) async fn list(ask: Ask) -> Answer {
    let code =
        ask.query::<Filter>()?.site.ok_or_else(|| Error::Invalid(vec![FieldError::new("site", "site_missing")]))?;
    let mut read = ask.read().await?;
    let site = sites::by_code(&mut read, &code).await?;
    may(&ask, kernel::Right::NoticeRead, &site)?;
    let items = notices::list(&mut read, site.id, None).await?.into_iter().map(|notice| out(&site, notice)).collect();
    Ok(json(StatusCode::OK, &Notices { items }, None))
}

fn may(ask: &Ask, right: kernel::Right, site: &Site) -> Result<(), Error> {
    if ask.caller.may(right, site.id) { Ok(()) } else { Err(Error::Denied) }
}

pub(super) async fn publish(ask: Ask) -> Answer {
    let sent: NewNotice = ask.json()?;
    let mut read = ask.read().await?;
    let site = sites::by_code(&mut read, &sent.site).await?;
    drop(read);
    may(&ask, kernel::Right::NoticePublish, &site)?;
    let new = notices::NewNotice {
        site: site.id,
        kind: sent.kind,
        title: sent.title,
        body: sent.body,
        audience: sent.audience,
        starts: sent.starts.unwrap_or(ask.house().now()),
        planned_end: sent.planned_end,
        categories: sent.categories,
    };
    let (id, _) = web::once!(ask, tx => notices::publish(&mut tx, &new).await?);
    answer(&ask, id, StatusCode::CREATED).await
}

pub(super) async fn end(ask: Ask) -> Answer {
    let id: NoticeId = ask.param("id")?;
    let _: Nothing = ask.json()?;
    let mut read = ask.read().await?;
    let notice = notices::by_id(&mut read, id).await?;
    let site = sites::by_id(&mut read, notice.site).await?;
    drop(read);
    may(&ask, kernel::Right::NoticePublish, &site)?;
    web::once!(ask, tx => notices::end(&mut tx, id).await?);
    answer(&ask, id, StatusCode::OK).await
}

async fn answer(ask: &Ask, id: NoticeId, status: StatusCode) -> Answer {
    let mut read = ask.read().await?;
    let notice = notices::by_id(&mut read, id).await?;
    let site = sites::by_id(&mut read, notice.site).await?;
    Ok(json(status, &out(&site, notice), None))
}
