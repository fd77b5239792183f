use db::{DbError, FromRow, Row, Sql};
use uuid::Uuid;
use values::{Id, Moment};

use super::{
    NewEvidence, is_own,
    picture::{Kept, Stored},
};
use crate::{Error, FieldError, PartyId, Read, SiteId, Tx};

/// A picture as it is kept.
#[derive(Debug, Clone)]
pub struct Evidence {
    pub id: Id<Evidence>,
    pub site: SiteId,
    /// The order; none while it waits for the act that it belongs to.
    pub subject: Option<Uuid>,
    /// `photo` or `signature`
    pub kind: String,
    pub file: String,
    pub thumbnail: String,
    /// `image/jpeg`
    pub media: String,
    /// The server's receipt.
    pub at: Moment,
    pub device_at: Option<Moment>,
    pub by_party: Option<PartyId>,
    pub note: Option<String>,
    pub visible: bool,
}

impl FromRow for Evidence {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        Ok(Self {
            id: row.get("id")?,
            site: row.get("site")?,
            subject: row.get("subject")?,
            kind: row.get("kind")?,
            file: row.get("file")?,
            thumbnail: row.get("thumbnail")?,
            media: row.get("media")?,
            at: row.get("at")?,
            device_at: row.get("device_at")?,
            by_party: row.get("by_party")?,
            note: row.get("note")?,
            visible: row.get("visible")?,
        })
    }
}

macro_rules! select {
    ($tail:literal) => {
        concat!(
            "SELECT e.id, e.site, e.subject, e.kind, e.file, e.thumbnail, f.kind AS media, e.at, e.device_at, e.by_party, e.note, \
             e.visible FROM evidence e JOIN files f ON f.hash = e.file WHERE {scope:e} AND ",
            $tail
        )
    };
}

/// Errors: `Missing`. Who may see it is the caller's to check: see `orders::evidence`.
pub async fn by_id(read: &mut Read, id: Id<Evidence>) -> Result<Evidence, Error> {
    read.one(select!("e.id = $1"), (id,)).await
}

/// The pictures of a subject, oldest first.
pub async fn of(read: &mut Read, subject: Uuid) -> Result<Vec<Evidence>, Error> {
    read.all(select!("e.subject = $1 ORDER BY e.at, e.id"), (subject,)).await
}

/// The kinds of what has been shown since `from` by `holder`, or is among `named`.
pub async fn kinds_since(
    read: &mut Read,
    subject: Uuid,
    from: Moment,
    holder: Option<PartyId>,
    named: &[Id<Evidence>],
) -> Result<Vec<String>, Error> {
    let all = of(read, subject).await?;
    let shown = |one: &Evidence| named.contains(&one.id) || (holder.is_some() && one.by_party == holder);
    Ok(all.into_iter().filter(|one| one.at >= from && shown(one)).map(|one| one.kind).collect())
}

/// Ties received pictures to their subject. Errors: `evidence_unknown` for what somebody else sent or is tied already.
pub async fn attach(
    tx: &mut Tx,
    site: SiteId,
    subject: Uuid,
    ids: &[Id<Evidence>],
    visible: bool,
) -> Result<(), Error> {
    if ids.is_empty() {
        return Ok(());
    }
    let party = tx.caller().party();
    let rows: Vec<Evidence> = tx.all_of(Sql::new(select!("e.id IN ")).list(ids).push(" ORDER BY e.id")).await?;
    let free = |one: &Evidence| is_own(one, party) && one.subject.is_none_or(|known| known == subject);
    if rows.len() != ids.len() || !rows.iter().all(free) {
        return Err(Error::Invalid(vec![FieldError::new("evidence", "evidence_unknown")]));
    }
    let sql = Sql::new("UPDATE evidence SET subject = ")
        .bind(subject)
        .push(", site = ")
        .bind(site)
        .push(", visible = ")
        .bind(visible);
    tx.run_of(sql.push(" WHERE id IN ").list(ids)).await?;
    Ok(())
}

pub(super) async fn write_file(tx: &mut Tx, file: &Stored) -> Result<(), Error> {
    let now = tx.now();
    let sql = "INSERT INTO files (hash, kind, size, width, height, made) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (hash) DO NOTHING";
    tx.run(sql, (file.hash.clone(), file.media, file.size, file.width, file.height, now)).await?;
    Ok(())
}

pub(super) async fn insert(tx: &mut Tx, kept: &Kept, new: &NewEvidence) -> Result<Id<Evidence>, Error> {
    let (id, now): (Id<Evidence>, _) = (tx.id(), tx.now());
    let party = tx.caller().party();
    let device_at = new.device_at.or(kept.taken);
    let sql = "INSERT INTO evidence (id, site, subject, kind, file, thumbnail, at, device_at, latitude, longitude, by_party, note, visible, \
               operation) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";
    let values = (
        id,
        new.site,
        new.subject,
        new.kind.as_str(),
        kept.file.hash.clone(),
        kept.thumbnail.hash.clone(),
        now,
        device_at,
        kept.latitude,
        kept.longitude,
        party,
        new.note.clone(),
        new.visible,
        new.operation.clone(),
    );
    tx.run(sql, values).await?;
    Ok(id)
}
