use std::io::Cursor;

use super::{imported, lines, mapped};
use crate::{
    Cell, Column, ColumnKind, Export, Field, HomeRow, Kind, TemplateWords, Value, area_text, propose_all, read,
    template, write_csv, write_xlsx,
};

fn columns() -> Export {
    let column = |name: &str, kind, width| Column { name: name.to_owned(), kind, width };
    let columns = vec![
        column("房号", ColumnKind::Text, 14),
        column("业主", ColumnKind::Text, 16),
        column("联系电话", ColumnKind::Text, 14),
        column("建筑面积(㎡)", ColumnKind::Hundredths, 12),
        column("交付日期", ColumnKind::Date, 12),
    ];
    Export { title: "业主/名单?".to_owned(), columns }
}

fn row(home: &HomeRow) -> Vec<Value> {
    let names: Vec<&str> = home.owners.iter().map(|owner| owner.name.as_str()).collect();
    vec![
        Value::Text(home.unit.to_string()),
        Value::Text(names.join("、")),
        Value::Text(home.owners.iter().flat_map(|owner| owner.phones.clone()).collect::<Vec<_>>().join("/")),
        home.floor_area.map_or(Value::Blank, Value::Hundredths),
        home.delivered_on.clone().map_or(Value::Blank, Value::Date),
    ]
}

fn xlsx(export: &Export, rows: Vec<Vec<Value>>) -> Vec<u8> {
    let mut file = Cursor::new(Vec::new());
    write_xlsx(export, rows, None, &mut file).unwrap();
    file.into_inner()
}

fn csv(export: &Export, rows: Vec<Vec<Value>>) -> Vec<u8> {
    let mut file = Vec::new();
    write_csv(export, rows, &mut file).unwrap();
    file
}

#[test]
fn an_exported_list_is_read_back_as_it_was() {
    let source = "房号,业主,电话,面积,交付日期\n1-2-0301,张三、李四,13800000000/0571-88886666,89.37,2023-05-01\nB1-017,杭州桂语置业有限公司,+85291234567,12.5,\n二期3栋101,王五,,1089.37,2024-02-29\n";
    let (_, first) = imported(source.as_bytes(), "a.csv");
    assert_eq!(first[0].rows.len(), 3);
    let rows = || first[0].rows.iter().map(row).collect::<Vec<_>>();
    for bytes in [xlsx(&columns(), rows()), csv(&columns(), rows())] {
        let (_, again) = imported(&bytes, "b.csv");
        assert_eq!(again[0].rows, first[0].rows);
        assert_eq!(again[0].errors, []);
        assert_eq!(again[0].skipped, []);
    }
}

#[test]
fn g34_text_that_looks_like_a_formula_stays_text_and_comes_back() {
    let hostile = ["=1+1", "+86 138", "-2", "@SUM(A1)", "'=1", "''=2", "\t=1", "＝1+1", "=cmd|' /C calc'!A0"];
    let export = columns();
    let rows: Vec<Vec<Value>> = hostile.iter().map(|text| vec![Value::Text((*text).to_owned())]).collect();
    let text = String::from_utf8(csv(&export, rows.clone())).unwrap();
    assert!(text.starts_with('\u{feff}'));
    let fields = text.lines().skip(1).map(|line| line.trim_matches('"'));
    assert!(fields.clone().all(|field| field.starts_with('\'')), "{text}");
    for bytes in [csv(&export, rows.clone()), xlsx(&export, rows)] {
        let list = read(&bytes, "a").unwrap().sheets.remove(0);
        let back: Vec<String> = (1..list.len()).map(|index| list.cell(index, 0).text().into_owned()).collect();
        assert_eq!(back, hostile);
    }
}

#[test]
fn an_xlsx_has_typed_cells_and_a_frozen_filtered_header() {
    let rows = vec![vec![
        Value::Text("1-101".to_owned()),
        Value::Text("张三".to_owned()),
        Value::Text("13800000000".to_owned()),
        Value::Hundredths(8937),
        Value::Date("2023-05-01".to_owned()),
    ]];
    let bytes = xlsx(&columns(), rows);
    let list = read(&bytes, "a.xlsx").unwrap().sheets.remove(0);
    assert_eq!(list.name, "业主名单");
    assert_eq!(list.cell(1, 2), Cell::Text("13800000000"));
    assert_eq!(list.cell(1, 3), Cell::Number(89.37));
    assert!(matches!(list.cell(1, 4), Cell::Date(_)));
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut sheet = String::new();
    std::io::Read::read_to_string(&mut archive.by_name("xl/worksheets/sheet1.xml").unwrap(), &mut sheet).unwrap();
    assert!(sheet.contains("state=\"frozen\"") && sheet.contains("<autoFilter ref=\"A1:E2\""), "{sheet}");
}

