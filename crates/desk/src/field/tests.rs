//! The field face by its forms, as a browser without scripts sends them; what phones keep is tested with the operations.

use kernel::{
    Role,
    evidence::Kind as Proof,
    orders::{self, State},
};
use testing::Person;

use crate::tests::{OrderId, Scene, does};

impl Scene {
    async fn shows(&self, person: &Person, path: &str) -> String {
        self.world.get(person, path).await.is(200).text()
    }
    async fn field_path(&self, desk: &Person, id: OrderId) -> String {
        format!("/f/orders/{}", self.sees(desk, id).await.unwrap().order.number)
    }
    async fn presses(&self, person: &Person, path: &str, noun: &str, fields: &[(&str, &str)]) -> u16 {
        self.world.post(person, &format!("{path}/{noun}"), fields).await.status.as_u16()
    }
}

/// A leak that the desk took down and gave to 李建国.
async fn dispatched() -> (Scene, Person, Person, OrderId, String) {
    let mut scene = Scene::new().await;
    let (desk, li) = (scene.desk().await, scene.technician("李建国").await);
    let wang = scene.owner("王秀华", "3-1-1201").await;
    let id = scene.reports(&wang, "water.leak", "3-1-1201").await;
    does!(scene, &desk, tx => orders::accept(&mut tx, id)).unwrap();
    scene.assigns(&desk, id, &li).await;
    let path = scene.field_path(&desk, id).await;
    (scene, desk, li, id, path)
}

#[tokio::test]
async fn the_whole_work_is_done_by_plain_forms() {
    let (scene, desk, li, id, path) = dispatched().await;
    assert!(scene.shows(&li, "/f").await.contains("现在做"));
    assert_eq!(scene.presses(&li, &path, "taking", &[]).await, 303);
    assert_eq!(scene.presses(&li, &path, "arrival", &[]).await, 303);
    assert_eq!(scene.presses(&li, &path, "suspension", &[]).await, 422);
    assert_eq!(scene.presses(&li, &path, "suspension", &[("reason", "parts"), ("note", "等软管")]).await, 303);
    assert_eq!(scene.state(&desk, id).await, State::Suspended);
    assert_eq!(scene.presses(&li, &path, "resumption", &[]).await, 303);
    let page = scene.shows(&li, &path).await;
    assert!(page.contains("完工要有：照片、签名"), "what the category demands is listed");
    let refused = scene.world.post(&li, &format!("{path}/completion"), &[("result", "换了软管")]).await.is(422).text();
    assert!(refused.contains("换了软管"), "nothing typed is lost");
    let (photo, signature) =
        (scene.proof(&li, Proof::Photo).await.to_string(), scene.proof(&li, Proof::Signature).await.to_string());
    let fields = [("result", "换了软管"), ("photos", photo.as_str()), ("signature", signature.as_str())];
    assert_eq!(scene.presses(&li, &path, "completion", &fields).await, 303);
    assert_eq!(scene.state(&desk, id).await, State::ToVerify);
}

#[tokio::test]
async fn every_act_carries_what_the_queue_of_the_phone_needs() {
    let (scene, _, li, id, path) = dispatched().await;
    let version = scene.sees(&li, id).await.unwrap().order.version;
    let page = scene.shows(&li, &path).await;
    assert!(page.contains(&format!("data-op=\"taking\" data-subject=\"{id}\" data-version=\"{version}\"")), "{page}");
    assert!(page.contains("data-op=\"messages\"") && page.contains("data-op=\"return\""));
}

#[tokio::test]
async fn the_assignee_sees_the_number_of_the_caller_while_the_order_is_open_and_others_do_not() {
    let (mut scene, desk, li, id, path) = dispatched().await;
    let other = scene.technician("何翠").await;
    let phone = scene.sees(&desk, id).await.unwrap().order.reporter_phone.unwrap();
    assert!(scene.shows(&li, &path).await.contains(&format!("tel:{}", phone.dial())));
    let seen = scene.shows(&other, &path).await;
    assert!(!seen.contains(phone.dial()) && !seen.contains(&phone.spaced()) && !seen.contains("王秀华"), "{seen}");
}

#[tokio::test]
async fn returned_work_goes_to_somebody_else_with_its_reason() {
    let (mut scene, desk, li, id, path) = dispatched().await;
    let he = scene.technician("何翠").await;
    assert_eq!(scene.presses(&li, &path, "return", &[("reason", "")]).await, 422);
    assert_eq!(scene.presses(&li, &path, "transfer", &[("reason", "我在别处")]).await, 422);
    let to = he.party.to_string();
    assert_eq!(scene.presses(&li, &path, "transfer", &[("to", &to), ("reason", "我在别处")]).await, 303);
    assert_eq!(scene.sees(&desk, id).await.unwrap().assignee_name.as_deref(), Some("何翠"));
    assert_eq!(scene.presses(&li, &path, "taking", &[]).await, 422);
    assert_eq!(scene.presses(&he, &path, "return", &[("reason", "没有钥匙")]).await, 303);
    assert_eq!(scene.state(&desk, id).await, State::Returned);
}

