//! Settings through their pages and their API: what is changed holds from its day on, and nothing that was promised moves.

use kernel::{Role, orders, promises::Name};
use serde_json::json;

use crate::tests::{Scene, code, does};

const PROMISES: &str = "/c/GYHY/settings/promises";
const HOURS: &str = "/c/GYHY/settings/desk-hours";

/// The form of a page as a browser would send it: every field with what it shows.
fn fields(page: &str) -> Vec<(String, String)> {
    let form = page.split("data-main").nth(1).unwrap().split("</form>").next().unwrap();
    let value = |tag: &str, name: &str| {
        let start = tag.find(&format!("{name}=\""))? + name.len() + 2;
        Some(tag[start..].split('"').next().unwrap_or("").to_string())
    };
    let mut found: Vec<(String, String)> = Vec::new();
    let mut select = None;
    for tag in form.split('<').skip(1) {
        let (kind, name) = (tag.split([' ', '>']).next().unwrap_or(""), value(tag, " name"));
        match kind {
            "input" => {
                let boxed = tag.contains("type=\"checkbox\"") || tag.contains("type=\"radio\"");
                if let Some(name) = name.filter(|_| !boxed || tag.contains(" checked")) {
                    found.push((name, value(tag, " value").unwrap_or_default()));
                }
            }
            "select" => select = name,
            "option" if tag.contains(" selected") => {
                let name = select.clone().expect("an option stands in a select");
                found.push((name, value(tag, " value").unwrap_or_default()));
            }
            _ => {}
        }
    }
    // Each sending is one of its own.
    found.retain(|(name, _)| name != "csrf" && name != web::look::ONCE_FIELD);
    found
}

/// What `fields` gives with some of them changed.
fn with(mut all: Vec<(String, String)>, changes: &[(&str, &str)]) -> Vec<(String, String)> {
    for (name, value) in changes {
        all.retain(|(known, _)| known != name);
        all.push(((*name).to_string(), (*value).to_string()));
    }
    all
}

