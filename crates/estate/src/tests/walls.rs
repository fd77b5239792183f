//! R08: what belongs to another site is missing, to the byte, as what never was.

use kernel::{Role, parties::HomeRole};
use testing::Person;
use values::Id;

use super::words::Estate;

/// The same page without what differs by request: the number to quote.
fn quiet(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("E-") {
        out.push_str(&rest[..at]);
        rest = rest[at + 2..].trim_start_matches(|c: char| c.is_ascii_hexdigit());
    }
    out + rest
}

async fn walled(estate: &Estate, own: &Person, other: &Person, paths: &[(String, String, String)]) {
    for (mine, foreign, random) in paths {
        estate.world.get(own, mine).await.is(200);
        let foreign = estate.world.get(other, foreign).await.is(404);
        let random_answer = estate.world.get(other, random).await.is(404);
        let alike = |text: String, path: &str| quiet(&text).replace(path, "");
        let id = |path: &str| path.rsplit('/').find(|part| part.len() == 36).unwrap_or_default().to_string();
        assert_eq!(alike(foreign.text(), &id(mine)), alike(random_answer.text(), &id(random)), "{mine}");
    }
}

#[tokio::test]
async fn pages_of_one_site_are_missing_at_another() {
    let mut estate = Estate::new().await;
    let (party, occupancy) = estate.lives("3-1-0101", "王桂华", &["13800002207"], HomeRole::Owner, "2022-07-01").await;
    let place = estate.home("3-1-0101").await.id;
    let hyy = estate.world.another_site("HYY", "海韵苑").await;
    estate.building(hyy, "3栋 1单元 2层 每层2户").await;
    let other = estate.world.staff_at(hyy, "外人", Role::SiteManager, "CS").await;
    let random: Id<()> = Id::named("nobody");
    let trio = |path: &dyn Fn(&str, &str) -> String, id: &str| {
        (path("GYHY", id), path("HYY", id), path("HYY", &random.to_string()))
    };
    let paths = [
        trio(&|site, id| format!("/c/{site}/places/{id}/edit"), &place.to_string()),
        trio(&|site, id| format!("/c/{site}/3-1-101/people/{id}/edit"), &party.to_string()),
        trio(&|site, id| format!("/c/{site}/3-1-101/people/{id}/reveal"), &party.to_string()),
        trio(&|site, id| format!("/c/{site}/3-1-101/departures/{id}"), &occupancy.to_string()),
    ];
    let manager = estate.manager.clone();
    walled(&estate, &manager, &other, &paths).await;
    for path in ["/c/GYHY/3-1-0101", "/c/GYHY/matrix", "/c/GYHY/owners", "/c/GYHY/find?q=101", "/c/GYHY/homes/export"] {
        estate.world.get(&other, path).await.is(404);
    }
    let found = estate.world.get(&other, "/c/HYY/find?q=王桂华").await.is(200).text();
    assert!(!found.contains("3-1-0101"));
    estate.world.post(&other, "/c/HYY/labels", &[("pick", &place.to_string())]).await.is(422);
}

#[tokio::test]
async fn the_api_of_one_site_is_missing_at_another() {
    let mut estate = Estate::new().await;
    let (party, occupancy) = estate.lives("3-1-0101", "王桂华", &["13800002207"], HomeRole::Owner, "2022-07-01").await;
    let place = estate.home("3-1-0101").await.id;
    let hyy = estate.world.another_site("HYY", "海韵苑").await;
    let other = estate.world.staff_at(hyy, "外人", Role::SiteManager, "CS").await;
    let (own, foreign) = (estate.world.token(&estate.manager).await, estate.world.token(&other).await);
    let random: Id<()> = Id::named("nobody");
    for (path, id) in [("/api/v1/places", place.to_string()), ("/api/v1/parties", party.to_string())] {
        estate.world.api(&own, "GET", &format!("{path}/{id}"), None).await.is(200);
        let a = estate.world.api(&foreign, "GET", &format!("{path}/{id}"), None).await.is(404).text();
        let b = estate.world.api(&foreign, "GET", &format!("{path}/{random}"), None).await.is(404).text();
        assert_eq!(quiet(&a), quiet(&b), "{path}");
    }
    let day = serde_json::json!({ "day": "2026-08-12" });
    let writes = [
        (format!("/api/v1/places/{place}/closing"), day.clone()),
        (format!("/api/v1/occupancies/{occupancy}/ending"), day.clone()),
        (
            format!("/api/v1/places/{place}/sale"),
            serde_json::json!({ "day": "2026-08-12", "buyers": [{ "name": "外人" }] }),
        ),
        (
            format!("/api/v1/parties/{party}/reveal"),
            serde_json::json!({ "site": "HYY", "what": "phones", "reason": "好奇" }),
        ),
    ];
    for (path, body) in writes {
        estate.world.api(&foreign, "POST", &path, Some(body)).await.is(404);
    }
    for path in [
        "/api/v1/places?site=GYHY",
        "/api/v1/parties?site=GYHY",
        "/api/v1/occupancies?site=GYHY",
        "/api/v1/search?q=101&site=GYHY",
    ] {
        estate.world.api(&foreign, "GET", path, None).await.is(404);
    }
    let nothing = estate.world.api(&foreign, "GET", "/api/v1/search?q=3-1-101", None).await.is(200).json();
    assert_eq!(nothing["homes"].as_array().unwrap().len(), 0);
}

#[tokio::test]
async fn residents_learn_from_no_answer_whether_a_place_or_a_person_exists() {
    let estate = Estate::new().await;
    let (party, _) = estate.lives("3-1-0101", "王桂华", &["13800002207"], HomeRole::Owner, "2022-07-01").await;
    let place = estate.home("3-1-0101").await.id;
    let mut tx = estate.world.house.begin(&kernel::access::system(estate.world.site, "test")).await.unwrap();
    kernel::staff::open_account(&mut tx, party, None).await.unwrap();
    tx.commit().await.unwrap();
    let resident = estate.world.sign_in(party, "王桂华", true).await;
    let random: Id<()> = Id::named("nobody");
    for id in [place.to_string(), party.to_string(), random.to_string()] {
        for kind in ["places", "parties"] {
            estate.world.get(&resident, &format!("/api/v1/{kind}/{id}")).await.is(403);
        }
    }
}
