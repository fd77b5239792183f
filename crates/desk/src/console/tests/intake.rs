use super::{estate, number};
use kernel::orders::Kind;

/// T8: nine fields of which three are typed; the rest are the defaults a keyboard leaves alone.
#[tokio::test]
async fn a_phone_report_is_one_form_and_one_submit() {
    let estate = estate().await;
    estate.owner("3-1-1201", "王丽华", "13800002207").await;
    let form = estate.text("/c/GYHY/orders/new").await;
    assert!(
        form.contains("autofocus") && form.contains("lsss"),
        "the cursor stands in the first field; categories are found by initials"
    );
    let about = estate.text("/c/GYHY/orders/new/about?place=3-1-1201").await;
    assert!(about.contains("王*华") && about.contains("138 **** 2207"), "{about}");
    let typed = "3-1-1201\tls\t厨房顶上滴水";
    let path = estate.call("3栋1201", "漏水、渗水", "厨房顶上滴水").await;
    assert!(typed.chars().count() < 35 * 5, "35 seconds at five keys a second");
    let page = estate.text(&path).await;
    assert!(page.contains("3-1-1201") && page.contains("急修") && page.contains("厨房顶上滴水"));
    assert!(page.contains("限 10:54"), "arrival is promised 30 minutes after 10:24");
    assert_eq!(number(&path).kind, Kind::Repair);
}

#[tokio::test]
async fn who_calls_is_chosen_among_those_who_live_there() {
    let estate = estate().await;
    let wang = estate.owner("3-1-1201", "王丽华", "13800002207").await;
    let path = estate.call_with("3-1-1201", "漏水、渗水", "滴水", &[("caller", &wang.to_string())]).await;
    let page = estate.text(&path).await;
    assert!(page.contains("王*华") && page.contains("138 **** 2207") && !page.contains("13800002207"));
    let other =
        estate.call_with("3-1-1201", "漏水、渗水", "滴水", &[("caller", &wang.to_string()), ("name", "孙晓梅")]).await;
    assert!(estate.text(&other).await.contains("孙*梅"), "a name that was typed is somebody else");
}

#[tokio::test]
async fn an_answer_given_at_once_closes_with_the_same_submit() {
    let estate = estate().await;
    let path = estate
        .call_with(
            "3-1-101",
            "装修手续、押金",
            "装修押金什么时候退",
            &[("kind", "enquiry"), ("answer", "验收满三个月后退")],
        )
        .await;
    let page = estate.text(&path).await;
    assert!(page.contains("已关闭") && page.contains("验收满三个月后退"), "{page}");
}

/// CSV §9 example 5, T10.
#[tokio::test]
async fn csv_9_5_the_same_leak_from_above_is_offered_for_merging_before_saving_and_both_callers_stay() {
    let estate = estate().await;
    estate.owner("3-1-1201", "王丽华", "13800002207").await;
    estate.owner("3-1-1101", "刘洋", "13900003308").await;
    let first = estate.call("3-1-1201", "漏水、渗水", "厨房顶上滴水").await;
    estate.world.wait(19 * 60_000);
    let second = [
        ("place", "3-1-1101"),
        ("category", "漏水、渗水"),
        ("text", "卫生间顶上也滴水"),
        ("name", "刘洋"),
        ("phone", "139 0000 3308"),
        ("caller", "other"),
    ];
    let offered = estate.world.post(&estate.desk, "/c/GYHY/orders", &second).await.is(422).text();
    assert!(offered.contains("24 小时内有相同的报事") && offered.contains("并入 B-0812-001"), "{offered}");
    assert!(offered.contains("卫生间顶上也滴水") && offered.contains("139 0000 3308"), "nothing typed is lost");
    let mut decided = second.to_vec();
    let target = number(&first).to_string();
    decided.push(("merge", &target));
    let path = estate.world.post(&estate.desk, "/c/GYHY/orders", &decided).await.is(303).location();
    assert_eq!(path, first);
    let page = estate.text(&first).await;
    assert!(page.contains("也来报过") && page.contains("刘*") && page.contains("3-1-1101"), "{page}");
    let merged = estate.world.get(&estate.desk, "/c/GYHY/orders/B-260812-002").await.is(303);
    assert_eq!(merged.location(), first, "the number of the merged one leads on");
}

/// T23.
#[tokio::test]
async fn a_form_with_a_short_phone_and_no_words_names_both_and_keeps_everything_typed() {
    let estate = estate().await;
    let sent = [
        ("place", "3-1-1201"),
        ("category", "漏水、渗水"),
        ("text", ""),
        ("phone", "1380000220"),
        ("entry_note", "家有婴儿"),
    ];
    let page = estate.world.post(&estate.desk, "/c/GYHY/orders", &sent).await.is(422).text();
    assert!(
        page.contains("有 2 处要改") && page.contains("href=\"#f-text\"") && page.contains("href=\"#f-phone\""),
        "{page}"
    );
    assert!(page.contains("1380000220") && page.contains("家有婴儿") && page.contains("3-1-1201"));
}

#[tokio::test]
async fn a_place_that_is_not_there_and_one_that_may_be_several_are_told_apart() {
    let estate = estate().await;
    let place = |place: &'static str| [("place", place), ("category", "漏水、渗水"), ("text", "滴水")];
    assert!(
        estate
            .world
            .post(&estate.desk, "/c/GYHY/orders", &place("9-9-901"))
            .await
            .is(422)
            .text()
            .contains("没有这个位置")
    );
    assert!(estate.text("/c/GYHY/orders/new/about?place=9-9-901").await.contains("没有这个位置"));
    assert!(
        estate
            .world
            .post(&estate.desk, "/c/GYHY/orders", &[("place", "3-1-101"), ("category", "不存在的"), ("text", "滴水")])
            .await
            .is(422)
            .text()
            .contains("没有这个类别")
    );
}

#[tokio::test]
async fn a_double_click_makes_one_order() {
    let estate = estate().await;
    let sent = [("place", "3-1-101"), ("category", "漏水、渗水"), ("text", "滴水"), ("idempotency_key", "k-1")];
    let first = estate.world.post(&estate.desk, "/c/GYHY/orders", &sent).await.is(303).location();
    let second = estate.world.post(&estate.desk, "/c/GYHY/orders", &sent).await.is(303).location();
    assert_eq!(first, second);
}
