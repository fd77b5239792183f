use kernel::{Role, orders::Kind};

use super::{Estate, estate, number};

/// Three calls: an urgent leak, a noise complaint and a question.
async fn three(estate: &Estate) -> [String; 3] {
    [
        estate.call("3-1-1201", "漏水、渗水", "厨房顶上滴水").await,
        estate.call("3-1-101", "生活噪音", "夜里敲墙").await,
        estate.call("3-1-201", "其他咨询", "快递柜怎么用").await,
    ]
}

#[tokio::test]
async fn the_most_urgent_stands_first_and_totals_are_of_the_whole_result() {
    let estate = estate().await;
    three(&estate).await;
    let page = estate.text("/c/GYHY/orders").await;
    let at = |text: &str| page.find(text).unwrap_or_else(|| panic!("{text} is not there"));
    assert!(at("厨房顶上滴水") < at("夜里敲墙"), "ten minutes to dispatch come before thirty to reply");
    assert!(page.contains("共 3 条"));
    let first = estate.text("/c/GYHY/orders?size=20").await;
    assert!(first.contains("1–3"));
}

#[tokio::test]
async fn pages_follow_each_other_by_key_without_a_gap_or_a_double() {
    let estate = estate().await;
    for at in 0..23 {
        estate.call("3-1-201", "其他咨询", &format!("第{at:02}问")).await;
    }
    let first = estate.text("/c/GYHY/orders?size=20").await;
    let next = first
        .split("rel=\"next\"")
        .next()
        .unwrap()
        .rsplit("href=\"")
        .next()
        .unwrap()
        .split('"')
        .next()
        .unwrap()
        .replace("&amp;", "&");
    let second = estate.text(&next).await;
    let on = |page: &str| (0..23).filter(|at| page.contains(&format!("第{at:02}问"))).count();
    assert_eq!((on(&first), on(&second)), (20, 3));
    assert!(second.contains("21–23") && second.contains("共 23 条"));
}

/// T20: the address is the state; what it shows is what the file holds, row by row.
#[tokio::test]
async fn filters_in_the_address_give_the_same_rows_as_the_file() {
    let estate = estate().await;
    three(&estate).await;
    for query in [
        "",
        "kind=complaint",
        "kind=repair&bldg=3",
        "state=any&since=today",
        "cat=water",
        "q=0812-002",
        "q=%E6%95%B2%E5%A2%99",
        "who=none",
        "channel=desk",
    ] {
        let page = estate.text(&format!("/c/GYHY/orders?{query}")).await;
        let file = estate.world.get(&estate.desk, &format!("/c/GYHY/orders.xlsx?{query}")).await.is(200);
        let workbook = sheets::read(&file.body, "orders.xlsx").unwrap();
        let sheet = &workbook.sheets[0];
        let rows: Vec<String> = (1..sheet.len()).map(|row| format!("{:?}", sheet.cell(row, 2))).collect();
        let on_page = ["厨房顶上滴水", "夜里敲墙", "快递柜怎么用"].map(|title| page.contains(title));
        let in_file =
            ["厨房顶上滴水", "夜里敲墙", "快递柜怎么用"].map(|title| rows.iter().any(|row| row.contains(title)));
        assert_eq!(on_page, in_file, "{query}");
    }
}

#[tokio::test]
async fn the_file_has_the_columns_and_the_masks_of_the_screen() {
    let estate = estate().await;
    estate.call_with("3-1-1201", "漏水、渗水", "滴水", &[("name", "王丽华"), ("phone", "13800002207")]).await;
    let text = estate.world.get(&estate.desk, "/c/GYHY/orders.csv").await.is(200).text();
    assert!(text.starts_with("\u{feff}单号,类型,事项,位置,报事人,状态,时限,负责人,渠道,更新"), "{text}");
    assert!(text.contains("B-0812-001,报修,滴水 急修·漏水、渗水,3-1-1201,王*华,已受理"), "{text}");
    assert!(!text.contains("王丽华") && !text.contains("2207"));
    assert!(
        estate.world.audit().await.contains(&"list.exported".to_string()),
        "a list that leaves the house is audited"
    );
}

