use kernel::{access, places};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet};
use sheets::Kind;

use super::world::*;
use crate::import::Refused;

fn write_row(sheet: &mut Worksheet, row: u32, cells: &[&str]) {
    for (column, text) in cells.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
        sheet.write_string(row, column as u16, *text).unwrap();
    }
}

/// Titles, a merged header of two rows, merged buildings, subtotals, notes, full width, mixed shapes, and three bad rows.
fn worst() -> Vec<u8> {
    let mut workbook = Workbook::new();
    let plain = Format::new();
    let date = Format::new().set_num_format("yyyy/m/d");
    let sheet = workbook.add_worksheet().set_name("业主台账").unwrap();
    sheet.merge_range(0, 0, 0, 9, "桂语花园业主信息登记表", &plain).unwrap();
    sheet.merge_range(1, 0, 1, 9, "填报日期：2023年5月1日", &plain).unwrap();
    for (column, text) in [(0, "序号"), (1, "楼栋"), (2, "房号"), (7, "建筑面积\n（㎡）"), (8, "交房时间"), (9, "备注")]
    {
        sheet.merge_range(2, column, 3, column, text, &plain).unwrap();
    }
    sheet.merge_range(2, 3, 2, 4, "业主信息", &plain).unwrap();
    sheet.merge_range(2, 5, 2, 6, "租户信息", &plain).unwrap();
    write_row(sheet, 3, &["", "", "", "姓名", "联系电话", "姓名", "联系电话"]);
    sheet.merge_range(4, 1, 6, 1, "1栋", &plain).unwrap();
    write_row(
        sheet,
        4,
        &["1", "", "1单元301", "张三、李四", "１３８００００００００", "", "", "89.37㎡", "2023年5月1日", "西边套"],
    );
    write_row(sheet, 5, &["2", "", "2-302", "王 五", "138 0000 0001/0571-88886666-801", "赵六", "13900000000"]);
    sheet.write_number(5, 7, 120.15).unwrap();
    sheet.write_number(5, 8, 45047).unwrap();
    write_row(sheet, 6, &["3", "", "0401", "杭州桂语置业有限公司", "无"]);
    sheet.write_number(6, 7, 65.08).unwrap();
    sheet.write_with_format(6, 8, ExcelDateTime::parse_from_str("2023-05-03").unwrap(), &date).unwrap();
    sheet.merge_range(7, 2, 7, 6, "小计", &plain).unwrap();
    write_row(sheet, 9, &["4", "2栋", "101", "孙七", "138****0000", "", "", "90", "20230504"]);
    write_row(sheet, 10, &["5", "2栋", "102", "周八", "13700000002", "", "", "九十", "20230504"]);
    write_row(sheet, 11, &["6", "2栋", "103", "周八", "13700000002", "", "", "90", "2023-13-45"]);
    write_row(sheet, 12, &["", "合计", "", "", "", "", "", "454.60"]);
    write_row(sheet, 14, &["制表人：刘一", "", "", "审核：陈二"]);
    workbook.save_to_buffer().unwrap()
}

#[tokio::test]
async fn the_worst_workbook_is_imported_from_end_to_end() {
    let world = world().await;
    let report = import_as(&world, Kind::Homes, "业主台账.xlsx", &worst(), GOOD).await.unwrap();
    assert_eq!((report.sheet.as_str(), report.header_row, report.rows), ("业主台账", Some(4), 6));
    assert_eq!(report.mapping["unit"], "C");
    assert_eq!(made(&report), (3, 5, 5));
    assert_eq!(wrong(&report), ["10 phone_masked", "11 area_unreadable", "12 date_unreadable"]);
    assert!(
        report.errors[0].column.starts_with('E') && report.errors[0].message.contains("星号"),
        "{:?}",
        report.errors[0]
    );
    assert_eq!(people_of(&world, "1-1-301").await, ["张三 13800000000 owner 2023-05-01", "李四 co_owner 2023-05-01"]);
    assert_eq!(
        people_of(&world, "1-2-302").await,
        ["王五 13800000001 0571-88886666 owner 2023-05-01", "赵六 13900000000 tenant 2023-05-01"]
    );
    assert_eq!(people_of(&world, "1-401").await, ["杭州桂语置业有限公司 owner 2023-05-03"]);
    let mut read = world.house.read(&access::system(world.site, "test")).await.unwrap();
    let home = places::by_code(&mut read, world.site, "1-1-301").await.unwrap();
    assert_eq!(
        (home.code.as_str(), home.floor, home.position, home.area.map(|area| area.to_string()).as_deref()),
        ("1-1-301", Some(3), Some(1), Some("89.37"))
    );
    assert!(home.riser().is_some() && home.stair.is_some() && home.building.is_some());
    drop(read);
    assert_eq!(found(&world, "zhangsan").await, 1);
}

#[tokio::test]
async fn the_same_file_twice_changes_nothing() {
    let world = world().await;
    import_as(&world, Kind::Homes, "a.xlsx", &worst(), GOOD).await.unwrap();
    let before = register(&world).await;
    let again = import_as(&world, Kind::Homes, "a.xlsx", &worst(), GOOD).await.unwrap();
    assert_eq!((made(&again), again.unchanged), ((0, 0, 0), 3));
    assert!(again.change.is_empty(), "{:?}", again.change);
    assert_eq!(register(&world).await, before);
}