#[tokio::test]
async fn unassigned_work_of_the_department_is_grabbed_once() {
    let mut scene = Scene::new().await;
    let (desk, li, he) = (scene.desk().await, scene.technician("李建国").await, scene.technician("何翠").await);
    let id = scene.reports(&desk, "water.leak", "3-1-1201").await;
    let path = scene.field_path(&desk, id).await;
    assert!(scene.shows(&li, "/f").await.contains("可以抢"));
    assert_eq!(scene.presses(&li, &path, "grab", &[]).await, 303);
    assert_eq!(scene.presses(&he, &path, "grab", &[]).await, 422);
    assert!(!scene.shows(&he, "/f").await.contains("可以抢"));
}

#[tokio::test]
async fn a_phone_keeps_the_pages_of_its_own_orders_only() {
    let (mut scene, desk, li, _, path) = dispatched().await;
    let he = scene.technician("何翠").await;
    let other = scene.reports(&desk, "drain.kitchen", "3-1-1101").await;
    scene.assigns(&desk, other, &he).await;
    let kept = scene.world.get(&li, "/f/offline.json").await.is(200).json();
    let orders: Vec<&str> = kept["pages"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|page| page.as_str())
        .filter(|page| page.contains("/orders/"))
        .collect();
    assert_eq!(orders, [path.as_str()]);
    assert_eq!(kept["orders"].as_array().unwrap().len(), 1);
    let (order, site) = (&kept["orders"][0], &kept["places"][0]["site"]);
    assert_eq!((order["path"].as_str(), order["place"].as_str()), (Some(path.as_str()), Some("3-1-1201")));
    let home = kept["places"].as_array().unwrap().iter().find(|place| place["code"] == "3-1-1201").unwrap();
    assert!(home["qr"].as_str().is_some_and(|qr| !qr.is_empty()) && &home["site"] == site && &order["site"] == site);
    assert!(kept["assets"].as_array().unwrap().iter().any(|asset| asset.as_str().unwrap().contains("field.")));
    scene.world.get_public("/f/offline").await.is(200);
    scene.world.get_public("/f/offline.json").await.is(303);
}

#[tokio::test]
async fn a_code_leads_to_its_order_or_place_and_an_unknown_one_is_said() {
    let (scene, desk, li, _, path) = dispatched().await;
    let number = path.rsplit('/').next().unwrap().to_string();
    assert_eq!(scene.world.get(&li, &format!("/f/scan?code={number}")).await.is(303).location(), path);
    let mut read = scene.world.house.read(&scene.caller(&desk).await).await.unwrap();
    let place = kernel::places::by_code(&mut read, scene.world.site, "3-1-1201").await.unwrap();
    drop(read);
    let scanned = format!("/f/scan?code=https%3A%2F%2Fexample.org%2Fp%2Fat%2F{}", place.qr);
    assert_eq!(scene.world.get(&li, &scanned).await.is(303).location(), "/f/homes/3-1-1201");
    let unknown = scene.world.get(&li, "/f/scan?code=zzz-nothing").await.is(422).text();
    assert!(unknown.contains("没有找到这个编号") && unknown.contains("value=\"zzz-nothing\""));
}

#[tokio::test]
async fn a_steward_finds_a_home_rings_and_reports_on_behalf() {
    let mut scene = Scene::new().await;
    let steward = scene.world.staff("周敏", Role::Steward).await;
    scene.owner("王秀华", "3-1-1201").await;
    let home = scene.shows(&steward, "/f/homes/3-1-1201").await;
    assert!(home.contains("王秀华") && home.contains("href=\"tel:138") && home.contains(" **** "), "{home}");
    assert!(home.contains("href=\"/f/report?place=3-1-1201\""));
    let form = scene.shows(&steward, "/f/report?place=3-1-1201").await;
    assert!(form.contains("value=\"3-1-1201\""));
    let wrong = scene
        .world
        .post(&steward, "/f/report", &[("place", "9-9-999"), ("kind", "repair"), ("text", "漏水"), ("phone", "12")])
        .await
        .is(422)
        .text();
    assert!(wrong.contains("没有这个房号") && wrong.contains("电话看不懂") && wrong.contains("value=\"9-9-999\""));
    let fields =
        [("place", "3-1-1201"), ("kind", "repair"), ("category", "water.leak"), ("text", "漏水"), ("name", "王秀华")];
    let sent = scene.world.post(&steward, "/f/report", &fields).await.is(303);
    assert!(scene.shows(&steward, &sent.location()).await.contains("漏水"));
}