#[tokio::test]
async fn a_view_is_saved_for_its_owner_alone_and_can_be_deleted() {
    let estate = estate().await;
    three(&estate).await;
    let form = estate.text("/c/GYHY/orders/views/new?cat=water").await;
    assert!(form.contains("value=\"cat=water\""));
    let path = estate
        .world
        .post(&estate.desk, "/c/GYHY/orders/views", &[("name", "漏水专项"), ("query", "cat=water")])
        .await
        .is(303)
        .location();
    assert_eq!(path, "/c/GYHY/orders?cat=water");
    let page = estate.text(&path).await;
    assert!(page.contains("漏水专项"));
    assert!(!estate.world.get(&estate.manager, "/c/GYHY/orders").await.text().contains("漏水专项"));
    let deletion = page.split("/c/GYHY/orders/views/").nth(1).unwrap().split('"').next().unwrap();
    let deletion = format!("/c/GYHY/orders/views/{deletion}");
    estate.world.post(&estate.manager, &deletion, &[]).await.is(404);
    estate.world.post(&estate.desk, &deletion, &[]).await.is(303);
    assert!(!estate.text("/c/GYHY/orders").await.contains("漏水专项"));
    let nameless = estate
        .world
        .post(&estate.desk, "/c/GYHY/orders/views", &[("name", ""), ("query", "cat=water")])
        .await
        .is(422)
        .text();
    assert!(nameless.contains("1 到 20 个字"));
}

#[tokio::test]
async fn overdue_is_counted_to_the_second_after_the_limit() {
    let estate = estate().await;
    estate.call("3-1-1201", "漏水、渗水", "滴水").await;
    estate.world.at("2026-08-12T10:34:00+08:00");
    assert!(!estate.text("/c/GYHY/orders?due=late").await.contains("滴水"), "the limit is inside");
    assert!(estate.text("/c/GYHY/orders?due=soon").await.contains("滴水"));
    estate.world.at("2026-08-12T10:34:01+08:00");
    let late = estate.text("/c/GYHY/orders?due=late").await;
    assert!(late.contains("滴水") && late.contains("派单超"));
}

#[tokio::test]
async fn each_role_sees_what_its_rights_open() {
    let mut estate = estate().await;
    three(&estate).await;
    for (role, status) in [
        (Role::SiteManager, 200),
        (Role::Supervisor, 200),
        (Role::Steward, 200),
        (Role::CompanyLeader, 200),
        (Role::Technician, 403),
        (Role::Personnel, 403),
    ] {
        let person = estate.world.staff("某某", role).await;
        estate.world.get(&person, "/c/GYHY").await.is(200);
        estate.world.get(&person, "/c/GYHY/orders").await.is(status);
    }
    let personnel = estate.world.staff("人事", Role::Personnel).await;
    estate.world.get(&personnel, "/c/GYHY/orders.csv").await.is(403);
}

#[tokio::test]
async fn another_site_is_not_there_at_all() {
    let mut estate = estate().await;
    let [path, ..] = three(&estate).await;
    let other = estate.world.another_site("LYXC", "绿园新村").await;
    let stranger = estate.world.staff_at(other, "赵某", Role::Desk, "CS").await;
    for page in ["/c/GYHY", "/c/GYHY/orders", "/c/GYHY/orders/new", "/c/GYHY/orders.csv", path.as_str()] {
        estate.world.get(&stranger, page).await.is(404);
    }
    let there = format!("/c/LYXC/orders/{}", number(&path));
    estate.world.get(&stranger, &there).await.is(404);
    estate.world.post(&stranger, &format!("{there}/answer"), &[("text", "x")]).await.is(404);
    assert_eq!(number(&path).kind, Kind::Repair);
}

#[tokio::test]
async fn today_names_what_waits_and_every_number_opens_to_its_rows() {
    let estate = estate().await;
    let empty = estate.text("/c/GYHY").await;
    assert!(empty.contains("没有等您处理的") && empty.contains("8 月 12 日 星期三"));
    three(&estate).await;
    let page = estate.text("/c/GYHY").await;
    assert!(
        page.contains("需要您处理")
            && page.contains("厨房顶上滴水")
            && page.contains("/orders/B-260812-001/assignment")
    );
    assert!(
        page.contains("href=\"/c/GYHY/orders?due=late\"")
            && page.contains("href=\"/c/GYHY/orders?state=undispatched\"")
    );
}
