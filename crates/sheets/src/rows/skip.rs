//! Rows that are no data: totals, notes, signature lines, headers printed again, headings.

use crate::cells::unit::{UnitCode, building_name};
use crate::codes::SkipReason;
use crate::fields::Field;
use crate::mapping::Mapping;
use crate::sheet::{Cell, Sheet};
use crate::text::{is_han, squeezed};

/// One text over so many columns is a heading or a note, whatever the columns hold.
const WIDE: usize = 4;

/// Why the row is no data, if it is none.
pub(crate) fn reason(sheet: &Sheet, mapping: &Mapping, index: usize) -> Option<SkipReason> {
    if is_example(sheet, mapping, index) {
        return Some(SkipReason::Example);
    }
    if is_total(sheet, mapping, index) {
        return Some(SkipReason::Subtotal);
    }
    if is_note(sheet, mapping, index) {
        return Some(SkipReason::Note);
    }
    if is_header(sheet, mapping, index) {
        return Some(SkipReason::RepeatedHeader);
    }
    lonely(sheet, mapping, index)
}

/// The building that a heading row names.
pub(super) fn heading(sheet: &Sheet, index: usize) -> Option<String> {
    sheet.row(index).find(|cell| !cell.is_empty()).and_then(|cell| building_name(&cell.text()))
}

fn is_example(sheet: &Sheet, mapping: &Mapping, index: usize) -> bool {
    const WORDS: &[&str] = &["示例", "例:", "例：", "Example", "example"];
    let marked = |text: &str| WORDS.iter().any(|word| text.trim_start().starts_with(word));
    mapping.columns_of(Field::Note).any(|column| matches!(sheet.cell(index, column), Cell::Text(text) if marked(text)))
}

fn is_total(sheet: &Sheet, mapping: &Mapping, index: usize) -> bool {
    let in_note = |column: usize| mapping.columns_of(Field::Note).any(|other| other == column);
    sheet.row(index).enumerate().any(|(column, cell)| match cell {
        Cell::Text(text) => may_be_total(text) && !in_note(column) && is_total_word(&squeezed(text)),
        _ => false,
    })
}

/// Cheap first look, for most cells.
fn may_be_total(text: &str) -> bool {
    text.contains('计')
        || text.contains("本页")
        || text.trim_end_matches([':', ' ']).to_ascii_lowercase().ends_with("total")
}

fn is_total_word(word: &str) -> bool {
    const WORDS: &[&str] = &["合计", "小计", "总计", "共计", "累计", "本页"];
    let short = word.chars().count() <= 14;
    let latin = ["TOTAL", "SUBTOTAL", "GRANDTOTAL", "SUB-TOTAL"].contains(&word.trim_end_matches(':'));
    latin || short && WORDS.iter().any(|total| word.starts_with(total) || word.trim_end_matches(':').ends_with(total))
}

/// A first cell that begins as notes and signatures do, where no place stands.
fn is_note(sheet: &Sheet, mapping: &Mapping, index: usize) -> bool {
    let first = sheet.row(index).enumerate().find(|(_, cell)| !cell.is_empty());
    let Some((column, Cell::Text(text))) = first else { return false };
    let is_mapped_note = mapping.columns_of(Field::Note).any(|note| note == column);
    text.starts_with(|c: char| is_han(c) || c.is_ascii_alphabetic() || "*※(（【".contains(c))
        && !is_mapped_note
        && is_note_word(&squeezed(text))
}

fn is_note_word(word: &str) -> bool {
    const WORDS: &[&str] = &[
        "备注",
        "注:",
        "注意",
        "说明",
        "制表",
        "填表",
        "审核",
        "复核",
        "打印",
        "日期:",
        "填报",
        "编制",
        "经办",
        "负责人",
        "联系人:",
        "以上",
        "单位:",
        "填写说明",
        "物业公司:",
        "统计日期",
        "NOTE:",
        "NOTES:",
        "REMARK",
        "PREPAREDBY",
        "PRINTED",
        "PAGE",
    ];
    let word = word.trim_start_matches(['*', '※', '(', '【']);
    let page = word.starts_with('第') && word.contains('页') || word.starts_with('共') && word.contains('页');
    page || WORDS.iter().any(|note| word.starts_with(note))
}

/// At least two mapped cells, and half of those filled, repeat their header.
fn is_header(sheet: &Sheet, mapping: &Mapping, index: usize) -> bool {
    let (mut filled, mut same) = (0, 0);
    for mapped in &mapping.columns {
        let cell = sheet.cell(index, mapped.column);
        filled += usize::from(!cell.is_empty());
        same += usize::from(matches!(cell, Cell::Text(text) if repeats(text, &mapped.header)));
    }
    same >= 2 && same * 2 >= filled
}

/// The last character is compared first: it tells nearly all data apart from its header.
fn repeats(text: &str, header: &str) -> bool {
    let last = |text: &str| text.trim_end().chars().next_back();
    if last(text) != last(header) || header.is_empty() {
        return false;
    }
    let (text, header) = (squeezed(text), squeezed(header));
    text == header || text.chars().count() >= 2 && text.chars().any(char::is_alphabetic) && header.ends_with(&text)
}

/// One value alone in its row (or merged over it): a building's heading, or a note, unless it is a place.
fn lonely(sheet: &Sheet, mapping: &Mapping, index: usize) -> Option<SkipReason> {
    let mut filled = sheet.row(index).enumerate().filter(|(_, cell)| !cell.is_empty());
    let (column, value) = filled.next()?;
    let mut wide = 1;
    if mapping.columns.len() < 2 || !filled.inspect(|_| wide += 1).all(|(_, other)| other == value) {
        return None;
    }
    let text = value.text();
    if wide >= WIDE && matches!(value, Cell::Text(_)) {
        let heading = building_name(&text).is_some();
        return Some(if heading { SkipReason::BuildingHeading } else { SkipReason::Note });
    }
    let field = mapping.columns.iter().find(|mapped| mapped.column == column).map(|mapped| mapped.field);
    if building_name(&text).is_some() && field != Some(Field::Building) {
        return Some(SkipReason::BuildingHeading);
    }
    let place = matches!(field, Some(Field::Unit | Field::Room | Field::Building | Field::Name))
        && (UnitCode::parse(&text).is_ok() || text.chars().count() <= 6);
    let prose = matches!(value, Cell::Text(_)) && text.chars().any(|c| is_han(c) || c.is_ascii_alphabetic());
    (prose && !place).then_some(SkipReason::Note)
}
