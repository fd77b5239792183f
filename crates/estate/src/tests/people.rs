use kernel::{
    Error,
    parties::{self, Correction, HomeRole, NewParty, Sealed},
};
use values::Secret;

use super::words::{Estate, day, phones, refused};

#[tokio::test]
async fn a_home_has_one_owner_and_co_owners() {
    let estate = Estate::new().await;
    assert_eq!(
        refused(estate.try_lives("3-1-101", "林森", &[], HomeRole::CoOwner, "2022-07-01", None).await),
        "occupancy_owner_missing"
    );
    estate.lives("3-1-101", "王华", &["13800002207"], HomeRole::Owner, "2022-07-01").await;
    assert_eq!(
        refused(estate.try_lives("3-1-101", "林森", &[], HomeRole::Owner, "2023-01-01", None).await),
        "occupancy_owner_there"
    );
    estate.lives("3-1-101", "林森", &[], HomeRole::CoOwner, "2022-07-01").await;
    assert_eq!(estate.story("3-1-101").await, ["王华 owner 2022-07-01–", "林森 co_owner 2022-07-01–"]);
}

#[tokio::test]
async fn a_resale_ends_the_owners_and_keeps_the_tenant() {
    let estate = Estate::new().await;
    let (site, place) = (estate.world.site, estate.home("3-1-101").await.id);
    estate.lives("3-1-101", "王华", &[], HomeRole::Owner, "2022-07-01").await;
    estate.lives("3-1-101", "林森", &[], HomeRole::CoOwner, "2022-07-01").await;
    estate.lives("3-1-101", "赵六", &[], HomeRole::Tenant, "2026-01-01").await;
    let mut tx = estate.tx(site).await;
    let buyer =
        parties::add_party(&mut tx, Some(site), NewParty::person("钱七", phones(&["13900001111"]))).await.unwrap();
    assert_eq!(refused(parties::sell(&mut tx, site, place, day("2022-07-01"), &[buyer]).await), "occupancy_sold_later");
    assert_eq!(refused(parties::sell(&mut tx, site, place, day("2026-03-01"), &[]).await), "occupancy_buyer_missing");
    parties::sell(&mut tx, site, place, day("2026-03-01"), &[buyer]).await.unwrap();
    tx.commit().await.unwrap();
    let story = [
        "钱七 owner 2026-03-01–",
        "赵六 tenant 2026-01-01–",
        "王华 owner 2022-07-01–2026-03-01",
        "林森 co_owner 2022-07-01–2026-03-01",
    ];
    assert_eq!(estate.story("3-1-101").await, story);
}

#[tokio::test]
async fn moving_out_ends_a_row_and_makes_the_co_owner_owner() {
    let estate = Estate::new().await;
    let site = estate.world.site;
    let (_, owner) = estate.lives("3-1-101", "王华", &[], HomeRole::Owner, "2022-07-01").await;
    estate.lives("3-1-101", "林森", &[], HomeRole::CoOwner, "2022-07-01").await;
    let mut tx = estate.tx(site).await;
    assert_eq!(refused(parties::move_out(&mut tx, site, owner, day("2022-07-01")).await), "occupancy_dates");
    parties::move_out(&mut tx, site, owner, day("2026-06-30")).await.unwrap();
    assert_eq!(refused(parties::move_out(&mut tx, site, owner, day("2026-07-30")).await), "occupancy_ended");
    tx.commit().await.unwrap();
    let story = ["林森 owner 2026-06-30–", "王华 owner 2022-07-01–2026-06-30", "林森 co_owner 2022-07-01–2026-06-30"];
    assert_eq!(estate.story("3-1-101").await, story);
}

#[tokio::test]
async fn a_tenancy_has_its_days() {
    let estate = Estate::new().await;
    let site = estate.world.site;
    let place = estate.home("3-1-101").await.id;
    let mut tx = estate.tx(site).await;
    let tenant = parties::add_party(&mut tx, Some(site), NewParty::person("赵六", Vec::new())).await.unwrap();
    assert_eq!(
        refused(parties::let_to(&mut tx, site, place, tenant, day("2026-01-01"), Some(day("2026-01-01"))).await),
        "occupancy_dates"
    );
    parties::let_to(&mut tx, site, place, tenant, day("2026-01-01"), Some(day("2027-01-01"))).await.unwrap();
    assert_eq!(
        refused(parties::let_to(&mut tx, site, place, tenant, day("2026-05-01"), None).await),
        "occupancy_already"
    );
    tx.commit().await.unwrap();
    assert_eq!(estate.story("3-1-101").await, ["赵六 tenant 2026-01-01–2027-01-01"]);
}

