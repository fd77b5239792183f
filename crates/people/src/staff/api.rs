use axum::http::StatusCode;
use kernel::{Error, FieldError, PartyId, Read, Right, certificates, certificates::GapWhy, sites};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use values::Day;
use web::{Answer, ApiDoc, Ask, Reach, Route, json};

use super::{Filter, Person, store};

pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::get("/api/v1/staff", list).right(Right::StaffRead).reach(Reach::Site).api(
            ApiDoc::new("The staff of a site")
                .gives::<StaffList>(200)
                .query::<String>("site", "code of the site, required")
                .query::<String>("q", "name, log-in name, post or the last four digits of a phone")
                .query::<String>("department", "CS, ENG, SEC, CLN, GRN, OPS, FIN")
                .query::<String>("role", "a role's name")
                .query::<String>("state", "empty: on the staff; ended; all"),
        ),
        Route::get("/api/v1/certificates", certificates_of).right(Right::StaffRead).reach(Reach::Site).api(
            ApiDoc::new("Certificates of the staff of a site, the most urgent first")
                .gives::<CertificateList>(200)
                .query::<String>("site", "code of the site, required")
                .query::<bool>("due", "only those with a reminder (90, 60, 30, 7, 0 days)"),
        ),
        Route::post("/api/v1/certificates", add)
            .right(Right::StaffManage)
            .reach(Reach::Site)
            .idempotent()
            .audit("certificate.added")
            .api(ApiDoc::new("Register a certificate").takes::<CertificateIn>().gives::<CertificateOut>(201)),
        Route::get("/api/v1/certificates/gap", gap).right(Right::StaffRead).reach(Reach::Site).api(
            ApiDoc::new("What a person lacks for work that demands a certificate on a day (CRT-90)")
                .gives::<GapOut>(200)
                .query::<String>("site", "code of the site, required")
                .query::<String>("party", "id of the person, required")
                .query::<String>("kind", "CRT-05 or CRT-05:electric, required")
                .query::<String>("day", "last day of the work; today when left out"),
        ),
    ]
}

#[derive(Serialize, ToSchema)]
struct StaffList {
    items: Vec<StaffItem>,
    total: i64,
    next: Option<String>,
}

#[derive(Serialize, Deserialize, ToSchema)]
pub(super) struct StaffItem {
    party: PartyId,
    name: String,
    /// Masked.
    phone: Option<String>,
    login: Option<String>,
    department: Option<String>,
    post: Option<String>,
    from: Option<String>,
    to: Option<String>,
    roles: Vec<String>,
    disabled: bool,
}

#[derive(Deserialize)]
struct At {
    #[serde(default)]
    site: String,
    #[serde(default)]
    due: bool,
}

/// The site of the query, within scope and with the right there.
async fn site_of(ask: &Ask, code: &str, right: Right) -> Result<kernel::Site, Error> {
    let site = named_site(&mut ask.read().await?, code).await?;
    if ask.caller.may(right, site.id) { Ok(site) } else { Err(Error::Denied) }
}

/// A site within scope by its code. Errors: `site_missing`, `Missing`.
pub(super) async fn named_site(read: &mut Read, code: &str) -> Result<kernel::Site, Error> {
    if code.is_empty() {
        return Err(Error::Invalid(vec![FieldError::new("site", "site_missing")]));
    }
    sites::by_code(read, code).await
}

async fn list(ask: Ask) -> Answer {
    let at: At = ask.query()?;
    let filter: Filter = ask.query()?;
    let site = site_of(&ask, &at.site, Right::StaffRead).await?;
    let today = site.today(ask.house().now());
    let mut read = ask.read().await?;
    let people = store::people(&mut read, site.id, None).await?;
    let items: Vec<StaffItem> =
        people.iter().filter(|person| filter.shows(person, today)).map(|person| item(person, today)).collect();
    let total = i64::try_from(items.len()).unwrap_or(i64::MAX);
    Ok(json(StatusCode::OK, &StaffList { items, total, next: None }, None))
}

pub(super) fn item(person: &Person, today: Day) -> StaffItem {
    let post = person.post(today);
    StaffItem {
        party: person.party,
        name: person.name.clone(),
        phone: person.phones.first().map(values::Phone::masked),
        login: person.account.as_ref().and_then(|account| account.login.clone()),
        department: post.map(|post| post.department.clone()),
        post: post.map(|post| post.post.clone()),
        from: post.map(|post| post.from.to_string()),
        to: post.and_then(|post| post.to).map(|day| day.to_string()),
        roles: person.roles(today).iter().map(|role| role.as_str().to_string()).collect(),
        disabled: person.account.as_ref().is_some_and(|account| account.disabled),
    }
}

#[derive(Serialize, ToSchema)]
struct CertificateList {
    items: Vec<CertificateOut>,
    total: i64,
    next: Option<String>,
}

#[derive(Serialize, Deserialize, ToSchema)]
struct CertificateOut {
    party: PartyId,
    name: String,
    /// `CRT-05`
    kind: String,
    /// For CRT-05: `electric`, `height`, `welding`, `refrigeration`, `other`
    trade: Option<String>,
    number: String,
    issued: Option<String>,
    valid_until: Option<String>,
    review_due: Option<String>,
    /// Until expiry or review, whichever is earlier; negative when over.
    days_left: Option<i64>,
    /// The reminder that is on now: 90, 60, 30, 7 or 0.
    reminder: Option<i64>,
}

