//! One order as somebody may see it.

use db::{DbError, FromRow, Row};
use values::{Id, Moment, Phone};

use super::{
    Facts, Mover, Noun, Number, Order, State, TypedNumber, allowed, neighbour, next_mover,
    record::Record,
    standing::{standing, works_in},
    store, thread,
    thread::Entry,
};
use crate::{
    Error, PartyId, PlaceId, Read, SiteId, Who, categories,
    categories::Category,
    evidence::{self, Evidence},
    places::{self, Place},
    promises::{self, ClockView, Excuse, Name, Outcome, Promise, clock, settle},
};

/// Acts that the rules know and that have no verb yet.
const LATER: [Noun; 6] =
    [Noun::Legs, Noun::Quote, Noun::QuoteAnswer, Noun::Materials, Noun::FollowUp, Noun::Appointment];

/// Somebody who reported it.
#[derive(Debug, Clone)]
pub struct Reporter {
    pub sort: i64,
    pub party: Option<PartyId>,
    pub name: Option<String>,
    pub phone: Option<Phone>,
    pub place: Option<PlaceId>,
    /// Of the order that was merged into this one.
    pub number: Option<String>,
    pub stars: Option<i64>,
    pub at: Moment,
    /// When they no longer needed it, while it went on for the others.
    pub left_at: Option<Moment>,
}

impl FromRow for Reporter {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        Ok(Self {
            sort: row.get("sort")?,
            party: row.get("party")?,
            name: row.get("name")?,
            phone: row.get("phone")?,
            place: row.get("place")?,
            number: row.get("number")?,
            stars: row.get("stars")?,
            at: row.get("at")?,
            left_at: row.get("left_at")?,
        })
    }
}

/// A promise with its clock as of the reading.
#[derive(Debug, Clone)]
pub struct PromiseView {
    pub promise: Promise,
    pub outcome: Outcome,
    pub clock: ClockView,
}

/// Everything of an order that this caller may see.
#[derive(Debug, Clone)]
pub struct OrderView {
    pub order: Record,
    pub state: State,
    pub place: Option<Place>,
    pub category: Category,
    pub assignee_name: Option<String>,
    /// Present and earlier rounds, without what was superseded; internal ones for staff only.
    pub promises: Vec<PromiseView>,
    pub thread: Vec<Entry>,
    pub reporters: Vec<Reporter>,
    pub evidence: Vec<Evidence>,
    /// What this caller may do now.
    pub allowed: Vec<Noun>,
    pub mover: Mover,
    /// When time gives the verdict.
    pub verdict_due: Option<Moment>,
    /// The number of the order that it goes on as.
    pub merged_number: Option<Number>,
    /// The reader is one who reported it.
    pub for_customer: bool,
}

impl OrderView {
    /// The most urgent open promise, running before standing still.
    pub fn urgent(&self) -> Option<&PromiseView> {
        let open = self.promises.iter().filter(|view| !view.outcome.is_settled());
        open.min_by_key(|view| (promises::is_paused(&view.promise), view.clock.due))
    }
}

/// An order as this caller sees it. Errors: `Missing` for what is none of the caller's business, as for what is not there.
pub async fn load(read: &mut Read, id: Id<Order>) -> Result<OrderView, Error> {
    let order = store::find(read, id).await?;
    let actor = standing(read, &order).await?;
    let mine = match read.caller().who {
        Who::Resident(party) => neighbour::mine(read, id, party).await?,
        _ => None,
    };
    let for_customer = mine.is_some();
    let rows = promises::store::of_order(read, id).await?;
    let leg = order.progress().current_leg();
    let leg_id = order.legs.get(leg).map(|leg| leg.id);
    let arrival_promised = rows.iter().any(|row| {
        row.promise.name == Name::Arrival && row.promise.leg == leg_id && row.promise.excuse != Some(Excuse::Superseded)
    });
    let entitled = match read.caller().party() {
        Some(party) => works_in(read, order.site, party, &order.department).await?,
        None => false,
    };
    let facts = Facts { arrival_promised, entitled, ..Facts::default() };
    let now = read.now();
    let mut allowed = allowed(&order.progress(), leg, &actor, &facts, now);
    allowed.retain(|noun| !LATER.contains(noun));
    let subject = super::held::subject(order.own);
    let shown = rows.into_iter().map(|row| row.promise).filter(|row| row.excuse != Some(Excuse::Superseded));
    let shown = shown.filter(|row| !for_customer || !row.name.is_internal());
    let promises = shown
        .map(|row| PromiseView { outcome: settle(&row, now, subject), clock: clock(&row, now), promise: row })
        .collect();
    let mut evidence = evidence::of(read, id.uuid()).await?;
    evidence.retain(|one| !for_customer || one.visible);
    let veiled = mine.as_ref().is_some_and(|mine| mine.is_veiled(read.caller(), order.place));
    let thread = thread::of_order(read, id, false).await?;
    let thread = mine.iter().fold(thread, |thread, mine| mine.lines(thread, veiled));
    let mut view = OrderView {
        state: order.state(),
        place: place(read, order.place).await?,
        category: categories::one(read, order.site, &order.category).await?,
        assignee_name: name(read, order.assignee()).await?,
        promises,
        thread,
        reporters: reporters(read, id, for_customer).await?,
        evidence,
        allowed,
        mover: next_mover(&order.progress()),
        verdict_due: super::verdict_due(&order.progress()),
        merged_number: merged_number(read, order.merged_into).await?,
        for_customer,
        order,
    };
    if for_customer {
        view.order.entry_note = None;
    }
    if let Some(mine) = mine.filter(|_| veiled) {
        neighbour::veil(read, &mut view, &mine).await?;
    }
    Ok(view)
}

