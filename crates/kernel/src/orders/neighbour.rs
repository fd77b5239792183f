//! Several homes may report one thing. The first of them speaks for the order; the others see how it goes and who does what
//! next, say their own words and rate, and see nothing of the other homes: no words, no unit, no entry note, no names.

use std::collections::HashSet;

use db::{DbError, FromRow, Row};
use serde_json::{Value as Json, json};
use values::{Id, Moment, Phone};

use super::{
    Act, Actor, Fact, Mark, Noun, Order, OrderView,
    held::{Done, Held},
    lines::Line,
    record::Record,
    thread::{Entry, Say},
    view::Reporter,
};
use crate::{Caller, Error, PartyId, PlaceId, Read, Tx, categories, places};

/// The line of a resident among those who reported an order.
#[derive(Debug, Clone)]
pub(super) struct Mine {
    line: Reporter,
    /// Of those who are still in it, so many came before.
    before: i64,
}

impl std::ops::Deref for Mine {
    type Target = Reporter;
    fn deref(&self) -> &Reporter {
        &self.line
    }
}

impl FromRow for Mine {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        Ok(Self { line: Reporter::from_row(row)?, before: row.get("before")? })
    }
}

/// The first line of `party` on the order; `None` for somebody who did not report it.
pub(super) async fn mine(read: &mut Read, order: Id<Order>, party: PartyId) -> Result<Option<Mine>, Error> {
    let sql = "SELECT r.party, r.sort, r.name, r.phone, r.place, r.number, r.stars, r.at, r.left_at, \
               CAST((SELECT count(*) FROM reporters o WHERE o.order_id = r.order_id AND o.left_at IS NULL AND o.sort < r.sort) AS BIGINT) AS before \
               FROM reporters r WHERE r.order_id = $1 AND r.party = $2 AND {scope:r} ORDER BY r.sort LIMIT 1";
    read.opt(sql, (order, party)).await
}

impl Mine {
    pub fn actor(&self) -> Actor {
        match (self.left_at, self.before) {
            (Some(_), _) => Actor::onlooker(),
            (None, 0) => Actor::customer(),
            (None, _) => Actor::neighbour(),
        }
    }

    /// The words and the unit are another home's. Who lives there knows them.
    pub fn is_veiled(&self, caller: &Caller, place: Option<PlaceId>) -> bool {
        self.sort > 0 && !place.is_some_and(|place| caller.lives_at(place))
    }

    /// From when on staff knew that they speak to several homes.
    fn since(&self, thread: &[Entry]) -> Moment {
        let Some(number) = &self.number else { return self.at };
        let named =
            |entry: &&Entry| entry.act == "merge" && entry.data.get("number").and_then(Json::as_str) == Some(number);
        thread.iter().find(named).map_or(self.at, |entry| entry.at)
    }

    /// What of the thread this customer sees, of all its lines.
    pub fn lines(&self, thread: Vec<Entry>, veiled: bool) -> Vec<Entry> {
        let since = self.since(&thread);
        let visible = thread.into_iter().filter(|entry| entry.visible);
        visible.filter_map(|entry| self.line(entry, veiled, since)).collect()
    }

    fn line(&self, mut entry: Entry, veiled: bool, since: Moment) -> Option<Entry> {
        if entry.actor == self.party {
            return Some(entry);
        }
        let of_customer = entry.actor_role == "customer";
        if of_customer && matches!(entry.act.as_str(), "report" | "message" | "chase" | "rating") && veiled {
            return None;
        }
        if of_customer {
            entry.actor_name.clear();
        }
        if veiled && (of_customer || entry.at < since) {
            entry.body = None;
        }
        if veiled && entry.act == "report" {
            entry.data = json!({});
        }
        Some(entry)
    }
}

/// Hides another home's words and unit; `own_words` are those of the reader's own order that went on as this one.
pub(super) async fn veil(read: &mut Read, view: &mut OrderView, mine: &Mine) -> Result<(), Error> {
    let own_place = match mine.place {
        Some(place) => Some(places::by_id(read, place).await?),
        None => None,
    };
    let common = view.place.take().filter(|place| !place.kind.is_exclusive());
    view.place = common.or(own_place);
    let order = &mut view.order;
    order.stand_at(view.place.as_ref());
    order.title.clone_from(&view.category.zh);
    order.body = own_words(read, mine).await?.unwrap_or_default();
    (order.reporter, order.reporter_name, order.reporter_phone) = (mine.party, mine.name.clone(), mine.phone.clone());
    (order.entry_note, order.verdict_words, order.satisfied, order.stars) = (None, None, None, mine.stars);
    view.evidence.retain(|one| one.by_party == mine.party);
    Ok(())
}

