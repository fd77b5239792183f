use super::{File, squeezed};
use crate::flow::mm;
use crate::{Align, Column, Orientation, PaperError, TableDoc, table};

pub(super) fn doc(rows: usize) -> TableDoc {
    let column = |title: &str, share, align| Column { title: title.to_owned(), share, align };
    let row = |n: usize| {
        let place = format!("{}-{}-{:02}0{}", n % 8 + 1, n % 2 + 1, n % 18 + 1, n % 3 + 1);
        let text = ["厨房水槽下面漏水，请尽快来人。", "Water under the sink", "楼道灯不亮"][n % 3];
        vec![format!("B-260812-{n:04}"), place, text.to_owned(), format!("{}.{:02}", n * 7, n % 100)]
    };
    TableDoc {
        language: "zh-CN".to_owned(),
        orientation: Orientation::Portrait,
        letterhead: "安居物业服务有限公司 · 桂语花园".to_owned(),
        title: "工单列表".to_owned(),
        note: format!("全部状态，共 {rows} 条"),
        columns: vec![
            column("工单编号", 3.0, Align::Left),
            column("位置", 2.0, Align::Centre),
            column("内容", 4.0, Align::Left),
            column("金额", 2.0, Align::Right),
        ],
        rows: (0..rows).map(row).collect(),
        foot: "打印人：李敏".to_owned(),
    }
}

#[test]
fn a_long_table_repeats_its_head_and_numbers_its_pages() {
    let document = table(&doc(300)).unwrap();
    let file = File::of(&document, "table");
    file.assert_sound();
    let pages = file.page_texts();
    assert_eq!((document.pages, pages.len()), (file.page_count(), file.page_count()));
    assert!(pages.len() > 5);
    for (index, page) in pages.iter().enumerate() {
        assert_eq!(page.matches("工单编号位置内容金额").count(), 1, "head on page {}", index + 1);
        assert!(page.contains("安居物业服务有限公司·桂语花园"));
        assert!(page.ends_with(&format!("{}/{}打印人：李敏", index + 1, pages.len())), "{page}");
    }
    assert!(pages[0].contains("工单列表全部状态，共300条") && !pages[1].contains("工单列表"));
}

#[test]
fn only_the_foot_stands_below_the_table() {
    let document = table(&doc(300)).unwrap();
    let below = File::of(&document, "table-floor").words_below(mm(297.0 - 18.0));
    let feet: String = (1..=document.pages).map(|page| format!("{page}/{}打印人：李敏", document.pages)).collect();
    let sorted = |text: &str| {
        let mut characters: Vec<char> = text.chars().collect();
        characters.sort();
        characters
    };
    assert_eq!(sorted(&below), sorted(&feet));
}

#[test]
fn every_cell_of_every_row_stands_on_paper_in_order() {
    let doc = doc(300);
    let text = File::of(&table(&doc).unwrap(), "table-cells").page_texts().concat();
    let mut from = 0;
    for cell in doc.rows.iter().flatten().map(|cell| squeezed(cell)) {
        let found = text[from..].find(&cell).unwrap_or_else(|| panic!("{cell} is missing after byte {from}"));
        from += found + cell.len();
    }
}

#[test]
fn a_row_is_never_split_over_two_pages() {
    let mut doc = doc(0);
    doc.rows = (0..60)
        .map(|n| {
            vec![
                format!("始{n:03}"),
                String::new(),
                format!("{}末{n:03}", "很长的内容".repeat(n % 9 * 12 + 9)),
                String::new(),
            ]
        })
        .collect();
    let pages = File::of(&table(&doc).unwrap(), "table-rows").page_texts();
    assert!(pages.len() > 3);
    for n in 0..60 {
        let holds_both = |page: &&String| page.contains(&format!("始{n:03}")) && page.contains(&format!("末{n:03}"));
        assert_eq!(pages.iter().filter(holds_both).count(), 1, "row {n}");
    }
}

#[test]
fn a_row_taller_than_a_page_goes_on_below_the_next_head() {
    let mut doc = doc(0);
    let long: String = (0..500).map(|n| format!("第{n:03}句。")).collect();
    doc.rows = vec![vec!["甲".to_owned(), String::new(), long, "乙".to_owned()]];
    let document = table(&doc).unwrap();
    let text = File::of(&document, "table-tall").page_texts().concat();
    assert!(document.pages > 1);
    (0..500).for_each(|n| assert!(text.contains(&format!("{n:03}")), "{n}"));
}

#[test]
fn a_table_without_rows_still_shows_its_head() {
    let document = table(&doc(0)).unwrap();
    assert_eq!(document.pages, 1);
    assert!(File::of(&document, "table-empty").text().contains("工单编号位置内容金额"));
}

#[test]
fn a_landscape_page_is_wider_than_high() {
    let document = table(&TableDoc { orientation: Orientation::Landscape, ..doc(3) }).unwrap();
    let file = File::of(&document, "table-landscape");
    assert_eq!(file.page_size(), "841.89 x 595.276 pts (A4)");
}

#[test]
fn a_table_that_does_not_fit_its_columns_is_refused() {
    let mut uneven = doc(3);
    uneven.rows[1].pop();
    assert_eq!(table(&uneven), Err(PaperError::Cells { row: 2, expected: 4, found: 3 }));
    let mut bare = doc(0);
    bare.columns.clear();
    assert_eq!(table(&bare), Err(PaperError::Empty));
    let mut flat = doc(1);
    flat.columns[0].share = 0.0;
    assert_eq!(table(&flat), Err(PaperError::Widths));
}
