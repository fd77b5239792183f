//! Acts of the desk and of leaders.

use serde_json::json;
use values::Id;

use super::{
    Act, Fact, Kind, Mark, Noun, Order, Urgency, WorkerId,
    held::{Done, Held, checked, follow, hold, matter, reason},
    neighbour,
    report::{self, NewReporter, next_reporter, write_reporter},
    standing::departments,
    store,
    tell::{self, Note},
    thread::{self, Say},
};
use crate::{Checks, Error, FieldError, PartyId, PlaceId, Tx, categories, categories::Category, places, promises};

const MOST_TEXT: usize = 2_000;

/// Holds the order and compares the version that the caller saw. Errors: `Stale` with the present one.
pub async fn expect(tx: &mut Tx, id: Id<Order>, version: i64) -> Result<(), Error> {
    let held = hold(tx, id).await?;
    if held.order.version == version { Ok(()) } else { Err(Error::Stale { current: held.order.version }) }
}

/// 受理
pub async fn accept(tx: &mut Tx, id: Id<Order>) -> Result<Done, Error> {
    let mut held = hold(tx, id).await?;
    held.decide(tx, &Act::Acceptance)?;
    held.order.accepted = Some(tx.now());
    held.finish(tx, Noun::Acceptance, Say::visible("acceptance")).await
}

/// The substantive answer; with `close` the order is answered at once and done. Errors: `text_missing`.
pub async fn answer(tx: &mut Tx, id: Id<Order>, text: &str, close: bool) -> Result<Done, Error> {
    let text = checked("text", text, MOST_TEXT)?;
    if text.is_empty() {
        return Err(Error::Invalid(vec![FieldError::new("text", "text_missing")]));
    }
    let mut held = hold(tx, id).await?;
    held.decide(tx, &Act::Answer { close })?;
    held.order.replied.get_or_insert(tx.now());
    held.order.answered.get_or_insert(tx.now());
    held.finish(tx, Noun::Answer, Say::visible("answer").body(&text).data(json!({ "close": close }))).await
}

/// What a correction changes; what is none stays.
#[derive(Debug, Clone, Default)]
pub struct Correction {
    pub kind: Option<Kind>,
    pub category: Option<String>,
    pub urgency: Option<Urgency>,
    pub place: Option<PlaceId>,
    pub reporter: Option<NewReporter>,
    /// CSV-22: it has a plan, and more time.
    pub complex: Option<bool>,
}

/// 更正: open promises are superseded by new ones that keep the moment of the report. The number stays.
pub async fn classify(tx: &mut Tx, id: Id<Order>, to: &Correction, version: Option<i64>) -> Result<Done, Error> {
    let mut held = hold(tx, id).await?;
    if let Some(seen) = version.filter(|seen| *seen != held.order.version) {
        tracing::debug!(seen, current = held.order.version, "a correction came too late");
        return Err(Error::Stale { current: held.order.version });
    }
    held.decide(tx, &Act::Classification)?;
    let before = summary(&held);
    reclassify(tx, &mut held, to).await?;
    if let Some(place) = to.place {
        let place = places::by_id(tx, place).await?;
        if place.site != held.order.site {
            return Err(Error::Missing);
        }
        held.order.stand_at(Some(&place));
    }
    if let Some(reporter) = &to.reporter {
        rename_reporter(tx, &mut held, reporter).await?;
    }
    let line = Say::internal("classification").data(json!({ "before": before, "after": summary(&held) }));
    held.finish(tx, Noun::Classification, line).await
}

fn summary(held: &Held) -> serde_json::Value {
    let order = &held.order;
    json!({ "kind": order.kind, "category": order.category, "urgency": order.urgency, "place": order.place, "complex": order.complex })
}

