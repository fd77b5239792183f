//! What machines get: contract §3. Moments are RFC 3339 with the site's offset.

use kernel::{
    Caller, Error, Read, Right,
    orders::{self, Channel, Kind, Mover, Noun, Number, Order, OrderView, PromiseView, State, Urgency},
    promises::{self, Name, Outcome, Reason, Standing},
    sites,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use values::{Id, Moment, Phone, Zone};

#[derive(Serialize, Deserialize, ToSchema)]
pub struct OrderOut {
    pub id: String,
    /// Never changes.
    pub number: Number,
    pub site: String,
    pub kind: Kind,
    pub category: String,
    pub urgency: Urgency,
    pub place: Option<String>,
    pub channel: Channel,
    pub text: String,
    pub state: State,
    pub version: i64,
    pub department: String,
    pub assignee: Option<Person>,
    pub reporter: Option<Caption>,
    /// Only for those who work on it.
    pub entry_note: Option<String>,
    pub reported: String,
    pub closed: Option<String>,
    pub close_reason: Option<String>,
    /// Who owes the next move.
    pub next_mover: Mover,
    pub next_due: Option<String>,
    pub verdict_due: Option<String>,
    pub merged_into: Option<Merged>,
    pub satisfied: Option<bool>,
    pub verdict_by: Option<String>,
    pub stars: Option<i64>,
    /// How often the customer chased it.
    pub chased: i64,
    /// What this caller may do now.
    pub allowed: Vec<Noun>,
    pub promises: Vec<PromiseOut>,
    pub legs: Vec<LegOut>,
}

#[derive(Serialize, Deserialize, ToSchema)]
pub struct Person {
    pub id: String,
    pub name: String,
}

#[derive(Serialize, Deserialize, ToSchema)]
pub struct Caption {
    /// Both whole for those who need them, masked for others.
    pub name: Option<String>,
    pub phone: Option<String>,
}

#[derive(Serialize, Deserialize, ToSchema)]
pub struct Merged {
    pub id: String,
    pub number: Option<Number>,
}

#[derive(Serialize, Deserialize, ToSchema)]
pub struct PromiseOut {
    pub name: Name,
    /// `CSV-06`
    pub rule: String,
    pub leg: Option<String>,
    pub round: u32,
    pub opens: String,
    /// What was promised first.
    pub promised_due: String,
    /// With the pauses so far.
    pub due: String,
    pub fulfilled_at: Option<String>,
    pub outcome: Standing,
    pub overdue: bool,
    pub paused_seconds: i64,
    pub pauses: Vec<PauseOut>,
}

#[derive(Serialize, Deserialize, ToSchema)]
pub struct PauseOut {
    pub from: String,
    pub to: Option<String>,
    pub reason: Reason,
}

#[derive(Serialize, Deserialize, ToSchema)]
pub struct LegOut {
    pub id: String,
    pub department: String,
    pub outside: Option<String>,
    pub assignee: Option<String>,
    pub state: orders::LegState,
    pub assigned: Option<String>,
    pub taken: Option<String>,
    pub arrived: Option<String>,
    pub completed: Option<String>,
    pub result: Option<String>,
}

impl OrderOut {
    /// The order as this caller may see it.
    pub async fn load(read: &mut Read, id: Id<Order>) -> Result<Self, Error> {
        let view = orders::load(read, id).await?;
        let site = sites::by_id(read, view.order.site).await?;
        let (caller, now) = (read.caller().clone(), read.now());
        Ok(Self::of(&view, &site, &caller, now))
    }

    fn of(view: &OrderView, site: &kernel::Site, caller: &Caller, now: Moment) -> Self {
        let (order, zone) = (&view.order, &site.zone);
        let said = |at: Option<Moment>| at.map(|at| zone.rfc3339(at));
        let assignee = order
            .assignee()
            .map(|id| Person { id: id.to_string(), name: view.assignee_name.clone().unwrap_or_default() });
        Self {
            id: order.id.to_string(),
            number: order.number,
            site: site.code.clone(),
            kind: order.kind,
            category: order.category.clone(),
            urgency: order.urgency,
            place: view.place.as_ref().map(|place| place.code.clone()),
            channel: order.channel,
            text: order.body.clone(),
            state: view.state,
            version: order.version,
            department: order.department.clone(),
            assignee,
            reporter: caption(view, caller),
            entry_note: order.entry_note.clone().filter(|_| view.state.is_open() && !view.for_customer),
            reported: zone.rfc3339(order.reported),
            closed: said(order.closed),
            close_reason: order.close_reason.clone(),
            next_mover: view.mover,
            next_due: said(order.next_due),
            verdict_due: said(view.verdict_due),
            merged_into: order.merged_into.map(|id| Merged { id: id.to_string(), number: view.merged_number }),
            satisfied: order.satisfied,
            verdict_by: order.verdict_by.clone(),
            stars: order.stars,
            chased: order.chased,
            allowed: view.allowed.clone(),
            promises: view.promises.iter().map(|view| PromiseOut::of(view, zone, now)).collect(),
            legs: order.legs.iter().map(|leg| LegOut::of(leg, zone)).collect(),
        }
    }
}

/// Level 2: a technician sees the whole name and number of the caller of their own open order; others need the right to see
/// people.
pub(super) fn knows_people(view: &OrderView, caller: &Caller) -> bool {
    let order = &view.order;
    let working = view.state.is_open() && order.assignee().is_some() && order.assignee() == caller.party();
    working || caller.may(Right::PeopleRead, order.site)
}

/// A name and a number as somebody may see them.
pub(super) fn person(name: Option<&str>, phone: Option<&Phone>, whole: bool) -> Caption {
    let shown = |name: &str| if whole { name.to_string() } else { values::mask_name(name) };
    let dialled = |phone: &Phone| if whole { phone.dial().to_string() } else { phone.masked() };
    Caption { name: name.map(shown), phone: phone.map(dialled) }
}

fn caption(view: &OrderView, caller: &Caller) -> Option<Caption> {
    if view.for_customer {
        let own = view.reporters.first()?;
        return Some(person(own.name.as_deref(), own.phone.as_ref(), true));
    }
    let (name, phone) = (view.order.reporter_name.as_deref(), view.order.reporter_phone.as_ref());
    (name.is_some() || phone.is_some()).then(|| person(name, phone, knows_people(view, caller)))
}

impl PromiseOut {
    fn of(view: &PromiseView, zone: &Zone, now: Moment) -> Self {
        let row = &view.promise;
        let pause = |pause: &promises::Pause| PauseOut {
            from: zone.rfc3339(pause.from),
            to: pause.to.map(|at| zone.rfc3339(at)),
            reason: pause.reason,
        };
        let listed = row.pauses.iter().filter(|pause| row.pausable.contains(&pause.reason));
        Self {
            name: row.name,
            rule: row.rule.clone(),
            leg: row.leg.map(|leg| leg.to_string()),
            round: row.round,
            opens: zone.rfc3339(row.opens),
            promised_due: zone.rfc3339(row.promised_due),
            due: zone.rfc3339(view.clock.due),
            fulfilled_at: row.fulfilled_at.map(|at| zone.rfc3339(at)),
            outcome: view.outcome.standing(),
            overdue: match view.outcome {
                Outcome::Pending { overdue } => overdue,
                Outcome::Late { .. } | Outcome::Missed => true,
                Outcome::Kept { .. } | Outcome::Excused { .. } => false,
            },
            paused_seconds: promises::paused_millis(row, now) / values::SECOND,
            pauses: listed.map(pause).collect(),
        }
    }
}

impl LegOut {
    fn of(leg: &orders::LegRecord, zone: &Zone) -> Self {
        let said = |at: Option<Moment>| at.map(|at| zone.rfc3339(at));
        Self {
            id: leg.id.to_string(),
            department: leg.department.clone(),
            outside: leg.outside.clone(),
            assignee: leg.worker().map(|id| id.to_string()),
            state: leg.stage.state(),
            assigned: said(leg.assigned),
            taken: said(leg.taken),
            arrived: said(leg.arrived),
            completed: said(leg.completed),
            result: leg.result.clone(),
        }
    }
}