async fn place(read: &mut Read, id: Option<PlaceId>) -> Result<Option<Place>, Error> {
    match id {
        Some(id) => places::by_id(read, id).await.map(Some),
        None => Ok(None),
    }
}

async fn name(read: &mut Read, party: Option<PartyId>) -> Result<Option<String>, Error> {
    match party {
        Some(party) => read.opt("SELECT name AS value FROM parties WHERE id = $1", (party,)).await,
        None => Ok(None),
    }
}

async fn merged_number(read: &mut Read, into: Option<Id<Order>>) -> Result<Option<Number>, Error> {
    let Some(into) = into else { return Ok(None) };
    let number: Option<String> =
        read.opt("SELECT number AS value FROM orders WHERE id = $1 AND {scope}", (into,)).await?;
    Ok(number.and_then(|number| number.parse().ok()))
}

/// A customer sees their own line only.
async fn reporters(read: &mut Read, order: Id<Order>, own_only: bool) -> Result<Vec<Reporter>, Error> {
    let me = read.caller().party();
    let sql = "SELECT sort, party, name, phone, place, number, stars, at, left_at FROM reporters WHERE order_id = $1 AND {scope} ORDER BY sort";
    let mut all: Vec<Reporter> = read.all(sql, (order,)).await?;
    all.retain(|one| !own_only || one.party == me);
    Ok(all)
}

/// The order behind a number as somebody typed it or as an address says it. Errors: `Missing`; without its letter it must
/// be the only one of its day.
pub async fn by_number(read: &mut Read, site: SiteId, typed: &str) -> Result<Id<Order>, Error> {
    if let Ok(number) = typed.parse::<Number>() {
        return store::id_of(read, site, number).await?.ok_or(Error::Missing);
    }
    let today = crate::sites::by_id(read, site).await?.today(read.now());
    let TypedNumber { kind, day, sequence } = super::parse_typed(typed, today).ok_or(Error::Missing)?;
    let kinds = kind.map_or_else(|| super::Kind::ALL.to_vec(), |kind| vec![kind]);
    let mut found = Vec::new();
    for kind in kinds {
        found.extend(store::id_of(read, site, Number { kind, day, sequence }).await?);
    }
    match found.as_slice() {
        [only] => Ok(*only),
        _ => Err(Error::Missing),
    }
}

/// A picture, if this caller may see it: the sender's own, or of an order that the caller sees.
pub async fn evidence_for(read: &mut Read, id: Id<Evidence>) -> Result<Evidence, Error> {
    let found = evidence::by_id(read, id).await?;
    if evidence::is_own(&found, read.caller().party()) {
        return Ok(found);
    }
    let order = store::find(read, found.subject.map(Id::from_uuid).ok_or(Error::Missing)?).await?;
    standing(read, &order).await?;
    let Who::Resident(party) = read.caller().who else { return Ok(found) };
    let mine = neighbour::mine(read, order.id, party).await?.ok_or(Error::Missing)?;
    // What another home shows is not for the neighbours who reported the same.
    let seen = found.visible && !mine.is_veiled(read.caller(), order.place);
    if seen { Ok(found) } else { Err(Error::Missing) }
}
