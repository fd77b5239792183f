use kernel::{Role, access, parties};
use testing::{Person, World};
use values::Day;

async fn world() -> World {
    World::new(crate::routes(), &[web::i18n::WEB, crate::MESSAGES]).await
}

/// A building with one home and an owner who uses the portal. Inserts the places itself: the editor is another crate's.
async fn insert_owner(world: &World, building: &str) -> Person {
    let mut tx = world.house.begin(&access::system(world.site, "world")).await.unwrap();
    let party = parties::add(&mut tx, Some(world.site), parties::PartyKind::Person, "王小华", &[]).await.unwrap();
    let (house, home) = (tx.id::<kernel::PlaceMark>(), tx.id::<kernel::PlaceMark>());
    let sql = "INSERT INTO places (id, site, parent, kind, code, key, name, building, qr, sort, made, version) \
               VALUES ($1, $2, $3, $4, $5, $5, $5, $6, $7, 0, 0, 1)";
    tx.run(
        sql,
        (house, world.site, None::<kernel::PlaceId>, "building", building, None::<kernel::PlaceId>, house.to_string()),
    )
    .await
    .unwrap();
    tx.run(sql, (home, world.site, Some(house), "unit", format!("{building}-101"), Some(house), home.to_string()))
        .await
        .unwrap();
    let sql = "INSERT INTO occupancies (id, site, place, party, role, from_day, made, version) VALUES ($1, $2, $3, $4, 'owner', $5, 0, 1)";
    let id = tx.id::<()>();
    tx.run(sql, (id, world.site, home, party, Day::new(2024, 1, 1).unwrap())).await.unwrap();
    kernel::staff::open_account(&mut tx, party, None).await.unwrap();
    tx.commit().await.unwrap();
    world.sign_in(party, "王小华", true).await
}

const NOTICE: [(&str, &str); 6] = [
    ("kind", "outage"),
    ("title", "2号楼停水"),
    ("body", "水泵检修"),
    ("planned_end", "2026-08-12 16:00"),
    ("step", "publish"),
    ("counted", "1"),
];

#[tokio::test]
async fn an_outage_is_published_read_and_ended() {
    let mut world = world().await;
    let desk = world.staff("陈芳", Role::Desk).await;
    let owner = insert_owner(&world, "2").await;
    let place = world.post(&desk, "/c/GYHY/notices", &NOTICE).await.is(303).location();
    assert!(world.get(&desk, &place).await.is(200).text().contains("进行中"));
    let id = place.rsplit('/').next().unwrap().to_string();
    assert!(world.get(&owner, "/r/notices").await.is(200).text().contains("2号楼停水"));
    world.post(&owner, &format!("/r/notices/{id}/reading"), &[]).await.is(303);
    assert!(world.get(&desk, &place).await.text().contains("1 / 1"));
    assert!(!world.get(&desk, &format!("{place}/not-reached")).await.is(200).text().contains("王小华"));
    world.post(&desk, &format!("{place}/end"), &[]).await.is(303);
    assert!(world.get(&owner, &format!("/r/notices/{id}")).await.is(200).text().contains("已于"));
    world.post(&desk, &format!("{place}/end"), &[]).await.is(409);
}

#[tokio::test]
async fn the_list_counts_for_every_notice_who_read_it_of_those_reachable() {
    let mut world = world().await;
    let desk = world.staff("陈芳", Role::Desk).await;
    let owner = insert_owner(&world, "2").await;
    let neighbour = insert_owner(&world, "3").await;
    let mut read = String::new();
    for (title, building) in
        [("全区消杀", None), ("2号楼停水", Some("2")), ("3号楼停水", Some("3")), ("全区停电", None)]
    {
        let spot = match building {
            Some(code) => spot(&world, code).await,
            None => String::new(),
        };
        let mut fields: Vec<(&str, &str)> = NOTICE.to_vec();
        (fields[1], fields[5]) = (("title", title), ("counted", if building.is_some() { "1" } else { "2" }));
        fields.push(("spot", &spot));
        let place = world.post(&desk, "/c/GYHY/notices", &fields).await.is(303).location();
        read = place.rsplit('/').next().unwrap().to_string();
    }
    world.post(&owner, &format!("/r/notices/{read}/reading"), &[]).await.is(303);
    let page = world.get(&desk, "/c/GYHY/notices").await.is(200).text();
    let row = |title: &str| {
        let from = page.find(title).unwrap_or_else(|| panic!("{title}: {page}"));
        page[from..].split("</tr>").next().unwrap().to_string()
    };
    assert!(row("全区停电").contains("已读 1 / 可达 2"), "{page}");
    assert!(row("2号楼停水").contains("已读 0 / 可达 1") && row("3号楼停水").contains("已读 0 / 可达 1"), "{page}");
    assert!(row("全区消杀").contains("已读 0 / 可达 2"));
    assert!(world.get(&neighbour, "/r/notices").await.is(200).text().contains("3号楼停水"));
}

