use crate::font;
use crate::lines::wrap;

/// Wraps at a width of `count` Chinese characters.
fn at(count: usize, text: &str) -> Vec<String> {
    wrap(text, count as f32 * 10.0 + 0.01, 10.0)
}

#[test]
fn a_line_neither_starts_nor_ends_with_a_sign_that_may_not_stand_there() {
    let cases: &[(usize, &str, &[&str])] = &[
        (4, "厨房漏水，请来。", &["厨房漏", "水，请", "来。"]),
        (4, "水管爆裂。速来", &["水管爆", "裂。速来"]),
        (4, "真的漏了！！快来", &["真的漏", "了！！快", "来"]),
        (4, "来不来人呢？", &["来不来人", "呢？"]),
        (4, "已联系（王）了", &["已联系", "（王）了"]),
        (5, "已经联系（王师傅）了", &["已经联系", "（王师傅）", "了"]),
        (5, "请看说明书》好", &["请看说明", "书》好"]),
        (4, "他来说「好」的", &["他来说", "「好」的"]),
        (5, "厨房、卫生间、阳台", &["厨房、卫生", "间、阳台"]),
        (4, "一二三四：五六", &["一二三", "四：五六"]),
        (6, "面积是89.37㎡", &["面积是", "89.37㎡"]),
        (4, "买买提江·库尔班", &["买买提", "江·库尔", "班"]),
    ];
    for (width, text, expected) in cases {
        assert_eq!(&at(*width, text), expected, "{text}");
    }
}

#[test]
fn no_width_breaks_the_rules_for_the_ends_of_lines() {
    let text = "业主反映：厨房漏水（很大！），已关总阀；请“尽快”派人。联系《维修手册》、张三、李四……好吗？";
    for width in 4..30 {
        for line in at(width, text) {
            assert!(
                !line.starts_with(['，', '。', '！', '？', '）', '；', '：', '、', '》', '”', '…']),
                "{width}: {line}"
            );
            assert!(!line.ends_with(['（', '《', '“']), "{width}: {line}");
        }
        assert_eq!(at(width, text).concat(), text);
    }
}

#[test]
fn latin_words_numbers_and_codes_stay_whole() {
    assert_eq!(at(6, "the water meter is leaking"), ["the water", "meter is", "leaking"]);
    assert_eq!(at(6, "房号1-2-301漏水"), ["房号1-2-301", "漏水"]);
    assert_eq!(at(7, "工单号B-260812-017请查收"), ["工单号", "B-260812-017", "请查收"]);
    assert_eq!(at(4, "时间12:30前到"), ["时间", "12:30前", "到"]);
    assert_eq!(at(5, "金额为1,234.56元"), ["金额为", "1,234.56元"]);
}

#[test]
fn a_word_wider_than_the_line_is_cut_and_nothing_is_lost() {
    let address = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    let lines = at(5, address);
    assert!(lines.len() > 3);
    assert!(lines.iter().all(|line| font::width(line, 10.0) <= 50.01));
    assert_eq!(lines.concat(), address);
    assert_eq!(at(3, "数码相机IIIIIIIIIIII，好").concat(), "数码相机IIIIIIIIIIII，好");
    (1..20).for_each(|count| {
        let lines = at(3, &format!("{}，好", "A".repeat(count)));
        assert!(lines.iter().all(|line| !line.starts_with('，')), "{lines:?}");
    });
}

#[test]
fn ends_of_lines_set_by_the_writer_are_kept() {
    assert_eq!(at(9, "一\r\n二\n\n三\n"), ["一", "二", "", "三"]);
    assert_eq!(at(9, ""), [""]);
    assert_eq!(at(9, "一\t二"), ["一 二"]);
}

#[test]
fn a_line_is_as_wide_as_its_characters() {
    assert_eq!(font::width("安居", 10.0), 20.0);
    assert!(font::width("ii", 10.0) < font::width("mm", 10.0));
    assert_eq!(font::width("安\u{200B}居\u{FE0F}", 10.0), 20.0);
}