#[tokio::test]
async fn a_steward_sees_what_is_open_in_their_own_buildings() {
    let mut scene = Scene::new().await;
    let (desk, steward) = (scene.desk().await, scene.world.staff("周敏", Role::Steward).await);
    let id = scene.reports(&desk, "water.leak", "3-1-1201").await;
    let path = scene.field_path(&desk, id).await;
    assert!(!scene.shows(&steward, "/f/mine").await.contains(&path));
    let home = scene.place("3-1-1201").await;
    let mut tx = scene.world.house.begin(&kernel::access::system(scene.world.site, "world")).await.unwrap();
    kernel::staff::hold(&mut tx, scene.world.site, steward.party, home, values::Day::new(2024, 1, 1).unwrap())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    assert!(scene.shows(&steward, "/f/mine").await.contains(&path));
}

#[tokio::test]
async fn a_technician_reports_what_they_saw_but_browses_no_households() {
    let mut scene = Scene::new().await;
    let (desk, li) = (scene.desk().await, scene.technician("李建国").await);
    scene.owner("王秀华", "3-1-1201").await;
    scene.world.get(&li, "/f/homes?q=1201").await.is(403);
    assert!(!scene.shows(&li, "/f/homes/3-1-1201").await.contains("王秀华"));
    let form = scene.shows(&li, "/f/report").await;
    assert!(!form.contains("name=\"phone\"") && form.contains("data-op=\"report\""), "{form}");
    let fields = [("place", "3-1-1201"), ("kind", "repair"), ("text", "门厅灯不亮")];
    assert_eq!(scene.world.post(&li, "/f/report", &fields).await.is(303).location(), "/f");
    let mut read = scene.world.house.read(&scene.caller(&desk).await).await.unwrap();
    let page = orders::Page { after: None, size: 5 };
    let lines = orders::lines(&mut read, scene.world.site, &orders::Filter::default(), &page).await.unwrap();
    assert_eq!((lines.items[0].title.as_str(), lines.items[0].channel), ("门厅灯不亮", orders::Channel::Patrol));
}

#[tokio::test]
async fn somebody_of_two_sites_sees_the_work_of_both_with_the_name_of_the_site_and_picks_one_to_report() {
    let mut scene = Scene::new().await;
    let desk = scene.desk().await;
    let second = scene.world.another_site("BJHY", "碧江花园").await;
    let li = scene.technician("李建国").await;
    assert!(!scene.shows(&li, "/f").await.contains("桂语花园 ·"));
    let from = values::Day::new(2024, 1, 1).unwrap();
    let mut tx = scene.world.house.begin(&kernel::access::system_company("world")).await.unwrap();
    let new = kernel::staff::NewStaff { site: second, party: li.party, department: "ENG", post: "technician", from };
    kernel::staff::hire(&mut tx, &new).await.unwrap();
    kernel::staff::grant(&mut tx, li.party, Role::Technician, Some(second), None, from).await.unwrap();
    tx.commit().await.unwrap();
    let li = scene.world.sign_in(li.party, &li.name, false).await;
    let id = scene.reports(&desk, "water.leak", "3-1-1201").await;
    scene.assigns(&desk, id, &li).await;
    let other = scene.reports(&desk, "drain.kitchen", "3-1-1101").await;
    scene.assigns(&desk, other, &li).await;
    let today = scene.shows(&li, "/f").await;
    assert_eq!(today.matches(" · 桂语花园").count(), 2, "{today}");
    let form = scene.shows(&li, "/f/report").await;
    assert!(form.contains("value=\"GYHY\"") && form.contains("value=\"BJHY\"") && form.contains("碧江花园"), "{form}");
}

#[tokio::test]
async fn every_page_speaks_both_languages_without_a_raw_key() {
    let (mut scene, _, li, _, path) = dispatched().await;
    let steward = scene.world.staff("周敏", Role::Steward).await;
    for (person, path) in [
        (&li, "/f"),
        (&li, path.as_str()),
        (&li, "/f/queue"),
        (&li, "/f/offline"),
        (&li, "/f/scan"),
        (&steward, "/f"),
        (&steward, "/f/homes?q=1201"),
        (&steward, "/f/homes/3-1-1201"),
        (&steward, "/f/mine"),
        (&steward, "/f/report"),
    ] {
        let english = Person { cookie: format!("{}; anju-lang=en", person.cookie), ..person.clone() };
        for page in [scene.shows(person, path).await, scene.shows(&english, path).await] {
            let raw = ["desk-field-", "desk-portal-", "nav-field-", "shell-"]
                .into_iter()
                .find(|key| page.contains(&format!(">{key}")) || page.contains(&format!("\"{key}")));
            assert_eq!(raw, None, "{path}: {page}");
        }
    }
    assert_eq!(scene.world.app.catalogue().missing(), Vec::<String>::new());
}
