use kernel::Role;
use serde_json::json;
use testing::World;

use super::world::*;
use crate::import::{refusal::Dependence, words};

const MIXED: &str =
    "房号,业主,电话,建筑面积\n1-1-101,张三,13800000001,89.37\n1-1-102,李四,138****0002,90\n小计,,,179.37\n";

async fn manager(world: &mut World) -> testing::Person {
    world.staff("周经理", Role::SiteManager).await
}

#[tokio::test]
async fn a_file_is_previewed_run_and_taken_back_on_its_pages() {
    let mut world = world().await;
    let manager = manager(&mut world).await;
    assert!(world.get(&manager, "/c/GYHY/import").await.is(200).text().contains("看预览"));
    let before = register(&world).await;
    let page = send(&world, &manager, "/c/GYHY/import", "业主.csv", MIXED.as_bytes()).await.is(303).location();
    let preview = world.get(&manager, &page).await.is(200).text();
    for said in
        ["1-1-101", "电话里有星号", "138****0002", "下载有错的行", "只导入没有错的行", "小计或合计", "导入 1 行"]
    {
        assert!(preview.contains(said), "{said}: {preview}");
    }
    assert_eq!(register(&world).await, before, "a preview writes nothing");
    let refused = world.post(&manager, &format!("{page}/run"), &[("mode", "all_or_nothing")]).await.is(422).text();
    assert!(refused.contains("有 1 行有错，所以都没有导入"), "{refused}");
    world.post(&manager, &format!("{page}/run"), &[("mode", "good_rows")]).await.is(303);
    let result = world.get(&manager, &page).await.is(200).text();
    for said in ["周经理 于", "撤销这次导入", "这个项目还缺什么", "还没有管家负责楼栋", "/c/GYHY/staff"]
    {
        assert!(result.contains(said), "{said}: {result}");
    }
    assert_eq!(people_of(&world, "1-1-101").await, ["张三 13800000001 owner 2026-08-12"]);
    let again = world.post(&manager, &format!("{page}/run"), &[("mode", "good_rows")]).await.is(422).text();
    assert!(again.contains("已经处理过了"));
    let asked = world.get(&manager, &format!("{page}/undo")).await.is(200).text();
    for said in [
        "删除房屋、商铺、车位</dt><dd><span class=\"num\">1<",
        "删除住户或员工</dt><dd><span class=\"num\">1<",
        "不撤销",
    ] {
        assert!(asked.contains(said), "{said}: {asked}");
    }
    assert!(
        result.contains(&format!("href=\"{page}/undo\"")) && !result.contains(&format!("action=\"{page}/undo\"")),
        "asked first"
    );
    assert_ne!(register(&world).await, before, "the question takes nothing back");
    world.post(&manager, &format!("{page}/undo"), &[]).await.is(303);
    world.get(&manager, &format!("{page}/undo")).await.is(303);
    assert_eq!(register(&world).await, before);
    assert!(world.get(&manager, "/c/GYHY/import").await.is(200).text().contains("已撤销"));
    let acts = world.audit().await;
    for act in ["import.taken_in", "import.run", "import.undone"] {
        assert!(acts.iter().any(|said| said == act), "{act}");
    }
}

#[tokio::test]
async fn the_bad_rows_come_back_as_a_workbook_that_can_be_imported_once_mended() {
    let mut world = world().await;
    let manager = manager(&mut world).await;
    let page = send(&world, &manager, "/c/GYHY/import", "业主.csv", MIXED.as_bytes()).await.is(303).location();
    let bytes = world.get(&manager, &format!("{page}/errors")).await.is(200).body;
    let book = sheets::read(&bytes, "x.xlsx").unwrap();
    let row: Vec<String> = book.sheets[0].row(1).map(|cell| cell.text().into_owned()).collect();
    assert_eq!(row[..4], ["1-1-102", "李四", "138****0002", "90"]);
    assert!(row[4].contains("电话里有星号"), "{row:?}");
    let report = import_as(&world, sheets::Kind::Homes, "mended.xlsx", &bytes, GOOD).await;
    assert!(report.is_err() || report.unwrap().errors.len() == 1, "still bad, and still understood");
}

