use kernel::Role;

use super::{estate, number};

#[tokio::test]
async fn the_page_says_the_next_act_and_each_act_moves_it_on() {
    let estate = estate().await;
    let path = estate.call("3-1-1201", "漏水、渗水", "厨房顶上滴水").await;
    let page = estate.text(&path).await;
    assert!(page.contains("/assignment\" data-key=\".\""), "dispatch is the main act: {page}");
    let form = estate.text(&format!("{path}/assignment")).await;
    assert!(form.contains("李建国") && form.contains("维修工·在手 0 单") && !form.contains("工程维护部"), "{form}");
    estate.act(&path, "assignment", &[("to", &estate.li.party.to_string())]).await;
    let page = estate.text(&path).await;
    assert!(page.contains("已派单") && page.contains("派给 李建国"), "{page}");
    assert!(estate.text("/c/GYHY/orders").await.contains("李建国"));
    estate.act(&path, "messages", &[("text", "师傅半小时内到"), ("visible", "on")]).await;
    assert!(estate.text(&path).await.contains("师傅半小时内到"));
    estate.act(&path, "cancellation", &[("why", "业主不需要了")]).await;
    assert!(estate.text(&path).await.contains("已取消"));
}

/// T9, CRT-90.
#[tokio::test]
async fn t9_a_man_without_a_valid_certificate_is_refused_by_its_name() {
    let estate = estate().await;
    let path = estate.call("3-1-1201", "插座、开关", "插座没电").await;
    let form = estate.text(&format!("{path}/assignment")).await;
    assert!(form.contains("特种作业操作证") && form.contains("没有所需证书"), "{form}");
    assert!(form.contains("派不了的 1 人") && form.contains("没有能派的人") && form.contains(" disabled"), "{form}");
    let to = estate.li.party.to_string();
    let refused = estate.world.post(&estate.desk, &format!("{path}/assignment"), &[("to", &to)]).await.is(422).text();
    assert!(refused.contains("CRT-05") || refused.contains("特种作业操作证"), "{refused}");
    assert!(refused.contains(&format!("value=\"{to}\" checked")), "the choice is kept");
}

#[tokio::test]
async fn who_can_go_comes_first_and_somebody_is_found_by_pinyin() {
    let mut estate = estate().await;
    let site = estate.world.site;
    estate.world.staff_at(site, "孙伟", Role::Technician, "SEC").await;
    estate.world.staff_at(site, "周强", Role::Technician, "ENG").await;
    let busy = estate.call("3-1-1201", "漏水、渗水", "滴水").await;
    estate.act(&busy, "assignment", &[("to", &estate.li.party.to_string())]).await;
    let path = estate.call("3-1-1101", "漏水、渗水", "滴水").await;
    let form = estate.text(&format!("{path}/assignment")).await;
    let at = |word: &str| form.find(word).unwrap_or_else(|| panic!("{word}: {form}"));
    assert!(at("周强") < at("李建国") && at("李建国") < at("孙伟"), "free before busy, own department before others");
    assert!(form.contains("本部门能派的 2 人") && form.contains("秩序维护部·"), "{form}");
    let found = estate.text(&format!("{path}/assignment?q=zq")).await;
    assert!(found.contains("周强") && !found.contains("李建国") && found.contains("value=\"zq\""), "{found}");
    let nobody = estate.text(&format!("{path}/assignment?q=zzz")).await;
    assert!(nobody.contains("没有叫“zzz”的人") && nobody.contains("看全部"), "{nobody}");
}

#[tokio::test]
async fn who_cannot_be_chosen_stands_last_with_the_reason() {
    let mut estate = estate().await;
    let path = estate.call("3-1-1201", "漏水、渗水", "滴水").await;
    let li = estate.li.party.to_string();
    estate.act(&path, "assignment", &[("to", &li)]).await;
    let leader = estate.world.staff("周主管", Role::SiteManager).await;
    let form = estate.world.get(&leader, &format!("{path}/transfer")).await.is(200).text();
    assert!(form.contains("这张单就在这位手上") && form.contains(&format!("value=\"{li}\" disabled")), "{form}");
}