#[tokio::test]
async fn a_dry_run_says_the_same_and_writes_nothing() {
    let world = world().await;
    let before = counts(&world).await;
    let dry = import_as(&world, Kind::Homes, "a.xlsx", &worst(), DRY).await.unwrap();
    assert_eq!(counts(&world).await, before);
    let real = import_as(&world, Kind::Homes, "a.xlsx", &worst(), GOOD).await.unwrap();
    assert_eq!(serde_json::to_value(&dry).unwrap(), serde_json::to_value(&real).unwrap());
    let keys: Vec<String> = serde_json::to_value(&dry).unwrap().as_object().unwrap().keys().cloned().collect();
    assert_eq!(keys, ["change", "create", "errors", "header_row", "mapping", "rows", "sheet", "unchanged", "warnings"]);
}

#[tokio::test]
async fn all_or_nothing_keeps_nothing_when_one_row_is_bad() {
    let world = world().await;
    let before = counts(&world).await;
    let refused = import_as(&world, Kind::Homes, "a.xlsx", &worst(), ALL).await.unwrap_err();
    assert!(matches!(refused, kernel::Error::Refused(ref why) if why.code() == "import_has_errors"), "{refused}");
    assert_eq!(counts(&world).await, before);
}

#[tokio::test]
async fn blank_cells_change_nothing_and_filled_ones_do() {
    let world = world().await;
    homes(&world, "房号,业主,电话,建筑面积,交付日期\n1-1-101,张三,13800000001,89.37,2023-05-01\n").await;
    let blank = homes(&world, "房号,业主,电话,建筑面积,交付日期\n1-1-0101,张三,,,\n").await;
    assert_eq!((made(&blank), blank.unchanged), ((0, 0, 0), 1));
    let more = homes(&world, "房号,业主,电话,建筑面积\n1-1-101,张三,13900000009,90.00\n").await;
    assert_eq!((more.change["units"], more.change["parties"]), (1, 1));
    assert_eq!(people_of(&world, "1-1-101").await, ["张三 13800000001 13900000009 owner 2023-05-01"]);
    let mut read = world.house.read(&access::system(world.site, "test")).await.unwrap();
    let home = places::by_code(&mut read, world.site, "1-1-101").await.unwrap();
    assert_eq!((home.area.map(|area| area.to_string()).as_deref(), home.delivered.is_some()), (Some("90.00"), true));
    drop(read);
    assert_eq!(found(&world, "0009").await, 1);
}

#[tokio::test]
async fn a_list_in_gb18030_is_understood() {
    let world = world().await;
    let (bytes, _, _) = encoding_rs::GB18030.encode("房号,业主,电话\n1-1-101,张三,13800000001\n");
    let report = import_as(&world, Kind::Homes, "业主.csv", &bytes, ALL).await.unwrap();
    assert_eq!((report.sheet.as_str(), made(&report)), ("业主", (1, 1, 1)));
    assert_eq!(people_of(&world, "1-1-101").await, ["张三 13800000001 owner 2026-08-12"]);
}

#[tokio::test]
async fn shops_and_parking_are_told_by_their_codes() {
    let world = world().await;
    homes(&world, "房号,业主,电话\nS101,张三,13800000001\nB1-017,张三,13800000001\n1-1-101,张三,13800000001\n").await;
    let mut read = world.house.read(&access::system(world.site, "test")).await.unwrap();
    let kind = |place: places::Place| place.kind;
    assert_eq!(kind(places::by_code(&mut read, world.site, "S-101").await.unwrap()), places::PlaceKind::Shop);
    assert_eq!(kind(places::by_code(&mut read, world.site, "B1-17").await.unwrap()), places::PlaceKind::Parking);
    assert_eq!(kind(places::by_code(&mut read, world.site, "1-1-101").await.unwrap()), places::PlaceKind::Unit);
}

#[tokio::test]
async fn another_site_stays_untouched() {
    let world = world().await;
    let elsewhere = world.another_site("LDGG", "绿地公馆").await;
    homes(&world, "房号,业主,电话\n1-1-101,张三,13800000001\n").await;
    let caller = access::system(elsewhere, "test");
    let words = world.app.catalogue().words(web::i18n::Lang::Zh);
    let bytes = "房号,业主,电话\n1-1-101,张三,13800000001\n".as_bytes().to_vec();
    let report =
        crate::import::import_file(&world.house, &caller, "LDGG", "a.csv", bytes.clone(), GOOD, &words).await.unwrap();
    assert_eq!(made(&report), (1, 1, 1), "matching never looks outside the site");
    let foreign = crate::import::import_file(&world.house, &caller, "GYHY", "a.csv", bytes, GOOD, &words).await;
    assert!(matches!(foreign, Err(kernel::Error::Missing)));
}

#[tokio::test]
async fn files_that_are_no_list_are_refused_by_name() {
    let world = world().await;
    let before = counts(&world).await;
    let code = async |bytes: &[u8]| match import_as(&world, Kind::Homes, "a.xlsx", bytes, GOOD).await {
        Err(kernel::Error::Refused(why)) => why.code(),
        other => panic!("{other:?}"),
    };
    assert_eq!(code(b"").await, "file_empty");
    assert_eq!(code(b"%PDF-1.7 ...").await, "file_foreign");
    assert_eq!(code(b"PK\x03\x04 broken").await, "file_broken");
    assert_eq!(code("天气,心情\n晴,好\n".as_bytes()).await, Refused::Columns.code_of());
    assert_eq!(counts(&world).await, before);
}

trait CodeOf {
    fn code_of(&self) -> &'static str;
}
impl CodeOf for Refused {
    fn code_of(&self) -> &'static str {
        kernel::Refuse::code(self)
    }
}
