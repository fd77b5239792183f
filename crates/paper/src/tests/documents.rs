//! What holds for every document, whichever template made it.
use super::{File, order, table};
use crate::flow::mm;
use crate::{FONT_LICENCE, PaperError, Rendered, font};

fn documents() -> Vec<Rendered> {
    vec![crate::order(&order::sheet()).unwrap(), crate::table(&table::doc(40)).unwrap()]
}

#[test]
fn the_same_data_give_the_same_bytes() {
    assert_eq!(documents(), documents());
    assert_ne!(crate::table(&table::doc(40)), crate::table(&table::doc(41)));
}

#[test]
fn no_document_says_when_it_was_made() {
    for document in documents() {
        let text = String::from_utf8_lossy(&document.bytes);
        assert!(!text.contains("CreationDate") && !text.contains("ModDate") && !text.contains("CreateDate"));
    }
}

#[test]
fn one_font_is_embedded_as_a_subset_with_its_characters() {
    for (index, document) in documents().iter().enumerate() {
        let fonts = File::of(document, &format!("fonts-{index}")).fonts();
        assert_eq!(fonts.len(), 1, "{fonts:?}");
        assert!(fonts[0].contains("+NotoSansSC-Regular"), "{fonts:?}");
        let columns: Vec<&str> = fonts[0].split_whitespace().collect();
        assert!(columns.windows(3).any(|three| three == ["yes", "yes", "yes"]), "emb sub uni: {fonts:?}");
        assert!(document.bytes.len() < 150_000, "{} bytes", document.bytes.len());
    }
}

#[test]
fn a_character_without_a_glyph_is_reported_and_stays_in_the_text() {
    let mut doc = table::doc(2);
    doc.rows[0][2] = "谢谢😀你😀！".to_owned();
    doc.rows[1][2] = "王\u{E123}先生".to_owned();
    let document = crate::table(&doc).unwrap();
    assert_eq!(document.missing, ['\u{E123}', '😀']);
    let file = File::of(&document, "missing");
    file.assert_sound();
    let text = file.text();
    assert!(text.contains("谢谢😀你😀！"), "{text}");
    assert!(documents().iter().all(|document| document.missing.is_empty()));
}

#[test]
fn the_stand_in_for_a_missing_glyph_can_be_seen() {
    let (missing, stand_in) = (font::glyph('😀').unwrap(), font::glyph('〓').unwrap());
    assert!(missing.missing && !stand_in.missing);
    assert_eq!((missing.id, missing.advance), (stand_in.id, stand_in.advance));
    assert_ne!(stand_in.id, 0);
}

#[test]
fn a_letterhead_and_a_foot_of_any_length_stay_on_the_page() {
    let mut doc = table::doc(1);
    doc.letterhead = "安居物业服务有限公司桂语花园项目部".repeat(6);
    doc.foot = "打印人：李敏，仅供内部使用，请妥善保管。".repeat(6);
    let file = File::of(&crate::table(&doc).unwrap(), "long-foot");
    assert_eq!(file.words_right_of(mm(210.0 - 18.0) + 1.0), "");
    assert!(file.text().contains(&doc.letterhead) && file.text().contains(&doc.foot));
}

#[test]
fn names_of_people_have_their_glyphs() {
    let mut doc = table::doc(1);
    doc.rows[0][2] = "玥珺喆堃赟镕昇翀彧祎瑄璟㛃䶮𬭚𬱖".to_owned();
    let document = crate::table(&doc).unwrap();
    assert_eq!(document.missing, []);
    assert!(File::of(&document, "names").page_texts().concat().contains(&doc.rows[0][2]));
}

#[test]
fn joiners_and_controls_are_neither_drawn_nor_reported() {
    let mut doc = table::doc(1);
    doc.rows[0][2] = "安\u{200B}居\u{FE0F}\u{7}物\u{FEFF}业".to_owned();
    assert_eq!(crate::table(&doc).unwrap().missing, []);
}

#[test]
fn the_licence_of_the_font_travels_with_the_program() {
    assert!(FONT_LICENCE.contains("SIL Open Font License, Version 1.1"));
}

#[test]
fn an_error_says_what_is_wrong() {
    let error = PaperError::Cells { row: 2, expected: 4, found: 3 };
    assert_eq!(error.to_string(), "row 2 has 3 cells, the table has 4 columns");
}
