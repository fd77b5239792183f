use std::io::Cursor;

use image::{DynamicImage, ImageFormat, RgbImage};

use super::{File, squeezed};
use crate::{OrderSheet, Pair, PaperError, Picture, Section, order};

fn pair(name: &str, value: &str) -> Pair {
    Pair { name: name.to_owned(), value: value.to_owned() }
}

pub(super) fn sheet() -> OrderSheet {
    let event = |time: &str, who: &str, what: &str| [time, who, what].map(str::to_owned);
    OrderSheet {
        language: "zh-CN".to_owned(),
        letterhead: "安居物业服务有限公司 · 桂语花园".to_owned(),
        title: "工单".to_owned(),
        number: "B-260812-017".to_owned(),
        code: "https://anju.example.com/q/B-260812-017".to_owned(),
        code_note: "扫码查看".to_owned(),
        pairs: vec![
            pair("位置", "1-2-301"),
            pair("报事人", "张** 138****0000"),
            pair("类型", "报修"),
            pair("类别", "给排水 / 室内漏水"),
            pair("状态", "处理中"),
            pair("响应时限", "2026-08-12 10:30"),
            pair("完成时限", "2026-08-13 24:00"),
        ],
        text: Section {
            title: "内容".to_owned(),
            content: "厨房水槽下面漏水，已经关了总阀；请尽快来人。\n家里有老人（90岁）！".to_owned(),
        },
        pictures: Section { title: "照片".to_owned(), content: Vec::new() },
        event_heads: ["时间", "人员", "事项"].map(str::to_owned),
        events: Section {
            title: "记录".to_owned(),
            content: vec![
                event("2026-08-12 09:58", "李敏", "受理"),
                event("2026-08-12 10:05", "李敏", "派单给王强，并电话告知业主约一小时内到场，请留人在家"),
                event("2026-08-12 10:21", "王强", "接单"),
            ],
        },
        signatures: ["业主签字", "维修人员签字", "日期"].map(str::to_owned).to_vec(),
        foot: "打印人：李敏".to_owned(),
    }
}

fn picture(format: ImageFormat, caption: &str) -> Picture {
    let pixels = RgbImage::from_fn(120, 80, |x, y| image::Rgb([(x * 2) as u8, (y * 3) as u8, 120]));
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::from(pixels).write_to(&mut bytes, format).unwrap();
    Picture { bytes: bytes.into_inner(), caption: caption.to_owned() }
}

#[test]
fn a_work_order_stands_on_one_page_with_all_its_words_and_its_code() {
    let sheet = sheet();
    let document = order(&sheet).unwrap();
    let file = File::of(&document, "order");
    file.assert_sound();
    assert_eq!((document.pages, file.page_count()), (1, 1));
    assert_eq!(file.codes(300), [sheet.code.as_str()]);
    let text = file.page_texts().concat();
    let pairs = sheet.pairs.iter().flat_map(|pair| [&pair.name, &pair.value]);
    let words = pairs.chain(sheet.events.content.iter().flatten()).chain(&sheet.event_heads).chain(&sheet.signatures);
    let rest = [&sheet.letterhead, &sheet.title, &sheet.number, &sheet.text.content, &sheet.foot, &sheet.code_note];
    for word in words.chain(rest) {
        assert!(text.contains(&squeezed(word)), "{word} is not on the sheet");
    }
    assert!(text.ends_with("1/1打印人：李敏"), "{text}");
}

#[test]
fn a_long_history_turns_pages_and_the_code_closes_the_last() {
    let mut sheet = sheet();
    sheet.events.content =
        (0..120).map(|n| [format!("记录{n:03}"), "李敏".to_owned(), "已经电话联系业主。".repeat(5)]).collect();
    let document = order(&sheet).unwrap();
    let file = File::of(&document, "order-long");
    let pages = file.page_texts();
    assert_eq!(pages.len(), document.pages);
    assert!(document.pages > 2);
    for n in 0..120 {
        assert_eq!(pages.concat().matches(&format!("记录{n:03}")).count(), 1);
    }
    let last = pages.last().unwrap();
    assert!(last.contains("扫码查看") && last.contains("业主签字"));
    assert!(pages.iter().rev().skip(1).all(|page| !page.contains("业主签字") && page.contains("时间人员事项")));
    assert_eq!(file.codes(300), [sheet.code.as_str()]);
}

#[test]
fn a_report_longer_than_a_page_is_printed_whole() {
    let mut sheet = sheet();
    sheet.text.content = (0..400).map(|n| format!("第{n:03}句话说漏水。")).collect();
    let document = order(&sheet).unwrap();
    let text = File::of(&document, "order-text").page_texts().concat();
    assert!(document.pages > 1);
    // Without letterhead and foot in between, the sentences follow each other over the turn of the page.
    (0..400).for_each(|n| assert!(text.contains(&format!("{n:03}句")), "{n}"));
}

#[test]
fn pictures_of_both_kinds_are_printed() {
    let mut sheet = sheet();
    let photos = [
        (ImageFormat::Jpeg, "维修前"),
        (ImageFormat::Png, "维修后"),
        (ImageFormat::Jpeg, ""),
        (ImageFormat::Png, "总阀"),
    ];
    sheet.pictures.content = photos.map(|(format, caption)| picture(format, caption)).to_vec();
    let document = order(&sheet).unwrap();
    let file = File::of(&document, "order-pictures");
    file.assert_sound();
    let text = file.text();
    assert!(text.contains("照片") && text.contains("维修前") && text.contains("总阀"));
    assert_eq!(file.picture_kinds(), ["image jpeg", "image image", "image jpeg", "image image", "image image"]);
}

#[test]
fn a_picture_that_cannot_be_read_is_refused_by_its_caption() {
    let broken = |bytes: Vec<u8>| {
        let mut sheet = sheet();
        sheet.pictures.content = vec![Picture { bytes, caption: "维修前".to_owned() }];
        order(&sheet).unwrap_err()
    };
    let mut half = picture(ImageFormat::Png, "").bytes;
    half.truncate(90);
    for bytes in [b"GIF89a".to_vec(), Vec::new(), half, vec![0xFF, 0xD8, 0xFF, 0xE0, 0]] {
        assert!(matches!(broken(bytes), PaperError::Picture { caption, .. } if caption == "维修前"));
    }
}
