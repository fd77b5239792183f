use kernel::{Role, parties::HomeRole};

use crate::world_words::{Browser, employee, homes, last_message, logged_in, registered, world};

const ZHANG: &str = "13800002207";

async fn asked(world: &testing::World, name: &str) -> Browser {
    let mut phone = Browser::default();
    phone.by_phone(world, ZHANG).await.is(303);
    let claim = [("site", "GYHY"), ("home", "3-1-1201"), ("name", name), ("role", "owner")];
    assert_eq!(phone.post(world, "/r/bind/request", &claim).await.is(303).location(), "/r/bind");
    assert!(phone.get(world, "/r/bind").await.is(200).text().contains("待核对"));
    phone
}

fn first_request(list: &str) -> String {
    list.split("/c/GYHY/bindings/")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap().to_string())
        .find(|id| id.len() == 36)
        .expect("a request waits")
}

#[tokio::test]
async fn the_desk_approves_a_request_after_comparing_and_the_phone_opens_the_home() {
    let world = world().await;
    let (home, _) = homes(&world).await;
    registered(&world, home, "张明", None, HomeRole::Owner).await;
    let phone = asked(&world, "张明").await;
    let party = employee(&world, "陈芳", "chenfang", Role::Desk).await;
    let desk = logged_in(&world, party, "chenfang").await;
    let id = first_request(&world.get(&desk, "/c/GYHY/bindings").await.is(200).text());
    let page = world.get(&desk, &format!("/c/GYHY/bindings/{id}")).await.is(200).text();
    assert!(page.contains("姓名一致") && page.contains("3-1-1201"));
    world.wait(values::SECOND);
    let settle = [("role", "owner"), ("note", "看过房产证"), ("verdict", "approve")];
    world.post(&desk, &format!("/c/GYHY/bindings/{id}"), &settle).await.is(303);
    world.post(&desk, &format!("/c/GYHY/bindings/{id}"), &settle).await.is(409);
    assert!(last_message(&world, ZHANG).await.contains("已通过"));
    world.wait(2 * values::MINUTE);
    let mut again = phone;
    assert_eq!(again.by_phone(&world, ZHANG).await.is(303).location(), "/r");
    let me = again.get(&world, "/r/me").await.is(200).text();
    assert!(me.contains("张明") && me.contains("业主"));
    let owners: Vec<i64> =
        world.house.db().all("SELECT count(*) AS value FROM occupancies WHERE role = 'owner'", ()).await.unwrap();
    assert_eq!(owners[0], 1, "the registered owner was found, not doubled");
}

#[tokio::test]
async fn a_refusal_needs_a_reason_and_opens_nothing() {
    let world = world().await;
    homes(&world).await;
    let mut phone = asked(&world, "不是业主").await;
    let party = employee(&world, "陈芳", "chenfang", Role::Desk).await;
    let desk = logged_in(&world, party, "chenfang").await;
    let id = first_request(&world.get(&desk, "/c/GYHY/bindings").await.text());
    let path = format!("/c/GYHY/bindings/{id}");
    assert!(
        world
            .post(&desk, &path, &[("role", "owner"), ("note", ""), ("verdict", "refuse")])
            .await
            .is(422)
            .text()
            .contains("f-note")
    );
    world.wait(values::SECOND);
    world.post(&desk, &path, &[("role", "owner"), ("note", "请带房产证来前台"), ("verdict", "refuse")]).await.is(303);
    assert!(last_message(&world, ZHANG).await.contains("请带房产证来前台"));
    assert!(phone.get(&world, "/r/bind").await.text().contains("未通过"));
    world.wait(2 * values::MINUTE);
    assert_eq!(phone.by_phone(&world, ZHANG).await.location(), "/r/bind");
}

#[tokio::test]
async fn the_desk_prints_a_slip_and_it_is_a_pdf_with_a_code_that_works() {
    let world = world().await;
    let (home, _) = homes(&world).await;
    let zhang = registered(&world, home, "张明", Some(ZHANG), HomeRole::Owner).await;
    let party = employee(&world, "陈芳", "chenfang", Role::Desk).await;
    let desk = logged_in(&world, party, "chenfang").await;
    let page = world.get(&desk, "/c/GYHY/bindings/slips?home=3-1-1201").await.is(200).text();
    assert!(page.contains("张明") && page.contains("短信发链接"));
    let (home, zhang) = (home.to_string(), zhang.to_string());
    let slip = world
        .post(&desk, "/c/GYHY/bindings/slips", &[("place", &home), ("party", &zhang), ("role", "owner")])
        .await
        .is(200);
    assert_eq!(slip.header("content-type"), "application/pdf");
    assert_eq!(slip.header("cache-control"), "no-store");
    assert!(slip.body.starts_with(b"%PDF"));
    // An owner is never made by a slip for newcomers.
    world.post(&desk, "/c/GYHY/bindings/slips", &[("place", &home), ("party", ""), ("role", "owner")]).await.is(404);
    world
        .post(&desk, "/c/GYHY/bindings/links", &[("place", &home), ("party", &zhang), ("role", "owner")])
        .await
        .is(303);
    assert!(last_message(&world, ZHANG).await.contains("/r/bind?code="));
}

#[tokio::test]
async fn requests_of_another_site_are_missing() {
    let world = world().await;
    homes(&world).await;
    asked(&world, "张明").await;
    let party = employee(&world, "陈芳", "chenfang", Role::Desk).await;
    let desk = logged_in(&world, party, "chenfang").await;
    let id = first_request(&world.get(&desk, "/c/GYHY/bindings").await.text());
    let site = world.another_site("YLXY", "云栖雅苑").await;
    let mut world = world;
    let other = world.staff_at(site, "孙丽", Role::Desk, "CS").await;
    world.get(&other, "/c/GYHY/bindings").await.is(404);
    world.get(&other, &format!("/c/YLXY/bindings/{id}")).await.is(404);
    world
        .post(&other, &format!("/c/YLXY/bindings/{id}"), &[("role", "owner"), ("note", "x"), ("verdict", "approve")])
        .await
        .is(404);
    assert!(world.get(&other, "/c/YLXY/bindings").await.is(200).text().contains("没有待核对的绑定"));
}
