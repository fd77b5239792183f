use super::{imported, lines, sheet};
use crate::{Cell, read};
use encoding_rs::GB18030;

const TEXT: &str =
    "房号,业主,联系电话,建筑面积(㎡)\n1栋2单元301,张三,13800000000,89.37\n1栋2单元302,李四,13900000000,120.15\n";

fn expected() -> Vec<&'static str> {
    vec!["1-2-301|张三 13800000000||89.37|", "1-2-302|李四 13900000000||120.15|"]
}

#[test]
fn csv_is_read_in_every_encoding_and_delimiter() {
    let utf_16 = |big: bool, bom: bool| -> Vec<u8> {
        let bytes = |unit: u16| if big { unit.to_be_bytes() } else { unit.to_le_bytes() };
        let units = bom.then_some(0xfeff).into_iter().chain(TEXT.encode_utf16());
        units.flat_map(bytes).collect()
    };
    let files = [
        TEXT.as_bytes().to_vec(),
        [b"\xef\xbb\xbf", TEXT.as_bytes()].concat(),
        GB18030.encode(TEXT).0.into_owned(),
        utf_16(false, true),
        utf_16(true, true),
        utf_16(false, false),
        TEXT.replace(',', "\t").into_bytes(),
        TEXT.replace(',', ";").into_bytes(),
        TEXT.replace(',', "|").into_bytes(),
        format!("sep=;\n{}", TEXT.replace(',', ";")).into_bytes(),
        TEXT.replace('\n', "\r\n").into_bytes(),
        TEXT.replace('\n', "\r").into_bytes(),
    ];
    for (at, bytes) in files.iter().enumerate() {
        let (_, parsed) = imported(bytes, "list.xls");
        assert_eq!(lines(&parsed[0].rows), expected(), "file {at}");
    }
}

#[test]
fn a_csv_keeps_quotes_line_breaks_and_row_numbers() {
    let list = sheet("房号,业主\n\n1-101,\"张三\n李四\"\n1-102,\"王,五\"\n");
    assert_eq!(list.len(), 3);
    assert_eq!(list.number(1), 3);
    assert_eq!(list.cell(1, 1), Cell::Text("张三\n李四"));
    assert_eq!(list.cell(2, 1), Cell::Text("王,五"));
}

#[test]
fn an_xls_of_a_real_program_is_read_with_merges_dates_and_both_date_systems() {
    let expected = [
        "1-1-101|张三 13800000000+李四||89.37|2023-05-01",
        "1-1-102|王五 13900000000||120.15|2023-05-02",
        "1-2-0201|赵六||1089.37|2023-05-03",
    ];
    for (name, bytes) in [
        ("1900", include_bytes!("../../fixtures/homes.xls").as_slice()),
        ("1904", include_bytes!("../../fixtures/homes-1904.xls").as_slice()),
    ] {
        let (proposals, parsed) = imported(bytes, "homes.csv");
        assert_eq!(proposals[0].mapping.header_row, Some(2), "{name}");
        assert_eq!(lines(&parsed[0].rows), expected, "{name}");
        assert_eq!(parsed[0].errors, []);
    }
}

#[test]
fn the_kind_is_told_by_content_and_not_by_the_name() {
    let workbook = read(include_bytes!("../../fixtures/homes.xls"), "photo.png").unwrap();
    assert_eq!(workbook.sheets[0].name, "业主");
    assert_eq!(read(TEXT.as_bytes(), "名单.xlsx").unwrap().sheets[0].name, "名单");
}
