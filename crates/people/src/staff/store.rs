use std::collections::BTreeMap;

use db::{DbError, FromRow, Row, Sql};
use kernel::{Error, PartyId, Read, SiteId, certificates::Certificate};
use values::{Day, Phone};

use super::model::{Account, GrantLine, Held, Person, PostLine};

struct Line {
    party: PartyId,
    name: String,
    account: Option<Account>,
    post: PostLine,
}
impl FromRow for Line {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        let account = row.get::<Option<bool>>("disabled")?.map(|disabled| {
            Ok::<_, DbError>(Account {
                login: row.get("login")?,
                disabled,
                second_factor: row.get("totp_on")?,
                has_password: row.get("has_password")?,
            })
        });
        Ok(Self {
            party: row.get("party")?,
            name: row.get("name")?,
            account: account.transpose()?,
            post: PostLine {
                id: row.get("id")?,
                department: row.get("department")?,
                department_name: row.get("department_name")?,
                post: row.get::<Option<String>>("post")?.unwrap_or_default(),
                from: row.get("from_day")?,
                to: row.get("to_day")?,
            },
        })
    }
}

/// Everybody of the staff of `site`, past and present, by department and name; or one of them.
pub async fn people(read: &mut Read, site: SiteId, only: Option<PartyId>) -> Result<Vec<Person>, Error> {
    let sql = Sql::new(
        "SELECT s.id, s.party, p.name, a.login, a.disabled, a.totp_on, CAST(CASE WHEN a.password IS NULL THEN 0 ELSE 1 END AS BIGINT) AS has_password, \
         d.code AS department, d.name AS department_name, o.name AS post, s.from_day, s.to_day FROM staff s JOIN parties p ON p.id = s.party \
         JOIN departments d ON d.id = s.department LEFT JOIN posts o ON o.id = s.post LEFT JOIN accounts a ON a.party = s.party WHERE s.site = ",
    );
    let sql = sql
        .bind(site)
        .when(" AND s.party = ", only)
        .push(" AND {scope:s} ORDER BY d.sort, p.name, s.party, s.from_day DESC, s.id");
    let mut people: Vec<Person> = Vec::new();
    let mut places: BTreeMap<PartyId, usize> = BTreeMap::new();
    for line in read.all_of::<Line>(sql).await? {
        let at = *places.entry(line.party).or_insert(people.len());
        if at == people.len() {
            let (party, name, account) = (line.party, line.name, line.account);
            people.push(Person {
                party,
                name,
                account,
                phones: Vec::new(),
                posts: Vec::new(),
                grants: Vec::new(),
                certificates: Vec::new(),
            });
        }
        people[at].posts.push(line.post);
    }
    fill(read, site, only, &mut people, &places).await?;
    people.iter_mut().for_each(|person| person.posts.sort_by_key(|post| std::cmp::Reverse(post.from)));
    Ok(people)
}

struct PhoneRow(PartyId, String);
impl FromRow for PhoneRow {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        Ok(Self(row.get("party")?, row.get("phone")?))
    }
}
struct GrantRow(PartyId, GrantLine);
impl FromRow for GrantRow {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        let role: String = row.get("role")?;
        let why = || DbError::Unreadable { table: "grants", column: "role".into(), why: role.clone() };
        let grant = GrantLine {
            id: row.get("id")?,
            role: role.parse().map_err(|()| why())?,
            site: row.get("site")?,
            department: row.get("department")?,
            from: row.get("from_day")?,
            to: row.get("to_day")?,
        };
        Ok(Self(row.get("party")?, grant))
    }
}

/// `party IN (the staff of the site)`, or just the one.
fn of_staff(sql: Sql, site: SiteId, only: Option<PartyId>) -> Sql {
    match only {
        Some(party) => sql.push("t.party = ").bind(party),
        None => sql.push("t.party IN (SELECT s.party FROM staff s WHERE s.site = ").bind(site).push(" AND {scope:s})"),
    }
}

async fn fill(
    read: &mut Read,
    site: SiteId,
    only: Option<PartyId>,
    people: &mut [Person],
    places: &BTreeMap<PartyId, usize>,
) -> Result<(), Error> {
    let phones = of_staff(Sql::new("SELECT t.party, t.phone FROM phones t WHERE "), site, only)
        .push(" ORDER BY t.party, t.rank");
    for PhoneRow(party, phone) in read.all_of(phones).await? {
        if let (Some(at), Ok(phone)) = (places.get(&party), phone.parse::<Phone>()) {
            people[*at].phones.push(phone);
        }
    }
    let grants =
        Sql::new("SELECT t.party, t.id, t.role, t.site, t.department, t.from_day, t.to_day FROM grants t WHERE ");
    let grants = of_staff(grants, site, only).push(" AND (t.site IS NULL OR t.site = ").bind(site);
    for GrantRow(party, grant) in read.all_of(grants.push(") ORDER BY t.party, t.from_day DESC, t.role, t.id")).await? {
        if let Some(at) = places.get(&party) {
            people[*at].grants.push(grant);
        }
    }
    let held = Sql::new(
        "SELECT t.id, t.party, t.kind, t.trade, t.number, t.issued, t.valid_until, t.review_due, t.version FROM certificates t WHERE ",
    );
    for held in read
        .all_of::<Certificate>(of_staff(held, site, only).push(" ORDER BY t.party, t.kind, t.valid_until DESC, t.id"))
        .await?
    {
        if let Some(at) = places.get(&held.party) {
            people[*at].certificates.push(held);
        }
    }
    Ok(())
}

/// One person of the staff of `site`. Errors: `Missing`, for people of other sites too.
pub async fn person(read: &mut Read, site: SiteId, party: PartyId) -> Result<Person, Error> {
    people(read, site, Some(party)).await?.into_iter().next().ok_or(Error::Missing)
}

struct Pair(String, String);
impl FromRow for Pair {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        Ok(Self(row.get("code")?, row.get("name")?))
    }
}

/// (code, name) of the departments of a site, in plan order.
pub async fn departments(read: &mut Read, site: SiteId) -> Result<Vec<(String, String)>, Error> {
    let rows: Vec<Pair> =
        read.all("SELECT code, name FROM departments WHERE site = $1 AND {scope} ORDER BY sort, code", (site,)).await?;
    Ok(rows.into_iter().map(|pair| (pair.0, pair.1)).collect())
}

/// The posts that the site has had, for proposals.
pub async fn posts(read: &mut Read, site: SiteId) -> Result<Vec<String>, Error> {
    read.all("SELECT DISTINCT name AS value FROM posts WHERE site = $1 AND {scope} ORDER BY name", (site,)).await
}

impl FromRow for Held {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        Ok(Self { place: row.get("place")?, name: row.get("name")?, from: row.get("from_day")? })
    }
}

/// What a steward holds today.
pub async fn held(read: &mut Read, site: SiteId, party: PartyId, today: Day) -> Result<Vec<Held>, Error> {
    let sql = "SELECT h.place, CASE WHEN l.name = '' THEN l.code ELSE l.name END AS name, h.from_day FROM steward_homes h JOIN places l ON l.id = h.place \
               WHERE h.site = $1 AND h.party = $2 AND h.from_day <= $3 AND (h.to_day IS NULL OR h.to_day > $3) AND {scope:h} ORDER BY l.sort, l.key, h.place";
    read.all(sql, (site, party, today)).await
}