async fn reclassify(tx: &mut Tx, held: &mut Held, to: &Correction) -> Result<(), Error> {
    let order = &mut held.order;
    let kind = to.kind.unwrap_or(order.kind);
    let code = to.category.as_deref().unwrap_or(&order.category);
    let mut checks = Checks::default();
    match categories::one(tx, order.site, code).await {
        Ok(category) if category.leaf && category.kinds.contains(&kind) && may_be(tx, order, &category).await? => {
            if to.category.is_some() && category.code != order.category {
                order.department.clone_from(&category.department);
                order.urgency = category.urgency;
            }
            held.category = category;
        }
        Ok(category) if category.leaf && !category.kinds.contains(&kind) => checks.refuse("kind", "kind_of_category"),
        Ok(_) | Err(Error::Missing) => checks.refuse("category", "category_unknown"),
        Err(cause) => return Err(cause),
    }
    checks.done()?;
    order.kind = kind;
    if !kind.is_talk() {
        order.own = order.own.with_answer(None);
    }
    order.category.clone_from(&held.category.code);
    order.urgency = to.urgency.unwrap_or(order.urgency);
    order.complex = to.complex.unwrap_or(order.complex);
    let department = order.department.clone();
    let waiting = order.legs.iter_mut().filter(|leg| matches!(leg.stage, super::Stage::Waiting));
    waiting.for_each(|leg| leg.department.clone_from(&department));
    Ok(())
}

/// What was switched off stays with orders that have it, and is given to no other.
async fn may_be(tx: &mut Tx, order: &super::Record, category: &Category) -> Result<bool, Error> {
    Ok(category.code == order.category || categories::offered(tx, order.site, &category.code).await.is_ok())
}

async fn rename_reporter(tx: &mut Tx, held: &mut Held, to: &NewReporter) -> Result<(), Error> {
    let order = &mut held.order;
    let to = report::known(tx, order.site, order.place, to).await?;
    (order.reporter, order.reporter_name, order.reporter_phone) = (to.party, to.name.clone(), to.phone.clone());
    let sql = "UPDATE reporters SET party = $2, name = $3, phone = $4 WHERE order_id = $1 AND {scope} \
               AND sort = (SELECT min(r.sort) FROM reporters r WHERE r.order_id = $1 AND r.left_at IS NULL)";
    tx.run(sql, (order.id, to.party, to.name.clone(), to.phone.clone())).await?;
    Ok(())
}

/// 合并: the order goes on as `into`; its number leads there, its reporters become reporters of the other.
pub async fn merge(tx: &mut Tx, id: Id<Order>, into: Id<Order>) -> Result<Done, Error> {
    let mut held = hold(tx, id).await?;
    held.decide(tx, &Act::Merge { into })?;
    let mut target = store::open_target(tx, &held.order, into).await?;
    held.order.merged_into = Some(into);
    join_reporters(tx, &held, into).await?;
    promises::keep_earlier(tx, id, &matter(&target)).await?;
    store::save(tx, &mut target).await?;
    follow(tx, &mut target, false).await?;
    let joined = Say::internal("merge").data(json!({ "number": held.order.number, "from": id }));
    thread::say(tx, target.site, into, joined).await?;
    tx.changed(target.site, "orders", into.uuid());
    let people = tell::reporters(tx, id).await?;
    let detail = Some(target.number.to_string());
    tell::tell(tx, &Note { subject: "order_merged", order: &held.order, detail, weight: "see" }, &people).await?;
    let fact = Fact::Merged { site: held.order.site, order: id, into };
    let line = Say::visible("merge").data(json!({ "into": into, "number": target.number }));
    held.finish_as(tx, Noun::Merge, line, fact).await
}

async fn join_reporters(tx: &mut Tx, held: &Held, into: Id<Order>) -> Result<(), Error> {
    let next = next_reporter(tx, into).await?;
    let sql = "INSERT INTO reporters (order_id, site, sort, party, name, phone, place, number, at, left_at) \
               SELECT $2, site, sort + $3, party, name, phone, place, coalesce(number, $4), at, left_at FROM reporters WHERE order_id = $1 AND {scope}";
    tx.run(sql, (held.order.id, into, next, held.order.number)).await?;
    Ok(())
}

