//! R08 on every route that names a thing: what belongs to another site or to another home is missing, and looks like what
//! is not there at all, byte for byte.

use testing::{Person, Reply, World};
use web::{Auth, Door, Route};

use super::{
    bodies::Sender,
    chief, enrolled,
    seed::{Things, seed},
    world,
};
use crate::{own::State, wiring};

/// Parameters that name no row of a site: their values are the same words everywhere.
fn is_free(path: &str, param: &str) -> bool {
    ["site", "name", "qr", "from", "year"].contains(&param) || (param == "code" && path.contains("/categories/"))
}

/// A parameter of an address, without braces.
fn params(path: &str) -> impl Iterator<Item = &str> {
    path.split('/').filter_map(|part| part.strip_prefix('{').and_then(|part| part.strip_suffix('}')))
}

/// The part of an address that stands for `param`: of row `n` of `things`.
fn part(path: &str, param: &str, things: &Things, n: usize) -> String {
    match param {
        "site" => things.code.to_string(),
        "number" => things.number(n),
        "from" => "2026-01-01".into(),
        "year" => "2027".into(),
        "code" if path.contains("/categories/") => "clean.bin".into(),
        "code" => things.home(n),
        // Of imports the second is one of staff.
        _ if path.contains("/staff/import/") => things.ids[n + 1].to_string(),
        _ => things.ids[n].to_string(),
    }
}

/// The address with each parameter from where `choose` says.
fn address<'t>(path: &str, choose: impl Fn(&str) -> (&'t Things, usize)) -> String {
    let pieces = path.split('/').map(|piece| match piece.strip_prefix('{').and_then(|part| part.strip_suffix('}')) {
        Some(param) => {
            let (things, n) = choose(param);
            part(path, param, things, n)
        }
        None => piece.to_string(),
    });
    pieces.collect::<Vec<_>>().join("/")
}

/// What was answered, without what names the request: its number, and the address itself where a page leads back to it.
fn answer(reply: &Reply, path: &str) -> (u16, String, Vec<(String, String)>) {
    let mut body = reply.text();
    for piece in path.split('/').filter(|piece| piece.len() > 3) {
        body = body.replace(piece, "…");
    }
    while let Some(at) = body
        .find("E-")
        .filter(|at| body[at + 2..].len() >= 8 && body[at + 2..at + 10].bytes().all(|b| b.is_ascii_hexdigit()))
    {
        body.replace_range(at..at + 10, "#");
    }
    let headers = reply.headers.iter().map(|(name, value)| (name.to_string(), format!("{value:?}")));
    (reply.status.as_u16(), body, headers.filter(|(name, _)| name != "content-length").collect())
}

pub struct Walk {
    pub world: World,
    sender: Sender,
    pub routes: Vec<Route>,
    own: Things,
    other: Things,
    other_site: kernel::SiteId,
    nothing: Things,
    staff: Person,
    resident: Person,
}

impl Walk {
    async fn new() -> Self {
        Self::of(100, 4).await
    }
    /// With `count` of everything at each site, numbered from `base` on.
    pub async fn of(base: i64, count: i64) -> Self {
        let (mut world, site) = world().await;
        let home = world.site;
        let staff = chief(&mut world, home, "周敏").await;
        let stranger = chief(&mut world, site, "外人").await;
        let own = seed(&world, home, "GYHY", staff.party, base, count).await;
        let other = seed(&world, site, "LAKE", stranger.party, base * 9, count).await;
        let resident = world.sign_in(kernel::PartyId::from_uuid(own.ids[0]), "王1", true).await;
        let routes = wiring::routes(&State::new(false, true));
        let sender = Sender::new(&world, &routes, own.ids[0].to_string(), &[&staff, &resident]).await;
        Self { nothing: Things::nothing(&other), other_site: site, world, sender, routes, own, other, staff, resident }
    }
    pub fn callers(&self, route: &Route) -> Vec<&Person> {
        match route.door {
            Door::Resident => vec![&self.resident],
            Door::Machine => vec![&self.staff, &self.resident],
            Door::Console | Door::Field | Door::Public => vec![&self.staff],
        }
    }
    pub async fn call(&self, person: &Person, route: &Route, path: &str) -> Reply {
        self.world.send(self.sender.request(person, route, path)).await
    }
    pub fn own_address(&self, path: &str) -> String {
        address(path, |_| (&self.own, 0))
    }
    /// Pairs of addresses that must look the same: one names a thing behind a wall, the other names nothing.
    fn pairs(&self, person: &Person, route: &Route) -> Vec<(String, String)> {
        let own = |_: &str| (&self.own, 0);
        let mut pairs = Vec::new();
        for param in params(route.path).filter(|param| !is_free(route.path, param)) {
            let with = |things, n| address(route.path, |this| if this == param { (things, n) } else { own(this) });
            pairs.push((with(&self.other, 0), with(&self.nothing, 0)));
            // Notices are for everybody at the site.
            if person.resident && !route.path.contains("/notices/") {
                pairs.push((with(&self.own, 1), with(&self.nothing, 0)));
            }
        }
        if params(route.path).any(|param| param == "site") {
            let at = |things: &Self, site| {
                address(route.path, |this| if this == "site" { (site, 0) } else { (&things.other, 0) })
            };
            pairs.push((at(self, &self.other), at(self, &self.nothing)));
        }
        pairs
    }
    /// Sentences about walls that do not stand. What residents may never do is denied whatever it names.
    async fn gaps(&self, person: &Person, route: &Route) -> Vec<String> {
        let mut gaps = Vec::new();
        for (behind, nothing) in self.pairs(person, route) {
            let (hidden, missing) = (self.call(person, route, &behind).await, self.call(person, route, &nothing).await);
            let name =
                format!("{} {} {}", if person.resident { "resident" } else { "staff" }, route.method, route.path);
            if answer(&hidden, &behind) != answer(&missing, &nothing) {
                gaps.push(format!("{name}: {behind} → {} differs from {nothing} → {}", hidden.status, missing.status));
            } else if hidden.status != 404 && !(person.resident && hidden.status == 403) {
                gaps.push(format!("{name}: {behind} → {} instead of 404: {}", hidden.status, hidden.text()));
            }
        }
        gaps
    }
    fn walled(&self) -> impl Iterator<Item = &Route> {
        let names = |route: &Route| params(route.path).any(|param| param == "site" || !is_free(route.path, param));
        self.routes.iter().filter(move |route| route.auth != Auth::Public && names(route))
    }
}

