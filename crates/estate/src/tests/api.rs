use serde_json::json;

use super::words::Estate;

#[tokio::test]
async fn a_building_a_place_and_a_household_are_made_by_machines() {
    let estate = Estate::new().await;
    let token = estate.world.token(&estate.manager).await;
    let rule =
        json!({ "site": "GYHY", "rule": "1栋 1单元 2层 每层2户 面积 80", "delivered": "2024-01-01", "preview": true });
    let preview = estate.world.api(&token, "POST", "/api/v1/buildings", Some(rule.clone())).await.is(200).json();
    assert_eq!(
        (preview["units"].as_i64(), preview["area"].as_str(), preview["id"].as_str()),
        (Some(4), Some("320.00"), None)
    );
    let made = json!({ "site": "GYHY", "rule": "1栋 1单元 2层 每层2户 面积 80", "delivered": "2024-01-01" });
    estate.world.api(&token, "POST", "/api/v1/buildings", Some(made)).await.is(201);
    let lobby = json!({ "site": "GYHY", "kind": "common", "parent": "1", "code": "1-大堂", "name": "大堂" });
    let lobby = estate.world.api(&token, "POST", "/api/v1/places", Some(lobby)).await.is(201).json();
    assert_eq!(lobby["kind"], "common");
    let new = json!({ "site": "GYHY", "name": "王桂华", "phones": ["13800002207"], "occupancy": { "place": "1-1-101", "role": "owner", "from": "2024-01-01" } });
    let party = estate.world.api(&token, "POST", "/api/v1/parties", Some(new)).await.is(201).json();
    assert_eq!(party["phones"], json!(["138 **** 2207"]));
    assert_eq!(party["occupancies"][0]["role"], "owner");
    let list = estate.world.api(&token, "GET", "/api/v1/parties?site=GYHY&q=wgh", None).await.is(200).json();
    assert_eq!((list["total"].as_i64(), list["items"][0]["code"].as_str()), (Some(1), Some("1-1-101")));
    let found = estate.world.api(&token, "GET", "/api/v1/search?q=1%E6%A0%8B101", None).await.is(200).json();
    assert_eq!(found["homes"][0]["code"], "1-1-101");
    assert_eq!(found["homes"][0]["owner"], "王桂华");
}

#[tokio::test]
async fn lists_page_by_cursor_and_meet_every_row_once() {
    let estate = Estate::new().await;
    let token = estate.world.token(&estate.manager).await;
    let (mut seen, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = estate
            .world
            .api(&token, "GET", &format!("/api/v1/places?site=GYHY&limit=50&cursor={cursor}"), None)
            .await
            .is(200)
            .json();
        seen.extend(page["items"].as_array().unwrap().iter().map(|item| item["code"].as_str().unwrap().to_string()));
        match page["next"].as_str() {
            Some(next) => cursor = next.to_string(),
            None => break,
        }
    }
    assert_eq!(seen.len(), 144);
    seen.sort_unstable();
    seen.dedup();
    assert_eq!(seen.len(), 144);
    estate.world.api(&token, "GET", "/api/v1/places?site=GYHY&cursor=nonsense", None).await.is(422);
}

#[tokio::test]
async fn an_edit_needs_the_version_it_saw() {
    let estate = Estate::new().await;
    let token = estate.world.token(&estate.manager).await;
    let id = estate.home("3-1-0101").await.id;
    let missing = estate
        .world
        .api(&token, "PUT", &format!("/api/v1/places/{id}"), Some(json!({ "area": "90" })))
        .await
        .is(422)
        .json();
    assert_eq!(missing["errors"][0]["code"], "estate_if_match");
    let read = estate.world.api(&token, "GET", &format!("/api/v1/places/{id}"), None).await.is(200);
    assert_eq!(read.header("etag"), "\"1\"");
}

#[tokio::test]
async fn what_is_wrong_is_named_for_machines() {
    let estate = Estate::new().await;
    let token = estate.world.token(&estate.manager).await;
    let bad = json!({ "site": "GYHY", "name": "王", "phones": ["12"], "identity": "1", "occupancy": { "place": "3-1-101", "role": "owner", "from": "2024-01-01" } });
    let refused = estate.world.api(&token, "POST", "/api/v1/parties", Some(bad)).await.is(422).json();
    let codes: Vec<&str> =
        refused["errors"].as_array().unwrap().iter().map(|error| error["code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["estate_phone_shape", "estate_identity_shape"]);
    let unknown = json!({ "site": "GYHY", "party": values::Id::<()>::named("nobody").to_string(), "place": "3-1-101", "role": "owner", "from": "2024-01-01" });
    estate.world.api(&token, "POST", "/api/v1/occupancies", Some(unknown)).await.is(404);
}

#[test]
fn every_machine_route_is_described_and_guarded() {
    let routes = crate::routes();
    let described = web::openapi::describe(&routes);
    for route in routes.iter().filter(|route| route.path.starts_with("/api/")) {
        assert!(described.paths.paths.contains_key(route.path), "{}", route.path);
        assert!(!route.rights.is_empty(), "{}", route.path);
    }
    for route in routes.iter().filter(|route| route.is_unsafe()) {
        assert!(route.audit.is_some(), "{}", route.path);
    }
}
