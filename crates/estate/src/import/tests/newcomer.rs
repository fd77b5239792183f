//! The first list that a new company sent: each of its oddities is a test of its own.

use kernel::{access, places, places::PlaceKind};
use rust_xlsxwriter::{Format, Workbook, Worksheet};
use sheets::Kind;

use super::world::*;

fn write_row(sheet: &mut Worksheet, row: u32, cells: &[&str]) {
    for (column, text) in cells.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
        sheet.write_string(row, column as u16, *text).unwrap();
    }
}

/// Headings, homes, shops and spaces in one sheet; the spaces once more in another one, with their owners' homes.
fn list() -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet().set_name("业主台账2026").unwrap();
    sheet.merge_range(0, 0, 0, 9, "桂语花园小区业主信息登记表（2026年版）", &Format::new()).unwrap();
    let head =
        ["楼栋", "单元", "房号", "面积（㎡）", "业主姓名", "联系电话", "身份证号", "入住情况", "交房日期", "租户/电话"];
    write_row(sheet, 1, &head);
    sheet.merge_range(2, 0, 2, 9, "一、1号楼", &Format::new()).unwrap();
    let rows: [&[&str]; 10] = [
        &["1号楼", "1单元", "101", "89.5", "张三", "13912345678", "33010219800101001X", "自住", "2023/10/1"],
        &["1号楼", "1单元", "201", "89.5", "王五/赵六", "13712345678/13612345678", "", "出租", "", "小刘 13512345670"],
        &["1号楼", "2单元", "1-2-101", "128.6平", "欧阳 娜娜", "139-1234-5680", "", "空置", "不详"],
        &["1号楼", "2单元", "102", "128.6", "陈（已过户给陈小明）", "0571-88886666"],
        &["3号楼", "2", "B1-012", "", "钱多", "13812345699"],
        &["3号楼", "1", "1201A", "75.2", "孙一\n孙二", "13812345700\n13812345701"],
        &["3号楼", "1", "商铺3", "200", "某某便利店有限公司", "13812345702", "", "毛坯"],
        &["隔壁老王家后面", "1", "101", "80", "吴用", "13812345703"],
        &["小计", "", "", "5户"],
        &["注：本表不得外传"],
    ];
    for (index, cells) in rows.iter().enumerate() {
        write_row(sheet, index as u32 + 3, cells);
    }
    let spaces = workbook.add_worksheet().set_name("车位").unwrap();
    write_row(spaces, 0, &["车位号", "业主", "房号"]);
    write_row(spaces, 1, &["B1-013", "钱多", "3-2-301"]);
    write_row(spaces, 2, &["A-7", "张三", "1-1-101"]);
    workbook.save_to_buffer().unwrap()
}

async fn kind_of(world: &testing::World, code: &str) -> Option<PlaceKind> {
    let mut read = world.house.read(&access::system(world.site, "test")).await.unwrap();
    places::by_code(&mut read, world.site, code).await.ok().map(|place| place.kind)
}

#[tokio::test]
async fn the_same_file_with_a_sheet_of_spaces_twice_changes_nothing() {
    let world = world().await;
    let first = import_as(&world, Kind::Homes, "业主名单.xlsx", &list(), GOOD).await.unwrap();
    assert_eq!(wrong(&first), ["7 name_remark", "11 building_implausible"]);
    let before = register(&world).await;
    for _ in 0..2 {
        let again = import_as(&world, Kind::Homes, "业主名单.xlsx", &list(), GOOD).await.unwrap();
        assert_eq!((made(&again), again.change.len(), again.unchanged), ((0, 0, 0), 0, 8));
    }
    assert_eq!(register(&world).await, before);
    assert_eq!(kind_of(&world, "3-2-301").await, None, "no home comes from where a space's owner lives");
}

#[tokio::test]
async fn everybody_has_their_own_phone_and_the_tenant_is_no_owner() {
    let world = world().await;
    import_as(&world, Kind::Homes, "业主名单.xlsx", &list(), GOOD).await.unwrap();
    assert_eq!(
        people_of(&world, "1-1-201").await,
        [
            "王五 13712345678 owner 2026-08-12",
            "赵六 13612345678 co_owner 2026-08-12",
            "小刘 13512345670 tenant 2026-08-12"
        ]
    );
    assert_eq!(people_of(&world, "1-2-101").await, ["欧阳娜娜 13912345680 owner 2026-08-12"]);
    assert_eq!(
        people_of(&world, "3-1-1201A").await,
        ["孙一 13812345700 owner 2026-08-12", "孙二 13812345701 co_owner 2026-08-12"]
    );
}

