use kernel::{Role, access, staff};
use testing::World;
use values::Day;

use crate::world_words::{employee, homes, logged_in, try_password, world};

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn id_after(text: &str, mark: &str) -> String {
    text.split(mark)
        .skip(1)
        .map(|rest| rest[..36.min(rest.len())].to_string())
        .find(|id| id.len() == 36 && id.contains('-'))
        .expect("an id follows")
}

#[tokio::test]
async fn personnel_take_somebody_on_who_sets_a_password_by_the_link() {
    let world = world().await;
    let party = employee(&world, "林静", "linjing", Role::Personnel).await;
    let hr = logged_in(&world, party, "linjing").await;
    world.get(&hr, "/c/GYHY/staff/new").await.is(200);
    let fields = [
        ("name", "李建国"),
        ("phone", "138 0000 1234"),
        ("login", "lijianguo"),
        ("department", "ENG"),
        ("post", "综合维修工"),
        ("from", "2026-08-12"),
    ];
    let bad =
        [("name", ""), ("phone", "123"), ("login", "a b"), ("department", "ENG"), ("post", ""), ("from", "2026-08-12")];
    let page = world.post(&hr, "/c/GYHY/staff/new", &bad).await.is(422).text();
    assert!(page.contains("value=\"123\""), "nothing typed is lost");
    let there = world.post(&hr, "/c/GYHY/staff/new", &fields).await.is(303).location();
    world.post(&hr, "/c/GYHY/staff/new", &fields).await.is(422);
    let page = world.get(&hr, &there).await.is(200).text();
    assert!(page.contains("李建国") && page.contains("综合维修工") && page.contains("没有角色"));
    let link = world.post(&hr, &format!("{there}/account/link"), &[]).await.is(200);
    assert_eq!(link.header("cache-control"), "no-store");
    let text = link.text();
    let key = text.split_once("/login/setup?key=").unwrap().1[..64].to_string();
    let password = "a long and quiet river";
    world.post_public("/login/setup", &[("key", &key), ("password", password), ("again", password)]).await.is(303);
    try_password(&world, "lijianguo", password).await.is(303);
    // Personnel grants no role that can do more than theirs.
    assert!(!world.get(&hr, &format!("{there}/role")).await.is(200).text().contains("site_manager"));
    world
        .post(
            &hr,
            &format!("{there}/role"),
            &[("role", "site_manager"), ("where", "site"), ("department", ""), ("from", "2026-08-12")],
        )
        .await
        .is(403);
}

#[tokio::test]
async fn a_role_is_granted_by_another_and_a_change_of_roles_ends_the_sessions() {
    let mut world = world().await;
    let party = employee(&world, "陈芳", "chenfang", Role::Desk).await;
    let desk = logged_in(&world, party, "chenfang").await;
    let guard = world.staff("高伟", Role::SecurityAdmin).await;
    enrolled(&world, guard.party).await;
    let path = format!("/c/GYHY/staff/{party}/role");
    assert!(world.get(&guard, &path).await.is(200).text().contains("受理、派单"));
    let grant = |role: &'static str, place: &'static str| {
        [("role", role), ("where", place), ("department", ""), ("from", "2026-08-12")]
    };
    world.post(&guard, &path, &grant("steward", "site")).await.is(303);
    world.get(&desk, "/api/v1/sessions").await.is(401);
    assert!(world.post(&guard, &path, &grant("steward", "site")).await.is(422).text().contains("已有这个角色"));
    // Nobody rises by granting: not for the company, not administrators, not to oneself.
    world.post(&guard, &path, &grant("desk", "company")).await.is(403);
    world.post(&guard, &path, &grant("audit_admin", "site")).await.is(403);
    world.post(&guard, &format!("/c/GYHY/staff/{}/role", guard.party), &grant("desk", "site")).await.is(403);
    let desk = logged_in(&world, party, "chenfang").await;
    let page = world.get(&guard, &format!("/c/GYHY/staff/{party}")).await.is(200).text();
    let id = id_after(&page, &format!("{path}/"));
    world.post(&guard, &format!("{path}/{id}/end"), &[]).await.is(303);
    world.get(&desk, "/api/v1/sessions").await.is(401);
}