#[tokio::test]
async fn the_mapping_can_be_changed_and_is_remembered_for_the_next_file() {
    let mut world = world().await;
    let manager = manager(&mut world).await;
    let odd = "甲,乙,丙\n1-1-101,张三,x\n1-1-102,李四,y\n";
    let page = send(&world, &manager, "/c/GYHY/import", "odd.csv", odd.as_bytes()).await.is(303).location();
    let fields = [
        ("use-0", "on"),
        ("header-0", "1"),
        ("building-0", ""),
        ("column-0-0", "unit"),
        ("column-0-1", "owner"),
        ("column-0-2", ""),
    ];
    world.post(&manager, &format!("{page}/mapping"), &fields).await.is(303);
    assert!(world.get(&manager, &page).await.is(200).text().contains("导入 2 行"));
    world.post(&manager, &format!("{page}/run"), &[("mode", "all_or_nothing")]).await.is(303);
    assert_eq!(people_of(&world, "1-1-102").await, ["李四 owner 2026-08-12"]);
    let next = import_as(&world, sheets::Kind::Homes, "odd2.csv", "丙,乙,甲\nz,王五,1-1-103\n".as_bytes(), GOOD)
        .await
        .unwrap();
    assert_eq!((next.mapping["unit"].as_str(), next.mapping["owner"].as_str(), made(&next)), ("C", "B", (1, 1, 1)));
}

#[tokio::test]
async fn a_file_that_is_no_list_is_named_beside_the_field() {
    let mut world = world().await;
    let manager = manager(&mut world).await;
    let page = send(&world, &manager, "/c/GYHY/import", "a.pdf", b"%PDF-1.7 x").await.is(422).text();
    assert!(page.contains("这是 PDF，不是表格") && page.contains("f-file-error"), "{page}");
    let page = send(&world, &manager, "/c/GYHY/import", "空.xlsx", b"").await.is(422).text();
    assert!(page.contains("文件是空的") && !page.contains("没有收到文件"));
    let page = send(&world, &manager, "/c/GYHY/import", "", b"").await.is(422).text();
    assert!(page.contains("没有收到文件"), "{page}");
}

#[tokio::test]
async fn only_who_may_import_and_only_at_their_site() {
    let mut world = world().await;
    let manager = manager(&mut world).await;
    let page = send(&world, &manager, "/c/GYHY/import", "a.csv", MIXED.as_bytes()).await.is(303).location();
    let desk = world.staff("陈芳", Role::Desk).await;
    world.get(&desk, "/c/GYHY/import").await.is(403);
    world.get(&desk, &page).await.is(403);
    let elsewhere = world.another_site("LDGG", "绿地公馆").await;
    let stranger = world.staff_at(elsewhere, "外人", Role::SiteManager, "CS").await;
    world.get(&stranger, &page).await.is(404);
    world.get(&stranger, &page.replace("GYHY", "LDGG")).await.is(404);
    world.post(&stranger, &format!("{}/run", page.replace("GYHY", "LDGG")), &[("mode", "good_rows")]).await.is(404);
    // A list of homes is no list of staff.
    world.get(&manager, &page.replace("/import/", "/staff/import/")).await.is(404);
    let id = page.rsplit('/').next().unwrap();
    let token = world.token(&stranger).await;
    let foreign = world.api(&token, "GET", &format!("/api/v1/imports/{id}"), None).await.is(404).json();
    let nothing = world
        .api(&token, "GET", &format!("/api/v1/imports/{}", crate::import::ImportId::named("no")), None)
        .await
        .is(404)
        .json();
    assert_eq!(foreign["detail"], nothing["detail"]);
}