/// T11, CSV §9 example 3.
#[tokio::test]
async fn t11_ten_hours_of_waiting_for_parts_move_the_completion_by_ten_hours() {
    let mut estate = estate().await;
    let path = estate.call("3-1-1201", "漏水、渗水", "滴水").await;
    assert!(estate.text(&path).await.contains("限 8-13 10:24"));
    estate.act(&path, "assignment", &[("to", &estate.li.party.to_string())]).await;
    let boss = estate.world.staff("赵强", Role::Supervisor).await;
    assert!(estate.world.get(&boss, &path).await.is(200).text().contains("改派"));
    estate.world.post(&estate.li, &format!("{path}/taking"), &[]).await.is(303);
    estate.act(&path, "suspension", &[("reason", "parts"), ("text", "角阀下午到")]).await;
    estate.world.wait(10 * 3_600_000);
    let paused = estate.text(&path).await;
    assert!(
        paused.contains("因待料暂停") && paused.contains("角阀下午到") && paused.contains("class=\"stop\""),
        "{paused}"
    );
    estate.act(&path, "resumption", &[]).await;
    assert!(estate.text(&path).await.contains("限 8-13 20:24"));
    let reasonless =
        estate.world.post(&estate.desk, &format!("{path}/suspension"), &[("reason", "")]).await.is(422).text();
    assert!(reasonless.contains("请选一个挂起的原因"));
}

#[tokio::test]
async fn a_correction_is_previewed_and_changes_nothing_before_it_is_saved() {
    let estate = estate().await;
    let path = estate.call("3-1-1201", "漏水、渗水", "滴水").await;
    let form = estate.text(&format!("{path}/classification")).await;
    assert!(form.contains("value=\"3-1-1201\"") && form.contains("value=\"漏水、渗水\""), "{form}");
    let preview = estate
        .text(&format!(
            "{path}/classification?kind=repair&category=%E6%BC%8F%E6%B0%B4%E3%80%81%E6%B8%97%E6%B0%B4&urgency=normal"
        ))
        .await;
    assert!(
        preview.contains("时限会这样变") && preview.contains("限 10:54") && preview.contains("限 8-13 10:24"),
        "{preview}"
    );
    assert!(estate.text(&path).await.contains("急修"), "a preview keeps nothing");
    let version = version(&form);
    estate
        .act(
            &path,
            "classification",
            &[("kind", "repair"), ("category", "漏水、渗水"), ("urgency", "normal"), ("version", &version)],
        )
        .await;
    let page = estate.text(&path).await;
    assert!(page.contains("更正了工单") && page.contains("一般 3 天"), "{page}");
}

fn version(form: &str) -> String {
    form.split("name=\"version\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_string()
}

#[tokio::test]
async fn the_second_of_two_people_correcting_one_order_sees_both_versions() {
    let estate = estate().await;
    let path = estate.call("3-1-1201", "漏水、渗水", "滴水").await;
    let seen = version(&estate.text(&format!("{path}/classification")).await);
    let fields = |urgency: &'static str, seen: &str| {
        vec![
            ("kind", "repair".to_string()),
            ("category", "漏水、渗水".to_string()),
            ("urgency", urgency.to_string()),
            ("place", "3-1-1201".to_string()),
            ("version", seen.to_string()),
        ]
    };
    let first = fields("normal", &seen);
    let first: Vec<(&str, &str)> = first.iter().map(|(name, value)| (*name, value.as_str())).collect();
    estate.world.post(&estate.manager, &format!("{path}/classification"), &first).await.is(303);
    let mut second = fields("urgent", &seen);
    second[1].1 = "水管爆裂".to_string();
    let second: Vec<(&str, &str)> = second.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let page = estate.world.post(&estate.desk, &format!("{path}/classification"), &second).await.is(409).text();
    assert!(
        page.contains("周敏 在") && page.contains("先保存了") && page.contains("水管爆裂") && page.contains("一般"),
        "{page}"
    );
}

#[tokio::test]
async fn a_phone_is_shown_whole_only_by_an_act_that_the_audit_keeps() {
    let estate = estate().await;
    let path =
        estate.call_with("3-1-1201", "漏水、渗水", "滴水", &[("name", "王丽华"), ("phone", "13800002207")]).await;
    assert!(!estate.text(&path).await.contains("138 0000 2207"));
    assert!(
        estate.world.post(&estate.desk, &format!("{path}/phone"), &[]).await.is(200).text().contains("138 0000 2207")
    );
    assert!(estate.world.audit().await.contains(&"order.phone_shown".to_string()));
}

