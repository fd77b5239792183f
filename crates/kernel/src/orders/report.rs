//! How an order begins: a report, and more people who report the same.

use serde_json::{Value as Json, json};
use uuid::Uuid;
use values::{Id, Moment, Phone};

use super::{
    Channel, Fact, Kind, Mark, Order, Own, Progress, Urgency,
    held::{Done, checked, done, follow},
    record::{LegRecord, Record},
    standing, store,
    thread::{self, Say},
};
use crate::{
    Checks, Error, FieldError, PartyId, PlaceId, SiteId, Tx, Who, categories,
    categories::Category,
    evidence::{self, Evidence},
    notices,
    places::{self, Place},
    search, sites,
};

/// CSV §2: no report is longer.
const MOST_TEXT: usize = 2_000;
const MOST_NOTE: usize = 200;
const MOST_NAME: usize = 60;

/// What somebody reports.
#[derive(Debug, Clone)]
pub struct NewReport {
    pub site: SiteId,
    pub kind: Kind,
    /// The code of a leaf.
    pub category: String,
    /// None: as the category says.
    pub urgency: Option<Urgency>,
    pub place: Option<PlaceId>,
    pub channel: Channel,
    pub text: String,
    pub reporter: NewReporter,
    /// What a technician must know at the door: "baby asleep, do not ring".
    pub entry_note: Option<String>,
    /// The outage notice that it belongs to, where the reporter named one; else the one that goes on there is found.
    pub outage: Option<Uuid>,
    /// Photos that were received before.
    pub evidence: Vec<Id<Evidence>>,
    pub device_at: Option<Moment>,
}

/// Who reports. A party only when it is known; matching a phone never looks beyond the place.
#[derive(Debug, Clone, Default)]
pub struct NewReporter {
    pub party: Option<PartyId>,
    pub name: Option<String>,
    pub phone: Option<Phone>,
    /// Where they call from; none: the place of the order.
    pub place: Option<PlaceId>,
}

impl NewReporter {
    pub const fn is_nobody(&self) -> bool {
        self.party.is_none() && self.name.is_none() && self.phone.is_none()
    }
}

/// Takes a report. Staff's is accepted at once, others' waits for acceptance. Errors: fields (category, kind, place, text);
/// `Missing` for a site or place that the caller has no part in.
pub async fn report(tx: &mut Tx, new: &NewReport) -> Result<Done, Error> {
    let id = tx.id();
    report_as(tx, id, new).await
}

/// As `report`, with an id that a phone made while it had no network. Errors: `Taken` when it is in use.
pub async fn report_as(tx: &mut Tx, id: Id<Order>, new: &NewReport) -> Result<Done, Error> {
    let site = sites::by_id(tx, new.site).await?;
    let place = place(tx, new).await?;
    standing::may_report(tx.caller(), new, place.as_ref())?;
    let category = checked_category(tx, new).await?;
    let reporter = reporter(tx, new).await?;
    let number = store::next_number(tx, site.id, new.kind, site.today(tx.now())).await?;
    let mut order = Record { id, number, ..record(tx, new, &category, place.as_ref(), reporter)? };
    order.outage = outage(tx, &order).await?;
    let progress = Progress::reported(new.channel);
    order.own = progress.own;
    order.accepted = matches!(progress.own, Own::Open { .. }).then(|| tx.now());
    order.legs = vec![LegRecord::waiting(tx.id(), &order, 1, 0)];
    store::insert(tx, &order).await?;
    write_reporter(tx, &order, 0, &NewReporter::of(&order), None).await?;
    evidence::attach(tx, order.site, order.id.uuid(), &new.evidence, true).await?;
    follow(tx, &mut order, false).await?;
    let number = order.number.to_string();
    search::index(tx, order.site, search::Kind::Order, order.id.uuid(), &[], &search::number_terms(&number)).await?;
    note(tx, &order, new).await?;
    Ok(done(&order))
}

async fn note(tx: &mut Tx, order: &Record, new: &NewReport) -> Result<(), Error> {
    let data = json!({ "channel": new.channel, "category": order.category });
    thread::say(tx, order.site, order.id, Say::visible("report").data(data.clone()).device(new.device_at)).await?;
    tx.note(order.site, "order.reported", format!("order/{}", order.id), Json::Null, data);
    tx.tell(Fact::Reported(Mark { site: order.site, order: order.id })).await?;
    tx.changed(order.site, "orders", order.id.uuid());
    Ok(())
}