#[tokio::test]
async fn a_machine_sends_looks_runs_once_and_takes_back() {
    let mut world = world().await;
    let manager = manager(&mut world).await;
    let token = world.token(&manager).await;
    let sent = send_api(&world, &token, &[("site", "GYHY"), ("kind", "homes")], "a.csv", MIXED.as_bytes())
        .await
        .is(201)
        .json();
    assert_eq!(
        (sent["state"].as_str(), sent["report"]["rows"].as_i64(), sent["report"]["create"]["units"].as_i64()),
        (Some("draft"), Some(2), Some(1))
    );
    let path = format!("/api/v1/imports/{}", sent["id"].as_str().unwrap());
    let refused = world
        .api(&token, "POST", &format!("{path}/run"), Some(json!({ "mode": "all_or_nothing" })))
        .await
        .is(422)
        .json();
    assert_eq!(refused["code"], "import_has_errors");
    let done =
        world.api(&token, "POST", &format!("{path}/run"), Some(json!({ "mode": "good_rows" }))).await.is(200).json();
    assert_eq!(
        (done["state"].as_str(), done["report"]["errors"][0]["code"].as_str()),
        (Some("done"), Some("phone_masked"))
    );
    world.api(&token, "POST", &format!("{path}/run"), Some(json!({ "mode": "good_rows" }))).await.is(409);
    let undone = world.api(&token, "POST", &format!("{path}/undo"), Some(json!({}))).await.is(200).json();
    assert_eq!(undone["state"], "undone");
    let foreign = send_api(&world, &token, &[("site", "XXXX")], "a.csv", MIXED.as_bytes()).await;
    assert_eq!(foreign.status, 404);
    let bad = send_api(&world, &token, &[("site", "GYHY")], "a.pdf", b"%PDF-1.7").await.is(422).json();
    assert_eq!(bad["errors"][0]["code"], "file_foreign");
}

#[tokio::test]
async fn a_template_comes_back_without_its_examples() {
    let mut world = world().await;
    let manager = manager(&mut world).await;
    for (path, fields) in [("/c/GYHY/import/template", 12), ("/c/GYHY/staff/import/template", 12)] {
        let bytes = world.get(&manager, path).await.is(200).body;
        let book = sheets::read(&bytes, "t.xlsx").unwrap();
        let kind = if path.contains("staff") { sheets::Kind::Staff } else { sheets::Kind::Homes };
        let proposals = sheets::propose_all(&book, &[], kind);
        assert_eq!((proposals.len(), proposals[0].mapping.columns.len()), (1, fields), "{path}");
        let reading = crate::import::reading::propose(&book, &[], kind);
        assert_eq!(crate::import::reading::rows(&book, &reading, kind, "桂语花园").count(), 0, "{path}");
    }
}

#[tokio::test]
async fn files_are_thrown_away_after_a_week() {
    let mut world = world().await;
    let manager = manager(&mut world).await;
    let page = send(&world, &manager, "/c/GYHY/import", "a.csv", MIXED.as_bytes()).await.is(303).location();
    let kept =
        || async { world.house.db().all::<String>("SELECT hash AS value FROM files ORDER BY hash", ()).await.unwrap() };
    let first = kept().await;
    assert!(world.house.files().path(&first[0]).exists());
    world.wait(8 * values::DAY);
    let manager = world.sign_in(manager.party, "周经理", false).await;
    send(&world, &manager, "/c/GYHY/import", "b.csv", "房号,业主\n1-1-103,王五\n".as_bytes()).await.is(303);
    assert!(!world.house.files().path(&first[0]).exists() && !kept().await.contains(&first[0]));
    assert!(world.get(&manager, &page).await.is(200).text().contains("请重新发上来"));
}

#[tokio::test]
async fn every_code_has_words() {
    let world = world().await;
    for lang in web::i18n::Lang::ALL {
        let said = world.app.catalogue().words(lang);
        let faults = sheets::Fault::ALL
            .iter()
            .map(|fault| words::fault_key(fault.code()))
            .chain(words::OWN_FAULTS.iter().map(|code| words::fault_key(code)));
        let skips = sheets::SkipReason::ALL.iter().map(|why| words::skip_key(why.code()));
        let fields = sheets::Field::ALL.iter().map(|field| words::field_key(*field));
        let files = sheets::all_codes()
            .into_iter()
            .filter(|code| code.starts_with("file_") || code.starts_with("archive_"))
            .map(|code| format!("refusal-{}", code.replace('_', "-")));
        for key in faults.chain(skips).chain(fields).chain(files) {
            assert!(said.find(&key).is_some(), "{key}");
        }
        for what in Dependence::ALL {
            let text = said.with("refusal-import-depends", &[("what", what.as_str().into()), ("count", "3".into())]);
            assert!(text.contains('3'), "{text}");
        }
    }
}