#[tokio::test]
async fn a_correction_needs_the_version_it_saw_and_renews_what_finds_the_person() {
    let estate = Estate::new().await;
    let site = estate.world.site;
    let (party, _) = estate.lives("3-1-101", "王花", &["13800002207"], HomeRole::Owner, "2022-07-01").await;
    let to = Correction {
        kind: parties::PartyKind::Person,
        name: "王华".into(),
        phones: phones(&["13700009999"]),
        note: None,
        identity: None,
    };
    let mut tx = estate.tx(site).await;
    parties::correct(&mut tx, site, party, 1, &to).await.unwrap();
    assert!(matches!(parties::correct(&mut tx, site, party, 1, &to).await, Err(Error::Stale { current: 2 })));
    tx.commit().await.unwrap();
    let found = |text: &'static str| {
        let estate = &estate;
        async move {
            parties::roster(
                &mut estate.read(site).await,
                Some(site),
                &parties::RosterFilter { term: Some(text.into()), ..Default::default() },
            )
            .await
            .unwrap()
            .len()
        }
    };
    assert_eq!((found("王华").await, found("王花").await, found("9999").await, found("2207").await), (1, 0, 1, 0));
}

#[tokio::test]
async fn an_identity_number_is_sealed_and_shown_only_with_a_reason() {
    let estate = Estate::new().await;
    let site = estate.world.site;
    let place = estate.home("3-1-101").await.id;
    let number = "11010519491231002X";
    let mut tx = estate.tx(site).await;
    let new = NewParty { identity: Some(Secret::new(number.to_lowercase())), ..NewParty::person("王华", Vec::new()) };
    let party = parties::find_or_add(&mut tx, site, Some(place), new).await.unwrap();
    let row = parties::NewOccupancy {
        place,
        party,
        role: HomeRole::Owner,
        from: day("2022-07-01"),
        to: None,
        let_in_by: None,
    };
    parties::move_in(&mut tx, site, row).await.unwrap();
    tx.commit().await.unwrap();
    let sealed: Vec<u8> = estate
        .world
        .house
        .db()
        .one("SELECT identity_sealed AS value FROM parties WHERE name = $1", ("王华",))
        .await
        .unwrap();
    assert!(!sealed.windows(6).any(|part| part == &number.as_bytes()[..6]));
    let mut tx = estate.tx(site).await;
    assert_eq!(refused(parties::reveal(&mut tx, site, party, Sealed::Identity, " ").await), "reveal_reason_missing");
    assert_eq!(parties::reveal(&mut tx, site, party, Sealed::Identity, "核实过户").await.unwrap(), [number]);
    tx.commit().await.unwrap();
    assert_eq!(parties::by_identity(&mut estate.read(site).await, "110105 19491231 002x").await.unwrap(), [party]);
    assert!(estate.world.audit().await.contains(&"party.identity_revealed".to_string()));
}

#[tokio::test]
async fn a_person_is_recognised_by_name_and_phone_never_by_the_phone_alone() {
    let estate = Estate::new().await;
    let site = estate.world.site;
    let (wang, _) = estate.lives("3-1-101", "王华", &["13800002207"], HomeRole::Owner, "2022-07-01").await;
    let other = estate.home("3-1-102").await.id;
    let mut read = estate.read(site).await;
    let phone = phones(&["13800002207"]);
    assert_eq!(parties::recognise(&mut read, site, Some(other), "王华", &phone).await.unwrap(), Some(wang));
    assert_eq!(parties::recognise(&mut read, site, Some(other), "李明", &phone).await.unwrap(), None);
    assert_eq!(parties::recognise(&mut read, site, Some(other), "王华", &[]).await.unwrap(), None);
    let same = estate.home("3-1-101").await.id;
    assert_eq!(parties::recognise(&mut read, site, Some(same), "王华", &[]).await.unwrap(), Some(wang));
}