/// Routes where something stands before the thing is looked for, each with why that tells nothing.
const EXCEPT: &[(&str, &str)] = &[(
    "POST /r/me/homes/{place}/invitations/{id}/end",
    "an invitation that is not open and one that never was are told the same, by 409",
)];

#[tokio::test]
async fn behind_a_wall_and_not_there_at_all_look_the_same_on_every_route() {
    let walk = Walk::new().await;
    let before = walk.world.audit().await.len();
    let (mut gaps, mut calls) = (Vec::new(), 0);
    for route in walk.walled() {
        for person in walk.callers(route) {
            calls += walk.pairs(person, route).len();
            gaps.extend(walk.gaps(person, route).await);
        }
    }
    gaps.retain(|gap| !EXCEPT.iter().any(|(route, _)| gap.contains(route)));
    assert!(gaps.is_empty(), "{} of {calls} pairs:\n{}", gaps.len(), gaps.join("\n"));
    assert_eq!(walk.world.audit().await.len(), before, "and nothing was done");
    assert!(calls > 200, "only {calls} pairs were looked at");
}

/// The walk must see a wall that is gone: somebody who may work at both sites finds what is there, and it is told.
#[tokio::test]
async fn the_walk_notices_when_there_is_no_wall() {
    let walk = Walk::new().await;
    let from = "2020-01-01".parse().expect("a day");
    let mut tx = walk.world.house.begin(&kernel::access::system_company("world")).await.expect("a transaction begins");
    let both = kernel::staff::NewStaff {
        site: walk.other_site,
        party: walk.staff.party,
        department: "CS",
        post: "manager",
        from,
    };
    kernel::staff::hire(&mut tx, &both).await.expect("staff is hired");
    let (party, role) = (walk.staff.party, kernel::Role::SiteManager);
    kernel::staff::grant(&mut tx, party, role, Some(walk.other_site), None, from).await.expect("a role is granted");
    tx.commit().await.expect("it commits");
    let both = walk.world.sign_in(party, "周敏", false).await;
    let mut tx = walk.world.house.begin(&kernel::access::system_company("world")).await.expect("a transaction begins");
    enrolled(&mut tx, party).await;
    tx.commit().await.expect("it commits");
    let mut blind = Vec::new();
    for route in walk.walled().filter(|route| route.door == Door::Machine && !route.is_unsafe()) {
        if walk.gaps(&both, route).await.is_empty() {
            blind.push(route.path);
        }
    }
    assert_eq!(blind, Vec::<&str>::new(), "routes on which nothing was noticed");
}

/// A wall that stood before everything would pass the walk above: behind it must be something to see. (A live page never
/// ends.)
#[tokio::test]
async fn what_is_ones_own_is_there_on_every_route() {
    let walk = Walk::new().await;
    let mut gone = Vec::new();
    for route in walk.walled().filter(|route| !route.path.ends_with("/live")) {
        for person in walk.callers(route).into_iter().filter(|person| !person.resident || route.door == Door::Resident)
        {
            let path = walk.own_address(route.path);
            let reply = walk.call(person, route, &path).await;
            if reply.status == 404 || reply.status.is_server_error() {
                gone.push(format!("{} {}: {path} → {}", route.method, route.path, reply.status));
            }
        }
    }
    gone.retain(|line| !EXCEPT_OWN.iter().any(|(route, _)| line.contains(route)));
    assert!(gone.is_empty(), "{}", gone.join("\n"));
}

/// Routes whose own thing is not among the rows, each with why.
const EXCEPT_OWN: &[(&str, &str)] = &[
    ("POST /api/v1/sessions/{id}/end", "the page ended this session a moment before"),
    ("POST /c/{site}/me/devices/{id}/end", "another password a moment before ended all devices"),
    ("/messages/{id}/reading", "messages are sealed and not among the rows"),
    ("/settings/promises/{from}", "the policy that is shipped has no day"),
    ("/settings/desk-hours/{from}", "the hours that are shipped have no day"),
];
