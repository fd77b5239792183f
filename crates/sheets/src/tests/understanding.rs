use super::{mapped, only, sheet};
use crate::{Field, Kind, Reason, propose, propose_all, read};

fn homes(text: &str) -> String {
    mapped(&propose(&sheet(text), None, Kind::Homes).mapping)
}

#[test]
fn columns_are_known_in_any_order_and_wording() {
    let table = [
        (
            "房号,业主,联系电话,建筑面积(㎡)\n1-101,张三,13800000000,89.37\n",
            "A=unit B=owner C=owner_phone D=floor_area",
        ),
        ("产权面积,手机号,户主,房屋编号\n89.37,13800000000,张三,1-101\n", "A=floor_area B=owner_phone C=owner D=unit"),
        (
            "楼号,单元号,室号,业主姓名,移动电话,套内面积\n1,2,301,张三,13800000000,70\n",
            "A=building B=stair C=room D=owner E=owner_phone F=inside_area",
        ),
        ("幢,单元,房间号,产权人\n1,2,301,张三\n", "A=building B=stair C=room D=owner"),
        (
            "【房 号】,*业主：,电 话,面积（平方米）\n1-101,张三,13800000000,89.37\n",
            "A=unit B=owner C=owner_phone D=floor_area",
        ),
        (
            "房号,业主,联系电话,租户,联系电话\n1-101,张三,13800000000,王五,13900000000\n",
            "A=unit B=owner C=owner_phone D=tenant E=tenant_phone",
        ),
        ("房号,姓名(业主),电话(租户),租户\n1-101,张三,13800000000,王五\n", "A=unit B=owner C=tenant_phone D=tenant"),
        (
            "序号,房号,入伙时间,身份证号,房屋用途,所在楼层,备注\n1,1-101,2023-05-01,,住宅,1,\n",
            "A=ignored B=unit C=delivered_on D=owner_id_number E=usage F=floor G=note",
        ),
        (
            "Unit No.,Owner Name,Mobile,Floor Area (m²)\n1-101,Zhang San,13800000000,89.37\n",
            "A=unit B=owner C=owner_phone D=floor_area",
        ),
        (
            "房号,业主,联系电话1,联系电话2\n1-101,张三,13800000000,13900000000\n",
            "A=unit B=owner C=owner_phone D=owner_phone",
        ),
        (
            "房号,业主,联系电话,租户/电话\n1-101,张三,13800000000,小刘 13512345670\n",
            "A=unit B=owner C=owner_phone D=tenant",
        ),
        ("房号,业主姓名及电话\n1-101,张三 13800000000\n", "A=unit B=owner"),
        (
            "房号,业主,租赁户电话,联系人/电话\n1-101,张三,13512345670,老王 13512345671\n",
            "A=unit B=owner C=tenant_phone",
        ),
        ("房号,业主,联系人,联系电话\n1-101,张三,老王,13512345671\n", "A=unit B=owner"),
        ("房号,业主/租户,电话\n1-101,张三,13512345671\n", "A=unit"),
        ("房号,业主,联系电话/手机\n1-101,张三,13800000000\n", "A=unit B=owner C=owner_phone"),
        ("房号,业主,车位号\n1-101,张三,B1-012\n1-102,李四,\n", "A=unit B=owner"),
        ("车位号,业主,房号\nB1-012,钱多,3-2-301\n", "A=unit B=owner"),
        ("房号,业主,业主签字,公摊面积\n1-101,张三,,12.11\n", "A=unit B=owner C=ignored D=ignored"),
    ];
    for (text, expected) in table {
        assert_eq!(homes(text), expected, "{text}");
    }
}

#[test]
fn a_strange_column_of_phones_is_never_taken_for_the_owners_when_it_names_somebody() {
    assert_eq!(homes("房号,业主,承租户联系\n1-101,张三,13500000001\n1-102,李四,13500000002\n"), "A=unit B=owner");
    assert_eq!(
        homes("房号,业主,呼叫\n1-101,张三,13500000001\n1-102,李四,13500000002\n"),
        "A=unit B=owner C=owner_phone"
    );
}

#[test]
fn what_is_not_read_is_told_once_a_column() {
    let told = |text: &str| {
        let list = sheet(text);
        let mapping = propose(&list, None, Kind::Homes).mapping;
        let parsed = crate::parse_homes(&list, &mapping, &crate::Options::default());
        let line = |e: &crate::RowError| format!("{} {} {} {:?}", e.row, e.column, e.code(), e.args);
        (parsed.rows.len(), parsed.warnings.iter().map(line).collect::<Vec<_>>())
    };
    let (rows, warnings) = told("房号,业主,入住情况,联系人/电话\n1-101,张三,空置,老王 13512345671\n1-102,李四,自住,\n");
    assert_eq!((rows, warnings.len()), (2, 2));
    assert_eq!(warnings[0], "1 C 入住情况 occupancy_unused [(\"n\", \"1\")]");
    assert_eq!(warnings[1], "1 D 联系人/电话 column_mixed []");
    assert_eq!(told("车位号,业主,房号\nB1-012,钱多,3-2-301\n").1, ["1 C 房号 home_of_space []"]);
    assert_eq!(told("房号,业主,车位号\n1-101,张三,B1-012\n1-102,李四,\n").1, ["1 C 车位号 space_of_home []"]);
    assert_eq!(told("房号,业主,入住情况\n1-101,张三,自住\n").1, [""; 0]);
}