/// To whom work goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum To {
    Person(PartyId),
    /// Its technicians may grab it.
    Department(String),
    /// The least loaded person of the department who may do it.
    Auto,
}

/// 派单. Errors: `certificate_missing`, `assignee_unknown`, `department_unknown`, `nobody_available`.
pub async fn assign(tx: &mut Tx, id: Id<Order>, to: &To) -> Result<Done, Error> {
    let mut held = hold(tx, id).await?;
    let person = match to {
        To::Person(person) => *person,
        To::Auto => free_technician(tx, &held).await?,
        To::Department(code) => return to_department(tx, held, code).await,
    };
    assign_to(tx, &mut held, person).await?;
    held.decide(tx, &Act::Assignment { to: WorkerId::of(person.of()) })?;
    let now = tx.now();
    if let Some(leg) = held.leg_mut() {
        leg.assigned.get_or_insert(now);
    }
    let fact = Fact::Assigned { site: held.order.site, order: id, to: Some(person) };
    let name = name_of(tx, person).await?;
    let data = json!({ "to": person, "name": name, "auto": *to == To::Auto });
    held.finish_as(tx, Noun::Assignment, Say::visible("assignment").data(data), fact).await
}

/// The person works at the site and holds what the category demands; the leg moves to their department.
pub(super) async fn assign_to(tx: &mut Tx, held: &mut Held, person: PartyId) -> Result<(), Error> {
    let theirs = departments(tx, held.order.site, person).await?;
    let Some(first) = theirs.first() else {
        return Err(Error::Invalid(vec![FieldError::new("to", "assignee_unknown")]));
    };
    let department = theirs.iter().find(|code| **code == held.order.department).unwrap_or(first).clone();
    held.check_certificate(tx, person).await?;
    if let Some(leg) = held.leg_mut() {
        leg.department = department;
    }
    Ok(())
}

async fn to_department(tx: &mut Tx, mut held: Held, code: &str) -> Result<Done, Error> {
    let known = "SELECT code AS value FROM departments WHERE site = $1 AND code = $2 AND {scope}";
    if tx.opt::<String>(known, (held.order.site, code)).await?.is_none() {
        return Err(Error::Invalid(vec![FieldError::new("to", "department_unknown")]));
    }
    held.permit(tx, &Act::Assignment { to: Id::named("a department") })?;
    held.order.department = code.to_string();
    held.order.own = held.order.own.with_answer(None);
    if let Some(leg) = held.leg_mut() {
        (leg.department, leg.stage) = (code.to_string(), super::Stage::Waiting);
    }
    held.finish(tx, Noun::Assignment, Say::internal("assignment").data(json!({ "department": code }))).await
}

/// Technicians of the department, the least loaded first, without those who lack the certificate.
async fn free_technician(tx: &mut Tx, held: &Held) -> Result<PartyId, Error> {
    let people = technicians(tx, held.order.site, &held.order.department).await?;
    let mut best: Option<(i64, PartyId)> = None;
    for person in people {
        if super::held::lacking(tx, &held.order, &held.category, person).await?.is_some() {
            continue;
        }
        let load = (store::open_work(tx, held.order.site, person).await?, person);
        best = best.map_or(Some(load), |best| Some(best.min(load)));
    }
    best.map(|(_, person)| person).ok_or_else(|| Error::Invalid(vec![FieldError::new("to", "nobody_available")]))
}

/// Who may be given work of a department today, by name.
pub async fn technicians(read: &mut crate::Read, site: crate::SiteId, department: &str) -> Result<Vec<PartyId>, Error> {
    let today = crate::sites::by_id(read, site).await?.today(read.now());
    let sql = "SELECT s.party AS value FROM staff s JOIN departments d ON d.id = s.department JOIN parties p ON p.id = s.party \
               WHERE s.site = $1 AND d.code = $2 AND s.from_day <= $3 AND (s.to_day IS NULL OR s.to_day > $3) AND {scope:s} \
               AND EXISTS (SELECT 1 FROM grants g WHERE g.party = s.party AND g.role IN ('technician', 'supervisor') \
               AND (g.site IS NULL OR g.site = s.site) AND g.from_day <= $3 AND (g.to_day IS NULL OR g.to_day > $3)) ORDER BY p.name, s.party";
    read.all(sql, (site, department, today)).await
}

