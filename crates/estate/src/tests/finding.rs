use kernel::{
    Role, access,
    parties::HomeRole,
    search::{self, Found},
    sites,
};

use super::words::Estate;

async fn found(estate: &Estate, text: &str) -> Found {
    let mut read = estate.read(estate.world.site).await;
    let site = sites::by_code(&mut read, "GYHY").await.unwrap();
    search::find_at(&mut read, &site, text, 8).await.unwrap()
}
fn homes(found: &Found) -> Vec<&str> {
    found.homes.iter().map(|hit| hit.code.as_str()).collect()
}
fn people(found: &Found) -> Vec<&str> {
    found.people.iter().map(|hit| hit.name.as_str()).collect()
}

async fn lived_in() -> Estate {
    let estate = Estate::new().await;
    estate.lives("3-1-0101", "王桂华", &["13800002207"], HomeRole::Owner, "2022-07-01").await;
    estate.lives("3-2-0101", "张三", &["13900001234"], HomeRole::Owner, "2022-07-01").await;
    estate.lives("3-2-0102", "单雄", &[], HomeRole::Tenant, "2022-07-01").await;
    estate
}

#[tokio::test]
async fn homes_are_found_by_every_shape_people_type() {
    let estate = lived_in().await;
    for (typed, first) in [
        ("3-1-0101", "3-1-0101"),
        ("3-1-101", "3-1-0101"),
        ("3栋1单元101", "3-1-0101"),
        ("3 栋 101", "3-1-0101"),
        ("3#101", "3-1-0101"),
        ("101", "3-1-0101"),
        ("3-2-18", "3-2-1801"),
        ("３－２－１０１", "3-2-0101"),
    ] {
        let found = found(&estate, typed).await;
        assert_eq!(homes(&found).first(), Some(&first), "{typed}");
        assert!(found.home_first, "{typed}");
    }
    assert!(found(&estate, "3-9-101").await.is_empty());
}

#[tokio::test]
async fn people_are_found_by_name_pinyin_initials_and_phone() {
    let estate = lived_in().await;
    for (typed, name) in [
        ("王桂华", "王桂华"),
        ("桂华", "王桂华"),
        ("wangguihua", "王桂华"),
        ("WGH", "王桂华"),
        ("2207", "王桂华"),
        ("1380000", "王桂华"),
        ("zhangsan", "张三"),
        ("zs", "张三"),
        ("shanx", "单雄"),
        ("sx", "单雄"),
        ("danxiong", "单雄"),
    ] {
        assert_eq!(people(&found(&estate, typed).await), [name], "{typed}");
    }
    let hit = found(&estate, "zs").await.people.remove(0);
    assert_eq!(hit.homes, [("3-2-0101".to_string(), "owner".to_string())]);
    assert_eq!(hit.phone.unwrap().masked(), "139 **** 1234");
}

#[tokio::test]
async fn several_words_must_all_fit() {
    let estate = lived_in().await;
    assert_eq!(homes(&found(&estate, "101 张").await), ["3-2-0101"]);
    assert_eq!(homes(&found(&estate, "wgh 101").await), ["3-1-0101"]);
    assert!(homes(&found(&estate, "102 张三").await).is_empty());
    assert_eq!(people(&found(&estate, "张三 1234").await), ["张三"]);
    assert!(people(&found(&estate, "张三 2207").await).is_empty());
}

#[tokio::test]
async fn a_word_may_name_the_site() {
    let estate = lived_in().await;
    let other = estate.world.another_site("HYY", "海韵苑").await;
    estate.building(other, "3栋 1单元 2层 每层2户").await;
    let mut read = estate.world.house.read(&access::system_company("test")).await.unwrap();
    let everywhere = search::find(&mut read, "3-1-101", 20).await.unwrap();
    assert_eq!(everywhere.homes.len(), 2);
    let here = search::find(&mut read, "101 桂语", 20).await.unwrap();
    assert_eq!(homes(&here), ["3-1-0101", "3-2-0101"]);
    let there = search::find(&mut read, "海韵 101", 20).await.unwrap();
    assert_eq!(there.homes.iter().map(|hit| hit.site_code.as_str()).collect::<Vec<_>>(), ["HYY"]);
}

#[tokio::test]
async fn the_box_gets_options_and_the_page_works_without_scripts() {
    let estate = lived_in().await;
    let page = estate.world.get(&estate.desk, "/c/GYHY/find?q=3-1-101").await.is(200).text();
    assert!(page.contains("<html") && page.contains("role=\"option\"") && page.contains("/c/GYHY/3-1-0101"));
    assert!(page.contains("/c/GYHY/orders/new?place=3-1-0101"), "the one home offers a new order");
    let nothing = estate.world.get(&estate.desk, "/c/GYHY/find?q=nobody").await.is(200).text();
    assert!(nothing.contains("没有找到“nobody”"));
}

#[tokio::test]
async fn a_short_list_says_that_there_are_more_and_leads_to_all_of_them_page_by_page() {
    let estate = lived_in().await;
    let options = |page: &str| page.matches("<a class=\"palette-it\"").count();
    let short = estate.world.get(&estate.desk, "/c/GYHY/find?q=3-1").await.is(200).text();
    assert_eq!(options(&short), 9, "eight homes and the way to the others");
    let all = "/c/GYHY/find?q=3-1&amp;all=homes";
    assert!(short.contains("还有更多，看全部") && short.contains(&format!("href=\"{all}\"")), "{short}");
    let first = estate.world.get(&estate.desk, &all.replace("&amp;", "&")).await.is(200).text();
    assert_eq!(options(&first), 50);
    assert!(first.contains("共 113 个") && first.contains("1–50") && first.contains("value=\"3-1\""), "{first}");
    assert!(first.contains("/c/GYHY/find?q=3-1&amp;all=homes&amp;page=2"));
    let last = estate.world.get(&estate.desk, "/c/GYHY/find?q=3-1&all=homes&page=3").await.is(200).text();
    assert_eq!(options(&last), 13);
    assert!(last.contains("101–113") && !last.contains("rel=\"next\""), "{last}");
    let counted = estate.world.get(&estate.desk, "/c/GYHY/find?q=3-1-1").await.is(200).text();
    assert!(counted.contains("还有 32 个，看全部"), "floors 1 and 10 to 18: {counted}");
    let few = estate.world.get(&estate.desk, "/c/GYHY/find?q=zs").await.is(200).text();
    assert!(!few.contains("看全部"), "nothing is left out of one hit: {few}");
    let none = estate.world.get(&estate.desk, "/c/GYHY/find?q=zs&all=homes").await.is(200).text();
    assert!(none.contains("没有找到“zs”"), "{none}");
}

#[tokio::test]
async fn phones_stay_masked_and_technicians_do_not_search() {
    let mut estate = lived_in().await;
    let page = estate.world.get(&estate.desk, "/c/GYHY/find?q=zs").await.is(200).text();
    assert!(page.contains("139 **** 1234") && !page.contains("13900001234") && !page.contains("139 0000 1234"));
    let technician = estate.world.staff("李建国", Role::Technician).await;
    estate.world.get(&technician, "/c/GYHY/find?q=zs").await.is(403);
}