fn as_form(all: &[(String, String)]) -> Vec<(&str, &str)> {
    all.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

#[tokio::test]
async fn a_new_promise_is_looked_at_first_and_holds_from_its_day_on() {
    let mut scene = Scene::new().await;
    let (manager, desk) = (scene.manager().await, scene.desk().await);
    let before = scene.reports(&desk, "water.tap", "3-1-1101").await;
    let form = scene.world.get(&manager, &format!("{PROMISES}/new")).await.is(200).text();
    let change = [("from", "2026-09-01"), ("repair.normal.arrival.n", "12"), ("step", "look")];
    let form = with(fields(&form), &change);
    let looked = scene.world.post(&manager, PROMISES, &as_form(&form)).await.is(200).text();
    assert!(looked.contains("2026 年 9 月 1 日起改 1 处"), "{looked}");
    assert!(looked.contains("报修·一般·到场：按预约；没有约时 24 小时 改为 按预约；没有约时 12 小时"), "{looked}");
    let form = with(form, &[("step", "save")]);
    scene.world.post(&manager, PROMISES, &as_form(&form)).await.is(303);
    let shown = scene.world.get(&manager, PROMISES).await.is(200).text();
    assert!(shown.contains("没有约时 24 小时") && shown.contains("未开始"), "the old one holds until then");
    scene.world.at("2026-08-31T15:00:00+08:00");
    let august = scene.reports(&desk, "water.tap", "3-1-1101").await;
    scene.world.at("2026-09-01T09:00:00+08:00");
    let september = scene.reports(&desk, "water.tap", "3-1-1101").await;
    for (order, due) in [(before, "08-13T10:24"), (august, "09-01T15:00"), (september, "09-01T21:00")] {
        let said = scene.promise(&desk, order, Name::Arrival).await;
        assert!(said.contains(due), "{said}");
    }
    assert!(scene.world.audit().await.contains(&"policy.set".to_string()));
}

#[tokio::test]
async fn a_promise_is_never_changed_for_what_was_reported() {
    let mut scene = Scene::new().await;
    let manager = scene.manager().await;
    let form = fields(&scene.world.get(&manager, &format!("{PROMISES}/new")).await.text());
    let today = with(form.clone(), &[("from", "2026-08-12"), ("step", "save")]);
    scene.world.post(&manager, PROMISES, &as_form(&today)).await.is(303);
    let desk = scene.desk().await;
    scene.reports(&desk, "water.tap", "3-1-1101").await;
    let again = scene.world.post(&manager, PROMISES, &as_form(&today)).await.is(422).text();
    assert!(again.contains("最早从 2026-08-13 起"), "{again}");
    let wrong = with(form, &[("from", ""), ("repair.urgent.arrival.n", "半小时"), ("step", "save")]);
    let refused = scene.world.post(&manager, PROMISES, &as_form(&wrong)).await.is(422).text();
    assert!(
        refused.contains("请填日期") && refused.contains("请填大于 0 的整数") && refused.contains("value=\"半小时\"")
    );
    let long = with(
        fields(&scene.world.get(&manager, &format!("{PROMISES}/new")).await.text()),
        &[("repair.normal.completion.n", "999"), ("step", "save")],
    );
    assert!(scene.world.post(&manager, PROMISES, &as_form(&long)).await.is(422).text().contains("366 天"));
}

#[tokio::test]
async fn a_version_that_has_not_begun_is_taken_back_and_one_that_has_is_not() {
    let mut scene = Scene::new().await;
    let manager = scene.manager().await;
    let form = fields(&scene.world.get(&manager, &format!("{HOURS}/new")).await.text());
    let later = with(
        form,
        &[
            ("from", "2026-09-01"),
            ("opens6", "09:00"),
            ("closes6", "17:00"),
            ("opens7", ""),
            ("closes7", ""),
            ("step", "look"),
        ],
    );
    let looked = scene.world.post(&manager, HOURS, &as_form(&later)).await.is(200).text();
    assert!(
        looked.contains("星期六：08:00–20:00 改为 09:00–17:00") && looked.contains("星期日：08:00–20:00 改为 不开"),
        "{looked}"
    );
    let later = with(later, &[("step", "save")]);
    scene.world.post(&manager, HOURS, &as_form(&later)).await.is(303);
    scene.world.get(&manager, &format!("{HOURS}/2026-09-01")).await.is(200);
    scene.world.post(&manager, &format!("{HOURS}/2026-09-01/withdrawal"), &[]).await.is(303);
    scene.world.get(&manager, &format!("{HOURS}/2026-09-01")).await.is(404);
    scene.world.post(&manager, &format!("{HOURS}/2026-08-01/withdrawal"), &[]).await.is(422);
}

#[tokio::test]
async fn a_category_that_is_switched_off_can_no_longer_be_reported() {
    let mut scene = Scene::new().await;
    let (manager, desk) = (scene.manager().await, scene.desk().await);
    let old = scene.reports(&desk, "water.tap", "3-1-1101").await;
    let page = "/c/GYHY/settings/categories/water.tap";
    let form = fields(&scene.world.get(&manager, page).await.is(200).text());
    let off = with(form, &[("closed", "on")]);
    scene.world.post(&manager, page, &as_form(&off)).await.is(303);
    let new = scene.report_of(&desk, "water.tap", "3-1-1101").await;
    assert_eq!(code(does!(scene, &desk, tx => orders::report(&mut tx, &new))), "category_unknown");
    assert!(scene.sees(&desk, old).await.is_ok(), "the old order keeps its category");
    does!(scene, &desk, tx => orders::answer(&mut tx, old, "已约师傅", false)).unwrap();
    let off = fields(&scene.world.get(&manager, page).await.is(200).text());
    let on: Vec<_> = off.into_iter().filter(|(name, _)| name != "closed").collect();
    scene.world.post(&manager, page, &as_form(&on)).await.is(303);
    scene.reports(&desk, "water.tap", "3-1-1101").await;
}

#[tokio::test]
async fn who_saves_a_category_second_sees_both_versions_and_chooses() {
    let mut scene = Scene::new().await;
    let (first, second) = (scene.manager().await, scene.world.staff("何翠", Role::SiteManager).await);
    let page = "/c/GYHY/settings/categories/water.tap";
    let [one, other] = [&first, &second].map(|who| scene.world.get(who, page));
    let (one, other) = (fields(&one.await.is(200).text()), fields(&other.await.is(200).text()));
    let one = with(one, &[("zh", "龙头漏水"), ("urgency", "urgent")]);
    scene.world.post(&first, page, &as_form(&one)).await.is(303);
    let other = with(other, &[("zh", "水龙头坏了"), ("demands", "signature")]);
    let both = scene.world.post(&second, page, &as_form(&other)).await.is(409).text();
    for text in ["龙头漏水", "水龙头坏了", first.name.as_str(), "急修", "签字"] {
        assert!(both.contains(text), "{text} is not in {both}");
    }
    let list = scene.world.get(&first, "/c/GYHY/settings/categories").await.text();
    assert!(list.contains("龙头漏水") && !list.contains("水龙头坏了"), "nothing is saved before somebody chose");
    // One's own name, and what stands of the rest.
    let form = both.split("<form method=\"post\" action=\"/c/GYHY/settings/categories/water.tap\"").nth(1).unwrap();
    let chosen = with(fields(&format!("data-main{form}")), &[("zh", "水龙头坏了"), ("urgency", "urgent")]);
    scene.world.post(&second, page, &as_form(&chosen)).await.is(303);
    let now = scene.world.token(&second).await;
    let now = scene.world.api(&now, "GET", "/api/v1/settings/categories?site=GYHY", None).await.is(200).json();
    let tap = now["items"].as_array().unwrap().iter().find(|one| one["code"] == "water.tap").unwrap().clone();
    assert_eq!((&tap["zh"], &tap["urgency"], &tap["version"]), (&json!("水龙头坏了"), &json!("urgent"), &json!(3)));
    assert_eq!(tap["demands"], json!(["signature"]), "what was chosen of several words is kept as several");
}

#[tokio::test]
async fn a_machine_that_names_a_version_overwrites_no_other() {
    let mut scene = Scene::new().await;
    let manager = scene.manager().await;
    let token = scene.world.token(&manager).await;
    let path = "/api/v1/settings/categories/water.tap?site=GYHY";
    let body = json!({ "parent": "water", "zh": "龙头", "en": "Tap", "kind": ["repair"], "department": "ENG" });
    let put = async |version: i64| {
        let request = axum::http::Request::put(path)
            .header("authorization", format!("Bearer {token}"))
            .header("content-type", "application/json")
            .header(
                "idempotency-key",
                values::Id::<()>::fresh(scene.world.now(), scene.world.house.chance()).to_string(),
            )
            .header("if-match", format!("\"{version}\""));
        scene.world.send(request.body(axum::body::Body::from(body.to_string())).unwrap()).await
    };
    put(1).await.is(200);
    assert_eq!(put(1).await.is(409).json()["code"], "changed_meanwhile");
    put(2).await.is(200);
}

#[tokio::test]
async fn a_category_is_added_with_its_department_urgency_and_certificate() {
    let mut scene = Scene::new().await;
    let (manager, desk) = (scene.manager().await, scene.desk().await);
    let form = fields(&scene.world.get(&manager, "/c/GYHY/settings/categories/new?parent=power").await.is(200).text());
    let new = [
        ("zh", "楼道应急灯"),
        ("en", "Emergency light"),
        ("kind", "repair"),
        ("urgency", "urgent"),
        ("department", "ENG"),
        ("urgent_list", "on"),
        ("certificate", "CRT-05"),
        ("trade", "electric"),
        ("where", "common"),
    ];
    let refused = with(form.clone(), &[("zh", "楼道应急灯"), ("urgent_list", "on")]);
    let refused = scene.world.post(&manager, "/c/GYHY/settings/categories", &as_form(&refused)).await.is(422).text();
    assert!(refused.contains("急修范围内的类别要按急修") && refused.contains("请至少勾一种类型"), "{refused}");
    let form = with(form, &new);
    scene.world.post(&manager, "/c/GYHY/settings/categories", &as_form(&form)).await.is(303);
    let list = scene.world.get(&manager, "/c/GYHY/settings/categories").await.is(200).text();
    assert!(list.contains("楼道应急灯"));
    let id = scene.reports(&desk, "power.emergency_light", "3-1-1101").await;
    let technician = scene.technician("李建国").await;
    assert_eq!(
        code(does!(scene, &desk, tx => orders::assign(&mut tx, id, &orders::To::Person(technician.party)))),
        "certificate_missing"
    );
}

#[tokio::test]
async fn cal_04_what_is_open_is_counted_again_when_a_year_is_loaded() {
    let mut scene = Scene::new().await;
    let (manager, desk) = (scene.manager().await, scene.desk().await);
    scene.world.at("2026-12-31T10:00:00+08:00");
    let manager = scene.world.sign_in(manager.party, &manager.name, false).await;
    let open = scene.reports(&desk, "ask.fee", "3-1-1101").await;
    assert_eq!(scene.promise(&desk, open, Name::Answer).await, "pending due 2027-01-02T00:00:00+08:00");
    let year = [("year", "2027"), ("statutory", "01-01"), ("off", "01-02…03"), ("working", "")];
    let page = scene.world.get(&manager, "/c/GYHY/settings/calendar?year=2027").await.is(200).text();
    assert!(page.contains("只按周末算"));
    scene.world.post(&manager, "/c/GYHY/settings/calendar", &year).await.is(303);
    assert_eq!(scene.promise(&desk, open, Name::Answer).await, "pending due 2027-01-05T00:00:00+08:00");
    assert!(scene.story(&desk, open).await.contains(&"recount".to_string()));
    // What was answered stays as it was, whatever the calendar says later.
    does!(scene, &desk, tx => orders::answer(&mut tx, open, "每月 5 日前", true)).unwrap();
    let changed = [("year", "2027"), ("statutory", "01-01"), ("off", "01-02…03"), ("working", "01-02")];
    let both = scene.world.post(&manager, "/c/GYHY/settings/calendar", &changed).await.is(422).text();
    assert!(both.contains("请只留一处"), "{both}");
    scene
        .world
        .post(&manager, "/c/GYHY/settings/calendar", &[("year", "2027"), ("statutory", "01-01…04")])
        .await
        .is(303);
    assert!(scene.promise(&desk, open, Name::Answer).await.contains("due 2027-01-05T00:00"));
    scene.is_sound().await;
}

#[tokio::test]
async fn the_calendar_of_the_company_is_changed_by_who_manages_every_site() {
    let mut scene = Scene::new().await;
    let manager = scene.manager().await;
    scene.world.another_site("LDGG", "绿地公馆").await;
    let page = scene.world.get(&manager, "/c/GYHY/settings/calendar").await.is(200).text();
    assert!(page.contains("日历由全公司共用") && !page.contains("保存日历"));
    let year = [("year", "2027"), ("statutory", "01-01")];
    scene.world.post(&manager, "/c/GYHY/settings/calendar", &year).await.is(403);
}

#[tokio::test]
async fn settings_are_for_who_manages_the_site() {
    let mut scene = Scene::new().await;
    let desk = scene.desk().await;
    let elsewhere = scene.world.another_site("LDGG", "绿地公馆").await;
    let stranger = scene.world.staff_at(elsewhere, "外人", Role::SiteManager, "OPS").await;
    for page in ["categories", "categories/water.tap", "promises", "promises/new", "desk-hours", "calendar"] {
        scene.world.get(&desk, &format!("/c/GYHY/settings/{page}")).await.is(403);
        scene.world.get(&stranger, &format!("/c/GYHY/settings/{page}")).await.is(404);
    }
    let (desk, stranger) = (scene.world.token(&desk).await, scene.world.token(&stranger).await);
    scene.world.api(&desk, "GET", "/api/v1/settings/promises?site=GYHY", None).await.is(403);
    scene.world.api(&stranger, "GET", "/api/v1/settings/promises?site=GYHY", None).await.is(404);
}

#[tokio::test]
async fn a_machine_sets_what_the_pages_set() {
    let mut scene = Scene::new().await;
    let manager = scene.manager().await;
    let token = scene.world.token(&manager).await;
    let known = scene.world.api(&token, "GET", "/api/v1/settings/promises?site=GYHY", None).await.is(200).json();
    let mut lines = known["usual"].clone();
    let arrival = lines
        .as_array_mut()
        .unwrap()
        .iter_mut()
        .find(|line| line["kind"] == "repair" && line["urgency"] == "normal" && line["name"] == "arrival")
        .unwrap();
    arrival["limit"] = json!({ "appointment_else": 43_200_000 });
    let body = json!({ "site": "GYHY", "from": "2026-09-01", "promises": lines });
    let set = scene.world.api(&token, "POST", "/api/v1/settings/promises", Some(body.clone())).await.is(201).json();
    assert_eq!(set["items"][0]["from"], "2026-09-01");
    let mut wrong = body.clone();
    wrong["promises"][0]["limit"] = json!({ "clock": 1 });
    scene.world.api(&token, "POST", "/api/v1/settings/promises", Some(wrong)).await.is(422);
    let always = json!({ "days": "every_day", "week": vec![json!({ "opens": 0, "closes": 1440 }); 7] });
    let hours = json!({ "site": "GYHY", "from": "2026-09-01", "hours": always });
    scene.world.api(&token, "POST", "/api/v1/settings/desk-hours", Some(hours)).await.is(201);
    let leaf =
        json!({ "parent": "water", "zh": "净水机", "en": "Water filter", "kind": ["repair"], "department": "ENG" });
    scene.world.api(&token, "PUT", "/api/v1/settings/categories/water.filter?site=GYHY", Some(leaf)).await.is(200);
    let year = json!({ "year": 2027, "off": [], "statutory": ["2027-01-01"], "working": [] });
    scene.world.api(&token, "PUT", "/api/v1/settings/calendars/2027", Some(year.clone())).await.is(200);
    scene.world.api(&token, "PUT", "/api/v1/settings/calendars/2028", Some(year)).await.is(422);
}
