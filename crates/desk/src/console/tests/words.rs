use axum::{body::Body, http::Request};

use super::estate;

/// T24: no key shows where a word should be, on any page, in either language.
#[tokio::test]
async fn no_page_shows_the_key_of_a_word() {
    let estate = estate().await;
    let path =
        estate.call_with("3-1-1201", "插座、开关", "插座没电", &[("name", "王丽华"), ("phone", "13800002207")]).await;
    let mut pages = vec![
        "/c/GYHY".to_string(),
        "/c/GYHY/orders".into(),
        "/c/GYHY/orders?state=any&sort=new&q=zz".into(),
        "/c/GYHY/orders/new?place=3-1-1201&category=%E6%8F%92%E5%BA%A7".into(),
        path.clone(),
    ];
    pages.extend(
        [
            "assignment",
            "suspension",
            "classification",
            "merge",
            "closure",
            "cancellation",
            "answer",
            "reporters",
            "supervision",
        ]
        .map(|noun| format!("{path}/{noun}")),
    );
    pages.push("/c/GYHY/orders/views/new?kind=repair".into());
    for page in &pages {
        for lang in ["zh-CN", "en"] {
            let text = read(&estate, page, lang).await;
            let visible = text.replace("data-lookup-into=\"about-place\"", "");
            assert!(
                !visible.contains(">desk-")
                    && !visible.contains("\"desk-")
                    && !visible.contains("{$")
                    && !visible.contains("{ $"),
                "{page} {lang}: {visible}"
            );
        }
    }
    assert_eq!(estate.world.app.catalogue().missing(), Vec::<String>::new());
}

async fn read(estate: &super::Estate, page: &str, lang: &str) -> String {
    let request = Request::get(page)
        .header("cookie", &estate.manager.cookie)
        .header("accept-language", lang)
        .body(Body::empty())
        .unwrap();
    let reply = estate.world.send(request).await;
    assert!(reply.status.is_success() || reply.status.is_redirection(), "{page} {}", reply.status);
    reply.text()
}
