//! A resident's phone: three taps to a report, its progress, the verdict, and never anybody else's order.

use kernel::{
    evidence::Kind as Proof,
    notices::{self, Audience, NewNotice, NoticeKind},
    orders::{self, State},
};
use testing::{Person, Reply};
use values::{DAY, HOUR, MINUTE};

use crate::tests::{OrderId, Scene, does};

impl Scene {
    async fn page(&self, person: &Person, path: &str) -> String {
        self.world.get(person, path).await.is(200).text()
    }
    /// Sends the form of a report; the answer leads to the new order.
    async fn sends(&self, person: &Person, fields: &[(&str, &str)]) -> Reply {
        let home = self.place("3-1-1201").await.to_string();
        let fields: Vec<(&str, &str)> = [("home", home.as_str())].into_iter().chain(fields.iter().copied()).collect();
        self.world.post(person, "/r/report", &fields).await
    }
    async fn number(&self, person: &Person, id: OrderId) -> String {
        self.sees(person, id).await.unwrap().order.number.to_string()
    }
    /// A page of this person in English.
    async fn in_english(&self, person: &Person, path: &str) -> String {
        let cookie = format!("{}; anju-lang=en", person.cookie);
        self.world.get(&Person { cookie, ..person.clone() }, path).await.is(200).text()
    }
    async fn outage(&self, desk: &Person) -> String {
        let building = {
            let mut read = self.world.house.read(&self.caller(desk).await).await.unwrap();
            kernel::places::by_code(&mut read, self.world.site, "3-1-1201").await.unwrap().building.unwrap()
        };
        let new = NewNotice {
            site: self.world.site,
            kind: NoticeKind::Outage,
            title: "3 号楼停水".into(),
            body: "换阀门".into(),
            audience: Audience { buildings: vec![building], ..Audience::default() },
            starts: self.world.now(),
            planned_end: Some(self.world.now().plus_millis(3 * HOUR)),
            categories: vec!["water".into()],
        };
        does!(self, desk, tx => notices::publish(&mut tx, &new)).unwrap().to_string()
    }
}

/// Taps the link on the page whose text is this, and returns where it leads.
#[track_caller]
fn link<'a>(page: &'a str, href: &str) -> &'a str {
    let at = page.find(&format!("href=\"{href}\"")).unwrap_or_else(|| panic!("no link to {href}"));
    &page[at + 6..at + 6 + href.len()]
}

#[tokio::test]
async fn a_leak_is_reported_in_three_taps_with_the_promise_of_the_policy() {
    let scene = Scene::new().await;
    let wang = scene.owner("王秀华", "3-1-1201").await;
    let home = scene.page(&wang, "/r").await;
    let tiles = scene.page(&wang, link(&home, "/r/report")).await;
    let form = scene.page(&wang, &link(&tiles, "/r/report?kind=repair&amp;category=water").replace("&amp;", "&")).await;
    assert!(form.contains("受理后 30 分钟内上门"), "the promise stands above the button");
    assert!(form.contains("10:34"), "and until when it is accepted");
    let sent = scene.sends(&wang, &[("kind", "repair"), ("category", "water.leak"), ("spot", "home")]).await.is(303);
    let order = scene.page(&wang, &sent.location()).await;
    assert!(order.contains("漏水、渗水") && order.contains("前台最晚 10:34 受理"), "{order}");
}

#[tokio::test]
async fn the_same_form_sent_twice_makes_one_order() {
    let scene = Scene::new().await;
    let wang = scene.owner("王秀华", "3-1-1201").await;
    let fields = [("kind", "repair"), ("category", "water.leak"), ("spot", "home"), ("idempotency_key", "k-1")];
    let first = scene.sends(&wang, &fields).await.is(303).location();
    assert_eq!(scene.sends(&wang, &fields).await.is(303).location(), first);
}

#[tokio::test]
async fn room_words_photos_and_urgency_go_along() {
    let scene = Scene::new().await;
    let wang = scene.owner("王秀华", "3-1-1201").await;
    let photo = scene.proof(&wang, Proof::Photo).await.to_string();
    let fields = [
        ("kind", "repair"),
        ("category", "drain.kitchen"),
        ("room", "kitchen"),
        ("text", "下水慢"),
        ("urgent", "on"),
        ("photos", photo.as_str()),
    ];
    let order = scene.page(&wang, &scene.sends(&wang, &fields).await.is(303).location()).await;
    assert!(order.contains("厨房：下水慢") && order.contains(&format!("/api/v1/evidence/{photo}/thumbnail")));
    let id = orders::of_reporter(&mut scene.world.house.read(&scene.caller(&wang).await).await.unwrap(), wang.party)
        .await
        .unwrap()[0]
        .id;
    assert_eq!(scene.sees(&wang, id).await.unwrap().order.urgency, orders::Urgency::Urgent);
}