async fn own_words(read: &mut Read, mine: &Mine) -> Result<Option<String>, Error> {
    let Some(number) = &mine.number else { return Ok(None) };
    let sql =
        "SELECT body AS value FROM orders WHERE number = $1 AND reporter = $2 AND {scope} ORDER BY reported LIMIT 1";
    read.opt(sql, (number.as_str(), mine.party)).await
}

/// The same for the lines of a resident's list.
pub(super) async fn veil_lines(read: &mut Read, party: PartyId, lines: &mut [Line]) -> Result<(), Error> {
    let sql = "SELECT order_id AS value FROM reporters WHERE party = $1 AND sort = 0 AND {scope} ORDER BY order_id";
    let first: HashSet<Id<Order>> = read.all::<Id<Order>>(sql, (party,)).await?.into_iter().collect();
    let caller = read.caller().clone();
    let at_home = |place: Option<PlaceId>| place.is_some_and(|place| caller.lives_at(place));
    for line in lines.iter_mut().filter(|line| !first.contains(&line.id) && !at_home(line.place)) {
        let site: crate::SiteId =
            read.one("SELECT site AS value FROM orders WHERE id = $1 AND {scope}", (line.id,)).await?;
        line.title = categories::one(read, site, &line.category).await?.zh;
        let common = match line.place {
            Some(place) => !places::by_id(read, place).await?.kind.is_exclusive(),
            None => false,
        };
        if !common {
            (line.place, line.place_name) = (None, None);
        }
        line.reporter_name = None;
    }
    Ok(())
}

/// Does anybody else still need what this resident reported?
pub(super) async fn is_one_of_several(read: &mut Read, order: Id<Order>) -> Result<bool, Error> {
    let Some(party) = read.caller().party().filter(|_| read.caller().is_resident()) else { return Ok(false) };
    let sql = "SELECT sort AS value FROM reporters WHERE order_id = $1 AND left_at IS NULL AND (party IS NULL OR party <> $2) \
               AND {scope} ORDER BY sort LIMIT 1";
    Ok(read.opt::<i64>(sql, (order, party)).await?.is_some())
}

/// Takes the caller out of the order, which goes on for the others; the next of them speaks for it then. Errors: as of a
/// cancellation.
pub(super) async fn step_back(tx: &mut Tx, mut held: Held, why: &str) -> Result<Done, Error> {
    held.permit(tx, &Act::Cancellation)?;
    let (id, now) = (held.order.id, tx.now());
    let me = tx.caller().party().ok_or(Error::Missing)?;
    let sql = "UPDATE reporters SET left_at = $3 WHERE order_id = $1 AND party = $2 AND left_at IS NULL AND {scope}";
    tx.run(sql, (id, me, now)).await?;
    if held.order.reporter == Some(me) {
        hand_on(tx, &mut held.order).await?;
    }
    held.order.touched = now;
    let fact = Fact::Corrected(Mark { site: held.order.site, order: id });
    held.finish_as(tx, Noun::Messages, Say::internal("reporter_left").body(why), fact).await
}

async fn hand_on(tx: &mut Tx, order: &mut Record) -> Result<(), Error> {
    struct Next(Option<PartyId>, Option<String>, Option<Phone>, Option<PlaceId>);
    impl FromRow for Next {
        fn from_row(row: &Row) -> Result<Self, DbError> {
            Ok(Self(row.get("party")?, row.get("name")?, row.get("phone")?, row.get("place")?))
        }
    }
    let sql = "SELECT party, name, phone, place FROM reporters WHERE order_id = $1 AND left_at IS NULL AND {scope} ORDER BY sort LIMIT 1";
    let Some(Next(party, name, phone, place)) = tx.opt::<Next>(sql, (order.id,)).await? else { return Ok(()) };
    (order.reporter, order.reporter_name, order.reporter_phone, order.entry_note) = (party, name, phone, None);
    if let Some(place) = place {
        let place = places::by_id(tx, place).await?;
        order.stand_at(Some(&place));
    }
    Ok(())
}