#[tokio::test]
async fn a_shop_stays_in_its_building_and_a_space_lies_in_its_garage() {
    let world = world().await;
    import_as(&world, Kind::Homes, "业主名单.xlsx", &list(), GOOD).await.unwrap();
    for (code, kind) in [
        ("3-1-商铺3", PlaceKind::Shop),
        ("B1-012", PlaceKind::Parking),
        ("B1-013", PlaceKind::Parking),
        ("A-7", PlaceKind::Parking),
        ("B1", PlaceKind::Garage),
        ("3", PlaceKind::Building),
        ("3-1-1201A", PlaceKind::Unit),
    ] {
        assert_eq!(kind_of(&world, code).await, Some(kind), "{code}");
    }
    assert_eq!(people_of(&world, "A-7").await, ["张三 owner 2026-08-12"]);
    assert_eq!(kind_of(&world, "商铺").await, None);
}

#[tokio::test]
async fn what_was_left_out_is_told_while_its_row_is_taken() {
    let world = world().await;
    let report = import_as(&world, Kind::Homes, "业主名单.xlsx", &list(), GOOD).await.unwrap();
    assert_eq!(
        left_out(&report),
        [
            "2 H 入住情况 occupancy_unused",
            "4 G 身份证号 id_number_check",
            "6 I 交房日期 date_unknown",
            "1 C 房号 home_of_space"
        ]
    );
    assert_eq!(people_of(&world, "1-1-101").await, ["张三 13912345678 owner 2023-10-01"]);
    let told = &report.warnings[1];
    assert!(told.value.starts_with("330***") && !told.value.contains("19800101"), "{told:?}");
    assert!(report.warnings[0].message.contains("2 户"), "{:?}", report.warnings[0]);
}

#[tokio::test]
async fn the_page_masks_its_samples_names_the_sheet_and_tells_what_is_left_out() {
    let mut world = world().await;
    let manager = world.staff("周经理", kernel::Role::SiteManager).await;
    let page = send(&world, &manager, "/c/GYHY/import", "业主名单.xlsx", &list()).await.is(303).location();
    let preview = world.get(&manager, &page).await.is(200).text();
    for said in ["没有写入的内容", "校验位不对", "业主住哪里", "139****5678", "330***********001X"] {
        assert!(preview.contains(said), "{said}");
    }
    for secret in ["33010219800101001X", "一、1号楼 · "] {
        assert!(!preview.contains(secret), "{secret}");
    }
    let rows = preview.split("id=\"rows\"").nth(1).unwrap();
    assert!(rows.contains("业主台账2026") && rows.contains("车位"), "rows of several sheets name theirs");
}

#[tokio::test]
async fn a_column_that_a_person_left_out_stays_out_when_the_file_comes_again() {
    let mut world = world().await;
    let manager = world.staff("周经理", kernel::Role::SiteManager).await;
    let text = "房号,业主,联系电话\n1-1-101,张三,13912345678\n";
    let page = send(&world, &manager, "/c/GYHY/import", "a.csv", text.as_bytes()).await.is(303).location();
    let fields = [
        ("use-0", "on"),
        ("header-0", "1"),
        ("building-0", ""),
        ("column-0-0", "unit"),
        ("column-0-1", "owner"),
        ("column-0-2", ""),
    ];
    world.post(&manager, &format!("{page}/mapping"), &fields).await.is(303);
    world.post(&manager, &format!("{page}/run"), &[("mode", "all_or_nothing")]).await.is(303);
    assert_eq!(people_of(&world, "1-1-101").await, ["张三 owner 2026-08-12"]);
    let again = import_as(&world, Kind::Homes, "a.csv", text.as_bytes(), GOOD).await.unwrap();
    assert_eq!((made(&again), again.change.len(), again.unchanged), ((0, 0, 0), 0, 1));
}
