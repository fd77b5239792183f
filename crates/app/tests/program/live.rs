//! The stream of live changes ends with what opened it: nobody who is logged out, or has lost their role, hears more.

use crate::{
    installed::{Installed, PASSWORD, Serving},
    raw::{Raw, header, status},
};

/// 陈芳 at the desk of GYHY, who logs in as `chenfang`.
pub async fn desk(house: &Installed) {
    let password = house.file("chenfang", PASSWORD);
    let who = ["--site", "GYHY", "--name", "陈芳", "--department", "CS", "--post", "客服", "--login", "chenfang"];
    house.anju(&[&["admin", "add-staff", "--password-file", &password], &who[..]].concat()).await.is(0);
    house.anju(&["admin", "grant", "--login", "chenfang", "--role", "desk", "--site", "GYHY"]).await.is(0);
}

async fn post(serving: &Serving, cookie: &str, path: &str, body: &str) -> String {
    let head = format!(
        "POST {path} HTTP/1.1\r\nhost: a\r\nsec-fetch-site: same-origin\r\ncookie: {cookie}\r\n\
         content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    let mut raw = Raw::to(serving).await;
    raw.say(head).await;
    raw.answer().await.expect("the form is answered")
}

/// Her cookie.
pub async fn log_in(serving: &Serving) -> String {
    let body = format!("login=chenfang&password={}", PASSWORD.replace(' ', "+"));
    let answer = post(serving, "", "/login", &body).await;
    let cookie = header(&answer, "set-cookie").and_then(|line| line.split(';').next()).expect("a session");
    cookie.to_string()
}

/// The open stream of the site.
pub async fn stream(serving: &Serving, cookie: &str) -> Raw {
    let mut live = Raw::to(serving).await;
    live.say(format!("GET /c/GYHY/live HTTP/1.1\r\nhost: a\r\ncookie: {cookie}\r\n\r\n")).await;
    let open = live.answer().await.expect("the stream opens");
    assert_eq!(status(&open), 200, "{open}");
    live
}

/// The token of the form of logging out.
async fn form_token(serving: &Serving, cookie: &str) -> String {
    let mut raw = Raw::to(serving).await;
    raw.say(format!("GET /c/GYHY/me HTTP/1.1\r\nhost: a\r\ncookie: {cookie}\r\nconnection: close\r\n\r\n")).await;
    let page = raw.rest().await;
    let token = page.split("name=\"csrf\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
    token.expect("pages carry a token").to_string()
}

#[tokio::test]
async fn a_stream_ends_when_its_person_logs_out_and_that_of_another_browser_goes_on() {
    let house = Installed::new().await;
    desk(&house).await;
    let serving = house.serve(&[]).await;
    let (here, there) = (log_in(&serving).await, log_in(&serving).await);
    let (ended, mut open) = (stream(&serving, &here).await, stream(&serving, &there).await);
    let token = form_token(&serving, &here).await;
    assert_eq!(status(&post(&serving, &here, "/logout", &format!("csrf={token}")).await), 303);
    assert!(ended.rest().await.ends_with("0\r\n\r\n"), "the stream ended as it should");
    assert_ne!(open.glance(std::time::Duration::from_millis(500)).await, Some(String::new()), "the other one is open");
    assert_eq!(serving.stopped().await, 0);
}

#[tokio::test]
async fn a_stream_ends_when_another_program_took_the_role_away() {
    let house = Installed::new().await;
    desk(&house).await;
    let serving = house.serve(&[]).await;
    let live = stream(&serving, &log_in(&serving).await).await;
    let db = house.open().await;
    let mut tx = db.begin().await.expect("a transaction begins");
    tx.run(db::Sql::new("UPDATE grants SET to_day = from_day WHERE role = 'desk'")).await.expect("the role is there");
    tx.commit().await.expect("it commits");
    db.close().await;
    assert!(live.rest().await.ends_with("0\r\n\r\n"), "the stream ended as it should");
    assert_eq!(serving.stopped().await, 0);
}
