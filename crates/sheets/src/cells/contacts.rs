//! A cell with people and, beside their names, the numbers by which they are reached: `小刘 13512345670`.

use super::{names, phone};
use crate::codes::Fault;
use crate::sheet::Cell;
use crate::text::folded;

/// Shorter runs of digits belong to a name (`3M公司`).
const SHORTEST_NUMBER: usize = 7;

/// Somebody with the numbers written beside the name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Contact {
    /// Without stray spaces.
    pub name: String,
    /// In the order of the cell.
    pub phones: Vec<String>,
}

/// The people of a name column, with the phones that stand in the same cell: each name's own where each has one beside
/// it, else all are the first one's (contract: `张三、李四`, phone to the first).
pub fn contacts(cell: Cell<'_>) -> Result<Vec<Contact>, Fault> {
    // The cheap look first: a list has a million names.
    let may_be = |text: &str| text.chars().any(char::is_numeric) && digits_in(text) >= SHORTEST_NUMBER;
    let mixed = matches!(cell, Cell::Text(text) if may_be(text));
    let Cell::Text(text) = cell else { return plain(cell) };
    if !mixed {
        return plain(cell);
    }
    let mut all: Vec<Contact> = Vec::new();
    let mut ahead: Vec<String> = Vec::new();
    for run in runs(&folded(text)) {
        match run {
            Run::Digits(digits) => match all.last_mut() {
                Some(last) => last.phones.extend(phone::phones(Cell::Text(&digits))?),
                None => ahead.extend(phone::phones(Cell::Text(&digits))?),
            },
            Run::Words(words) => match named(&words) {
                "" => {}
                name => all.extend(plain(Cell::Text(name))?),
            },
        }
    }
    let first = all.first_mut().ok_or(Fault::NameMissing)?;
    ahead.append(&mut first.phones);
    first.phones = ahead;
    Ok(settled(all))
}

/// One phone beside each name, or all of them the first one's.
fn settled(mut all: Vec<Contact>) -> Vec<Contact> {
    if all.iter().any(|contact| contact.phones.is_empty()) {
        let phones: Vec<String> = all.iter_mut().flat_map(|contact| std::mem::take(&mut contact.phones)).collect();
        if let Some(first) = all.first_mut() {
            first.phones = phones;
        }
    }
    all
}

fn plain(cell: Cell<'_>) -> Result<Vec<Contact>, Fault> {
    let contact = |name| Contact { name, phones: Vec::new() };
    Ok(names::names(cell)?.into_iter().map(contact).collect())
}

fn digits_in(text: &str) -> usize {
    folded(text).chars().filter(char::is_ascii_digit).count()
}

enum Run {
    Words(String),
    Digits(String),
}

/// Words and numbers by turns; too few digits stay with the words around them.
fn runs(text: &str) -> Vec<Run> {
    let mut all: Vec<Run> = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let is_digit = |c: char| c.is_ascii_digit() || matches!(c, '+' | '-');
        let number = rest.starts_with(is_digit);
        let end = rest.find(|c: char| (is_digit(c) || number && c == ' ') != number).unwrap_or(rest.len());
        let (run, after) = rest.split_at(end);
        let long = run.bytes().filter(u8::is_ascii_digit).count() >= SHORTEST_NUMBER;
        match all.last_mut() {
            _ if number && long => all.push(Run::Digits(run.to_owned())),
            Some(Run::Words(words)) => words.push_str(run),
            _ => all.push(Run::Words(run.to_owned())),
        }
        rest = after;
    }
    all
}

/// The names of the words around a number: without the label before it (`电话:`) and the bracket that it stands in.
fn named(words: &str) -> &str {
    const LABELS: &[&str] = &["联系电话", "电话号码", "手机号", "电话", "手机", "座机", "号码", "TEL", "Tel", "tel"];
    let outer = |text: &'static str| move |c: char| c.is_whitespace() || text.contains(c);
    let start = words.trim_start_matches(outer(")]】:：/、,，;；|&.'\""));
    let bare = start.trim_end_matches(outer("([【:：/、,，;；|&.'\""));
    let name = LABELS.iter().find_map(|label| bare.strip_suffix(label)).unwrap_or(bare);
    name.trim_end_matches(outer("([【:：/、,，;；|&.'\""))
}