/// As if the second factor had been given: `staff` opens sessions without one.
async fn enrolled(world: &World, party: kernel::PartyId) {
    let mut tx = world.house.begin(&access::system_company("world")).await.unwrap();
    tx.run("UPDATE accounts SET totp_on = 1 WHERE party = $1", (party,)).await.unwrap();
    tx.run("UPDATE sessions SET second_factor = 1 WHERE party = $1", (party,)).await.unwrap();
    tx.note(None, "world.enrolled", "party", serde_json::Value::Null, serde_json::Value::Null);
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn r18_nobody_holds_two_of_the_three_administrators_roles() {
    let world = world().await;
    let party = employee(&world, "周明", "zhouming", Role::SystemAdmin).await;
    for role in [Role::SecurityAdmin, Role::AuditAdmin] {
        let mut tx = world.house.begin(&access::system_company("test")).await.unwrap();
        let granted = staff::grant(&mut tx, party, role, None, None, day("2026-08-12")).await;
        assert!(matches!(granted, Err(kernel::Error::Refused(why)) if why.code() == "two_administrators"));
    }
}

#[tokio::test]
async fn nobody_becomes_somebody_who_can_do_more_by_managing_their_account() {
    let mut world = world().await;
    let party = employee(&world, "林静", "linjing", Role::Personnel).await;
    let hr = logged_in(&world, party, "linjing").await;
    let acts = ["account/link", "account/disable", "account/enable", "account/reset-factor"];
    for (name, login, role) in [("周敏", "zhoumin", Role::SiteManager), ("李建国", "lijianguo", Role::Technician)]
    {
        let above = employee(&world, name, login, role).await;
        let base = format!("/c/GYHY/staff/{above}");
        assert!(!world.get(&hr, &base).await.is(200).text().contains("/account/link"));
        for act in acts {
            let reply = world.post(&hr, &format!("{base}/{act}"), &[]).await.is(403);
            assert!(reply.text().contains("超出您自己的权限"), "{act} of {name}");
        }
        logged_in(&world, above, login).await;
        // The last day is recorded by whoever keeps the register.
        world.get(&hr, &format!("{base}/end")).await.is(200);
    }
    // A site manager manages those below, but nobody who holds a role elsewhere.
    let manager = world.staff("王经理", Role::SiteManager).await;
    let desk = employee(&world, "陈芳", "chenfang", Role::Desk).await;
    let base = format!("/c/GYHY/staff/{desk}");
    world.post(&manager, &format!("{base}/account/link"), &[]).await.is(200);
    let far = world.another_site("YLXY", "云栖雅苑").await;
    let mut tx = world.house.begin(&access::system_company("test")).await.unwrap();
    staff::grant(&mut tx, desk, Role::SiteManager, Some(far), None, day("2027-01-01")).await.unwrap();
    tx.commit().await.unwrap();
    for act in acts {
        world.post(&manager, &format!("{base}/{act}"), &[]).await.is(403);
    }
}

#[tokio::test]
async fn a_site_manager_gives_and_takes_back_the_roles_that_can_do_no_more_than_theirs() {
    let mut world = world().await;
    let manager = world.staff("王经理", Role::SiteManager).await;
    let fields = [
        ("name", "李建国"),
        ("phone", ""),
        ("login", "lijianguo"),
        ("department", "ENG"),
        ("post", "综合维修工"),
        ("from", "2026-08-12"),
    ];
    let there = world.post(&manager, "/c/GYHY/staff/new", &fields).await.is(303).location();
    assert!(world.get(&manager, &there).await.is(200).text().contains(&format!("{there}/role")));
    let form = world.get(&manager, &format!("{there}/role")).await.is(200).text();
    for (role, offered) in [("technician", true), ("desk", true), ("supervisor", true), ("system_admin", false)] {
        assert_eq!(form.contains(&format!("value=\"{role}\"")), offered, "{role}");
    }
    let grant = |role: &'static str, place: &'static str| {
        [("role", role), ("where", place), ("department", "ENG"), ("from", "2026-08-12")]
    };
    for (role, place) in [("system_admin", "site"), ("audit_admin", "site"), ("technician", "company")] {
        world.post(&manager, &format!("{there}/role"), &grant(role, place)).await.is(403);
    }
    world.post(&manager, &format!("{there}/role"), &grant("technician", "site")).await.is(303);
    let own = format!("/c/GYHY/staff/{}/role", manager.party);
    world.post(&manager, &own, &grant("desk", "site")).await.is(403);
    let page = world.get(&manager, &there).await.is(200).text();
    let id = id_after(&page, &format!("{there}/role/"));
    world.post(&manager, &format!("{there}/role/{id}/end"), &[]).await.is(303);

    let token = world.token(&manager).await;
    let path = format!("/api/v1/staff/{}/roles", there.rsplit('/').next().unwrap());
    let body = |role: &str| Some(serde_json::json!({ "site": "GYHY", "role": role }));
    world.api(&token, "POST", &path, body("security_admin")).await.is(403);
    let given = world.api(&token, "POST", &path, body("desk")).await.is(201).json();
    assert_eq!(given["roles"], serde_json::json!(["desk"]));
    let hr = world.staff("林静", Role::Personnel).await;
    let token = world.token(&hr).await;
    world.api(&token, "POST", &path, body("steward")).await.is(403);
}

#[tokio::test]
async fn an_administrators_account_is_not_in_the_hands_of_personnel() {
    let world = world().await;
    let admin = employee(&world, "周明", "zhouming", Role::SystemAdmin).await;
    let party = employee(&world, "林静", "linjing", Role::Personnel).await;
    let hr = logged_in(&world, party, "linjing").await;
    let base = format!("/c/GYHY/staff/{admin}");
    assert!(!world.get(&hr, &base).await.is(200).text().contains("/account/link"));
    for act in ["account/link", "account/disable", "account/reset-factor"] {
        world.post(&hr, &format!("{base}/{act}"), &[]).await.is(403);
    }
    world.post(&hr, &format!("{base}/end"), &[("to", "2026-08-13")]).await.is(403);
}

#[tokio::test]
async fn a_leaver_is_out_at_once_and_stays_in_the_register() {
    let world = world().await;
    let desk_party = employee(&world, "陈芳", "chenfang", Role::Desk).await;
    let desk = logged_in(&world, desk_party, "chenfang").await;
    let party = employee(&world, "林静", "linjing", Role::Personnel).await;
    let hr = logged_in(&world, party, "linjing").await;
    world.post(&hr, &format!("/c/GYHY/staff/{desk_party}/end"), &[("to", "2026-08-12")]).await.is(303);
    world.get(&desk, "/api/v1/sessions").await.is(401);
    let list = world.get(&hr, "/c/GYHY/staff").await.is(200).text();
    assert!(!list.contains("陈芳"));
    assert!(world.get(&hr, "/c/GYHY/staff?state=ended").await.text().contains("陈芳"));
}

#[tokio::test]
async fn the_list_is_filtered_by_its_address_and_exported_as_shown() {
    let world = world().await;
    employee(&world, "陈芳", "chenfang", Role::Desk).await;
    employee(&world, "李建国", "lijianguo", Role::Technician).await;
    let party = employee(&world, "林静", "linjing", Role::Personnel).await;
    let hr = logged_in(&world, party, "linjing").await;
    let list = world.get(&hr, "/c/GYHY/staff?role=technician").await.is(200).text();
    assert!(list.contains("李建国") && !list.contains(">陈芳<"));
    assert!(world.get(&hr, "/c/GYHY/staff?q=chen").await.text().contains("陈芳"));
    assert!(world.get(&hr, "/c/GYHY/staff?q=nobody").await.text().contains("没有符合条件的"));
    let file = world.get(&hr, "/c/GYHY/staff/export?role=technician").await.is(200);
    let book = sheets::read(&file.body, "staff.xlsx").unwrap();
    let text = format!("{book:?}");
    assert!(text.contains("李建国") && !text.contains("陈芳"));
}

#[tokio::test]
async fn certificates_warn_in_the_list_and_a_review_in_time_moves_the_date() {
    let world = world().await;
    let worker = employee(&world, "钱国平", "qianguoping", Role::Technician).await;
    let party = employee(&world, "林静", "linjing", Role::Personnel).await;
    let hr = logged_in(&world, party, "linjing").await;
    let path = format!("/c/GYHY/staff/{worker}/certificate");
    world.get(&hr, &path).await.is(200);
    let fields = |trade: &'static str| {
        [
            ("kind", "CRT-05"),
            ("trade", trade),
            ("number", "T3301-2023-09053"),
            ("issued", "2023-09-03"),
            ("valid_until", ""),
            ("review_due", ""),
        ]
    };
    assert!(world.post(&hr, &path, &fields("")).await.is(422).text().contains("作业类别"));
    world.post(&hr, &path, &fields("electric")).await.is(303);
    assert!(world.get(&hr, "/c/GYHY/staff?certificates=due").await.is(200).text().contains("还剩 22 天"));
    let gap = async |on: &str| {
        let path = format!("/api/v1/certificates/gap?site=GYHY&party={worker}&kind=CRT-05:electric&day={on}");
        world.get(&hr, &path).await.is(200).json()
    };
    assert_eq!(gap("2026-09-03").await["holds"], true);
    let after = gap("2026-09-04").await;
    assert_eq!(
        (after["why"].as_str(), after["ended_on"].as_str(), after["blocks"].as_bool()),
        (Some("review_missed"), Some("2026-09-03"), Some(true))
    );
    let page = world.get(&hr, &format!("/c/GYHY/staff/{worker}")).await.text();
    let id = id_after(&page, &format!("{path}/"));
    world.post(&hr, &format!("{path}/{id}/review"), &[("on", "2026-08-12")]).await.is(303);
    assert_eq!(gap("2026-09-04").await["holds"], true);
    let list = world.get(&hr, "/api/v1/certificates?site=GYHY").await.is(200).json();
    assert_eq!(list["items"][0]["review_due"], "2029-09-03");
    world.post(&hr, &format!("{path}/{id}/remove"), &[]).await.is(303);
    assert_eq!(gap("2026-08-12").await["why"], "none");
}

