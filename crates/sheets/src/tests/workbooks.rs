use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet};

use super::{faults, imported, lines, mapped, only, sheet, skips};
use crate::{Kind, Options, homes_of, parse_homes, parse_staff, propose, propose_all, read};

fn saved(mut workbook: Workbook) -> Vec<u8> {
    workbook.save_to_buffer().unwrap()
}

fn write_row(sheet: &mut Worksheet, row: u32, cells: &[&str]) {
    for (column, text) in cells.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
        sheet.write_string(row, column as u16, *text).unwrap();
    }
}

fn merge(sheet: &mut Worksheet, from: (u32, u16), to: (u32, u16), text: &str) {
    sheet.merge_range(from.0, from.1, to.0, to.1, text, &Format::new()).unwrap();
}

/// Title, merged two-row header, merged buildings, subtotals, notes, extra columns, mixed types, hidden rows.
fn ugly() -> Vec<u8> {
    let mut workbook = Workbook::new();
    let date = Format::new().set_num_format("yyyy/m/d");
    let sheet = workbook.add_worksheet().set_name("业主台账").unwrap();
    merge(sheet, (0, 0), (0, 9), "桂语花园业主信息登记表");
    merge(sheet, (1, 0), (1, 9), "填报日期：2023年5月1日");
    for (column, text) in [(0, "序号"), (1, "楼栋"), (2, "房号"), (7, "建筑面积\n（㎡）"), (8, "交房时间"), (9, "备注")]
    {
        merge(sheet, (2, column), (3, column), text);
    }
    merge(sheet, (2, 3), (2, 4), "业主信息");
    merge(sheet, (2, 5), (2, 6), "租户信息");
    write_row(sheet, 3, &["", "", "", "姓名", "联系电话", "姓名", "联系电话"]);
    merge(sheet, (4, 1), (7, 1), "1栋");
    write_row(
        sheet,
        4,
        &[
            "1",
            "",
            "1单元301",
            "张三、李四",
            "１３８００００００００",
            "",
            "",
            "89.37㎡",
            "2023年5月1日",
            "备注：西边套",
        ],
    );
    write_row(sheet, 5, &["2", "", "2-302", "王 五", "138 0000 0001/0571-88886666", "赵六", "13900000000"]);
    sheet.write_number(5, 7, 120.15).unwrap();
    sheet.write_number(5, 8, 45047).unwrap();
    write_row(sheet, 6, &["3", "", "0401", "杭州桂语置业有限公司", "无"]);
    sheet.write_number(6, 7, 65.08).unwrap();
    sheet.write_with_format(6, 8, ExcelDateTime::parse_from_str("2023-05-03").unwrap(), &date).unwrap();
    sheet.set_row_hidden(6).unwrap();
    merge(sheet, (7, 2), (7, 6), "小计");
    sheet.write_number(7, 7, 274.6).unwrap();
    write_row(
        sheet,
        9,
        &["序号", "楼栋", "房号", "姓名", "联系电话", "姓名", "联系电话", "建筑面积", "交房时间", "备注"],
    );
    sheet.write_number(10, 0, 4).unwrap();
    sheet.write_number(10, 1, 2).unwrap();
    sheet.write_number(10, 2, 101).unwrap();
    write_row(sheet, 10, &["", "", "", "孙七", "13700000000", "", "", "1,089.37", "20230504"]);
    write_row(sheet, 11, &["", "合计", "", "", "", "", "", "1363.97"]);
    write_row(sheet, 13, &["制表人：刘一", "", "", "审核：陈二"]);
    merge(sheet, (14, 0), (14, 9), "说明：本表由物业服务中心填报。");
    workbook.add_worksheet().set_name("填写说明").unwrap().write_string(0, 0, "请按要求填写").unwrap();
    saved(workbook)
}

