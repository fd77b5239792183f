//! Acts of those who do the work.

use serde_json::json;
use values::{Id, Moment};

use super::{
    Act, Fact, Noun, Order, WorkerId,
    desk_acts::{assign_to, name_of},
    held::{Done, Held, checked, hold, reason},
    thread::Say,
};
use crate::{
    Error, PartyId, Tx,
    evidence::{self, Evidence},
    promises::Reason,
};

const MOST_TEXT: usize = 2_000;

/// 抢单: the first one wins; the next finds it taken.
pub async fn grab(tx: &mut Tx, id: Id<Order>) -> Result<Done, Error> {
    let mut held = hold(tx, id).await?;
    check_self(tx, &mut held).await?;
    held.decide(tx, &Act::Grab)?;
    let now = tx.now();
    if let Some(leg) = held.leg_mut() {
        leg.assigned.get_or_insert(now);
        leg.taken = Some(now);
    }
    held.finish(tx, Noun::Grab, Say::visible("grab")).await
}

/// 接单
pub async fn take(tx: &mut Tx, id: Id<Order>) -> Result<Done, Error> {
    let mut held = hold(tx, id).await?;
    check_self(tx, &mut held).await?;
    held.decide(tx, &Act::Taking)?;
    let now = tx.now();
    if let Some(leg) = held.leg_mut() {
        leg.taken = Some(now);
    }
    held.finish(tx, Noun::Taking, Say::visible("taking")).await
}

async fn check_self(tx: &mut Tx, held: &mut Held) -> Result<(), Error> {
    match tx.caller().party() {
        Some(party) => held.check_certificate(tx, party).await,
        None => Ok(()),
    }
}

/// 到场
pub async fn arrive(tx: &mut Tx, id: Id<Order>, device_at: Option<Moment>) -> Result<Done, Error> {
    let mut held = hold(tx, id).await?;
    held.decide(tx, &Act::Arrival)?;
    let now = tx.now();
    if let Some(leg) = held.leg_mut() {
        leg.arrived.get_or_insert(now);
    }
    held.finish(tx, Noun::Arrival, Say::visible("arrival").device(device_at)).await
}

/// 开始, where no arrival is promised.
pub async fn start(tx: &mut Tx, id: Id<Order>) -> Result<Done, Error> {
    let mut held = hold(tx, id).await?;
    held.decide(tx, &Act::Start)?;
    held.finish(tx, Noun::Start, Say::visible("start")).await
}

/// 挂起 for one of the listed reasons; clocks that this reason stops stand still from now on.
pub async fn suspend(tx: &mut Tx, id: Id<Order>, why: Reason, note: &str) -> Result<Done, Error> {
    let note = checked("note", note, MOST_TEXT)?;
    let mut held = hold(tx, id).await?;
    held.decide(tx, &Act::Suspension { reason: why })?;
    held.finish(tx, Noun::Suspension, Say::visible("suspension").body(&note).data(json!({ "reason": why }))).await
}

/// 恢复
pub async fn resume(tx: &mut Tx, id: Id<Order>) -> Result<Done, Error> {
    let mut held = hold(tx, id).await?;
    held.decide(tx, &Act::Resumption)?;
    held.finish(tx, Noun::Resumption, Say::visible("resumption")).await
}

/// What is handed over at completion.
#[derive(Debug, Clone, Default)]
pub struct Completion {
    pub result: String,
    /// Received before, by the same person.
    pub photos: Vec<Id<Evidence>>,
    pub signature: Option<Id<Evidence>>,
    pub device_at: Option<Moment>,
}

/// 完工. Errors: `proof_missing` with what the category demands.
pub async fn complete(tx: &mut Tx, id: Id<Order>, with: &Completion) -> Result<Done, Error> {
    let result = checked("result", &with.result, MOST_TEXT)?;
    let mut held = hold(tx, id).await?;
    let all: Vec<Id<Evidence>> = with.photos.iter().copied().chain(with.signature).collect();
    evidence::attach(tx, held.order.site, id.uuid(), &all, true).await?;
    held.facts.missing = missing_proof(tx, &held, &all).await?;
    held.decide(tx, &Act::Completion)?;
    let now = tx.now();
    held.order.completed = Some(now);
    if let Some(leg) = held.leg_mut() {
        leg.completed.get_or_insert(now);
        leg.result = Some(result.clone()).filter(|result| !result.is_empty());
    }
    let line = Say::visible("completion").body(&result).data(json!({ "evidence": all })).device(with.device_at);
    held.finish(tx, Noun::Completion, line).await
}

/// Of what the category demands, what neither this completion names nor its holder has shown in this round: a picture that
/// a neighbour or the desk sent proves no work.
async fn missing_proof(tx: &mut Tx, held: &Held, named: &[Id<Evidence>]) -> Result<Vec<String>, Error> {
    let (order, began) = (held.order.id.uuid(), held.order.began);
    let holder = held.order.legs.get(held.leg).and_then(super::LegRecord::worker);
    let shown = evidence::kinds_since(tx, order, began, holder, named).await?;
    Ok(held.category.demands.iter().filter(|demand| !shown.contains(demand)).cloned().collect())
}

/// 转派, with a reason. Errors as for an assignment.
pub async fn transfer(tx: &mut Tx, id: Id<Order>, to: PartyId, why: &str) -> Result<Done, Error> {
    let why = checked("reason", why, MOST_TEXT)?;
    let mut held = hold(tx, id).await?;
    assign_to(tx, &mut held, to).await?;
    held.decide(tx, &Act::Transfer { to: WorkerId::of(to.of()), why: why.clone() })?;
    let name = name_of(tx, to).await?;
    let fact = Fact::Assigned { site: held.order.site, order: id, to: Some(to) };
    let line = Say::internal("transfer").body(&why).data(json!({ "to": to, "name": name }));
    held.finish_as(tx, Noun::Transfer, line, fact).await
}

/// 退单, with a reason: it waits for somebody else.
pub async fn return_order(tx: &mut Tx, id: Id<Order>, why: &str) -> Result<Done, Error> {
    let why = checked("reason", why, MOST_TEXT)?;
    let mut held = hold(tx, id).await?;
    held.decide(tx, &Act::Return { why: why.clone() })?;
    held.finish(tx, Noun::Return, Say::internal("return").body(&why).data(reason(&why))).await
}