/// However it came in, a report from where an outage goes on hangs on its notice, and hears of its end.
async fn outage(tx: &mut Tx, order: &Record) -> Result<Option<Uuid>, Error> {
    match (order.outage, order.kind) {
        (None, Kind::Repair | Kind::Enquiry) => {
            let running = notices::outage_for(tx, order.site, order.place, Some(&order.category)).await?;
            Ok(running.map(|notice| notice.id.uuid()))
        }
        (known, _) => Ok(known),
    }
}

async fn place(tx: &mut Tx, new: &NewReport) -> Result<Option<Place>, Error> {
    let Some(id) = new.place else { return Ok(None) };
    let place = places::by_id(tx, id).await?;
    if place.site == new.site { Ok(Some(place)) } else { Err(Error::Missing) }
}

async fn checked_category(tx: &mut Tx, new: &NewReport) -> Result<Category, Error> {
    let mut checks = Checks::default();
    let category = match categories::offered(tx, new.site, &new.category).await {
        Ok(category) => Some(category),
        Err(Error::Missing) => None,
        Err(cause) => return Err(cause),
    };
    match &category {
        None => checks.refuse("category", "category_unknown"),
        Some(category) if !category.kinds.contains(&new.kind) => checks.refuse("kind", "kind_of_category"),
        Some(_) => {}
    }
    if new.place.is_none() && matches!(new.kind, Kind::Repair | Kind::Help) {
        checks.refuse("place", "place_missing");
    }
    if new.text.trim().chars().count() > MOST_TEXT {
        checks.add(FieldError::new("text", "text_too_long").with("most", MOST_TEXT));
    }
    checks.done()?;
    category.ok_or(Error::Missing)
}

async fn reporter(tx: &mut Tx, new: &NewReport) -> Result<NewReporter, Error> {
    known(tx, new.site, new.place, &new.reporter).await
}

/// Who is behind a report: the resident who asks, or whom the desk names, or the one at the place with that phone.
pub(super) async fn known(
    tx: &mut Tx,
    site: SiteId,
    place: Option<PlaceId>,
    who: &NewReporter,
) -> Result<NewReporter, Error> {
    let mut reporter = who.clone();
    reporter.name =
        reporter.name.map(|name| checked("name", &name, MOST_NAME)).transpose()?.filter(|name| !name.is_empty());
    if let Who::Resident(party) = tx.caller().who {
        reporter.party = Some(party);
    } else if reporter.party.is_none() {
        reporter.party = at_place(tx, place, reporter.phone.as_ref()).await?;
    } else {
        known_here(tx, site, reporter.party).await?;
    }
    let Some(party) = reporter.party else { return Ok(reporter) };
    if reporter.name.is_none() {
        reporter.name = tx.opt("SELECT name AS value FROM parties WHERE id = $1", (party,)).await?;
    }
    if reporter.phone.is_none() {
        let sql = "SELECT phone AS value FROM phones WHERE party = $1 ORDER BY rank, phone LIMIT 1";
        reporter.phone = tx.opt::<String>(sql, (party,)).await?.and_then(|phone| phone.parse().ok());
    }
    Ok(reporter)
}

async fn at_place(tx: &mut Tx, place: Option<PlaceId>, phone: Option<&Phone>) -> Result<Option<PartyId>, Error> {
    let (Some(place), Some(phone)) = (place, phone) else { return Ok(None) };
    let sql = "SELECT o.party AS value FROM occupancies o JOIN phones p ON p.party = o.party \
               WHERE o.place = $1 AND p.phone = $2 AND o.to_day IS NULL AND {scope:o} ORDER BY o.from_day, o.party";
    let found: Vec<PartyId> = tx.all(sql, (place, phone.clone())).await?;
    // One phone may serve several people of a home: then nobody is meant.
    Ok(found.first().copied().filter(|first| found.iter().all(|one| one == first)))
}

/// People are visible only through a link to a site in scope.
async fn known_here(tx: &mut Tx, site: SiteId, party: Option<PartyId>) -> Result<(), Error> {
    let sql = "SELECT CAST(1 AS BIGINT) AS value FROM parties p WHERE p.id = $1 AND (\
               EXISTS (SELECT 1 FROM occupancies o WHERE o.party = p.id AND o.site = $2) OR \
               EXISTS (SELECT 1 FROM staff s WHERE s.party = p.id AND s.site = $2) OR \
               EXISTS (SELECT 1 FROM reporters r WHERE r.party = p.id AND r.site = $2))";
    let known: Option<i64> = tx.opt(sql, (party, site)).await?;
    if known.is_some() { Ok(()) } else { Err(Error::Invalid(vec![FieldError::new("reporter", "reporter_unknown")])) }
}

