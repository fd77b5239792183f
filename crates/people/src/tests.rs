//! R05 over every route of this crate.

use axum::{body::Body, http::Request};
use kernel::{Role, parties::HomeRole};

use crate::world_words::{employee, homes, logged_in, registered, world};

const COUNTS: [&str; 12] = [
    "SELECT count(*) AS value FROM parties",
    "SELECT count(*) AS value FROM phones",
    "SELECT CAST(sum(version) AS BIGINT) AS value FROM accounts",
    "SELECT count(*) AS value FROM sessions WHERE ended IS NULL",
    "SELECT count(*) AS value FROM tokens",
    "SELECT count(*) AS value FROM staff WHERE to_day IS NULL",
    "SELECT count(*) AS value FROM grants WHERE to_day IS NULL",
    "SELECT count(*) AS value FROM certificates",
    "SELECT count(*) AS value FROM steward_homes",
    "SELECT count(*) AS value FROM bindings",
    "SELECT count(*) AS value FROM codes",
    "SELECT count(*) AS value FROM occupancies",
];

async fn counts(world: &testing::World) -> Vec<i64> {
    let mut counts = Vec::new();
    for sql in COUNTS {
        counts.push(world.house.db().one::<i64>(sql, ()).await.unwrap());
    }
    counts
}

fn request(path: &str, cookie: &str) -> axum::http::request::Builder {
    Request::post(path).header("cookie", cookie.to_string())
}

#[tokio::test]
async fn r05_no_unsafe_route_acts_on_a_request_from_elsewhere() {
    let world = world().await;
    homes(&world).await;
    let party = employee(&world, "王经理", "manager", Role::SiteManager).await;
    let manager = logged_in(&world, party, "manager").await;
    let before = counts(&world).await;
    let form = "application/x-www-form-urlencoded";
    for route in crate::routes().iter().filter(|route| route.is_unsafe()) {
        let path = route
            .path
            .replace("{site}", "GYHY")
            .replace("{person}", &party.to_string())
            .replace("{id}", &party.to_string());
        let path = path.replace("{place}", &party.to_string());
        let kind = if route.door == web::Door::Machine { "application/json" } else { form };
        let no_origin = request(&path, &manager.cookie).header("content-type", kind);
        let cross = request(&path, &manager.cookie).header("content-type", kind).header("sec-fetch-site", "cross-site");
        let foreign =
            request(&path, &manager.cookie).header("content-type", kind).header("origin", "https://evil.example");
        for (name, request) in [("no origin", no_origin), ("cross-site", cross), ("foreign", foreign)] {
            let reply = world.send(request.body(Body::from("a=b")).unwrap()).await;
            assert_eq!(reply.status, 403, "{name} {path}");
        }
        // Before anybody has logged in there is no session for a token to belong to; the checks above are what protects.
        let anonymous = route.door == web::Door::Resident && route.auth == web::Auth::Public;
        if anonymous {
            continue;
        }
        let no_token =
            request(&path, &manager.cookie).header("content-type", kind).header("sec-fetch-site", "same-origin");
        let reply = world.send(no_token.body(Body::from("a=b")).unwrap()).await;
        let turned_away =
            matches!(reply.status.as_u16(), 401 | 403) || (reply.status == 413 && route.body == web::Body::None);
        assert!(turned_away, "no token {path} answered {}", reply.status);
        let plain = request(&path, &manager.cookie)
            .header("content-type", "text/plain")
            .header("sec-fetch-site", "same-origin");
        let reply = world.send(plain.body(Body::from("a=b")).unwrap()).await;
        assert!(matches!(reply.status.as_u16(), 401 | 403 | 413 | 415), "text/plain {path} answered {}", reply.status);
    }
    assert_eq!(counts(&world).await, before);
}

#[tokio::test]
async fn r05_reading_changes_nothing() {
    let world = world().await;
    homes(&world).await;
    let party = employee(&world, "王经理", "manager", Role::SiteManager).await;
    let manager = logged_in(&world, party, "manager").await;
    let before = counts(&world).await;
    for route in crate::routes().iter().filter(|route| !route.is_unsafe()) {
        let path = route
            .path
            .replace("{site}", "GYHY")
            .replace("{person}", &party.to_string())
            .replace("{id}", &party.to_string());
        let path = path.replace("{place}", &party.to_string());
        let reply = world.get(&manager, &path).await;
        assert!(!reply.status.is_server_error(), "{path} answered {}", reply.status);
    }
    assert_eq!(counts(&world).await, before);
}

#[tokio::test]
async fn every_page_speaks_both_languages() {
    let world = world().await;
    let (home, _) = homes(&world).await;
    let party = employee(&world, "王经理", "manager", Role::SiteManager).await;
    let manager = logged_in(&world, party, "manager").await;
    let owner = registered(&world, home, "张明", Some("13800002207"), HomeRole::Owner).await;
    let mut tx = world.house.begin(&kernel::access::system(world.site, "test")).await.unwrap();
    kernel::staff::bind_phone(&mut tx, owner, &"13800002207".parse().unwrap()).await.unwrap();
    tx.commit().await.unwrap();
    let owner = world.sign_in(owner, "张明", true).await;
    let mut seen = 0;
    for route in crate::routes().iter().filter(|route| !route.is_unsafe() && route.door != web::Door::Machine) {
        let path = route
            .path
            .replace("{site}", "GYHY")
            .replace("{person}", &party.to_string())
            .replace("{place}", &home.to_string());
        let person = if route.door == web::Door::Resident { &owner } else { &manager };
        for lang in ["zh-CN", "en"] {
            let reader = testing::Person { cookie: format!("{}; anju-lang={lang}", person.cookie), ..person.clone() };
            let reply = world.get(&reader, &path).await;
            let text = reply.text();
            seen += i32::from(reply.status == 200);
            assert!(!text.contains("people-") && !text.contains("refusal-"), "{path} in {lang} lacks words: {text}");
        }
    }
    assert!(seen >= 20, "{seen} pages were seen");
}
