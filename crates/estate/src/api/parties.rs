use axum::http::StatusCode;
use kernel::{
    Checks, Error, FieldError, PartyId, Right, Site,
    parties::{self, Correction, NewOccupancy, NewParty, Party, PartyKind, RosterFilter, Sealed},
};
use serde::Deserialize;
use values::{Phone, Secret};
use web::{Answer, ApiDoc, Ask, Reach, Route, json};

use super::{
    PAGE, cursor,
    model::{HomeIn, PartyChange, PartyIn, PartyOut, PersonIn, RevealIn, Revealed, RosterList, RosterOut},
    parsed, parsed_option, places, site_for,
};

pub fn routes() -> Vec<Route> {
    let edit = Right::PeopleEdit;
    vec![
        Route::get("/api/v1/parties", list).right(Right::PeopleRead).reach(Reach::Site).api(
            ApiDoc::new("People by home")
                .gives::<RosterList>(200)
                .query::<String>("site", "Code of the site; required")
                .query::<String>("role", "owner, co_owner, tenant, family or user")
                .query::<String>("q", "Name, pinyin, initials or the last digits of a phone")
                .query::<bool>("past", "Also those who left")
                .query::<String>("cursor", "Where the page begins")
                .query::<i64>("limit", "1 to 200"),
        ),
        Route::post("/api/v1/parties", add)
            .right(edit)
            .reach(Reach::Site)
            .audit("party.added")
            .idempotent()
            .api(ApiDoc::new("Register somebody in a home").takes::<PartyIn>().gives::<PartyOut>(201)),
        Route::get("/api/v1/parties/{id}", one)
            .right(Right::EstateRead)
            .reach(Reach::Site)
            .api(ApiDoc::new("One person or company").gives::<PartyOut>(200)),
        Route::put("/api/v1/parties/{id}", correct)
            .right(edit)
            .reach(Reach::Site)
            .audit("party.corrected")
            .idempotent()
            .api(
                ApiDoc::new("Correct a party; If-Match carries the version")
                    .takes::<PartyChange>()
                    .gives::<PartyOut>(200),
            ),
        Route::post("/api/v1/parties/{id}/reveal", reveal)
            .right(Right::PeopleRead)
            .right(Right::PeopleReveal)
            .reach(Reach::Site)
            .audit("party.identity_revealed")
            .no_store()
            .api(
                ApiDoc::new("Show phones or the identity number in full; the reason is kept")
                    .takes::<RevealIn>()
                    .gives::<Revealed>(200),
            ),
    ]
}

#[derive(Deserialize)]
struct Query {
    site: String,
    #[serde(default)]
    role: String,
    #[serde(default)]
    q: String,
    #[serde(default)]
    past: bool,
    #[serde(default)]
    cursor: String,
    limit: Option<i64>,
}

async fn list(ask: Ask) -> Answer {
    let query: Query = ask.query()?;
    let site = site_for(&ask, &query.site, Right::PeopleRead).await?;
    let mut read = ask.read().await?;
    let limit = query.limit.unwrap_or(PAGE).clamp(1, 200);
    let role = parsed_option("role", Some(&query.role), "estate_role_shape")?;
    let filter = RosterFilter {
        roles: role.into_iter().collect(),
        term: Some(query.q).filter(|text| !text.trim().is_empty()),
        on: (!query.past).then(|| site.today(read.now())),
        after: cursor(&query.cursor)?,
        limit: Some(limit + 1),
        ..RosterFilter::default()
    };
    Ok(json(StatusCode::OK, &page(&mut read, &site, filter, limit).await?, None))
}

/// One page of people with the count of all.
pub(super) async fn page(
    read: &mut kernel::Read,
    site: &Site,
    filter: RosterFilter,
    limit: i64,
) -> Result<RosterList, Error> {
    const COUNTED: i64 = 10_001;
    let full = read.caller().may(Right::PeopleRead, site.id);
    let total =
        parties::roster_count(read, Some(site.id), &RosterFilter { after: None, ..filter.clone() }, COUNTED).await?;
    let mut lines = parties::roster(read, Some(site.id), &filter).await?;
    let more = lines.len() > limit as usize;
    lines.truncate(limit as usize);
    let next = lines.last().filter(|_| more).map(|last| format!("{}_{}", last.sort, last.occupancy));
    Ok(RosterList {
        items: lines.iter().map(|line| RosterOut::of(line, full)).collect(),
        next,
        total: (total < COUNTED).then_some(total),
    })
}