#[tokio::test]
async fn two_orders_become_one_by_hand_and_a_second_caller_is_added() {
    let estate = estate().await;
    let first = estate.call("3-1-1201", "漏水、渗水", "厨房滴水").await;
    let second = estate.call("3-1-1202", "漏水、渗水", "隔壁也滴").await;
    let form = estate.text(&format!("{second}/merge")).await;
    assert!(form.contains("B-0812-001 厨房滴水"), "{form}");
    assert!(
        estate
            .world
            .post(&estate.desk, &format!("{second}/merge"), &[])
            .await
            .is(422)
            .text()
            .contains("请选要并入的工单")
    );
    let to = estate
        .world
        .post(&estate.desk, &format!("{second}/merge"), &[("into", &number(&first).to_string())])
        .await
        .is(303)
        .location();
    assert_eq!(to, first);
    estate.act(&first, "reporters", &[("name", "孙梅"), ("phone", "13700001111")]).await;
    assert!(estate.text(&first).await.contains("孙*"));
    estate.world.post(&estate.desk, &format!("{first}/reporters"), &[("name", ""), ("phone", "")]).await.is(422);
}

#[tokio::test]
async fn short_numbers_lead_to_the_form_with_the_year_and_unknown_ones_to_nothing() {
    let estate = estate().await;
    let path = estate.call("3-1-1201", "漏水、渗水", "滴水").await;
    assert_eq!(estate.world.get(&estate.desk, "/c/GYHY/orders/B-0812-001").await.is(303).location(), path);
    estate.world.get(&estate.desk, "/c/GYHY/orders/B-260812-099").await.is(404);
    estate.world.get(&estate.desk, "/c/GYHY/orders/nonsense").await.is(404);
}

#[tokio::test]
async fn the_work_order_prints_as_a_pdf() {
    let estate = estate().await;
    let path = estate.call("3-1-1201", "漏水、渗水", "滴水").await;
    let file = estate.world.get(&estate.desk, &format!("{path}/paper.pdf")).await.is(200);
    assert!(file.body.starts_with(b"%PDF-") && file.header("content-type") == "application/pdf");
}

#[tokio::test]
async fn closing_without_work_needs_a_reason_and_says_it() {
    let estate = estate().await;
    let path = estate.call("3-1-1201", "漏水、渗水", "滴水").await;
    let refused = estate.world.post(&estate.desk, &format!("{path}/closure"), &[("why", " ")]).await.is(422).text();
    assert!(refused.contains("aria-invalid=\"true\""), "{refused}");
    estate.act(&path, "closure", &[("why", "业主自己处理好了")]).await;
    assert!(estate.text(&path).await.contains("关闭原因：业主自己处理好了"));
    estate.act(&path, "reopening", &[("why", "又漏了")]).await;
    assert!(estate.text(&path).await.contains("已重开"));
}

#[tokio::test]
async fn several_orders_are_dispatched_at_once_and_failures_are_named_row_by_row() {
    let estate = estate().await;
    let leak = number(&estate.call("3-1-1201", "漏水、渗水", "厨房滴水").await).to_string();
    let socket = number(&estate.call("3-1-101", "插座、开关", "插座没电").await).to_string();
    let form = estate.text(&format!("/c/GYHY/orders/bulk/assignment?pick={leak}&pick={socket}")).await;
    assert!(form.contains("选中的 2 单") && form.contains("李建国") && form.contains("厨房滴水"), "{form}");
    let to = estate.li.party.to_string();
    let fields = [("pick", leak.as_str()), ("pick", socket.as_str()), ("to", to.as_str())];
    let told = estate.world.post(&estate.desk, "/c/GYHY/orders/bulk/assignment", &fields).await.is(409).text();
    assert!(told.contains("1 单已派单") && told.contains("B-0812-002 没有办成"), "{told}");
    assert!(estate.text(&format!("/c/GYHY/orders/{leak}")).await.contains("已派单"));
    let none = estate
        .world
        .post(&estate.desk, "/c/GYHY/orders/bulk/assignment", &[("pick", socket.as_str())])
        .await
        .is(422)
        .text();
    assert!(none.contains("请选派给谁"));
}