#[tokio::test]
async fn a_complaint_needs_words_and_keeps_what_was_chosen() {
    let scene = Scene::new().await;
    let wang = scene.owner("王秀华", "3-1-1201").await;
    let again = scene
        .sends(&wang, &[("kind", "complaint"), ("category", "neighbour.noise"), ("spot", "home")])
        .await
        .is(422)
        .text();
    assert!(again.contains("请写一句是什么事") && again.contains("href=\"#f-text\""), "{again}");
    assert!(again.contains("value=\"neighbour.noise\" selected"), "the choice is kept");
    assert!(again.contains("30 分钟内先回复您"), "the promise of complaints");
    scene
        .sends(&wang, &[("kind", "complaint"), ("category", "neighbour.noise"), ("text", "楼上半夜施工")])
        .await
        .is(303);
}

#[tokio::test]
async fn an_outage_is_shown_before_reporting_and_one_tap_hangs_a_report_on_it() {
    let mut scene = Scene::new().await;
    let desk = scene.desk().await;
    let wang = scene.owner("王秀华", "3-1-1201").await;
    let notice = scene.outage(&desk).await;
    assert!(scene.page(&wang, "/r").await.contains("3 号楼停水"));
    let form = scene.page(&wang, "/r/report").await;
    assert!(form.contains("3 号楼停水") && form.contains("我家也是"));
    let home = scene.place("3-1-1201").await.to_string();
    let sent = scene.world.post(&wang, "/r/report/outage", &[("home", &home), ("notice", &notice)]).await.is(303);
    assert!(scene.page(&wang, &sent.location()).await.contains("3 号楼停水"));
    scene.sends(&wang, &[("kind", "repair"), ("category", "water.outage"), ("text", "没有水")]).await.is(303);
    let mut read = scene.world.house.read(&scene.caller(&desk).await).await.unwrap();
    assert_eq!(
        orders::count_of_outage(&mut read, notice.parse().map(|id: values::Id<()>| id.uuid()).unwrap()).await.unwrap(),
        2
    );
}

#[tokio::test]
async fn after_desk_hours_the_status_page_says_when_the_desk_is_back_and_whom_to_call() {
    let mut scene = Scene::new().await;
    let (desk, wang) = (scene.desk().await, scene.owner("王秀华", "3-1-1201").await);
    let id = scene.reports(&wang, "water.leak", "3-1-1201").await;
    let page = format!("/r/orders/{}", scene.number(&wang, id).await);
    assert!(!scene.page(&wang, &page).await.contains("前台已下班"), "10:24 is within the hours of the desk");
    scene.world.wait(10 * HOUR);
    let closed = scene.page(&wang, &page).await;
    assert!(closed.contains("前台已下班，8-13 08:00 再上班；") && closed.contains("110、119 或 120"), "{closed}");
    let mut tx = scene.begin(&desk).await;
    tx.run("UPDATE sites SET phone = '0571-0000 0000' WHERE id = $1", (scene.world.site,)).await.unwrap();
    tx.note(scene.world.site, "site.changed", "site", serde_json::Value::Null, serde_json::Value::Null);
    tx.commit().await.unwrap();
    let closed = scene.page(&wang, &page).await;
    assert!(closed.contains("请马上打 24 小时服务电话") && closed.contains("tel:057100000000"), "{closed}");
    // From tomorrow on the desk opens earlier: the hours of that day are told.
    let mut tx = scene.begin(&desk).await;
    let early = kernel::calendar::Hours { opens: 7 * 60, closes: 20 * 60 };
    let hours = kernel::calendar::DeskHours::new(kernel::calendar::DeskDays::EveryDay, [early; 7]).unwrap();
    kernel::policies::open_desk(&mut tx, scene.world.site, "2026-08-13".parse().unwrap(), &hours).await.unwrap();
    tx.commit().await.unwrap();
    assert!(scene.page(&wang, &page).await.contains("8-13 07:00 再上班"));
    does!(scene, &wang, tx => orders::cancel(&mut tx, id, "好了", true)).unwrap();
    assert!(!scene.page(&wang, &page).await.contains("前台已下班"), "nothing is waited for");
}