#[test]
fn the_ugliest_workbook_is_understood() {
    let (proposals, parsed) = imported(&ugly(), "业主台账.xlsx");
    assert_eq!(proposals.len(), 1);
    assert_eq!(proposals[0].mapping.header_row, Some(4));
    assert_eq!(
        mapped(&proposals[0].mapping),
        "A=ignored B=building C=unit D=owner E=owner_phone F=tenant G=tenant_phone H=floor_area I=delivered_on J=note"
    );
    assert_eq!(proposals[0].columns[5].header, "租户姓名");
    assert_eq!(
        lines(&parsed[0].rows),
        [
            "1-1-301|张三 13800000000+李四||89.37|2023-05-01",
            "1-2-302|王五 13800000001 0571-88886666|赵六 13900000000|120.15|2023-05-01",
            "1-0401|杭州桂语置业有限公司||65.08|2023-05-03",
            "2-101|孙七 13700000000||1089.37|2023-05-04",
        ]
    );
    assert_eq!(faults(&parsed[0]), [""; 0]);
    assert_eq!(
        skips(&parsed[0]),
        [
            "8-8 row_subtotal",
            "9-9 row_empty",
            "10-10 row_repeated_header",
            "12-12 row_subtotal",
            "13-13 row_empty",
            "14-15 row_note",
        ]
    );
}

#[test]
fn one_sheet_a_building_takes_the_building_from_the_sheets_name() {
    let mut workbook = Workbook::new();
    for building in ["1栋", "2号楼", "A座"] {
        let sheet = workbook.add_worksheet().set_name(building).unwrap();
        write_row(sheet, 0, &["房号", "业主"]);
        write_row(sheet, 1, &["101", "张三"]);
        write_row(sheet, 2, &["102", "李四"]);
    }
    let hidden = workbook.add_worksheet().set_name("9栋").unwrap().set_hidden(true);
    write_row(hidden, 0, &["房号", "业主"]);
    write_row(hidden, 1, &["101", "旧人"]);
    let summary = workbook.add_worksheet().set_name("汇总").unwrap();
    write_row(summary, 0, &["楼栋", "户数"]);
    write_row(summary, 1, &["1栋", "2"]);
    let (proposals, parsed) = imported(&saved(workbook), "a.xlsx");
    assert_eq!(proposals.iter().map(|p| p.sheet.as_str()).collect::<Vec<_>>(), ["1栋", "2号楼", "A座"]);
    let places: Vec<String> = parsed.iter().flat_map(|p| p.rows.iter().map(|row| row.unit.to_string())).collect();
    assert_eq!(places, ["1-101", "1-102", "2-101", "2-102", "A-101", "A-102"]);
}

#[test]
fn a_home_in_two_sheets_is_told_with_the_first_place() {
    let mut workbook = Workbook::new();
    for name in ["一月", "二月"] {
        let sheet = workbook.add_worksheet().set_name(name).unwrap();
        write_row(sheet, 0, &["房号", "业主"]);
        write_row(sheet, 1, &["1-101", "张三"]);
        write_row(sheet, 2, &[if name == "一月" { "1-102" } else { "1-103" }, "张三"]);
    }
    let (_, parsed) = imported(&saved(workbook), "a.xlsx");
    assert_eq!(faults(&parsed[1]), ["2 A 房号 \"1-101\" duplicate_unit"]);
    assert_eq!(parsed[1].errors[0].args, [("row", "2".to_owned()), ("sheet", "一月".to_owned())]);
    assert_eq!(parsed[1].rows.len(), 1);
}

#[test]
fn a_merged_room_joins_its_rows_to_owner_and_co_owners() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    write_row(sheet, 0, &["房号", "业主", "电话", "面积"]);
    merge(sheet, (1, 0), (2, 0), "1-101");
    merge(sheet, (1, 3), (2, 3), "89.37");
    write_row(sheet, 1, &["", "张三", "13800000000"]);
    write_row(sheet, 2, &["", "李四", "13900000000"]);
    write_row(sheet, 3, &["1-102", "王五", "", "70"]);
    let (_, parsed) = imported(&saved(workbook), "a.xlsx");
    assert_eq!(lines(&parsed[0].rows), ["1-101|张三 13800000000+李四 13900000000||89.37|", "1-102|王五||70.00|"]);
    assert_eq!(parsed[0].errors, []);
}

