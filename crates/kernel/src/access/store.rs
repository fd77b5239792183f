use db::{DbError, FromRow, Row, Sql, ToValue};
use sha2::{Digest, Sha256};
use uuid::Uuid;
use values::{Chance, Day, Id, MINUTE, Moment, Zone};

use super::{Caller, Grant, Home, Right, Scope, SessionLine, Who};
use crate::{Error, House, PartyId, Read, SessionId, Tx, audit::hex};

/// A session's row joined with its account.
struct Open {
    id: SessionId,
    party: PartyId,
    name: String,
    face: String,
    seen: Moment,
    second_factor: bool,
    totp_on: bool,
}

impl FromRow for Open {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        Ok(Self {
            id: row.get("id")?,
            party: row.get("party")?,
            name: row.get("name")?,
            face: row.get("face")?,
            seen: row.get("seen")?,
            second_factor: row.get("second_factor")?,
            totp_on: row.get("totp_on")?,
        })
    }
}

struct GrantRow(Grant);
impl FromRow for GrantRow {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        let role: String = row.get("role")?;
        let why = || DbError::Unreadable { table: "grants", column: "role".into(), why: role.clone() };
        Ok(Self(Grant {
            role: role.parse().map_err(|()| why())?,
            site: row.get("site")?,
            department: row.get("department")?,
        }))
    }
}

struct HomeRow(Home);
impl FromRow for HomeRow {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        Ok(Self(Home { site: row.get("site")?, place: row.get("place")?, role: row.get("role")? }))
    }
}

pub fn hash_token(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

pub(super) fn new_secret(chance: &Chance) -> String {
    hex(&chance.bytes::<32>())
}

/// R01: looked up on each request; nothing about rights is kept in the cookie.
pub async fn by_session(house: &House, token: &str, origin: Option<String>) -> Result<Option<Caller>, Error> {
    let Some(open) = open_by(house, " AND s.token = ", hash_token(token)).await? else { return Ok(None) };
    if house.now().since(open.seen) > MINUTE {
        touch(house, open.id).await?;
    }
    Ok(Some(Caller { origin, ..caller_of(house, &open).await? }))
}

/// Who `session` is now, for an answer that goes on after its request: looking is no sign of life of its person. `None`: it
/// is over.
pub async fn by_open_session(house: &House, session: SessionId) -> Result<Option<Caller>, Error> {
    let Some(open) = open_by(house, " AND s.id = ", session).await? else { return Ok(None) };
    caller_of(house, &open).await.map(Some)
}

async fn open_by(house: &House, by: &'static str, value: impl ToValue) -> Result<Option<Open>, Error> {
    let mut link = house.read(&super::system_company("session")).await?;
    let now = house.now();
    // A resident's session lives while the phone it came from is still theirs.
    let sql = Sql::new(
        "SELECT s.id, s.party, p.name, s.face, s.seen, s.second_factor, a.totp_on FROM sessions s \
         JOIN parties p ON p.id = s.party JOIN accounts a ON a.party = s.party WHERE s.ended IS NULL AND a.disabled = 0 \
         AND (s.face <> 'resident' OR a.phone IS NULL OR EXISTS (SELECT 1 FROM phones f WHERE f.party = a.party AND f.phone = a.phone)) \
         AND s.ends > ",
    );
    let sql = sql.bind(now).push(" AND s.seen + s.idle > ").bind(now).push(by).bind(value);
    Ok(link.all_of(sql).await?.pop())
}

async fn caller_of(house: &House, open: &Open) -> Result<Caller, Error> {
    let today = Zone::default().day(house.now());
    if open.face == "resident" { resident(house, open, today).await } else { staff(house, open, today).await }
}

async fn touch(house: &House, id: SessionId) -> Result<(), Error> {
    let touched = async {
        let mut tx = house.begin(&super::system_company("session")).await?;
        let now = tx.now();
        tx.raw("UPDATE sessions SET seen = $2 WHERE id = $1", (id, now)).await?;
        tx.commit().await
    };
    match touched.await {
        // A full disk must not lock people out of reading.
        Ok(()) | Err(Error::Db(DbError::Full)) => Ok(()),
        Err(cause) => Err(cause),
    }
}

async fn resident(house: &House, open: &Open, today: Day) -> Result<Caller, Error> {
    let mut link = house.read(&super::system_company("session")).await?;
    let sql = "SELECT o.site, o.place, o.role FROM occupancies o JOIN places p ON p.id = o.place \
               WHERE o.party = $1 AND o.from_day <= $2 AND (o.to_day IS NULL OR o.to_day > $2) ORDER BY p.sort, o.place";
    let homes: Vec<Home> = link.all::<HomeRow>(sql, (open.party, today)).await?.into_iter().map(|row| row.0).collect();
    let scope = Scope::of(homes.iter().map(|home| home.site.uuid()).collect());
    Ok(base(open, Who::Resident(open.party), scope, homes, Vec::new()))
}

async fn staff(house: &House, open: &Open, today: Day) -> Result<Caller, Error> {
    let grants = grants(house, open.party, today).await?;
    let forced = grants.iter().any(|grant| grant.role.needs_second_factor());
    // R02: who must have a second factor, or chose one, is nobody yet before giving it.
    let must_enrol = if open.totp_on { !open.second_factor } else { forced };
    let scope = scope_of(&grants);
    Ok(Caller { must_enrol, ..base(open, Who::Staff(open.party), scope, Vec::new(), grants) })
}

fn base(open: &Open, who: Who, scope: Scope, homes: Vec<Home>, grants: Vec<Grant>) -> Caller {
    Caller {
        who,
        name: open.name.clone(),
        homes,
        grants,
        session: Some(open.id),
        in_field: open.face == "field",
        second_factor: open.second_factor,
        ..Caller::program(scope, "")
    }
}

pub(super) fn scope_of(grants: &[Grant]) -> Scope {
    if grants.iter().any(|grant| grant.site.is_none()) {
        return Scope::company();
    }
    Scope::of(grants.iter().filter_map(|grant| grant.site.map(Id::uuid)).collect())
}

/// A grant counts while it lasts and while the person is on the staff of some site, or holds it for the company.
pub(super) async fn grants(house: &House, party: PartyId, today: Day) -> Result<Vec<Grant>, Error> {
    let mut link = house.read(&super::system_company("session")).await?;
    let sql = "SELECT g.role, g.site, g.department FROM grants g WHERE g.party = $1 AND g.from_day <= $2 \
               AND (g.to_day IS NULL OR g.to_day > $2) AND (g.site IS NULL OR EXISTS (SELECT 1 FROM staff s WHERE s.party = g.party \
               AND s.site = g.site AND s.from_day <= $2 AND (s.to_day IS NULL OR s.to_day > $2))) ORDER BY g.role, g.id";
    Ok(link.all::<GrantRow>(sql, (party, today)).await?.into_iter().map(|row| row.0).collect())
}

/// What somebody is granted today or later, at every site, whoever asks: for deciding who may manage them, never to be shown.
pub async fn open_grants(read: &mut Read, party: PartyId, today: Day) -> Result<Vec<Grant>, Error> {
    let sql = "SELECT g.role, g.site, g.department FROM grants g WHERE g.party = $1 AND (g.to_day IS NULL OR g.to_day > $2) \
               ORDER BY g.role, g.id";
    Ok(read.all::<GrantRow>(sql, (party, today)).await?.into_iter().map(|row| row.0).collect())
}

struct TokenRow {
    party: PartyId,
    name: String,
    rights: String,
}
impl FromRow for TokenRow {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        Ok(Self { party: row.get("party")?, name: row.get("name")?, rights: row.get("rights")? })
    }
}

