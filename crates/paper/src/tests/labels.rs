use super::{File, squeezed};
use crate::{Label, LabelSheet, LabelSize, PaperError, code, labels};

fn sheet(size: LabelSize, count: usize) -> LabelSheet {
    let label = |index: usize| Label {
        code: format!("https://anju.example.com/q/7f3k9x2m{index:04}"),
        plate: format!("{}-{}-{:02}01", index % 9 + 1, index % 2 + 1, index % 33 + 1),
        caption: "桂语花园".to_owned(),
    };
    let labels = (0..count).map(label).collect();
    LabelSheet { language: "zh-CN".to_owned(), title: "房屋二维码".to_owned(), size, cut_lines: true, labels }
}

fn codes(sheet: &LabelSheet) -> Vec<String> {
    let mut codes: Vec<String> = sheet.labels.iter().map(|label| label.code.clone()).collect();
    codes.sort();
    codes
}

#[test]
fn every_code_of_a_full_sheet_and_of_the_page_after_it_is_read() {
    let sheet = sheet(LabelSize::A4Of24, 25);
    let document = labels(&sheet).unwrap();
    let file = File::of(&document, "labels-24");
    file.assert_sound();
    assert_eq!((document.pages, file.page_count()), (2, 2));
    assert_eq!(file.codes(300), codes(&sheet));
}

#[test]
fn every_code_of_the_small_labels_is_read() {
    let sheet = sheet(LabelSize::A4Of36, 36);
    let document = labels(&sheet).unwrap();
    assert_eq!(document.pages, 1);
    assert_eq!(File::of(&document, "labels-36").codes(300), codes(&sheet));
}

#[test]
fn a_label_printer_gets_one_label_a_page() {
    let sheet = sheet(LabelSize::Roll50x30, 3);
    let document = labels(&sheet).unwrap();
    let file = File::of(&document, "labels-roll");
    file.assert_sound();
    assert_eq!((document.pages, file.page_count()), (3, 3));
    assert_eq!(file.codes(300), codes(&sheet));
}

#[test]
fn every_plate_and_caption_stands_on_the_sheet() {
    let mut sheet = sheet(LabelSize::A4Of24, 24);
    sheet.labels[3].plate = "桂语花园南区地下二层人防车库 B2-0173 号车位".to_owned();
    sheet.labels[4].caption = "Guiyu Garden, managed by Anju Property Service Company Limited".to_owned();
    let document = labels(&sheet).unwrap();
    let text = File::of(&document, "labels-text").page_texts().concat();
    for label in &sheet.labels {
        assert!(text.contains(&squeezed(&label.plate)), "{} is not on the sheet", label.plate);
        assert!(text.contains(&squeezed(&label.caption)), "{} is not on the sheet", label.caption);
    }
    assert_eq!(text.matches("桂语花园").count(), 24);
}

#[test]
fn a_long_chinese_code_is_read_too() {
    let mut sheet = sheet(LabelSize::A4Of24, 1);
    sheet.labels[0].code = "https://anju.example.com/q/x?place=桂语花园1栋2单元301".to_owned();
    let document = labels(&sheet).unwrap();
    assert_eq!(File::of(&document, "labels-long").codes(300), codes(&sheet));
}

#[test]
fn a_code_is_one_pixel_a_module_with_four_quiet_modules_around() {
    assert_eq!(code::picture("anju").unwrap().size(), (4 + 21 + 4, 4 + 21 + 4));
}

#[test]
fn what_cannot_be_a_label_is_refused() {
    assert_eq!(labels(&sheet(LabelSize::A4Of24, 0)), Err(PaperError::Empty));
    let mut silent = sheet(LabelSize::A4Of24, 2);
    silent.labels[1].code.clear();
    assert_eq!(labels(&silent), Err(PaperError::Code { text: String::new() }));
    let mut endless = sheet(LabelSize::A4Of24, 2);
    endless.labels[1].code = "x".repeat(4000);
    assert!(matches!(labels(&endless), Err(PaperError::Code { .. })));
    let mut wordy = sheet(LabelSize::A4Of36, 1);
    wordy.labels[0].plate = "很长的名字".repeat(200);
    assert!(matches!(labels(&wordy), Err(PaperError::Label { .. })));
}
