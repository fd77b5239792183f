use crate::installed::{Installed, PASSWORD, client};

async fn get(url: String) -> reqwest::Result<reqwest::Response> {
    client().get(url).send().await
}

#[tokio::test]
async fn a_first_company_is_made_once_and_every_slip_is_said_in_one_line() {
    let house = Installed::empty().await;
    let (good, short) = (house.file("good", PASSWORD), house.file("short", "abc"));
    let init = |file: &str| {
        ["init", "--company", "金桥物业", "--admin", "root", "--password-file"]
            .map(String::from)
            .into_iter()
            .chain([file.to_string()])
            .collect::<Vec<_>>()
    };
    let run = async |args: Vec<String>| house.anju(&args.iter().map(String::as_str).collect::<Vec<_>>()).await;
    house.anju(&["check"]).await.is(4);
    let said = run(init(&short)).await.is(3);
    assert_eq!(said.err.lines().count(), 1, "{}", said.err);
    run(init("/nowhere")).await.is(3);
    run(init(&good)).await.is(0);
    run(init(&good)).await.is(3);
    house.anju(&["admin", "add-site", "--code", "gyhy", "--name", "x"]).await.is(3);
    house.anju(&["admin", "add-site", "--code", "GYHY", "--name", "桂语花园"]).await.is(0);
    house.anju(&["admin", "token", "--login", "nobody", "--days", "3"]).await.is(3);
    house.anju(&["admin", "token", "--login", "root", "--days", "0"]).await.is(2);
    house.anju(&["admin", "grant", "--login", "root", "--role", "audit_admin"]).await.is(3);
    let token = house.anju(&["admin", "token", "--login", "root", "--days", "3"]).await.is(0).out;
    assert!(token.starts_with("anju_") && token.trim_end().len() == 69 && token.lines().count() == 1, "{token}");
    house.anju(&["check"]).await.is(0);
}

#[tokio::test]
async fn the_only_administrator_who_forgot_the_password_gets_a_new_one_at_the_machine() {
    let house = Installed::new().await;
    let short = house.file("short", "abc");
    let new = house.file("new", "nine slow barges pass the lock");
    let reset = async |login: &str, file: &str| {
        house.anju(&["admin", "reset-password", "--login", login, "--password-file", file]).await
    };
    reset("nobody", &new).await.is(3);
    reset("root", &short).await.is(3);
    let serving = house.serve(&[]).await;
    let _ = rustls::crypto::ring::default_provider().install_default();
    let browser = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let log_in = async |password: &str| {
        let form = browser.post(serving.url("/login")).header("sec-fetch-site", "same-origin");
        form.form(&[("login", "root"), ("password", password), ("to", "")]).send().await.unwrap().status().as_u16()
    };
    assert_eq!(log_in(PASSWORD).await, 303);
    reset("root", &new).await.is(0);
    assert_eq!(log_in(PASSWORD).await, 422);
    assert_eq!(log_in("nine slow barges pass the lock").await, 303);
    assert_eq!(serving.stopped().await, 0);
}

#[tokio::test]
async fn serving_guards_its_folder_its_address_and_its_clock() {
    let house = Installed::new().await;
    house.anju(&["serve", "--listen", "0.0.0.0:0"]).await.is(2);
    house
        .anju(&["serve", "--listen", "0.0.0.0:0", "--behind-proxy", "--test-clock", "2026-08-12T10:24:00+08:00"])
        .await
        .is(2);
    house.anju(&["serve", "--nonsense"]).await.is(2);
    let serving = house.serve(&[]).await;
    house.anju(&["serve", "--listen", "127.0.0.1:0"]).await.is(5);
    let archive = house.path("a.anju");
    house.anju(&["backup", &archive]).await.is(0);
    house.anju(&["restore", &archive]).await.is(5);
    house.anju(&["check"]).await.is(0);
    let taken = serving.address.trim_start_matches("http://").to_string();
    let other = house.folder.join("other");
    if house.database_url.is_none() {
        house.anju_at(&other, &["serve", "--listen", &taken]).await.is(4);
    }
    let clock = client()
        .put(serving.url("/api/v1/test-clock"))
        .json(&serde_json::json!({ "now": "2026-08-12T10:24:00+08:00" }));
    assert_eq!(clock.send().await.unwrap().status(), 404, "without the flag the route does not exist");
    assert_eq!(get(serving.url("/healthz")).await.unwrap().text().await.unwrap(), "ok");
    assert_eq!(get(serving.url("/readyz")).await.unwrap().text().await.unwrap(), "ready");
    assert_eq!(serving.stopped().await, 0);
}

#[tokio::test]
async fn under_the_watermark_nothing_is_written_and_pages_are_read() {
    let house = Installed::new().await;
    let token = house.token().await;
    // The later flag wins: more than any disk has.
    let serving = house.serve(&["--watermark", "999999999999"]).await;
    let ready = async || get(serving.url("/readyz")).await.unwrap();
    let reply = ready().await;
    assert_eq!((reply.status().as_u16(), reply.text().await.unwrap()), (503, "disk".to_string()));
    let sites = client().get(serving.url("/api/v1/audit/head")).bearer_auth(&token).send().await.unwrap();
    assert!(sites.status() != 507 && sites.status() != 500, "{}", sites.status());
    assert_eq!(get(serving.url("/")).await.unwrap().status(), 200);
}

#[tokio::test]
async fn the_table_of_routes_and_the_description_agree() {
    let house = Installed::empty().await;
    let routes: serde_json::Value = serde_json::from_str(&house.anju(&["routes", "--json"]).await.is(0).out).unwrap();
    let api: serde_json::Value = serde_json::from_str(&house.anju(&["openapi"]).await.is(0).out).unwrap();
    assert!(api["openapi"].as_str().unwrap().starts_with("3.1"));
    for (path, methods) in api["paths"].as_object().unwrap() {
        for method in methods.as_object().unwrap().keys().filter(|method| *method != "parameters") {
            let there = routes
                .as_array()
                .unwrap()
                .iter()
                .any(|route| route["path"] == **path && route["method"] == method.to_uppercase());
            assert!(there, "{method} {path}");
        }
    }
    for route in routes.as_array().unwrap() {
        let unsafe_ = route["unsafe"] == true && route["auth"] != "public";
        assert!(!unsafe_ || route["audit"].is_string(), "{} {} names no audit event", route["method"], route["path"]);
    }
}
