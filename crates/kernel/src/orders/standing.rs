//! As whom a caller stands towards an order. Who may not see it gets the answer of a missing one.

use values::Id;

use super::{Actor, Order, Role, WorkerId, record::Record};
use crate::{Caller, Error, PartyId, Read, Right, Role as Grant, SiteId, Who};

/// Roles of the caller on this order. Errors: `Missing` when it is none of the caller's business.
pub(super) async fn standing(read: &mut Read, order: &Record) -> Result<Actor, Error> {
    let caller = read.caller().clone();
    match caller.who {
        Who::Program(_) => Ok(Actor::program()),
        Who::Resident(party) if reports(read, order.id, party).await? => Ok(Actor::customer()),
        Who::Staff(party) | Who::Token(party) => staff(read, &caller, party, order).await,
        Who::Resident(_) | Who::Anonymous => Err(Error::Missing),
    }
}

async fn staff(read: &mut Read, caller: &Caller, party: PartyId, order: &Record) -> Result<Actor, Error> {
    let roles = roles(caller, order.site, &order.department);
    let sees_all = caller.may(Right::OrderRead, order.site);
    let holds = order.legs.iter().any(|leg| leg.worker() == Some(party));
    let may_see = sees_all
        || holds
        || (roles.contains(&Role::Technician) && works_in(read, order.site, party, &order.department).await?);
    if may_see { Ok(Actor::staff(WorkerId::of(party.of()), &roles)) } else { Err(Error::Missing) }
}

/// Contract of acts, column "who", from the grants that hold at `site` for `department`, within the caller's rights.
pub fn roles(caller: &Caller, site: SiteId, department: &str) -> Vec<Role> {
    let holds = |grant: &&crate::access::Grant| {
        grant.site.is_none_or(|at| at == site) && grant.department.as_deref().is_none_or(|only| only == department)
    };
    let mut roles: Vec<Role> =
        caller.grants.iter().filter(holds).flat_map(|grant| granted(grant.role)).copied().collect();
    roles.retain(|role| caller.may(needed(*role), site));
    roles.sort_unstable();
    roles.dedup();
    roles
}

const fn granted(role: Grant) -> &'static [Role] {
    match role {
        Grant::SystemAdmin => &[Role::Desk, Role::Leader],
        Grant::SiteManager => &[Role::Desk, Role::Leader, Role::Manager],
        Grant::CompanyLeader => &[Role::Manager],
        Grant::Supervisor => &[Role::Leader, Role::Manager, Role::Technician],
        Grant::Desk => &[Role::Desk],
        Grant::Steward => &[Role::Steward],
        Grant::Technician => &[Role::Technician],
        Grant::SecurityAdmin | Grant::AuditAdmin | Grant::Personnel => &[],
    }
}

/// A token may name fewer rights than the grants behind it give.
const fn needed(role: Role) -> Right {
    match role {
        Role::Desk | Role::Steward => Right::OrderDesk,
        Role::Leader => Right::OrderDispatch,
        Role::Manager => Right::OrderSupervise,
        Role::Technician | Role::Customer | Role::Program => Right::OrderWork,
    }
}

async fn reports(read: &mut Read, order: Id<Order>, party: PartyId) -> Result<bool, Error> {
    let sql =
        "SELECT sort AS value FROM reporters WHERE order_id = $1 AND party = $2 AND {scope} ORDER BY sort LIMIT 1";
    Ok(read.opt::<i64>(sql, (order, party)).await?.is_some())
}

/// Is this person on the staff of the department today? Such technicians see its open orders and may grab them.
pub(super) async fn works_in(read: &mut Read, site: SiteId, party: PartyId, department: &str) -> Result<bool, Error> {
    Ok(departments(read, site, party).await?.iter().any(|code| code == department))
}

/// The departments of a person at a site today; empty for somebody who does not work there.
pub(super) async fn departments(read: &mut Read, site: SiteId, party: PartyId) -> Result<Vec<String>, Error> {
    let site_row = crate::sites::by_id(read, site).await?;
    let today = site_row.today(read.now());
    let sql = "SELECT d.code AS value FROM staff s JOIN departments d ON d.id = s.department WHERE s.party = $1 AND s.site = $2 \
               AND s.from_day <= $3 AND (s.to_day IS NULL OR s.to_day > $3) ORDER BY d.sort";
    read.all(sql, (party, site, today)).await
}
