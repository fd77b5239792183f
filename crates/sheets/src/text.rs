//! How a person's typing becomes comparable: full width to half width, one kind of dash, no stray spaces.

use unicode_normalization::UnicodeNormalization;

/// NFKC (full width, ㎡, ① …), then one dash for all dashes; trimmed.
pub(crate) fn folded(raw: &str) -> String {
    if raw.chars().all(is_plain) {
        return raw.trim().to_owned();
    }
    raw.nfkc().filter(|c| !is_invisible(*c)).map(one_dash).collect::<String>().trim().to_owned()
}

/// Most cells need no folding, and a list has a million of them.
fn is_plain(c: char) -> bool {
    matches!(c, ' '..='}' | '\u{4e00}'..='\u{9fff}')
}

/// As [`folded`], without any white space, upper case.
pub(crate) fn squeezed(raw: &str) -> String {
    folded(raw).chars().filter(|c| !c.is_whitespace()).flat_map(char::to_uppercase).collect()
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{feff}' | '\0')
}

fn one_dash(c: char) -> char {
    match c {
        '—' | '–' | '‐' | '‑' | '‒' | '―' | '−' | '﹣' | '~' | '～' | '─' => '-',
        other => other,
    }
}

/// Han characters, as in names and headers.
pub(crate) fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '〇' | '\u{20000}'..='\u{3134f}')
}

/// What people write where there is nothing: 无, 暂无, -, / …
pub(crate) fn is_nothing(raw: &str) -> bool {
    const LONGEST: usize = 40;
    const WORDS: &[&str] = &[
        "",
        "-",
        "--",
        "---",
        "/",
        "\\",
        "*",
        ".",
        "无",
        "暂无",
        "没有",
        "空",
        "未知",
        "不详",
        "未提供",
        "未登记",
        "无电话",
        "无号码",
        "无手机",
        "无联系电话",
        "N/A",
        "NA",
        "NONE",
        "NULL",
        "NIL",
        "#N/A",
        "NO",
    ];
    raw.len() <= LONGEST && WORDS.contains(&squeezed(raw).as_str())
}