#[tokio::test]
async fn a_neighbour_cannot_see_or_touch_the_order_of_somebody_else() {
    let scene = Scene::new().await;
    let (wang, zhou) = (scene.owner("王秀华", "3-1-1201").await, scene.owner("周明", "3-1-1101").await);
    let path = scene.sends(&wang, &[("kind", "repair"), ("category", "water.leak")]).await.is(303).location();
    scene.world.get(&zhou, &path).await.is(404);
    for act in ["verdict", "rating", "cancellation", "chase", "messages", "reopening"] {
        scene
            .world
            .post(&zhou, &format!("{path}/{act}"), &[("message", "你好"), ("stars", "1"), ("reason", "x")])
            .await
            .is(404);
    }
    assert!(!scene.page(&zhou, "/r/orders").await.contains(&path));
    scene.sends(&zhou, &[("kind", "repair"), ("category", "water.leak")]).await.is(404);
}

#[tokio::test]
async fn the_customer_sends_the_work_back_then_confirms_rates_and_reopens_within_seven_days() {
    let mut scene = Scene::new().await;
    let (desk, li) = (scene.desk().await, scene.technician("李建国").await);
    let wang = scene.owner("王秀华", "3-1-1201").await;
    let id = scene.reports(&wang, "water.leak", "3-1-1201").await;
    does!(scene, &desk, tx => orders::accept(&mut tx, id)).unwrap();
    scene.works_off(&desk, &li, id).await;
    let path = format!("/r/orders/{}", scene.number(&wang, id).await);
    assert!(scene.page(&wang, &path).await.contains("满意，确认"));
    let act = |noun: &str| format!("{path}/{noun}");
    let refused = scene.world.post(&wang, &act("verdict"), &[("satisfied", "no")]).await.is(422).text();
    assert!(refused.contains("请写哪里还不对"));
    scene.world.post(&wang, &act("verdict"), &[("satisfied", "no"), ("text", "还在滴")]).await.is(303);
    assert_eq!(scene.state(&wang, id).await, State::Working);
    scene.completes(&li, id).await;
    scene.world.post(&wang, &act("verdict"), &[("satisfied", "yes")]).await.is(303);
    scene.world.post(&wang, &act("rating"), &[("stars", "9")]).await.is(422);
    scene.world.post(&wang, &act("rating"), &[("stars", "5"), ("words", "很快")]).await.is(303);
    assert!(scene.page(&wang, &path).await.contains("您评了 5 分"));
    scene.world.wait(7 * DAY);
    let again = scene.world.sign_in(wang.party, &wang.name, true).await;
    scene.world.post(&again, &act("reopening"), &[("reason", "")]).await.is(422);
    scene.world.post(&again, &act("reopening"), &[("reason", "又滴了")]).await.is(303);
    assert_eq!(scene.sees(&again, id).await.unwrap().order.round, 3);
}

#[tokio::test]
async fn the_reporter_writes_chases_and_withdraws_before_work() {
    let mut scene = Scene::new().await;
    let desk = scene.desk().await;
    let wang = scene.owner("王秀华", "3-1-1201").await;
    let id = scene.reports(&wang, "water.leak", "3-1-1201").await;
    let path = format!("/r/orders/{}", scene.number(&wang, id).await);
    let empty = scene.world.post(&wang, &format!("{path}/messages"), &[("message", "")]).await.is(422).text();
    assert!(empty.contains("href=\"#f-message\""), "the error stands beside its field");
    scene.world.post(&wang, &format!("{path}/messages"), &[("message", "请带梯子")]).await.is(303);
    scene.world.post(&wang, &format!("{path}/chase"), &[]).await.is(303);
    assert!(scene.page(&wang, &path).await.contains("请带梯子"));
    assert_eq!(scene.sees(&desk, id).await.unwrap().order.chased, 1);
    scene.world.post(&wang, &format!("{path}/cancellation"), &[("reason", "自己好了")]).await.is(303);
    assert_eq!(scene.state(&wang, id).await, State::Cancelled);
}

#[tokio::test]
async fn internal_words_stay_inside_and_lateness_is_owned() {
    let mut scene = Scene::new().await;
    let (desk, li) = (scene.desk().await, scene.technician("李建国").await);
    let wang = scene.owner("王秀华", "3-1-1201").await;
    let id = scene.reports(&wang, "water.leak", "3-1-1201").await;
    does!(scene, &desk, tx => orders::accept(&mut tx, id)).unwrap();
    scene.assigns(&desk, id, &li).await;
    let secret = orders::Message { visible: false, text: "这家欠费".into(), evidence: vec![] };
    does!(scene, &desk, tx => orders::message(&mut tx, id, &secret)).unwrap();
    scene.world.wait(42 * MINUTE);
    let page = scene.page(&wang, &format!("/r/orders/{}", scene.number(&wang, id).await)).await;
    assert!(!page.contains("这家欠费"));
    assert!(page.contains("已派给李建国") && page.contains("比承诺晚了 12 分，很抱歉"), "{page}");
}

