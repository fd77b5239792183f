//! The way of every act: hold the order, let the rules decide, keep what follows.

use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};
use values::{Id, Moment};

use super::{
    Act, Actor, Ask, Fact, Facts, HowClosed, Mark, Noun, Number, Order, Own, Refusal, Stage, State, Transition, apply,
    fact::audit_event,
    record::{LegRecord, Record},
    refuse::Lacking,
    standing::{standing, works_in},
    store,
    tell::{self, Note},
    thread::{self, Say},
};
use crate::{
    Error, PartyId, Tx, categories,
    categories::Category,
    certificates, policies,
    promises::{self, Case, Ending, Excuse, Holder, LegMatter, Matter, Name, Subject, Timeline},
};

/// What an act leaves behind, for the one who asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Done {
    #[schema(value_type = String)]
    pub id: Id<Order>,
    pub number: Number,
    pub state: State,
    pub version: i64,
}

/// An order that this transaction holds, and as whom the caller acts on it.
pub(super) struct Held {
    pub order: Record,
    pub category: Category,
    pub actor: Actor,
    /// Index of the leg that the act means.
    pub leg: usize,
    pub facts: Facts,
    lacking: Option<Lacking>,
    was: State,
    /// Who had the work before the act.
    had: Option<PartyId>,
}

/// Locks the order. Errors: `Missing` for what the caller may not see.
pub(super) async fn hold(tx: &mut Tx, id: Id<Order>) -> Result<Held, Error> {
    let order = store::lock(tx, id).await?;
    let actor = standing(tx, &order).await?;
    let category = categories::one(tx, order.site, &order.category).await?;
    let rows = promises::store::of_order(tx, id).await?;
    let leg = order.progress().current_leg();
    let leg_id = order.legs.get(leg).map(|leg| leg.id);
    let arrival_promised = rows.iter().any(|row| {
        row.promise.name == Name::Arrival && row.promise.leg == leg_id && row.promise.excuse != Some(Excuse::Superseded)
    });
    let entitled = match tx.caller().party() {
        Some(party) => works_in(tx, order.site, party, &order.department).await?,
        None => false,
    };
    let is_talk = order.kind.is_talk();
    let facts = Facts { arrival_promised, entitled, is_talk, ..Facts::default() };
    let (was, had) = (order.state(), order.assignee());
    Ok(Held { order, category, actor, leg, facts, lacking: None, was, had })
}

impl Held {
    /// CRT-90: what `person` lacks for this category, now.
    pub async fn check_certificate(&mut self, tx: &mut Tx, person: PartyId) -> Result<(), Error> {
        self.lacking = lacking(tx, &self.order, &self.category, person).await?;
        self.facts.lacks_certificate = self.lacking.as_ref().map(|lacking| lacking.kind.clone());
        Ok(())
    }

    /// The only line that decides. Errors: the refusal of the rules; a missing certificate with its name and date.
    pub fn decide(&mut self, tx: &Tx, act: &Act) -> Result<Transition, Error> {
        self.decide_at(tx, act, tx.now())
    }

    /// As `decide`, for what happened at `at` although it is written down only now.
    pub fn decide_at(&mut self, tx: &Tx, act: &Act, at: Moment) -> Result<Transition, Error> {
        let ask = Ask { act, leg: self.leg, actor: &self.actor, facts: &self.facts, now: at };
        let transition = apply(&self.order.progress(), &ask).map_err(|why| match (why, self.lacking.take()) {
            (Refusal::CertificateMissing { .. }, Some(lacking)) => lacking.into(),
            (why, _) => Error::from(why),
        })?;
        self.take_on(&transition, tx);
        Ok(transition)
    }

    /// May the caller do this here and now? Changes nothing.
    pub fn permit(&self, tx: &Tx, act: &Act) -> Result<(), Error> {
        let ask = Ask { act, leg: self.leg, actor: &self.actor, facts: &self.facts, now: tx.now() };
        apply(&self.order.progress(), &ask)?;
        Ok(())
    }

    fn take_on(&mut self, transition: &Transition, tx: &Tx) {
        self.order.own = transition.progress.own;
        if transition.reopened {
            self.begin_round(tx.now());
        }
        if transition.sent_back {
            self.begin_rework(&transition.progress.legs, tx.now());
        }
        for (leg, stage) in self.order.legs.iter_mut().zip(&transition.progress.legs) {
            leg.stage = stage.clone();
        }
        for stage in transition.progress.legs.iter().skip(self.order.legs.len()) {
            self.add_leg(stage.clone(), tx);
        }
        if let Own::Closed { at, .. } | Own::Cancelled { at, .. } = self.order.own {
            self.order.closed.get_or_insert(at);
        }
    }

