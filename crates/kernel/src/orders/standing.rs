//! As whom a caller stands towards an order. Who may not see it gets the answer of a missing one.

use super::{Actor, Channel, NewReport, Role, WorkerId, neighbour, record::Record};
use crate::{Caller, Error, PartyId, Read, Right, Role as Grant, SiteId, Who, places::Place};

/// Roles of the caller on this order. Errors: `Missing` when it is none of the caller's business.
pub(super) async fn standing(read: &mut Read, order: &Record) -> Result<Actor, Error> {
    let caller = read.caller().clone();
    match caller.who {
        Who::Program(_) => Ok(Actor::program()),
        Who::Resident(party) => Ok(neighbour::mine(read, order.id, party).await?.ok_or(Error::Missing)?.actor()),
        Who::Staff(party) | Who::Token(party) => staff(read, &caller, party, order).await,
        Who::Anonymous => Err(Error::Missing),
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
        Role::Technician | Role::Customer | Role::Neighbour | Role::Program => Right::OrderWork,
    }
}

/// Staff with the right, and whoever works for what they see on their round; residents from their homes and for common parts; visitors of a site's public page.
pub(super) fn may_report(caller: &Caller, new: &NewReport, place: Option<&Place>) -> Result<(), Error> {
    let own = |place: &Place| !place.kind.is_exclusive() || caller.lives_at(place.id);
    let may = match caller.who {
        Who::Program(_) => true,
        Who::Staff(_) | Who::Token(_) => {
            let on_round = new.channel == Channel::Patrol && new.reporter.is_nobody();
            caller.may(Right::OrderReport, new.site) || (on_round && caller.may(Right::OrderWork, new.site))
        }
        Who::Resident(_) => {
            caller.homes.iter().any(|home| home.site == new.site) && place.is_none_or(own) && !new.channel.is_of_staff()
        }
        Who::Anonymous => new.channel == Channel::Qr && place.is_some_and(|place| !place.kind.is_exclusive()),
    };
    match may {
        true => Ok(()),
        false if caller.is_resident() && place.is_some() => Err(Error::Missing),
        false => Err(Error::Denied),
    }
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
