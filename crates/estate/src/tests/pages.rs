use kernel::{Role, parties::HomeRole};

use super::words::Estate;

#[tokio::test]
async fn every_page_speaks_both_languages_and_misses_no_word() {
    let estate = Estate::new().await;
    let (party, occupancy) = estate.lives("3-1-0101", "王桂华", &["13800002207"], HomeRole::Owner, "2022-07-01").await;
    let place = estate.home("3-1-0101").await.id;
    let pages = [
        "/c/GYHY/buildings".to_string(),
        "/c/GYHY/matrix".into(),
        "/c/GYHY/matrix?building=3&show=vacant".into(),
        "/c/GYHY/homes?state=undelivered".into(),
        "/c/GYHY/homes?building=3&kind=unit&q=3-1".into(),
        "/c/GYHY/owners".into(),
        "/c/GYHY/users?when=past".into(),
        "/c/GYHY/labels".into(),
        "/c/GYHY/find?q=101".into(),
        "/c/GYHY/settings".into(),
        "/c/GYHY/buildings/new".into(),
        "/c/GYHY/places/new".into(),
        "/c/GYHY/3-1-0101".into(),
        "/c/GYHY/3".into(),
        "/c/GYHY/3-1-0101/people".into(),
        "/c/GYHY/3-1-0101/tenancy".into(),
        "/c/GYHY/3-1-0101/sale".into(),
        format!("/c/GYHY/3-1-0101/departures/{occupancy}"),
        format!("/c/GYHY/3-1-0101/people/{party}/edit"),
        format!("/c/GYHY/3-1-0101/people/{party}/reveal"),
        format!("/c/GYHY/places/{place}/edit"),
    ];
    let english =
        testing::Person { cookie: format!("{}; anju-lang=en", estate.manager.cookie), ..estate.manager.clone() };
    for path in &pages {
        let zh = estate.world.get(&estate.manager, path).await.is(200).text();
        let en = estate.world.get(&english, path).await.is(200).text();
        assert!(zh.contains("lang=\"zh-CN\"") && en.contains("lang=\"en\""), "{path}");
        for page in [&zh, &en] {
            assert!(!page.contains("estate-") && !page.contains("refusal-"), "{path}: a key without words");
        }
    }
    let missing: Vec<String> =
        estate.world.app.catalogue().missing().into_iter().filter(|key| key.contains("estate-")).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[tokio::test]
async fn a_building_is_previewed_before_it_is_made() {
    let estate = Estate::new().await;
    let rule = ("rule", "1栋 2单元 18层 每层3户, 面积 89.37/120.15/65.08, 无13层");
    let preview =
        estate.world.post(&estate.manager, "/c/GYHY/buildings/new", &[rule, ("act", "preview")]).await.is(200).text();
    assert!(preview.contains("1 栋：2 个单元，17 层，102 户") && preview.contains("建这 102 户"));
    estate.world.get(&estate.manager, "/c/GYHY/1-1-0101").await.is(404);
    let made = estate
        .world
        .post(&estate.manager, "/c/GYHY/buildings/new", &[rule, ("act", "create"), ("idempotency_key", "k1")])
        .await
        .is(303);
    assert_eq!(made.location(), "/c/GYHY/matrix?building=1");
    estate
        .world
        .post(&estate.manager, "/c/GYHY/buildings/new", &[rule, ("act", "create"), ("idempotency_key", "k1")])
        .await
        .is(303);
    let again = estate
        .world
        .post(&estate.manager, "/c/GYHY/buildings/new", &[rule, ("act", "create"), ("idempotency_key", "k2")])
        .await
        .is(422)
        .text();
    assert!(again.contains("1 已经有了") && again.contains("每层3户"), "the refusal keeps what was typed");
    let wrong = estate
        .world
        .post(&estate.manager, "/c/GYHY/buildings/new", &[("rule", "2单元 18层"), ("act", "preview")])
        .await
        .is(422)
        .text();
    assert!(wrong.contains("没写是哪一栋"));
}

#[tokio::test]
async fn a_household_is_registered_sold_let_and_left_by_its_pages() {
    let estate = Estate::new().await;
    let home = "/c/GYHY/3-1-1201";
    let add = [
        ("name", "王桂华"),
        ("phones", "138 0000 2207、0571-88886666"),
        ("role", "owner"),
        ("day", "2022-07-01"),
        ("kind", "person"),
    ];
    estate.world.post(&estate.desk, &format!("{home}/people"), &add).await.is(303);
    let tenant = [("name", "赵六"), ("phones", ""), ("day", "2026-01-01"), ("to", "2027-01-01"), ("kind", "person")];
    estate.world.post(&estate.desk, &format!("{home}/tenancy"), &tenant).await.is(303);
    let sale = [
        ("name", "钱七"),
        ("phones", "13900001111"),
        ("day", "2026-03-01"),
        ("kind", "person"),
        ("name2", "孙八"),
        ("phones2", ""),
    ];
    estate.world.post(&estate.desk, &format!("{home}/sale"), &sale).await.is(303);
    let (_, tenancy) = {
        let members = estate.household("3-1-1201").await;
        let tenant = members.iter().find(|member| member.name == "赵六").unwrap();
        (tenant.occupancy.party, tenant.occupancy.id)
    };
    estate.world.post(&estate.desk, &format!("{home}/departures/{tenancy}"), &[("day", "2026-06-30")]).await.is(303);
    let story = [
        "钱七 owner 2026-03-01–",
        "孙八 co_owner 2026-03-01–",
        "王桂华 owner 2022-07-01–2026-03-01",
        "赵六 tenant 2026-01-01–2026-06-30",
    ];
    assert_eq!(estate.story("3-1-1201").await, story);
    let page = estate.world.get(&estate.desk, "/c/GYHY/03-1-01201").await.is(200).text();
    assert!(page.contains("钱七") && page.contains("139 **** 1111") && !page.contains("13900001111"));
}

#[tokio::test]
async fn a_refused_form_says_what_is_wrong_beside_each_field_and_keeps_the_rest() {
    let estate = Estate::new().await;
    let bad = [
        ("name", ""),
        ("phones", "12345"),
        ("role", "owner"),
        ("day", ""),
        ("identity", "110105194912310021"),
        ("kind", "person"),
    ];
    let page = estate.world.post(&estate.desk, "/c/GYHY/3-1-1201/people", &bad).await.is(422).text();
    for said in ["有 4 处要改", "请填姓名或单位名称", "“12345”不是电话", "请选日期", "证件号码不对"]
    {
        assert!(page.contains(said), "{said}");
    }
    assert!(page.contains("value=\"12345\""));
}

#[tokio::test]
async fn the_second_of_two_corrections_sees_both_versions() {
    let estate = Estate::new().await;
    let (party, _) = estate.lives("3-1-0101", "王花", &["13800002207"], HomeRole::Owner, "2022-07-01").await;
    let path = format!("/c/GYHY/3-1-0101/people/{party}/edit");
    let first = [("version", "1"), ("name", "王华"), ("phones", "13800002207"), ("kind", "person"), ("note", "")];
    estate.world.post(&estate.desk, &path, &first).await.is(303);
    let second = [("version", "1"), ("name", "王桦"), ("phones", "138 0000 2207"), ("kind", "person"), ("note", "")];
    let page = estate.world.post(&estate.manager, &path, &second).await.is(409).text();
    assert!(page.contains("王华") && page.contains("王桦") && page.contains("name=\"version\" value=\"2\""));
}

#[tokio::test]
async fn a_phone_is_shown_once_with_a_reason_that_the_audit_keeps() {
    let estate = Estate::new().await;
    let (party, _) = estate.lives("3-1-0101", "王桂华", &["13800002207"], HomeRole::Owner, "2022-07-01").await;
    let path = format!("/c/GYHY/3-1-0101/people/{party}/reveal");
    let refused = estate.world.post(&estate.desk, &path, &[("what", "phones"), ("reason", "")]).await.is(422).text();
    assert!(refused.contains("请写明为什么要看") && !refused.contains("138 0000 2207"));
    let shown = estate.world.post(&estate.desk, &path, &[("what", "phones"), ("reason", "回访")]).await.is(200);
    assert!(shown.text().contains("138 0000 2207") && shown.header("cache-control") == "no-store");
    assert!(estate.world.audit().await.contains(&"party.phones_revealed".to_string()));
    let nothing = estate.world.post(&estate.desk, &path, &[("what", "identity"), ("reason", "核实身份")]).await.is(422);
    assert!(nothing.text().contains("没有登记证件号码"));
}

#[tokio::test]
async fn a_list_as_a_file_is_what_the_screen_shows() {
    let estate = Estate::new().await;
    estate.lives("3-1-0101", "王桂华", &["13800002207"], HomeRole::Owner, "2022-07-01").await;
    estate.lives("3-2-0101", "张三", &["13900001234"], HomeRole::Owner, "2022-07-01").await;
    let csv = estate.world.get(&estate.desk, "/c/GYHY/owners/export?format=csv&q=zs").await.is(200);
    let lines: Vec<String> = csv.text().trim_start_matches('\u{feff}').lines().map(Into::into).collect();
    assert_eq!(lines, ["姓名,房号,身份,电话,建筑面积,从,到", "张三,3-2-0101,业主,139 **** 1234,89.37,2022-07-01,"]);
    let xlsx = estate.world.get(&estate.desk, "/c/GYHY/homes/export?building=3").await.is(200);
    assert!(xlsx.body.starts_with(b"PK") && xlsx.header("content-disposition").contains(".xlsx"));
    assert!(estate.world.audit().await.contains(&"list.exported".to_string()));
}

#[tokio::test]
async fn labels_come_as_pages_of_24_for_any_selection() {
    let estate = Estate::new().await;
    let pdf = estate
        .world
        .post(&estate.desk, "/c/GYHY/labels", &[("building", "3"), ("kind", "unit"), ("size", "24")])
        .await
        .is(200);
    assert!(pdf.body.starts_with(b"%PDF") && pdf.header("content-type") == "application/pdf");
    let one = estate.home("3-1-0101").await.id.to_string();
    let two = estate.home("3-1-0102").await.id.to_string();
    let few = estate
        .world
        .post(&estate.desk, "/c/GYHY/labels", &[("pick", &one), ("pick", &two), ("size", "24")])
        .await
        .is(200);
    assert!(few.body.starts_with(b"%PDF") && pdf.body.len() > few.body.len());
    let nothing =
        estate.world.post(&estate.desk, "/c/GYHY/labels", &[("kind", "gate"), ("size", "24")]).await.is(422).text();
    assert!(nothing.contains("没有可打印的"));
    estate.building(estate.world.site, "9栋 6单元 60层 每层6户").await;
    let many = estate
        .world
        .post(&estate.desk, "/c/GYHY/labels", &[("building", "9"), ("kind", "unit"), ("size", "36")])
        .await
        .is(422)
        .text();
    assert!(many.contains("有 2160 张，一次最多 2000 张"));
}

#[tokio::test]
async fn the_sheet_of_a_building_has_as_many_pages_as_it_needs() {
    let estate = Estate::new().await;
    let mut read = estate.read(estate.world.site).await;
    let site = kernel::sites::by_code(&mut read, "GYHY").await.unwrap();
    let building = estate.home("3").await.id;
    let units = kernel::places::units(&mut read, site.id, building).await.unwrap();
    let words = estate.world.app.catalogue().words(web::i18n::Lang::Zh);
    for (size, pages) in [("24", 6), ("36", 4), ("roll", 144)] {
        let sheet =
            crate::labels::sheet(&words, &site, "https://anju.example.cn/", &units, crate::labels::size_named(size));
        assert_eq!(sheet.labels[0].code, format!("https://anju.example.cn/p/at/{}", units[0].qr));
        assert_eq!(crate::labels::print(sheet).await.unwrap().pages, pages, "{size}");
    }
}

#[tokio::test]
async fn a_scanned_label_leads_each_to_their_own_page() {
    let mut estate = Estate::new().await;
    let place = estate.home("3-1-0101").await;
    let path = format!("/p/at/{}", place.qr);
    assert_eq!(estate.world.get(&estate.desk, &path).await.is(303).location(), "/c/GYHY/3-1-0101");
    let page = estate.world.get_public(&path).await.is(200).text();
    assert!(page.contains("3-1-0101") && page.contains("桂语花园"));
    estate.world.get_public("/p/at/abcdefghjkmnpqrs").await.is(404);
    let technician = estate.world.staff("李建国", Role::Technician).await;
    estate.world.get(&technician, &path).await.is(200);
}

#[tokio::test]
async fn the_site_is_named_and_called_as_its_people_do() {
    let estate = Estate::new().await;
    let sent = [("version", "1"), ("name", "桂语花园"), ("building_word", "幢"), ("phone", "400-800-1234")];
    estate.world.post(&estate.manager, "/c/GYHY/settings", &sent).await.is(303);
    assert!(estate.world.get(&estate.desk, "/c/GYHY/matrix").await.is(200).text().contains("3 幢"));
    let stale = estate.world.post(&estate.manager, "/c/GYHY/settings", &sent).await;
    assert_eq!(stale.status.as_u16(), 409);
    let bad = [("version", "2"), ("name", ""), ("building_word", "塔"), ("phone", "叫我")];
    let page = estate.world.post(&estate.manager, "/c/GYHY/settings", &bad).await.is(422).text();
    assert!(page.contains("有 3 处要改"));
    estate.world.get(&estate.desk, "/c/GYHY/settings").await.is(403);
}