    /// What the new round owes is owed from now on.
    fn begin_round(&mut self, now: Moment) {
        let order = &mut self.order;
        (order.round, order.began) = (order.round + 1, now);
        (order.replied, order.answered, order.verdict, order.followed_up) = (None, None, None, None);
        (order.completed, order.closed, order.close_reason, order.satisfied) = (None, None, None, None);
    }

    /// CSV-26 by its sense: an unsatisfied customer is owed the work again, within the time of its kind from the verdict.
    /// What was kept before (arrival, replies) is not owed twice, so it stays on the order.
    fn begin_rework(&mut self, stages: &[Stage], now: Moment) {
        let order = &mut self.order;
        (order.round, order.began, order.completed) = (order.round + 1, now, None);
        let words = order.legs.iter().zip(stages).all(|(leg, stage)| leg.stage == *stage);
        if words {
            order.answered = None;
        }
        let again = |leg: &LegRecord, stage: &Stage| leg.stage != *stage || words && leg.stage == Stage::Waiting;
        let legs = order.legs.iter_mut().zip(stages);
        for (leg, _) in legs.filter(|(leg, stage)| again(leg, stage)) {
            (leg.round, leg.completed) = (order.round, None);
        }
    }

    fn add_leg(&mut self, stage: Stage, tx: &Tx) {
        let (round, sort) = (self.order.round, i64::try_from(self.order.legs.len()).unwrap_or(i64::MAX));
        let leg = LegRecord::waiting(tx.id(), &self.order, round, sort);
        self.order.legs.push(LegRecord { stage, ..leg });
    }

    pub fn leg_mut(&mut self) -> Option<&mut LegRecord> {
        self.order.legs.get_mut(self.leg)
    }

    /// Keeps the act: rows, promises, thread, audit, fact, open pages.
    pub async fn finish(self, tx: &mut Tx, noun: Noun, line: Say) -> Result<Done, Error> {
        let mark = Mark { site: self.order.site, order: self.order.id };
        self.finish_as(tx, noun, line, Fact::of(noun, mark)).await
    }

    pub async fn finish_as(mut self, tx: &mut Tx, noun: Noun, line: Say, fact: Fact) -> Result<Done, Error> {
        store::save(tx, &mut self.order).await?;
        follow(tx, &mut self.order, noun == Noun::Classification).await?;
        self.tell_people(tx).await?;
        let after = json!({ "state": self.order.state(), "version": self.order.version, "data": line.data });
        thread::say(tx, self.order.site, self.order.id, line).await?;
        tx.note(
            self.order.site,
            audit_event(noun),
            format!("order/{}", self.order.id),
            json!({ "state": self.was }),
            after,
        );
        tx.tell(fact).await?;
        if self.order.state() == State::Closed
            && self.was != State::Closed
            && !matches!(noun, Noun::Closure | Noun::Merge)
        {
            tx.tell(Fact::Closed(Mark { site: self.order.site, order: self.order.id })).await?;
        }
        tx.changed(self.order.site, "orders", self.order.id.uuid());
        Ok(done(&self.order))
    }

    /// CSV §9 example 5: everybody who reported it hears of its end.
    async fn tell_people(&self, tx: &mut Tx) -> Result<(), Error> {
        self.tell_workers(tx).await?;
        let subject = match (self.was, self.order.state()) {
            (was, now) if was == now => return Ok(()),
            (_, State::Closed) if self.order.merged_into.is_some() => return Ok(()),
            (_, State::Closed) => "order_closed",
            (_, State::ToVerify) => "order_to_verify",
            (_, State::Cancelled) => "order_cancelled",
            _ => return Ok(()),
        };
        let people = tell::reporters(tx, self.order.id).await?;
        tell::tell(tx, &Note { subject, order: &self.order, detail: None, weight: "see" }, &people).await
    }

    /// Who gets work and who loses it both hear of it, except from themselves.
    async fn tell_workers(&self, tx: &mut Tx) -> Result<(), Error> {
        let (had, has, order) = (self.had, self.order.assignee(), &self.order);
        let cancelled = matches!(order.own, Own::Cancelled { .. });
        if had == has && !cancelled {
            return Ok(());
        }
        let me = tx.caller().party();
        let others =
            |person: Option<PartyId>| person.filter(|person| Some(*person) != me).into_iter().collect::<Vec<_>>();
        let detail = match has.filter(|_| !cancelled) {
            Some(person) => Some(super::desk_acts::name_of(tx, person).await?),
            None => None,
        };
        let lost = match (cancelled, &detail) {
            (true, _) => "order_cancelled",
            (false, Some(_)) => "order_reassigned",
            (false, None) => "order_taken_back",
        };
        if !cancelled {
            let note = Note { subject: "order_assigned", order, detail: None, weight: "see" };
            tell::tell(tx, &note, &others(has)).await?;
        }
        tell::tell(tx, &Note { subject: lost, order, detail, weight: "see" }, &others(had)).await
    }
}