fn out(person: &Person, held: &certificates::Certificate, today: Day) -> CertificateOut {
    let text = |day: Option<Day>| day.map(|day| day.to_string());
    CertificateOut {
        party: person.party,
        name: person.name.clone(),
        kind: held.kind.to_string(),
        trade: held.trade.clone(),
        number: held.number.clone(),
        issued: text(held.issued),
        valid_until: text(held.valid_until),
        review_due: text(held.review_due),
        days_left: held.last_day().map(|last| last.since(today)),
        reminder: held.reminder(today).map(|(_, step)| step),
    }
}

async fn certificates_of(ask: Ask) -> Answer {
    let at: At = ask.query()?;
    let site = site_of(&ask, &at.site, Right::StaffRead).await?;
    let today = site.today(ask.house().now());
    let mut read = ask.read().await?;
    let people = store::people(&mut read, site.id, None).await?;
    let on = people.iter().filter(|person| person.is_on(today));
    let mut items: Vec<CertificateOut> =
        on.flat_map(|person| person.certificates.iter().map(move |held| out(person, held, today))).collect();
    items.retain(|item| !at.due || item.reminder.is_some());
    items.sort_by_key(|item| item.days_left.unwrap_or(i64::MAX));
    let total = i64::try_from(items.len()).unwrap_or(i64::MAX);
    Ok(json(StatusCode::OK, &CertificateList { items, total, next: None }, None))
}

#[derive(Deserialize, ToSchema)]
struct CertificateIn {
    site: String,
    party: PartyId,
    /// `CRT-05`
    kind: String,
    trade: Option<String>,
    number: String,
    /// `2026-08-12`; the usual end and review follow from it when they are left out.
    issued: Option<String>,
    valid_until: Option<String>,
    review_due: Option<String>,
}

impl CertificateIn {
    fn read(&self) -> Result<certificates::NewCertificate, Error> {
        let wrong = |field: &str, code| Error::Invalid(vec![FieldError::new(field, code)]);
        let day = |field: &str, text: &Option<String>| {
            text.as_deref().map(|text| text.parse::<Day>().map_err(|_| wrong(field, "date_unreadable"))).transpose()
        };
        let kind: certificates::Kind = self.kind.parse().map_err(|()| wrong("kind", "certificate_kind"))?;
        let issued = day("issued", &self.issued)?;
        let (valid, review) = issued.map_or((None, None), |issued| certificates::usual_dates(kind, issued));
        Ok(certificates::NewCertificate {
            kind,
            trade: self.trade.clone(),
            number: self.number.clone(),
            issued,
            valid_until: day("valid_until", &self.valid_until)?.or(valid),
            review_due: day("review_due", &self.review_due)?.or(review),
        })
    }
}

async fn add(ask: Ask) -> Answer {
    let sent: CertificateIn = ask.json()?;
    let site = site_of(&ask, &sent.site, Right::StaffManage).await?;
    let new = sent.read()?;
    let mut read = ask.read().await?;
    store::person(&mut read, site.id, sent.party).await?;
    drop(read);
    let today = site.today(ask.house().now());
    let (answer, _) = web::once!(&ask, tx => {
        let id = certificates::add(&mut tx, site.id, sent.party, &new).await?;
        let person = store::person(&mut tx, site.id, sent.party).await?;
        let held = person.certificates.iter().find(|held| held.id == id).ok_or(Error::Missing)?;
        out(&person, held, today)
    });
    Ok(json(StatusCode::CREATED, &answer, None))
}

#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
struct GapQuery {
    site: String,
    party: String,
    kind: String,
    day: String,
}

#[derive(Serialize, ToSchema)]
struct GapOut {
    /// Nothing is missing.
    holds: bool,
    /// `none`, `not_yet`, `expired`, `review_missed`
    why: Option<String>,
    number: Option<String>,
    ended_on: Option<String>,
    /// An assignment would be refused, not only warned about.
    blocks: bool,
}

async fn gap(ask: Ask) -> Answer {
    let sent: GapQuery = ask.query()?;
    let site = site_of(&ask, &sent.site, Right::StaffRead).await?;
    let wrong = |field: &str, code| Error::Invalid(vec![FieldError::new(field, code)]);
    let party: PartyId = sent.party.parse().map_err(|_| wrong("party", "person_unknown"))?;
    let (kind, trade) =
        sent.kind.split_once(':').map_or((sent.kind.as_str(), None), |(kind, trade)| (kind, Some(trade)));
    let kind: certificates::Kind = kind.parse().map_err(|()| wrong("kind", "certificate_kind"))?;
    let day = match sent.day.as_str() {
        "" => site.today(ask.house().now()),
        text => text.parse().map_err(|_| wrong("day", "date_unreadable"))?,
    };
    let mut read = ask.read().await?;
    store::person(&mut read, site.id, party).await?;
    let gap = certificates::missing(&mut read, party, kind, trade, day).await?;
    let answer = GapOut {
        holds: gap.is_none(),
        why: gap.as_ref().map(|gap| GapWhy::as_str(gap.why).to_string()),
        number: gap.as_ref().and_then(|gap| gap.number.clone()),
        ended_on: gap.as_ref().and_then(|gap| gap.ended_on).map(|day| day.to_string()),
        blocks: kind.blocks(),
    };
    Ok(json(StatusCode::OK, &answer, None))
}
