use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};
use uuid::Uuid;
use values::Id;

use super::{NewNotice, Notice, NoticeId, NoticeKind, rules, store};
use crate::{Error, RefusalKind, Refuse, SiteId, Tx};

/// What happened to notices.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "fact", rename_all = "snake_case")]
pub enum Fact {
    Published {
        site: SiteId,
        notice: NoticeId,
    },
    /// The outage is over: everybody whose report hangs on it is told.
    OutageEnded {
        site: SiteId,
        notice: NoticeId,
    },
}

impl crate::Fact for Fact {
    const CRATE: &'static str = "notices";
    fn site(&self) -> SiteId {
        match self {
            Self::Published { site, .. } | Self::OutageEnded { site, .. } => *site,
        }
    }
    fn subject(&self) -> Uuid {
        match self {
            Self::Published { notice, .. } | Self::OutageEnded { notice, .. } => notice.uuid(),
        }
    }
}

#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    #[error("only an outage ends")]
    NotAnOutage,
    #[error("this outage has ended already")]
    Ended,
    #[error("nobody lives in this audience, or a place is not of this site")]
    NoSuchAudience,
}

impl Refuse for Refusal {
    fn code(&self) -> &'static str {
        match self {
            Self::NotAnOutage => "not_an_outage",
            Self::Ended => "outage_ended",
            Self::NoSuchAudience => "audience_unknown",
        }
    }
    fn field(&self) -> Option<&'static str> {
        matches!(self, Self::NoSuchAudience).then_some("audience")
    }
    fn kind(&self) -> RefusalKind {
        match self {
            Self::NoSuchAudience => RefusalKind::Invalid,
            Self::NotAnOutage | Self::Ended => RefusalKind::Conflict,
        }
    }
}

/// Publishes at once. Errors: `Invalid` by field; `NoSuchAudience` for a place of another site.
pub async fn publish(tx: &mut Tx, new: &NewNotice) -> Result<NoticeId, Error> {
    rules::check(new)?;
    check_places(tx, new).await?;
    let reach = store::reach(tx, new.site, &new.audience, None).await?;
    let (id, now): (NoticeId, _) = (tx.id(), tx.now());
    let by = tx.caller().party().ok_or(Error::Denied)?;
    let outage = (new.kind == NoticeKind::Outage).then(|| new.categories.join(" "));
    let audience = serde_json::to_string(&new.audience)?;
    let values = (
        id,
        new.site,
        new.kind.as_str(),
        new.title.trim(),
        new.body.trim(),
        audience,
        outage,
        new.starts,
        new.planned_end,
        now,
        by,
        reach.reachable,
        now,
    );
    tx.run(
        "INSERT INTO notices (id, site, kind, title, body, audience, outage, starts, planned_end, published, by_party, reachable, made, version) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 1)",
        values,
    )
    .await?;
    tx.note(
        new.site,
        "notice.published",
        format!("notice/{id}"),
        Json::Null,
        json!({ "kind": new.kind, "title": new.title, "reachable": reach.reachable }),
    );
    tx.tell(Fact::Published { site: new.site, notice: id }).await?;
    tx.changed(new.site, "notices", id.uuid());
    Ok(id)
}

async fn check_places(tx: &mut Tx, new: &NewNotice) -> Result<(), Error> {
    for place in new.audience.buildings.iter().chain(&new.audience.stairs) {
        let known = tx
            .opt::<Id<()>>("SELECT id AS value FROM places WHERE id = $1 AND site = $2 AND {scope}", (*place, new.site))
            .await?;
        if known.is_none() {
            return Err(Refusal::NoSuchAudience.into());
        }
    }
    Ok(())
}

/// Ends an outage; a reaction tells everybody whose report hangs on it.
pub async fn end(tx: &mut Tx, id: NoticeId) -> Result<(), Error> {
    let notice: Notice = store::by_id(tx, id).await?;
    if notice.kind != NoticeKind::Outage {
        return Err(Refusal::NotAnOutage.into());
    }
    let now = tx.now();
    // Nothing changes when somebody ended it meanwhile.
    if tx
        .run(
            "UPDATE notices SET ended = $2, version = version + 1 WHERE id = $1 AND ended IS NULL AND {scope}",
            (id, now),
        )
        .await?
        == 0
    {
        return Err(Refusal::Ended.into());
    }
    tx.note(notice.site, "notice.ended", format!("notice/{id}"), Json::Null, Json::Null);
    tx.tell(Fact::OutageEnded { site: notice.site, notice: id }).await?;
    tx.changed(notice.site, "notices", id.uuid());
    Ok(())
}

/// The caller has read it. Reading twice keeps the first time.
pub async fn read(tx: &mut Tx, id: NoticeId) -> Result<(), Error> {
    let party = tx.caller().party().ok_or(Error::Denied)?;
    let mine = store::at_home(tx, party).await?;
    let notice = mine.into_iter().find(|notice| notice.id == id).ok_or(Error::Missing)?;
    if notice.read_at.is_some() {
        return Ok(());
    }
    let now = tx.now();
    let sql = "INSERT INTO notice_readers (notice, party, site, read_at) VALUES ($1, $2, $3, $4) ON CONFLICT (notice, party) DO NOTHING";
    tx.raw(sql, (id, party, notice.site, now)).await?;
    Ok(())
}