#[test]
fn a_title_of_any_kind_becomes_a_sheet_name() {
    for (title, name) in [
        ("", "Sheet1"),
        ("[]*", "Sheet1"),
        ("'业主'", "业主"),
        ("History", "Sheet1"),
        ("很长".repeat(30).as_str(), "很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长很"),
    ] {
        let bytes = xlsx(&Export { title: title.to_owned(), ..columns() }, vec![]);
        assert_eq!(read(&bytes, "a.xlsx").unwrap().sheets[0].name, name, "{title}");
    }
}

fn words(headers: &[(Field, &str)], note: &str) -> TemplateWords {
    let example = |room: &str| {
        vec![
            room.to_owned(),
            "张三".to_owned(),
            "13800000000".to_owned(),
            "89.37".to_owned(),
            "2023-05-01".to_owned(),
            note.to_owned(),
        ]
    };
    TemplateWords {
        sheet: "名单".to_owned(),
        columns: headers.iter().map(|(field, name)| (*field, (*name).to_owned())).collect(),
        examples: vec![example("1-1-101"), example("S101")],
        rules_sheet: "填写说明".to_owned(),
        rules: vec!["一行一户。".to_owned(), "日期写作 2023-05-01。".to_owned()],
    }
}

#[test]
fn a_template_comes_back_mapped_whole_and_its_examples_are_skipped() {
    let chinese = [
        (Field::Unit, "房号"),
        (Field::Owner, "业主"),
        (Field::OwnerPhone, "业主电话"),
        (Field::FloorArea, "建筑面积(㎡)"),
        (Field::DeliveredOn, "交付日期"),
        (Field::Note, "备注"),
    ];
    let english = [
        (Field::Unit, "Unit"),
        (Field::Owner, "Owner"),
        (Field::OwnerPhone, "Owner phone"),
        (Field::FloorArea, "Floor area (m²)"),
        (Field::DeliveredOn, "Delivery date"),
        (Field::Note, "Note"),
    ];
    for (headers, note) in [(chinese, "示例，请删除"), (english, "Example, please delete")] {
        let mut file = Cursor::new(Vec::new());
        template(Kind::Homes, &words(&headers, note), &mut file).unwrap();
        let (proposals, parsed) = imported(&file.into_inner(), "template.xlsx");
        assert_eq!(proposals.len(), 1, "the sheet of rules is no list");
        assert_eq!(mapped(&proposals[0].mapping), "A=unit B=owner C=owner_phone D=floor_area E=delivered_on F=note");
        assert_eq!(lines(&parsed[0].rows), [""; 0]);
        assert_eq!(parsed[0].skipped[0].why.code(), "row_example");
    }
}

#[test]
fn a_long_list_is_written_row_by_row_and_read_back() {
    let rows = (0..20_000_i64).map(|at| {
        vec![
            Value::Text(format!("{}-{}", 1 + at / 1000, 101 + at % 1000)),
            Value::Text(format!("业主{at}")),
            Value::Blank,
            Value::Hundredths(5_000 + at),
            Value::Blank,
        ]
    });
    let mut file = Cursor::new(Vec::new());
    write_xlsx(&columns(), rows, Some(&std::env::temp_dir()), &mut file).unwrap();
    let workbook = read(&file.into_inner(), "a.xlsx").unwrap();
    let list = &workbook.sheets[0];
    assert_eq!(list.len(), 20_001);
    assert_eq!(list.cell(20_000, 0), Cell::Text("20-1100"));
    assert_eq!(crate::area(list.cell(20_000, 3)).unwrap().map(area_text).as_deref(), Some("249.99"));
    assert_eq!(propose_all(&workbook, &[], Kind::Homes).len(), 1);
}