fn record(
    tx: &Tx,
    new: &NewReport,
    category: &Category,
    place: Option<&Place>,
    reporter: NewReporter,
) -> Result<Record, Error> {
    let (now, body) = (tx.now(), checked("text", &new.text, MOST_TEXT)?);
    let entry_note = new.entry_note.as_deref().map(|note| checked("entry_note", note, MOST_NOTE)).transpose()?;
    let mut order = Record {
        id: tx.id(),
        site: new.site,
        number: super::Number { kind: new.kind, day: values::Zone::default().day(now), sequence: 0 },
        kind: new.kind,
        category: category.code.clone(),
        urgency: new.urgency.unwrap_or(category.urgency),
        channel: new.channel,
        own: Own::New,
        place: None,
        building: None,
        stair: None,
        riser: None,
        title: title(&body, category),
        body,
        reporter: reporter.party,
        reporter_name: reporter.name,
        reporter_phone: reporter.phone,
        entry_note: entry_note.filter(|note| !note.is_empty()),
        department: category.department.clone(),
        merged_into: None,
        complex: false,
        round: 1,
        began: now,
        reported: now,
        accepted: None,
        replied: None,
        answered: None,
        completed: None,
        verdict: None,
        followed_up: None,
        closed: None,
        close_reason: None,
        stars: None,
        satisfied: None,
        verdict_by: None,
        verdict_words: None,
        chased: 0,
        outage: new.outage,
        made_by: tx.caller().party(),
        next_due: None,
        touched: now,
        version: 1,
        legs: Vec::new(),
    };
    order.stand_at(place);
    Ok(order)
}

/// The first sentence of the words, at most 40 characters; the category's name when there are none. The whole text is the
/// first line of the order's story.
pub(super) fn title(body: &str, category: &Category) -> String {
    const LONGEST: usize = 40;
    let line = body.trim().lines().next().unwrap_or("").trim();
    let sentence = first_sentence(line);
    match sentence.chars().count() {
        0 => category.zh.clone(),
        1..=LONGEST => sentence.to_string(),
        _ => sentence.chars().take(LONGEST - 1).chain(['…']).collect(),
    }
}

/// Up to the first mark that ends a sentence; a question keeps its mark, a full stop goes.
pub(super) fn first_sentence(line: &str) -> &str {
    let ends = |(at, mark): (usize, char)| match mark {
        '。' | '！' | '；' | ';' | '!' => Some(at),
        '？' | '?' => Some(at + mark.len_utf8()),
        // `3.5 m` and `No. 5` go on.
        '.' if line[at + 1..].trim_start().starts_with(char::is_uppercase) || at + 1 == line.len() => Some(at),
        _ => None,
    };
    line.char_indices().find_map(ends).map_or(line, |end| line[..end].trim())
}

impl Record {
    pub(super) fn stand_at(&mut self, place: Option<&Place>) {
        let is = |place: &&Place, kind| place.kind == kind;
        self.place = place.map(|place| place.id);
        let own = |kind| place.filter(|place| is(place, kind)).map(|place| place.id);
        self.building = place.and_then(|place| place.building).or(own(places::PlaceKind::Building));
        self.stair = place.and_then(|place| place.stair).or(own(places::PlaceKind::Stair));
        self.riser = place.and_then(Place::riser);
    }
}

impl NewReporter {
    fn of(order: &Record) -> Self {
        let (name, phone) = (order.reporter_name.clone(), order.reporter_phone.clone());
        Self { party: order.reporter, name, phone, place: order.place }
    }
}

/// `number`: of the order that was merged into this one.
pub(super) async fn write_reporter(
    tx: &mut Tx,
    order: &Record,
    sort: i64,
    who: &NewReporter,
    number: Option<String>,
) -> Result<(), Error> {
    let (now, place) = (tx.now(), who.place.or(order.place));
    let sql = "INSERT INTO reporters (order_id, site, sort, party, name, phone, place, number, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    tx.run(sql, (order.id, order.site, sort, who.party, who.name.clone(), who.phone.clone(), place, number, now))
        .await?;
    Ok(())
}

/// The next place in the list of reporters; the order is held.
pub(super) async fn next_reporter(tx: &mut Tx, order: Id<Order>) -> Result<i64, Error> {
    let sql =
        "SELECT CAST(coalesce(max(sort), -1) + 1 AS BIGINT) AS value FROM reporters WHERE order_id = $1 AND {scope}";
    tx.one(sql, (order,)).await
}