/// A person as sent. Errors: everything that is wrong with them, at once.
pub(super) fn person(sent: PersonIn) -> Result<NewParty, Error> {
    let mut checks = Checks::default();
    let mut phones: Vec<Phone> = Vec::new();
    for text in &sent.phones {
        match text.parse() {
            Ok(phone) => phones.push(phone),
            Err(_) => checks.add(FieldError::new("phones", "estate_phone_shape").with("text", text)),
        }
    }
    let identity = match sent.identity.filter(|text| !text.trim().is_empty()) {
        None => None,
        Some(text) => match sheets::identity_number(sheets::Cell::Text(&text)) {
            Ok(numbers) if numbers.len() == 1 => numbers.into_iter().next().map(Secret::new),
            _ => {
                checks.refuse("identity", "estate_identity_shape");
                None
            }
        },
    };
    checks.done()?;
    Ok(NewParty { kind: sent.kind.unwrap_or(PartyKind::Person), name: sent.name, phones, identity, note: sent.note })
}

pub(super) async fn home(ask: &Ask, site: &Site, sent: &HomeIn, party: PartyId) -> Result<NewOccupancy, Error> {
    let place = places::meant(ask, site, &sent.place).await?;
    Ok(NewOccupancy {
        place: place.id,
        party,
        role: sent.role,
        from: parsed("from", &sent.from, "estate_day_shape")?,
        to: parsed_option("to", sent.to.as_ref(), "estate_day_shape")?,
        let_in_by: None,
    })
}

async fn add(ask: Ask) -> Answer {
    let sent: PartyIn = ask.json()?;
    let site = site_for(&ask, &sent.site, Right::PeopleEdit).await?;
    let who = person(sent.person)?;
    let home = home(&ask, &site, &sent.occupancy, values::Id::named("")).await?;
    let (out, replayed) = web::once!(ask, tx => {
        let party = parties::find_or_add(&mut tx, site.id, Some(home.place), who).await?;
        parties::move_in(&mut tx, site.id, NewOccupancy { party, ..home }).await?;
        shown(&mut tx, party, &site).await?
    });
    Ok(json(if replayed { StatusCode::OK } else { StatusCode::CREATED }, &out, Some(out.version)))
}

async fn shown(read: &mut kernel::Read, id: PartyId, site: &Site) -> Result<PartyOut, Error> {
    let full = read.caller().may(Right::PeopleRead, site.id);
    let party = parties::by_id(read, id).await?;
    Ok(PartyOut::of(&party, &parties::occupancies_of(read, id).await?, full))
}

/// A party that has or had a home at a site of the caller's.
async fn linked(ask: &Ask) -> Result<(Party, Vec<parties::Occupancy>), Error> {
    let id: PartyId = ask.param("id")?;
    let mut read = ask.read().await?;
    let homes = parties::occupancies_of(&mut read, id).await?;
    if homes.is_empty() {
        return Err(Error::Missing);
    }
    Ok((parties::by_id(&mut read, id).await?, homes))
}

async fn one(ask: Ask) -> Answer {
    let (party, homes) = linked(&ask).await?;
    let may = |right: Right| homes.iter().any(|home| ask.caller.may(right, home.site));
    if !may(Right::EstateRead) {
        return Err(Error::Denied);
    }
    Ok(json(StatusCode::OK, &PartyOut::of(&party, &homes, may(Right::PeopleRead)), Some(party.version)))
}

async fn correct(ask: Ask) -> Answer {
    let sent: PartyChange = ask.json()?;
    let (party, _) = linked(&ask).await?;
    let site = site_for(&ask, &sent.site, Right::PeopleEdit).await?;
    let seen = ask.if_match().ok_or_else(|| Error::Invalid(vec![FieldError::new("If-Match", "estate_if_match")]))?;
    let kind = sent.person.kind.unwrap_or(party.kind);
    let who = person(sent.person)?;
    let to = Correction { kind, name: who.name, phones: who.phones, note: who.note, identity: who.identity };
    let (out, _) = web::once!(ask, tx => {
        parties::correct(&mut tx, site.id, party.id, seen, &to).await?;
        shown(&mut tx, party.id, &site).await?
    });
    Ok(json(StatusCode::OK, &out, Some(out.version)))
}

async fn reveal(ask: Ask) -> Answer {
    let sent: RevealIn = ask.json()?;
    let (party, _) = linked(&ask).await?;
    let (what, right) = match sent.what.as_str() {
        "phones" => (Sealed::Phones, Right::PeopleRead),
        "identity" => (Sealed::Identity, Right::PeopleReveal),
        _ => return Err(Error::Invalid(vec![FieldError::new("what", "estate_reveal_what")])),
    };
    let site = site_for(&ask, &sent.site, right).await?;
    let mut tx = ask.begin().await?;
    let values = parties::reveal(&mut tx, site.id, party.id, what, &sent.reason).await?;
    tx.commit().await?;
    Ok(json(StatusCode::OK, &Revealed { values }, None))
}
