//! The header row: the one whose cells name the most fields. Titles stand above it, groups (业主 over 姓名 and 电话)
//! directly above it, merged or not.

use std::collections::BTreeSet;

use super::meaning::{self, Meaning};
use crate::fields::{Field, Kind, by_header};
use crate::mapping::Mapping;
use crate::sheet::{Cell, Sheet};
use crate::text::squeezed;

const LOOKED_AT: usize = 40;
const LONGEST: usize = 30;

/// The header, its last row by position, and the words of each column with its group's in front.
pub(super) struct Header {
    pub index: usize,
    pub texts: Vec<String>,
}

pub(super) fn find(sheet: &Sheet, remembered: Option<&Mapping>, kind: Kind) -> Option<Header> {
    let mut best: Option<(usize, Header)> = None;
    for index in 0..sheet.len().min(LOOKED_AT) {
        let texts = texts(sheet, index, kind);
        let score = score(&texts, remembered, kind);
        let better = match &best {
            None => true,
            Some((top, header)) => score > *top || (score == *top && is_same(sheet, header, index, &texts)),
        };
        if better {
            best = Some((score, Header { index, texts }));
        }
    }
    best.filter(|(score, _)| *score >= 2 || (*score == 1 && sheet.columns() <= 2)).map(|(_, header)| header)
}

/// A header merged over two rows is the same in both; its last row counts.
fn is_same(sheet: &Sheet, header: &Header, index: usize, texts: &[String]) -> bool {
    sheet.number(index) == sheet.number(header.index) + 1 && header.texts == texts
}

/// How many different fields the words name.
fn score(texts: &[String], remembered: Option<&Mapping>, kind: Kind) -> usize {
    let known = |text: &String| {
        remembered
            .and_then(|mapping| mapping.remembered(text))
            .or_else(|| by_header(text, kind).map(|(field, _)| field))
    };
    texts.iter().filter_map(known).filter(|field| *field != Field::Ignored).collect::<BTreeSet<_>>().len()
}

/// The words of each column when the header ends at this row, with its group's in front.
pub(super) fn texts(sheet: &Sheet, index: usize, kind: Kind) -> Vec<String> {
    let own: Vec<String> = (0..sheet.columns()).map(|column| word(sheet, index, column)).collect();
    let named = own.iter().filter(|text| by_header(text, kind).is_some()).count();
    let above = index.checked_sub(1).filter(|above| sheet.number(*above) + 1 == sheet.number(index));
    match above {
        Some(above) if named >= 2 => with_groups(sheet, above, own, kind),
        _ => own,
    }
}

fn word(sheet: &Sheet, index: usize, column: usize) -> String {
    match sheet.cell(index, column) {
        Cell::Text(text) if text.chars().count() <= LONGEST => text.split_whitespace().collect::<Vec<_>>().join(" "),
        _ => String::new(),
    }
}

/// Puts 业主 before 姓名 where 业主 stands above it; a title above the whole table is no group.
fn with_groups(sheet: &Sheet, above: usize, own: Vec<String>, kind: Kind) -> Vec<String> {
    let parents: Vec<String> = (0..sheet.columns()).map(|column| word(sheet, above, column)).collect();
    let distinct = parents.iter().filter(|parent| !parent.is_empty()).collect::<BTreeSet<_>>().len();
    if distinct < 2 {
        return own;
    }
    let mut group = String::new();
    let join = |(own, parent): (String, &String)| {
        if !parent.is_empty() {
            group = parent.clone();
        }
        if own.is_empty() {
            return parent.clone();
        }
        joined(&group, own, kind)
    };
    own.into_iter().zip(&parents).map(join).collect()
}

fn joined(group: &str, own: String, kind: Kind) -> String {
    const FILLERS: &[&str] = &["信息", "资料", "情况", "基本信息", "登记", "INFORMATION", "DETAILS"];
    let mut group = squeezed(group);
    if let Some(bare) = FILLERS.iter().find_map(|filler| group.strip_suffix(filler)).filter(|bare| !bare.is_empty()) {
        group = bare.to_owned();
    }
    let both = format!("{group}{own}");
    match meaning::of(&both, kind) {
        Meaning::Is(_, true) if group != squeezed(&own) => both,
        _ => own,
    }
}
