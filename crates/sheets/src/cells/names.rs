//! Names in a cell: one person, several owners, or a company.

use super::surnames::{begins_with_compound, begins_with_surname};
use crate::codes::Fault;
use crate::sheet::Cell;
use crate::text::{folded, is_han, is_nothing};

const LONGEST: usize = 60;
/// More digits than this are no name: a number that was typed into the wrong column.
const MOST_DIGITS: usize = 4;

/// `张三、李四`, `张三,李四`, `张三 李四` are two people; `张 三` is one; a company is one whatever it contains.
pub fn names(cell: Cell<'_>) -> Result<Vec<String>, Fault> {
    let text = match cell {
        Cell::Empty => return Ok(Vec::new()),
        Cell::Text(text) => text,
        Cell::Number(_) | Cell::Date(_) | Cell::Bool(_) => return Err(Fault::NameUnreadable),
    };
    if is_nothing(text) || is_nobody(text) {
        return Ok(Vec::new());
    }
    let mut found: Vec<String> = Vec::new();
    for name in pieces(&folded(text)).into_iter().map(|piece| tidy(&piece)).filter(|name| !name.is_empty()) {
        check(&name)?;
        if !found.contains(&name) {
            found.push(name);
        }
    }
    if found.is_empty() { Err(Fault::NameUnreadable) } else { Ok(found) }
}

fn check(name: &str) -> Result<(), Fault> {
    if name.chars().count() > LONGEST || !name.chars().any(char::is_alphabetic) || name.starts_with('#') {
        return Err(Fault::NameUnreadable);
    }
    if is_company(name) {
        return Ok(());
    }
    if name.bytes().filter(u8::is_ascii_digit).count() > MOST_DIGITS {
        return Err(Fault::NameUnreadable);
    }
    if has_remark(name) { Err(Fault::NameRemark) } else { Ok(()) }
}

/// `陈(已过户给陈小明)`, `张三已过户`, half a bracket: who owns the home now is not said by this.
fn has_remark(name: &str) -> bool {
    const WORDS: &[&str] =
        &["过户", "转让", "转给", "卖给", "卖了", "已卖", "已售", "出售", "赠与", "继承", "租给", "退租"];
    const INSIDE: &[&str] = &["已", "给", "原", "改", "待", "未", "见"];
    let inner = name.split_once('(').map_or("", |(_, rest)| rest);
    let halved = name.matches('(').count() != name.matches(')').count();
    halved || WORDS.iter().any(|word| name.contains(word)) || INSIDE.iter().any(|word| inner.contains(word))
}

/// By the words companies and institutions must or usually do carry in their names.
pub fn is_company(name: &str) -> bool {
    const WORDS: &[&str] = &[
        "公司",
        "有限",
        "集团",
        "中心",
        "银行",
        "医院",
        "学校",
        "幼儿园",
        "工厂",
        "事务所",
        "合作社",
        "工作室",
        "委员会",
        "管理处",
        "管理局",
        "协会",
        "基金会",
        "政府",
        "街道办",
        "居委会",
        "社区",
        "超市",
        "酒店",
        "门诊部",
        "经营部",
        "服务部",
        "商行",
        "开发商",
        "建设单位",
    ];
    const LATIN: &[&str] = &["LTD", "LIMITED", "INC", "LLC", "CORP", "CORPORATION", "COMPANY", "GMBH"];
    let has_latin = name.bytes().any(|byte| byte.is_ascii_alphabetic());
    let latin = if has_latin { name.to_uppercase() } else { String::new() };
    WORDS.iter().any(|word| name.contains(word))
        || latin.split(|c: char| !c.is_alphanumeric()).any(|word| LATIN.contains(&word))
}

fn is_nobody(text: &str) -> bool {
    ["空置", "空关", "空房", "未售", "待售", "未出售", "未租", "未出租", "自住", "自用", "无人"].contains(&text.trim())
}

fn pieces(text: &str) -> Vec<String> {
    if is_company(text) && !text.chars().any(is_han) {
        return vec![text.to_owned()];
    }
    let latin = !text.chars().any(is_han);
    let is_break = |c: char| matches!(c, '、' | ';' | '\n' | '\r' | '|' | '&' | '/' | '\\') || (c == ',' && !latin);
    text.split(is_break).flat_map(by_space).collect()
}

/// Spaces part names only when every part is a whole Han name of two characters or more; up to four characters in all
/// are two people only when both parts begin with a surname.
fn by_space(piece: &str) -> Vec<String> {
    let parts: Vec<&str> = piece.split_whitespace().collect();
    let whole = |part: &&str| part.chars().count() >= 2 && part.chars().all(|c| is_han(c) || c == '·');
    if parts.len() > 1 && !is_company(piece) && parts.iter().all(whole) && !is_one_name(&parts) {
        return parts.into_iter().map(str::to_owned).collect();
    }
    let han = piece.chars().any(is_han);
    vec![parts.join(if han { "" } else { " " })]
}

fn is_one_name(parts: &[&str]) -> bool {
    let short = parts.iter().map(|part| part.chars().count()).sum::<usize>() <= 4;
    let compound = parts.len() == 2 && parts[0].chars().count() == 2 && begins_with_compound(parts[0]);
    compound || short && !parts.iter().all(|part| begins_with_surname(part))
}

/// Without remarks such as `(共有)`, `（业主）`; other brackets stay, they may tell two people apart.
fn tidy(name: &str) -> String {
    const REMARKS: &[&str] = &[
        "共有",
        "共有人",
        "业主",
        "户主",
        "产权人",
        "夫妻",
        "夫",
        "妻",
        "已故",
        "代",
        "本人",
        "男",
        "女",
        "租户",
        "租客",
    ];
    let plain = name.trim().trim_end_matches(['.', ',', ':']).trim();
    let remark = plain.strip_suffix(')').and_then(|rest| rest.rsplit_once('('));
    match remark {
        Some((bare, inner)) if REMARKS.contains(&inner.trim()) && !bare.is_empty() => bare.trim().to_owned(),
        _ => plain.to_owned(),
    }
}
