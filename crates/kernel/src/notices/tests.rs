use super::{Audience, HomeRole, Where, reaches, rules::fits};
use crate::PlaceId;

fn place(name: &str) -> PlaceId {
    PlaceId::named(name)
}

fn home(role: HomeRole) -> Where {
    Where { building: Some(place("2")), stair: Some(place("2-1")), role: Some(role) }
}

#[test]
fn an_empty_audience_is_everybody() {
    assert!(reaches(&Audience::default(), &home(HomeRole::Tenant)));
}

#[test]
fn a_notice_reaches_its_buildings_stairs_and_roles_only() {
    let of = |buildings: &[&str], stairs: &[&str], roles: &[HomeRole]| Audience {
        buildings: buildings.iter().map(|name| place(name)).collect(),
        stairs: stairs.iter().map(|name| place(name)).collect(),
        roles: roles.to_vec(),
    };
    assert!(reaches(&of(&["2"], &[], &[]), &home(HomeRole::Owner)));
    assert!(!reaches(&of(&["3"], &[], &[]), &home(HomeRole::Owner)));
    assert!(reaches(&of(&["3"], &["2-1"], &[]), &home(HomeRole::Owner)));
    assert!(!reaches(&of(&[], &["2-2"], &[]), &home(HomeRole::Owner)));
    assert!(!reaches(&of(&["2"], &[], &[HomeRole::Owner]), &home(HomeRole::Tenant)));
}

#[test]
fn a_category_belongs_to_itself_and_to_its_group() {
    let water = ["water".to_string()];
    assert!(fits(&water, "water") && fits(&water, "water.leak"));
    assert!(!fits(&water, "waterproof") && !fits(&water, "power.out"));
}