async fn spot(world: &World, building: &str) -> String {
    let mut read = world.house.read(&access::system(world.site, "world")).await.unwrap();
    kernel::places::by_code(&mut read, world.site, building).await.unwrap().id.to_string()
}

#[tokio::test]
async fn an_outage_says_its_hours_at_home_and_on_its_own_page() {
    let mut world = world().await;
    let desk = world.staff("陈芳", Role::Desk).await;
    let owner = insert_owner(&world, "2").await;
    let place = world.post(&desk, "/c/GYHY/notices", &NOTICE).await.is(303).location();
    let id = place.rsplit('/').next().unwrap().to_string();
    for page in ["/r", "/r/notices", &format!("/r/notices/{id}")] {
        let shown = world.get(&owner, page).await.is(200).text();
        assert!(shown.contains("10:24 到 16:00"), "{page}: {shown}");
    }
}

#[tokio::test]
async fn whom_it_reaches_is_shown_before_anything_is_sent() {
    let mut world = world().await;
    let desk = world.staff("陈芳", Role::Desk).await;
    insert_owner(&world, "2").await;
    let mut counting = NOTICE;
    counting[4] = ("step", "count");
    let counted = |page: String| page.contains("共 1 人，其中 1 人在用手机端");
    assert!(counted(world.post(&desk, "/c/GYHY/notices", &counting).await.is(200).text()));
    for uncounted in [("counted", ""), ("counted", "7")] {
        let mut hasty = NOTICE;
        hasty[5] = uncounted;
        assert!(counted(world.post(&desk, "/c/GYHY/notices", &hasty).await.is(200).text()), "{uncounted:?}");
    }
    assert!(!world.get(&desk, "/c/GYHY/notices").await.text().contains("2号楼停水"));
}

#[tokio::test]
async fn a_form_that_is_refused_keeps_what_was_typed() {
    let mut world = world().await;
    let desk = world.staff("陈芳", Role::Desk).await;
    let wrong =
        [("kind", "outage"), ("title", "2号楼停水"), ("body", ""), ("planned_end", "明天"), ("step", "publish")];
    let page = world.post(&desk, "/c/GYHY/notices", &wrong).await.is(422).text();
    assert!(
        page.contains("时间看不懂") && page.contains("value=\"2号楼停水\"") && page.contains("value=\"明天\""),
        "{page}"
    );
}

#[tokio::test]
async fn a_notice_of_another_site_is_missing() {
    let mut world = world().await;
    let desk = world.staff("陈芳", Role::Desk).await;
    insert_owner(&world, "2").await;
    let place = world.post(&desk, "/c/GYHY/notices", &NOTICE).await.is(303).location();
    let id = place.rsplit('/').next().unwrap().to_string();
    let elsewhere = world.another_site("LDGG", "绿地公馆").await;
    let stranger = world.staff_at(elsewhere, "外人", Role::Desk, "CS").await;
    world.get(&stranger, &format!("/c/LDGG/notices/{id}")).await.is(404);
    world.get(&stranger, &place).await.is(404);
    let token = world.token(&stranger).await;
    let foreign =
        world.api(&token, "POST", &format!("/api/v1/notices/{id}/end"), Some(serde_json::json!({}))).await.is(404);
    let random = format!("/api/v1/notices/{}/end", kernel::PlaceId::named("nothing"));
    let nothing = world.api(&token, "POST", &random, Some(serde_json::json!({}))).await.is(404);
    assert_eq!(foreign.json()["detail"], nothing.json()["detail"]);
}

#[tokio::test]
async fn a_machine_publishes_once_for_one_key() {
    let mut world = world().await;
    let desk = world.staff("陈芳", Role::Desk).await;
    let token = world.token(&desk).await;
    let body = serde_json::json!({ "site": "GYHY", "kind": "tip", "title": "防蚊消杀", "body": "周五上午" });
    world.api(&token, "POST", "/api/v1/notices", Some(body)).await.is(201);
    let listed = world.api(&token, "GET", "/api/v1/notices?site=GYHY", None).await.is(200).json();
    assert_eq!(listed["items"].as_array().unwrap().len(), 1);
}
