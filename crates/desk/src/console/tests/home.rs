use kernel::{Role, access, calendar::DeskHours, places, policies};
use testing::World;

use super::estate;

/// A site straight after `anju admin add-site`, without categories, homes or anybody on its staff.
#[tokio::test]
async fn the_first_page_of_an_empty_site_says_where_to_start_and_each_line_goes_when_it_is_done() {
    let mut world = World::new(crate::routes(), &[web::i18n::WEB, crate::MESSAGES]).await;
    let admin = world.staff("周敏", Role::SiteManager).await;
    let page = world.get(&admin, "/c/GYHY").await.is(200).text();
    for step in ["按规则建楼", "导入房屋和业主名单", "核对并保存服务台时间", "设置分类", "/c/GYHY/settings\""]
    {
        assert!(page.contains(step), "{step}: {page}");
    }
    assert!(page.contains("从这里开始") && !page.contains("还没有员工"), "whoever reads this is on the staff: {page}");
    let mut tx = world.house.begin(&access::system(world.site, "world")).await.unwrap();
    crate::ship(&mut tx, world.site).await.unwrap();
    policies::open_desk(&mut tx, world.site, "2026-01-01".parse().unwrap(), &DeskHours::default()).await.unwrap();
    let rule = places::BuildingRule {
        building: "3".into(),
        stairs: 1,
        floors: 2,
        homes: 1,
        ..places::BuildingRule::default()
    };
    places::add_building(&mut tx, world.site, &rule, None).await.unwrap();
    tx.commit().await.unwrap();
    let page = world.get(&admin, "/c/GYHY").await.is(200).text();
    assert!(
        page.contains("还没有 24 小时服务电话") && !page.contains("导入房屋和业主名单") && !page.contains("设置分类"),
        "{page}"
    );
    let mut tx = world.house.begin(&access::system(world.site, "world")).await.unwrap();
    tx.run("UPDATE sites SET phone = '0571-0000 0000' WHERE id = $1", (world.site,)).await.unwrap();
    tx.note(world.site, "site.changed", "site", serde_json::Value::Null, serde_json::Value::Null);
    tx.commit().await.unwrap();
    assert!(!world.get(&admin, "/c/GYHY").await.is(200).text().contains("从这里开始"));
}

#[tokio::test]
async fn whoever_cannot_set_up_a_site_is_not_asked_to() {
    let estate = estate().await;
    assert!(!estate.text("/c/GYHY").await.contains("从这里开始"));
}
