use values::{Day, Id};

use super::{HomeRole::*, rules::*, *};
use crate::PartyId;

fn day(text: &str) -> Day {
    text.parse().unwrap()
}
fn who(name: &str) -> PartyId {
    Id::named(name)
}
fn row(name: &str, role: HomeRole, from: &str, to: Option<&str>) -> Occupancy {
    Occupancy {
        id: Id::named(&format!("{name}{from}")),
        site: Id::named("site"),
        place: Id::named("home"),
        party: who(name),
        role,
        from: day(from),
        to: to.map(day),
        let_in_by: None,
        version: 1,
    }
}
fn wish(name: &str, role: HomeRole, from: &str, to: Option<&str>) -> Wish {
    Wish { party: who(name), role, from: day(from), to: to.map(day) }
}

#[test]
fn a_home_has_one_owner_at_a_time_and_co_owners_beside_them() {
    let there = [row("wang", Owner, "2020-01-01", None)];
    assert_eq!(join(&there, wish("li", Owner, "2026-01-01", None)), Err(MoveRefusal::OwnerThere));
    assert_eq!(join(&there, wish("li", CoOwner, "2026-01-01", None)), Ok(()));
    assert_eq!(join(&there, wish("wang", CoOwner, "2026-01-01", None)), Err(MoveRefusal::Already));
    assert_eq!(join(&[], wish("li", CoOwner, "2026-01-01", None)), Err(MoveRefusal::OwnerMissing));
}

#[test]
fn the_day_somebody_leaves_belongs_to_who_comes() {
    let there = [row("wang", Owner, "2020-01-01", Some("2026-03-01"))];
    assert_eq!(join(&there, wish("li", Owner, "2026-03-01", None)), Ok(()));
    assert_eq!(join(&there, wish("li", Owner, "2026-02-28", None)), Err(MoveRefusal::OwnerThere));
    assert_eq!(join(&there, wish("li", Owner, "2019-01-01", Some("2020-01-01"))), Ok(()));
    assert_eq!(join(&there, wish("li", Owner, "2019-01-01", Some("2020-01-02"))), Err(MoveRefusal::OwnerThere));
}

#[test]
fn tenants_may_share_a_home_but_nobody_is_the_same_twice() {
    let there = [row("wang", Owner, "2020-01-01", None), row("zhao", Tenant, "2026-01-01", Some("2027-01-01"))];
    assert_eq!(join(&there, wish("qian", Tenant, "2026-02-01", None)), Ok(()));
    assert_eq!(join(&there, wish("zhao", Tenant, "2026-06-01", None)), Err(MoveRefusal::Already));
    assert_eq!(join(&there, wish("zhao", Tenant, "2027-01-01", None)), Ok(()));
    assert_eq!(join(&there, wish("zhao", Tenant, "2028-01-01", Some("2028-01-01"))), Err(MoveRefusal::Dates));
}

#[test]
fn nobody_leaves_before_they_came_or_twice() {
    let wang = row("wang", Owner, "2020-01-01", Some("2026-03-01"));
    assert_eq!(leave(&wang, day("2026-03-01")), Err(MoveRefusal::Ended { day: day("2026-03-01") }));
    assert_eq!(leave(&wang, day("2020-01-01")), Err(MoveRefusal::Dates));
    assert_eq!(leave(&wang, day("2020-01-02")), Ok(()));
}

#[test]
fn a_tenancy_outlives_the_sale_and_so_do_those_the_tenant_let_in() {
    let child = Occupancy { let_in_by: Some(who("zhao")), ..row("child", Family, "2025-01-01", None) };
    let wife = Occupancy { let_in_by: Some(who("wang")), ..row("wife", Family, "2020-01-01", None) };
    let there = [
        row("wang", Owner, "2020-01-01", None),
        row("li", CoOwner, "2020-01-01", None),
        row("zhao", Tenant, "2025-01-01", None),
        child,
        wife,
        row("old", Owner, "2010-01-01", Some("2020-01-01")),
    ];
    let ends: Vec<PartyId> = sale(&there, day("2026-03-01")).unwrap().iter().map(|row| row.party).collect();
    assert_eq!(ends, [who("wang"), who("li"), who("wife")]);
}

#[test]
fn a_home_is_not_sold_before_its_owner_bought_it() {
    let there = [row("wang", Owner, "2026-03-01", None)];
    assert_eq!(sale(&there, day("2026-03-01")), Err(MoveRefusal::SoldLater));
    assert!(sale(&there, day("2026-03-02")).is_ok());
}

#[test]
fn the_first_co_owner_follows_an_owner_who_leaves() {
    let there = [
        row("wang", Owner, "2020-01-01", None),
        row("li", CoOwner, "2021-01-01", None),
        row("sun", CoOwner, "2020-06-01", None),
    ];
    assert_eq!(heir(&there, &there[0], day("2026-01-01")).map(|row| row.party), Some(who("sun")));
    assert_eq!(heir(&there, &there[1], day("2026-01-01")), None);
}