#[test]
fn a_sheet_is_read_by_its_own_remembered_mapping_only() {
    let homes = propose(&sheet("楼栋,房号,业主\n1,1-101,张三\n"), None, Kind::Homes).mapping;
    let spaces = sheet("车位号,业主,房号\nB1-012,钱多,3-2-301\n");
    let workbook = crate::Workbook { sheets: vec![spaces] };
    let read = propose_all(&workbook, std::slice::from_ref(&homes), Kind::Homes);
    assert_eq!(mapped(&read[0].mapping), "A=unit B=owner");
    assert_eq!(read[0].columns[0].reason, Reason::HeaderExact);
}

#[test]
fn samples_are_of_rows_with_data() {
    let list = sheet("房号,业主,电话\n\"一、1号楼\",,\n1-101,张三,13800000000\n小计,1户,\n1-102,李四,13900000000\n");
    let proposal = propose(&list, None, Kind::Homes);
    assert_eq!(proposal.columns[0].sample, ["1-101", "1-102"]);
}

#[test]
fn title_rows_above_the_header_are_stepped_over() {
    let text =
        "桂语花园业主信息一览表,,,\n填报日期：2023年5月1日,,,\n\n房号,业主,电话,面积\n1-101,张三,13800000000,89.37\n";
    let proposal = propose(&sheet(text), None, Kind::Homes);
    assert_eq!(proposal.mapping.header_row, Some(4));
    assert_eq!(proposal.rows, 1);
    assert!(proposal.confidence >= 90, "{}", proposal.confidence);
}

#[test]
fn a_header_of_two_rows_without_merges_is_joined() {
    let text = "房号,业主,,租户,,面积\n,姓名,电话,姓名,电话,\n1-101,张三,13800000000,王五,13900000000,89.37\n";
    let proposal = propose(&sheet(text), None, Kind::Homes);
    assert_eq!(mapped(&proposal.mapping), "A=unit B=owner C=owner_phone D=tenant E=tenant_phone F=floor_area");
    assert_eq!(proposal.mapping.header_row, Some(2));
}

#[test]
fn a_list_without_header_is_understood_by_its_content() {
    let text = "1-1-101,张三,13800000000,89.37,2023-05-01\n1-1-102,李四,13900000000,120.15,2023-05-02\n1-1-201,王五六,13700000000,65.08,2023-06-01\n";
    let proposal = propose(&sheet(text), None, Kind::Homes);
    assert_eq!(mapped(&proposal.mapping), "A=unit B=owner C=owner_phone D=floor_area E=delivered_on");
    assert_eq!(proposal.mapping.header_row, None);
    assert!(proposal.columns.iter().all(|column| column.reason == Reason::Content));
    assert_eq!(proposal.rows, 3);
}

#[test]
fn a_strange_header_of_the_place_is_helped_by_content() {
    let text = "资产标识,业主,电话\n1-1-101,张三,13800000000\n1-1-102,李四,13900000000\n1-1-103,赵六,13700000000\n";
    assert_eq!(homes(text), "A=unit B=owner C=owner_phone");
}

#[test]
fn a_remembered_mapping_wins_wherever_the_column_stands() {
    let text = "房号,甲方,电话\n1-101,张三,13800000000\n";
    let mut remembered = propose(&sheet(text), None, Kind::Homes).mapping;
    assert_eq!(remembered.column_of(Field::Owner), None);
    remembered.columns.push(crate::MappedColumn { column: 1, header: "甲方".to_owned(), field: Field::Owner });
    let stored = serde_json::to_string(&remembered).unwrap();
    let remembered = serde_json::from_str(&stored).unwrap();
    let next = propose(&sheet("电话,甲方,房号\n13800000000,张三,1-101\n"), Some(&remembered), Kind::Homes);
    assert_eq!(mapped(&next.mapping), "A=owner_phone B=owner C=unit");
    assert_eq!(next.columns[1].reason, Reason::Remembered);
}

#[test]
fn without_a_place_the_proposal_asks_for_help() {
    let proposal = propose(&sheet("业主,电话\n张三,13800000000\n李四,13900000000\n"), None, Kind::Homes);
    assert!(proposal.needs_help());
    let workbook = read("业主,电话\n张三,13800000000\n".as_bytes(), "a.csv").unwrap();
    assert_eq!(propose_all(&workbook, &[], Kind::Homes).len(), 1);
}

#[test]
fn bare_rooms_take_the_building_from_the_files_name() {
    let workbook = read("房号,业主\n101,张三\n102,李四\n".as_bytes(), "/tmp/3栋.csv").unwrap();
    let proposal = only(&workbook);
    assert_eq!(proposal.mapping.building.as_deref(), Some("3"));
    assert!(!proposal.needs_help());
    let workbook = read("房号,业主\n101,张三\n102,李四\n".as_bytes(), "名单.csv").unwrap();
    assert!(only(&workbook).needs_help());
}

#[test]
fn staff_columns_are_known_too() {
    let text = "员工花名册,,,,,,,,,,\n工号,姓名,手机,部门,岗位,入职日期,登录名,证书名称,证书编号,有效期至,复审日期\nA01,张三,13800000000,工程部,电工,2020-01-01,zhangsan,低压电工证,T123,2026-01-01,2025-01-01\n";
    let proposal = propose(&sheet(text), None, Kind::Staff);
    assert_eq!(
        mapped(&proposal.mapping),
        "A=staff_number B=name C=phone D=department E=post F=joined_on G=login H=certificate_name I=certificate_number J=valid_until K=review_on"
    );
    assert!(proposal.confidence >= 90);
}