pub(super) async fn name_of(tx: &mut Tx, party: PartyId) -> Result<String, Error> {
    Ok(tx.opt("SELECT name AS value FROM parties WHERE id = $1", (party,)).await?.unwrap_or_default())
}

/// 关闭 without work.
pub async fn close(tx: &mut Tx, id: Id<Order>, why: &str) -> Result<Done, Error> {
    let why = checked("reason", why, MOST_TEXT)?;
    let mut held = hold(tx, id).await?;
    held.decide(tx, &Act::Closure { why: why.clone() })?;
    held.order.close_reason = Some(why.clone());
    held.finish(tx, Noun::Closure, Say::visible("closure").body(&why)).await
}

/// 重开: by the customer within seven days, later by the desk. A new round of promises begins.
pub async fn reopen(tx: &mut Tx, id: Id<Order>, why: &str) -> Result<Done, Error> {
    let why = checked("reason", why, MOST_TEXT)?;
    let mut held = hold(tx, id).await?;
    held.decide(tx, &Act::Reopening)?;
    held.finish(tx, Noun::Reopening, Say::visible("reopening").body(&why)).await
}

/// 取消 before work. `withdrawn`: the customer asked for it, by themselves or at the desk; promises not yet due are excused.
pub async fn cancel(tx: &mut Tx, id: Id<Order>, why: &str, withdrawn: bool) -> Result<Done, Error> {
    let why = checked("reason", why, MOST_TEXT)?;
    let mut held = hold(tx, id).await?;
    if neighbour::is_one_of_several(tx, id).await? {
        return neighbour::step_back(tx, held, &why).await;
    }
    held.decide(tx, &Act::Cancellation)?;
    if let super::Own::Cancelled { by_customer, .. } = &mut held.order.own {
        *by_customer |= withdrawn;
    }
    held.order.close_reason = Some(why.clone()).filter(|why| !why.is_empty());
    held.finish(tx, Noun::Cancellation, Say::visible("cancellation").body(&why).data(json!({ "withdrawn": withdrawn })))
        .await
}

/// 督办: a manager looks over it.
pub async fn supervise(tx: &mut Tx, id: Id<Order>, words: &str) -> Result<Done, Error> {
    let words = checked("text", words, MOST_TEXT)?;
    let mut held = hold(tx, id).await?;
    held.decide(tx, &Act::Supervision)?;
    let people: Vec<PartyId> = held.order.assignee().into_iter().collect();
    tell::tell(tx, &Note { subject: "order_supervised", order: &held.order, detail: None, weight: "must" }, &people)
        .await?;
    held.finish(tx, Noun::Supervision, Say::internal("supervision").body(&words).data(reason(&words))).await
}

/// A second caller about the same thing, perhaps from another home: hears of its end and may rate.
pub async fn add_reporter(tx: &mut Tx, id: Id<Order>, who: &NewReporter) -> Result<Done, Error> {
    let mut held = hold(tx, id).await?;
    held.permit(tx, &Act::Classification)?;
    if let Some(place) = who.place
        && places::by_id(tx, place).await?.site != held.order.site
    {
        return Err(Error::Missing);
    }
    let who = report::known(tx, held.order.site, who.place.or(held.order.place), who).await?;
    let next = next_reporter(tx, id).await?;
    write_reporter(tx, &held.order, next, &who, None).await?;
    held.order.touched = tx.now();
    let fact = Fact::Corrected(Mark { site: held.order.site, order: id });
    held.finish_as(tx, Noun::Messages, Say::internal("reporter"), fact).await
}
