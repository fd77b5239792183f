use proptest::prelude::*;

use crate::{
    Cell, Kind, Options, UnitCode, UnitContext, area, area_text, column_letter, day, homes_of, identity_number, names,
    phones, propose_all, read,
};

/// The whole way on any bytes: an error or rows, never a panic.
fn import(bytes: &[u8]) {
    if let Ok(workbook) = read(bytes, "any.bin") {
        for kind in [Kind::Homes, Kind::Staff] {
            let proposals = propose_all(&workbook, &[], kind);
            match kind {
                Kind::Homes => drop(homes_of(&workbook, &proposals, &Options::default())),
                Kind::Staff => drop(crate::staff_of(&workbook, &proposals)),
            }
        }
    }
}

fn flipped(original: &[u8], changes: &[(prop::sample::Index, u8)]) -> Vec<u8> {
    let mut bytes = original.to_vec();
    for (at, value) in changes {
        let at = at.index(bytes.len());
        bytes[at] = *value;
    }
    bytes
}

fn small_xlsx() -> Vec<u8> {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    for (row, cells) in [["房号", "业主", "电话"], ["1-101", "张三", "13800000000"]].iter().enumerate() {
        sheet.write_row(row as u32, 0, cells.iter().copied()).unwrap();
    }
    workbook.save_to_buffer().unwrap()
}

fn part() -> impl Strategy<Value = String> {
    prop_oneof!["[1-9][0-9]{0,2}", "0[1-9]", "[A-HJ-Z]", "B[1-9]"]
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..2_000)) {
        import(&bytes);
    }

    #[test]
    fn no_text_makes_it_panic(text in "([\\PC,\t\n]|[0-9栋单元楼号室,\\-#年月日]|房号|业主|合计){0,200}") {
        import(text.as_bytes());
        for value in text.split(',') {
            let cell = Cell::Text(value);
            let _ = (area(cell), phones(cell), names(cell), identity_number(cell), day(cell, true), UnitCode::parse(value));
        }
    }

    #[test]
    fn no_damaged_xls_makes_it_panic(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..20)) {
        import(&flipped(include_bytes!("../../fixtures/homes.xls"), &changes));
    }

    #[test]
    fn no_damaged_xlsx_makes_it_panic(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..20)) {
        import(&flipped(&small_xlsx(), &changes));
    }

    #[test]
    fn a_printed_unit_is_read_back(
        phase in prop::option::of(prop_oneof!["[1-9]".boxed(), Just("东区".to_owned()).boxed()]),
        building in prop_oneof![part().boxed(), "[A-Z]{1,2}[0-9]?".boxed()],
        stair in prop::option::of(part()),
        room in "[0-9]{2,4}[A-F]?",
    ) {
        let code = UnitCode { phase, building, stair, room };
        let read = UnitCode::parse(&code.to_string()).unwrap();
        prop_assert_eq!(&read, &code);
        prop_assert_eq!(read.to_string(), code.to_string());
        prop_assert_eq!(UnitCode::parse(&code.key()).unwrap(), code);
    }

    #[test]
    fn marks_and_dashes_say_the_same(building in part(), stair in part(), room in "[0-9]{3,4}") {
        let dashes = UnitCode::parse(&format!("{building}-{stair}-{room}")).unwrap();
        let marks = [format!("{building}栋{stair}单元{room}"), format!("{building}#-{stair}-{room}"), format!("{building}号楼{stair}单元{room}室")];
        for written in marks {
            prop_assert_eq!(UnitCode::parse(&written).unwrap(), dashes.clone(), "{}", written);
        }
        let around = UnitContext { building: Some(&building), stair: Some(&stair), ..UnitContext::default() };
        prop_assert_eq!(UnitCode::read(&room, &around).unwrap(), dashes);
    }

    #[test]
    fn an_area_printed_is_read_back(hundredths in 0_i64..100_000_000) {
        prop_assert_eq!(area(Cell::Text(&area_text(hundredths))), Ok(Some(hundredths)));
        prop_assert_eq!(area(Cell::Number(hundredths as f64 / 100.0)), Ok(Some(hundredths)));
    }

    #[test]
    fn column_letters_count_in_base_26(column in 0_usize..20_000) {
        let back = column_letter(column).bytes().fold(0, |sum, byte| sum * 26 + usize::from(byte - b'A') + 1) - 1;
        prop_assert_eq!(back, column);
    }
}