#[tokio::test]
async fn somebody_without_a_home_is_shown_how_to_get_one() {
    let scene = Scene::new().await;
    let mut tx = scene.world.house.begin(&kernel::access::system_company("world")).await.unwrap();
    let party = kernel::parties::add(&mut tx, None, kernel::parties::PartyKind::Person, "无房", &[]).await.unwrap();
    kernel::staff::open_account(&mut tx, party, None).await.unwrap();
    tx.commit().await.unwrap();
    let nobody = scene.world.sign_in(party, "无房", true).await;
    for path in ["/r", "/r/report", "/r/orders"] {
        assert!(scene.page(&nobody, path).await.contains("href=\"/r/me\""), "{path}");
    }
    let place = scene.place("3-1-1201").await;
    let mut tx = scene.world.house.begin(&kernel::access::system(scene.world.site, "world")).await.unwrap();
    let (id, now): (values::Id<()>, _) = (tx.id(), tx.now());
    let sql = "INSERT INTO bindings (id, site, place, party, kind, role, state, tries, made, ends) \
               VALUES ($1, $2, $3, $4, 'request', 'owner', 'waiting', 0, $5, $5)";
    tx.run(sql, (id, scene.world.site, place, party, now)).await.unwrap();
    tx.note(scene.world.site, "binding.requested", "world", serde_json::Value::Null, serde_json::Value::Null);
    tx.commit().await.unwrap();
    let waiting = scene.page(&nobody, "/r").await;
    assert!(waiting.contains("等物业核对") && waiting.contains("3-1-1201"), "{waiting}");
}

#[tokio::test]
async fn every_page_speaks_both_languages_without_a_raw_key() {
    let mut scene = Scene::new().await;
    let desk = scene.desk().await;
    let wang = scene.owner("王秀华", "3-1-1201").await;
    scene.outage(&desk).await;
    let id = scene.reports(&wang, "water.leak", "3-1-1201").await;
    let order = format!("/r/orders/{}", scene.number(&wang, id).await);
    let mut paths = vec!["/r".to_string(), "/r/orders".into(), "/r/report".into(), "/r/report?more=1".into(), order];
    paths.extend(["water", "drain.kitchen"].map(|code| format!("/r/report?kind=repair&category={code}")));
    paths.extend(["complaint", "enquiry", "suggestion", "praise", "help"].map(|kind| format!("/r/report?kind={kind}")));
    for path in paths {
        for page in [scene.page(&wang, &path).await, scene.in_english(&wang, &path).await] {
            let raw = ["desk-portal-", "desk-notice-", "nav-portal-", "shell-", "refusal-"]
                .into_iter()
                .find(|key| page.contains(&format!(">{key}")) || page.contains(&format!("\"{key}")));
            assert_eq!(raw, None, "{path}: {page}");
        }
    }
    assert_eq!(scene.world.app.catalogue().missing(), Vec::<String>::new());
}

#[tokio::test]
async fn a_label_on_the_wall_says_where_the_report_is_about() {
    let scene = Scene::new().await;
    let wang = scene.owner("王雅华", "3-1-1201").await;
    let stair = scene.place("3-1").await;
    let neighbour = scene.place("3-1-1101").await;
    let mark = async |place: kernel::PlaceId| {
        let mut read = scene.world.house.read(&kernel::access::system(scene.world.site, "world")).await.unwrap();
        kernel::places::by_id(&mut read, place).await.unwrap().qr
    };
    let (on_the_wall, at_the_door) = (mark(stair).await, mark(neighbour).await);
    let page = scene.page(&wang, &format!("/r/report?category=power.public&at={on_the_wall}")).await;
    assert!(page.contains(&format!("name=\"at\" value=\"{on_the_wall}\"")), "{page}");
    assert!(page.contains(&format!("&amp;at={on_the_wall}")), "the other categories keep the place");
    let home = scene.place("3-1-1201").await.to_string();
    let sent =
        [("kind", "repair"), ("home", home.as_str()), ("category", "power.public"), ("at", on_the_wall.as_str())];
    let path = scene.world.post(&wang, "/r/report", &sent).await.is(303).location();
    assert!(path.starts_with("/r/orders/"));
    let sql = "SELECT place AS value FROM orders WHERE reporter = $1 ORDER BY reported";
    let place: Vec<kernel::PlaceId> = scene.world.house.db().all(sql, (wang.party,)).await.unwrap();
    assert_eq!(place, [stair]);
    // A neighbour's door is not for others to report from.
    let page = scene.page(&wang, &format!("/r/report?category=water.leak&at={at_the_door}")).await;
    assert!(!page.contains("name=\"at\"") && page.contains("3-1-1201"));
}