pub(super) fn done(order: &Record) -> Done {
    Done { id: order.id, number: order.number, state: order.state(), version: order.version }
}

/// CRT-90: for the kinds that the law blocks. The work begins today.
pub(super) async fn lacking(
    tx: &mut Tx,
    order: &Record,
    category: &Category,
    person: PartyId,
) -> Result<Option<Lacking>, Error> {
    let Some(word) = &category.certificate else { return Ok(None) };
    let kind: certificates::Kind =
        word.parse().map_err(|()| Error::Broken(format!("no certificate is called {word}")))?;
    if !kind.blocks() {
        return Ok(None);
    }
    let today = crate::sites::by_id(tx, order.site).await?.today(tx.now());
    let Some(gap) = certificates::missing(tx, person, kind, category.trade.as_deref(), today).await? else {
        return Ok(None);
    };
    let name: Option<String> = tx.opt("SELECT name AS value FROM parties WHERE id = $1", (person,)).await?;
    Ok(Some(Lacking::new(name.unwrap_or_default(), &gap)))
}

/// Lets the promises follow the order, and keeps its most urgent clock.
pub(crate) async fn follow(tx: &mut Tx, order: &mut Record, corrected: bool) -> Result<(), Error> {
    let terms = policies::terms(tx, order.site).await?;
    let urgent = promises::follow(tx, &terms, &matter(order), corrected).await?;
    store::keep_urgent(tx, order, urgent).await
}

pub(crate) fn matter(order: &Record) -> Matter {
    let legs: Vec<&LegRecord> = order.legs.iter().filter(|leg| leg.round == order.round).collect();
    let assigned = legs.iter().filter_map(|leg| leg.assigned).min();
    let acts = order_timeline(order, assigned);
    let of_leg = |leg: &&LegRecord| LegMatter {
        id: leg.id,
        acts: Timeline { arrived: leg.arrived, completed: leg.completed, ..acts },
        suspended: match leg.stage {
            Stage::Suspended { since, reason, .. } => Some((since, reason)),
            _ => None,
        },
        holder: Holder { department: leg.department.clone(), person: leg.worker() },
    };
    Matter {
        site: order.site,
        order: order.id,
        case: Case { complex: order.complex, ..Case::new(order.kind, order.urgency) },
        reported: order.reported,
        acts,
        subject: subject(order.own),
        holder: Holder { department: order.department.clone(), person: order.assignee() },
        legs: legs.iter().map(of_leg).collect(),
    }
}

fn order_timeline(order: &Record, assigned: Option<Moment>) -> Timeline {
    let first = match order.round {
        1 => Timeline { accepted: order.accepted, ..Timeline::reported(order.began) },
        round => Timeline::reopened(round, order.began),
    };
    let Record { replied, answered, verdict, followed_up, .. } = order;
    let (replied, answered, verdict, followed_up) = (*replied, *answered, *verdict, *followed_up);
    Timeline { assigned, replied, answered, verdict, followed_up, ..first }
}

/// How the order ended, as its promises see it.
pub(crate) const fn subject(own: Own) -> Subject {
    match own {
        Own::New | Own::Open { .. } | Own::ToFollowUp { .. } => Subject::Open,
        Own::Closed { at, how } => Subject::Ended { at, how: ending(how) },
        Own::Cancelled { at, by_customer: true } => Subject::Ended { at, how: Ending::Withdrawn },
        Own::Cancelled { at, by_customer: false } => Subject::Ended { at, how: Ending::Closed },
    }
}

const fn ending(how: HowClosed) -> Ending {
    match how {
        HowClosed::Answered => Ending::Answered,
        HowClosed::Merged { .. } => Ending::Merged,
        HowClosed::Verdict { .. } | HowClosed::FollowedUp | HowClosed::WithoutWork => Ending::Closed,
    }
}

impl LegRecord {
    pub(super) fn waiting(id: Id<super::Leg>, order: &Record, round: u32, sort: i64) -> Self {
        Self {
            id,
            order: order.id,
            round,
            department: order.department.clone(),
            outside: None,
            stage: Stage::Waiting,
            assigned: None,
            taken: None,
            arrived: None,
            completed: None,
            result: None,
            sort,
        }
    }
}

/// Text that a person typed, within its limit. Errors: `text_too_long` beside `field`.
pub(super) fn checked(field: &str, text: &str, most: usize) -> Result<String, Error> {
    let text = text.trim();
    if text.chars().count() > most {
        let error = crate::FieldError::new(field, "text_too_long").with("most", most);
        return Err(Error::Invalid(vec![error]));
    }
    Ok(text.to_string())
}

/// The reason of a leg or an order as data for the line of the thread.
pub(super) fn reason(reason: &str) -> Json {
    json!({ "reason": reason })
}
