use std::io::{Cursor, Write};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::{ReadError, read};

fn archive(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, body) in entries {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(body).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn code(bytes: &[u8]) -> &'static str {
    read(bytes, "list.xlsx").unwrap_err().code()
}

#[test]
fn each_foreign_file_is_told_by_its_kind() {
    let table: &[(&[u8], &str)] = &[
        (b"%PDF-1.7\n...", "pdf"),
        (b"\x89PNG\r\n\x1a\n....", "image"),
        (b"\xff\xd8\xff\xe0....", "image"),
        (b"<html><table><tr><td>1-101</td></tr></table>", "html"),
        (b"<?xml version=\"1.0\"?><?mso-application progid=\"Excel.Sheet\"?>", "xml"),
        (b"{\\rtf1\\ansi", "word"),
        (b"7z\xbc\xaf\x27\x1c", "archive"),
    ];
    for (bytes, kind) in table {
        assert_eq!(read(bytes, "list.xlsx").unwrap_err(), ReadError::Foreign(kind), "{kind}");
    }
    let noise: Vec<u8> = (0..4_000_u32).map(|at| (at.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    assert_eq!(read(&noise, "list.csv").unwrap_err(), ReadError::Foreign("binary"));
    for (entry, kind) in [
        ("word/document.xml", "word"),
        ("ppt/presentation.xml", "slides"),
        ("content.xml", "ods"),
        ("a.txt", "archive"),
        ("xl/workbook.bin", "xlsb"),
    ] {
        assert_eq!(read(&archive(&[(entry, b"x")]), "list.xlsx").unwrap_err(), ReadError::Foreign(kind), "{kind}");
    }
}

#[test]
fn empty_and_encrypted_and_broken_files_are_told_apart() {
    assert_eq!(code(b""), "file_empty");
    assert_eq!(code(b" \r\n\t "), "file_empty");
    assert_eq!(code(b",,,\n,,,\n"), "file_empty");
    assert_eq!(code(include_bytes!("../../fixtures/encrypted.xlsx")), "file_encrypted");
    let xls = include_bytes!("../../fixtures/homes.xls");
    assert_eq!(code(&xls[..600]), "file_broken");
    let mut workbook = rust_xlsxwriter::Workbook::new();
    workbook.add_worksheet().write_string(0, 0, "房号").unwrap();
    let good = workbook.save_to_buffer().unwrap();
    assert_eq!(code(&good[..good.len() / 2]), "file_broken");
    let mut flipped = good.clone();
    flipped[good.len() / 3] ^= 0xff;
    assert!(read(&flipped, "a.xlsx").is_err());
    assert_eq!(code(&archive(&[("xl/workbook.xml", b"<workbook>")])), "file_broken");
}

/// Finds the first BIFF record of a type after the container's header and changes its type into FilePass.
#[test]
fn an_xls_with_a_password_is_told_as_encrypted() {
    let mut bytes = include_bytes!("../../fixtures/homes.xls").to_vec();
    // WriteAccess (0x005C, 112 bytes) stands near the beginning of every workbook; a FilePass record takes its place.
    let at = bytes.windows(4).position(|four| four == [0x5c, 0x00, 0x70, 0x00]).unwrap();
    bytes[at] = 0x2f;
    bytes[at + 4..at + 6].copy_from_slice(&[1, 0]);
    assert_eq!(code(&bytes), "file_encrypted");
}

#[test]
fn r07_an_archive_beyond_the_limits_is_refused_before_parsing() {
    let many: Vec<String> = (0..2_001).map(|at| format!("xl/{at}.xml")).collect();
    let entries: Vec<(&str, &[u8])> = many.iter().map(|name| (name.as_str(), b"".as_slice())).collect();
    assert_eq!(code(&archive(&entries)), "archive_too_many_entries");
    let zeros = vec![b' '; 8 << 20];
    assert_eq!(code(&archive(&[("xl/workbook.xml", &zeros)])), "archive_ratio");
}

#[test]
fn r07_a_directory_that_lies_about_sizes_is_found_out() {
    let mut bytes = archive(&[("xl/workbook.xml", &vec![b' '; 8 << 20])]);
    let size = (8_u32 << 20).to_le_bytes();
    let small = 1_000_u32.to_le_bytes();
    let at: Vec<usize> = bytes.windows(4).enumerate().filter(|(_, four)| *four == size).map(|(at, _)| at).collect();
    assert!(!at.is_empty());
    at.into_iter().for_each(|at| bytes[at..at + 4].copy_from_slice(&small));
    assert!(matches!(code(&bytes), "archive_ratio" | "file_broken"));
}

#[test]
fn an_xls_with_cells_far_apart_costs_no_memory() {
    let mut bytes = include_bytes!("../../fixtures/homes.xls").to_vec();
    // The first Number record (0x0203, 14 bytes): its column becomes 60,000.
    let at = bytes.windows(4).position(|four| four == [0x03, 0x02, 0x0e, 0x00]).unwrap();
    bytes[at + 6..at + 8].copy_from_slice(&60_000_u16.to_le_bytes());
    assert_eq!(code(&bytes), "file_broken");
}

/// A workbook of one sheet with the given cells and merged areas.
fn minimal(cells: &str, merges: &str) -> Vec<u8> {
    let sheet =
        format!("<worksheet><sheetData>{cells}</sheetData><mergeCells count=\"1\">{merges}</mergeCells></worksheet>");
    let rels =
        "<Relationships><Relationship Id=\"r1\" Type=\"worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>";
    let root = "<Relationships><Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>";
    let book = "<workbook xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets><sheet name=\"a\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>";
    archive(&[
        ("_rels/.rels", root.as_bytes()),
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", rels.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ])
}

#[test]
fn cells_and_merges_far_apart_cost_no_memory() {
    let text = |at: &str, text: &str| format!("<c r=\"{at}\" t=\"inlineStr\"><is><t>{text}</t></is></c>");
    let cells = format!(
        "<row r=\"1\">{}</row><row r=\"1000000\">{}{}</row><row r=\"1000001\">{}</row>",
        text("A1", "房号"),
        text("B1000000", "near"),
        text("ZZZ1000000", "far"),
        text("C1000001", "near")
    );
    let list = read(&minimal(&cells, "<mergeCell ref=\"A1:XFD1048576\"/>"), "a.xlsx").unwrap().sheets.remove(0);
    assert_eq!((list.len(), list.columns(), list.number(1)), (3, 3, 1_000_000));
    assert_eq!(list.cell(2, 0), crate::Cell::Text("房号"));
    assert_eq!(list.cell(2, 2), crate::Cell::Text("near"));
}

#[test]
fn a_string_count_that_cannot_be_true_reserves_no_memory() {
    let book = |count: &str| {
        let strings = format!(
            "<sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" count=\"1200000\" uniqueCount=\"{count}\"><si><t>x</t></si></sst>"
        );
        archive(&[("xl/workbook.xml", b"<workbook/>"), ("xl/sharedStrings.xml", strings.as_bytes())])
    };
    let detail = |bytes: &[u8]| read(bytes, "a.xlsx").unwrap_err().to_string();
    assert!(detail(&book("99999999999")).contains("shared strings"));
    assert!(detail(&book("99999999999999999999999")).contains("shared strings"));
    assert!(!detail(&book("1")).contains("shared strings"));
}

#[test]
fn an_xls_whose_tab_points_beside_its_sheet_is_broken() {
    let mut bytes = include_bytes!("../../fixtures/homes.xls").to_vec();
    let at = bytes.windows(2).position(|two| two == [0x85, 0x00]).unwrap();
    bytes[at + 4] ^= 0x01;
    assert_eq!(code(&bytes), "file_broken");
}

/// An .xls container around raw records.
fn xls(records: &[(u16, Vec<u8>)]) -> Vec<u8> {
    let bytes: Vec<u8> = records
        .iter()
        .flat_map(|(kind, body)| [&kind.to_le_bytes()[..], &(body.len() as u16).to_le_bytes()[..], body].concat())
        .collect();
    let mut container = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    container.create_stream("/Workbook").unwrap().write_all(&bytes).unwrap();
    container.flush().unwrap();
    container.into_inner().into_inner()
}

#[test]
fn an_xls_that_shows_one_long_string_in_many_cells_is_too_large() {
    let string =
        [&1_u32.to_le_bytes()[..], &1_u32.to_le_bytes()[..], &8_000_u16.to_le_bytes()[..], &[0], &[b'x'; 8_000]]
            .concat();
    let cell = |row: u16| (0x00fd, [&row.to_le_bytes()[..], &[0; 8]].concat());
    let file = |cells: u16| {
        let mut records = vec![(0x0809, vec![0, 6, 5, 0]), (0x00fc, string.clone())];
        records.extend((0..cells).map(cell));
        xls(&records)
    };
    assert_eq!(code(&file(20_000)), "file_too_large");
    assert_ne!(code(&file(10)), "file_too_large");
}

#[test]
fn an_xls_with_two_cells_in_opposite_corners_is_too_large() {
    let number =
        |row: u16, column: u16| (0x0203, [&row.to_le_bytes()[..], &column.to_le_bytes()[..], &[0; 10]].concat());
    let file = |row, column| xls(&[(0x0809, vec![0, 6, 5, 0]), number(0, 0), number(row, column)]);
    assert_eq!(code(&file(65_535, 255)), "file_too_large");
    assert_ne!(code(&file(60_000, 12)), "file_too_large");
}