pub async fn by_token(house: &House, token: &str, origin: Option<String>) -> Result<Option<Caller>, Error> {
    let mut link = house.read(&super::system_company("token")).await?;
    let now = house.now();
    let sql = "SELECT t.party, t.name, t.rights FROM tokens t JOIN accounts a ON a.party = t.party \
               WHERE t.token = $1 AND t.ended IS NULL AND t.ends > $2 AND a.disabled = 0";
    let Some(row) = link.opt::<TokenRow>(sql, (hash_token(token), now)).await? else { return Ok(None) };
    drop(link);
    let grants = grants(house, row.party, Zone::default().day(now)).await?;
    let only: Vec<Right> = row.rights.split_whitespace().filter_map(|right| right.parse().ok()).collect();
    let only = if row.rights == "*" { None } else { Some(only) };
    let scope = scope_of(&grants);
    Ok(Some(Caller { who: Who::Token(row.party), name: row.name, grants, only, origin, ..Caller::program(scope, "") }))
}

/// A session to be opened. Times in milliseconds.
pub struct NewSession<'a> {
    pub party: PartyId,
    /// `console`, `field` or `resident`.
    pub face: &'a str,
    /// How its owner will recognise it in the list.
    pub device: &'a str,
    pub idle: i64,
    pub longest: i64,
    pub second_factor: bool,
}

/// R01: opens a session and returns the cookie's value, of which only the hash is kept.
pub async fn open_session(tx: &mut Tx, new: &NewSession<'_>) -> Result<String, Error> {
    let (secret, now) = (new_secret(&Chance::system()), tx.now());
    let id: SessionId = tx.id();
    let ends = now.plus_millis(new.longest);
    let values =
        (id, hash_token(&secret), new.party, new.face, now, now, ends, new.idle, new.device, new.second_factor);
    tx.run(
        "INSERT INTO sessions (id, token, party, face, made, seen, ends, idle, device, second_factor) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        values,
    )
    .await?;
    let party = new.party;
    tx.note(
        None,
        "session.opened",
        format!("party/{party}"),
        serde_json::Value::Null,
        serde_json::json!({ "face": new.face }),
    );
    Ok(secret)
}

/// As `open_session`, without a second factor.
pub async fn new_session(
    tx: &mut Tx,
    party: PartyId,
    face: &str,
    device: &str,
    idle: i64,
    longest: i64,
) -> Result<String, Error> {
    open_session(tx, &NewSession { party, face, device, idle, longest, second_factor: false }).await
}

