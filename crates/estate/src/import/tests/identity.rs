use kernel::{access, parties, places};

use super::world::*;

async fn everybody(world: &testing::World) -> Vec<String> {
    world.house.db().all("SELECT name AS value FROM parties ORDER BY name, id", ()).await.unwrap()
}

#[tokio::test]
async fn one_phone_of_two_people_makes_two_people() {
    let world = world().await;
    let report = homes(&world, "房号,业主,电话\n1-1-101,张三,13800000001\n1-1-102,李四,13800000001\n").await;
    assert_eq!(made(&report), (2, 2, 2));
    assert_eq!(everybody(&world).await, ["张三", "李四"]);
}

#[tokio::test]
async fn one_name_with_one_phone_in_two_homes_is_one_person() {
    let world = world().await;
    let report = homes(&world, "房号,业主,电话\n1-1-101,张三,13800000001\n1-1-102,张三,138 0000 0001\n").await;
    assert_eq!(made(&report), (2, 1, 2));
    let later = homes(&world, "房号,业主,电话\n1-1-103,张三,13800000001\n").await;
    assert_eq!(made(&later), (1, 0, 1), "known by name and phone within the site");
}

#[tokio::test]
async fn a_namesake_with_another_phone_is_somebody_else() {
    let world = world().await;
    let report =
        homes(&world, "房号,业主,电话\n1-1-101,张三,13800000001\n1-1-102,张三,13800000002\n1-1-103,张三,\n").await;
    assert_eq!(made(&report), (3, 3, 3));
}

#[tokio::test]
async fn a_person_of_the_home_is_known_by_name_alone() {
    let world = world().await;
    homes(&world, "房号,业主,电话\n1-1-101,张三,\n").await;
    let report = homes(&world, "房号,业主,电话\n1-1-101,张 三,13800000001\n").await;
    assert_eq!((made(&report), report.change["parties"]), ((0, 0, 0), 1));
    assert_eq!(people_of(&world, "1-1-101").await, ["张三 13800000001 owner 2026-08-12"]);
}

#[tokio::test]
async fn a_new_owner_of_a_home_that_has_one_is_left_to_a_person() {
    let world = world().await;
    homes(&world, "房号,业主,电话\n1-1-101,张三,13800000001\n1-1-102,李四,13800000002\n").await;
    let report = homes(&world, "房号,业主,电话,建筑面积\n1-1-101,王五,13800000003,90\n1-1-102,李四,,88\n").await;
    assert_eq!(
        (wrong(&report), made(&report), report.change["units"]),
        (vec!["2 owner_differs".to_string()], (0, 0, 0), 1)
    );
    assert!(report.errors[0].message.contains("张*") && report.errors[0].value == "王五", "{:?}", report.errors[0]);
    assert_eq!(people_of(&world, "1-1-101").await, ["张三 13800000001 owner 2026-08-12"]);
}

#[tokio::test]
async fn a_second_name_beside_the_known_owner_is_a_co_owner() {
    let world = world().await;
    homes(&world, "房号,业主\n1-1-101,张三\n").await;
    let report = homes(&world, "房号,业主\n1-1-101,张三、李四\n").await;
    assert_eq!(made(&report), (0, 1, 1));
    assert_eq!(people_of(&world, "1-1-101").await, ["张三 owner 2026-08-12", "李四 co_owner 2026-08-12"]);
    let reversed = homes(&world, "房号,业主\n1-1-101,李四、张三\n").await;
    assert_eq!((made(&reversed), reversed.unchanged), ((0, 0, 0), 1));
}

#[tokio::test]
async fn who_left_does_not_come_back_by_an_old_list() {
    let world = world().await;
    homes(&world, "房号,业主,租户\n1-1-101,张三,赵六\n").await;
    let mut tx = world.house.begin(&access::system(world.site, "test")).await.unwrap();
    let place = places::by_code(&mut tx, world.site, "1-1-101").await.unwrap();
    let household = parties::household(&mut tx, place.id).await.unwrap();
    let tenant = household.iter().find(|member| member.name == "赵六").unwrap().occupancy.id;
    parties::move_out(&mut tx, world.site, tenant, "2026-08-20".parse().unwrap()).await.unwrap();
    tx.commit().await.unwrap();
    world.at("2026-09-01T09:00:00+08:00");
    let report = homes(&world, "房号,业主,租户\n1-1-102,周八,\n1-1-101,张三,赵六\n").await;
    assert_eq!(wrong(&report), ["3 occupant_left"]);
}

#[tokio::test]
async fn an_owner_in_the_column_of_tenants_lives_there_and_is_no_tenant() {
    let world = world().await;
    let report = homes(&world, "房号,业主,租户\n1-1-101,张三,张三\n").await;
    assert_eq!(made(&report), (1, 1, 1));
}

#[tokio::test]
async fn an_omitted_stair_means_the_only_home_of_that_number() {
    let world = world().await;
    homes(&world, "房号,业主\n1-1-101,张三\n2-1-101,李四\n2-2-101,王五\n").await;
    let report = homes(&world, "房号,业主\n1-101,张三\n2-101,李四\n").await;
    assert_eq!((report.unchanged, wrong(&report), made(&report)), (1, vec!["3 unit_ambiguous".to_string()], (0, 0, 0)));
}

#[tokio::test]
async fn an_identity_number_is_sealed_and_never_silently_replaced() {
    let world = world().await;
    homes(&world, "房号,业主,业主身份证号\n1-1-101,张三,11010519491231002X\n").await;
    let sealed: Vec<Vec<u8>> = world
        .house
        .db()
        .all("SELECT identity_sealed AS value FROM parties WHERE identity_sealed IS NOT NULL", ())
        .await
        .unwrap();
    assert_eq!(sealed.len(), 1);
    let same = homes(&world, "房号,业主,业主身份证号\n1-1-101,张三,11010519491231002x\n").await;
    assert_eq!(same.unchanged, 1);
    let other = homes(&world, "房号,业主,业主身份证号\n1-1-102,李四,\n1-1-101,张三,440524188001010014\n").await;
    assert_eq!(wrong(&other), ["3 identity_differs"]);
    assert!(!other.errors[0].value.contains("18800101"), "{}", other.errors[0].value);
}