#[test]
fn each_error_is_told_by_sheet_row_column_value_and_code() {
    let list = sheet(
        "房号,业主,电话,建筑面积,套内面积,交付日期,楼层\n\
         1-101,张三,12345,八十,70,2023年5月,三\n\
         待定,李四,13900000000,89,,,\n\
         1-102,王五,,0.5,,,\n\
         1-103,赵六,138****0000,80,90,5/6/2023,\n\
         01-0104,孙七,,80,70,,\n\
         1-104,周八,,80,70,,\n\
         ,吴九,13900000000,,,,\n\
         1-105,,13900000000,,,,\n\
         1-106,郑十,13900000000,89.37,70,2023-05-01,3F\n",
    );
    let proposal = propose(&list, None, Kind::Homes);
    let parsed = parse_homes(&list, &proposal.mapping, &Options::default());
    assert_eq!(
        faults(&parsed),
        [
            "2 D 建筑面积 \"八十\" area_unreadable",
            "2 F 交付日期 \"2023年5月\" date_incomplete",
            "2 G 楼层 \"三\" floor_unreadable",
            "2 C 电话 \"12345\" phone_unreadable",
            "3 A 房号 \"待定\" unit_unreadable",
            "4 D 建筑面积 \"0.5\" area_out_of_range",
            "5 E 套内面积 \"90\" inside_area_larger",
            "5 F 交付日期 \"5/6/2023\" date_ambiguous",
            "5 C 电话 \"138****0000\" phone_masked",
            "7 A 房号 \"1-104\" duplicate_unit",
            "8 A 房号 \"\" unit_missing",
            "9 B 业主 \"\" name_missing",
        ]
    );
    assert_eq!(lines(&parsed.rows), ["01-0104|孙七||80.00|", "1-106|郑十 13900000000||89.37|2023-05-01"]);
    assert_eq!(parsed.rows[1].floor, Some(3));
    assert_eq!(parsed.count(), 9);
}

#[test]
fn a_code_that_excel_made_a_date_is_told_as_such() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let date = Format::new().set_num_format("m-d");
    write_row(sheet, 0, &["房号", "业主"]);
    sheet.write_with_format(1, 0, ExcelDateTime::parse_from_str("2024-03-12").unwrap(), &date).unwrap();
    write_row(sheet, 1, &["", "张三"]);
    write_row(sheet, 2, &["3-1301", "李四"]);
    let workbook = read(&saved(workbook), "a.xlsx").unwrap();
    let parsed = homes_of(&workbook, &[only(&workbook)], &Options::default());
    assert_eq!(faults(&parsed[0]), ["2 A 房号 \"2024-03-12\" unit_is_date"]);
    assert_eq!(parsed[0].rows.len(), 1);
}

#[test]
fn a_blank_building_repeats_the_one_above_and_is_counted() {
    let list = sheet("楼栋,单元,室号,业主\n1,1,101,甲一\n,,102,乙二\n,2,101,丙三\n2,,101,丁四\n,,102,戊五\n");
    let proposal = propose(&list, None, Kind::Homes);
    let parsed = parse_homes(&list, &proposal.mapping, &Options::default());
    let places: Vec<String> = parsed.rows.iter().map(|row| row.unit.to_string()).collect();
    assert_eq!(places, ["1-1-101", "1-1-102", "1-2-101", "2-101", "2-102"]);
    assert_eq!(parsed.carried_down, 3);
}

#[test]
fn a_heading_row_names_the_building_of_the_rows_below() {
    let list = sheet("桂语花园住户表,,\n房号,业主,电话\n1栋,,\n101,甲一,\n102,乙二,\n2栋,,\n101,丙三,\n");
    let proposal = propose(&list, None, Kind::Homes);
    let parsed = parse_homes(&list, &proposal.mapping, &Options::default());
    let places: Vec<String> = parsed.rows.iter().map(|row| row.unit.to_string()).collect();
    assert_eq!(places, ["1-101", "1-102", "2-101"]);
    assert_eq!(skips(&parsed), ["3-3 row_building_heading", "6-6 row_building_heading"]);
}