/// R01: a new id at any rise in rights; the old cookie is worthless afterwards. It lasts `longest` milliseconds from now.
pub async fn raise_session(tx: &mut Tx, id: SessionId, longest: i64) -> Result<String, Error> {
    let (secret, now) = (new_secret(&Chance::system()), tx.now());
    let sql = "UPDATE sessions SET token = $2, second_factor = 1, seen = $3, ends = $4 WHERE id = $1 AND ended IS NULL";
    let changed = tx.run(sql, (id, hash_token(&secret), now, now.plus_millis(longest))).await?;
    tx.note(None, "session.raised", format!("session/{id}"), serde_json::Value::Null, serde_json::Value::Null);
    if changed == 0 { Err(Error::Missing) } else { Ok(secret) }
}

/// Ends one session of `party`. Errors: `Missing` when it is not theirs.
pub async fn end_session(tx: &mut Tx, party: PartyId, id: SessionId) -> Result<(), Error> {
    let now = tx.now();
    let ended = tx
        .run("UPDATE sessions SET ended = $3 WHERE id = $1 AND party = $2 AND ended IS NULL", (id, party, now))
        .await?;
    tx.note(None, "session.ended", format!("session/{id}"), serde_json::Value::Null, serde_json::Value::Null);
    tx.access_changed(party);
    if ended == 0 { Err(Error::Missing) } else { Ok(()) }
}

/// R01: at disable, role loss, password or phone change every session of the person ends. The caller's note says why.
pub async fn end_sessions_of(tx: &mut Tx, party: PartyId, but: Option<SessionId>) -> Result<(), Error> {
    let now = tx.now();
    match but {
        Some(but) => {
            tx.run("UPDATE sessions SET ended = $2 WHERE party = $1 AND ended IS NULL AND id <> $3", (party, now, but))
                .await?
        }
        None => tx.run("UPDATE sessions SET ended = $2 WHERE party = $1 AND ended IS NULL", (party, now)).await?,
    };
    tx.access_changed(party);
    Ok(())
}

/// An API token, shown once. `rights` are words of `Right`, or `*` for all that the person's grants give.
pub async fn new_token(tx: &mut Tx, party: PartyId, name: &str, rights: &str, ends: Moment) -> Result<String, Error> {
    let secret = format!("anju_{}", new_secret(&Chance::system()));
    let (id, now) = (tx.id::<Uuid>(), tx.now());
    let values = (id, hash_token(&secret), party, name, rights, now, ends);
    tx.run(
        "INSERT INTO tokens (id, token, party, name, rights, made, ends) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        values,
    )
    .await?;
    tx.note(
        None,
        "token.made",
        format!("party/{party}"),
        serde_json::Value::Null,
        serde_json::json!({ "name": name, "rights": rights }),
    );
    Ok(secret)
}

impl FromRow for SessionLine {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        Ok(Self {
            id: row.get("id")?,
            face: row.get("face")?,
            made: row.get("made")?,
            seen: row.get("seen")?,
            device: row.get("device")?,
        })
    }
}

pub async fn sessions_of(house: &House, caller: &Caller) -> Result<Vec<SessionLine>, Error> {
    let Some(party) = caller.party() else { return Ok(Vec::new()) };
    let mut read = house.read(caller).await?;
    let now = read.now();
    let sql = "SELECT id, face, made, seen, device FROM sessions WHERE party = $1 AND ended IS NULL AND ends > $2 AND seen + idle > $2 \
               ORDER BY seen DESC, id";
    read.all(sql, (party, now)).await
}

/// One of a person's API tokens, as the list shows it: never the token itself.
#[derive(Clone, Debug)]
pub struct TokenLine {
    pub id: Id<TokenLine>,
    pub name: String,
    /// Words of `Right`, or `*`.
    pub rights: String,
    pub made: Moment,
    pub ends: Moment,
}

impl FromRow for TokenLine {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        Ok(Self {
            id: row.get("id")?,
            name: row.get("name")?,
            rights: row.get("rights")?,
            made: row.get("made")?,
            ends: row.get("ends")?,
        })
    }
}

pub async fn tokens_of(house: &House, caller: &Caller) -> Result<Vec<TokenLine>, Error> {
    let Some(party) = caller.party() else { return Ok(Vec::new()) };
    let mut read = house.read(caller).await?;
    let now = read.now();
    let sql = "SELECT id, name, rights, made, ends FROM tokens WHERE party = $1 AND ended IS NULL AND ends > $2 ORDER BY made DESC, id";
    read.all(sql, (party, now)).await
}

/// Errors: `Missing` when it is not a running token of `party`.
pub async fn end_token(tx: &mut Tx, party: PartyId, id: Id<TokenLine>) -> Result<(), Error> {
    let now = tx.now();
    let ended =
        tx.run("UPDATE tokens SET ended = $3 WHERE id = $1 AND party = $2 AND ended IS NULL", (id, party, now)).await?;
    tx.note(None, "token.ended", format!("token/{id}"), serde_json::Value::Null, serde_json::Value::Null);
    if ended == 0 { Err(Error::Missing) } else { Ok(()) }
}