#[tokio::test]
async fn a_steward_holds_buildings_and_homes_below_them() {
    let world = world().await;
    let (home, _) = homes(&world).await;
    let steward = employee(&world, "吴敏", "wumin", Role::Steward).await;
    let party = employee(&world, "林静", "linjing", Role::Personnel).await;
    let hr = logged_in(&world, party, "linjing").await;
    let path = format!("/c/GYHY/staff/{steward}/homes");
    world.post(&hr, &path, &[("place", "9-9-999"), ("from", "2026-08-12")]).await.is(422);
    world.post(&hr, &path, &[("place", "3-1-1201"), ("from", "2026-08-12")]).await.is(303);
    let mut read = world.house.read(&access::system(world.site, "test")).await.unwrap();
    assert_eq!(staff::homes_of(&mut read, world.site, steward, day("2026-08-12")).await.unwrap(), [home]);
    assert_eq!(staff::stewards_of(&mut read, home, day("2026-08-12")).await.unwrap(), [(steward, "吴敏".to_string())]);
    drop(read);
    world.post(&hr, &format!("{path}/{home}/end"), &[]).await.is(303);
    let mut read = world.house.read(&access::system(world.site, "test")).await.unwrap();
    assert_eq!(staff::stewards_of(&mut read, home, day("2026-08-12")).await.unwrap(), []);
}

