use kernel::Role;
use axum::{body::Body, http::Request};
use super::world::*;

#[tokio::test]
async fn shots() {
    let mut world = world().await;
    let manager = world.staff("周经理", Role::SiteManager).await;
    let list = std::fs::read("/tmp/shots/worst.csv").unwrap();
    let page = send(&world, &manager, "/c/GYHY/import", "业主台账2026.csv", &list).await.is(303).location();
    let odd = send(&world, &manager, "/c/GYHY/import", "odd.csv", "甲,乙,丙\n1-1-101,张三,x\n".as_bytes()).await.is(303).location();
    let css = String::from_utf8_lossy(web_assets::named("app.css").unwrap().bytes).into_owned();
    let dump = async |name: &str, path: &str, cookie: &str| {
        let request = Request::get(path).header("cookie", format!("{}; {cookie}", manager.cookie)).body(Body::empty()).unwrap();
        let html = world.send(request).await.text();
        let html = html.replace("</head>", &format!("<style>{css}</style></head>"));
        std::fs::write(format!("/tmp/shots/{name}.html"), html).unwrap();
    };
    let pdf = send(&world, &manager, "/c/GYHY/import", "a.pdf", b"%PDF-1.7 x").await.is(422).text();
    std::fs::write("/tmp/shots/refused.html", pdf.replace("</head>", &format!("<style>{css}</style></head>"))).unwrap();
    dump("preview", &page, "anju-lang=zh-CN").await;
    dump("preview-dark", &page, "anju-lang=zh-CN; anju-theme=dark").await;
    dump("preview-en", &page, "anju-lang=en").await;
    dump("odd", &odd, "anju-lang=zh-CN").await;
    world.post(&manager, &format!("{page}/run"), &[("mode", "good_rows")]).await.is(303);
    dump("result", &page, "anju-lang=zh-CN").await;
    dump("result-en", &page, "anju-lang=en").await;
    dump("start", "/c/GYHY/import", "anju-lang=zh-CN").await;
}
