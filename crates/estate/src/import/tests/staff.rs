use kernel::{Error, Role, access, certificates};
use sheets::Kind;

use super::{taking_back::take_back, world::*};

const LIST: &str = "姓名,手机,部门,岗位,入职日期,工号,登录名,证书名称,证书编号,有效期至,复审日期\n\
    李建国,13800004321,工程部,综合维修工,2022-03-01,E012,LiJianGuo,低压电工作业证,T3301,2028-03-01,2027-03-01\n\
    李建国,13800004321,,,,,,登高架设作业证,G3302,2028-03-01,\n\
    陈芳,13900008765,客户服务部,前台接待,2023-07-15,C003,chenfang,,,,\n\
    赵敏,13900008766,保安部,门岗,,,,保安员证,B0001,,\n";

async fn staff(world: &testing::World, list: &str) -> crate::import::Report {
    import_as(world, Kind::Staff, "staff.csv", list.as_bytes(), GOOD).await.expect("the list is imported")
}

#[tokio::test]
async fn staff_come_with_departments_posts_logins_and_certificates() {
    let world = world().await;
    let report = staff(&world, LIST).await;
    assert_eq!(wrong(&report), [""; 0]);
    let create: Vec<(&str, usize)> = report.create.iter().map(|(name, count)| (name.as_str(), *count)).collect();
    assert_eq!(create, [("certificates", 3), ("logins", 2), ("parties", 3), ("staff", 3)]);
    let db = world.house.db();
    let posts: Vec<String> = db.all("SELECT d.code || ' ' || o.name || ' ' || s.from_day AS value FROM staff s JOIN departments d ON d.id = s.department JOIN posts o ON o.id = s.post ORDER BY d.sort", ()).await.unwrap();
    assert_eq!(posts, ["CS 前台接待 2023-07-15", "ENG 综合维修工 2022-03-01", "SEC 门岗 2026-08-12"]);
    let mut read = world.house.read(&access::system(world.site, "test")).await.unwrap();
    let party: kernel::PartyId =
        read.one("SELECT party AS value FROM accounts WHERE login = 'lijianguo'", ()).await.unwrap();
    let day = "2026-08-12".parse().unwrap();
    assert_eq!(
        certificates::missing(&mut read, party, certificates::Kind::Crt05, Some("low_voltage"), day).await.unwrap(),
        None
    );
    assert_eq!(
        certificates::missing(&mut read, party, certificates::Kind::Crt05, Some("height"), day).await.unwrap(),
        None
    );
}

#[tokio::test]
async fn the_same_staff_twice_changes_nothing_and_a_renewed_certificate_does() {
    let world = world().await;
    staff(&world, LIST).await;
    let before = register(&world).await;
    let again = staff(&world, LIST).await;
    assert_eq!((again.unchanged, again.change.len(), register(&world).await), (3, 0, before));
    let renewed = staff(&world, &LIST.replace("2027-03-01", "2028-02-01")).await;
    assert_eq!(renewed.change["certificates"], 1);
}

#[tokio::test]
async fn what_a_list_of_staff_cannot_decide_is_named() {
    let world = world().await;
    staff(&world, LIST).await;
    let list = "姓名,手机,部门,岗位,登录名,证书名称,证书编号\n\
        周八,13700000001,飞行部,飞行员,,,\n\
        孙七,13700000002,,电工,,,\n\
        吴九,13700000003,工程部,电工,chenfang,,\n\
        郑十,13700000004,工程部,电工,,驾驶证,1\n\
        陈芳,13900008765,工程部,电工,,,\n";
    let report = staff(&world, &format!("{list}王二,13700000005,工程部,电工,,,\n")).await;
    assert_eq!(
        wrong(&report),
        ["2 department_unknown", "3 department_missing", "4 login_taken", "6 staff_post_differs"]
    );
    assert_eq!(left_out(&report), ["5 F 证书名称 certificate_unknown"]);
    assert_eq!((report.create["staff"], report.create["certificates"]), (2, 0));
}

#[tokio::test]
async fn an_import_of_staff_is_taken_back_unless_somebody_has_a_role() {
    let world = world().await;
    let empty = register(&world).await;
    staff(&world, LIST).await;
    let mut tx = world.house.begin(&access::system_company("test")).await.unwrap();
    let party: kernel::PartyId =
        tx.one("SELECT party AS value FROM accounts WHERE login = 'chenfang'", ()).await.unwrap();
    let day = "2026-08-12".parse().unwrap();
    kernel::staff::grant(&mut tx, party, Role::Desk, Some(world.site), None, day).await.unwrap();
    tx.commit().await.unwrap();
    let refused = take_back(&world, Kind::Staff).await;
    assert!(matches!(refused, Err(Error::Refused(ref why)) if why.args()[0].1 == "accounts"), "{refused:?}");

    let world = super::world::world().await;
    staff(&world, LIST).await;
    take_back(&world, Kind::Staff).await.unwrap();
    assert_eq!(register(&world).await, empty);
}

#[tokio::test]
async fn a_certificate_without_its_number_leaves_itself_out_and_not_the_person() {
    let world = world().await;
    let list = "工号,姓名,手机,部门,证书\n001,丁一,13912340001,工程部,低压电工证\n";
    let report = staff(&world, list).await;
    assert_eq!((report.create["staff"], report.errors.len()), (1, 0));
    assert_eq!(left_out(&report), ["2 E 证书 certificate_number_missing"], "it is missed beside the certificate");
    assert!(report.warnings[0].message.contains("低压电工证"), "{:?}", report.warnings[0]);
    let again = staff(&world, list).await;
    assert_eq!((again.unchanged, again.change.len(), again.create["staff"]), (1, 0, 0));
    let mended =
        staff(&world, &list.replace("证书\n", "证书,证书编号\n").replace("低压电工证\n", "低压电工证,T1\n")).await;
    assert_eq!((mended.create["certificates"], mended.create["staff"], mended.warnings.len()), (1, 0, 0));
}

#[tokio::test]
async fn a_staff_number_of_somebody_else_is_an_error_that_names_them() {
    let world = world().await;
    let one = "工号,姓名,手机,部门\n001,丁一,13912340001,工程部\n";
    let twice = staff(&world, &format!("{one}001,重号,13912340004,工程部\n")).await;
    assert_eq!((wrong(&twice), twice.create["staff"]), (vec!["3 staff_number_twice".to_string()], 1));
    assert!(twice.errors[0].message.contains("丁一") && twice.errors[0].column == "A 工号", "{:?}", twice.errors[0]);
    let later = staff(&world, &format!("{one}001,重号,13912340004,工程部\n").replace("001,丁一", "002,李四")).await;
    assert_eq!((wrong(&later), later.create["staff"]), (vec!["3 staff_number_taken".to_string()], 1));
    assert!(later.errors[0].message.contains("丁一"), "{:?}", later.errors[0]);
}