#[tokio::test]
async fn dispatch_sees_who_works_here_today() {
    let world = world().await;
    let worker = employee(&world, "李建国", "lijianguo", Role::Technician).await;
    employee(&world, "陈芳", "chenfang", Role::Desk).await;
    let mut read = world.house.read(&access::system(world.site, "test")).await.unwrap();
    let found = staff::workers(&mut read, world.site, day("2026-08-12")).await.unwrap();
    assert_eq!(found.iter().map(|worker| worker.party).collect::<Vec<_>>(), [worker]);
    assert_eq!(found[0].open_orders, 0);
    assert_eq!(staff::workers(&mut read, world.site, day("2019-12-31")).await.unwrap(), []);
}

#[tokio::test]
async fn two_sites_never_see_each_others_staff() {
    let mut world = world().await;
    let chen = employee(&world, "陈芳", "chenfang", Role::Desk).await;
    let site = world.another_site("YLXY", "云栖雅苑").await;
    let other = world.staff_at(site, "孙丽", Role::SiteManager, "CS").await;
    world.get(&other, "/c/GYHY/staff").await.is(404);
    world.get(&other, &format!("/c/YLXY/staff/{chen}")).await.is(404);
    world.get(&other, "/api/v1/staff?site=GYHY").await.is(404);
    world.get(&other, &format!("/api/v1/certificates/gap?site=YLXY&party={chen}&kind=CRT-01")).await.is(404);
    for act in ["account/link", "account/disable", "account/enable", "account/reset-factor"] {
        world.post(&other, &format!("/c/YLXY/staff/{chen}/{act}"), &[]).await.is(404);
    }
    let fields =
        [("kind", "CRT-01"), ("trade", ""), ("number", "1"), ("issued", ""), ("valid_until", ""), ("review_due", "")];
    world.post(&other, &format!("/c/YLXY/staff/{chen}/certificate"), &fields).await.is(404);
    let list = world.get(&other, "/api/v1/staff?site=YLXY").await.is(200).json();
    assert!(list["items"].as_array().unwrap().iter().all(|item| item["name"] != "陈芳"));
}