#[test]
fn a_two_part_code_beside_a_building_column_is_read_as_the_sheet_means_it() {
    let places = |text: &str| {
        let list = sheet(text);
        let proposal = propose(&list, None, Kind::Homes);
        let parsed = parse_homes(&list, &proposal.mapping, &Options::default());
        parsed.rows.iter().map(|row| row.unit.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(places("楼栋,房号,业主\n1栋,1-101,甲\n1栋,2-101,乙\n2栋,1-101,丙\n"), ["1-1-101", "1-2-101", "2-1-101"]);
    assert_eq!(places("楼栋,房号,业主\n1栋,1-101,甲\n1栋,1-102,乙\n2栋,2-101,丙\n"), ["1-101", "1-102", "2-101"]);
}

#[test]
fn a_heading_of_the_list_is_no_error_and_a_lone_room_is_data() {
    let list = sheet(
        "房号,业主,电话\n一、住宅部分（共三户）,,\n1-101,张三,\n1-102,,\n二、商业部分（共一户）,,\nS101,李四,\n第 1 页 共 2 页,,\n",
    );
    let proposal = propose(&list, None, Kind::Homes);
    let parsed = parse_homes(&list, &proposal.mapping, &Options::default());
    assert_eq!(lines(&parsed.rows), ["1-101|张三|||", "1-102||||", "S-101|李四|||"]);
    assert_eq!(skips(&parsed), ["2-2 row_note", "5-5 row_note", "7-7 row_note"]);
}

#[test]
fn identity_numbers_go_to_their_own_person_or_to_nobody() {
    let list = sheet(
        "房号,业主,身份证号\n1-101,张三、李四,11010519491231002X、110105491231002\n1-102,王五、赵六、孙七,11010519491231002X、110105491231002\n1-103,周八,110105194912310021\n",
    );
    let proposal = propose(&list, None, Kind::Homes);
    let parsed = parse_homes(&list, &proposal.mapping, &Options::default());
    let numbers: Vec<_> = parsed.rows[0].owners.iter().map(|owner| owner.id_number.clone().unwrap()).collect();
    assert_eq!(numbers, ["11010519491231002X", "110105491231002"]);
    assert_eq!(parsed.errors, [], "a wrong identity number leaves its cell out, not the home");
    assert_eq!(lines(&parsed.rows), ["1-101|张三+李四|||", "1-102|王五+赵六+孙七|||", "1-103|周八|||"]);
    let told: Vec<_> = parsed.warnings.iter().map(|warning| (warning.row, warning.code())).collect();
    assert_eq!(told, [(3, "id_number_unassigned"), (4, "id_number_check")]);
}

#[test]
fn staff_with_several_certificates_are_one_person() {
    let list = sheet(
        "姓名,手机,部门,岗位,入职日期,工号,证书名称,证书编号,有效期至\n\
         张三,13800000000,工程部,电工,2020.1.1,A01,低压电工证,T1,2026-01-01\n\
         张三,13800000000,工程部,电工,2020.1.1,A01,高处作业证,T2,2027-01-01\n\
         李四,13900000000,秩序部,队长,2021年2月,A02,,,\n\
         王五,13700000000,客服部,管家,2021-02-01,A01,,,\n\
         赵六,,客服部,管家,,A04,,T9,长期\n\
         王五,13700000000,客服部,管家,2021-02-01,A05,,,\n\
         王五,13700000000,客服部,管家,2021-02-01,A05,,,\n\
         合计,4人,,,,,,,\n",
    );
    let proposal = propose(&list, None, Kind::Staff);
    let parsed = parse_staff(&list, &proposal.mapping);
    let names: Vec<&str> = parsed.rows.iter().map(|row| row.name.as_str()).collect();
    assert_eq!(names, ["张三", "赵六", "王五"]);
    assert_eq!(parsed.rows[0].joined_on.as_deref(), Some("2020-01-01"));
    let certificates: Vec<&str> =
        parsed.rows[0].certificates.iter().map(|certificate| certificate.name.as_str()).collect();
    assert_eq!(certificates, ["低压电工证", "高处作业证"]);
    let codes: Vec<_> = parsed.errors.iter().map(|error| (error.row, error.code())).collect();
    assert_eq!(codes, [(4, "date_incomplete"), (5, "staff_number_twice"), (8, "duplicate_staff")]);
    assert_eq!(parsed.errors[1].column, "F 工号");
    assert_eq!(parsed.errors[1].args[2], ("name", "张三".to_owned()));
    let left_out: Vec<_> = parsed.warnings.iter().map(|warning| (warning.row, warning.code())).collect();
    assert_eq!(left_out, [(6, "certificate_name_missing")]);
    assert_eq!(parsed.skipped.len(), 1);
}

#[test]
fn a_thousand_homes_with_merged_buildings_come_through_whole() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    write_row(sheet, 0, &["楼栋", "单元", "房号", "业主"]);
    for building in 0..10_u32 {
        let top = 1 + building * 100;
        merge(sheet, (top, 0), (top + 99, 0), &format!("{}栋", building + 1));
        for at in 0..100 {
            sheet.write_number(top + at, 1, 1 + at / 50).unwrap();
            sheet.write_number(top + at, 2, (1 + at % 50) * 100 + 1).unwrap();
            sheet
                .write_string(
                    top + at,
                    3,
                    format!("张{}", "一二三四五六七八九十".chars().nth(at as usize % 10).unwrap()),
                )
                .unwrap();
        }
    }
    let workbook = read(&saved(workbook), "a.xlsx").unwrap();
    let proposals = propose_all(&workbook, &[], Kind::Homes);
    let parsed = homes_of(&workbook, &proposals, &Options::default());
    assert_eq!(parsed[0].rows.len(), 1000);
    assert_eq!(parsed[0].rows[999].unit.to_string(), "10-2-5001");
    assert_eq!(parsed[0].errors, []);
}

#[test]
fn as_many_phones_as_names_go_to_them_in_order() {
    let list = sheet(
        "房号,业主,电话\n1-101,王五/赵六,13712345678/13612345678\n1-102,\"孙一\n孙二\",\"13812345700\n13812345701\"\n1-103,张三、李四,13800000000\n1-104,张三,13800000000/13900000000\n",
    );
    let proposal = propose(&list, None, Kind::Homes);
    let parsed = parse_homes(&list, &proposal.mapping, &Options::default());
    assert_eq!(
        lines(&parsed.rows),
        [
            "1-101|王五 13712345678+赵六 13612345678|||",
            "1-102|孙一 13812345700+孙二 13812345701|||",
            "1-103|张三 13800000000+李四|||",
            "1-104|张三 13800000000 13900000000|||",
        ]
    );
}

#[test]
fn spaces_are_places_of_their_own_whatever_home_stands_beside_them() {
    let mut workbook = Workbook::new();
    let homes = workbook.add_worksheet().set_name("业主台账").unwrap();
    write_row(homes, 0, &["楼栋", "单元", "房号", "业主", "电话", "租户/电话"]);
    write_row(homes, 1, &["3号楼", "2", "B1-011", "钱多", "13812345699"]);
    write_row(homes, 2, &["3号楼", "1", "商铺3", "便利店有限公司", "13812345702", "小刘 13512345670"]);
    write_row(homes, 3, &["王会计家对面", "1", "101", "李四"]);
    let spaces = workbook.add_worksheet().set_name("车位").unwrap();
    write_row(spaces, 0, &["房号", "业主", "车位号"]);
    write_row(spaces, 1, &["3-2-301", "钱多", "A-012"]);
    let (_, parsed) = imported(&saved(workbook), "a.xlsx");
    assert_eq!(
        lines(&parsed[0].rows),
        ["B1-011|钱多 13812345699|||", "3-1-商铺3|便利店有限公司 13812345702|小刘 13512345670||"]
    );
    assert_eq!(faults(&parsed[0]), ["4 A 楼栋 \"王会计家对面\" building_implausible"]);
    assert_eq!(
        (lines(&parsed[1].rows), parsed[1].rows[0].usage.clone()),
        (vec!["A-012|钱多|||".to_owned()], Some(crate::Usage::Parking))
    );
}
